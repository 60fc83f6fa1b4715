"""Inequalities by the ranges of bounded functions: sin, cos, tanh, erf, atan and their like become names with bounds."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import app
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import App, Bound, Const, Symbol, Term, num, transform, var
from twofold.symbolic.methods import case_splits
from twofold.symbolic.methods import sign as signs

_ONE, _PI = num(1), Const("pi")
_RANGES: dict[str, tuple[Term, Term, bool]] = {
    "sin": (num(-1), _ONE, False), "cos": (num(-1), _ONE, False), "tanh": (num(-1), _ONE, True), "erf": (num(-1), _ONE, True),
    "sigmoid": (num(0), _ONE, True), "Phi": (num(0), _ONE, True), "erfc": (num(0), num(2), True), "indicator": (num(0), _ONE, False),
    "atan": (app("neg", app("div", _PI, num(2))), app("div", _PI, num(2)), True),
}  # fmt: skip


def relaxed(*terms: Term) -> tuple[list[Term], list[Term]]:
    """The terms with names for the values of bounded functions, and the bounds of those names."""
    made: dict[Term, Symbol] = {}
    facts: list[Term] = []

    def rule(t: Term) -> Term | None:
        if isinstance(t, Bound):
            return t
        if isinstance(t, App) and t.op in ("floor", "ceil") and len(t.args) == 1 and not t.shape:
            # x - 1 < floor(x) <= x: the name is for what is lost.
            if t not in made:
                made[t] = Symbol(f"u{len(made)}")
                facts.append(app("le", num(0), var(made[t])))
                facts.append(app("lt", var(made[t]), _ONE))
            return app("sub" if t.op == "floor" else "add", transform(t.args[0], rule), var(made[t]))
        if isinstance(t, App) and t.op in _RANGES and not t.shape:
            if t not in made:
                low, high, strict = _RANGES[t.op]
                made[t] = Symbol(f"u{len(made)}")
                facts.append(app("lt" if strict else "le", low, var(made[t])))
                facts.append(app("lt" if strict else "le", var(made[t]), high))
            return var(made[t])
        return None

    return [transform(t, rule) for t in terms], facts


def run(goal: Goal, context: Any) -> Evidence:
    """Proved where the inequality holds for all values in the ranges."""
    if goal.left.shape or goal.right.shape or goal.reading != "real":
        raise NotApplicable("real scalars only")
    (left, right), facts = relaxed(goal.left, goal.right)
    if not facts:
        raise NotApplicable("no bounded function stands in the claim")
    new = replace(goal, left=left, right=right, assumptions=(*goal.assumptions, *facts))
    for method in (signs, case_splits):
        try:
            if method.run(new, context).truth is Truth.PROVED:
                return Evidence("ranges of bounded functions", Truth.PROVED, Strength.PROOF, independent_of="numeric evaluation")
        except NotApplicable:
            continue
    raise NotApplicable("the ranges alone do not decide it")


SPEC = Method(
    name="ranges of bounded functions",
    relations=frozenset({"<", "<=", ">", ">=", "!="}),
    cost=10,
    concludes=frozenset({Truth.PROVED}),
    soundness="the functions take no other values, and the inequality is proved for all of them",
    run=run,
    holds=("let x : real\nabs(sin(x)) <= 1", "let x : real\nsin(x) + cos(x) <= 2"),
    fails=(),
    open=("let x : real\nsin(x) + cos(x) <= 3/2",),
)
