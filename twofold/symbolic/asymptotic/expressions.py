"""Limits of SymPy expressions through their terms, for the methods that work on expressions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp
from flint import fmpq

from twofold.core.diagnostic import TwofoldError
from twofold.grammar.term import Symbol, Term, free_symbols, num, var
from twofold.symbolic.approach import speaks
from twofold.symbolic.asymptotic.bertrand import growth
from twofold.symbolic.asymptotic.constants import ZERO, Constants, NotReal, Undecided
from twofold.symbolic.asymptotic.limits import Side, constants, one_side, vanishes_unseen
from twofold.symbolic.attempt import attempt
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import within
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower

SECONDS = 0.3


def own_limit(e: Any, x: Any, target: Any, side: str = "+", known: Context | None = None) -> Any:
    """The limit from one side by our own expansion: a number, a term in names, or an infinity; `None` where it is not told. Symbols are what SymPy
    was told of them, and what a context knows."""
    if e == x:
        return target
    if not e.has(x):
        return e
    return _in_terms(e, x, target, lambda *t: _limit(side, *t), known)


def growth_of(e: Any, x: Any, target: Any, side: str = "+") -> int | None:
    """1 or -1 where the integral of an expression beside a point is oo or -oo; `None` where that is not shown."""
    return _in_terms(e, x, target, lambda k, symbol, body, point, _: growth(k, symbol, body, point, -1 if side == "-" else 1))


def _limit(side: str, k: Constants, symbol: Symbol, body: Term, point: Term, context: Context) -> Any:
    found = within(SECONDS, one_side, k, symbol, body, point, -1 if side == "-" else 1)
    return None if found is None else _value(found, k, context)


def _in_terms(e: Any, x: Any, target: Any, asked: Callable[..., Any], known: Context | None = None) -> Any:
    """What is asked of the coefficients, the variable, the term and the point; `None` where something cannot be said in terms."""
    if e.has(sp.Integral, sp.Sum, sp.Product, sp.Derivative, sp.I, sp.AccumBounds):
        return None
    context = known or _context(e.free_symbols | target.free_symbols)
    try:
        body, point = lift(e, context, gather=False), lift(target, context)
        symbol = context.terms[x].symbol  # type: ignore[attr-defined]
        if symbol in free_symbols(point):
            return None
        return asked(constants(context.assumptions, body, symbol), symbol, body, point, context)
    except (Undecided, NotReal, NoClosedForm, TwofoldError, KeyError):
        return None


def _value(found: Side, k: Constants, context: Context) -> Any:
    if not found.real or found.wave or vanishes_unseen(k, ZERO if found.value is None else found.value):
        return None
    if found.value is None:
        return sp.oo if found.sign > 0 else -sp.oo
    if isinstance(found.value, fmpq):
        return sp.Rational(int(found.value.p), int(found.value.q))
    return lower(k.term(found.value), context)


def _context(symbols: set[Any]) -> Context:
    """A context in which SymPy's symbols stand for symbols of the same kind and sign."""
    context = Context()
    for s in symbols:
        zero = num(0)
        made = Symbol(
            str(s),
            "integer" if s.is_integer else "real",
            lower=zero if s.is_nonnegative else None,
            open_lower=bool(s.is_positive),
            upper=zero if s.is_nonpositive else None,
            open_upper=bool(s.is_negative),
        )
        context.terms[s] = var(made)
        context.symbols[made] = s
    return context


def limit_of(e: Any, x: Any, target: Any, side: str = "+") -> Any:
    """The limit from one side: by expansion, and by SymPy where that does not tell and values on the way speak for it; `None` where neither does."""
    found = own_limit(e, x, target, side)
    if found is not None:
        return found
    found = attempt(sp.limit, e, x, target, side)
    if found is not None and e.free_symbols == {x} and speaks(e, x, target, side, found) is not True:
        return None
    return found


__all__ = ["growth_of", "limit_of", "own_limit"]
