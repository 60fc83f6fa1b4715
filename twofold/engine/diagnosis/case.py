"""One refuted step: what each kind of diagnosis says of it, in order."""

from __future__ import annotations

from dataclasses import replace

from twofold.catalogue.goal import Goal
from twofold.core.diagnostic import TwofoldError
from twofold.core.evidence import Diagnosis, Verdict
from twofold.core.meter import spent
from twofold.core.truth import Truth
from twofold.engine.diagnosis.approximate import rounded
from twofold.engine.diagnosis.arrows import arrow_slips, missing
from twofold.engine.diagnosis.connectives import arrows, weaker
from twofold.engine.diagnosis.given import conditioned, definite, later
from twofold.engine.diagnosis.parts import part, whole
from twofold.engine.diagnosis.pieces import Pieces, Resolve
from twofold.engine.diagnosis.points import Points
from twofold.engine.diagnosis.relations import Judge, relation
from twofold.engine.diagnosis.repairs import MOST_SHOWN, repairs, solution_repair
from twofold.engine.diagnosis.slips import slips
from twofold.engine.diagnosis.solutions import Solutions
from twofold.grammar import tree

_ARROWS = ("=>", "<=>")
PATIENCE = 2.0
"""Nominal seconds of judging repairs and relations."""


def diagnosed(
    goal: Goal, left: tree.Expr, right: tree.Expr, resolve: Resolve, judge: Judge, conditions: tuple[str, ...] = ()
) -> tuple[Diagnosis, ...]:
    """Part, relation, repairs, slip; the sides as wholes where nothing smaller is found."""
    found = _diagnosed(goal, left, right, resolve, _Patient(judge), conditions)
    if not found:
        sides = whole(left, right)
        return () if sides is None else (sides,)
    return found


class _Patient:
    """A judge that stops answering when it has taken long: a diagnosis is worth seconds, not the time of the verdict over
    again."""

    def __init__(self, judge: Judge) -> None:
        self.judge = judge
        self.left = PATIENCE

    def __call__(self, goal: Goal) -> Verdict:
        if self.left <= 0:
            return Verdict(Truth.UNDECIDED)
        began = spent()
        try:
            return self.judge(goal)
        finally:
            self.left -= spent() - began


def _diagnosed(
    goal: Goal, left: tree.Expr, right: tree.Expr, resolve: Resolve, judge: Judge, conditions: tuple[str, ...]
) -> tuple[Diagnosis, ...]:
    try:
        one, other = resolve(left), resolve(right)
    except TwofoldError:
        return ()
    if goal.relation in _ARROWS and goal.left == other and goal.right == one and goal.left != one:
        # `<==` was turned round: the line above is the conclusion.
        goal, turned = replace(goal, left=goal.right, right=goal.left), True
        inner = judge
        judge = lambda g: inner(replace(g, left=g.right, right=g.left))  # noqa: E731
    else:
        turned = False
    found = part(left, right)
    out = [found] if found is not None else []
    given = conditioned(goal, right, conditions, resolve, judge)
    onward = [] if given else later(goal, right, judge)
    if goal.relation in _ARROWS:
        slipped = [] if turned else arrow_slips(goal, left, right, resolve)
        mended = _equation_repairs(goal, left, right, resolve, judge)
        turns = arrows(goal, right, turned, judge)
        mended = [*given, *onward, *mended][: MOST_SHOWN - len(turns)]
        return (*out, *mended, *turns, *slipped)
    if goal.relation == "~=":
        number = rounded(goal, right, judge, resolve)
        return (*out, *(number or repairs(goal, left, right, Points(goal), None, resolve, judge)))
    points = Points(goal)
    if not len(points):
        return tuple(out)
    said = relation(goal, points, judge)
    if said is not None:
        out.append(said)
    pieces = Pieces(points, left, right, resolve) if goal.relation == "==" and not points.groups else None
    given.extend(onward)
    out.extend(given)
    strict = weaker(goal, right, points, judge, opposite=False) if goal.relation in ("<", ">") else []
    mended = strict or repairs(goal, left, right, points, pieces, resolve, judge, MOST_SHOWN - len(given))
    out.extend(mended)
    if not mended and not onward:
        out.extend(weaker(goal, right, points, judge) or definite(goal, right, judge))
    if goal.relation == "==":
        out.extend(slips(goal, left, right, points, pieces, resolve))
    return tuple(out)


def _equation_repairs(goal: Goal, left: tree.Expr, right: tree.Expr, resolve: Resolve, judge: Judge) -> list[Diagnosis]:
    """Solutions put in or kept out, and edits; for `=>`, where any solution may be put in, edits come first."""
    solutions = Solutions(goal)
    if goal.relation == "<=>":
        found = solution_repair(goal, left, right, resolve, judge) or missing(goal, left, right, resolve, judge)
        more = repairs(goal, left, right, solutions, None, resolve, judge, MOST_SHOWN - len(found))
        return [*found, *(d for d in more if d not in found)]
    found = repairs(goal, left, right, solutions, None, resolve, judge)
    return [*found, *missing(goal, left, right, resolve, judge)][:MOST_SHOWN]
