"""Laplace and Fourier transforms."""

from __future__ import annotations

from typing import Any

import sympy as sp

from twofold.core.diagnostic import fail
from twofold.grammar.term import App, Const, Term, Var
from twofold.symbolic import spot
from twofold.symbolic.arithmetic import num
from twofold.symbolic.attempt import attempt
from twofold.symbolic.calculus.cells import MISSING
from twofold.symbolic.calculus.conditions import as_condition
from twofold.symbolic.calculus.definite import definite_value
from twofold.symbolic.calculus.fourier_transforms import transformed
from twofold.symbolic.calculus.inner_conditions import over_range
from twofold.symbolic.calculus.poles import growth, poles_outside
from twofold.symbolic.calculus.quadrature import quadrature
from twofold.symbolic.calculus.wave_transforms import fourier_by_rule, laplace_by_rule
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.definite.convergence import diverges
from twofold.symbolic.effort import within
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower, symbol_for
from twofold.symbolic.tidy import measure, short


def names(*terms: Term) -> list[Any]:
    for t in terms:
        if not isinstance(t, Var) or t.shape:
            raise fail("not-a-variable", "a transform is from one name to another", t.span, "write laplace(f, t, s)")
    return [t.symbol for t in terms if isinstance(t, Var)]


def laplace(context: Context, f: Term, t: Term, s: Term) -> Term:
    """The integral of f*exp(-s*t) over t = 0..oo, with the half line of s on which it converges as a condition."""
    time, frequency = names(t, s)
    over_range(context, time, num(0), Const("oo"))
    inner = context.given(App("gt", (t, num(0)), (), "truth"))
    z = sp.Symbol("s", positive=True)
    body, x, spikes = lower(f, context), symbol_for(time, context), sp.S.Zero
    if body.has(sp.DiracDelta):
        # Before t > 0 is known, which a `dirac` at 0 would not survive.
        spikes, body = _spikes(body, x, z, context)
        if body == 0:
            return lift(short(spikes, context).subs(z, symbol_for(frequency, context)), context)
        body = body.subs(x, symbol_for(time, inner))
    else:
        body = lower(f, inner)
    x = symbol_for(time, inner)
    found = attempt(laplace_by_rule, body, x, z) or attempt(_delayed, body, x, z)
    if found is not None:
        value = found[0] if spikes == 0 else found[0] + spikes
        return _half_line((tidy(value), *found[1:]), frequency, z, inner, context, True)
    found = _by_branches(body, x, z, context) if body.has(sp.Piecewise) else None
    if found is None:
        found = within(context.seconds, attempt, sp.laplace_transform, body, x, z)
    if found is None or not isinstance(found, tuple) or found[0].has(sp.LaplaceTransform, sp.Integral):
        if body.free_symbols <= {x} and all(diverges((body * sp.exp(-k * x)), x, sp.S.Zero, sp.oo) is not None for k in (3, 300)):
            context.note("the integral diverges")
            return MISSING
        # The integral itself, for s > 0.
        value, condition = definite_value(body * sp.exp(-z * x), x, sp.S.Zero, sp.oo, context)
        if not value.is_finite and value.is_infinite:
            raise NoClosedForm("no method applies to this transform")
        found = (value, sp.S.Zero, condition)
    value, plane, condition = found
    rate = attempt(growth, body, x) if plane is sp.S.NegativeInfinity else None
    if rate is not None:
        # SymPy knows no half line here; below that of the growth the integral has no value.
        plane = rate
    outside = attempt(poles_outside, body, x, sp.S.Zero, sp.oo)
    condition = condition if outside is None else sp.And(condition, outside)
    if not _agrees(value, plane, body, x, z, inner):
        # SymPy's rules for logarithmic integrals are wrong for some numbers; the integral itself.
        made = attempt(definite_value, body * sp.exp(-z * x), x, sp.S.Zero, sp.oo, context)
        if made is None or not made[0].is_finite or not _agrees(made[0], plane, body, x, z, inner):
            raise NoClosedForm("the transform found does not agree with its integral")
        value, condition = made[0], sp.And(condition, made[1])
    return _half_line((value + spikes, plane, condition), frequency, z, inner, context)


