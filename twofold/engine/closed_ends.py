"""Comparisons at points that are put in: closed ends of a name's range that are irrational numbers, and points that no enclosure settles.

Points that are drawn do not hit `x == pi` in `0 < x <= pi`; at z == -1 the arguments of z are enclosed on both sides of the cut.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Any, TypeAlias

from twofold.catalogue.constants import rational
from twofold.catalogue.goal import Goal
from twofold.catalogue.shapes import app
from twofold.grammar.term import Const, Symbol, Term, free_symbols, num, substitute
from twofold.numeric.sample import involved
from twofold.numeric.valuation import Complex, Valuation
from twofold.symbolic.methods.derivative_zero import is_bound
from twofold.symbolic.methods.ranges import assumed_ends, declared_ends, in_range
from twofold.symbolic.normal import GIVES_UP

_MOST = 4


Put: TypeAlias = dict[Symbol, Term]


def at_closed_ends(goal: Goal) -> list[tuple[Put, Goal]]:
    """The claim at each such end, with the end for its name. What fails there fails; what holds there says nothing of the rest."""
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
                found.append(({s: end}, replace(goal, left=left, right=right, assumptions=rest)))
    return found[:_MOST]


def at_points(goal: Goal, points: Iterable[Valuation]) -> list[tuple[Put, Goal]]:
    """The claim with the numbers of points that satisfy what is assumed in the place of all its names."""
    if goal.left.shape or goal.left.sort != "number":
        return []
    names = involved(goal.left, goal.right)
    if not names or not all(s.kind in ("real", "integer", "complex") and not s.shape and s.law is None for s in names):
        return []
    found = []
    for point in islice(points, _MOST):
        put = {s: _term(point[s]) for s in names}
        left, right = (substitute(t, put) for t in (goal.left, goal.right))
        found.append((put, replace(goal, left=left, right=right, assumptions=())))
    return found


def _term(value: Any) -> Term:
    """A drawn number as a term."""
    if isinstance(value, Complex) and value.imag:
        op, size = ("add", value.imag) if value.imag >= 0 else ("sub", -value.imag)
        return app(op, num(value.real), app("mul", num(size), Const("im")))
    return num(value.real if isinstance(value, Complex) else value)


def _closed(s: Symbol, facts: list[Term]) -> Iterator[Term]:
    for end, is_open, _ in (*declared_ends(s), *(e for a in facts for e in assumed_ends(a, s))):
        if not is_open:
            yield end


def _is_admitted(goal: Goal, s: Symbol, end: Term) -> bool:
    try:
        return in_range(goal, s, end, False)
    except GIVES_UP:
        return False


__all__ = ["at_closed_ends", "at_points"]
