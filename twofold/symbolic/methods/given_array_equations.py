"""Equations of arrays under assumed ones: `tr(A) == 0 given A' == -A` is the step from `A' == -A` to `tr(A) == 0`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from twofold.catalogue.conjunctions import conjuncts, together
from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import app, full
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import App, Term, subterms
from twofold.symbolic.methods import combined_multiples, linear_steps, matrix_steps
from twofold.symbolic.methods_in_turn import proved_by


def run(goal: Goal, context: Any) -> Evidence:
    """Proved where a method for steps derives the claim from what is assumed."""
    if goal.reading != "real":
        raise NotApplicable("not a claim about real arrays")
    facts = [t for a in goal.assumptions for t in conjuncts(a) if _is_equation(t)]
    if not facts or full(goal.left.shape) != full(goal.right.shape):
        raise NotApplicable("no equation of arrays is assumed, or the sides are of different shape")
    step = replace(goal, relation="=>", left=together(facts), right=app("eq", goal.left, goal.right))
    if proved_by((linear_steps, matrix_steps, combined_multiples), step, context):
        return Evidence("assumed equations of arrays", Truth.PROVED, Strength.PROOF, independent_of="numeric evaluation")
    raise NotApplicable("it was not seen to follow from what is assumed")


def _is_equation(t: Term) -> bool:
    return isinstance(t, App) and t.op == "eq" and any(s.shape for s in subterms(t))


_N = "let n : size\nlet A, B : matrix(n, n)\nlet x, y : vector(n)\nlet c : real\n"
SPEC = Method(
    name="assumed equations of arrays",
    relations=frozenset({"=="}),
    cost=13,
    concludes=frozenset({Truth.PROVED}),
    soundness="the claim holds wherever what is assumed does, as the step from the one to the other says",
    run=run,
    holds=(
        _N + "x'*A*x == 0 given A' == -A",
        _N + "(x + y)'*(x + y) == x'*x + y'*y given x'*y == 0",
        _N + "A^2*x == c^2*x given A*x == c*x",
        _N + "A^2*B == B*A^2 given A*B == B*A",
    ),
    fails=(),
    open=(
        _N + "A*A*x == c*x given A*x == c*x",
        _N + "(x + y)'*(x + y) == x'*x given x'*y == 0",
        _N + "A == eye(n) given A*A == A",
    ),
)
