"""Sums and products: of arrays, over empty and short ranges, and over others in closed form, otherwise left as they are."""

from __future__ import annotations

import sympy as sp

from twofold.catalogue.constants import rational
from twofold.catalogue.shapes import app
from twofold.core.diagnostic import fail
from twofold.grammar.term import (
    INFINITE,
    OO,
    App,
    Array,
    Bound,
    Num,
    Symbol,
    Term,
    free_symbols,
    num,
    substitute,
    subterms,
    transform,
    var,
)
from twofold.symbolic.arithmetic import ONE, ZERO, minus, plus, product, times, total
from twofold.symbolic.calculus.closed_ranges import ClosedForm, require_order
from twofold.symbolic.calculus.inner_conditions import over_range
from twofold.symbolic.calculus.kinked_sums import by_corners
from twofold.symbolic.calculus.sums_written_out import MOST_WRITTEN_OUT, picks, written_out
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.entries import explicit, is_explicit, rows_of
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower
from twofold.symbolic.work import carry_out

_WRITTEN_OUT = 60


def summation(context: Context, term: Term) -> Term:
    """The value of `sum(f, k = a..b)`, or of `sum(v)` over the entries of an array."""
    if not isinstance(term, Bound):
        if not is_explicit(term.shape):
            return app("sum", term)
        return total(x for row in rows_of(explicit(term, context)) for x in row)
    return _Range(context, term).value()


def products(context: Context, term: Term) -> Term:
    """The value of `prod(f, k = a..b)`, or of `prod(v)` over the entries of an array."""
    if not isinstance(term, Bound):
        if not is_explicit(term.shape):
            return app("prod", term)
        return product(x for row in rows_of(explicit(term, context)) for x in row)
    return _Range(context, term).value()


class _Range:
    def __init__(self, context: Context, term: Bound) -> None:
        self.context = context
        self.op = term.op
        self.symbol = term.symbols[0]
        self.low, self.high = (_plain(carry_out(a, context)) for a in term.args)
        self.term = Bound(term.op, term.symbols, term.body, (self.low, self.high), shape=term.shape)

    def value(self) -> Term:
        for end in (self.low, self.high):
            if isinstance(end, Num) and end.value.denominator != 1:
                raise fail("wrong-range", f"the ends of a {self.op} are whole numbers", end.span, "write sum(f(k), k = 1..n)")
        if isinstance(self.low, Num) and isinstance(self.high, Num):
            count = int(self.high.value - self.low.value) + 1
            if count <= 0:
                return self.nothing()
            if count <= _WRITTEN_OUT or (picks(self.term) and count <= MOST_WRITTEN_OUT):
                return written_out(self.context, self.term, count)
        body = carry_out(self.term.body, self.context)
        over_range(self.context, self.symbol, self.low, self.high, whole=True)
        if body.shape:
            if isinstance(body, Array):
                return explicit(
                    Bound(self.op, self.term.symbols, body, (self.low, self.high), shape=self.term.shape), self.context
                )
            return Bound(self.op, self.term.symbols, body, (self.low, self.high), shape=self.term.shape)
        if self.symbol not in free_symbols(body) and self.high not in INFINITE:
            count_term = plus(minus(self.high, self.low), ONE)
            require_order(self.context, self.low, self.high)
            return times(body, count_term) if self.op == "sum" else app("pow", body, count_term)
        if self.symbol not in free_symbols(body) and self.high == OO and free_symbols(body):
            n = Symbol("n", "real", properties=frozenset({"positive"}))
            partial = times(body, var(n)) if self.op == "sum" else app("pow", body, var(n))
            return carry_out(Bound("limit", (n,), partial, (self.high,)), self.context)
        if (
            self.op == "sum"
            and self.low in INFINITE
            and self.high in INFINITE
            and any(_is_size(t, self.symbol) for t in subterms(body))
        ):
            return self.both_sides(body)
        if self.op == "sum" and self.high not in INFINITE and self.context.reading == "real":
            cut = by_corners(self.context, self.symbol, body, self.low, self.high)
            if cut is not None:
                return cut
        term = Bound(self.op, self.term.symbols, self.rationalised(body), (self.low, self.high))
        return ClosedForm(self.context, term).value()

    def both_sides(self, body: Term) -> Term:
        """The sum over all whole numbers of a function of the size of the index: twice the sum from 1 on and the term at 0, for an even one."""
        k = var(self.symbol)
        back = App("neg", (k,))

        def sized(value: Term) -> Term:
            return transform(body, lambda t: value if isinstance(t, App) and t.op == "abs" and t.args == (k,) else None)

        parts = ((sized(k), 0), (substitute(sized(back), {self.symbol: back}), 1))
        right, left = (carry_out(Bound("sum", self.term.symbols, f, (num(first), self.high)), self.context) for f, first in parts)
        if any(isinstance(t, Bound) for side in (right, left) for t in subterms(side)):
            return Bound("sum", self.term.symbols, body, (self.low, self.high))
        return plus(right, left)

    def rationalised(self, body: Term) -> Term:
        """The terms without roots in a denominator that is a sum: 1/(sqrt(k + 1) + sqrt(k)) is sqrt(k + 1) - sqrt(k)."""
        below = [t.args[1] for t in subterms(body) if isinstance(t, App) and t.op == "div" and not t.shape]
        if self.high == OO or not any(
            isinstance(t, App) and t.op in ("add", "sub") and any(isinstance(u, App) and u.op == "sqrt" for u in t.args)
            for t in below
        ):
            return body
        try:
            return lift(sp.radsimp(lower(body, self.context)), self.context)
        except NoClosedForm:
            return body

    def nothing(self) -> Term:
        from twofold.symbolic.arithmetic import zeros

        if self.op == "prod":
            return ONE
        return zeros(tuple(d for d in self.term.shape if isinstance(d, int))) if self.term.shape else ZERO


def _plain(t: Term) -> Term:
    """An end as a number where it is rational arithmetic."""
    known = rational(t)
    return t if known is None or isinstance(t, Num) else Num(known, span=t.span)


def _is_size(t: Term, symbol: Symbol) -> bool:
    return isinstance(t, App) and t.op == "abs" and symbol in free_symbols(t)
