"""Equations and inequalities with parameters in which the unknown stands once: what stands around it is taken off layer by layer, and
what each step needs becomes a condition."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sympy as sp

from twofold.catalogue.comparisons import MIRRORED, ORDERS
from twofold.catalogue.conjunctions import together
from twofold.catalogue.goal import Goal
from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app
from twofold.grammar.term import FALSE, TRUE, App, Const, Num, Symbol, Term, Var, free_symbols, num, subterms, transform, var
from twofold.symbolic.arithmetic import minus, negate, over, plus, power, times
from twofold.symbolic.calculus.conditions import follows
from twofold.symbolic.condition_form import negation, plain
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import within
from twofold.symbolic.equations.decide import proves
from twofold.symbolic.equations.enclose import NoEnclosure
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower
from twofold.symbolic.rational_forms import is_rational
from twofold.symbolic.simplifying import forms
from twofold.symbolic.solving.admission import meets
from twofold.symbolic.solving.completeness import ALL, NONE, ONLY
from twofold.symbolic.solving.parametric_regions import region_by_cases
from twofold.symbolic.solving.reading import read
from twofold.symbolic.solving.real_solutions import EACH, SOME, real_solutions, tidied
from twofold.symbolic.solving.solution_sets import merged
from twofold.symbolic.tidy import short
from twofold.symbolic.weight import place

_RANGES = {"sin": ("asin", 2), "cos": ("acos", 2), "tan": ("atan", 1), "sinh": ("asinh", 0), "tanh": ("atanh", 0)}
_INVERSES = {
    "asin": "sin",
    "acos": "cos",
    "atan": "tan",
    "asinh": "sinh",
    "atanh": "tanh",
    "cbrt": "",
    "log": "exp",
    "exp": "log",
}


_RIGHT = over(Const("pi"), num(2))
_ARCS = {
    "asin": (negate(_RIGHT), _RIGHT, "le"),
    "acos": (num(0), Const("pi"), "le"),
    "atan": (negate(_RIGHT), _RIGHT, "lt"),
}
"""The ranges of inverse functions, and whether their ends belong to them."""


_SECONDS = 0.5
"""Processor time for one relation that may follow from what is declared."""


class NoRealValue(NotApplicable):
    """A function does not take a value anywhere."""


class Inversion:
    """The unknown and the context; `family` is the whole number of a periodic inverse, once one is used."""

    def __init__(self, symbol: Symbol, context: Context, taken: set[str]) -> None:
        self.symbol, self.context = symbol, context
        name = next(n for n in "kmnjpqr" if n not in taken)
        self.whole = var(Symbol(name, "integer"))
        self.periodic = False
        self.uneven = False
        """Whether one of several solutions needs what the others do not."""
        self.vanishing: dict[Term, App] = {}
        """Factors that have to be different from 0, each with its product."""

    # --- equations ---

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
        if u.op in _RANGES:
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
            w = _neat(w, False, self.context)
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
        name, turns = _RANGES[op]
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

    def need(self, relation: str, w: Term, bound: Term | None = None) -> bool:
        """Adds the condition `w relation 0`, unless the declarations say it; whether it was added."""
        e = lower(w, self.context) - (0 if bound is None else lower(bound, self.context))
        known = {"ge": e.is_nonnegative, "gt": e.is_positive, "ne": e.is_nonzero, "lt": e.is_negative}[relation]
        if known:
            return False
        if known is False:
            raise NotApplicable("no real value") if relation == "ne" else NoRealValue("no real value")
        e = short(sp.factor(e), self.context)
        factors = [f for f in sp.Mul.make_args(e) if not (f.is_positive or (relation == "ne" and f.is_nonzero))]
        made = lift(sp.Mul(*factors), self.context)
        parts = (
            [lift(f.base if f.is_Pow and f.exp.is_integer else f, self.context) for f in factors] if relation == "ne" else [made]
        )
        for p in parts:
            if p != num(1):
                self.context.require(app(relation, p, num(0)))
        return True

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

    # --- inequalities ---

    def region(self, u: Term, op: str, w: Term) -> Term:
        """The condition on the unknown under which `u op w`. Raises `NotApplicable`."""
        if isinstance(u, Var) and u.symbol is self.symbol:
            return app(op, u, _neat(w, False, self.context))
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
        arc, turn = app(_RANGES[name][0], tidied(w, self.context)), times(times(num(2), Const("pi")), self.whole)
        above = op in ("gt", "ge")
        if name == "sin":
            ends = (arc, minus(Const("pi"), arc)) if above else (minus(negate(Const("pi")), arc), arc)
        else:
            ends = (negate(arc), arc) if above else (arc, minus(times(num(2), Const("pi")), arc))
        strict, (low, high) = op in ("gt", "lt"), (plus(_neat(e, False, self.context), turn) for e in ends)
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


def _shown(t: Term) -> str:
    from twofold.catalogue.display import show

    return show(t)


def inverted(relation: Term, symbol: Symbol, context: Context, uneven: bool = True) -> Term:
    """The solutions of a relation with parameters: a set of values, or a condition. Raises `NotApplicable`, also where some solutions need
    what others do not and that is not wanted (`uneven`)."""
    if not isinstance(relation, App) or relation.op not in (*ORDERS, "eq") or relation.args[0].shape:
        raise NotApplicable("not one relation")
    a, b = relation.args
    op = relation.op
    if op != "eq" and is_rational(a, {}) and is_rational(b, {}):
        before = list(context.conditions)
        try:
            made = region_by_cases(read(relation, var(symbol), context), context)
            context.note(ALL)
            return made
        except NoClosedForm:
            context.conditions[:] = before
    sides = [symbol in free_symbols(t) for t in (a, b)]
    problem = None
    if all(sides) or sum(1 for t in (*subterms(a), *subterms(b)) if isinstance(t, Var) and t.symbol is symbol) > 1:
        problem = read(relation, var(symbol), context)
        if problem.domain and op != "eq":
            raise NotApplicable("the relation is not defined everywhere")
        a, b = _one_wave(a, b, symbol, context) or (_collected(a, b, symbol, context, turned=op == "eq"), num(0))
        if isinstance(a, App) and a.op == "tuple":
            a, b = a.args
    elif sides[1]:
        a, b, op = b, a, MIRRORED[op]
    taken = {s.name for s in free_symbols(relation)}
    work = Inversion(symbol, context, taken)
    if op != "eq":
        known = len(context.conditions)
        made = work.region(a, op, b)
        if len(context.conditions) > known and not uneven:
            raise NotApplicable("the relation may hold everywhere or nowhere")
        if work.periodic:
            context.note(SOME.format(work.whole.symbol.name))
        context.note(ALL)
        return made
    values = list(dict.fromkeys(_neat(v, work.periodic, context) for v in work.values(a, b)))
    if work.uneven and not uneven:
        raise NotApplicable("the solutions have conditions of their own")
    work.note_vanishing(a, b)
    if work.periodic:
        values = _joined(values, context)
    if problem is not None:
        x = lower(var(symbol), context)
        values = [v for v in values if meets({x: lower(v, context)}, problem, context, by_algebra=True)]
    if not values:
        context.note(NONE)
        return App("set", (), (), "set")
    if work.periodic:
        assert isinstance(work.whole, Var)
        context.note(EACH.format(work.whole.symbol.name))
    if "for a positive base; there may be other solutions" not in context.notes:
        context.note(ALL if len(values) > 1 or work.periodic else ONLY)
    return App("set", tuple(values), (), "set")


def _joined(values: list[Term], context: Context) -> list[Term]:
    """The families with two that lie half a period from each other as one."""
    lowered = {lower(v, context): v for v in values}
    return [lowered[e] if e in lowered else lift(short(e, context), context) for e in merged(list(lowered))]


def _neat(t: Term, periodic: bool, context: Context) -> Term:
    """A short form; real cube roots stay such, and the period of a family stays at its end."""
    if periodic and isinstance(t, App) and t.op in ("add", "sub"):
        return t
    if any(isinstance(x, App) and x.op in ("cbrt", "root") and free_symbols(x) for x in subterms(t)):
        try:
            return min((t, *forms(t, context)), key=place)
        except NotApplicable:
            return t
    return tidied(t, context)


def _one_wave(a: Term, b: Term, symbol: Symbol, context: Context) -> tuple[Term, Term] | None:
    """a == b as cos(v - phi) == w where it is p*sin(v) + q*cos(v) == r, with sqrt(p^2 + q^2)*w = r; `None` for others."""
    x = lower(var(symbol), context)
    e = sp.expand(lower(a, context) - lower(b, context))
    angles = {g.args[0] for g in e.atoms(sp.sin, sp.cos) if g.has(x)}
    if len(angles) != 1 or not e.has(sp.sin) or not e.has(sp.cos):
        return None
    (v,) = angles
    s, c = sp.Dummy("s"), sp.Dummy("c")
    made = sp.expand(e.xreplace({sp.sin(v): s, sp.cos(v): c}))
    if made.has(x) or not made.is_polynomial(s, c) or sp.Poly(made, s, c).total_degree() != 1:
        return None
    p, q, r = made.coeff(s, 1), made.coeff(c, 1), made.subs({s: 0, c: 0})
    square = sp.factor(p**2 + q**2)
    if square.is_nonzero is not True:
        context.require(app("ne", lift(square, context), num(0)))
    phase = lift(sp.atan2(p, q), context)
    return app("cos", minus(lift(v, context), phase)), lift(short(-r / sp.sqrt(square), context), context)


def _collected(a: Term, b: Term, symbol: Symbol, context: Context, turned: bool) -> Term:
    """a - b, linear in the unknown, as the pair (slope*x, value): the unknown then stands once. `turned`: or b - a, where it reads better."""
    x = lower(var(symbol), context)
    e = sp.expand(lower(a, context) - lower(b, context))
    if not e.is_polynomial(x) or sp.degree(e, x) != 1:
        raise NotApplicable("the unknown stands more than once")
    p: Any = sp.Poly(e, x)
    if turned and p.LC().could_extract_minus_sign():
        p = -p
    slope, constant = (lift(sp.factor(c), context) for c in p.all_coeffs())
    return App("tuple", (times(slope, var(symbol)) if slope != num(1) else var(symbol), negate(constant)), (), "tuple")
