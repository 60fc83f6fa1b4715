"""Integrals of unknown functions over any ranges, by rules that hold for all of them: a primitive of each integrand, parts, and substitution.

Each integrand is a sum of products of unknown functions, their derivatives, polynomials, exponentials and waves; nothing in it can have a break. A product that holds the
last of its functions with a derivative is integrated by parts until that stands without, the argument of the function becomes the variable
(`f(a - x)`, `f(x^2)*x`), and what is left has a primitive F, of which only F(b) - F(a) is used: so ranges join, and turn round.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any, NamedTuple

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import app
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import (
    INFINITE,
    App,
    Bound,
    Const,
    Num,
    Symbol,
    Term,
    Var,
    free_symbols,
    num,
    substitute,
    subterms,
    transform,
    var,
)
from twofold.symbolic.context import NoClosedForm
from twofold.symbolic.derivative import derivative
from twofold.symbolic.normal import GIVES_UP, converter, equal_in
from twofold.symbolic.normal.dependence import depends, separate
from twofold.symbolic.normal.raising import raised

_ENTIRE = frozenset("add sub mul div neg pow exp sin cos sinh cosh apply".split())
_DEEPEST = 12


class Unknown(NamedTuple):
    """A derivative of an unknown function at a place, to a power."""

    function: Symbol
    order: int
    place: Term
    power: int


def run(goal: Goal, context: Any) -> Evidence:
    """Both sides with boundary terms and primitives in the place of their integrals, then the normal form."""
    if goal.left.shape or goal.left.sort != "number" or goal.reading != "real":
        raise NotApplicable("real scalars only")
    if not any(isinstance(t, App) and t.op == "apply" for s in (goal.left, goal.right) for t in subterms(s)):
        raise NotApplicable("no unknown function stands in the claim")
    worked = _Integrals(goal.assumptions)
    try:
        made = replace(goal, left=transform(goal.left, worked.rule), right=transform(goal.right, worked.rule))
        if not worked.count:
            raise NotApplicable("no integral of an unknown function stands in the claim")
        if not equal_in(converter((made.left, made.right), goal.assumptions, goal.reading), made.left, made.right):
            raise NotApplicable("the sides differ for some function")
    except (*GIVES_UP, NoClosedForm) as e:
        raise NotApplicable(f"no normal form: {e}") from None
    note = f"{worked.count} integrals"
    return Evidence("unknown integrands", Truth.PROVED, Strength.PROOF, note, independent_of="quadrature")


class _Integrals:
    """The integrals of one claim, which share the variable and the primitives."""

    def __init__(self, assumptions: tuple[Term, ...]) -> None:
        self.c = converter((), assumptions)
        self.x = Symbol("variable of an integral")
        self.g = self.c.field.kernel(("sym", self.x))
        self.primitives: dict[object, Symbol] = {}
        self.count = 0

    def rule(self, t: Term) -> Term | None:
        """The value of an integral; `None` for other terms. Raises `NotApplicable` for one that is not of the kind."""
        if not isinstance(t, Bound):
            return None
        if t.op == "diff" and isinstance(t.body, App) and t.body.op == "apply":
            return t
        if t.op != "integrate" or len(t.symbols) != 1 or t.shape or t.symbols[0].kind != "real":
            raise NotApplicable("something else than an integral binds a name")
        if t.args == (num(0), INFINITE[0]):
            return self.transform(t)
        if any(e in INFINITE for e in t.args) or not is_entire(t.body, t.symbols[0]):
            raise NotApplicable("an integrand that may have a break, or a range without an end")
        self.count += 1
        return self.value(substitute(t.body, {t.symbols[0]: var(self.x)}), t.args[0], t.args[1], _DEEPEST)

    def transform(self, t: Bound) -> Term:
        """The integral of f'(t)*exp(-s*t) over t > 0 as s times that of f(t)*exp(-s*t), less f(0); f'' may stand for f'.

        Where both integrals converge, f(t)*exp(-s*t) has a limit, and the second integral does not converge unless that is 0. For f'' the integral of
        f'*exp(-s*t), J, obeys J' + s*J = c with c convergent, so that it converges with the others.
        """
        c = self.c
        body = substitute(t.body, {t.symbols[0]: var(self.x)})
        out: Term = num(0)
        for outer, inner in separate(c, c(body), self.g, split=True):
            part = raised(c, inner)
            found = [u for u in map(_unknown, _factors(part)) if u is not None]
            if len(found) != 1 or found[0].place != var(self.x) or found[0].power != 1 or found[0].order > 2:
                raise NotApplicable("not a transform of an unknown function")
            (u,) = found
            weight = app("div", part, _term(u, u.order))
            rate = app("neg", app("div", derivative(weight, self.x), weight))
            if self.moves(c(rate)):
                raise NotApplicable("not a transform of an unknown function")
            s = raised(c, c(rate))
            value = Bound("integrate", (self.x,), app("mul", weight, _term(u, 0)), t.args)
            at_zero = substitute(weight, {self.x: num(0)})
            for k in range(u.order):
                start = substitute(_term(u, k), {self.x: num(0)})
                value = app("sub", app("mul", s, value), app("mul", at_zero, start))
            self.count += 1
            out = app("add", out, app("mul", raised(c, outer), value))
        return out

    def value(self, body: Term, lower: Term, upper: Term, depth: int) -> Term:
        """The integral of a sum, product by product."""
        if not depth:
            raise NotApplicable("too many steps by parts")
        if isinstance(body, App) and body.op in ("add", "sub", "neg"):
            return app(body.op, *(self.value(a, lower, upper, depth) for a in body.args))
        out: Term = num(0)
        e = self.c(body)
        if not e.num:
            return out
        made = self.composed(body, lower, upper, depth)
        if made is not None:
            return made
        for outer, inner in separate(self.c, e, self.g, split=True):
            part = self.product(raised(self.c, inner), lower, upper, depth)
            out = app("add", out, app("mul", raised(self.c, outer), part))
        return out

    def product(self, t: Term, lower: Term, upper: Term, depth: int) -> Term:
        """The integral of one product."""
        found = [u for u in map(_unknown, _factors(t)) if u is not None and self.x in free_symbols(u.place)]
        if not found:
            return Bound("integrate", (self.x,), t, (lower, upper))
        last = max(found, key=lambda u: (_is_composed(u.place), u.function.name)).function
        own = sorted((u for u in found if u.function is last), key=lambda u: u.order)
        top = own[-1]
        if any(u.place != top.place for u in own):
            return self.primitive(t, lower, upper)
        if top.place != var(self.x):
            return self.substituted(t, top, lower, upper, depth)
        below = [u for u in own if u.order == top.order - 1]
        if not top.order or top.power != 1:
            return self.primitive(t, lower, upper)
        n = below[0].power if below else 0
        raised_power = app("div", app("pow", _term(top, top.order - 1), num(n + 1)), num(n + 1))
        rest = app("div", t, _term(top, top.order))
        if n:
            rest = app("div", rest, app("pow", _term(top, top.order - 1), num(n)))
        rest = raised(self.c, self.c(rest))
        whole = app("mul", rest, raised_power)
        ends = app("sub", substitute(whole, {self.x: upper}), substitute(whole, {self.x: lower}))
        return app("sub", ends, self.value(app("mul", derivative(rest, self.x), raised_power), lower, upper, depth - 1))

    def substituted(self, t: Term, top: Unknown, lower: Term, upper: Term, depth: int) -> Term:
        """With the argument of an unknown function as the variable, where it is a line or the rest is a multiple of its derivative."""
        c = self.c
        slope = c(derivative(top.place, self.x))
        ends = [substitute(top.place, {self.x: e}) for e in (lower, upper)]
        if not self.moves(slope):
            if not c.nonzero(slope):
                return self.primitive(t, lower, upper)
            step = raised(c, slope)
            at_zero = substitute(top.place, {self.x: num(0)})
            back = app("div", app("sub", var(self.x), at_zero), step)
            return self.value(app("div", substitute(t, {self.x: back}), step), ends[0], ends[1], depth - 1)
        made = self.composed(t, lower, upper, depth)
        return self.primitive(t, lower, upper) if made is None else made

    def composed(self, t: Term, lower: Term, upper: Term, depth: int) -> Term | None:
        """The integral of f(h(x))*h'(x), where the normal form has not yet torn waves into exponentials; `None` for others."""
        c, f = self.c, self.c.field
        for u in filter(None, map(_unknown, _factors(t))):
            slope = c(derivative(u.place, self.x))
            if not self.moves(slope):
                continue
            own = app("pow", _term(u, u.order), num(u.power))
            factor = f.div(c(app("div", t, own)), slope)
            if self.moves(factor):
                continue
            plain = app("pow", _term(u._replace(place=var(self.x)), u.order), num(u.power))
            ends = [substitute(u.place, {self.x: e}) for e in (lower, upper)]
            return app("mul", raised(c, factor), self.value(plain, ends[0], ends[1], depth - 1))
        return None

    def moves(self, e: Any) -> bool:
        """Whether a normal form depends on the variable."""
        return any(depends(self.c, h, self.g) for p in (e.num, e.den) for m in p for h, _ in m)

    def primitive(self, t: Term, lower: Term, upper: Term) -> Term:
        """F(b) - F(a) for the primitive of this integrand."""
        key = self.c(t).key
        name = self.primitives.setdefault(key, Symbol(f"primitive {len(self.primitives)}", kind="function", arity=1))
        return app("sub", *(App("apply", (var(name), e)) for e in (upper, lower)))


