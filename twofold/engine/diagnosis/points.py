"""Values of terms at sample points in double precision: the filter that candidates pass before they are judged. Never evidence
by itself."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from flint import acb, arb

from twofold.catalogue.goal import Goal
from twofold.grammar.term import (
    EXPECTATIONS,
    App,
    Bound,
    Num,
    Symbol,
    Term,
    children,
    free_symbols,
    rebuild,
    subterms,
    transform,
    var,
)
from twofold.numeric.evaluate import ball, floats
from twofold.numeric.methods.small_entries import telling
from twofold.numeric.outcomes import CannotEvaluate, NoValue, Split
from twofold.numeric.sample import involved
from twofold.numeric.valuation import Valuation, draw

CLOSE = 1e-8
_DRAWN = 40
_KEPT = 6
_KEPT_COSTLY = 3
_FIRST = 2
_TELLING = 6
"""Points with small arrays at which an inequality fails or that solve assumed equations."""
_MOST_REPEATED = 6
"""Values that occur twice count against a point up to so many: every symmetric matrix repeats its own."""

Value = Any
"""An array of floats or complex numbers, or None where there is no value."""


class Points:
    """Points at which both sides of a goal have values. For `up to` clauses they come in groups that agree on all names but
    `variables`."""

    def __init__(self, goal: Goal) -> None:
        self.goal = goal
        self.reading = goal.reading
        self.kept = _KEPT_COSTLY if _costly(goal.left) or _costly(goal.right) else _KEPT
        names = involved(goal.left, goal.right, *goal.assumptions)
        drawn: list[Valuation] = (
            list(draw(names, goal.assumptions, goal.seed, _DRAWN, (goal.left, goal.right))) if names else [{}]
        )
        drawn.sort(key=_special)
        self.groups: list[list[int]] = []
        self.points: list[Valuation] = []
        self.left: list[Value] = []
        self.right: list[Value] = []
        self.shared = Shared(self)
        if goal.up_to in ("constant", "scale"):
            self._group(drawn)
        else:
            self._take(drawn)
            self._add(telling(goal, _TELLING))

    def _take(self, drawn: list[Valuation]) -> None:
        found: list[tuple[Valuation, Value, Value]] = []
        poor: list[tuple[Valuation, Value, Value]] = []
        for start in range(0, len(drawn), self.kept + 2):
            part = drawn[start : start + self.kept + 2]
            for point, a, b in zip(part, self.values(self.goal.left, part), self.values(self.goal.right, part), strict=True):
                if a is not None and b is not None:
                    (found if a.any() and b.any() else poor).append((point, a, b))
            if len(found) >= self.kept:
                break
        # Where a side vanishes, little is seen of it.
        for point, a, b in [*found, *poor][: self.kept]:
            self.points.append(point)
            self.left.append(a)
            self.right.append(b)

    def _add(self, points: Sequence[Valuation]) -> None:
        """More points, where both sides have values."""
        for point, a, b in zip(points, self.values(self.goal.left, points), self.values(self.goal.right, points), strict=True):
            if a is not None and b is not None and (a.any() or b.any()):
                self.points.append(point)
                self.left.append(a)
                self.right.append(b)

    def _group(self, drawn: list[Valuation]) -> None:
        varied = set(self.goal.variables or (s for p in drawn[:1] for s in p))
        for base in drawn[:3]:
            group = [{**base, **{s: p[s] for s in varied if s in p}} for p in drawn[:8]]
            left, right = self.values(self.goal.left, group), self.values(self.goal.right, group)
            kept = [(p, a, b) for p, a, b in zip(group, left, right, strict=True) if a is not None and b is not None]
            if _indefinite(self.goal):
                kept = _on_one_side(kept, varied)
            kept = list(
                {tuple(p[s] for s in sorted(varied, key=lambda s: s.name) if s in p): (p, a, b) for p, a, b in kept}.values()
            )[:3]
            if len(kept) > 1:
                self.groups.append(list(range(len(self.points), len(self.points) + len(kept))))
                for p, a, b in kept:
                    self.points.append(p)
                    self.left.append(a)
                    self.right.append(b)

    def __len__(self) -> int:
        return len(self.points)

    def values(self, term: Term, points: Sequence[Valuation] | None = None) -> list[Value]:
        """The values of a term, None where it has none."""
        if points is None:
            points, term = self.points, self.shared.put(term)
        if not points:
            return []
        try:
            found = floats(term, points, self.reading)
        except (CannotEvaluate, Split, ValueError):
            # An edit may put together what no library takes; the judge has the last word on those that stay.
            return [None] * len(points)
        values = [_clean(v) for v in found]
        return [self._certified(term)] if len(values) == 1 and values[0] is None and not points[0] else values

    def _certified(self, term: Term) -> Value:
        """A value without names from the certified evaluation, where quadrature in double precision gives none."""
        try:
            return _clean(_middle(ball(term, {}, 64, self.reading)))
        except NoValue:
            return None

    def scalars(self, term: Term) -> np.ndarray | None:
        """The values of a scalar term at all points, or None where one is missing."""
        found = self.values(term)
        if not found or any(v is None or v.size != 1 for v in found):
            return None
        return np.array([v.reshape(()) for v in found])

    def own(self, term: Term) -> np.ndarray | None:
        """The values of a scalar term themselves: see `Paired`."""
        return self.scalars(term)

    def fits(self, term: Term) -> bool:
        """Whether the relation of the goal seems to hold with this term on the right."""
        if len(self.points) > _FIRST and not self.groups:
            first = self.values(self.shared.put(term), self.points[:_FIRST])
            if not all(_stands(self.goal, *row) for row in zip(self.left, first, self.right, strict=False)):
                return False
        found = self.values(term)
        if self.groups:
            return self._alike(found)
        return bool(found) and all(_stands(self.goal, *row) for row in zip(self.left, found, self.right, strict=True))

    def explains(self, term: Term, target: Sequence[Value]) -> bool:
        """Whether a term seems to have some values."""
        if len(self.points) > 1:
            (first,) = self.values(self.shared.put(term), self.points[:1])
            if not equal(first, target[0]):
                return False
        found = self.values(term)
        return bool(found) and all(equal(a, b) for a, b in zip(found, target, strict=True))

    def agree(self, one: Term, other: Term) -> bool:
        """Whether two terms seem equal."""
        a, b = self.values(one), self.values(other)
        return bool(a) and all(equal(x, y) for x, y in zip(a, b, strict=True))

    def _alike(self, found: list[Value]) -> bool:
        for group in self.groups:
            gaps = []
            for k in group:
                a, b = self.left[k], found[k]
                if b is None or a.shape != b.shape:
                    return False
                if self.goal.up_to == "scale":
                    with np.errstate(all="ignore"):
                        gaps.append((a / b, np.maximum(np.abs(a / b), 1e-300)))
                else:
                    gaps.append((a - b, np.maximum(np.abs(a), np.abs(b))))
            first, _ = gaps[0]
            for gap, size in gaps[1:]:
                if not np.all(np.isfinite(gap)) or np.any(np.abs(gap - first) > CLOSE * np.maximum(size, 1e-300)):
                    return False
        return bool(self.groups)


class Shared:
    """Parts of the two sides that are evaluated once: in an edited side they stand as symbols whose values the points hold."""

    def __init__(self, points: Points) -> None:
        self.points = points
        self.symbols: dict[Term, Symbol | None] = {}
        self.parts: set[Term] | None = None

    def put(self, term: Term) -> Term:
        """The term with known parts as symbols."""
        return transform(term, self._rule) if self.points.points else term

    def _rule(self, t: Term) -> Term | None:
        if self.parts is None:
            self.parts = self._candidates()
        if t not in self.parts:
            # Inside an expectation a random variable is not its value at the point.
            return t if isinstance(t, App) and t.op in EXPECTATIONS else None
        if t not in self.symbols:
            self.symbols[t] = None
            self.symbols[t] = self._evaluated(t)
        symbol = self.symbols[t]
        return None if symbol is None else var(symbol)

    def _candidates(self) -> set[Term]:
        given = set(self.points.points[0])
        found: set[Term] = set()
        for side in (self.points.goal.left, self.points.goal.right):
            for t in subterms(side):
                if isinstance(t, (App, Bound)) and not t.shape and t.sort == "number" and given.issuperset(free_symbols(t)):
                    found.add(t)
        return found

    def _evaluated(self, t: Term) -> Symbol | None:
        open_ = isinstance(t, App) and t.op not in EXPECTATIONS
        parts = [self.put(c) for c in children(t)] if open_ else children(t)
        values = self.points.scalars(rebuild(t, tuple(parts)))
        if values is None or np.iscomplexobj(values):
            return None
        symbol = Symbol("part")
        for point, v in zip(self.points.points, values, strict=True):
            point[symbol] = Fraction(float(v))
        return symbol


def _indefinite(goal: Goal) -> bool:
    return any(isinstance(t, Bound) and t.op == "antiderivative" for side in (goal.left, goal.right) for t in subterms(side))


def _on_one_side(kept: list[tuple[Valuation, Value, Value]], varied: set[Symbol]) -> list[tuple[Valuation, Value, Value]]:
    """The points at which the variables have the signs that they have at most points: the constant of an antiderivative may be another
    beyond 0."""
    sides: dict[tuple[bool, ...], list[tuple[Valuation, Value, Value]]] = {}
    for row in kept:
        sides.setdefault(
            tuple(v > 0 for s in sorted(varied, key=lambda s: s.name) for v in _numbers((row[0].get(s),))), []
        ).append(row)
    return max(sides.values(), key=len, default=[])


def _special(point: Valuation) -> float:
    """How far the values are from ordinary ones: at zeros and ones much is true by chance, at extreme values digits are lost."""
    scalars = [float(v) for s, value in point.items() if not s.size for v in _numbers(value)]
    ones = sum(point[s] == 1 for s in point if s.size)
    worst: float = 3.0 * ones
    total = worst
    for v in scalars:
        size = 6.0 if v == 0 else abs(math.log(abs(v))) + (0.7 if v == int(v) else 0.0)
        worst, total = max(worst, size), total + size
    repeated = len(scalars) - len(set(map(abs, scalars)))
    return float(worst + 0.1 * total + 0.5 * min(repeated, _MOST_REPEATED) + 5.0 * ones)


def _numbers(value: Any) -> Iterator[Any]:
    if isinstance(value, tuple):
        for v in value:
            yield from _numbers(v)
    elif isinstance(value, (int, Fraction)) and not isinstance(value, bool):
        yield value


def _middle(value: Any) -> Any:
    """The middle of a ball as a float."""
    if isinstance(value, tuple):
        return [_middle(v) for v in value]
    return (
        complex(value)
        if isinstance(value, acb)
        else float(value.mid() if isinstance(value, arb) else Fraction(int(value.p), int(value.q)))
    )


def _costly(t: Term) -> bool:
    """Whether an evaluation takes quadrature or limits."""
    return any(
        (isinstance(x, App) and x.op in EXPECTATIONS)
        or (isinstance(x, Bound) and x.op in ("integrate", "limit", "antiderivative"))
        for x in subterms(t)
    )


def _clean(value: Any) -> Value:
    try:
        array = np.asarray(value, dtype=complex if np.iscomplexobj(value) else float)
    except (TypeError, ValueError):
        return None
    return array if array.size and np.all(np.isfinite(array)) else None


def equal(a: Value, b: Value, scale: float = 0.0) -> bool:
    """Whether two values agree to eight digits, or to ten of a number that they come from by cancelling."""
    if a is None or b is None:
        return False
    if a.shape != b.shape:
        if a.size != b.size:
            return False
        a, b = a.reshape(-1), b.reshape(-1)
    size = max(float(np.max(np.abs(a))), float(np.max(np.abs(b))))
    return bool(np.max(np.abs(a - b)) <= max(CLOSE * size, 1e-10 * scale))


def _stands(goal: Goal, a: Value, b: Value, before: Value) -> bool:
    if a is None or b is None:
        return False
    if goal.relation == "~=" and isinstance(goal.tolerance, Num):
        return bool(a.shape == b.shape and np.all(np.abs(a - b) <= float(goal.tolerance.value)))
    if goal.relation in ("==", "~="):
        if goal.up_to == "sign":
            return equal(a, b) or equal(a, -b)
        if goal.up_to == "transpose":
            return equal(a, b) or equal(a, b.T)
        if goal.up_to == "order":
            return equal(np.sort(a.reshape(-1)), np.sort(b.reshape(-1)))
        return equal(a, b, float(np.max(np.abs(before))))
    if a.shape != b.shape or np.iscomplexobj(a) or np.iscomplexobj(b):
        return False
    table = {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b, "!=": a != b}
    return goal.relation in table and bool(np.all(table[goal.relation]))


def rational(values: np.ndarray | None, largest: int = 60) -> Fraction | None:
    """The rational number with a small denominator that all values are."""
    if values is None or not len(values) or np.iscomplexobj(values):
        return None
    if np.max(np.abs(values)) < 1e-13:
        return Fraction(0)
    first = float(values[0])
    if np.max(np.abs(values - first)) > CLOSE * max(abs(first), 1e-300) or abs(first) > 1e6:
        return None
    q = Fraction(first).limit_denominator(largest)
    return q if abs(float(q) - first) <= CLOSE * max(abs(first), 1e-12) else None
