"""The sum over a region between the places where what holds changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import numpy as np

from twofold.catalogue.regions import RegionIntegral
from twofold.grammar.term import Symbol, free_symbols
from twofold.numeric.outcomes import NoValue
from twofold.numeric.regions.bisection import inner_places, narrowed, steps
from twofold.numeric.regions.emptiness import is_empty
from twofold.numeric.regions.patterns import CHUNK, Patterns, halves
from twofold.numeric.regions.region import bits

if TYPE_CHECKING:
    from twofold.numeric.evaluator import Evaluator

FINE = {2: ((41, 60), (56, 80)), 3: ((21, 24), (26, 30))}
"""Samples along a name, and nodes to each side of the middle of a rule, in the two runs, by the number of names."""
ROUGH = {2: ((29, 42), *FINE[2]), 3: ((12, 14), *FINE[3])}
"""The same where fewer digits will do."""
AGREED = 1e-9
ROUNDING = 1e-12
"""Of the integral of the absolute value: what is smaller is 0."""
LEAST = 1e-11
"""An integral of the absolute value that is smaller cannot be told from none."""
CROSSINGS = 4
"""Changes of the pattern between two samples that are looked for."""
REACH = 3.05
"""Of the variable of the double-exponential rule, to each side."""


def approximations(e: Evaluator, region: RegionIntegral, until: float) -> Iterator[tuple[float, float, float]]:
    """Values at one point from ever finer runs, each with how far it is from the one before and with the integral of the absolute value; as
    many as there are before the thread has used so much processor time."""
    before: float | None = None
    with suppress(NoValue):
        region = _quadratic_last(e, region, until)
        for fine in ROUGH[len(region.names)]:
            run = _Run(e, region, *fine, until)
            value, size = run.total()
            if before is not None and run.met and size > LEAST and np.isfinite(value):
                yield value, abs(value - before), size
            before = value if run.met else None


def _quadratic_last(e: Evaluator, region: RegionIntegral, until: float) -> RegionIntegral:
    """The region with a name innermost in which everything is quadratic, if there is one and the ranges depend on no names: its edges
    are found at once."""
    names, ranges = region.names, region.ranges
    if any(set(free_symbols(end)) & set(names) for ends in ranges for end in ends):
        return region
    for k in reversed(range(len(names))):
        order = [*(j for j in range(len(names)) if j != k), k]
        turned = region._replace(names=tuple(names[j] for j in order), ranges=tuple(ranges[j] for j in order))
        if Patterns(e, turned, 1, until).quadratic:
            return turned
    return region


def integral(e: Evaluator, region: RegionIntegral, until: float) -> Any:
    """The integral at one point; NaN where the two runs differ, or the processor time of the thread is over."""
    try:
        with np.errstate(all="ignore"):
            runs = [_Run(e, region, *fine, until) for fine in FINE[len(region.names)]]
            (first, _), (second, size) = (run.total() for run in runs)
            if not any(run.met for run in runs) and is_empty(e, region):
                return e.arithmetic.dtype(0)
    except NoValue:
        return e.arithmetic.dtype(np.nan)
    sure = all(run.met for run in runs) and abs(first - second) <= AGREED * abs(second) + ROUNDING * size and size > LEAST
    return e.arithmetic.dtype((second if abs(second) > ROUNDING * size else 0.0) if sure else np.nan)


@cache
def _rule(side: int) -> tuple[np.ndarray, np.ndarray]:
    """Nodes and weights on 0..1, with the nodes as distances from the nearer end, negative ones from the upper."""
    t = np.linspace(-REACH, REACH, 2 * side + 1)
    u = np.exp(-np.pi * np.sinh(np.abs(t)))
    distance = u / (1 + u)
    weights = (t[1] - t[0]) * np.pi * np.cosh(t) * u / (1 + u) ** 2
    return np.where(t < 0, distance, -distance), weights


class _Run(Patterns):
    def __init__(self, e: Evaluator, region: RegionIntegral, samples: int, side: int, until: float) -> None:
        super().__init__(e, region, samples, until)
        self.side = side
        self.met = False
        """Whether the region was met at all: a small one may have been missed."""

    def total(self) -> tuple[float, float]:
        """The integral, and that of the absolute value."""
        with np.errstate(all="ignore"):
            value, size = self._value(0, {}, 1)[0]
        return float(value), float(size)

    def _cuts(
        self, level: int, outer: dict[Symbol, np.ndarray], count: int, place: Callable[..., np.ndarray]
    ) -> tuple[np.ndarray, ...]:
        """Intervals of one pattern along a name: the number of the point outside, the two ends on 0..1."""
        if self.quadratic and self.is_innermost(level):
            return self.between_roots(outer, count)[:3]
        (k, s, patterns, _), touched = self.samples(level, outer, count)
        here = np.nonzero((patterns[1:] != patterns[:-1]) & (k[1:] == k[:-1]))[0]
        owner, low, high, left, right = k[here], s[here], s[here + 1], patterns[here], patterns[here + 1]
        found = [touched]

        def pattern(k: np.ndarray, at: np.ndarray) -> np.ndarray:
            return self.look(level + 1, self.within(outer, k, place(k, at)), len(k))[0]

        for _ in range(CROSSINGS):
            if not len(owner):
                break
            a, b, then, inner = low, high, right, inner_places(len(owner))
            for _ in range(steps(inner)):
                places = a[:, None] + (b - a)[:, None] * inner
                there = pattern(np.repeat(owner, len(inner)), places.ravel()).reshape(places.shape)
                a, b, first = narrowed(a, b, places, there == left[:, None])
                then = np.where(first < len(inner), there[np.arange(len(a)), np.minimum(first, len(inner) - 1)], then)
            found.append((owner, b))
            more = then != right
            owner, low, high, left, right = owner[more], b[more], high[more], then[more], right[more]
        points = [np.arange(count), np.arange(count), *(k for k, _ in found)]
        values = [np.zeros(count), np.ones(count), *(b for _, b in found)]
        k, at = np.concatenate(points), np.concatenate(values)
        order = np.lexsort((at, k))
        k, at = k[order], at[order]
        kept = (k[1:] == k[:-1]) & (at[1:] > at[:-1])
        return k[:-1][kept], at[:-1][kept], at[1:][kept]

    def _value(self, level: int, outer: dict[Symbol, np.ndarray], count: int) -> np.ndarray:
        """The integrals of the integrand and of its absolute value over the names from a level on, at points of those outside."""
        if level == len(self.region.names):
            density = self._density(outer, count)
            return np.stack([density, np.abs(density)], axis=1)
        if count > 1 and count * self.fineness > CHUNK:
            return np.concatenate(halves(partial(self._value, level), outer, count))
        place, slope, _ = self.scale(level, outer, count)
        k, low, high = self._cuts(level, outer, count, place)
        inside = self._inhabited(level, outer, k, (low + high) / 2, place)
        k, low, high = k[inside], low[inside], high[inside]
        self.met |= self.is_innermost(level) and len(k) > 0
        nodes, weights = _rule(self.side)
        size = (high - low)[:, None]
        s = np.where(nodes > 0, low[:, None] + size * nodes, high[:, None] + size * nodes).ravel()
        owner = np.repeat(k, len(nodes))
        inner = self.within(outer, owner, place(owner, s))
        weight = slope(owner, s) * (size * weights).ravel()
        values = self._value(level + 1, inner, len(owner)) * np.stack([weight, np.abs(weight)], axis=1)
        # At the very ends the integrand may have no value; there the weight is as good as none.
        inner_nodes = (np.minimum(s, 1 - s) > 1e-12) & (np.tile(np.abs(nodes), len(k)) > 1e-12)
        values = np.where(np.isfinite(values) | inner_nodes[:, None], values, 0.0)
        return np.stack([np.bincount(owner, column, minlength=count) for column in values.T], axis=1)

    def _inhabited(
        self, level: int, outer: dict[Symbol, np.ndarray], k: np.ndarray, at: np.ndarray, place: Callable[..., np.ndarray]
    ) -> np.ndarray:
        """Whether anything of the region lies over the middles of intervals; known for the innermost name alone."""
        if not self.is_innermost(level):
            return np.ones(len(k), dtype=bool)
        return self.holds(bits(self.differences(self.within(outer, k, place(k, at)), len(k))))

    def _density(self, places: dict[Symbol, np.ndarray], count: int) -> np.ndarray:
        if count > CHUNK:
            return np.concatenate(halves(self._density, places, count))
        return np.broadcast_to(np.real(self.e.inner(places).value(self.region.integrand)), (count,)).astype(float)
