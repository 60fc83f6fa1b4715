"""Solids of revolution: volumes and the areas of their surfaces."""

from __future__ import annotations

import sympy as sp

from twofold.core.diagnostic import fail
from twofold.grammar.term import App, Array, Const, Symbol, Term, Var, copy_symbol, num, substitute, var
from twofold.symbolic import spot
from twofold.symbolic.arithmetic import ONE, minus, plus, power, times, total
from twofold.symbolic.calculus.changes import integral_of, range_of
from twofold.symbolic.calculus.derivatives import by_entry
from twofold.symbolic.calculus.inner_conditions import defined_over
from twofold.symbolic.calculus.integrals import integrate_or_leave
from twofold.symbolic.calculus.square_parts import root_of
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.lower import lower, symbol_for

_TURN = App("mul", (num(2), Const("pi")))


def volume(context: Context, f: Term, *rest: Term) -> Term:
    """The volume that the region between a graph and the axis, or between two graphs, fills when it turns about the axis of the
    variable (discs); about the other axis with `about = y` (shells)."""
    graphs, x, low, high, other = _read(
        context, f, rest, "volume(f, x = a..b), volume(f, g, x = a..b) or volume(f, x = a..b, about = y)"
    )
    if any(g.shape for g in graphs):
        raise fail("shape-mismatch", "volume takes graphs", f.span, "write volume(sqrt(x), x = 0..1)")
    if other:
        _one_side(var(x.symbol), x.symbol, low, high, context, "the range lies on both sides of the axis: take one side")
        gap = graphs[0] if len(graphs) == 1 else minus(*graphs)
        body = times(App("abs", (x,)), App("abs", (gap,)))
        return integrate_or_leave(context, _TURN, integral_of(body, x.symbol, low, high))
    if len(graphs) == 2:
        _one_side(times(*graphs), x.symbol, low, high, context, "the graphs lie on both sides of the axis")
        body: Term = App("abs", (minus(power(graphs[0], num(2)), power(graphs[1], num(2))),))
    else:
        body = power(graphs[0], num(2))
    return integrate_or_leave(context, Const("pi"), integral_of(body, x.symbol, low, high))


def surface_area(context: Context, f: Term, *rest: Term) -> Term:
    """The area of the surface that a graph, or a plane curve [x(t), y(t)], sweeps when it turns about the first axis; about the
    other axis with `about = y`."""
    graphs, x, low, high, other = _read(context, f, rest, "surface_area(f, x = a..b) or surface_area([x(t), y(t)], t = a..b)")
    if len(graphs) != 1:
        raise fail("wrong-arity", "surface_area takes one graph or curve", f.span, "write surface_area(f, x = a..b)")
    curve = graphs[0]
    parts = [e for r in curve.rows for e in r] if isinstance(curve, Array) else [x, curve]
    if len(parts) != 2:
        raise fail("shape-mismatch", "surface_area takes a plane curve", f.span, "write surface_area([x(t), y(t)], t = a..b)")
    radius = parts[0] if other else parts[1]
    squares = total(power(by_entry(p, x, 1, context), num(2)) for p in parts)
    inside = plus(ONE, power(by_entry(curve, x, 1, context), num(2))) if not isinstance(curve, Array) else squares
    body = times(App("abs", (radius,)), root_of(inside, x.symbol, context))
    fresh = copy_symbol(x.symbol, lower=low, upper=high)
    made = integral_of(substitute(body, {x.symbol: var(fresh)}), fresh, low, high)
    return integrate_or_leave(context, _TURN, made)


def _read(context: Context, f: Term, rest: tuple[Term, ...], usage: str) -> tuple[list[Term], Var, Term, Term, bool]:
    """Graphs, variable, ends, and whether it turns about the other axis."""
    parts = [f, *rest]
    is_range = [isinstance(p, App) and p.op == "eq" and isinstance(p.args[1], App) and p.args[1].op == "range" for p in parts]
    if sum(is_range) != 1:
        raise fail("not-a-range", "a range of the variable is needed here", parts[-1].span, f"write {usage}")
    place = is_range.index(True)
    x, low, high = range_of(parts[place], usage)
    after = parts[place + 1 :]
    if len(after) > 1 or not 1 <= place <= 2 or any(not isinstance(a, Var) for a in after) or low is None or high is None:
        raise fail("wrong-arity", "the graphs come first, then the range", f.span, f"write {usage}")
    other = any(isinstance(a, Var) and a.symbol.name != x.symbol.name for a in after)
    for g in parts[:place]:
        defined_over(context, g, x.symbol, low, high)
    return parts[:place], x, low, high, other


def _one_side(t: Term, x: Symbol, low: Term, high: Term, context: Context, reason: str) -> None:
    """Refuses what is positive at one point of the range and negative at another."""
    e, name = lower(t, context), symbol_for(x, context)
    a, b = lower(low, context), lower(high, context)
    if a.is_infinite or b.is_infinite:
        return
    for point in spot.points((e.free_symbols | a.free_symbols | b.free_symbols) - {name}, context, 2):
        start, end = a.subs(point), b.subs(point)
        inside = [start + (end - start) * sp.Rational(k, 12) for k in range(1, 12)]
        values = [v.real for p in inside if (v := spot.value(e, {**point, name: p})) is not None]
        if any(v > 0 for v in values) and any(v < 0 for v in values):
            raise NoClosedForm(reason)
