"""Binders in normal form: derivatives and integrals here, sums, products and limits by modules of their own."""

from __future__ import annotations

from typing import NamedTuple

from twofold.grammar.term import INFINITE, MINUS_OO, OO, App, Bound, Symbol, Term, Var, free_symbols, substitute
from twofold.symbolic.normal import kinks
from twofold.symbolic.normal.bound_names import canonical, inside, opaque_bound, s_key
from twofold.symbolic.normal.convert import Converter
from twofold.symbolic.normal.dependence import separate
from twofold.symbolic.normal.field import Element
from twofold.symbolic.normal.ranged import ranged


def convert_bound(c: Converter, t: Bound) -> Element:
    """The normal form of a binder."""
    if t.op in ("sum", "prod"):
        return ranged(c, t)
    if t.op == "diff":
        return _derivative(c, t)
    if t.op == "bracket":
        return _bracket(c, t)
    if t.op in ("integrate", "antiderivative"):
        return _integral(c, t)
    if t.op == "limit":
        from twofold.symbolic.normal.limits import limit

        found = limit(c, t)
        if found is not None:
            return found
    return opaque_bound(c, t)


# --- derivatives ---------------------------------------------------------------------------------------------------------------


def _derivative(c: Converter, t: Bound) -> Element:
    from twofold.symbolic.derivative import derivative

    point, order = t.args
    k = c(order).rational()
    if k is None or k.denominator != 1 or not 0 <= k <= 30:
        return opaque_bound(c, t)
    partial = _partial(c, t)
    if partial is not None:
        return c.opaque("apply_diff", [("sym", partial.function), partial.orders, *(c(a).key for a in partial.places)])
    s, body = t.symbols[0], t.body
    for _ in range(int(k)):
        body = derivative(body, s)
    return c(substitute(body, {s: point}))


class Partial(NamedTuple):
    """A partial derivative of an unknown function: how often by each argument, and where. The order of differentiation does not matter, since unknown
    functions are taken to be smooth."""

    function: Symbol
    orders: tuple[int, ...]
    places: tuple[Term, ...]


def _partial(c: Converter, t: Term) -> Partial | None:
    """A term as a partial derivative of an unknown function by some of its arguments, which must be names of their own; `None` for another."""
    if isinstance(t, App) and t.op == "apply" and isinstance(t.args[0], Var) and not t.shape:
        places = t.args[1:]
        return None if any(a.shape for a in places) else Partial(t.args[0].symbol, (0,) * len(places), places)
    if not isinstance(t, Bound) or t.op != "diff" or len(t.symbols) != 1:
        return None
    inner, order = _partial(c, t.body), c(t.args[1]).rational()
    (s,) = t.symbols
    if inner is None or order is None or order.denominator != 1 or not 0 <= order <= 30:
        return None
    slots = [k for k, a in enumerate(inner.places) if s in free_symbols(a)]
    if len(slots) != 1 or inner.places[slots[0]] != Var(s):
        return None
    (k,) = slots
    orders = (*inner.orders[:k], inner.orders[k] + int(order), *inner.orders[k + 1 :])
    return Partial(inner.function, orders, (*inner.places[:k], t.args[0], *inner.places[k + 1 :]))


# --- integrals -----------------------------------------------------------------------------------------------------------------


def _integral(c: Converter, t: Bound) -> Element:
    """Linear in what does not depend on the variable; equal ends give 0; the rest is a kernel."""
    f = c.field
    if t.op == "integrate" and OO not in t.args and MINUS_OO not in t.args and f.equal(c(t.args[0]), c(t.args[1])):
        return f.number(0)
    cut = kinks.cut(c, t)
    if cut is not None:
        return f.sum([c(piece) for piece in cut])
    s, body = canonical(c, t)
    e = inside(c, body)
    finite = t.op == "antiderivative" or all(a not in INFINITE for a in t.args)
    g = c.field.kernel(s_key(s))
    ends = [("oo",) if a == OO else ("-oo",) if a == MINUS_OO else c.argument(a) for a in t.args]
    if not e.num:
        return f.number(0)
    closed = _closed(c, t, e, g)
    if closed is not None:
        return closed
    out = f.number(0)
    for outer, inner in separate(c, e, g, split=finite and t.op == "antiderivative"):
        out = f.add(out, f.mul(outer, c.opaque(t.op, [s_key(s), inner.key, *ends])))
    return out


def _closed(c: Converter, t: Bound, e: Element, g: int) -> Element | None:
    """The value of a definite integral by theorems, where they reach."""
    from twofold.symbolic.normal.definite_integrals import definite

    if t.op != "integrate":
        return None
    low, high = t.args
    if low == OO or high == MINUS_OO:
        return None
    lower = None if low == MINUS_OO else c(low)
    upper = None if high == OO else c(high)
    return definite(c, e, g, lower, upper, low == MINUS_OO, high == OO)


def _bracket(c: Converter, t: Bound) -> Element:
    s = t.symbols[0]
    ends = []
    for a in t.args:
        infinite = a in INFINITE
        ends.append(c(Bound("limit", (s,), t.body, (a,))) if infinite else c(substitute(t.body, {s: a})))
    return c.field.sub(ends[1], ends[0])
