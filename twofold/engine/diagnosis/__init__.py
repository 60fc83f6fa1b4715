"""What is wrong with a refuted step: the part that differs, a relation that holds, a repair, a named slip."""

from __future__ import annotations

from collections.abc import Callable

from twofold.catalogue.goal import Goal
from twofold.core.evidence import Diagnosis, Verdict
from twofold.grammar import tree
from twofold.grammar.term import Term


def diagnose(
    goal: Goal,
    left: tree.Expr,
    right: tree.Expr,
    resolve: Callable[[tree.Expr], Term],
    judge: Callable[[Goal], Verdict],
    conditions: tuple[str, ...] = (),
) -> tuple[Diagnosis, ...]:
    """The diagnosis of a step that is refuted, or holds under a condition only.

    `left` and `right` are the trees as written; `resolve` reads a tree in the scope of the step and raises `TwofoldError`;
    `judge` is asked about repairs and relations, and is not asked for diagnoses of its own. `conditions` are those of a conditional verdict.
    """
    from twofold.engine.diagnosis.case import diagnosed

    return diagnosed(goal, left, right, resolve, judge, conditions)
