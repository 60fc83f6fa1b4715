"""Induction on a whole number n that ends sums and products whose range begins at a term a, where it may be empty: sum(binomial(k, r), k = r..n).

Below a the ranges are empty, and the claim without them is proved for n < a - 1 and at n = a - 1. From there on it is proved by induction, for all whole n
whatever is declared of n, the names in a keeping their values.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from twofold.catalogue.constants import rational
from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import app
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import Bound, Symbol, Term, Var, copy_symbol, free_symbols, num, substitute, subterms, transform, var
from twofold.symbolic.context import NoClosedForm
from twofold.symbolic.methods.case_splits import one_case
from twofold.symbolic.methods.induction import bounds_another, declared_least
from twofold.symbolic.normal import GIVES_UP, converter

_MOST = 20
"""Numbers below the beginning of a range that are put in one by one."""


def run(goal: Goal, context: Any) -> Evidence:
    """Proved where the claim is proved below, at and beyond the beginning of its ranges."""
    if goal.left.shape or goal.left.sort != "number":
        raise NotApplicable("scalars only")
    for n, start in _ranges(goal):
        try:
            if _below(goal, n, start, context) and _first(goal, n, start, context) and _step(goal, n, start, context):
                note = f"on {n.name}, from where its ranges begin"
                return Evidence("late induction", Truth.PROVED, Strength.PROOF, note, independent_of="numeric evaluation")
        except (*GIVES_UP, NoClosedForm):
            continue
    raise NotApplicable("no induction goes through")


def _ranges(goal: Goal) -> list[tuple[Symbol, Term]]:
    """The names that end ranges, with the one term that these begin with."""
    found: dict[Symbol, set[Term]] = {}
    unfit: set[Symbol] = set()
    for side in (goal.left, goal.right):
        for t in subterms(side):
            if not isinstance(t, Bound) or t.op not in ("sum", "prod"):
                continue
            start, end = t.args
            if isinstance(end, Var) and end.symbol.kind == "integer":
                found.setdefault(end.symbol, set()).add(start)
                if end.symbol in free_symbols(start) or end.symbol in free_symbols(t.body):
                    unfit.add(end.symbol)
    return [
        (n, next(iter(starts)))
        for n, starts in found.items()
        if len(starts) == 1 and n not in unfit and not bounds_another(n, goal) and _is_whole(next(iter(starts)))
    ]


def _is_whole(start: Term) -> bool:
    q = rational(start)
    if q is not None:
        return q.denominator == 1
    return all(s.kind == "integer" for s in free_symbols(start))


def _opened(t: Term, n: Symbol, start: Term, place: Term, last: bool) -> Term:
    """A term at a place of n: its ranges empty, or, with `last`, those to n with the term that comes next."""

    def rule(u: Term) -> Term | None:
        if isinstance(u, Bound) and u.op in ("sum", "prod") and u.args == (start, Var(n)):
            if not last:
                return num(0 if u.op == "sum" else 1)
            return app("add" if u.op == "sum" else "mul", u, substitute(u.body, {u.symbols[0]: place}))
        if isinstance(u, Bound) and n in free_symbols(u) and u.op != "diff":
            raise NotApplicable("another range or integral moves with the name")
        return place if isinstance(u, Var) and u.symbol is n else None

    return transform(t, rule)


def _below(goal: Goal, n: Symbol, start: Term, context: Any) -> bool:
    """The claim with empty ranges for n < start - 1, as far as n is declared and assumed to be."""
    c = converter((), goal.assumptions)
    room = c(app("sub", app("sub", start, num(2)), var(n)))
    if room.num and len(room.den) == 1 and c.signs.of(room.num) == "-":
        return True  # There is no such n.
    first, least = rational(start), declared_least(n)
    if first is not None and least is not None and first - least <= _MOST:
        return all(_empty(goal, n, start, num(k), (), context) for k in range(int(least), int(first) - 1))
    # The sign of a difference is looked up as it stands.
    facts = [app("gt", app("sub", start, num(k)), var(n)) for k in (0, 1)]
    return _empty(goal, n, start, var(n), (*goal.assumptions, *facts, app("le", var(n), app("sub", start, num(2)))), context)


def _first(goal: Goal, n: Symbol, start: Term, context: Any) -> bool:
    """The claim with empty ranges at n = start - 1."""
    return _empty(goal, n, start, app("sub", start, num(1)), _others(goal, n), context)


def _empty(goal: Goal, n: Symbol, start: Term, place: Term, facts: tuple[Term, ...], context: Any) -> bool:
    left, right = (_opened(t, n, start, place, last=False) for t in (goal.left, goal.right))
    return one_case(replace(goal, left=left, right=right, assumptions=facts), context)


def _step(goal: Goal, n: Symbol, start: Term, context: Any) -> bool:
    """The sides grow alike from n to n + 1, for all whole n from start - 1 on."""
    free = copy_symbol(n, lower=None, upper=None, properties=frozenset())
    fact = app("ge", var(free), app("sub", start, num(1)))
    following = app("add", var(free), num(1))
    now = [substitute(t, {n: var(free)}) for t in (goal.left, goal.right)]
    then = [_opened(t, free, start, following, last=True) for t in now]
    for k in (0, 1):
        alone, other = now[k], now[1 - k]
        if isinstance(alone, Bound) and alone.op == "prod" and not any(isinstance(t, Bound) for t in subterms(other)):
            factor = substitute(alone.body, {alone.symbols[0]: following})
            grown = [app("mul", other, factor), then[1 - k]]
            break
    else:
        grown = [app("sub", a, b) for a, b in zip(then, now, strict=True)]
    return one_case(replace(goal, left=grown[0], right=grown[1], assumptions=(*_others(goal, n), fact)), context)


def _others(goal: Goal, n: Symbol) -> tuple[Term, ...]:
    """The assumptions that say nothing of n."""
    return tuple(a for a in goal.assumptions if n not in free_symbols(a))


SPEC = Method(
    name="late induction",
    relations=frozenset({"=="}),
    cost=13,
    concludes=frozenset({Truth.PROVED}),
    soundness="equal where the ranges are empty, and equal at n + 1 whenever equal at n from there on",
    run=run,
    holds=(
        "let n, r : nonnegative integer\nsum(binomial(k, r), k = r..n) == binomial(n + 1, r + 1)",
        "let n : nonnegative integer\nsum(binomial(k, 3), k = 3..n) == binomial(n + 1, 4)",
        "let n, r : nonnegative integer\nsum(binomial(k, r), k = r..n) == binomial(n + 1, r + 1) given n >= r",
    ),
    fails=(),
    open=(
        "let n, r : nonnegative integer\nsum(binomial(k, r), k = r..n) == binomial(n, r + 1)",
        "let n : integer\nsum(binomial(k, 3), k = 3..n) == binomial(n + 1, 4)",
        "let n : nonnegative integer\nsum(k, k = 5..n) == n*(n + 1)/2 - 10",
    ),
)

__all__ = ["SPEC", "run"]
