"""One refuted step: what each kind of diagnosis says of it, in order."""

from __future__ import annotations

from dataclasses import replace

from twofold.catalogue.goal import Goal
from twofold.core.diagnostic import TwofoldError
from twofold.core.evidence import Diagnosis
from twofold.engine.diagnosis.approximate import rounded
from twofold.engine.diagnosis.arrows import arrow_slips, missing
from twofold.engine.diagnosis.parts import part
from twofold.engine.diagnosis.pieces import Pieces, Resolve
from twofold.engine.diagnosis.points import Points
from twofold.engine.diagnosis.relations import Judge, relation
from twofold.engine.diagnosis.repairs import repairs
from twofold.engine.diagnosis.slips import slips
from twofold.engine.diagnosis.solutions import Solutions
from twofold.grammar import tree

_ARROWS = ("=>", "<=>")


def diagnosed(goal: Goal, left: tree.Expr, right: tree.Expr, resolve: Resolve, judge: Judge) -> tuple[Diagnosis, ...]:
    """Part, relation, repairs, slip."""
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
    if goal.relation in _ARROWS:
        slipped = [] if turned else arrow_slips(goal, left, right, resolve)
        return (*out, *missing(goal, left, right, resolve, judge), *_equation_repairs(goal, left, right, resolve, judge), *slipped)
    if goal.relation == "~=":
        return (*out, *rounded(goal, right, judge, resolve))
    points = Points(goal)
    if not len(points):
        return tuple(out)
    said = relation(goal, points, judge)
    if said is not None:
        out.append(said)
    pieces = Pieces(points, left, right, resolve) if goal.relation == "==" and not points.groups else None
    out.extend(repairs(goal, left, right, points, pieces, resolve, judge))
    if goal.relation == "==":
        out.extend(slips(goal, left, right, points, pieces, resolve))
    return tuple(out)


def _equation_repairs(goal: Goal, left: tree.Expr, right: tree.Expr, resolve: Resolve, judge: Judge) -> list[Diagnosis]:
    solutions = Solutions(goal)
    if not len(solutions):
        return []
    return repairs(goal, left, right, solutions, None, resolve, judge)
