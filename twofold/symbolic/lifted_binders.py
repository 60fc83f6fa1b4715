"""SymPy's sums, integrals, derivatives, limits and functions back to terms that bind a name of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sympy as sp

from twofold.catalogue.shapes import app, bound
from twofold.grammar.term import Symbol, Term, free_symbols, num, substitute, var
from twofold.symbolic.context import NoClosedForm

if TYPE_CHECKING:
    from twofold.symbolic.lift import Lifting


def root(s: Lifting, e: Any) -> Term:
    """An isolated root of a polynomial by its place among the roots."""
    t = Symbol("t")
    inside = type(s)(s.context)
    inside.local[e.poly.gen] = var(t)
    return app("root_of", bound("lambda", (t,), inside.go(e.poly.as_expr())), num(e.index + 1))


def summed(s: Lifting, e: Any) -> Term:
    """A sum, a product or an integral; without ends an antiderivative."""
    op = {sp.Sum: "sum", sp.Product: "prod", sp.Integral: "integrate"}[type(e)]
    head, *limits = e.args
    if len(limits[0]) == 1:
        x = limits[0][0]
        symbol = s.inner(x)
        return bound("antiderivative", (symbol,), s.go(head), s.outer(x))
    if any(len(limit) != 3 for limit in limits):
        raise NoClosedForm("the result contains an integral with one end")
    plan: list[tuple[Any, Symbol, Term, Term]] = []
    for x, low, high in reversed(limits):
        ends = s.go(low), s.go(high)
        plan.append((x, s.inner(x), *ends))
    out = s.go(head)
    for x, symbol, first, last in reversed(plan):
        out = bound(op, (symbol,), out, first, last)
        s.local.pop(x, None)
    s.done.clear()
    return out


def derivative(s: Lifting, e: Any) -> Term:
    """Derivatives by one variable after another, each at the variable itself."""
    body = e.expr
    out: Term | None = None
    for x, order in e.variable_count:
        point = s.symbol(x)
        symbol = s.inner(x)
        if out is None:
            out = s.go(body)
        else:
            out = substitute(out, {own: var(symbol) for own in free_symbols(point)})
        s.outer(x)
        out = bound("diff", (symbol,), out, point, s.go(order))
    assert out is not None
    return out


def substituted(s: Lifting, e: Any) -> Term:
    """A derivative at a point."""
    body, xs, points = e.args
    if len(xs) == 1 and isinstance(body, sp.Derivative) and body.variables == (xs[0],) * len(body.variables):
        symbol = s.inner(xs[0])
        inside = s.go(body.expr)
        s.outer(xs[0])
        return bound("diff", (symbol,), inside, s.go(points[0]), num(len(body.variables)))
    raise NoClosedForm("the result is a substitution that was not carried out")


def limit(s: Lifting, e: Any) -> Term:
    """A limit that was not found."""
    body, x, target, side = e.args
    symbol = s.inner(x)
    inside = s.go(body)
    s.outer(x)
    return bound("limit", (symbol,), inside, s.go(target), side="" if str(side) == "+-" else str(side))


def function_of(s: Lifting, e: Any) -> Term:
    """A function of its variables."""
    symbols = tuple(s.inner(x) for x in e.variables)
    out = bound("lambda", symbols, s.go(e.expr))
    for x in e.variables:
        s.outer(x)
    return out
