"""Places that a claim itself points at: both sides of its borders, beyond the numbers that stand in it, far out for whole numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from twofold.catalogue.constants import rational
from twofold.catalogue.goal import Goal
from twofold.catalogue.shapes import app
from twofold.grammar.term import EXPECTATIONS, App, Bound, Num, Symbol, Term, free_symbols, num, subterms, var
from twofold.symbolic.methods.case_splits import subjects

BORDERS, NAMES, NUMBERS = 4, 2, 3
FAR = (12, 35, 100)
"""Whole numbers that a few values from 0 up say nothing of: the product of n - k over k = 0..30 is 0 for the first 31."""

_COMPARISONS = frozenset("eq ne lt le gt ge".split())
_SMALL, _LARGE = 9, 10**6
_LARGEST_RANK = 4
_REMOTE = (Fraction(10**8), Fraction(10**40), Fraction(1, 10**8), Fraction(10**300))
"""Where an inequality that holds nearby may fail: log(log(log(x + 20))) passes 1 beyond three million."""


def borders(goal: Goal) -> Iterator[Term]:
    """Both sides of a border, and the border itself: {0 if x < 1000; 1 otherwise} is not 0, and x < 10^20 fails at 10^20."""
    for t in [*_equality(goal), *_singular(goal), *subjects(goal.left, goal.right)][:BORDERS]:
        for place in (0, 1, -1):
            yield app("eq", t, num(place))


def _equality(goal: Goal) -> Iterator[Term]:
    """The difference of the sides of a comparison that is no equation. To look for a zero takes many values."""
    sides = (goal.left, goal.right)
    if _is_costly(goal):
        return
    if goal.relation in ("!=", "<", "<=", ">", ">=") and not any(t.shape or t.sort != "number" for t in sides):
        yield app("sub", *sides)


def _is_costly(goal: Goal) -> bool:
    """Whether there are sums, integrals or averages in the sides, of which a value takes long (and longer far out)."""
    return any(
        isinstance(t, Bound) or t.op in EXPECTATIONS
        for side in (goal.left, goal.right)
        for t in subterms(side)
        if isinstance(t, App | Bound)
    )


def _singular(goal: Goal) -> Iterator[Term]:
    """What is 0 where a matrix of numbers and names has not its full rank."""
    for side in (goal.left, goal.right):
        for t in subterms(side):
            if isinstance(t, App) and t.op == "rank" and free_symbols(t):
                m, n = (d if isinstance(d, int) else _LARGE for d in (*t.args[0].shape, 1, 1)[:2])
                if min(m, n) > 1 and max(m, n) <= _LARGEST_RANK:
                    a, b = t.args[0], app("transpose", t.args[0])
                    yield app("det", a if m == n else app("mul", a, b) if m < n else app("mul", b, a))


def _thin(goal: Goal, s: Symbol) -> Iterator[Fraction]:
    """Numbers between neighbours among 0 and those that a name is compared with: abs(x) is x for all x above -10^(-30) but very few."""
    ends = (rational(v) for v in (s.lower, s.upper) if v is not None and not free_symbols(v))
    met = {Fraction(0), *(v for v in ends if v is not None)}
    for side in (goal.left, goal.right, *goal.assumptions):
        for t in subterms(side):
            if (
                isinstance(t, App)
                and t.op in _COMPARISONS
                and var(s) in t.args
                and not any(a.shape or a.sort != "number" for a in t.args)
            ):
                other = t.args[0] if t.args[1] == var(s) else t.args[1]
                value = None if free_symbols(other) else rational(other)
                met |= {value} if value is not None else set()
    places = sorted(met)
    for low, high in list(zip(places, places[1:], strict=False))[:NUMBERS]:
        if high - low < 1 and s.kind != "integer":
            yield (low + high) / 2


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
        for between in _thin(goal, s):
            yield app("eq", var(s), num(between))
        for value in (*(n + 1 for n in beyond if not whole or n < 1000), *(FAR if whole else ())):
            yield app("eq", var(s), num(value))
        if goal.relation in ("<", "<=", ">", ">=") and not whole and not _is_costly(goal):
            for value in (*_REMOTE, -_REMOTE[0], -_REMOTE[1]):
                yield app("eq", var(s), num(value))
