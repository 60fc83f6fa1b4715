"""The value of a limit, a sum or an integral in the place of a short one that is wrong."""

from __future__ import annotations

from twofold.catalogue.display import show
from twofold.catalogue.goal import Goal
from twofold.core.diagnostic import TwofoldError
from twofold.engine.diagnosis.edits import Edit
from twofold.grammar import tree
from twofold.grammar.parse import parse_expression
from twofold.grammar.term import Bound, subterms
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import within
from twofold.symbolic.work import work

_SECONDS, _LONGEST = 0.7, 16
_WORKED = frozenset("limit sum integrate".split())


def worked_value(goal: Goal, right: tree.Expr) -> list[Edit]:
    """The right side replaced by what the left one is, where both are short."""
    if goal.relation != "==" or goal.up_to or goal.left.shape or right.span.end - right.span.start > _LONGEST:
        return []
    if not isinstance(goal.left, Bound) or goal.left.op not in _WORKED or any(isinstance(t, Bound) for t in subterms(goal.right)):
        return []
    context = Context(assumptions=goal.assumptions, reading=goal.reading)
    try:
        value = within(_SECONDS, work, goal.left, context)
        if value is None or value.shape:
            return []
        text = show(value)
        if len(text) > _LONGEST or context.conditions or any(isinstance(t, Bound) for t in subterms(value)):
            return []
        return [Edit(right, parse_expression(text, ""), 1.6)]
    except (TwofoldError, NoClosedForm):
        return []
