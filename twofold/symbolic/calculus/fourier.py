"""Fourier transforms and their inverses."""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy.functions.elementary.hyperbolic import HyperbolicFunction

from twofold.grammar.term import FALSE, MINUS_OO, OO, TRUE, Const, Term
from twofold.symbolic.attempt import attempt
from twofold.symbolic.calculus.cells import MISSING
from twofold.symbolic.calculus.conditions import as_condition
from twofold.symbolic.calculus.definite import definite_value
from twofold.symbolic.calculus.fourier_transforms import transformed
from twofold.symbolic.calculus.inner_conditions import over_range
from twofold.symbolic.calculus.signed_names import by_bends, by_parity
from twofold.symbolic.calculus.transforms import names, real_poles, tidy
from twofold.symbolic.calculus.wave_transforms import fourier_by_rule
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.definite.convergence import diverges
from twofold.symbolic.definite.waves_over_quadratic import wave_over_quadratic
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower, symbol_for
from twofold.symbolic.tidy import short


def fourier(context: Context, f: Term, t: Term, w: Term) -> Term:
    """The integral of f*exp(-im*w*t) over all t."""
    time, frequency = names(t, w)
    over_range(context, time, MINUS_OO, OO)
    x, y = symbol_for(time, context), symbol_for(frequency, context)
    found = _transform(lower(f, context), x, y, context)
    return found if isinstance(found, Const) else lift(found, context)


def inverse_fourier(context: Context, f: Term, w: Term, t: Term) -> Term:
    """The function of t with this Fourier transform: the integral of f*exp(im*w*t) over all w, divided by 2*pi."""
    frequency, time = names(w, t)
    over_range(context, frequency, MINUS_OO, OO)
    y, x = symbol_for(frequency, context), symbol_for(time, context)
    there = _transform(lower(f, context), y, x, context)
    if isinstance(there, Const):
        return there
    whole = there in context.settled
    back = _steps(sp.piecewise_fold((there / (2 * sp.pi)).xreplace({x: -x})), x)
    back = back.replace(sp.DiracDelta, lambda u: sp.DiracDelta(_upright(u, x)))
    if back.has(sp.DiracDelta):
        back = sp.expand(back)
    made = tidy(back) if whole and not back.has(sp.DiracDelta) else _shortened(back, context)
    context.settled.add(made)
    return lift(made, context)


def _steps(e: Any, x: Any) -> Any:
    """c + c*sign(x) as a unit step."""
    flat = sp.expand(e) if e.has(sp.sign) else e
    c = flat.coeff(sp.sign(x))
    if c == 0 or c.has(x) or (rest := sp.expand(flat - c * sp.sign(x))).has(x):
        return e
    return 2 * c * sp.Heaviside(x) if rest == c else e


def _transform(body: Any, x: Any, y: Any, context: Context) -> Any:
    """The transform of a SymPy expression, in its short form; the answer that there is none. Factors that do not depend on the variable and
    turns exp(im*c*x) are taken out, places with names in them are moved to 0, impulses are taken apart."""
    factor, rest = body.as_independent(x, as_Add=False)
    turn, rest = _turn(rest, x)
    impulses = [p for p in sp.Add.make_args(sp.expand(rest)) if p.has(sp.DiracDelta)] if rest.has(sp.DiracDelta) else []
    if impulses and rest.is_Add:
        other = _transform(sp.expand(rest) - sp.Add(*impulses), x, y, context)
        if isinstance(other, Const):
            return other
        value: Any = _of_impulses(sp.Add(*impulses), x, y, context) + other
    else:
        place = _place(rest, x)
        if place is not None and not place.free_symbols and _by_rule(rest, x, y) is not None:
            place = None
        moved = rest if place is None else _moved(rest, x, place)
        value = _by_methods(moved, x, y, context)
        if isinstance(value, Const):
            return value
        if place is not None:
            value = sp.exp(-sp.I * y * place) * value
    if turn != 0:
        value = value.xreplace({y: y - turn})
    if factor != 1:
        value = factor * value if not isinstance(value, sp.Piecewise) else sp.piecewise_fold(factor * value)
    context.settled.add(value)
    return value


def _turn(e: Any, x: Any) -> tuple[Any, Any]:
    """The real c of the factors exp(im*c*x), and the other factors."""
    total, rest = sp.S.Zero, []
    for g in sp.Mul.make_args(e):
        c = sp.cancel(g.args[0] / (sp.I * x)) if isinstance(g, sp.exp) else None
        if c is not None and not c.has(x) and c.is_real:
            total += c
        else:
            rest.append(g)
    return (total, sp.Mul(*rest)) if rest else (sp.S.Zero, e)


def _moved(e: Any, x: Any, place: Any) -> Any:
    moved = e.replace(
        lambda r: isinstance(r, sp.core.relational.Relational), lambda r: r.func(sp.expand((r.lhs - r.rhs).subs(x, x + place)), 0)
    )
    return sp.expand(moved.subs(x, x + place), power_base=False) if not e.has(sp.Piecewise) else _in_branches(moved, x, place)


def _in_branches(e: Any, x: Any, place: Any) -> Any:
    """The values of a function by cases moved to a place, its conditions being moved already."""
    held = {c: sp.Dummy() for p in e.atoms(sp.Piecewise) for _, c in p.args if c not in (sp.true, sp.false)}
    marks = {c: sp.Gt(d, 0) for c, d in held.items()}
    put = e.xreplace(marks).subs(x, x + place)
    return put.xreplace({v: k for k, v in marks.items()})


