"""Partial sums of positive terms are below the sum of the series: sum(1/k^2, k = 1..n) < pi^2/6 < 2."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from twofold.catalogue.constants import rational
from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import app
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import OO, Bound, Term, free_symbols, var
from twofold.symbolic.asymptotic.balls import NoEnclosure, sign
from twofold.symbolic.methods import bounded_functions, case_splits, nonzero_difference
from twofold.symbolic.methods import sign as signs
from twofold.symbolic.methods.equal_squares import sign_of
from twofold.symbolic.methods_in_turn import proved_by
from twofold.symbolic.normal import GIVES_UP, converter
from twofold.symbolic.theorems.existence import has_value


def run(goal: Goal, context: Any) -> Evidence:
    """Proved where the terms are positive, the series has a value, and that is at most the other side."""
    small, large = (goal.left, goal.right) if goal.relation in ("<", "<=") else (goal.right, goal.left)
    if (
        goal.reading != "real"
        or small.shape
        or large.shape
        or not isinstance(small, Bound)
        or small.op != "sum"
        or len(small.args) != 2
    ):
        raise NotApplicable("the smaller side is no sum over a range")
    (k,), (first, last) = small.symbols, small.args
    start = rational(first)
    if start is None or start.denominator != 1 or set(free_symbols(small.body)) != {k} or last == OO:
        raise NotApplicable("the terms depend on more than their index, or there is no last one")
    series = replace(small, args=(first, OO))
    if not _is_positive(small.body, app("ge", var(k), first)) or not has_value(series, goal.assumptions):
        raise NotApplicable("the terms are not seen to be positive, or the series has no known value")
    # Whatever the last index is, terms that are positive are missing: the comparison of the partial sum is strict.
    whole = replace(goal, left=series, right=large, relation="<=")
    if proved_by((signs, bounded_functions, case_splits, nonzero_difference), whole, context) or _is_less(series, large):
        return Evidence("partial sums", Truth.PROVED, Strength.PROOF, independent_of="numeric evaluation")
    raise NotApplicable("the sum of the series is not seen to be at most the other side")


def _is_less(series: Term, large: Term) -> bool:
    """Whether an enclosure of the closed form of a series lies below that of a number."""
    try:
        c = converter((), ())
        e = c(app("sub", large, series))
        return not free_symbols(large) and sign(c.field, e) == 1
    except (*GIVES_UP, NoEnclosure):
        return False


def _is_positive(body: Term, fact: Term) -> bool:
    try:
        c = converter((), (fact,))
        return sign_of(c, c(body)) == "+"
    except GIVES_UP:
        return False


_N = "let n : positive integer\n"
SPEC = Method(
    name="partial sums",
    relations=frozenset({"<", "<=", ">", ">="}),
    cost=11,
    concludes=frozenset({Truth.PROVED}),
    soundness="a series of positive terms is more than any of its partial sums",
    run=run,
    holds=(
        _N + "sum(1/k^2, k = 1..n) < 2",
        _N + "sum(1/2^k, k = 1..n) < 1",
        _N + "sum(1/k^3, k = 1..n) < 5/4",
        _N + "3 > sum(1/factorial(k), k = 0..n)",
    ),
    fails=(),
    open=(
        _N + "sum(1/k^3, k = 1..n) < 6/5",
        _N + "sum(1/k^2, k = 1..n) < 3/2",
        _N + "sum(1/k, k = 1..n) < 100",
        _N + "sum((-1)^k/k^2, k = 1..n) < -4/5",
        _N + "sum(1/k^2, k = 1..n) > 1",
    ),
)
