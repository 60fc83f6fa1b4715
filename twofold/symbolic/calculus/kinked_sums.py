"""Sums whose terms have a corner: max, min and absolute values of what is linear in the index, cut where they change.

With the corner at c, the sum over low..high is that over low..m of one branch and over m + 1..high of the other, m being floor(c) put into
low - 1..high. Both branches are the same at c itself.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from twofold.grammar.term import App, Bound, Symbol, Term, free_symbols, num, substitute, subterms, transform, var
from twofold.symbolic.arithmetic import minus, negate, plus
from twofold.symbolic.attempt import attempt
from twofold.symbolic.context import Context
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower, symbol_for
from twofold.symbolic.tidy import short
from twofold.symbolic.work import carry_out


def by_corners(context: Context, symbol: Symbol, body: Term, low: Term, high: Term) -> Term | None:
    """The sum, or `None` where no corner at a whole number is found or a part has no closed form."""
    for t in subterms(body):
        if (
            isinstance(t, App)
            and t.op in ("max", "min", "abs")
            and not t.shape
            and symbol in free_symbols(t)
            and len(t.args) <= 2
        ):
            found = _cut(context, symbol, body, low, high, t)
            if found is not None:
                return found
    return None


def _cut(context: Context, symbol: Symbol, body: Term, low: Term, high: Term, corner: App) -> Term | None:
    one, two = (*corner.args, num(0)) if len(corner.args) == 1 else corner.args
    k = symbol_for(symbol, context)
    gap = attempt(lambda: sp.expand(lower(one, context) - lower(two, context)))
    if gap is None or not gap.is_polynomial(k) or sp.degree(gap, k) != 1 or not gap.coeff(k, 1).is_Rational:
        return None
    slope = gap.coeff(k, 1)
    place = sp.expand(-gap.coeff(k, 0) / slope)
    place = place if place.is_integer else sp.floor(place)
    ends = [attempt(lower, e, context) for e in (low, high)]
    if None in ends or not place.is_integer or any(e.is_infinite or not e.is_integer for e in ends):
        return None
    before, after = (one, two) if slope < 0 else (two, one)
    if corner.op == "min":
        before, after = after, before
    if corner.op == "abs":
        before, after = (one, negate(one)) if slope < 0 else (negate(one), one)
    at = _within(place, *ends)
    edge = Symbol("edge", "integer")
    # The parts are worked out for an end that is known to lie in the range, where there is one.
    facts = [App("ge", (var(edge), minus(low, num(1))), (), "truth"), App("le", (var(edge), high), (), "truth")]
    there = context.aside(*facts)
    total: Term = num(0)
    for branch, first, last in ((before, low, var(edge)), (after, plus(var(edge), num(1)), high)):
        part = Bound("sum", (symbol,), transform(body, lambda t, b=branch: b if t == corner else None), (first, last))
        value = carry_out(part, there)
        if any(isinstance(t, Bound) for t in subterms(value)):
            return None
        total = plus(total, value)
    if any(edge in free_symbols(c) for c in there.conditions if c not in facts and not _says_order(c, edge)):
        return None
    for c in there.conditions:
        if edge not in free_symbols(c):
            context.require(c)
    if not (ends[1] - ends[0] + 1).is_nonnegative:
        context.require(App("ge", (high, minus(low, num(1))), (), "truth"))
    made = sp.expand(lower(substitute(total, {edge: lift(at, context)}), context))
    return lift(short(made, context) if made.has(sp.Max, sp.Min, sp.floor) else sp.factor(made), context)


def _says_order(condition: Term, edge: Symbol) -> bool:
    """Whether a condition says no more than that a part is not empty by more than one, which the end of the parts is chosen for."""
    return isinstance(condition, App) and condition.op in ("ge", "le") and edge in free_symbols(condition)


def _within(place: Any, low: Any, high: Any) -> Any:
    """A place moved into low - 1..high."""
    if (high - place).is_nonpositive:
        return high
    if (place - low + 1).is_nonpositive:
        return low - 1
    at = place if (place - low + 1).is_nonnegative else sp.Max(place, low - 1)
    return at if (high - place).is_nonnegative else sp.Min(at, high)


__all__ = ["by_corners"]