def _of_impulses(body: Any, x: Any, y: Any, context: Context) -> Any:
    value, _ = definite_value(body * sp.exp(-sp.I * y * x), x, -sp.oo, sp.oo, context)
    return short(value, context)


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
        near = f if wave is sp.cos else f * t
        if f != 0 and not f.has(sp.Piecewise) and diverges(near, t, sp.S.Zero, sp.S.One) is not None:
            context.note("the integral diverges")
            return MISSING
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


def _place(body: Any, x: Any) -> Any:
    """The one place other than 0 at which a function has its corners or about which it is symmetric, as the poles of a rational one may be;
    `None` where there is none, or where there are more."""
    places: set[Any] = set()
    if body.is_rational_function(x) and body.has(x) and not body.has(sp.I):
        for p, _ in sp.factor_list(sp.fraction(sp.cancel(sp.together(body)))[1], x)[1]:
            if sp.degree(p, x) not in (1, 2):
                return None
            places.add(sp.cancel(-sp.Poly(p, x).all_coeffs()[1] / (sp.degree(p, x) * sp.Poly(p, x).LC())))
    bent = body.atoms(sp.Abs, sp.sign, sp.Max, sp.Min, sp.Heaviside, HyperbolicFunction)
    insides = [g.args[0] - g.args[1] if len(g.args) == 2 else g.args[0] for g in bent]
    insides += [
        r.lhs - r.rhs for g in body.atoms(sp.Piecewise) for _, c in g.args for r in c.atoms(sp.core.relational.Relational)
    ]
    if any(len(g.args) > 2 for g in body.atoms(sp.Max, sp.Min)):
        return None
    for u in insides:
        if u.has(x):
            if not u.is_polynomial(x) or sp.degree(u, x) != 1:
                return None
            places.add(sp.cancel(-u.subs(x, 0) / sp.diff(u, x)))
    place = places.pop() if len(places) == 1 else sp.S.Zero
    return None if place == 0 else place


def _by_rule(body: Any, x: Any, y: Any) -> Any:
    place, frequency = sp.Dummy(x.name, real=True), sp.Dummy(y.name, real=True)
    found = fourier_by_rule(body.xreplace({x: place}), place, frequency)
    return None if found is None else tidy(found).xreplace({frequency: y, place: x})


def _by_methods(body: Any, x: Any, y: Any, context: Context) -> Any:
    """The transform of a function whose corners lie at numbers, by the first method that applies."""
    by_rule = _by_rule(body, x, y)
    if by_rule is not None:
        return by_rule

    def ruled(f: Any) -> Any:
        found = _by_rule(f, x, y)
        return None if found is None else (found, -sp.oo, sp.true)

    by_sign = attempt(by_bends, body, x, ruled)
    if by_sign is not None and _required(by_sign[2], context):
        if by_sign[0].has(sp.Piecewise):
            for pole in real_poles(by_sign[0], y):
                context.require(lift(sp.Ne(y, pole), context))
        return by_sign[0]
    said = len(context.notes), len(context.conditions)
    closed = transformed(body, x, y, context)
    if closed is not None:
        return closed if isinstance(closed, Const) else _shortened(closed, context)
    del context.notes[said[0] :], context.conditions[said[1] :]
    quadratic = attempt(_over_quadratic, body, x, y)
    if quadratic is not None and _required(quadratic[1], context):
        return short(quadratic[0], context)

    def told(f: Any) -> Any:
        """By rule or in closed form, if neither asks for anything."""
        found, aside = ruled(f), context.aside()
        if found is None and f != body:
            value = transformed(f, x, y, aside)
            found = (
                None
                if value is None or isinstance(value, Const) or aside.conditions
                else (_shortened(value, aside), -sp.oo, sp.true)
            )
        return found

    by_positive = attempt(by_parity, body, x, told)
    if by_positive is not None and _required(by_positive[2], context):
        return by_positive[0]
    if body.has(sp.DiracDelta):
        return _of_impulses(body, x, y, context)
    halves = _by_halves(body, x, y, context) if not body.has(sp.I) else None
    if halves is not None:
        return halves if isinstance(halves, Const) else short(halves, context)
    value, condition = definite_value(body * sp.exp(-sp.I * y * x), x, -sp.oo, sp.oo, context)
    if not _required(condition, context):
        raise NoClosedForm("the conditions of this transform could not be written down")
    return short(value, context)


def _over_quadratic(body: Any, x: Any, y: Any) -> tuple[Any, Any] | None:
    """A fraction over a power of a quadratic with names in it, and the condition that this has no zero."""
    if not body.is_rational_function(x) or not body.free_symbols - {x}:
        return None
    whole = sp.cancel(sp.together(body))
    cosine, sine = (wave_over_quadratic(whole * wave(y * x), x, -sp.oo, sp.oo) for wave in (sp.cos, sp.sin))
    return None if cosine is None or sine is None else (cosine[0] - sp.I * sine[0], sp.And(cosine[1], sine[1]))


def _required(condition: Any, context: Context) -> bool:
    """Requires a condition; `False` where it cannot be written, or never holds."""
    wanted = as_condition(condition, context)
    if wanted is None or wanted == FALSE:
        return False
    if wanted != TRUE:
        context.require(wanted)
    return True
