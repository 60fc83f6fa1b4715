"""Trigonometric and hyperbolic functions over sines and cosines of single angles, and exponentials."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from flint import fmpq

from twofold.catalogue.method import NotApplicable
from twofold.grammar.term import App, Const, Var
from twofold.symbolic.equations.quadrants import ranges
from twofold.symbolic.equations.ring import (
    CONTEXT,
    ONE,
    Generator,
    Ratio,
    rational,
)

if TYPE_CHECKING:
    from twofold.symbolic.equations.reading import Reading

from twofold.symbolic.equations.kernels import exponential, monomials, polynomial_of, root


def trig(r: Reading, u: Ratio) -> tuple[Ratio, Ratio]:
    """sin(u) and cos(u) by the addition formulas over the angles of single monomials."""
    s, c = rational(0), rational(1)
    for m, q, bottom in monomials(u):
        s1, c1 = _angle(r, m, q, bottom)
        s, c = s * c1 + c * s1, c * c1 - s * s1
    return s, c


def _angle(r: Reading, m: Any, q: Fraction, bottom: Any) -> tuple[Ratio, Ratio]:
    occurring = [k for k, d in enumerate(m) if d]
    if bottom is None and len(occurring) == 1 and sum(m) == 1 and r.ring.generators[occurring[0]].term == Const("pi"):
        known = _fraction_of_pi(r, q)
        if known is not None:
            return known
    key = ("trig", m, bottom)
    step = r.ring.step(key, q)
    n = int(q / step)
    if abs(n) > 12:
        raise NotApplicable("a large multiple of an angle")
    argument = Ratio(
        CONTEXT.from_dict({m: fmpq(step.numerator, step.denominator)}), ONE if bottom is None else polynomial_of(bottom)
    )
    inside = r.ring.inside(argument)
    s1 = r.ring.gen(("sin", key, step), Generator("sin", None, argument, inside=inside))
    c1 = r.ring.gen(("cos", key, step), Generator("cos", None, argument, inside=inside))
    term = r.ring.generators[occurring[0]].term if len(occurring) == 1 and sum(m) == 1 and bottom is None else None
    if isinstance(term, Var) and not r.complex:
        for name, where in zip(("sin", "cos"), ranges(term.symbol, step), strict=True):
            if where is not None:
                r.bounds.narrow(r.ring.keys[name, key, step], where)
    s, c = rational(0), rational(1)
    for _ in range(abs(n)):
        s, c = s * c1 + c * s1, c * c1 - s * s1
    return (-s if n < 0 else s), c


def _fraction_of_pi(r: Reading, q: Fraction) -> tuple[Ratio, Ratio] | None:
    """sin and cos of a multiple of pi/12."""
    if 12 % q.denominator:
        return None
    n = int(q * 12) % 24
    quarter, m = divmod(n, 6)
    half = rational(Fraction(1, 2))
    two, three, six = (root(r, rational(k), 2) for k in (2, 3, 6))
    fourth = rational(Fraction(1, 4))
    table = {
        0: (rational(0), rational(1)),
        1: (fourth * (six - two), fourth * (six + two)),
        2: (half, half * three),
        3: (half * two, half * two),
        4: (half * three, half),
        5: (fourth * (six + two), fourth * (six - two)),
    }
    s, c = table[m]
    for _ in range(quarter):
        s, c = c, -s
    return s, c


def _quotient(r: Reading, top: Ratio, bottom: Ratio) -> Ratio:
    r.require(bottom, "!=")
    return rational(0) if bottom.top.is_zero() else top / bottom


def _trigonometric(name: str) -> Callable[[Reading, App], Ratio]:
    def rule(r: Reading, t: App) -> Ratio:
        s, c = trig(r, r.scalar(t.args[0]))
        one = rational(1)
        if name in ("sin", "cos"):
            return s if name == "sin" else c
        top, bottom = {"tan": (s, c), "cot": (c, s), "sec": (one, c), "csc": (one, s)}[name]
        return _quotient(r, top, bottom)

    return rule


def _hyperbolic(name: str) -> Callable[[Reading, App], Ratio]:
    def rule(r: Reading, t: App) -> Ratio:
        e = exponential(r, r.scalar(t.args[0]))
        s, c = (e - rational(1) / e) / rational(2), (e + rational(1) / e) / rational(2)
        one = rational(1)
        if name in ("sinh", "cosh"):
            return s if name == "sinh" else c
        top, bottom = {"tanh": (s, c), "coth": (c, s), "sech": (one, c), "csch": (one, s)}[name]
        return _quotient(r, top, bottom)

    return rule


RULES: dict[str, Callable[[Reading, App], Ratio]] = {
    **{n: _trigonometric(n) for n in ("sin", "cos", "tan", "cot", "sec", "csc")},
    **{n: _hyperbolic(n) for n in ("sinh", "cosh", "tanh", "coth", "sech", "csch")},
}
