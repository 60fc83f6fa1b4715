"""Statements that hold together: the parts of a conjunction, and the conjunction of parts."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

from twofold.grammar.term import TRUE, App, Term


def conjuncts(fact: Term) -> list[Term]:
    """The parts of nested conjunctions, in order; what is no conjunction is its own part, and `TRUE` has none."""
    if isinstance(fact, App) and fact.op == "and":
        return [part for a in fact.args for part in conjuncts(a)]
    return [] if fact == TRUE else [fact]


def together(facts: Iterable[Term]) -> Term:
    """The conjunction of facts, two by two from the left; `TRUE` says nothing and is left out, so it is what none of them say."""
    said = [f for f in facts if f != TRUE]
    return reduce(lambda a, b: App("and", (a, b), sort="truth"), said) if said else TRUE
