"""Comparisons at points whose arrays have few and small entries: where a rank drops, a product vanishes, a matrix is nilpotent or skew.

Such points are too rare to be among those drawn at large, and they are where claims about ranks, inverses and norms fail.
"""

from __future__ import annotations

from typing import Any

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.core.evidence import Evidence
from twofold.core.truth import Truth
from twofold.numeric.refuting import OPERATIONS, refuted_at, suspected
from twofold.numeric.sample import involved
from twofold.numeric.small_arrays import small
from twofold.numeric.valuation import draw

_COUNT, _LOOKED_AT = 48, 24
"""Points drawn at large, and points at which the claim seems false that are looked at in balls."""


def run(goal: Goal, context: Any) -> Evidence:
    """Refuted at the simplest point at which both sides have a value and the relation certainly fails."""
    names = involved(goal.left, goal.right, *goal.assumptions)
    if goal.reading != "real" or goal.up_to or "set" in (goal.left.sort, goal.right.sort):
        raise NotApplicable("not a comparison of real numbers or arrays")
    if not any(s.shape for s in names) or any(s.law is not None or s.kind not in ("real", "integer") for s in names):
        raise NotApplicable("no name is an array of real numbers, or one is something else")
    points = small(list(draw(names, goal.assumptions, goal.seed, _COUNT)), goal.seed)
    for point in suspected(goal, points, _LOOKED_AT):
        if (found := refuted_at(goal, point, "small entries")) is not None:
            return found
    raise NotApplicable("it holds where the entries are small")


_N = "let n : size\nlet A, B : matrix(n, n)\n"
SPEC = Method(
    name="small entries",
    relations=frozenset(OPERATIONS),
    cost=30,
    concludes=frozenset({Truth.REFUTED}),
    soundness="a refutation is a point that the declarations and assumptions admit, at which balls for both sides exclude the relation",
    run=run,
    holds=(),
    fails=(_N + "rank(A*B) == rank(B*A)", _N + "rank(A^2) == rank(A)", _N + "rank(A + B) >= rank(A)"),
    open=(_N + "rank(A*B) <= rank(A)", _N + "rank(A') == rank(A)", _N + "inv(A)*A == eye(n)"),
)
