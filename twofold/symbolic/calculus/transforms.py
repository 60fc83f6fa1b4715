"""Laplace transforms."""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy.core.function import AppliedUndef

from twofold.core.diagnostic import fail
from twofold.grammar.term import FALSE, OO, App, Const, Term, Var, num
from twofold.symbolic import spot
from twofold.symbolic.asymptotic.expressions import limit_of
from twofold.symbolic.attempt import attempt
from twofold.symbolic.calculus.cells import MISSING
from twofold.symbolic.calculus.conditions import as_condition, for_real_names
from twofold.symbolic.calculus.definite import definite_value
from twofold.symbolic.calculus.inner_conditions import over_range
from twofold.symbolic.calculus.periodic_transforms import by_period
from twofold.symbolic.calculus.poles import growth, poles_outside
from twofold.symbolic.calculus.quadrature import quadrature
from twofold.symbolic.calculus.signed_names import by_bends, by_parity
from twofold.symbolic.calculus.wave_transforms import laplace_by_rule
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
    if time == frequency:
        raise fail("not-a-variable", "a transform is from one name to another", s.span, "write laplace(f, t, s)")
    over_range(context, time, num(0), OO)
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
    if body.atoms(AppliedUndef):
        raise NoClosedForm("the transform of an arbitrary function has no other form")
    bases = _open_bases(body, x)
    if bases:
        facts = [App("gt", (lift(b, inner), num(0)), (), "truth") for b in bases]
        for fact in facts:
            inner.require(fact)
        return laplace(context.given(*facts), f, t, s)
    body = _by_exponentials(body, x, inner)
    found = (
        attempt(laplace_by_rule, body, x, z)
        or attempt(_delayed, body, x, z)
        or attempt(by_bends, body, x, lambda f: attempt(laplace_by_rule, f, x, z))
        or attempt(by_period, body, x, z, _over_ranges(context))
    )
    if found is not None:
        value = found[0] if spikes == 0 else found[0] + spikes
        return _half_line((tidy(value), *found[1:]), frequency, z, inner, context, True)
    try:
        found = _by_tables(body, x, z, context, inner)
    except NoClosedForm:
        found = attempt(by_parity, body, x, lambda f: attempt(_by_tables, f, x, z, context, inner))
        if found is None:
            raise
    if found is None:
        return MISSING
    return _half_line((found[0] + spikes, *found[1:]), frequency, z, inner, context)


def _open_bases(body: Any, x: Any) -> list[Any]:
    """Names of unknown sign that a power with the time in its exponent asks to be positive."""
    powers = (p for p in body.atoms(sp.Pow) if p.base.is_Symbol and p.base != x and p.exp.has(x) and p.exp.is_polynomial(x))
    return sorted({p.base for p in powers if p.base.is_positive is None and p.base.is_real}, key=str)


def _over_ranges(context: Context) -> Any:
    """Integrals over finite ranges that have a value and need nothing."""

    def value(f: Any, x: Any, a: Any, b: Any) -> Any:
        found = attempt(definite_value, f, x, a, b, context)
        return found[0] if found is not None and found[1] == sp.true and found[0].is_finite is not False else None

    return value


def _by_exponentials(body: Any, x: Any, inner: Context) -> Any:
    """Powers of other bases than e as exponentials, under the condition that these bases are positive."""

    def turned(p: Any) -> Any:
        if not p.base.is_positive:
            inner.require(lift(sp.Gt(p.base, 0), inner))
        return sp.exp(p.exp * sp.log(p.base))

    def is_of_time(p: Any) -> bool:
        return bool(p.is_Pow and p.base is not sp.E and p.exp.has(x) and p.exp.is_polynomial(x) and not p.base.has(x))

    return body.replace(lambda p: is_of_time(p) and not p.base.is_nonpositive, turned)


