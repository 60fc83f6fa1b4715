"""Comparisons at the numbers that a claim itself names, and at simple fractions: where conditions change, and in small regions between simple points.

`indicator(n == 50)` differs from 0 at 50 alone, and points drawn at large do not hit it.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice, product
from typing import Any

from twofold.catalogue.constants import rational
from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.core.evidence import Evidence
from twofold.core.meter import spent
from twofold.core.truth import Truth
from twofold.grammar.term import App, Symbol, subterms
from twofold.numeric.refuting import OPERATIONS, refuted_at, suspected
from twofold.numeric.sample import involved
from twofold.numeric.simple_points import admitted, simple_points
from twofold.numeric.valuation import Valuation, draw

_DRAWN, _MOST_NAMES, _MARKS = 6, 3, 24
_GRID, _GROUP, _LOOKED_AT = 360, 60, 8
_SECONDS = 0.5
"""Processor time for the points in double precision."""


def run(goal: Goal, context: Any) -> Evidence:
    """Refuted at the first such point at which both sides have a value and the relation certainly fails."""
    names = involved(goal.left, goal.right, *goal.assumptions)
    if goal.up_to or goal.left.shape or goal.right.shape or goal.left.sort != "number":
        raise NotApplicable("not a comparison of numbers")
    if any(s.law is not None or s.shape or s.kind not in ("real", "integer") for s in names) or not 0 < len(names) <= _MOST_NAMES:
        raise NotApplicable("no name, too many, or one that is no real number")
    points, began = _points(goal, names), spent()
    while (group := list(islice(points, _GROUP))) and spent() < began + _SECONDS:
        for point in suspected(goal, group, _LOOKED_AT):
            if (found := refuted_at(goal, point, "marked points")) is not None:
                return found
    raise NotApplicable("it holds at the numbers that stand in the claim, and at simple ones")


def _points(goal: Goal, names: list[Symbol]) -> Iterator[Valuation]:
    """Points that the declarations and assumptions admit: a marked number for one name, then simple fractions for all."""
    for point in draw(names, goal.assumptions, goal.seed, _DRAWN, (goal.left, goal.right)):
        for s, x in product(names, _marks(goal)):
            yield from admitted(goal.assumptions, point, {s: x})
    yield from simple_points(names, goal.assumptions, goal.seed, _GRID)


def _marks(goal: Goal) -> list[Fraction]:
    """The numbers in the claim and what lies beside them, those in conditions first."""
    found: dict[Fraction, None] = {}
    parts = [t for side in (goal.left, goal.right) for t in subterms(side)]
    conditions = [u for t in parts if isinstance(t, App) and t.sort == "truth" for u in subterms(t)]
    for step in (0, 1, -1):
        for t in (*conditions, *parts):
            x = rational(t)
            if x is not None and abs(x) < 10**6:
                found.setdefault(x + step)
    return list(found)[:_MARKS]


_W = "let n : nonnegative integer\n"
SPEC = Method(
    name="marked points",
    relations=frozenset(OPERATIONS),
    cost=29,
    concludes=frozenset({Truth.REFUTED}),
    soundness="a refutation is a point that the declarations and assumptions admit, at which balls for both sides exclude the relation",
    run=run,
    holds=(),
    fails=(
        _W + "sum(binomial(n, k), k = 0..n) == 2^n + indicator(n == 50)",
        "atan(x) - atan(y) == atan((x - y)/(1 + x*y)) given x*y > -2",
        _W + "mod(n, 97) != 96",
    ),
    open=(_W + "sum(binomial(n, k), k = 0..n) == 2^n", "atan(x) - atan(y) == atan((x - y)/(1 + x*y)) given x*y > -1"),
)
