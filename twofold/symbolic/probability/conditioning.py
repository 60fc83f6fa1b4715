"""Expectations under a condition that fixes the value of a variable."""

from __future__ import annotations

from twofold.grammar.term import App, Symbol, Term, Var, copy_symbol, substitute, var
from twofold.symbolic.probability.independence import dependent, is_random, lineage, variables
from twofold.symbolic.probability.reading import Reader


def under(body: Term, condition: Term, reader: Reader) -> Term | None:
    """A body whose plain expectation is the conditional one, where the rules give it.

    `Y = y` replaces Y in the body and in the laws that mention it, as long as nothing in the body is an ancestor of Y or depends on one:
    then fixing Y tells nothing else. A condition on variables that are independent of the body tells nothing at all.
    """
    if not dependent(variables(body), variables(condition)):
        return body
    facts = _equalities(condition)
    if facts is None:
        return None
    fixed: dict[Symbol, Term] = {}
    for v, value in facts:
        if not isinstance(v, Var) or is_random(value):
            return None
        fixed[v.symbol] = value
    given = frozenset(var(s) for s in fixed)
    ancestors = lineage(given) - given
    inside = lineage(variables(body)) - given
    if any(a in inside for a in ancestors):
        return None
    return _fix(body, fixed)


def _equalities(condition: Term) -> list[tuple[Term, Term]] | None:
    if isinstance(condition, App) and condition.op == "and":
        parts = [_equalities(a) for a in condition.args]
        return None if any(p is None for p in parts) else [x for p in parts if p is not None for x in p]
    if isinstance(condition, App) and condition.op == "eq":
        a, b = condition.args
        if isinstance(a, Var) and a.symbol.law is not None and not is_random(b):
            return [(a, b)]
        if isinstance(b, Var) and b.symbol.law is not None and not is_random(a):
            return [(b, a)]
    return None


def _fix(body: Term, fixed: dict[Symbol, Term]) -> Term:
    """The body with values for variables, in the laws of their descendants too."""
    changes: dict[Symbol, Term] = dict(fixed)
    given = {var(s) for s in fixed}
    # Parents before children, so that a law is rewritten with the new symbols of its own parents.
    rest = sorted(lineage(variables(body)) - given, key=lambda v: len(lineage((v,))))
    for v in rest:
        if isinstance(v, Var) and v.symbol.law is not None and lineage((v,)) & given:
            changes[v.symbol] = var(copy_symbol(v.symbol, law=substitute(v.symbol.law, changes)))
    return substitute(body, changes)
