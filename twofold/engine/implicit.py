"""Slopes of curves in claims: implicit_diff is the quotient that the equation gives, and what is claimed of it is claimed on the curve."""

from __future__ import annotations

from twofold.catalogue.derivatives import derivative_by
from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Num, Term, Var, free_symbols, num, transform

_HIGHEST = 3


def sloped(t: Term) -> tuple[Term, tuple[Term, ...]]:
    """A term with its implicit derivatives written out, and the equations that tie their names."""
    ties: dict[Term, None] = {}

    def written(u: Term) -> Term | None:
        if not isinstance(u, App) or u.op != "implicit_diff":
            return None
        made = _slope(u)
        if made is None:
            return None
        equation = u.args[0]
        ties.setdefault(equation if isinstance(equation, App) and equation.op == "eq" else app("eq", equation, num(0)))
        return made

    return transform(t, written), tuple(ties)


def _slope(t: App) -> Term | None:
    """-(df/dx)/(df/dy), and its derivatives along the curve; `None` where the question is not of two names and a small order."""
    equation, y, x, *rest = t.args
    order = rest[0] if rest else num(1)
    if not isinstance(y, Var) or not isinstance(x, Var) or x.shape or y.shape:
        return None
    if not isinstance(order, Num) or order.value.denominator != 1 or not 1 <= order.value <= _HIGHEST:
        return None
    f = app("sub", *equation.args) if isinstance(equation, App) and equation.op == "eq" else equation
    if f.shape or f.sort != "number" or y.symbol not in free_symbols(f):
        return None
    first = app("neg", app("div", derivative_by(f, x.symbol), derivative_by(f, y.symbol)))
    out: Term = first
    for _ in range(int(order.value) - 1):
        out = app("add", derivative_by(out, x.symbol), app("mul", derivative_by(out, y.symbol), first))
    return out
