"""Lists whose order says nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import permutations

from twofold.catalogue.goal import Goal
from twofold.catalogue.shapes import app, full
from twofold.core.evidence import Verdict
from twofold.core.truth import Truth
from twofold.grammar.term import App, Array, Symbol, Term, free_symbols, num, var

_AT = "lambda"
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
    named = bool(free_symbols(goal.left) or free_symbols(goal.right))
    polynomials = _characteristic(goal, entries)
    if polynomials is not None:
        v = judge(polynomials)
        if named or v.truth is Truth.PROVED:
            return replace(v, notes=(*v.notes, f"characteristic polynomials are compared at {_AT}"))
    found: list[Verdict] = []
    for order in dict.fromkeys(permutations(entries)):
        made = Array((order,), (len(order),))
        v = judge(replace(goal, right=made) if listed else replace(goal, left=made))
        if v.truth in (Truth.PROVED, Truth.SUPPORTED):
            return v
        found.append(v)
    if named and _size(goal) in (None, len(entries)) and all(v.truth in (Truth.REFUTED, Truth.CONDITIONAL) for v in found):
        # Each order fails somewhere; another one may be right there.
        return Verdict(Truth.UNDECIDED, notes=("no single order holds for all values of the names",))
    least = next((v for v in found if v.truth is not Truth.REFUTED), found[0])
    return replace(least, notes=(*least.notes, "every order was compared"))


def _size(goal: Goal) -> int | None:
    """How many eigenvalues a side lists, each as often as its multiplicity; None where no side does."""
    for t in (goal.left, goal.right):
        if isinstance(t, App) and t.op == "eigenvalues":
            m, n = full(t.args[0].shape)
            return m if isinstance(m, int) and m == n else None
    return None


def _characteristic(goal: Goal, entries: list[Term]) -> Goal | None:
    """Eigenvalues of a matrix against as many numbers as it has rows: the polynomials with these zeros, at any point."""
    if _size(goal) != len(entries) or any(x.shape for x in entries):
        return None
    computed = next(t for t in (goal.left, goal.right) if isinstance(t, App) and t.op == "eigenvalues")
    t = var(Symbol(_AT, "complex" if goal.reading == "complex" else "real"))
    product: Term = num(1)
    for x in entries:
        product = app("mul", product, app("sub", t, x))
    return replace(
        goal, left=app("det", app("sub", app("mul", t, app("eye", num(len(entries)))), computed.args[0])), right=product
    )
