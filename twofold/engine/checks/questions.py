"""Questions about equations, read for their checks: relations one by one, what is to be 0, the unknowns in the order of the answer."""

from __future__ import annotations

from twofold.engine.checks.sampling import items
from twofold.grammar.term import (
    App,
    Array,
    Term,
    Var,
    free_symbols,
)


def relations(system: Term) -> list[Term]:
    """The relations of a system, one by one; vector equations stay whole."""
    if isinstance(system, App) and system.op in ("and", "set", "tuple"):
        return [r for a in system.args for r in relations(a)]
    if isinstance(system, Array) and all(x.sort == "truth" for row in system.rows for x in row):
        return [r for row in system.rows for x in row for r in relations(x)]
    return [system]


def residual(relation: Term) -> Term | None:
    """What is 0 where an equation holds."""
    if isinstance(relation, App) and relation.op == "eq":
        return App("sub", relation.args, relation.args[0].shape)
    return relation if relation.sort == "number" else None


def unknowns(question: App) -> list[Term]:
    """The unknowns as terms, in the order of the answer."""
    found: list[Term] = []
    for a in question.args[1:]:
        found += [a] if isinstance(a, Var) and a.shape else items(a)
    if not found:
        found = [Var(s, s.shape) for s in free_symbols(question.args[0]) if s.kind != "function"]
    return found