def _delayed(f: Any, x: Any, z: Any) -> tuple[Any, Any, Any] | None:
    """The transform of heaviside(t - c)*g(t) as exp(-c*s) times that of g(t + c), with 0 for a negative c; `None` for others."""
    step = sp.piecewise_fold(f)
    if not isinstance(step, sp.Piecewise):
        return None
    values, begun = [v for v, _ in step.args], step.args[0][1]
    if not isinstance(begun, (sp.StrictGreaterThan, sp.StrictLessThan)):
        return None
    rest, start = values[0], sp.expand(x - begun.gts + begun.lts)
    if len(values) != 3 or values[2] != 0 or sp.expand(2 * values[1] - rest) != 0 or start.has(x) or not start.free_symbols:
        return None
    delay = start if start.is_nonnegative else sp.Max(0, start)
    shift = sp.Dummy("c", nonnegative=True)
    made = laplace_by_rule(sp.expand(rest.subs(x, x + shift), trig=True), x, z)
    if made is None:
        return None
    value, plane, condition = made
    return (sp.exp(-z * shift) * value).subs(shift, delay), plane.subs(shift, delay), condition.subs(shift, delay)


def _agrees(value: Any, plane: Any, body: Any, x: Any, z: Any, inner: Context) -> bool:
    """Whether a transform is the integral at two admissible places, as far as quadrature can tell."""
    for point in spot.points((value.free_symbols | body.free_symbols) - {x, z}, inner, 2):
        start = sp.Max(2, plane.subs(point) + 2) if plane.subs(point).is_finite else sp.Integer(2)
        measured = quadrature((body * sp.exp(-start * x)).subs(point), x, sp.S.Zero, sp.oo)
        claimed = spot.value(value, {**point, z: start})
        if measured is not None and claimed is not None and measured[1] < 1e-8 and not spot.same(measured[0], claimed, 6):
            return False
    return True


def _half_line(
    found: tuple[Any, Any, Any], frequency: Any, z: Any, inner: Context, context: Context, brief: bool = False
) -> Term:
    """The transform as an answer, with what it needs; `brief` where it is in its short form."""
    value, plane, condition = found
    name = symbol_for(frequency, inner)
    if plane.is_finite and name.is_positive is not True or plane.is_positive:
        inner.require(lift(sp.Gt(name, plane), inner))
    extra = as_condition(condition, inner)
    if extra == Const("false", sort="truth"):
        raise NoClosedForm("no method applies to this transform")
    if extra is not None and extra != Const("true", sort="truth"):
        inner.require(extra)
    made = (value if brief else short(value, context)).xreplace({z: name})
    if brief:
        context.settled.add(made)
    return lift(made, inner)


def _spikes(body: Any, x: Any, z: Any, context: Context) -> tuple[Any, Any]:
    """The transform of the terms g(t)*dirac(t - c), and the other terms. A `dirac` at 0 counts whole: the half line includes 0."""
    total, rest = sp.S.Zero, sp.S.Zero
    plain = sp.Dummy("t", real=True)
    for term in sp.Add.make_args(sp.expand(body)):
        deltas = [g for g in sp.Mul.make_args(term) if isinstance(g, sp.DiracDelta)]
        if not deltas:
            rest += term
            continue
        places = sp.solve(deltas[0].args[0].subs(x, plain), plain) if len(deltas[0].args) == 1 else []
        slope = sp.diff(deltas[0].args[0], x)
        if len(deltas) > 1 or len(places) != 1 or slope.has(x):
            raise NoClosedForm("no method applies to this transform")
        c = places[0]
        if c.is_negative:
            continue
        if not c.is_nonnegative:
            context.require(lift(sp.Ge(c, 0), context))
        if c == 0:
            context.note("dirac(t) counts whole, at the start of the half line")
        total += (term / deltas[0]).subs(x, c) * sp.exp(-z * c) / sp.Abs(slope)
    return total, rest


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


def tidy(e: Any) -> Any:
    """The shortest of the form as it came, that without common numbers, and a sum of fractions as one."""
    forms = [e, sp.factor_terms(e)]
    if e.is_Add and e.is_rational_function(*e.free_symbols):
        forms.append(sp.factor(e))
    return min(forms, key=measure)


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
