"""Definite integrals: candidates from several methods, each compared with quadrature before it is believed.

What disagrees is thrown away and the next method tried. That makes no proof: the answer is checked again by the other route.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from twofold.core.meter import spent
from twofold.grammar.term import App, Bound, Term, Var, subterms
from twofold.symbolic import spot
from twofold.symbolic.attempt import attempt
from twofold.symbolic.calculus.brackets import by_antiderivative, by_pieces, in_one_case
from twofold.symbolic.calculus.cells import MISSING
from twofold.symbolic.calculus.conditions import by_gauss, exceptional, follows, for_real_names, under_roots, without_gaps
from twofold.symbolic.calculus.definite_methods import (
    Method,
    alone,
    from_table,
    frullani,
    keyhole,
    of_exponential,
    oscillating,
    periods,
    positive_oscillating,
    positive_pieces,
    positive_residues,
    positive_search,
    recognised,
    reflected,
    residues,
    term_by_term,
    under_integral,
)
from twofold.symbolic.calculus.divergences import divergence, signed
from twofold.symbolic.calculus.impulses import at_impulses
from twofold.symbolic.calculus.inner_poles import dominated, inner_pole
from twofold.symbolic.calculus.kinked_cases import KINKED, kinked_cases, poles
from twofold.symbolic.calculus.kinks import pieces, whole_parts
from twofold.symbolic.calculus.log_sizes import with_sizes
from twofold.symbolic.calculus.poles import poles_outside
from twofold.symbolic.calculus.polynomial_ranges import over_ranges
from twofold.symbolic.calculus.quadrature import quadrature_agrees
from twofold.symbolic.calculus.searches import by_sympy
from twofold.symbolic.calculus.whole_cases import whole_cases
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.definite.brackets import by_bracket
from twofold.symbolic.definite.repeats import by_repetition, raabe
from twofold.symbolic.definite.scales import halved
from twofold.symbolic.effort import within
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower
from twofold.symbolic.theorems.folding import folded
from twofold.symbolic.tidy import short


def definite(context: Context, term: Bound) -> Term:
    """The integral from a to b, oriented; `oo` where it diverges so, `"does not exist"` where it has no value at all."""
    bracketed = by_bracket(term, context)
    if bracketed is not None:
        return bracketed
    half = folded(term, context.assumptions) if _is_of_size(term, context) else None
    if half is not None:
        return definite(context, half)
    unevaluated = lower(term, context)
    f, (x, a, b) = unevaluated.args
    kinked = any(g.has(x) and g.free_symbols - {x} for g in f.atoms(*KINKED))
    marks = list(context.notes), list(context.conditions)
    try:
        found, condition = whole_cases(f, x, a, b, context, _conditioned) or _conditioned(f, x, a, b, context)
    except NoClosedForm:
        made = kinked_cases(term, context, _conditioned) if kinked or poles(f, x) else None
        if made is None:
            raise
        return made
    if kinked and (condition != sp.true or found.has(sp.Piecewise, sp.Max, sp.Min) or _gains_conditions(found)):
        made = kinked_cases(term, context, _conditioned)
        if made is not None:
            return made
        context.notes[:], context.conditions[:] = marks
    if condition != sp.true:
        context.require(lift(condition, context))
    if found is sp.nan:
        return MISSING
    if found.is_infinite:
        context.note("diverges")
    return lift(found, context)


def _gains_conditions(found: Any) -> bool:
    """Whether a value has signs beside logarithms that have no value for some of the names in them, as where there is no corner at all."""
    return found.has(sp.sign) and any(g.free_symbols and not g.args[0].is_positive for g in found.atoms(sp.log))


def _is_of_size(term: Bound, context: Context) -> bool:
    """Whether the absolute value of the variable stands in an integrand of real numbers: the half in which it is the variable is simpler."""
    (x,) = term.symbols
    sizes = (t for t in subterms(term.body) if isinstance(t, App) and t.op == "abs")
    return context.reading == "real" and not term.shape and x.kind == "real" and any(t.args == (Var(x),) for t in sizes)


def _conditioned(f: Any, x: Any, a: Any, b: Any, context: Context) -> tuple[Any, Any]:
    """The integral and all that it needs: as `definite_value`, with the poles of the integrand and the denominators and roots of the
    value."""
    found, condition = definite_value(f, x, a, b, context)
    if found.has(sp.I):
        # The error function of an imaginary number is written with the real function that it is.
        found = found.replace(
            lambda e: isinstance(e, sp.erf) and (e.args[0] / sp.I).is_real, lambda e: sp.I * sp.erfi(e.args[0] / sp.I)
        )
    outside = sp.And(*(r for r in sp.And.make_args(poles_outside(f, x, a, b, condition)) if not follows(r, context)))
    if outside == sp.false:
        return sp.nan, sp.true
    if outside != sp.true:
        condition = for_real_names(sp.And(condition, outside))
    sized, same_sign = within(0.5, with_sizes, found, f, a, b, condition, context) or (found, sp.true)
    if sized != found or same_sign != sp.true:
        both = sp.And(condition, same_sign)
        agreed = within(0.5, quadrature_agrees, sized, both, f, x, a, b, context)
        if agreed or (agreed is None and not found.has(sp.I)):
            found, condition = short(sized, context), both
    pole = _inner_pole(f, x, a, b, condition, context)
    if pole is not None:
        condition = sp.And(condition, dominated(pole, x))
        if condition == sp.false or _inner_pole(f, x, a, b, condition, context) is not None:
            raise NoClosedForm("the integrand has poles in the range for some values of the names")
    condition = sp.And(condition, exceptional(found, (f, a, b), x, condition, context))
    under = under_roots(found, (f, a, b), x, condition, context)
    if under != sp.true:
        condition = for_real_names(sp.And(condition, under))
    return found, _without_removable(found, condition, f, x, a, b, context)


_REMOVABLE = 3
"""Single values of parameters for which the integral is worked out again."""


def _without_removable(found: Any, condition: Any, f: Any, x: Any, a: Any, b: Any, context: Context) -> Any:
    """The condition without the single values of names that a method left out, but at which the value is right too."""
    if found is sp.nan or found.is_infinite:
        return condition
    parts = list(sp.And.make_args(condition))
    for r in [r for r in parts if isinstance(r, sp.Ne)][:_REMOVABLE]:
        gap = r.lhs - r.rhs
        s = next((n for n in sorted(r.free_symbols, key=str) if gap.is_polynomial(n) and sp.degree(gap, n) == 1), None)
        if s is None or not gap.coeff(s).is_number:
            continue
        at = {s: -gap.subs(s, 0) / gap.coeff(s)}
        value = attempt(found.subs, at)
        if value is None or not value.is_finite or any(q.subs(at) == sp.false for q in parts if q is not r):
            continue
        if any(e.subs(at).has(sp.nan, sp.zoo) for e in (f, a, b)):
            continue
        try:
            made = within(0.5, attempt, definite_value, *(e.subs(at) if e is not x else x for e in (f, x, a, b)), context)
        except NoClosedForm:
            continue
        if made is None or made[0] is sp.nan or sp.simplify(made[0] - value) != 0:
            continue
        known = {sp.sympify(q).subs(at) for q in parts if q is not r}
        if made[1] == sp.true or {*sp.And.make_args(made[1])} <= {p for q in known for p in sp.And.make_args(q)}:
            parts.remove(r)
    return sp.And(*parts)


def _inner_pole(*question: Any) -> Any:
    """As `inner_pole`; where there was no time to look, nothing is claimed."""
    found = within(0.5, lambda: (inner_pole(*question),))
    if found is None:
        raise NoClosedForm("there was no time to look for poles of the integrand inside the range")
    return found[0]


def definite_value(f: Any, x: Any, a: Any, b: Any, context: Context) -> tuple[Any, Any]:
    """The value of a definite integral and the condition under which it is that. Raises `NoClosedForm`."""
    if a == b or f == 0:
        return sp.S.Zero, sp.true
    if not f.has(x):
        return f * (b - a), sp.true
    exact = attempt(over_ranges, f, ((x, a, b),))
    if exact is not None:
        return short(exact, context), sp.true
    if f.has(sp.Mod):
        return definite_value(whole_parts(f), x, a, b, context)
    if f.has(sp.DiracDelta):
        return at_impulses(f, x, a, b, lambda *t: definite_value(*t, context))
    repeated = raabe(f, x, a, b) or attempt(by_repetition, f, x, a, b, _plainly(context))
    if repeated is not None:
        return short(repeated, context), sp.true
    shifts = _shifts((f.free_symbols | a.free_symbols | b.free_symbols) - {x}, context)
    if shifts:
        # A shifted name would not show that it is bounded above too.
        between = any(spot.range_of(s, context).upper is not None for s in shifts)
        decided = _decided(f, x, a, b, context) if between else None
        if decided is not None:
            return decided
        made = definite_value(f.xreplace(shifts), x, a.xreplace(shifts), b.xreplace(shifts), context)
        back = {moved.free_symbols.pop(): name - moved.as_coeff_Add()[0] for name, moved in shifts.items()}
        return short(made[0].subs(back), context), made[1].subs(back)
    cut = pieces(f, x, a, b)
    if cut is not None:
        parts = [definite_value(g, x, low, high, context) for g, low, high in cut]
        if any(value is sp.nan for value, _ in parts):
            return sp.nan, sp.true
        total = sp.Add(*(value for value, _ in parts))
        return total if total is sp.nan else short(total, context), sp.And(*(condition for _, condition in parts))
    value = divergence(f, x, a, b)
    if value is not None:
        return value, sp.true
    best: tuple[Any, Any] | None = None
    deadline = spent() + min(LONGEST, context.seconds)
    tried: list[Any] = []
    for method, share in _METHODS:
        left = deadline - spent()
        try:
            found = within(min(left, share), method, f, x, a, b, context) if left > 0.02 else None
        except NoClosedForm:
            continue
        if found is None:
            continue
        value, given = without_gaps(found[0])
        value, converges = by_gauss(value)
        given = given if given == sp.true else for_real_names(given)
        if given is None:
            continue
        condition = sp.And(found[1], given, converges)
        if value.has(sp.AccumBounds):
            return sp.nan, condition
        if value.has(sp.Integral, sp.zoo) or value.has(sp.nan) and value is not sp.nan or condition == sp.false or value in tried:
            continue
        tried.append(value)
        if not _writable(value, context) or any(g.has(sp.oo, sp.S.NegativeInfinity) for g in value.atoms(sp.Function)):
            continue
        if value.has(sp.oo, sp.S.NegativeInfinity) and (value.is_Add or not signed(value, f, x, a, b, context)):
            continue
        if value.has(sp.meijerg, sp.polar_lift, sp.exp_polar) or any(p.base.is_zero for p in value.atoms(sp.Pow)):
            continue
        if method is recognised:
            # Found from quadrature, so this would say nothing; the note says what it is.
            return value, condition
        agreed = within(0.5, quadrature_agrees, value, condition, f, x, a, b, context)
        if agreed is True:
            return value if method is from_table else short(value, context), condition
        if agreed is None and best is None:
            best = value, condition
            if method in _THEOREMS:
                break
    if best is not None:
        return short(best[0], context), best[1]
    decided = _decided(f, x, a, b, context) if (f.free_symbols | a.free_symbols | b.free_symbols) - {x} else None
    if decided is not None:
        return decided
    raise NoClosedForm("no method applies to this integral")


def _decided(f: Any, x: Any, a: Any, b: Any, context: Context) -> tuple[Any, Any] | None:
    """The bracket of an antiderivative whose form the declarations decide, where quadrature confirms it."""
    found = within(0.5, attempt, in_one_case, f, x, a, b, context)
    if found is None or not within(0.5, quadrature_agrees, *found, f, x, a, b, context):
        return None
    return short(found[0], context), found[1]


def _plainly(context: Context) -> Callable[..., Any]:
    """The value of a definite integral where it is finite and has no condition, otherwise `None`."""

    def value(f: Any, x: Any, a: Any, b: Any) -> Any:
        try:
            found, condition = definite_value(f, x, a, b, context)
        except NoClosedForm:
            return None
        return found if condition == sp.true and found.is_finite is not False else None

    return value


LONGEST = 1.6
"""Seconds of processor time for one definite integral."""


def _writable(value: Any, context: Context) -> bool:
    """Whether a value can be typed."""
    try:
        lift(value, context)
    except NoClosedForm:
        return value is sp.nan
    return True


def _shifts(names: set[Any], context: Context) -> dict[Any, Any]:
    """Names with a lower bound other than 0 as that bound plus something positive, which lets SymPy see the sign of `a - 1`."""
    out = {}
    for s in names:
        known = spot.range_of(s, context)
        if s.is_real and not s.is_integer and known.lower not in (None, 0):
            start = sp.Rational(known.lower.numerator, known.lower.denominator)
            out[s] = start + sp.Dummy(s.name, positive=True) if known.open_lower else start + sp.Dummy(s.name, nonnegative=True)
    return out


_halved = alone(lambda f, x, a, b, context: halved(f, x, a, b, context, _plainly(context)))
_THEOREMS = (from_table, periods, frullani, residues, positive_residues, keyhole, oscillating, positive_oscillating, term_by_term)
"""Methods whose value needs no quadrature to be believed where quadrature cannot tell."""

_METHODS: tuple[tuple[Method, float], ...] = (
    (by_antiderivative, 0.5),
    (from_table, 0.5),
    (periods, 0.5),
    (frullani, 0.5),
    (oscillating, 0.5),
    (positive_oscillating, 0.5),
    (reflected, 0.5),
    (residues, 1.0),
    (keyhole, 0.7),
    (term_by_term, 0.7),
    (of_exponential, 0.7),
    (_halved, 1.0),
    (positive_residues, 0.7),
    (by_pieces, 0.8),
    (under_integral, 0.8),
    (recognised, 0.8),
    (positive_pieces, 0.7),
    (by_sympy, 0.8),
    (positive_search, 0.8),
)
"""The methods in their order, each with the processor time it may take."""