def _by_tables(body: Any, x: Any, z: Any, context: Context, inner: Context) -> tuple[Any, Any, Any] | None:
    """The transform as SymPy knows it, or by integration; `None` where the integral diverges for every z."""
    found = _by_branches(body, x, z, context) if body.has(sp.Piecewise) else None
    if found is None:
        found = within(context.seconds, attempt, sp.laplace_transform, body, x, z)
    if found is None or not isinstance(found, tuple) or found[0].has(sp.LaplaceTransform, sp.Integral):
        if body.free_symbols <= {x} and all(diverges((body * sp.exp(-k * x)), x, sp.S.Zero, sp.oo) is not None for k in (3, 300)):
            context.note("the integral diverges")
            return None
        # The integral itself, for s > 0.
        value, condition = definite_value(body * sp.exp(-z * x), x, sp.S.Zero, sp.oo, context)
        if not value.is_finite and value.is_infinite:
            raise NoClosedForm("no method applies to this transform")
        found = (value, sp.S.Zero, condition)
    value, plane, condition = found
    outside = attempt(poles_outside, body, x, sp.S.Zero, sp.oo)
    condition = condition if outside is None else sp.And(condition, outside)
    if not _agrees(value, plane, body, x, z, inner):
        # SymPy's rules for logarithmic integrals are wrong for some numbers; the integral itself.
        made = attempt(definite_value, body * sp.exp(-z * x), x, sp.S.Zero, sp.oo, context)
        if made is None or not made[0].is_finite or not _agrees(made[0], plane, body, x, z, inner):
            raise NoClosedForm("the transform found does not agree with its integral")
        value, condition = made[0], sp.And(condition, made[1])
    if as_condition(condition, inner) == FALSE:
        raise NoClosedForm("no method applies to this transform")
    return value, _plane(value, plane, condition, body, x, z, inner), condition


def _plane(value: Any, plane: Any, condition: Any, body: Any, x: Any, z: Any, inner: Context) -> Any:
    """The number that z must be above for the integral to converge: the rate of growth where that is seen; none where the function falls faster than
    any exponential, and the transform found is the integral for a negative z too."""
    ahead = sp.Symbol("k", positive=True)
    plainly = condition if condition == sp.true else for_real_names(condition)
    parts = [] if plainly is None else [r for r in sp.And.make_args(plainly) if isinstance(r, (sp.Gt, sp.Lt)) and r.lts == 0]
    parts = [] if plainly is None else [r for r in sp.And.make_args(plainly) if isinstance(r, (sp.Gt, sp.Lt)) and r.lts == 0]
    names = [a for a in body.free_symbols if a.is_positive is None and any(r.gts == a for r in parts)]
    known = {a: sp.Dummy(a.name, positive=True) for a in names}
    if plane is sp.S.NegativeInfinity or plane == 0:
        rate = attempt(growth, body, x)
        if rate is not None and plane is sp.S.NegativeInfinity:
            return rate
        if rate is None and attempt(limit_of, body.xreplace(known) * sp.exp(ahead * x), x, sp.oo) == 0:
            return -sp.oo if _agrees(value, plane, body, x, z, inner, -1) else sp.S.Zero
        if plane is sp.S.NegativeInfinity:
            return sp.S.Zero
    return plane


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
    if rest.has(x) and not start.is_nonnegative:
        return None
    delay = start if start.is_nonnegative else sp.Max(0, start)
    shift = sp.Dummy("c", nonnegative=True)
    made = laplace_by_rule(sp.expand(rest.subs(x, x + shift), trig=True), x, z)
    if made is None:
        return None
    value, plane, condition = made
    return (sp.exp(-z * shift) * value).subs(shift, delay), plane.subs(shift, delay), condition.subs(shift, delay)


def _agrees(value: Any, plane: Any, body: Any, x: Any, z: Any, inner: Context, at: int = 2) -> bool:
    """Whether a transform is the integral at two admissible places, as far as quadrature can tell."""
    for point in spot.points((value.free_symbols | body.free_symbols) - {x, z}, inner, 2):
        start = sp.Max(at, plane.subs(point) + at) if plane.subs(point).is_finite else sp.Integer(at)
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
    if value.has(sp.Piecewise):
        for pole in real_poles(value, z):
            if not (plane - pole).is_nonnegative:
                inner.require(lift(sp.Ne(name, pole), inner))
    extra = as_condition(condition, inner)
    if extra == Const("false", sort="truth"):
        raise NoClosedForm("no method applies to this transform")
    if extra is not None and extra != Const("true", sort="truth"):
        inner.require(extra)
    made = (value if brief else short(value, context)).xreplace({z: name})
    if brief:
        context.settled.add(made)
    return lift(made, inner)


def real_poles(value: Any, z: Any) -> list[Any]:
    """The real zeros of linear factors in z of what is divided by."""
    below = {
        f for p in value.atoms(sp.Pow) if p.exp.is_negative and p.base.is_polynomial(z) for f, _ in sp.factor_list(p.base, z)[1]
    }
    linear = (sp.Poly(f, z) for f in sorted(below, key=sp.default_sort_key) if sp.degree(f, z) == 1)
    return [r for p in linear if (r := sp.cancel(-p.nth(0) / p.nth(1))).is_real]


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
