"""Inequalities at the lowest places of the difference of their sides, which points drawn at large do not hit.

From the points at which the difference is smallest a random search goes down: many small steps at once, longer ones after a success, shorter ones after
a failure. Source: I. Rechenberg, "Evolutionsstrategie" (1973), the (1 + lambda) strategy with adapted steps.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import app
from twofold.core.evidence import Evidence
from twofold.core.meter import spent
from twofold.core.truth import Truth
from twofold.grammar.term import Bound, Symbol, subterms
from twofold.numeric.evaluate import floats
from twofold.numeric.outcomes import CannotEvaluate, Split
from twofold.numeric.refuting import refuted_at
from twofold.numeric.sample import involved
from twofold.numeric.valuation import Valuation, draw, is_admitted

_DRAWN, _STARTS, _CHILDREN, _STEPS = 96, 4, 32, 60
_MOST_NAMES = 4
_SECONDS = 0.6
"""Processor time for all descents of a claim."""
_DENOMINATORS = (4, 20, 1000, 10**6, 10**12)
"""A place is told with the smallest of these that is near enough."""


def run(goal: Goal, context: Any) -> Evidence:
    """Refuted at the simplest point near the end of a descent at which both sides have a value and the relation certainly fails."""
    if goal.reading != "real" or goal.left.shape or goal.right.shape or goal.left.sort != "number" or goal.right.sort != "number":
        raise NotApplicable("not an inequality of real numbers")
    names = involved(goal.left, goal.right, *goal.assumptions)
    moved = [s for s in involved(goal.left, goal.right) if s.kind == "real" and not s.shape and s.law is None]
    if not 0 < len(moved) <= _MOST_NAMES or any("integer" in s.properties for s in moved):
        raise NotApplicable("no name, or too many, that may be any real number")
    if any(isinstance(t, Bound) for side in (goal.left, goal.right) for t in subterms(side)):
        raise NotApplicable("a value takes long")
    search = _Search(goal, moved)
    began = spent()
    for start in search.starts(draw(names, goal.assumptions, goal.seed, _DRAWN, (goal.left, goal.right))):
        place = search.down(start, began + _SECONDS)
        if place is not None and (found := search.failing(place)) is not None:
            return found
    raise NotApplicable("no descent led to a place at which it fails")


class _Search:
    def __init__(self, goal: Goal, moved: list[Symbol]) -> None:
        self.goal, self.moved = goal, moved
        first, second = (goal.right, goal.left) if goal.relation in ("<", "<=") else (goal.left, goal.right)
        self.height = app("sub", first, second)
        self.rng = np.random.default_rng(goal.seed)

    def starts(self, points: list[Valuation]) -> list[Valuation]:
        """The lowest of the drawn points, one for each height."""
        heights = self.heights(points)
        order = [int(k) for k in np.argsort(heights) if np.isfinite(heights[k])]
        return [points[k] for k in order[:_STARTS]]

    def heights(self, points: list[Valuation]) -> np.ndarray:
        """How much larger the side is that is to be larger; infinite where a side has no value."""
        try:
            found = np.asarray(floats(self.height, points, "real"), dtype=float) if points else np.zeros(0)
        except (CannotEvaluate, Split, TypeError, ValueError):
            return np.full(len(points), np.inf)
        return np.where(np.isnan(found), np.inf, found)

    def down(self, start: Valuation, until: float) -> Valuation | None:
        """The lowest place that was met, once one is below 0; `None` where none is."""
        at, low = start, float(self.heights([start])[0])
        x = np.array([float(start[s]) for s in self.moved])
        step = 0.5 * (1 + np.abs(x))
        for _ in range(_STEPS):
            if spent() > until:
                break
            turns = self.rng.normal(0, 1, (_CHILDREN, len(x))) * step
            if len(x) > 1:
                turns *= self.rng.random(turns.shape) < 0.7
            children = [self._moved(at, x + t) for t in turns]
            admitted = [p for p in children if is_admitted(p, self.moved, self.goal.assumptions)]
            heights = self.heights(admitted)
            best = int(np.argmin(heights)) if len(admitted) else -1
            if best >= 0 and heights[best] < low:
                at, low = admitted[best], float(heights[best])
                new = np.array([float(at[s]) for s in self.moved])
                step = np.maximum(step * 0.8, np.abs(new - x))
                x = new
            else:
                step = step * 0.5
            if np.all(step <= 1e-13 * (1 + np.abs(x))):
                break
        return at if low < 0 else None

    def _moved(self, at: Valuation, x: np.ndarray) -> Valuation:
        return {**at, **{s: Fraction(float(v)) for s, v in zip(self.moved, x, strict=True)}}

    def failing(self, place: Valuation) -> Evidence | None:
        """The refutation at the simplest point near a place."""
        for d in (*_DENOMINATORS, None):
            values = {s: place[s] if d is None else Fraction(place[s]).limit_denominator(d) for s in self.moved}
            point = {**place, **values}
            admitted = is_admitted(point, self.moved, self.goal.assumptions)
            if admitted and (found := refuted_at(self.goal, point, "descent")) is not None:
                return found
        return None


SPEC = Method(
    name="descent",
    relations=frozenset(("<", "<=", ">", ">=")),
    cost=31,
    concludes=frozenset({Truth.REFUTED}),
    soundness="a refutation is a point that the declarations and assumptions admit, at which balls for both sides exclude the relation",
    run=run,
    holds=(),
    fails=(
        "x^2 - 2*x + 1 + cos(20*x)/100 >= 0",
        "gamma(x) >= 8857/10000 given x > 0",
        "(x - 1.234)^2 + (y - 0.77)^2 >= 10^(-9)",
        "sin(x) + cos(y) > -1.99999",
    ),
    open=("x^2 + y^2 >= 2*x*y", "gamma(x) >= 88/100 given x > 0", "sin(x) + cos(y) >= -2"),
)
