"""Fourier transforms and their inverses."""

from __future__ import annotations

from typing import Any

import sympy as sp

from twofold.grammar.term import App, Const, Term
from twofold.symbolic.attempt import attempt
from twofold.symbolic.calculus.conditions import as_condition
from twofold.symbolic.calculus.definite import definite_value
from twofold.symbolic.calculus.fourier_transforms import transformed
from twofold.symbolic.calculus.inner_conditions import over_range
from twofold.symbolic.calculus.transforms import names, tidy
from twofold.symbolic.calculus.wave_transforms import fourier_by_rule
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower, symbol_for
from twofold.symbolic.tidy import short


def inverse_fourier(context: Context, f: Term, w: Term, t: Term) -> Term:
    """The function of t with this Fourier transform: the integral of f*exp(im*w*t) over all w, divided by 2*pi."""
    frequency, time = names(w, t)
    body, y = lower(f, context), symbol_for(frequency, context)
    if not body.has(y):
        return lift(body * sp.DiracDelta(symbol_for(time, context)), context)
    x = symbol_for(time, context)
    place, turned = sp.Dummy(y.name, real=True), sp.Dummy(x.name, real=True)
    by_rule = fourier_by_rule(body.xreplace({y: place}), place, turned)
    if by_rule is not None:
        back = tidy((by_rule / (2 * sp.pi)).subs(turned, -turned)).xreplace({turned: x})
        context.settled.add(back)
        return lift(back, context)
    there = transformed(body, y, x, context)
    if isinstance(there, Const):
        return there
    if there is None:
        there = lower(fourier(context, f, w, t), context)
    back = sp.expand(there.subs(x, -x) / (2 * sp.pi)).replace(sp.DiracDelta, lambda u: sp.DiracDelta(_upright(u, x)))
    return lift(_shortened(back, context), context)


def _upright(u: Any, x: Any) -> Any:
    """What stands in an even function, with x in front."""
    return -u if sp.diff(u, x).is_negative else u


def _shortened(value: Any, context: Context) -> Any:
    """A short form in which unit steps stay what they are."""
    if not value.has(sp.Heaviside):
        return short(value, context)
    held = {h: sp.Dummy(f"h{k}", real=True) for k, h in enumerate(sorted(value.atoms(sp.Heaviside), key=sp.default_sort_key))}
    return short(value.xreplace(held), context).xreplace({v: k for k, v in held.items()})


def _by_halves(body: Any, x: Any, w: Any, context: Context) -> Any:
    """Cosine transform of the even part and sine transform of the odd part, for w > 0, continued to all w; `None` where they are not found."""
    t, y = sp.Dummy("t", positive=True), sp.Dummy("w", positive=True)
    there, back = body.subs(x, t), body.subs(x, -t)
    parts = []
    for f, wave in ((there + back, sp.cos), (there - back, sp.sin)):
        f = sp.expand(f) if not f.has(sp.Piecewise) else sp.piecewise_fold(f)
        found = _half(f, wave(y * t), t, context)
        if found is None:
            return None
        parts.append(found)
    cosine, sine = parts
    if cosine.has(sp.I) or sine.has(sp.I):
        return None
    u = sp.Dummy("u", real=True)
    even, odd = cosine.subs(y, u), sine.subs(y, u)
    cosine = even.subs(u, w) if sp.simplify(even - even.subs(u, -u)) == 0 else cosine.subs(y, sp.Abs(w))
    sine = odd.subs(u, w) if sp.simplify(odd + odd.subs(u, -u)) == 0 else sp.sign(w) * sine.subs(y, sp.Abs(w))
    return cosine - sp.I * sine


def _half(f: Any, wave: Any, t: Any, context: Context) -> Any:
    """The integral of f*wave over 0..oo, branch by branch."""
    if f == 0:
        return sp.S.Zero
    plain = sp.Dummy("t", real=True)
    pairs = [(f, sp.Interval(0, sp.oo))]
    if isinstance(f, sp.Piecewise):
        found = attempt(f.subs(t, plain).as_expr_set_pairs, sp.Interval.open(0, sp.oo))
        if found is None:
            return None
        pairs = [(v.subs(plain, t), s) for v, s in found]
    total = sp.S.Zero
    for value, where in pairs:
        if value == 0 or where.measure == 0:
            continue
        if not where.is_Interval:
            return None
        try:
            part, condition = definite_value(value * wave, t, where.start, where.end, context)
        except NoClosedForm:
            return None
        if condition != sp.true or not part.is_finite and part.is_infinite is not False:
            return None
        total += part
    return total


def fourier(context: Context, f: Term, t: Term, w: Term) -> Term:
    """The integral of f*exp(-im*w*t) over all t."""
    time, frequency = names(t, w)
    over_range(context, time, App("neg", (Const("oo"),)), Const("oo"))
    x, y = symbol_for(time, context), symbol_for(frequency, context)
    body = lower(f, context)
    place = _named_bend(body, x)
    if place is None:
        return _fourier(body, x, y, context)
    moved = _fourier(sp.expand(body.subs(x, x + place), power_base=False), x, y, context)
    return moved if isinstance(moved, Const) else App("mul", (lift(sp.exp(-sp.I * y * place), context), moved))


def _named_bend(body: Any, x: Any) -> Any:
    """The one place, with names in it, at which a function has its corners; `None` where there is none, or where there are more or steps."""
    if body.has(sp.Heaviside, sp.Piecewise):
        return None
    places = set()
    for g in body.atoms(sp.Abs, sp.sign, sp.Max, sp.Min):
        if not g.has(x):
            continue
        u = g.args[0] - g.args[1] if len(g.args) == 2 else g.args[0]
        if len(g.args) > 2 or not u.is_polynomial(x) or sp.degree(u, x) != 1:
            return None
        places.add(sp.cancel(-u.subs(x, 0) / sp.diff(u, x)))
    place = places.pop() if len(places) == 1 else sp.S.Zero
    return place if place.free_symbols else None


def _fourier(body: Any, x: Any, y: Any, context: Context) -> Term:
    """The transform of a function whose corners lie at numbers."""
    place, frequency_symbol = sp.Dummy(x.name, real=True), sp.Dummy(y.name, real=True)
    by_rule = fourier_by_rule(body.xreplace({x: place}), place, frequency_symbol)
    if by_rule is not None:
        made = tidy(by_rule).xreplace({frequency_symbol: y})
        context.settled.add(made)
        return lift(made, context)
    closed = transformed(body, x, y, context)
    if closed is not None:
        return closed if isinstance(closed, Const) else lift(_shortened(closed, context), context)
    if body.has(sp.DiracDelta):
        value, _ = definite_value(body * sp.exp(-sp.I * y * x), x, -sp.oo, sp.oo, context)
        return lift(short(value, context), context)
    halves = _by_halves(body, x, y, context) if not body.has(sp.I) else None
    if halves is not None:
        return lift(short(halves, context), context)
    value, condition = definite_value(body * sp.exp(-sp.I * y * x), x, -sp.oo, sp.oo, context)
    if condition != sp.true:
        wanted = as_condition(condition, context)
        if wanted is None:
            raise NoClosedForm("the conditions of this transform could not be written down")
        context.require(wanted)
    return lift(short(value, context), context)
