"""Claims without free names: an enclosure that excludes equality, or an exact value, is a proof."""

from __future__ import annotations

from typing import Any

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.core.evidence import Counterexample, Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import subterms
from twofold.numeric.certify import certify
from twofold.numeric.constants import costly
from twofold.numeric.sample import involved


def run(goal: Goal, context: Any) -> Evidence:
    """Both sides at the one point there is."""
    if involved(goal.left, goal.right):
        raise NotApplicable("there are free names")
    relation = "==" if goal.relation == "holds" else goal.relation
    # Quadrature at high precision is slow, and says no more about equality.
    slow = any(costly(t) for side in (goal.left, goal.right) for t in subterms(side))
    out = certify(relation, goal.left, goal.right, {}, goal.reading, 64 if slow else 4096)
    if out.says == "holds":
        return Evidence(
            "certified value", Truth.PROVED, Strength.CERTIFIED, points=1, effective=1, independent_of="the exact route"
        )
    if out.says == "fails":
        witness = Counterexample({}, out.left, out.right, True)
        return Evidence(
            "certified value",
            Truth.REFUTED,
            Strength.CERTIFIED,
            points=1,
            effective=1,
            witness=witness,
            independent_of="the exact route",
        )
    raise NotApplicable(out.reason or "the two values could not be told apart")


SPEC = Method(
    name="certified value",
    relations=frozenset({"==", "!=", "<", "<=", ">", ">=", "holds"}),
    cost=2,
    concludes=frozenset({Truth.PROVED, Truth.REFUTED}),
    soundness="ball arithmetic encloses the true values; rationals are compared exactly",
    run=run,
    holds=("1/3 + 1/6 == 1/2", "pi > 3", "exp(1) < 2.72"),
    fails=("exp(pi*sqrt(163)) == 262537412640768744", "1/2^99 == 1/2^98"),
    open=("sqrt(2)*sqrt(3) - sqrt(6) == 0*sqrt(7)", "x == x + 0*y"),
)
