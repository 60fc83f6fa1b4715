"""Inequalities in which the unknown stands once, by the inverses of the functions around it."""

from __future__ import annotations

from twofold.catalogue.comparisons import MIRRORED
from twofold.catalogue.conjunctions import together
from twofold.catalogue.goal import Goal
from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app
from twofold.grammar.term import FALSE, TRUE, App, Const, Num, Term, Var, free_symbols, num
from twofold.symbolic.arithmetic import minus, negate, over, plus, power, times
from twofold.symbolic.condition_form import negation, plain
from twofold.symbolic.context import NoClosedForm
from twofold.symbolic.effort import within
from twofold.symbolic.equations.decide import proves
from twofold.symbolic.equations.enclose import NoEnclosure
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower
from twofold.symbolic.solving.inverse_layers import RANGES, Layers, neat
from twofold.symbolic.solving.real_solutions import real_solutions, tidied
from twofold.symbolic.tidy import short

_SECONDS = 0.5
"""Processor time for one relation that may follow from what is declared."""


class InverseRegion(Layers):
    """The condition on the unknown that an inequality is."""

    def region(self, u: Term, op: str, w: Term) -> Term:
        """The condition on the unknown under which `u op w`. Raises `NotApplicable`."""
        if isinstance(u, Var) and u.symbol is self.symbol:
            return app(op, u, neat(w, False, self.context))
        if not isinstance(u, App) or u.shape:
            raise NotApplicable("no inverse is known")
        inside = [k for k, a in enumerate(u.args) if self.symbol in free_symbols(a)]
        if len(inside) != 1:
            raise NotApplicable("the unknown stands more than once")
        k = inside[0]
        x, other = u.args[k], u.args[1 - k] if len(u.args) == 2 else None
        if u.op == "neg":
            return self.region(x, MIRRORED[op], negate(w))
        if u.op == "add" and other is not None:
            return self.region(x, op, minus(w, other))
        if u.op == "sub" and other is not None:
            return self.region(x, op, plus(w, other)) if k == 0 else self.region(x, MIRRORED[op], minus(other, w))
        if other is not None and (u.op == "mul" or (u.op == "div" and k == 0)):
            # A quotient has no value where its denominator is 0.
            otherwise = _at_zero(op, tidied(w, self.context)) if u.op == "mul" else FALSE
            return self._scaled(x, op, over(w, other) if u.op == "mul" else times(w, other), other, otherwise)
        if u.op == "abs" or (u.op == "pow" and k == 0 and other == num(2)):
            if u.op == "pow":
                self.need("ge" if op in ("le", "gt", "ge") else "gt", w)
                w = app("sqrt", w)
            if op in ("lt", "le"):
                return self._both(self.region(x, "gt" if op == "lt" else "ge", negate(w)), self.region(x, op, w))
            return app("or", *self._whole(self.region(x, "lt" if op == "gt" else "le", negate(w)), self.region(x, op, w)))
        if (
            u.op == "pow"
            and k == 0
            and isinstance(other, Num)
            and other.value.denominator == 1
            and other.value > 0
            and other.value % 2
        ):
            return self.region(x, op, w if other.value == 1 else app("cbrt", w) if other.value == 3 else app("root", w, other))
        if u.op == "exp":
            self.need("gt", w)
            return self.region(x, op, app("log", w))
        if u.op == "log":
            upper = self.region(x, op, app("exp", w))
            return upper if op in ("gt", "ge") else self._both(self.region(x, "gt", num(0)), upper)
        if u.op == "sqrt":
            self.need("ge" if op in ("ge", "gt", "le") else "gt", w)
            upper = self.region(x, op, power(w, num(2)))
            return upper if op in ("gt", "ge") else self._both(self.region(x, "ge", num(0)), upper)
        if u.op == "tan":
            self.periodic = True
            arc, right, turn = app("atan", w), over(Const("pi"), num(2)), times(Const("pi"), self.whole)
            if op in ("gt", "ge"):
                return self._both(self.region(x, op, plus(arc, turn)), self.region(x, "lt", plus(right, turn)))
            return self._both(self.region(x, "gt", plus(negate(right), turn)), self.region(x, op, plus(arc, turn)))
        if u.op in ("sin", "cos"):
            return self._wave(u.op, x, op, w)
        raise NotApplicable("no inverse is known")

    def _wave(self, name: str, x: Term, op: str, w: Term) -> Term:
        """Where a sine or cosine lies above or below a value: one interval in each period, everywhere, or nowhere."""
        arc, turn = app(RANGES[name][0], tidied(w, self.context)), times(times(num(2), Const("pi")), self.whole)
        above = op in ("gt", "ge")
        if name == "sin":
            ends = (arc, minus(Const("pi"), arc)) if above else (minus(negate(Const("pi")), arc), arc)
        else:
            ends = (negate(arc), arc) if above else (arc, minus(times(num(2), Const("pi")), arc))
        strict, (low, high) = op in ("gt", "lt"), (plus(neat(e, False, self.context), turn) for e in ends)
        self.periodic = True
        inner = self._both(self.region(x, "gt" if strict else "ge", low), self.region(x, "lt" if strict else "le", high))
        one = num(1)
        # Where all values satisfy it, and where some do.
        always = app(("lt" if strict else "le") if above else ("gt" if strict else "ge"), w, negate(one) if above else one)
        some = (
            app("lt" if strict and above else "le", w, one)
            if above
            else app("gt" if strict and not above else "ge", w, negate(one))
        )
        if self._follows(always):
            return TRUE
        if self._follows(negation(some)):
            return FALSE
        first = () if self._follows(negation(always)) else (TRUE, self._on_parameter(always))
        last = (inner,) if self._follows(some) else (inner, self._on_parameter(some), FALSE)
        return app("piecewise", *first, *last) if first or len(last) > 1 else inner

    def _follows(self, condition: Term) -> bool:
        goal = Goal("=>", together(self.context.conditions), condition, self.context.assumptions, "real")
        return bool(within(_SECONDS, proves, goal, self.context))

    def _on_parameter(self, condition: Term) -> Term:
        """A condition on one parameter, solved for it."""
        names = free_symbols(condition)
        if len(names) == 1 and names[0].kind == "real":
            try:
                return real_solutions(condition, names[0], self.context.aside())
            except (NotApplicable, NoEnclosure, NoClosedForm):
                pass
        return plain(condition)

    def _both(self, low: Term, high: Term) -> Term:
        """low < x and x < high as a chain where the unknown is bare."""
        self._whole(low, high)
        if isinstance(low, App) and isinstance(high, App) and low.op in ("gt", "ge") and high.op in ("lt", "le"):
            return App("and", (App(MIRRORED[low.op], (low.args[1], low.args[0]), (), "truth"), high), (), "truth")
        if isinstance(low, App) and isinstance(high, App) and low.op in ("lt", "le") and high.op in ("gt", "ge"):
            return App("and", (App(MIRRORED[high.op], (high.args[1], high.args[0]), (), "truth"), low), (), "truth")
        return App("and", (low, high), (), "truth")

    def _whole(self, *parts: Term) -> tuple[Term, ...]:
        """Conditions that are put together; those in cases of their own are not."""
        if any(isinstance(t, App) and t.op == "piecewise" for t in parts):
            raise NotApplicable("cases of the parameters in parts of the answer")
        return parts

    def _scaled(self, x: Term, op: str, value: Term, factor: Term, otherwise: Term) -> Term:
        e = lower(factor, self.context)
        if e.is_positive:
            return self.region(x, op, value)
        if e.is_negative:
            return self.region(x, MIRRORED[op], value)
        before = len(self.context.conditions)
        positive, negative = self.region(x, op, value), self.region(x, MIRRORED[op], value)
        self._whole(positive, negative)
        if len(self.context.conditions) > before:
            del self.context.conditions[before:]
            raise NotApplicable("what one sign asks for is not that of the other")
        c = lift(short(e, self.context), self.context)
        if e.is_nonnegative or e.is_nonpositive:
            return app(
                "piecewise",
                positive if e.is_nonnegative else negative,
                app("ne", c, num(0)),
                otherwise,
            )
        return app("piecewise", positive, app("gt", c, num(0)), negative, app("lt", c, num(0)), otherwise)


def _at_zero(op: str, w: Term) -> Term:
    """`0 op w`, as true or false where w is a number."""
    if not isinstance(w, Num):
        return app(op, num(0), w)
    return TRUE if {"lt": w.value > 0, "le": w.value >= 0, "gt": w.value < 0, "ge": w.value <= 0}[op] else FALSE
