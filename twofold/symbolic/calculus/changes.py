"""Integration by parts, areas and asymptotes."""

from __future__ import annotations

from typing import Any

import sympy as sp

from twofold.core.diagnostic import fail
from twofold.grammar.term import App, Bound, Symbol, Term, Var, copy_symbol, num, substitute, var
from twofold.symbolic.algebra.square import require_nonzero
from twofold.symbolic.arithmetic import minus, over, times
from twofold.symbolic.attempt import attempt
from twofold.symbolic.calculus.derivatives import by_entry
from twofold.symbolic.calculus.integrals import integrate, integrate_or_leave
from twofold.symbolic.calculus.limits import limit_at
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.derivative import derivative
from twofold.symbolic.effort import within
from twofold.symbolic.entries import explicit, rows_of
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower, symbol_for
from twofold.symbolic.sympy_order import ordered
from twofold.symbolic.tidy import present
from twofold.symbolic.work import carry_out


def range_of(given: Term, usage: str) -> tuple[Var, Term | None, Term | None]:
    """Variable and ends of `x = a..b`, or a variable alone."""
    if isinstance(given, Var) and not given.shape:
        return given, None, None
    if isinstance(given, App) and given.op == "eq" and isinstance(given.args[0], Var):
        ends = given.args[1]
        if isinstance(ends, App) and ends.op == "range":
            return given.args[0], ends.args[0], ends.args[1]
    raise fail("not-a-range", "a range of the variable is needed here", given.span, f"write {usage}")


def integral_of(f: Term, x: Symbol, low: Term | None, high: Term | None) -> Bound:
    """The integral of a term in which the variable stands free, not carried out."""
    inner = copy_symbol(x)
    body = substitute(f, {x: var(inner)})
    if low is None or high is None:
        return Bound("antiderivative", (inner,), body, (var(x),))
    return Bound("integrate", (inner,), body, (low, high))


def by_parts(context: Context, u: Term, dv: Term, over: Term) -> Term:
    """u*v minus the integral of v*u', with v an antiderivative of the second factor; nothing more is integrated."""
    x, low, high = range_of(over, "by_parts(u, dv, x) or by_parts(u, dv, x = a..b)")
    v = present(integrate(context, integral_of(dv, x.symbol, None, None)), context)
    rest = present(times(v, by_entry(u, x, 1, context)), context)
    product = present(times(u, v), context)
    if low is not None and high is not None:
        inner = copy_symbol(x.symbol)
        product = Bound("bracket", (inner,), substitute(product, {x.symbol: var(inner)}), (low, high))
    return minus(product, integral_of(rest, x.symbol, low, high))


def area(context: Context, f: Term, *rest: Term) -> Term:
    """The area between two graphs, or between one and the axis, over a range; parts below count as positive."""
    if not 1 <= len(rest) <= 2:
        raise fail(
            "wrong-arity",
            "area takes one or two functions and a range",
            f.span,
            "write area(f, x = a..b) or area(f, g, x = a..b)",
        )
    x, low, high = range_of(rest[-1], "area(f, g, x = a..b)")
    if low is None:
        raise fail("not-a-range", "area wants the range of the variable", rest[-1].span, "write area(f, g, x = a..b)")
    if f.shape:
        return _inside_curve(context, f, rest, x, low, high)
    gap = minus(f, rest[0]) if len(rest) == 2 else f
    assert high is not None
    return integrate_or_leave(context, num(1), integral_of(App("abs", (gap,)), x.symbol, low, high))


def _inside_curve(context: Context, curve: Term, rest: tuple[Term, ...], t: Var, low: Term, high: Term) -> Term:
    """The area that a closed plane curve goes round once: half the integral of x*y' - y*x', without its sign."""
    parts = [e for row in rows_of(explicit(curve, context)) for e in row]
    if len(parts) != 2 or len(rest) != 1:
        raise fail(
            "shape-mismatch", "area takes graphs, or one closed plane curve", curve.span, "write area([x(t), y(t)], t = a..b)"
        )
    a, b = parts
    body = minus(times(a, derivative(b, t.symbol)), times(b, derivative(a, t.symbol)))
    found = integrate(context, integral_of(body, t.symbol, low, high))
    return carry_out(App("abs", (over(found, num(2)),)), context)


def asymptotes(context: Context, f: Term, name: Term) -> Term:
    """The places of vertical asymptotes, and the lines approached at infinity as expressions in the variable."""
    if not isinstance(name, Var):
        raise fail("not-a-variable", "asymptotes are in one variable", name.span, "write asymptotes(f, x)")
    x, e = symbol_for(name.symbol, context), lower(f, context)
    places = within(context.seconds, attempt, sp.singularities, e, x, sp.S.Reals) if e.free_symbols == {x} else None
    if isinstance(places, (sp.FiniteSet, type(sp.S.EmptySet))):
        vertical = [p for p in places if any(_unbounded(e, x, p, s, context) for s in ("+", "-"))]
    else:
        vertical = _zeros_below(e, x, name, context)
    lines: list[Any] = []
    # Where the places repeat for ever there is no line at either end.
    repeats = any(s.is_integer and s not in e.free_symbols for z in vertical for s in z.free_symbols)
    for end in () if repeats else (sp.oo, -sp.oo):
        slope = limit_at(e / x, x, end, "", context)
        if slope is None or not slope.is_finite:
            continue
        height = limit_at(sp.simplify(e - slope * x), x, end, "", context)
        if height is not None and height.is_finite and (line := sp.expand(slope * x + height)) not in lines:
            lines.append(line)
    parts = [App("set", tuple(lift(v, context) for v in vs), (), "set") for vs in (ordered(vertical), lines)]
    return App("tuple", tuple(parts), (), "tuple")


def _zeros_below(e: Any, x: Any, name: Term, context: Context) -> list[Any]:
    """The zeros of the denominator of a quotient, where these repeat or depend on parameters; the numerator is not 0 there."""
    from twofold.symbolic.solving.equations import solve

    over, under = sp.fraction(sp.together(e))
    if e.has(sp.tan, sp.cot, sp.sec, sp.csc):
        plain = e.replace(sp.tan, lambda u: sp.sin(u) / sp.cos(u)).replace(sp.cot, lambda u: sp.cos(u) / sp.sin(u))
        plain = plain.replace(sp.sec, lambda u: 1 / sp.cos(u)).replace(sp.csc, lambda u: 1 / sp.sin(u))
        over, under = sp.fraction(sp.together(plain))
    if not under.has(x):
        raise NoClosedForm("the singular points were not found")
    known = list(context.notes)
    found = solve(context, App("eq", (lift(under, context), num(0)), (), "truth"), name)
    if not (isinstance(found, App) and found.op == "set"):
        raise NoClosedForm("the singular points were not found")
    context.notes[:] = [n for n in context.notes if n in known or n.startswith("for every")]
    zeros = [lower(t, context) for t in found.args]
    for z in zeros:
        height = sp.simplify(over.subs(x, z))
        if height.is_zero or height.is_zero is None and not height.free_symbols:
            raise NoClosedForm("the numerator may be 0 at a zero of the denominator")
        if height.is_zero is None and not any(s.is_integer for s in height.free_symbols):
            require_nonzero(height, context)
    return zeros


def _unbounded(e: Any, x: Any, p: Any, side: str, context: Context) -> bool:
    found = limit_at(e, x, p, side, context)
    return found is not None and bool(found.is_infinite)
