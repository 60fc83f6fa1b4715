"""Equations with their expectations, probabilities and likelihoods worked out, for steps from one equation to another."""

from __future__ import annotations

from dataclasses import replace

from twofold.catalogue.goal import Goal
from twofold.catalogue.shapes import app
from twofold.core.diagnostic import TwofoldError
from twofold.grammar.term import (
    AVERAGES,
    INFINITE,
    App,
    Bound,
    Symbol,
    Term,
    Var,
    free_symbols,
    num,
    rebuild,
    substitute,
    subterms,
    transform,
    var,
)
from twofold.symbolic.context import Context
from twofold.symbolic.methods.expectations import applies
from twofold.symbolic.normal import GIVES_UP, converter
from twofold.symbolic.normal.domains import Domain
from twofold.symbolic.probability.expectation import expand
from twofold.symbolic.probability.laws import is_discrete, spec_of, support

_COMPARISONS = frozenset(("eq", "ne", "lt", "le", "gt", "ge"))


def worked_out(goal: Goal) -> Goal | None:
    """The same step between equations without averages and densities; `None` where there are none, or where it may say something else.

    An equation is false where a part of it has no value, so that nothing may be worked out that hides such a place: what stands inside an average
    has a value everywhere, and the density of a sample is that of its own law.
    """

    def rule(t: Term) -> Term | None:
        if not (isinstance(t, App) and t.op in _COMPARISONS and any(map(applies, t.args))):
            return None
        return rebuild(t, tuple(_expanded(a, goal) if applies(a) else a for a in t.args))

    try:
        left, right = (transform(side, rule) for side in (goal.left, goal.right))
    except (_MaySayMore, TwofoldError, *GIVES_UP):
        return None
    if (left, right) == (goal.left, goal.right):
        return None
    random = {s: s.law for side in (left, right) for s in free_symbols(side) if isinstance(s.law, App)}
    if not all(map(_fills_its_range, random.values())):
        return None
    drawn = {s: var(_value_of(s)) for s in random}
    facts = tuple(substitute(a, drawn) for a in goal.assumptions)
    return replace(goal, left=substitute(left, drawn), right=substitute(right, drawn), assumptions=facts)


def _fills_its_range(law: App) -> bool:
    """Whether all numbers, or all whole numbers, between the ends of the support are in it: of a list or a mixture they need not be."""
    spec = spec_of(law)
    return spec is not None and spec.kind == "univariate" and not spec.atoms and all(a.sort == "number" for a in law.args)


def _value_of(s: Symbol) -> Symbol:
    """What is drawn, which may be anything in the support."""
    assert isinstance(s.law, App)
    low, high = (None if e in INFINITE else e for e in support(s.law))
    discrete = is_discrete(s.law)
    return Symbol(s.name, "integer" if discrete else "real", s.shape, low, high, open_lower=not discrete, open_upper=not discrete)


class _MaySayMore(Exception):
    """What is worked out might have a value where what was written has none."""


def _expanded(t: Term, goal: Goal) -> Term:
    for u in subterms(t):
        if isinstance(u, App) and u.op in AVERAGES and not all(_has_value(a, goal) for a in u.args if a.sort == "number"):
            raise _MaySayMore
        if isinstance(u, App) and u.op in ("pdf", "pmf") and not _is_of_itself(u):
            raise _MaySayMore
    context = Context(goal.assumptions, goal.reading)
    found = expand(t, context)
    if context.conditions or applies(found):
        raise _MaySayMore
    return transform(found, lambda u: _of_what_moves(u) if isinstance(u, Bound) and u.op == "diff" else None)


def _of_what_moves(t: Bound) -> Term:
    """A derivative without the summands that its name is not in: they have values, as what is worked out has."""

    def moving(u: Term) -> Term:
        if s not in free_symbols(u):
            return num(0)
        if isinstance(u, App) and u.op in ("add", "sub"):
            a, b = map(moving, u.args)
            return a if b == num(0) else app(u.op, a, b)
        return replace(u, body=moving(u.body)) if isinstance(u, Bound) and u.op == "sum" else u

    (s,) = t.symbols
    return replace(t, body=moving(t.body))


def _has_value(t: Term, goal: Goal) -> bool:
    """Whether a term is seen to have a value wherever its names have."""
    domain = Domain(converter((), goal.assumptions, goal.reading)).read(t)
    return not domain.atoms and not domain.unread and not any(isinstance(u, Bound) for u in subterms(t))


def _is_of_itself(t: App) -> bool:
    """Whether this is the density of a variable, or of an observation, at itself."""
    law, at = t.args
    while isinstance(at, App) and at.op == "index":
        at = at.args[0]
    own = at.symbol.law if isinstance(at, Var) else None
    return own is not None and type(own) is type(law) and getattr(own, "op", "") == getattr(law, "op", "")
