"""Which random variables a term depends on, and which of them are independent.

A *variable* is a name with a law of its own, or one entry `x[i]` of a sample; it is a `Term`. Two variables are dependent when they share an
ancestor: a variable's ancestors are those that its law mentions. Names with laws of their own are taken as independent otherwise; entries of a
sample are independent when their indices are known to differ.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from twofold.catalogue.constants import rational
from twofold.catalogue.own_laws import is_curve_of_expression
from twofold.grammar.term import EXPECTATIONS, App, Bound, Symbol, Term, Var, children
from twofold.symbolic.probability.laws import is_vector, law_of


def is_random(term: Term) -> bool:
    return bool(variables(term))


@lru_cache(maxsize=20_000)
def variables(term: Term) -> frozenset[Term]:
    """The random variables that occur in a term; a whole sample stands for all its entries."""
    if isinstance(term, Var):
        return frozenset((term,)) if term.symbol.law is not None else frozenset()
    if law_of(term) is not None and isinstance(term, App):
        return frozenset((term,)) | variables(term.args[1])
    if isinstance(term, App) and term.op in EXPECTATIONS:
        return frozenset()
    if isinstance(term, App) and is_curve_of_expression(term):
        return frozenset().union(*map(variables, term.args[1:]))
    if isinstance(term, Bound):
        found: frozenset[Term] = frozenset()
        for part in children(term):
            found |= variables(part)
        return frozenset(_whole(v, term.symbols) for v in found)
    found = frozenset()
    for part in children(term):
        found |= variables(part)
    return found


def _whole(v: Term, bound: tuple[Symbol, ...]) -> Term:
    """An entry whose index is bound stands for the sample."""
    if isinstance(v, App) and any(isinstance(s, Var) and s.symbol in bound for s in _inside(v.args[1])):
        return v.args[0]
    return v


def _inside(term: Term) -> Iterable[Term]:
    yield term
    for c in children(term):
        yield from _inside(c)


@lru_cache(maxsize=20_000)
def parents(v: Term) -> frozenset[Term]:
    """The random variables in the law of a variable."""
    law = law_of(v)
    base = v.args[0] if isinstance(v, App) else v
    if law is None and isinstance(base, Var):
        law = base.symbol.law
    return variables(law) if law is not None else frozenset()


def lineage(vs: Iterable[Term]) -> frozenset[Term]:
    """The variables with all their ancestors."""
    found: set[Term] = set()
    stack = list(vs)
    while stack:
        v = stack.pop()
        if v not in found:
            found.add(v)
            stack.extend(parents(v))
    return frozenset(found)


def touching(a: Term, b: Term) -> bool:
    """Whether two variables may be the same or parts of one another."""
    if a == b:
        return True
    base_a = a.args[0] if isinstance(a, App) else a
    base_b = b.args[0] if isinstance(b, App) else b
    if base_a != base_b:
        return False
    if not (isinstance(a, App) and isinstance(b, App)):
        return True
    if isinstance(base_a, Var) and base_a.symbol.law is not None and is_vector(base_a.symbol.law):
        return True
    i, j = rational(a.args[1]), rational(b.args[1])
    return i is None or j is None or i == j


def dependent(a: frozenset[Term], b: frozenset[Term]) -> bool:
    """Whether two groups of variables may depend on each other."""
    left, right = lineage(a), lineage(b)
    return any(touching(v, w) for v in left for w in right)
