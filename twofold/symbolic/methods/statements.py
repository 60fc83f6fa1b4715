"""Statements made of others by `and`, `or` and `not`: steps from what always holds."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import TRUE, App
from twofold.symbolic.methods import equations

_CONNECTIVES = frozenset(("and", "or", "not"))


def run(goal: Goal, context: Any) -> Evidence:
    """The step from `true` to the statement, in which an equation without a value is false too."""
    if goal.right != TRUE or not (isinstance(goal.left, App) and goal.left.op in _CONNECTIVES):
        raise NotApplicable("not made of other statements")
    found = equations.run(replace(goal, relation="=>", left=TRUE, right=goal.left), context)
    if found.truth is Truth.PROVED:
        return Evidence("statements by equations", Truth.PROVED, Strength.PROOF, "no value satisfies the opposite")
    if found.truth is Truth.REFUTED:
        return replace(found, method="statements by equations", note="a value at which the statement is false")
    raise NotApplicable("neither a proof nor a counterexample was found")


SPEC = Method(
    name="statements",
    relations=frozenset({"holds"}),
    cost=10,
    concludes=frozenset({Truth.PROVED, Truth.REFUTED}),
    soundness="a statement holds everywhere just where it follows from `true`",
    run=run,
    holds=("x > 0 or x <= 0", "not (x^2 < 0) and x^2 + 1 > x", "sqrt(x) == sqrt(x) or x < 0", "not (log(x) != log(x))"),
    fails=("tan(x) == tan(x) and x^2 >= 0", "x > 0 or x < 0", "sqrt(x) == sqrt(x) or x < -1"),
    open=("gamma(x) > 0 or gamma(x) < 0",),
)
