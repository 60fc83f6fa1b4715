"""Limits of floor, ceil and mod at a place with a name in it: beside a place that is no whole number they are constant."""

from __future__ import annotations

from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Bound, Term, free_symbols, num, substitute, transform
from twofold.symbolic.arithmetic import minus, over, plus, times
from twofold.symbolic.context import Context
from twofold.symbolic.lower import lower, symbol_for

_STEPS = ("floor", "ceil")


def levelled(context: Context, term: Bound) -> Bound:
    """The limit with the values that steps have beside its place in their stead: from one side as the steps go there, from both under the
    condition that what is rounded is no whole number. Itself where the place is a number, or where the steps are of no polynomials."""
    x, point = term.symbols[0], term.args[0]
    if not free_symbols(point) or x in free_symbols(point) or term.shape:
        return term
    body = transform(_in_floors(term.body, x), lambda t: _level(context, t, x, point, term.side))
    return term if body == term.body else Bound(term.op, term.symbols, body, term.args, term.side, term.shape)


def _in_floors(body: Term, x: object) -> Term:
    """mod(u, m) as u - m*floor(u/m)."""

    def turned(t: Term) -> Term | None:
        if not (isinstance(t, App) and t.op == "mod" and not t.shape and x in free_symbols(t)):
            return None
        u, m = t.args
        return minus(u, times(m, app("floor", over(u, m))))

    return transform(body, turned)


def _level(context: Context, t: Term, x: object, point: Term, side: str) -> Term | None:
    if not (isinstance(t, App) and t.op in _STEPS and not t.shape and x in free_symbols(t)):
        return None
    u = lower(t.args[0], context)
    s = symbol_for(x, context)
    if not u.is_polynomial(s):
        return None
    at = substitute(t.args[0], {x: point})  # type: ignore[dict-item]
    if side:
        rises = u.diff(s).subs(s, lower(point, context))
        if not (rises.is_positive or rises.is_negative):
            return None
        above = bool(rises.is_positive) == (side == "+")
        if t.op == "floor":
            return app("floor", at) if above else minus(app("ceil", at), num(1))
        return plus(app("floor", at), num(1)) if above else app("ceil", at)
    if lower(at, context).is_integer:
        return None
    context.require(App("ne", (app("floor", at), at), (), "truth"))
    return app(t.op, at)


__all__ = ["levelled"]
