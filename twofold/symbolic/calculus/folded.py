"""Integrals of even functions of abs(x) over a range around 0: twice that over the half in which x is not negative."""

from __future__ import annotations

from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Bound, Const, Num, Var, copy_symbol, num, substitute, subterms, var
from twofold.symbolic.context import Context
from twofold.symbolic.normal import GIVES_UP, converter


def folded(term: Bound, context: Context) -> Bound | None:
    """The integral over the half of the range; `None` where the range is not -c..c with a number or infinity for c, the size of the variable
    does not stand in the integrand, or that is not known to be even."""
    (x,), (low, high) = term.symbols, term.args
    ends = (
        isinstance(high, Num)
        and isinstance(low, Num)
        and high.value == -low.value > 0
        or (high == Const("oo") and low == app("neg", Const("oo")))
    )
    if not ends or term.shape or context.reading != "real" or x.kind != "real":
        return None
    if not any(isinstance(t, App) and t.op == "abs" and t.args[0] == Var(x) for t in subterms(term.body)):
        return None
    free = copy_symbol(x, lower=None, upper=None)
    try:
        c = converter((), context.assumptions)
        here, there = (c(substitute(term.body, {x: t})) for t in (var(free), app("neg", var(free))))
        if not c.field.equal(here, there):
            return None
    except GIVES_UP:
        return None
    half = copy_symbol(x, lower=num(0), upper=high if isinstance(high, Num) else None)
    return Bound("integrate", (half,), substitute(term.body, {x: var(half)}), (num(0), high))
