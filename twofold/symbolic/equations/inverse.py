"""From zeros of polynomials in a function of the unknown to values of the unknown."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import inf

from flint import arb

from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app
from twofold.grammar.term import Term, num
from twofold.symbolic.equations import enclose, kernels
from twofold.symbolic.equations.angles import angles
from twofold.symbolic.equations.enclose import PRECISIONS, precision
from twofold.symbolic.equations.family import Family
from twofold.symbolic.equations.monotone import FUNCTIONS
from twofold.symbolic.equations.points import Enclosure, Point, zeros
from twofold.symbolic.equations.reading import Reading
from twofold.symbolic.equations.ring import (
    Polynomial,
    Ratio,
    Restart,
    key_of,
)
from twofold.symbolic.equations.terms import term_of
from twofold.symbolic.equations.trigonometry import trig


def points_of(r: Reading, p: Polynomial, family: Family, window: tuple[Fraction, Fraction] | None) -> list[Point]:
    """The values of the unknown at which a factor vanishes (for sines and cosines: those in the window)."""
    if family.kind == "trig":
        if window is None:
            raise NotApplicable("infinitely many solutions")
        return angles(r, p, family, window)
    k = family.generators[0]
    out = []
    for z in zeros(r, p, k):
        made = _inverse(r, z, family, r.ring.generators[k].index)
        if made is not None:
            made.zeros = {key_of(p)}
            out.append(made)
    return out


def _certain_sign(z: Enclosure) -> int:
    for bits in PRECISIONS:
        with precision(bits):
            v = z()
            if v > 0:
                return 1
            if v < 0:
                return -1
            if v.is_zero():
                return 0
    raise NotApplicable("the sign of a number is not found")


def _inverse(r: Reading, z: Point, family: Family, index: int) -> Point | None:
    """The unknown from the value of its function; `None` where the function does not take the value."""
    a, b, kind = family.slope, family.offset, family.kind
    if kind == "symbol":
        return z

    def enclosed(f: Callable[[arb], arb]) -> Enclosure:
        return lambda: (f(z.enclosure()) - enclose.quotient(r.ring, b, {})) / enclose.quotient(r.ring, a, {})

    def written(op: str, *more: Term) -> Term | None:
        if z.term is None:
            return None
        slope, offset = term_of(r.ring, a), term_of(r.ring, b)
        made: Term = app(op, z.term, *more)
        made = made if offset == num(0) else app("sub", made, offset)
        return made if slope == num(1) else app("div", made, slope)

    def exactly(f: Callable[[Ratio], Ratio]) -> Ratio | None:
        if z.exact is None:
            return None
        try:
            with r.collecting():
                return (f(z.exact) - b) / a
        except Restart:
            # The closed form needs a finer step of some kernel than the formulas have.
            return None

    if kind == "power":
        if _certain_sign(z.enclosure) <= 0:
            return None
        return Point(enclosed(arb.log), exactly(lambda u: kernels.logarithm(r, u)), term=written("log"))
    if kind == "log":
        return Point(enclosed(arb.exp), exactly(lambda u: kernels.exponential(r, u)), term=written("exp"))
    if kind == "function":
        return _function_value(r, z, family, exactly, enclosed)
    if index % 2 == 0 and _certain_sign(z.enclosure) < 0:
        return None
    return Point(enclosed(lambda t: t**index), exactly(lambda u: u**index), term=written("pow", num(index)))


def _function_value(
    r: Reading,
    z: Point,
    family: Family,
    exactly: Callable[[Callable[[Ratio], Ratio]], Ratio | None],
    enclosed: Callable[[Callable[[arb], arb]], Enclosure],
) -> Point | None:
    """The point at which a monotone function takes a value; `None` where that certainly lies outside its range."""
    f = FUNCTIONS[getattr(r.ring.generators[family.generators[0]].term, "op", "")]
    assert f.inverse is not None
    if f.name in ("tan", "sin", "cos"):
        half, sign = (lambda: arb.pi() / 2), _certain_sign
        if f.name == "cos":
            low, high = sign(z.enclosure), sign(lambda: arb.pi() - z.enclosure())
        else:
            low, high = sign(lambda: z.enclosure() + half()), sign(lambda: half() - z.enclosure())
        if min(low, high) < (0 if f.name != "tan" else 1):
            return None
    elif f.range.low != -inf:
        low, high = (
            _certain_sign(lambda e=e, d=d: d * (z.enclosure() - arb(int(e)))) for e, d in ((f.range.low, 1), (f.range.high, -1))
        )
        if min(low, high) < 1:
            return None

    def closed_form(u: Ratio) -> Ratio:
        s, c = trig(r, u)
        return {"tan": s / c, "sin": s, "cos": c}[f.name]

    exact = exactly(closed_form) if f.name in ("tan", "sin", "cos") else None
    return Point(enclosed(f.inverse), exact)
