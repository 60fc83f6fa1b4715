"""Statements that hold together, and alternatives: taken apart and put together."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

from twofold.grammar.term import FALSE, TRUE, App, Term


def conjuncts(fact: Term) -> list[Term]:
    """The parts of nested conjunctions, in order; what is no conjunction is its own part, and `TRUE` has none."""
    if isinstance(fact, App) and fact.op == "and":
        return [part for a in fact.args for part in conjuncts(a)]
    return [] if fact == TRUE else [fact]


def together(facts: Iterable[Term]) -> Term:
    """The conjunction of facts, two by two from the left; `TRUE` says nothing and is left out, so it is what none of them say."""
    said = [f for f in facts if f != TRUE]
    return reduce(lambda a, b: App("and", (a, b), sort="truth"), said) if said else TRUE


def disjuncts(fact: Term) -> list[Term]:
    """The parts of nested disjunctions, in order; what is no disjunction is its own part."""
    return [part for a in fact.args for part in disjuncts(a)] if isinstance(fact, App) and fact.op == "or" else [fact]


def either(facts: Iterable[Term]) -> Term:
    """The disjunction of facts, two by two from the left; `FALSE` where there are none."""
    said = list(facts)
    return reduce(lambda a, b: App("or", (a, b), sort="truth"), said) if said else FALSE
