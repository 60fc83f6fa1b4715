"""Inequalities by the sign of the difference in normal form."""

from __future__ import annotations

from typing import Any

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import app
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import TRUE, App
from twofold.symbolic.normal import GIVES_UP, converter
from twofold.symbolic.normal.specials import decide
from twofold.symbolic.theorems.existence import has_value

_OPS = {"<": "lt", "<=": "le", ">": "gt", ">=": "ge", "!=": "ne"}


def run(goal: Goal, context: Any) -> Evidence:
    """Proved where known signs decide the comparison."""
    if goal.left.shape or goal.right.shape:
        raise NotApplicable("arrays are compared entry by entry")
    try:
        if goal.relation == "holds":
            if goal.right != TRUE:
                raise NotApplicable("not a plain condition")
            c = converter((goal.left,), goal.assumptions, goal.reading)
            holds = decide(c, goal.left)
            if holds is True and not _everywhere(goal):
                raise NotApplicable("a part has no value somewhere, where a statement about it is false")
        else:
            c = converter((goal.left, goal.right), goal.assumptions, goal.reading)
            holds = decide(c, app(_OPS[goal.relation], goal.left, goal.right))
    except GIVES_UP as e:
        raise NotApplicable(f"no normal form: {e}") from None
    if holds is True:
        return Evidence("sign of the difference", Truth.PROVED, Strength.PROOF, independent_of="numeric evaluation")
    raise NotApplicable("the sign of the difference is not known")


def _everywhere(goal: Goal) -> bool:
    """Whether the parts of a statement made of others have values wherever the assumptions hold: inside `and`, `or` and `not` one without is false."""
    if not (isinstance(goal.left, App) and goal.left.op in _CONNECTIVES):
        return True
    return has_value(goal.left, goal.assumptions, goal.reading)


_CONNECTIVES = frozenset("and or not implies iff".split())


SPEC = Method(
    name="sign of the difference",
    relations=frozenset({"!=", "<", "<=", ">", ">=", "holds"}),
    cost=1,
    concludes=frozenset({Truth.PROVED}),
    soundness="signs follow from declared bounds, sums and products of known signs, shifts to the bounds, and isolated real roots",
    run=run,
    holds=("x^2 + 1 > 0", "let 0 < p < 1\np*(1 - p) > 0", "x^2 - 2*x + 1 >= 0", "let 0 < p < 1\np*(1 - p) <= 1/4"),
    open=("x^2 > 0", "x > 0", "x^3 + y >= 0", "1/x == 1/x and x == x", "sqrt(x) >= 0 or x != x"),
)