def is_entire(t: Term, x: Symbol) -> bool:
    """Whether a body is made of what is smooth everywhere: no denominator and no exponent depends on the variable."""
    for u in subterms(t):
        if isinstance(u, Bound):
            if u.op != "diff" or not (isinstance(u.body, App) and u.body.op == "apply"):
                return False
        elif isinstance(u, App):
            if u.op not in _ENTIRE or u.shape:
                return False
            if u.op == "div" and x in free_symbols(u.args[1]):
                return False
            if u.op == "pow" and x in free_symbols(u) and not _is_count(u.args[1]):
                return False
            if u.op == "apply" and not (len(u.args) == 2 and isinstance(u.args[0], Var)):
                return False
        elif not isinstance(u, (Num, Var, Const)) or u.shape:
            return False
    return True


def _is_count(t: Term) -> bool:
    return isinstance(t, Num) and t.value.denominator == 1 and t.value >= 0


def _factors(t: Term) -> list[Term]:
    """What a product is made of, above the line."""
    if isinstance(t, App) and t.op == "mul":
        return [u for a in t.args for u in _factors(a)]
    return _factors(t.args[0]) if isinstance(t, App) and t.op in ("neg", "div") else [t]


def _is_composed(place: Term) -> bool:
    return any(isinstance(u, App) and u.op == "apply" for u in subterms(place))


