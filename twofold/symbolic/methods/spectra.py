"""The set of the eigenvalues of a matrix that is written out: its characteristic polynomial has these zeros and no others."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, islice
from typing import Any

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import app, full
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import App, Symbol, Term, num, var
from twofold.symbolic.normal import GIVES_UP, converter, equal_in

_LARGEST = 6
_MOST = 40
"""Choices of multiplicities that are tried."""


def run(goal: Goal, context: Any) -> Evidence:
    """Proved where det(t*I - A) is the product of t - s over the members s, each as often as some multiplicities say, for all t."""
    if goal.left.sort != "set" or goal.right.sort != "set":
        raise NotApplicable("no sets are compared")
    t = var(Symbol("t", "complex" if goal.reading == "complex" else "real"))
    one, other = list(_polynomials(goal.left, t)), list(_polynomials(goal.right, t))
    if len(one) == len(other) == 0:
        raise NotApplicable("no eigenvalues of a small matrix stand in the claim")
    pairs = [(a, b) for a in one for b in other]
    if not one or not other:
        size, members = _eigenvalues_and_members(goal)
        pairs = [(p, _product(members, m, t)) for p in one or other for m in islice(_multiplicities(size, len(members)), _MOST)]
    for a, b in pairs:
        try:
            if equal_in(converter((a, b), goal.assumptions, goal.reading), a, b):
                return Evidence("characteristic polynomial", Truth.PROVED, Strength.PROOF, independent_of="numeric evaluation")
        except GIVES_UP as e:
            raise NotApplicable(f"no normal form: {e}") from None
    raise NotApplicable("the members were not seen to be the zeros of the characteristic polynomial")


def _polynomials(side: Term, t: Term) -> Iterator[Term]:
    """The characteristic polynomial at t, if a side is the set of the eigenvalues of a matrix of explicit size."""
    if not isinstance(side, App) or side.op != "eigenvalues":
        return
    (a,) = side.args
    m, n = full(a.shape)
    if isinstance(m, int) and m == n and m <= _LARGEST:
        yield app("det", app("sub", app("mul", t, app("eye", num(m))), a))


def _eigenvalues_and_members(goal: Goal) -> tuple[int, tuple[Term, ...]]:
    """The size of the matrix, and the members of the set on the other side."""
    for a, b in ((goal.left, goal.right), (goal.right, goal.left)):
        if isinstance(a, App) and a.op == "eigenvalues" and isinstance(b, App) and b.op == "set":
            size = full(a.args[0].shape)[0]
            if isinstance(size, int) and b.args and not any(x.shape or x.sort != "number" for x in b.args):
                return size, b.args
    raise NotApplicable("no set of numbers stands on the other side")


def _multiplicities(size: int, members: int) -> Iterator[tuple[int, ...]]:
    """Positive numbers, one for each member, that add up to the size of the matrix."""
    for cuts in combinations(range(1, size), members - 1):
        ends = (0, *cuts, size)
        yield tuple(b - a for a, b in zip(ends, ends[1:], strict=False))


def _product(members: tuple[Term, ...], powers: tuple[int, ...], t: Term) -> Term:
    out: Term = num(1)
    for s, m in zip(members, powers, strict=True):
        factor = app("sub", t, s)
        out = app("mul", out, factor if m == 1 else app("pow", factor, num(m)))
    return out


SPEC = Method(
    name="characteristic polynomial",
    relations=frozenset({"=="}),
    cost=3,
    concludes=frozenset({Truth.PROVED}),
    soundness="the eigenvalues are the zeros of det(t*I - A); equal polynomials have the same zeros, whatever their multiplicities",
    run=run,
    holds=(
        "let a, b : real\neigenvalues([a, b; b, a]) == {a - b, a + b}",
        "let a, b : real\neigenvalues([a, -b; b, a]) == {a + b*im, a - b*im}",
        "eigenvalues([2, 1; 1, 3]) == {(5 + sqrt(5))/2, (5 - sqrt(5))/2}",
        "eigenvalues([2, 0, 0; 0, 3, 0; 0, 0, 2]) == {2, 3}",
        "let a, b : real\neigenvalues([a, b; 0, 1]) == eigenvalues([1, 0; b, a])",
    ),
    fails=(),
    open=(
        "let a, b : real\neigenvalues([a, b; b, a]) == {a, b}",
        "let a : real\neigenvalues([a, 0; 0, 1]) == {a}",
        "let a : real\neigenvalues([a, 0; 0, 1]) == {a, 1, 2}",
        "let a, b : real\neigenvalues([a, b; b, a]) == {a + b}",
    ),
)
