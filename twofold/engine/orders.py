"""Lists whose order says nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import permutations

from twofold.catalogue.goal import Goal
from twofold.core.evidence import Verdict
from twofold.core.truth import Truth
from twofold.grammar.term import App, Array, Term

_MOST = 4
"""Entries that are put in every order."""


def items(t: Term) -> list[Term] | None:
    """The entries of a list or set that is written out."""
    if isinstance(t, Array):
        return [x for row in t.rows for x in row]
    return list(t.args) if isinstance(t, App) and t.op in ("set", "tuple") else None


def in_some_order(goal: Goal, judge: Callable[[Goal], Verdict]) -> Verdict:
    """Values that are worked out (eigenvalues) against a list that is written out, in each of its orders."""
    listed = items(goal.right)
    entries = listed or items(goal.left)
    if entries is None or len(entries) > _MOST:
        return Verdict(Truth.UNDECIDED, notes=(f"lists of up to {_MOST} entries are put in order",))
    found: list[Verdict] = []
    for order in dict.fromkeys(permutations(entries)):
        made = Array((order,), (len(order),))
        v = judge(replace(goal, right=made) if listed else replace(goal, left=made))
        if v.truth in (Truth.PROVED, Truth.SUPPORTED):
            return v
        found.append(v)
    least = next((v for v in found if v.truth is not Truth.REFUTED), found[0])
    return replace(least, notes=(*least.notes, "every order was compared"))
