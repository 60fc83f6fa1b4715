"""Exact test values for scalars: simple ones first, then special ones, every sign, several scales, and places near the ends of an interval."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from random import Random

SIMPLE = (1, 2, -1, 3, -2, 0, -3, 4, 5)
PROPER = tuple(Fraction(p, q) for p, q in ((1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (1, 5), (7, 10), (1, 10), (9, 10)))
EDGES = tuple(Fraction(p, q) for p, q in ((1, 1000), (999, 1000), (1, 50), (49, 50)))
_SPANS = (14, 14, 40, 300)
STAGES = ("whole", "positive whole", "fraction", "special", "positive fraction", "scaled", "orthant", "edge")
"""Kinds of points in turn. The positive ones are for logarithms and factorials of many variables, which a random orthant would miss."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a scalar may lie; None is no bound."""

    lower: Fraction | None = None
    upper: Fraction | None = None
    open_lower: bool = False
    open_upper: bool = False

    def holds(self, x: Fraction) -> bool:
        if self.lower is not None and (x < self.lower or (self.open_lower and x == self.lower)):
            return False
        return not (self.upper is not None and (x > self.upper or (self.open_upper and x == self.upper)))

    def empty(self) -> bool:
        if self.lower is None or self.upper is None:
            return False
        return self.lower > self.upper or (self.lower == self.upper and (self.open_lower or self.open_upper))

    def meet(self, other: Interval) -> Interval:
        lower, open_lower = _tighter(self.lower, self.open_lower, other.lower, other.open_lower, 1)
        upper, open_upper = _tighter(self.upper, self.open_upper, other.upper, other.open_upper, -1)
        return Interval(lower, upper, open_lower, open_upper)


def _tighter(a: Fraction | None, a_open: bool, b: Fraction | None, b_open: bool, sign: int) -> tuple[Fraction | None, bool]:
    if a is None or b is None:
        return (b, b_open) if a is None else (a, a_open)
    if a == b:
        return a, a_open or b_open
    return (a, a_open) if (a - b) * sign > 0 else (b, b_open)


def stage(point: int, count: int) -> str:
    """What kind of value the point of that number gets; the first quarter is simple."""
    if point < max(4, count // 5):
        return STAGES[point % 2]
    return STAGES[point % len(STAGES)]


def real(rng: Random, where: Interval, kind: str) -> Fraction | None:
    """A real value of a kind inside the interval, or None where the interval is empty."""
    if where.empty():
        return None
    if kind.startswith("positive "):
        kind = kind.removeprefix("positive ")
        inside = where.meet(Interval(lower=Fraction(0), open_lower=True))
        where = where if inside.empty() else inside
    if where.lower is not None and where.upper is not None:
        return _between(rng, where, kind)
    for _ in range(8):
        x = _free(rng, kind)
        if where.holds(x):
            return x
    step = abs(_free(rng, kind)) or Fraction(1)
    if kind == "edge" or kind == "special":
        if where.lower is not None and not where.open_lower:
            return where.lower
        if where.upper is not None and not where.open_upper:
            return where.upper
        step = Fraction(1, 1000)
    if where.lower is not None:
        return where.lower + step
    assert where.upper is not None
    return where.upper - step


def _between(rng: Random, where: Interval, kind: str) -> Fraction:
    low, high = where.lower, where.upper
    assert low is not None and high is not None
    if low == high:
        return low
    if kind == "whole":
        inside = [Fraction(k) for k in SIMPLE if where.holds(Fraction(k)) and low != k != high]
        if inside and rng.random() < 0.8:
            return rng.choice(inside)
        return low + (high - low) * rng.choice(PROPER[:5])
    if kind == "special":
        ends = [x for x in (low, high) if where.holds(x)]
        if ends:
            return rng.choice(ends)
    share = (
        rng.choice(EDGES) if kind == "edge" else Fraction(rng.randrange(1, 997), 997) if kind == "scaled" else rng.choice(PROPER)
    )
    return low + (high - low) * share


def _free(rng: Random, kind: str) -> Fraction:
    if kind == "whole":
        return Fraction(SIMPLE[min(rng.randrange(len(SIMPLE)), rng.randrange(len(SIMPLE)))])
    if kind == "special":
        return Fraction(rng.choice((0, 1, -1, 2, -2)))
    if kind == "edge":
        return rng.choice((0, 0, 1, -1)) + Fraction(rng.choice((1, -1)), rng.choice((20, 100, 1000)))
    if kind == "scaled":
        size = Fraction(10) ** rng.choice((-3, -2, -1, 1, 2, 3))
        return rng.choice((1, -1)) * Fraction(rng.randrange(100, 999), 100) * size / 10
    return rng.choice((1, -1)) * Fraction(rng.randrange(1, 40), rng.choice((2, 3, 4, 5, 7, 8, 10)))


def integer(rng: Random, where: Interval, kind: str) -> Fraction | None:
    """A whole value; modest, since it may be an exponent or the end of a range."""
    if kind.startswith("positive "):
        kind = kind.removeprefix("positive ")
        inside = where.meet(Interval(lower=Fraction(0)))
        where = where if inside.upper is not None and _floor(inside.upper, inside.open_upper) < 0 else inside
    low = None if where.lower is None else _ceil(where.lower, where.open_lower)
    high = None if where.upper is None else _floor(where.upper, where.open_upper)
    if low is not None and high is not None:
        if low > high:
            return None
        near = range(low, min(high, low + 12) + 1)
        if kind in ("special", "edge"):
            return Fraction(rng.choice((low, high)))
        return (
            Fraction(rng.choice(near))
            if high - low <= 12 or rng.random() < 0.7
            else Fraction(rng.randint(low, min(high, low + 1000)))
        )
    span = 3 if kind == "whole" else 6 if kind != "scaled" else rng.choice(_SPANS)
    if low is not None:
        return Fraction(low + (0 if kind == "special" else rng.randrange(0, span + 1)))
    if high is not None:
        return Fraction(high - (0 if kind == "special" else rng.randrange(0, span + 1)))
    return Fraction(rng.choice((0, 1, -1)) if kind == "special" else rng.randint(-span, span))


def _ceil(x: Fraction, strict: bool) -> int:
    n = -((-x.numerator) // x.denominator)
    return n + 1 if strict and n == x else n


def _floor(x: Fraction, strict: bool) -> int:
    n = x.numerator // x.denominator
    return n - 1 if strict and n == x else n
