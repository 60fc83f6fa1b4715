"""Laplace and Fourier transforms."""

from __future__ import annotations

from typing import Any

import sympy as sp

from twofold.core.diagnostic import fail
from twofold.grammar.term import App, Const, Term, Var
from twofold.symbolic import spot
from twofold.symbolic.arithmetic import num
from twofold.symbolic.attempt import attempt
from twofold.symbolic.calculus.conditions import as_condition
from twofold.symbolic.calculus.definite import definite_value
from twofold.symbolic.calculus.quadrature import quadrature
from twofold.symbolic.calculus.residues import by_residues
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import within
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower, symbol_for
from twofold.symbolic.tidy import short


def _names(*terms: Term) -> list[Any]:
    for t in terms:
        if not isinstance(t, Var) or t.shape:
            raise fail("not-a-variable", "a transform is from one name to another", t.span, "write laplace(f, t, s)")
    return [t.symbol for t in terms if isinstance(t, Var)]


def laplace(context: Context, f: Term, t: Term, s: Term) -> Term:
    """The integral of f*exp(-s*t) over t = 0..oo, with the half line of s on which it converges as a condition."""
    time, frequency = _names(t, s)
    inner = context.given(App("gt", (t, num(0)), (), "truth"))
    body, x = lower(f, inner), symbol_for(time, inner)
    z = sp.Symbol("s", positive=True)
    found = _by_branches(body, x, z, context) if body.has(sp.Piecewise) else None
    if found is None:
        found = within(context.seconds, attempt, sp.laplace_transform, body, x, z)
    if found is None or not isinstance(found, tuple) or found[0].has(sp.LaplaceTransform, sp.Integral):
        raise NoClosedForm("no method applies to this transform")
    value, plane, condition = found
    for point in spot.points((value.free_symbols | body.free_symbols) - {x, z}, inner, 2):
        start = sp.Max(2, plane.subs(point) + 2) if plane.subs(point).is_finite else sp.Integer(2)
        measured = quadrature((body * sp.exp(-start * x)).subs(point), x, sp.S.Zero, sp.oo)
        claimed = spot.value(value, {**point, z: start})
        if measured is not None and claimed is not None and measured[1] < 1e-8 and not spot.same(measured[0], claimed, 6):
            raise NoClosedForm("the transform found does not agree with its integral")
    name = symbol_for(frequency, inner)
    if plane.is_finite and name.is_positive is not True:
        inner.require(lift(sp.Gt(name, plane), inner))
    extra = as_condition(condition, inner)
    if extra is not None and extra != Const("true", sort="truth"):
        inner.require(extra)
    return lift(short(value, context).subs(z, name), inner)


def _by_branches(body: Any, x: Any, z: Any, context: Context) -> tuple[Any, Any, Any] | None:
    """The transform of a function by cases: the integral over the interval of every case."""
    folded = sp.piecewise_fold(body)
    if not isinstance(folded, sp.Piecewise):
        return None
    plain = sp.Dummy("t", real=True)
    pairs = attempt(folded.subs(x, plain).as_expr_set_pairs, sp.Interval.open(0, sp.oo))
    if pairs is None:
        return None
    total = sp.S.Zero
    for value, where in pairs:
        if value == 0 or not where.is_Interval and where.measure == 0:
            continue
        if not where.is_Interval:
            return None
        part, condition = definite_value(value * sp.exp(-z * plain), plain, where.start, where.end, context)
        if condition != sp.true or not part.is_finite:
            return None
        total += part
    return total, sp.S.Zero, sp.true


def inverse_laplace(context: Context, f: Term, s: Term, t: Term) -> Term:
    """The function of t > 0 whose Laplace transform is f."""
    frequency, time = _names(s, t)
    z, body = symbol_for(frequency, context), lower(f, context)
    x = sp.Symbol("t", positive=True)
    plain = sp.Symbol("s")
    found = within(context.seconds, lambda: sp.inverse_laplace_transform(body.xreplace({z: plain}), plain, x))
    if found is None or found.has(sp.InverseLaplaceTransform, sp.Integral):
        raise NoClosedForm("no method applies to this inverse transform")
    context.require(App("gt", (t, num(0)), (), "truth"))
    return lift(short(found, context).subs(x, symbol_for(time, context)), context)


def fourier(context: Context, f: Term, t: Term, w: Term) -> Term:
    """The integral of f*exp(-im*w*t) over all t."""
    time, frequency = _names(t, w)
    x, y = symbol_for(time, context), symbol_for(frequency, context)
    body = lower(f, context)
    if body.is_rational_function(x):
        waves = [by_residues(body * head(y * x), x, -sp.oo, sp.oo, context) for head in (sp.cos, sp.sin)]
        if None not in waves:
            return lift(short(waves[0] - sp.I * waves[1], context), context)
    value, condition = definite_value(body * sp.exp(-sp.I * y * x), x, -sp.oo, sp.oo, context)
    if condition != sp.true:
        wanted = as_condition(condition, context)
        if wanted is None:
            raise NoClosedForm("the conditions of this transform could not be written down")
        context.require(wanted)
    return lift(short(value, context), context)
