"""From points at which a comparison seems to fail to a refutation that is certain."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from twofold.catalogue.goal import Goal
from twofold.core.evidence import Counterexample, Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import App
from twofold.numeric.certify import certify
from twofold.numeric.evaluate import floats
from twofold.numeric.outcomes import CannotEvaluate, NoValue, Split
from twofold.numeric.sample import involved
from twofold.numeric.statement_truth import shown, truth
from twofold.numeric.valuation import Valuation

OPERATIONS = {"==": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}


def suspected(goal: Goal, points: Sequence[Valuation], most: int) -> list[Valuation]:
    """Points at which a comparison is false in double precision, so many at most."""
    claim = App(OPERATIONS[goal.relation], (goal.left, goal.right), (), "truth")
    try:
        found = np.real(np.asarray(floats(claim, points, goal.reading))).astype(float) if points else np.zeros(0)
    except (CannotEvaluate, Split, TypeError, ValueError):
        return []
    return [points[k] for k in np.flatnonzero(found == 0)[:most]]


def refuted_at(goal: Goal, point: Valuation, method: str) -> Evidence | None:
    """The refutation at a point that the declarations admit, where the assumptions hold there and balls for both sides exclude the relation."""
    try:
        if not all(truth(t, point) is True for t in goal.assumptions):
            return None
    except NoValue:
        return None
    out = certify(goal.relation, goal.left, goal.right, point, goal.reading)
    if out.says != "fails":
        return None
    equations = (t for t in goal.assumptions if isinstance(t, App) and t.op == "eq")
    inside = involved(goal.left, goal.right, *equations)
    witness = Counterexample({s.name: shown(v) for s, v in point.items() if s in inside}, out.left, out.right, True)
    return Evidence(method, Truth.REFUTED, Strength.CERTIFIED, "", 1, 1, witness=witness, seed=goal.seed)
