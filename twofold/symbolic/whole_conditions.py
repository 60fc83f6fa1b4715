"""Conditions that leave out whole numbers of one name: poles of gamma functions, zeros of sin(pi*a)."""

from __future__ import annotations

import sympy as sp

from twofold.grammar.term import App, Num, Term, Var, free_symbols, num, substitute, subterms, var
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.lower import lower

_WHOLE = range(-15, 16)
"""Whole numbers at which conditions that leave some of them out are compared."""


def without_whole(said: list[Term], gained: list[Term], context: Context) -> list[Term]:
    """Conditions, those of an answer's form behind the others, without those that leave out no more whole numbers of their one name than the
    others do."""
    out, left_out = [*said, *gained], dict[Term, set[int]]()
    whole = [t for t in out if _is_periodic(t, context)]
    names = {s for t in whole for s in free_symbols(t)}
    if not gained or len(names) != 1:
        return out
    a = names.pop()
    for t in out:
        if free_symbols(t) == [a]:
            left_out[t] = {k for k in _WHOLE if _fails(substitute(t, {a: num(k)}), context)}
    for t in sorted(
        (t for t in left_out if t in whole or _leaves_out_one(t)),
        key=lambda t: (isinstance(t, App) and t.op != "or", t not in gained),
    ):
        others = set[int]().union(*(found for u, found in left_out.items() if u != t))
        if left_out[t] <= others:
            del left_out[t]
            out.remove(t)
    return out


def _fails(t: Term, context: Context) -> bool:
    """Whether a condition is false, or compares what has no real value."""
    try:
        return bool(lower(t, context) == sp.false)
    except NoClosedForm:
        return True


def _is_periodic(t: Term, context: Context) -> bool:
    """Whether a condition can only fail where its one name is a whole number, by a floor of that or the sine of pi times it."""
    if not (isinstance(t, App) and t.op in ("or", "ne")) or len(free_symbols(t)) != 1:
        return False
    a, told = lower(var(free_symbols(t)[0]), context), False
    for u in subterms(t):
        if isinstance(u, App) and u.op == "eq":
            return False
        if not isinstance(u, App) or u.op not in ("floor", "sin"):
            continue
        inner = lower(u.args[0], context)
        if not ((inner - a).is_Integer if u.op == "floor" else inner in (sp.pi * a, -sp.pi * a)):
            return False
        told = True
    return told


def _leaves_out_one(t: Term) -> bool:
    """Whether a condition leaves out one whole number."""
    if not (isinstance(t, App) and t.op == "ne" and isinstance(t.args[0], Var) and isinstance(t.args[1], Num)):
        return False
    return t.args[1].value.denominator == 1
