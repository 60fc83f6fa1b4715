"""The signs of sine and cosine of a multiple of a name that is declared to lie in an interval between multiples of pi."""

from __future__ import annotations

from fractions import Fraction
from math import floor

from flint import arb, fmpq

from twofold.grammar.term import App, Const, Num, Symbol, Term
from twofold.symbolic.equations.bounds import Interval
from twofold.symbolic.equations.enclose import precision

_UNIT = {1: Interval(low=0, high=1, high_in=True), -1: Interval(low=-1, high=0, low_in=True)}


def ranges(s: Symbol, factor: Fraction) -> tuple[Interval | None, Interval | None]:
    """Where the sine and the cosine of factor*s are, if they have one sign between the bounds of the declaration."""
    low, high = (None if t is None else _of_pi(t) for t in (s.lower, s.upper))
    if "positive" in s.properties and low is None:
        low = (Fraction(0), Fraction(0))
    if low is None or high is None or not factor:
        return None, None
    ends = [(factor * a, factor * b) for a, b in ((low, high) if factor > 0 else (high, low))]
    opened = [s.open_lower or "positive" in s.properties, s.open_upper]
    if factor < 0:
        opened.reverse()
    sine, cosine = _quarter(ends, 0), _quarter(ends, 1)
    return _signed(sine, ends, opened, 0), _signed(cosine, ends, opened, 1)


def _signed(half: int | None, ends: list[tuple[Fraction, Fraction]], opened: list[bool], shift: int) -> Interval | None:
    """The values of a wave on its half turn number `half`; a closed end where it is zero lets it be zero."""
    if half is None:
        return None
    unit = _UNIT[-1 if half % 2 else 1]
    edges = (Fraction(2 * half - shift, 2), Fraction(2 * half + 2 - shift, 2))
    touched = any(not o and end == (0, edge) for end, o, edge in zip(ends, opened, edges, strict=True))
    return Interval(unit.low, unit.high, unit.low_in or touched, unit.high_in or touched)


def _quarter(ends: list[tuple[Fraction, Fraction]], shift: int) -> int | None:
    """The number k of the half turn from (k - shift/2)*pi on that holds the whole interval."""
    a, b = ends[0]
    with precision(128):
        start = (arb(fmpq(a.numerator, a.denominator)) / arb.pi()) + arb(fmpq(b.numerator, b.denominator)) + arb(shift) / 2
        guess = floor(float(start.mid()))
    for k in (guess - 1, guess, guess + 1):
        if _compare(ends[0], Fraction(2 * k - shift, 2)) >= 0 and _compare(ends[1], Fraction(2 * k + 2 - shift, 2)) <= 0:
            return k
    return None


def _compare(end: tuple[Fraction, Fraction], turn: Fraction) -> int:
    """The sign of a + b*pi - turn*pi, exactly: pi is irrational."""
    a, b = end[0], end[1] - turn
    if a == 0 or b == 0 or (a > 0) == (b > 0):
        x = a or b
        return (x > 0) - (x < 0)
    with precision(256):
        value = arb(fmpq(a.numerator, a.denominator)) + arb(fmpq(b.numerator, b.denominator)) * arb.pi()
        return 1 if value > 0 else -1 if value < 0 else 0


def _of_pi(t: Term) -> tuple[Fraction, Fraction] | None:
    """(a, b) of a term a + b*pi."""
    if isinstance(t, Num):
        return t.value, Fraction(0)
    if isinstance(t, Const):
        return (Fraction(0), Fraction(1)) if t.name == "pi" else None
    if not isinstance(t, App):
        return None
    parts = [_of_pi(x) for x in t.args]
    if any(p is None for p in parts):
        return None
    found = [p for p in parts if p is not None]
    if t.op == "neg":
        return -found[0][0], -found[0][1]
    if t.op in ("add", "sub"):
        sign = 1 if t.op == "add" else -1
        return found[0][0] + sign * found[1][0], found[0][1] + sign * found[1][1]
    if t.op == "div" and found[1][1] == 0 and found[1][0]:
        return found[0][0] / found[1][0], found[0][1] / found[1][0]
    if t.op == "mul" and 0 in (found[0][1], found[1][1]):
        one, other = found if found[0][1] == 0 else found[::-1]
        return one[0] * other[0], one[0] * other[1]
    return None
