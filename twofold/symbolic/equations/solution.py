"""Solutions of a formula in one unknown: simple ones first, as text that can be typed."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from twofold.catalogue.display import show
from twofold.grammar.term import Num
from twofold.symbolic.equations.enclose import precision
from twofold.symbolic.equations.points import Point
from twofold.symbolic.equations.ring import Ring, fraction
from twofold.symbolic.equations.terms import term_of


@dataclass(frozen=True, slots=True)
class Solution:
    """A value of the unknown: a rational number or a zero."""

    value: Fraction | None
    point: Point | None


def simplest(low: Fraction | None, high: Fraction | None) -> Fraction:
    """The number with the smallest denominator strictly between two numbers; among whole ones that nearest 0."""
    if low is None and high is None:
        return Fraction(0)
    if high is None:
        assert low is not None
        return Fraction(max(0, low.__floor__() + 1))
    if low is None:
        return Fraction(min(0, -((-high).__floor__() + 1)))
    if low < 0 < high:
        return Fraction(0)
    if high <= 0:
        return -simplest(-high, -low)
    n = low.__floor__() + 1
    if n < high:
        return Fraction(n)
    whole = Fraction(low.__floor__())
    if low == whole:
        k = (1 / (high - whole)).__floor__() + 1
        return whole + Fraction(1, k)
    return whole + 1 / simplest(1 / (high - whole), 1 / (low - whole))


def size(s: Solution) -> tuple[int, int, int, Fraction]:
    """Simple witnesses first: whole numbers, fractions, closed forms, other zeros; zeros of a side before samples; small ones,
    positive ones."""
    if s.value is not None:
        return (0 if s.point is not None or s.value.denominator == 1 else 1, s.value.denominator, int(s.value < 0), abs(s.value))
    assert s.point is not None
    with precision(64):
        v = fraction(s.point.enclosure().mid().fmpq())
    exact = s.point.exact
    return (2 if exact is not None else 3, len(exact.top) if exact is not None else 0, int(v < 0), abs(v))


def text_of(ring: Ring, s: Solution) -> str:
    """A value of an unknown as text that can be typed; decimals where it has no closed form."""
    if s.value is not None:
        return show(Num(s.value))
    assert s.point is not None
    if s.point.exact is not None:
        return show(term_of(ring, s.point.exact))
    if s.point.term is not None:
        return show(s.point.term)
    with precision(192):
        return str(s.point.enclosure().str(15, radius=False))
