"""Comparisons at points whose arrays have few and small entries: where a rank drops, a product vanishes, a matrix is nilpotent or skew.

Such points are too rare to be among those drawn at large, and they are where claims about ranks, inverses and norms fail.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.core.evidence import Counterexample, Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import App, Term
from twofold.numeric.certify import certify
from twofold.numeric.evaluate import floats
from twofold.numeric.methods.equation_points import shown, truth
from twofold.numeric.outcomes import CannotEvaluate, Split
from twofold.numeric.sample import involved
from twofold.numeric.small_arrays import small
from twofold.numeric.valuation import Valuation, draw

_COUNT, _LOOKED_AT = 48, 24
"""Points drawn at large, and points at which the claim seems false that are looked at in balls."""
_OPERATIONS = {"==": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}


def run(goal: Goal, context: Any) -> Evidence:
    """Refuted at the simplest point at which both sides have a value and the relation certainly fails."""
    names = involved(goal.left, goal.right, *goal.assumptions)
    if goal.reading != "real" or goal.up_to or "set" in (goal.left.sort, goal.right.sort):
        raise NotApplicable("not a comparison of real numbers or arrays")
    if not any(s.shape for s in names) or any(s.law is not None or s.kind not in ("real", "integer") for s in names):
        raise NotApplicable("no name is an array of real numbers, or one is something else")
    points = small(list(draw(names, goal.assumptions, goal.seed, _COUNT)), goal.seed)
    claim = App(_OPERATIONS[goal.relation], (goal.left, goal.right), (), "truth")
    inside = involved(goal.left, goal.right)
    for point in _failing(claim, points):
        if not all(truth(t, point) is True for t in goal.assumptions):
            continue
        out = certify(goal.relation, goal.left, goal.right, point, goal.reading)
        if out.says == "fails":
            values = {s.name: shown(v) for s, v in point.items() if s in inside}
            witness = Counterexample(values, out.left, out.right, True)
            return Evidence("small entries", Truth.REFUTED, Strength.CERTIFIED, "", 1, 1, witness=witness, seed=goal.seed)
    raise NotApplicable("it holds where the entries are small")


def _failing(claim: Term, points: list[Valuation]) -> list[Valuation]:
    """Points at which a comparison seems false, in double precision."""
    try:
        found = np.asarray(floats(claim, points, "real"), dtype=float) if points else np.zeros(0)
    except (CannotEvaluate, Split, TypeError, ValueError):
        return []
    return [points[k] for k in np.flatnonzero(found == 0)[:_LOOKED_AT]]


_N = "let n : size\nlet A, B : matrix(n, n)\n"
SPEC = Method(
    name="small entries",
    relations=frozenset(_OPERATIONS),
    cost=30,
    concludes=frozenset({Truth.REFUTED}),
    soundness="a refutation is a point that the declarations and assumptions admit, at which balls for both sides exclude the relation",
    run=run,
    holds=(),
    fails=(_N + "rank(A*B) == rank(B*A)", _N + "rank(A^2) == rank(A)", _N + "rank(A + B) >= rank(A)"),
    open=(_N + "rank(A*B) <= rank(A)", _N + "rank(A') == rank(A)", _N + "inv(A)*A == eye(n)"),
)
