"""Checks of solids of revolution: rings added up by quadrature, with slopes taken numerically."""

from __future__ import annotations

from twofold.catalogue.shapes import bound
from twofold.core.evidence import Check
from twofold.engine.comparison import compare
from twofold.grammar.term import App, Array, Bound, Const, Symbol, Term, Var, num, substitute, var
from twofold.symbolic.context import Context

_PI = Const("pi")


def _read(question: App) -> tuple[list[Term], Var, tuple[Term, Term], bool] | None:
    """Graphs, variable, ends of the range, and whether the other axis is meant."""
    for k, a in enumerate(question.args):
        if isinstance(a, App) and a.op == "eq" and isinstance(a.args[0], Var) and isinstance(a.args[1], App):
            after = question.args[k + 1 :]
            other = any(isinstance(b, Var) and b.symbol.name != a.args[0].symbol.name for b in after)
            low, high = a.args[1].args
            return list(question.args[:k]), a.args[0], (low, high), other
    return None


def _integral(body: Term, x: Symbol, ends: tuple[Term, Term]) -> Term:
    fresh = Symbol(x.name, lower=ends[0], upper=ends[1])
    return Bound("integrate", (fresh,), substitute(body, {x: var(fresh)}), ends)


def volume(question: Term, answer: Term, context: Context) -> Check | None:
    """Discs by their radii, shells by their radius and height."""
    read = _read(question) if isinstance(question, App) else None
    if read is None:
        return None
    graphs, x, ends, other = read
    if other:
        height = graphs[0] if len(graphs) == 1 else App("sub", tuple(graphs))
        ring: Term = App("mul", (App("mul", (num(2), App("abs", (x,)))), App("abs", (height,))))
    else:
        squares = [App("mul", (g, g)) for g in graphs]
        ring = squares[0] if len(graphs) == 1 else App("abs", (App("sub", tuple(squares)),))
    return compare(App("mul", (_PI, _integral(ring, x.symbol, ends))), answer, context)


def surface_area(question: Term, answer: Term, context: Context) -> Check | None:
    """Bands of a width that is the length of the curve along it."""
    read = _read(question) if isinstance(question, App) else None
    if read is None:
        return None
    (curve, *_), x, ends, other = read
    parts = [e for row in curve.rows for e in row] if isinstance(curve, Array) else [x, curve]
    u = Symbol(x.symbol.name)
    speed: Term = num(0)
    for part in parts:
        slope = bound("diff", (u,), substitute(part, {x.symbol: var(u)}), x, num(1))
        speed = App("add", (speed, App("pow", (slope, num(2)))))
    band = App("mul", (App("abs", (parts[0 if other else 1],)), App("sqrt", (speed,))))
    return compare(App("mul", (App("mul", (num(2), _PI)), _integral(band, x.symbol, ends))), answer, context)
