"""What holds along the names of a region: samples, and the places where the pattern changes."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np

from twofold.catalogue.regions import RegionIntegral
from twofold.grammar.term import Symbol
from twofold.numeric.outcomes import CannotEvaluate
from twofold.numeric.regions.bisection import inner_places, narrowed, steps
from twofold.numeric.regions.region import bits, compared

if TYPE_CHECKING:
    from twofold.numeric.evaluator import Evaluator

CHUNK = 200_000
"""Points that are looked at together."""
EDGE = 1e-9
"""The distance from the ends, on 0..1, of the outermost samples."""
TOUCHED = 1e-9
"""Of the values of a difference at the neighbours on the grid: what is smaller is taken for 0."""
PINCHED = 0.34
"""Of its neighbours on the grid: from a difference that is no smaller than this inside the region no place with 0 is near."""
_HASH = np.uint64(0x9E3779B97F4A7C15)


class Scale(NamedTuple):
    """Places on 0..1 to values of a name, at points outside with these numbers; the derivative of that, and the way back."""

    place: Callable[[np.ndarray, np.ndarray], np.ndarray]
    slope: Callable[[np.ndarray, np.ndarray], np.ndarray]
    back: Callable[[np.ndarray, np.ndarray], np.ndarray]


class Samples(NamedTuple):
    """Places on 0..1 along a name: the numbers of the points outside, the places, and what is there (as `Patterns.look` says it)."""

    owner: np.ndarray
    at: np.ndarray
    patterns: np.ndarray
    margins: np.ndarray


Places: TypeAlias = tuple[np.ndarray, np.ndarray]
"""The numbers of points outside, and places on 0..1 along a name."""
NOWHERE: Places = np.zeros(0, dtype=int), np.zeros(0)
Look: TypeAlias = Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]
"""What is at places on 0..1 along a name, at points outside with these numbers."""


class Patterns:
    """A region at the resolution of so many samples along a name, until its thread has used so much processor time."""

    def __init__(self, e: Evaluator, region: RegionIntegral, samples: int, until: float) -> None:
        self.e, self.region = e, region
        self.fineness = samples
        self.until = until
        self.atoms, self.of_condition, self.holds = compared(region)
        self.turning = np.uint64(((1 << 2 * len(self.atoms)) - 1) & ~((1 << 2 * self.of_condition) - 1))
        """The bits of the differences that the integrand and absolute values turn on, not the condition."""
        with np.errstate(all="ignore"):
            self.quadratic = self._is_quadratic()

    def scale(self, level: int, outer: dict[Symbol, np.ndarray], count: int) -> Scale:
        """How 0..1 is mapped to the range of a name at every point outside of it."""
        e = self.e.inner(outer)
        low, high = (np.broadcast_to(np.real(e.value(t)), (count,)).astype(float) for t in self.region.ranges[level])
        down, up = np.isinf(low), np.isinf(high)
        # An infinite end: s/(1 - s^2) on the line, s/(1 - s) from an end on.
        both, size = down & up, high - low

        def place(k: np.ndarray, s: np.ndarray) -> np.ndarray:
            w = 2 * s - 1
            line = w / ((1 - w) * (1 + w))
            return np.where(
                both[k], line,
                np.where(up[k], low[k] + s / (1 - s), np.where(down[k], high[k] - (1 - s) / s, low[k] + size[k] * s)),
            )  # fmt: skip

        def slope(k: np.ndarray, s: np.ndarray) -> np.ndarray:
            w = 2 * s - 1
            line = 2 * (1 + w**2) / ((1 - w) * (1 + w)) ** 2
            return np.where(
                both[k], line, np.where(up[k], 1 / (1 - s) ** 2, np.where(down[k], 1 / s**2, size[k]))
            )  # fmt: skip

        def back(k: np.ndarray, x: np.ndarray) -> np.ndarray:
            root = np.sqrt(1 + 4 * x**2)
            line = np.where(x == 0, 0.5, 0.5 + x / (1 + root))
            return np.where(
                both[k], line,
                np.where(up[k], (x - low[k]) / (1 + x - low[k]), np.where(down[k], 1 / (1 + high[k] - x), (x - low[k]) / size[k])),
            )  # fmt: skip

        return Scale(place, slope, back)

    def look(self, level: int, places: dict[Symbol, np.ndarray], count: int) -> tuple[np.ndarray, np.ndarray]:
        """At points: a number for what holds there (of the comparisons themselves, or of the succession of patterns along the names
        further inside), and the least and negated largest values of the differences compared."""
        if count * (1 if level == len(self.region.names) else self.fineness) > CHUNK and count > 1:
            first, second = halves(partial(self.look, level), places, count)
            return np.concatenate([first[0], second[0]]), np.concatenate([first[1], second[1]])
        if level == len(self.region.names):
            values = self.differences(places, count)
            return bits(values), np.concatenate([values, -values]).T
        (owner, _, patterns, margins), _ = self.samples(level, places, count)
        starts = np.searchsorted(owner, np.arange(count))
        new = np.ones(len(owner), dtype=bool)
        new[1:] = (patterns[1:] != patterns[:-1]) | (owner[1:] != owner[:-1])
        rank = np.cumsum(new) - np.cumsum(new)[starts][owner]
        mixed = np.where(
            new, (patterns ^ (patterns >> np.uint64(31)) ^ (rank.astype(np.uint64) << np.uint64(40))) * _HASH, np.uint64(0)
        )
        mixed ^= mixed >> np.uint64(29)
        return np.add.reduceat(mixed, starts), np.fmin.reduceat(margins, starts, axis=0)

    def samples(self, level: int, outer: dict[Symbol, np.ndarray], count: int) -> tuple[Samples, Places]:
        """Samples along a name for every point outside of it, in order, and the places at which a difference is 0 without changing its sign.

        Besides an even grid they are those where a difference that keeps its sign on the grid comes closest to another one: a strip
        between two samples is not missed.
        """
        place, leaf = self.scale(level, outer, count).place, self.is_innermost(level)
        if self.quadratic and leaf:
            owner, low, high, margins = self.between_roots(outer, count)
            middle = (low + high) / 2
            values = self.differences(self.within(outer, owner, place(owner, middle)), len(owner))
            return Samples(owner, middle, bits(values), np.fmin(margins[owner], np.concatenate([values, -values]).T)), NOWHERE

        def look(k: np.ndarray, s: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
            return self.look(level + 1, self.within(outer, k, place(k, s)), len(k))

        grid = self._grid()
        owner, at = np.repeat(np.arange(count), len(grid)), np.tile(grid, count)
        found = [Samples(owner, at, *look(owner, at))]
        rows = found[0].margins.reshape(count, len(grid), -1)
        touched: list[Places] = []
        for sign in (1, -1):
            seen, zeros = self._closest(sign * rows, sign, grid, look)
            found += seen
            touched.append(zeros)
        owners, places = zip(*touched, strict=True)
        return self._refined(found, look, leaf), (np.concatenate(owners), np.concatenate(places))

    def _closest(self, rows: np.ndarray, sign: int, grid: np.ndarray, look: Look) -> tuple[list[Samples], Places]:
        """Samples towards the places where margins that are positive around them are least, and those of the places at which they are 0.
        Inside the region (`sign` < 0) only what comes close to 0 is looked at."""
        q = np.where(np.isfinite(rows), rows, np.inf)
        if sign > 0:
            k, c = (x.ravel() for x in np.indices((len(q), q.shape[2])))
            j = np.clip(np.argmin(q, axis=1), 1, len(grid) - 2)[k, c]
        else:
            k, j, c = np.nonzero((q[:, 1:-1] > 0) & (q[:, 1:-1] <= PINCHED * np.fmax(q[:, :-2], q[:, 2:])))
            j = j + 1
        three = [q[k, j + d, c] for d in (-1, 0, 1)]
        least = (three[1] > 0) & (three[1] <= three[0]) & (three[1] <= three[2]) & np.isfinite(three[1])
        k, j, c, three = k[least], j[least], c[least], [t[least] for t in three]
        around = np.fmax(three[0], three[2])
        if not len(k):
            return [], NOWHERE
        found: list[Samples] = []
        step = grid[2] - grid[1]
        middle = _vertex(grid[j], step, *three)
        for width in (step / 4, step / 16, step / 128, step / 4096):
            near = np.clip(np.stack([middle - width, middle, middle + width], axis=1), grid[0], grid[-1])
            tried = np.repeat(k, 3), near.ravel()
            seen = Samples(*tried, *look(*tried))
            found.append(seen)
            margins = seen.margins[np.arange(len(near.ravel())), np.repeat(c, 3)]
            middle = _vertex(near[:, 1], width, *sign * margins.reshape(-1, 3).T)
        middle = np.clip(middle, grid[0], grid[-1])
        last = Samples(k, middle, *look(k, middle))
        zero = np.abs(last.margins[np.arange(len(k)), c]) <= TOUCHED * around
        return [*found, last], (k[zero], middle[zero])

    def _refined(self, found: list[Samples], look: Look, leaf: bool) -> Samples:
        """Samples in order, with one of a third pattern between two where there is one: where strips come to a point, two edges are
        close together."""
        fresh = [np.ones(len(row.owner), dtype=bool) for row in found]
        for last in (False, False, True):
            joined = [np.concatenate(parts) for parts in zip(*found, strict=True)]
            order = np.lexsort((joined[1], joined[0]))
            owner, at, patterns, margins = (row[order] for row in joined)
            new = np.concatenate(fresh)[order]
            found = [Samples(owner, at, patterns, margins)]
            if last:
                break
            other = (patterns[1:] != patterns[:-1]) & (owner[1:] == owner[:-1]) & (new[1:] | new[:-1])
            if leaf:
                changed = patterns[1:] ^ patterns[:-1]
                other &= ((changed & (changed - np.uint64(1))) != 0) | ((changed & self.turning) != 0)
            here = np.nonzero(other)[0]
            found += self._thirds(owner[here], at[here], at[here + 1], patterns[here], patterns[here + 1], look, 1 if leaf else 2)
            if len(found) == 1:
                break
            fresh = [np.zeros(len(owner), dtype=bool), *(np.ones(len(row.owner), dtype=bool) for row in found[1:])]
        return found[0]

    def _thirds(
        self, k: np.ndarray, low: np.ndarray, high: np.ndarray, left: np.ndarray, right: np.ndarray, look: Look, coarse: int
    ) -> list[Samples]:
        """Samples between two others at which there is a third pattern."""
        found: list[Samples] = []
        inner = inner_places(len(k))
        for _ in range(steps(inner) // coarse):
            if not len(k):
                break
            places = low[:, None] + (high - low)[:, None] * inner
            seen, margins = look(np.repeat(k, len(inner)), places.ravel())
            there = seen.reshape(places.shape)
            third = (there != left[:, None]) & (there != right[:, None])
            hit, first = third.any(axis=1), np.argmax(third, axis=1)
            i = np.nonzero(hit)[0]
            found.append(Samples(k[i], places[i, first[i]], there[i, first[i]], margins[i * len(inner) + first[i]]))
            low, high, _ = narrowed(low, high, places, there == left[:, None])
            k, low, high, left, right = (x[~hit] for x in (k, low, high, left, right))
        return [row for row in found if len(row.owner)]

    def is_innermost(self, level: int) -> bool:
        return level == len(self.region.names) - 1

    def within(self, outer: dict[Symbol, np.ndarray], k: np.ndarray, x: np.ndarray) -> dict[Symbol, np.ndarray]:
        """Points with values of the next name further in, at points outside with these numbers."""
        return {**{n: v[k] for n, v in outer.items()}, self.region.names[len(outer)]: x}

    def between_roots(self, outer: dict[Symbol, np.ndarray], count: int) -> tuple[np.ndarray, ...]:
        """The intervals of the innermost name between the roots of differences that are quadratic in it, on 0..1, and the least and
        negated largest values of the differences where they are turning points."""
        every = np.arange(count)
        thrice = self.differences(self.within(outer, np.tile(every, 3), np.repeat([-1.0, 0.0, 1.0], count)), 3 * count)
        minus, zero, plus = thrice[:, :count], thrice[:, count : 2 * count], thrice[:, 2 * count :]
        a, b, c = (plus + minus) / 2 - zero, (plus - minus) / 2, zero
        a = np.where(np.abs(a) <= 1e-13 * (np.abs(plus) + np.abs(minus) + np.abs(zero)), 0.0, a)
        root = -(b + np.where(b < 0, -1.0, 1.0) * np.sqrt(b * b - 4 * a * c)) / 2
        found = np.concatenate([np.where(a == 0, -c / b, root / a), np.where(a == 0, np.nan, c / root)])
        scale = self.scale(len(outer), outer, count)
        at = np.sort(np.clip(np.nan_to_num(scale.back(every, found), nan=1.0), 0.0, 1.0), axis=0)
        turn = -b / (2 * a)
        turned = scale.back(every, turn)
        inside = turned * (1 - turned) > 0
        extreme = np.where((a != 0) & inside, c - b * b / (4 * a), np.nan)
        # The integrand may have a peak or a kink where what it depends on comes close to 0.
        peaks = np.where(np.isfinite(extreme), turned, 1.0)[self.of_condition :]
        ends = np.concatenate([np.zeros((1, count)), np.sort(np.concatenate([at, peaks]), axis=0), np.ones((1, count))]).T
        low, high = ends[:, :-1].ravel(), ends[:, 1:].ravel()
        kept = high - low > 1e-15
        return np.repeat(every, ends.shape[1] - 1)[kept], low[kept], high[kept], np.concatenate([extreme, -extreme]).T

    def _is_quadratic(self) -> bool:
        """Whether the differences are polynomials of second degree in the innermost name, by their values at some places."""
        random = np.random.default_rng(1)
        outer = {n: random.uniform(-2, 2, 6) for n in self.region.names[:-1]}
        rows = [self.differences(self.within(outer, np.arange(6), np.full(6, v)), 6) for v in (-2.0, -1.0, 0.0, 1.0, 2.0)]
        third = [rows[k + 3] - 3 * rows[k + 2] + 3 * rows[k + 1] - rows[k] for k in (0, 1)]
        return bool(np.all(np.abs(third) <= 1e-11 * sum(map(np.abs, rows))))

    def _grid(self) -> np.ndarray:
        # Off the middle, where lines of symmetry are, and close to the ends.
        return np.concatenate([[EDGE], (np.arange(self.fineness) + 0.4871) / self.fineness, [1 - EDGE]])

    def differences(self, places: dict[Symbol, np.ndarray], count: int) -> np.ndarray:
        if time.thread_time() > self.until:
            raise CannotEvaluate("too long for one evaluation")
        e = self.e.inner(places)
        return np.array([np.broadcast_to(np.real(e.value(atom)), (count,)) for atom in self.atoms], dtype=float)


def halves(work: Callable[..., Any], places: dict[Symbol, np.ndarray], count: int) -> tuple[Any, Any]:
    """What some work gives for one half of the points and for the other."""
    half = count // 2
    return work({s: v[:half] for s, v in places.items()}, half), work({s: v[half:] for s, v in places.items()}, count - half)


def _vertex(middle: np.ndarray, step: Any, left: np.ndarray, here: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Where the parabola through three points is least."""
    bend = left - 2 * here + right
    shift = np.where(bend > 0, (left - right) / (2 * np.where(bend > 0, bend, 1.0)), 0.0)
    return middle + np.clip(shift, -1.0, 1.0) * step  # type: ignore[no-any-return]
