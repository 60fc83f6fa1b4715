"""Two sets that are written out: every member of one is equal to a member of the other."""

from __future__ import annotations

from typing import Any

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import App, Term
from twofold.symbolic.normal import GIVES_UP, converter, equal_in

_MOST = 12


def run(goal: Goal, context: Any) -> Evidence:
    """Proved where each member is found on the other side, by the normal form."""
    one, other = _members(goal.left), _members(goal.right)
    try:
        c = converter((*one, *other), goal.assumptions, goal.reading)
        found = all(any(equal_in(c, x, y) for y in there) for here, there in ((one, other), (other, one)) for x in here)
    except GIVES_UP as e:
        raise NotApplicable(f"no normal form: {e}") from None
    if found:
        return Evidence("members", Truth.PROVED, Strength.PROOF, independent_of="numeric evaluation")
    raise NotApplicable("a member was not found on the other side")


def _members(t: Term) -> tuple[Term, ...]:
    if not isinstance(t, App) or t.op != "set" or not 0 < len(t.args) <= _MOST or any(x.sort != "number" for x in t.args):
        raise NotApplicable("no sets of few numbers are compared")
    return t.args


SPEC = Method(
    name="members",
    relations=frozenset({"=="}),
    cost=2,
    concludes=frozenset({Truth.PROVED}),
    soundness="sets are equal where each member of one is a member of the other",
    run=run,
    holds=("{x, y} == {y, x}", "{a + b, 2} == {2, b + a}", "{x, y, x} == {x, y}"),
    fails=(),
    open=("{x, y} == {x}", "{x, y} == {x, y, 1}", "{x^2, y} == {x, y}"),
)
