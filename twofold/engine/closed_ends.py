"""Comparisons at the closed ends of a name's range that are irrational numbers: points that are drawn do not hit `x == pi` in `0 < x <= pi`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from twofold.catalogue.constants import rational
from twofold.catalogue.goal import Goal
from twofold.grammar.term import Symbol, Term, free_symbols, substitute
from twofold.numeric.sample import involved
from twofold.symbolic.methods.derivative_zero import is_bound
from twofold.symbolic.methods.ranges import assumed_ends, declared_ends, in_range
from twofold.symbolic.normal import GIVES_UP

_MOST = 4


def at_closed_ends(goal: Goal) -> list[tuple[Symbol, Term, Goal]]:
    """The claim at each such end, with the name and the end. What fails there fails; what holds there says nothing of the rest."""
    if goal.left.shape or goal.left.sort != "number":
        return []
    found = []
    for s in involved(goal.left, goal.right):
        if s.kind != "real" or s.law is not None or s.shape or s.properties & {"integer"}:
            continue
        facts = [a for a in goal.assumptions if s in free_symbols(a)]
        if not all(is_bound(a, s) for a in facts):
            continue
        rest = tuple(a for a in goal.assumptions if a not in facts)
        for end in dict.fromkeys(_closed(s, facts)):
            if not free_symbols(end) and rational(end) is None and _is_admitted(goal, s, end):
                left, right = (substitute(t, {s: end}) for t in (goal.left, goal.right))
                found.append((s, end, replace(goal, left=left, right=right, assumptions=rest)))
    return found[:_MOST]


def _closed(s: Symbol, facts: list[Term]) -> Iterator[Term]:
    for end, is_open, _ in (*declared_ends(s), *(e for a in facts for e in assumed_ends(a, s))):
        if not is_open:
            yield end


def _is_admitted(goal: Goal, s: Symbol, end: Term) -> bool:
    try:
        return in_range(goal, s, end, False)
    except GIVES_UP:
        return False


__all__ = ["at_closed_ends"]
