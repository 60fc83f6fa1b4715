"""Cylindrical decomposition: a region as strips over intervals of its outer names, between curves.

Only cells of full dimension are looked at, so that the projection needs the leading coefficients, discriminants and resultants
alone. Source: McCallum (1988), An improved projection operation for cylindrical algebraic decomposition; Strzeboński (2000) for open
cells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Any

from twofold.catalogue.method import NotApplicable
from twofold.grammar.term import Symbol, Term
from twofold.symbolic.algebra.flint_matrices import Polynomials
from twofold.symbolic.regions.curves import coefficients, curve, sorted_roots
from twofold.symbolic.regions.given import Given
from twofold.symbolic.regions.region import written

MOST_CELLS = 400
MOST_POLYNOMIALS = 60


@dataclass(frozen=True)
class Strip:
    """The values of a name between two ends (`None` is infinity), and what lies over them; the innermost has nothing inside. The facts hold
    for all values of the names further out, whose ranges do not show them."""

    name: Symbol
    lower: Term | None
    upper: Term | None
    inside: tuple[Strip, ...] = ()
    facts: tuple[Term, ...] = ()


@dataclass(frozen=True)
class _Edge:
    """An end of an interval: the root of a polynomial with a number."""

    polynomial: Any
    number: int


class Strips:
    """The cells of some polynomials, with the names in the order from the outermost to the innermost."""

    def __init__(self, ring: Polynomials, order: Sequence[Symbol], polynomials: Iterable[Any]) -> None:
        self.ring = ring
        self.order = list(order)
        self.places = [ring.symbols.index(s) for s in order]
        self.levels: list[list[Any]] = [[] for _ in order]
        self.count = 0
        for p in polynomials:
            self._add(p)
        for level in range(len(order) - 1, 0, -1):
            self._project(level)

    def _add(self, p: Any) -> None:
        if p.is_zero() or p.is_constant():
            return
        for f, _ in p.factor()[1]:
            degrees = f.degrees()
            level = max((k for k, j in enumerate(self.places) if degrees[j]), default=None)
            if level is None or f in self.levels[level] or -f in self.levels[level]:
                continue
            self.levels[level].append(f)
            self.count += 1
            if self.count > MOST_POLYNOMIALS:
                raise NotApplicable("too many curves")

    def _project(self, level: int) -> None:
        place = self.places[level]
        found = list(self.levels[level])
        for k, p in enumerate(found):
            self._add(coefficients(p, place)[-1])
            if p.degrees()[place] > 1:
                self._add(p.discriminant(place))
            for q in found[:k]:
                self._add(p.resultant(q, place))

    def samples(self, level: int, at: Mapping[int, Fraction]) -> Iterator[tuple[_Edge | None, _Edge | None, dict[int, Fraction]]]:
        """The intervals of the name of a level between its roots, the names before it given: their ends, and a point in them."""
        place = self.places[level]
        roots = sorted_roots(self.levels[level], place, at)
        ends: list[tuple[Any, _Edge | None]] = [(None, None), *((r, _Edge(p, k)) for r, p, k in roots), (None, None)]
        for (low, first), (high, last) in zip(ends, ends[1:], strict=False):
            yield first, last, {**at, place: between(low, high)}

    def inside(self, holds: Callable[[dict[int, Fraction]], bool], level: int, at: Mapping[int, Fraction]) -> tuple[Strip, ...]:
        """The strips at a level in which a condition holds, the names before it given."""
        rows: list[tuple[_Edge | None, _Edge | None, tuple[Strip, ...]]] = []
        last = level == len(self.order) - 1
        for number, (low, high, point) in enumerate(self.samples(level, at)):
            if number > MOST_CELLS:
                raise NotApplicable("too many cells")
            over = () if last else self.inside(holds, level + 1, point)
            if not (holds(point) if last else over):
                continue
            if rows and rows[-1][1] == low and rows[-1][2] == over:
                rows[-1] = (rows[-1][0], high, over)
            else:
                rows.append((low, high, over))
        return tuple(
            Strip(self.order[level], self._end(low, level, at), self._end(high, level, at), over) for low, high, over in rows
        )

    def uniform(self, holds: Callable[[dict[int, Fraction]], bool], given: Given) -> tuple[Strip, ...]:
        """The strips over the first names of the order, which are given. Raises `NotApplicable` where they are not of the same form
        for all values that are admitted. Between open cells of these names the form may be another one: there they are set apart."""
        found: list[tuple[Strip, ...]] = []
        count = len(given.names)

        def go(level: int, at: dict[int, Fraction]) -> None:
            if level < count:
                for _, _, point in self.samples(level, at):
                    go(level + 1, point)
            elif given.admits({s: at[j] for s, j in zip(self.order[:count], self.places[:count], strict=True)}):
                found.append(self.inside(holds, level, at))
                if found[-1] != found[0]:
                    names = ", ".join(s.name for s in self.order[:count])
                    raise NotApplicable(f"the region has different forms for different values of {names}")

        go(0, {})
        for p in (p for level in self.levels[:count] for p in level):
            given.apart(written(p, self.ring))
        return found[0] if found else ()

    def _end(self, edge: _Edge | None, level: int, at: Mapping[int, Fraction]) -> Term | None:
        return None if edge is None else curve(edge.polynomial, self.places[level], edge.number, at, self.ring)


def between(low: Any, high: Any) -> Fraction:
    """A short fraction between two balls; `None` is infinity."""
    if low is None and high is None:
        return Fraction(0)
    if low is None:
        return Fraction(floor(_lower(high)) - 1)
    if high is None:
        return Fraction(floor(_upper(low)) + 1)
    a, b = _upper(low), _lower(high)
    middle, size = (a + b) / 2, 1
    while not a < (short := middle.limit_denominator(size)) < b:
        size *= 2
    return short


def _upper(ball: Any) -> Fraction:
    return _fraction(ball.upper())


def _lower(ball: Any) -> Fraction:
    return _fraction(ball.lower())


def _fraction(x: Any) -> Fraction:
    q = x.fmpq()
    return Fraction(int(q.p), int(q.q))
