"""Places that a claim itself points at: both sides of its borders, beyond the numbers that stand in it, far out for whole numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from twofold.catalogue.goal import Goal
from twofold.catalogue.shapes import app
from twofold.grammar.term import Num, Symbol, Term, num, subterms, var
from twofold.symbolic.methods.case_splits import subjects

BORDERS, NAMES, NUMBERS = 3, 2, 3
FAR = (12, 35, 100)
"""Whole numbers that a few values from 0 up say nothing of: the product of n - k over k = 0..30 is 0 for the first 31."""

_SMALL, _LARGE = 9, 10**6


def borders(goal: Goal) -> Iterator[Term]:
    """Both sides of a border, and the border itself: {0 if x < 1000; 1 otherwise} is not 0."""
    for t in subjects(goal.left, goal.right)[:BORDERS]:
        for place in (0, 1, -1):
            yield app("eq", t, num(place))


def distances(goal: Goal, names: Sequence[Symbol]) -> Iterator[Term]:
    """Names beyond the numbers of the claim, the greatest first, and whole numbers far out."""
    numbers = {
        abs(int(t.value))
        for side in (goal.left, goal.right)
        for t in subterms(side)
        if isinstance(t, Num) and t.value.denominator == 1
    }
    beyond = sorted((n for n in numbers if _SMALL < n < _LARGE), reverse=True)[:NUMBERS]
    plain = [s for s in names if not s.shape and not s.size and s.law is None and s.kind in ("real", "integer")]
    for s in plain[:NAMES]:
        whole = s.kind == "integer"
        for value in (*(n + 1 for n in beyond if not whole or n < 1000), *(FAR if whole else ())):
            yield app("eq", var(s), num(value))
