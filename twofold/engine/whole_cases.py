"""A claim about whole numbers in small ranges and about other names, as one claim for each value of the whole numbers."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import NotApplicable
from twofold.grammar.term import Symbol, Term, free_symbols, num, substitute
from twofold.numeric.methods.enumeration import cases
from twofold.numeric.sample import involved

_MOST = 12


def whole_cases(goal: Goal) -> tuple[Goal, ...]:
    """The claims that make up a goal, with numbers for its whole names; none where these are not known to be few."""
    names = involved(goal.left, goal.right, *goal.assumptions)
    whole = [s for s in names if s.kind == "integer" and not s.shape and s.law is None and not s.size]
    if not whole or goal.up_to or any(set(whole) & _used(s) for s in names):
        return ()
    facts = [t for t in goal.assumptions if set(free_symbols(t)) <= set(whole)]
    try:
        points = list(islice(cases(whole, facts), _MOST + 1))
    except NotApplicable:
        return ()
    if not 0 < len(points) <= _MOST:
        return ()
    rest = [t for t in goal.assumptions if t not in facts]
    return tuple(_at(goal, rest, {s: num(v) for s, v in point.items()}) for point in points)


def _at(goal: Goal, facts: list[Term], values: dict[Symbol, Term]) -> Goal:
    left, right = substitute(goal.left, values), substitute(goal.right, values)
    return replace(goal, left=left, right=right, assumptions=tuple(substitute(t, values) for t in facts))


def _used(s: Symbol) -> set[Symbol]:
    """The names in the size, the bounds and the law of a name, which keep them where it stays a name."""
    parts = [t for t in (*s.shape, s.lower, s.upper, s.law) if t is not None and not isinstance(t, int)]
    return {u for t in parts for u in free_symbols(t)} if s.kind != "integer" or s.shape else set()


__all__ = ["whole_cases"]
