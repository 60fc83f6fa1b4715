"""Equations in which the unknown stands once, by the inverses of the functions around it."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Const, Num, Symbol, Term, Var, free_symbols, num, transform
from twofold.symbolic.arithmetic import minus, negate, over, plus, power, times
from twofold.symbolic.calculus.conditions import follows
from twofold.symbolic.context import Context
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower
from twofold.symbolic.solving.inverse_layers import RANGES, Layers, NoRealValue, neat
from twofold.symbolic.solving.real_solutions import tidied
from twofold.symbolic.tidy import short

_INVERSES = {"asin": "sin", "acos": "cos", "atan": "tan", "asinh": "sinh", "atanh": "tanh", "log": "exp"}
"""Functions that are taken off by others alone, on the ranges of `_ARCS` or everywhere."""

_RIGHT = over(Const("pi"), num(2))
_ARCS = {
    "asin": (negate(_RIGHT), _RIGHT, "le"),
    "acos": (num(0), Const("pi"), "le"),
    "atan": (negate(_RIGHT), _RIGHT, "lt"),
}
"""The ranges of inverse functions, and whether their ends belong to them."""


class InverseValues(Layers):
    """The values of the unknown that solve an equation."""

    def __init__(self, symbol: Symbol, context: Context, taken: set[str]) -> None:
        super().__init__(symbol, context, taken)
        self.uneven = False
        """Whether one of several solutions needs what the others do not."""
        self.vanishing: dict[Term, App] = {}
        """Factors that have to be different from 0, each with its product."""

    def values(self, u: Term, w: Term) -> Iterator[Term]:
        """The values of the unknown at which u is w. Raises `NotApplicable`."""
        if isinstance(u, Var) and u.symbol is self.symbol:
            yield w
            return
        if not isinstance(u, App) or u.shape:
            raise NotApplicable("no inverse is known")
        inside = [k for k, a in enumerate(u.args) if self.symbol in free_symbols(a)]
        if len(inside) != 1:
            raise NotApplicable("the unknown stands more than once")
        try:
            steps = self._steps(u, inside[0], w)
        except NoRealValue:
            return
        known = list(self.context.conditions)
        needed: list[list[Term]] = []
        for a, b in steps:
            self.context.conditions[:] = known
            yield from list(self.values(a, b))
            needed.append(list(self.context.conditions))
        self.context.conditions[:] = known
        for condition in (c for found in needed for c in found):
            self.context.require(condition)
        self.uneven |= any(found != needed[0] for found in needed)

    def _steps(self, u: App, k: int, w: Term) -> list[tuple[Term, Term]]:
        x, other = u.args[k], u.args[1 - k] if len(u.args) == 2 else None
        if u.op == "neg":
            return [(x, negate(w))]
        if other is not None and u.op in ("add", "sub", "mul", "div", "pow"):
            if u.op == "mul" and self.need("ne", other):
                self.vanishing[other] = u
            return self._arithmetic(u.op, k, x, other, w)
        if u.op == "sqrt":
            self.need("ge", w)
            return [(x, power(w, num(2)))]
        if u.op == "cbrt":
            return [(x, power(w, num(3)))]
        if u.op == "abs":
            self.need("ge", w)
            return [(x, negate(w)), (x, w)]
        if u.op == "exp":
            self.need("gt", w)
            return [(x, app("log", w))]
        if u.op in RANGES:
            return self._angles(u.op, x, w)
        if u.op in _ARCS:
            self._within(w, *_ARCS[u.op])
            return [(x, app(_INVERSES[u.op], w))]
        if u.op == "cosh":
            self.need("ge", minus(w, num(1)))
            a = app("acosh", tidied(w, self.context))
            return [(x, negate(a)), (x, a)]
        if u.op == "acosh":
            self.need("ge", w)
            return [(x, app("cosh", w))]
        if u.op in ("log", "asinh", "atanh"):
            return [(x, app(_INVERSES[u.op], w))]
        raise NotApplicable("no inverse is known")

    def _arithmetic(self, op: str, k: int, x: Term, other: Term, w: Term) -> list[tuple[Term, Term]]:
        if op == "add":
            return [(x, minus(w, other))]
        if op == "sub":
            return [(x, plus(w, other) if k == 0 else minus(other, w))]
        if op == "mul":
            return [(x, over(w, other))]
        if op == "div":
            if k == 0:
                self.need("ne", other)
                return [(x, times(w, other))]
            self.need("ne", w)
            self.need("ne", other)
            return [(x, over(other, w))]
        if k == 1:
            self.need("gt", w)
            self.need("gt", other)
            self.need("ne", minus(other, num(1)))
            return [(x, over(app("log", w), app("log", other)))]
        if isinstance(other, Num) and other.value.denominator == 1 and other.value:
            n = int(other.value)
            if n < 0:
                self.need("ne", w)
                return self._arithmetic("pow", 0, x, num(-n), over(num(1), w))
            if n == 1:
                return [(x, w)]
            w = neat(w, False, self.context)
            if n % 2:
                return [(x, app("cbrt", w) if n == 3 else app("root", w, num(n)))]
            self.need("ge", w)
            r = app("sqrt", w) if n == 2 else app("root", w, num(n))
            return [(x, negate(r)), (x, r)]
        if isinstance(other, Num):
            self.need("ge" if other.value > 0 else "gt", w)
            return [(x, power(w, over(num(1), other)))]
        if lower(w, self.context) == 0:
            self.need("gt", other)
            return [(x, num(0))]
        self.need("gt", w)
        self.need("ne", other)
        self.context.note("for a positive base; there may be other solutions")
        return [(x, power(w, over(num(1), other)))]

    def _angles(self, op: str, x: Term, w: Term) -> list[tuple[Term, Term]]:
        name, turns = RANGES[op]
        if op in ("sin", "cos"):
            self._between(w)
        if op == "tanh":
            self.need("lt", app("abs", w), num(1))
        value = tidied(w, self.context)
        # The solutions of cos(x) == cos(v) are v and -v up to turns, wherever v lies.
        a = value.args[0] if turns and isinstance(value, App) and value.op == op else app(name, value)
        if not turns:
            return [(x, a)]
        self.periodic = True
        turn = times(times(num(turns), Const("pi")), self.whole) if turns > 1 else times(Const("pi"), self.whole)
        if op == "sin":
            return [(x, plus(a, turn)), (x, plus(minus(Const("pi"), a), turn))]
        if op == "cos":
            return [(x, plus(a, turn)), (x, minus(turn, a))]
        return [(x, plus(a, turn))]

    def _between(self, w: Term) -> None:
        e = lower(w, self.context)
        if (1 - e).is_nonnegative and (1 + e).is_nonnegative:
            return
        beyond = (e - 1, -1 - e)
        if any(g.is_positive or (g.free_symbols and follows(sp.Gt(g, 0, evaluate=False), self.context)) for g in beyond):
            raise NoRealValue("no real value")
        if e.is_number and not (e <= 1) == sp.true:
            raise NotApplicable("no real value")
        self.context.require(App("and", (App("le", (num(-1), w), (), "truth"), App("le", (w, num(1)), (), "truth")), (), "truth"))

    def _within(self, w: Term, low: Term, high: Term, op: str) -> None:
        """That a value lies in the range of an inverse function."""
        below, above = lower(w, self.context) - lower(low, self.context), lower(high, self.context) - lower(w, self.context)
        for gap, parts in ((below, (low, w)), (above, (w, high))):
            if gap.is_positive if op == "lt" else gap.is_nonnegative:
                continue
            if gap.is_number:
                raise NoRealValue("no real value")
            self.context.require(App(op, parts, (), "truth"))

    def note_vanishing(self, a: Term, b: Term) -> None:
        """What the solutions of a == b are where a factor is 0 that was divided by."""
        for factor, product in self.vanishing.items():
            gap = lower(minus(transform(a, lambda t, u=product: num(0) if t == u else None), b), self.context)
            zero = tidied(factor, self.context)
            if isinstance(zero, Var):
                gap = gap.subs(lower(zero, self.context), 0)
            gap = short(gap, self.context)
            if gap.could_extract_minus_sign():
                gap = -gap
            every, none = f"every {self.symbol.name}", "no solution"
            if gap.is_zero:
                otherwise = every
            elif gap.is_number or gap.is_zero is False or gap.has(sp.zoo, sp.nan, sp.oo):
                otherwise = none
            else:
                otherwise = f"{every} if {_shown(lift(gap, self.context))} == 0, otherwise {none}"
            self.context.note(f"where {_shown(zero)} == 0: {otherwise}")


def _shown(t: Term) -> str:
    from twofold.catalogue.display import show

    return show(t)