def _unknown(t: Term) -> Unknown | None:
    power = 1
    if isinstance(t, App) and t.op == "pow" and _is_count(t.args[1]) and isinstance(t.args[1], Num):
        power, t = int(t.args[1].value), t.args[0]
    if isinstance(t, App) and t.op == "apply" and isinstance(t.args[0], Var):
        return Unknown(t.args[0].symbol, 0, t.args[1], power)
    if isinstance(t, Bound) and t.op == "diff" and isinstance(t.body, App) and t.body.op == "apply":
        head, order = t.body.args[0], t.args[1]
        if isinstance(head, Var) and t.body.args[1:] == (var(t.symbols[0]),) and _is_count(order) and isinstance(order, Num):
            return Unknown(head.symbol, int(order.value), t.args[0], power)
    return None


def _term(u: Unknown, order: int) -> Term:
    """The derivative of this order at the place, without the power."""
    if not order:
        return App("apply", (var(u.function), u.place))
    s = Symbol("t")
    return Bound("diff", (s,), App("apply", (var(u.function), var(s))), (u.place, Num(Fraction(order))))


SPEC = Method(
    name="unknown integrands",
    relations=frozenset({"=="}),
    cost=28,
    concludes=frozenset({Truth.PROVED}),
    soundness="the fundamental theorem of calculus, parts and substitution for functions without breaks, then the normal form",
    run=run,
    holds=(
        "let f : function\nintegrate(f'(x), x = a..b) == f(b) - f(a)",
        "let f, g : function\nintegrate(f(x)*g'(x), x = a..b) == f(b)*g(b) - f(a)*g(a) - integrate(f'(x)*g(x), x = a..b)",
        "let f : function\nintegrate(f(x), x = a..b) + integrate(f(x), x = b..c) == integrate(f(x), x = a..c)",
        "let f : function\nintegrate(f(a - x), x = 0..a) == integrate(f(x), x = 0..a)",
        "let f : function\nintegrate(x*f(x^2), x = 0..a) == integrate(f(u), u = 0..a^2)/2",
        "let f : function\nintegrate(f'(t)*exp(-s*t), t = 0..oo) == s*integrate(f(t)*exp(-s*t), t = 0..oo) - f(0)",
    ),
    fails=(),
    open=(
        "let f : function\nintegrate(f'(t)*exp(-s*t), t = 0..oo) == s*integrate(f(t)*exp(-s*t), t = 0..oo) + f(0)",
        "let f : function\nintegrate(f(-x), x = 0..a) == integrate(f(x), x = 0..a)",
        "let f, g : function\nintegrate(f(x)*g'(x), x = a..b) == f(b)*g(b) - f(a)*g(a) + integrate(f'(x)*g(x), x = a..b)",
    ),
)

__all__ = ["SPEC", "run"]
