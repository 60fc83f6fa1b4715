"""Integrals by the theorems of `symbolic.theorems`, before anything is sampled: reading the integrand off costs little, quadrature much."""

from __future__ import annotations

from typing import Any

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.core.evidence import Evidence
from twofold.core.truth import Truth
from twofold.grammar.term import Bound, Term, subterms
from twofold.symbolic.integral_values import proved_equal, with_values
from twofold.symbolic.theorems.integrals import by_theorem


def run(goal: Goal, context: Any) -> Evidence:
    """Both sides with the values of their integrals, then the normal form."""
    if goal.left.shape or goal.left.sort != "number":
        raise NotApplicable("no definite integral stands in the claim")

    def value(t: Bound) -> Term | None:
        nested = any(isinstance(u, Bound) for u in subterms(t.body))
        return None if nested else by_theorem(t, goal.assumptions, (goal.left, goal.right))

    return proved_equal("integral theorems", goal, with_values(goal, value, "no theorem applies to an integral"))


SPEC = Method(
    name="integral theorems",
    relations=frozenset({"=="}),
    cost=4,
    concludes=frozenset({Truth.PROVED}),
    soundness="every value is that of a theorem (Euler's integrals and their derivatives, Jordan's lemma) with its hypotheses checked",
    run=run,
    holds=(
        "integrate(log(sin(x)), x = 0..pi/2) == -pi*log(2)/2",
        "let a > 0\nintegrate(cos(a*x)/(1 + x^2), x = 0..oo) == pi*exp(-a)/2",
        "integrate(x^3/(exp(x) - 1), x = 0..oo) == pi^4/15",
    ),
    fails=(),
    open=("integrate(log(x)/x, x = 0..1) == 0", "integrate(1/(exp(x) - 1), x = 0..oo) == 1"),
)

__all__ = ["SPEC", "run"]
