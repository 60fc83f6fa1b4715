"""Integrals by the theorems of `symbolic.theorems`, before anything is sampled: reading the integrand off costs little, quadrature much."""

from __future__ import annotations

from typing import Any

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import Bound, Term, subterms, transform
from twofold.symbolic.normal import GIVES_UP, converter, equal_in
from twofold.symbolic.theorems.integrals import by_theorem


def run(goal: Goal, context: Any) -> Evidence:
    """Both sides with the values of their integrals, then the normal form."""
    if goal.left.shape or goal.left.sort != "number":
        raise NotApplicable("no definite integral stands in the claim")
    count = 0

    def rule(t: Term) -> Term | None:
        nonlocal count
        if not isinstance(t, Bound) or t.op != "integrate":
            return None
        value = (
            None
            if any(isinstance(u, Bound) for u in subterms(t.body))
            else by_theorem(t, goal.assumptions, (goal.left, goal.right))
        )
        if value is None:
            raise NotApplicable("no theorem applies to an integral")
        count += 1
        return value

    left, right = transform(goal.left, rule), transform(goal.right, rule)
    if not count:
        raise NotApplicable("no definite integral stands in the claim")
    try:
        if equal_in(converter((left, right), goal.assumptions, goal.reading), left, right):
            return Evidence(
                "integral theorems",
                Truth.PROVED,
                Strength.PROOF,
                f"{count} integrals",
                independent_of="quadrature",
                reduced=(left, right),
            )
    except GIVES_UP as e:
        raise NotApplicable(f"no normal form: {e}") from None
    raise NotApplicable("the values differ in normal form")


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
