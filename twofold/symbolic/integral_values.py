"""Claims in which integrals stand, with proved values in their place."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import NotApplicable
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import Bound, Term, free_symbols, subterms, transform
from twofold.symbolic.normal import GIVES_UP, converter, equal_in


class Valued(NamedTuple):
    """Both sides of a claim with the values of their integrals, and how many these are."""

    left: Term
    right: Term
    count: int


def with_values(goal: Goal, value: Callable[[Bound], Term | None], missing: str) -> Valued:
    """Both sides with what `value` gives for each outermost integral. Raises `NotApplicable`, with `missing` where it gives nothing."""
    count = 0

    def rule(t: Term) -> Term | None:
        nonlocal count
        if isinstance(t, Bound) and t.op in ("sum", "prod"):
            return _left_alone(t, value)
        if not isinstance(t, Bound) or t.op != "integrate":
            return None
        found = value(t)
        if found is None:
            raise NotApplicable(missing)
        count += 1
        return found

    try:
        left, right = transform(goal.left, rule), transform(goal.right, rule)
    except GIVES_UP as e:
        raise NotApplicable(f"no normal form: {e}") from None
    if not count:
        raise NotApplicable("no definite integral stands in the claim")
    return Valued(left, right, count)


def _left_alone(t: Bound, value: Callable[[Bound], Term | None]) -> Term | None:
    """A sum of integrals of which one is not found: the normal form knows its index, and may find it."""
    inner = [u for u in subterms(t.body) if isinstance(u, Bound) and u.op == "integrate"]
    return t if any(set(t.symbols) & set(free_symbols(u)) and value(u) is None for u in inner) else None


def proved_equal(method: str, goal: Goal, made: Valued) -> Evidence:
    """The proof that the sides with their values have one normal form. Raises `NotApplicable` where they have not."""
    try:
        same = equal_in(converter((made.left, made.right), goal.assumptions, goal.reading), made.left, made.right)
    except GIVES_UP as e:
        raise NotApplicable(f"no normal form: {e}") from None
    if not same:
        raise NotApplicable("the values differ in normal form")
    return Evidence(
        method,
        Truth.PROVED,
        Strength.PROOF,
        f"{made.count} integrals",
        independent_of="quadrature",
        reduced=(made.left, made.right),
    )
