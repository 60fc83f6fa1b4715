"""Definite integrals: candidates from several methods, each compared with quadrature before it is believed.

What disagrees is thrown away and the next method tried. That makes no proof: the answer is checked again by the other route.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, TypeAlias

import sympy as sp

from twofold.core.meter import spent
from twofold.grammar.term import App, Bound, Term, free_symbols
from twofold.symbolic import spot
from twofold.symbolic.arithmetic import text
from twofold.symbolic.attempt import attempt
from twofold.symbolic.calculus.antiderivatives import by_table, primitive
from twofold.symbolic.calculus.conditions import exceptional, for_real_names, real_roots
from twofold.symbolic.calculus.kinks import pieces
from twofold.symbolic.calculus.limits import limit_at
from twofold.symbolic.calculus.poles import poles_outside
from twofold.symbolic.calculus.polynomial_ranges import over_ranges
from twofold.symbolic.calculus.quadrature import float_quadrature, quadrature_agrees
from twofold.symbolic.calculus.residues import by_residues
from twofold.symbolic.calculus.table import by_table_of_ranges
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.definite.brackets import by_bracket
from twofold.symbolic.definite.convergence import diverges
from twofold.symbolic.definite.frullani import by_frullani
from twofold.symbolic.definite.keyhole import by_keyhole
from twofold.symbolic.definite.oscillating import by_terms, over_power
from twofold.symbolic.definite.parameters import by_parameter
from twofold.symbolic.definite.periods import over_period
from twofold.symbolic.definite.recognise import recognised_integral
from twofold.symbolic.definite.repeats import by_repetition, raabe
from twofold.symbolic.definite.scales import halved, in_exponential
from twofold.symbolic.definite.symmetry import by_symmetry
from twofold.symbolic.effort import within
from twofold.symbolic.float_functions import compiled
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower
from twofold.symbolic.tidy import short

MISSING = text("does not exist")
Method: TypeAlias = "Callable[[Any, Any, Any, Any, Context], tuple[Any, Any] | None]"


def definite(context: Context, term: Bound) -> Term:
    """The integral from a to b, oriented; `oo` where it diverges so, `"does not exist"` where it has no value at all."""
    # A single value of the variable, excluded from an inner integral, changes nothing.
    symbol = term.symbols[0]
    context.conditions[:] = [
        c for c in context.conditions if not (isinstance(c, App) and c.op == "ne" and symbol in free_symbols(c))
    ]
    bracketed = by_bracket(term, context)
    if bracketed is not None:
        return bracketed
    unevaluated = lower(term, context)
    f, (x, a, b) = unevaluated.args
    found, condition = definite_value(f, x, a, b, context)
    outside = sp.And(*(r for r in sp.And.make_args(poles_outside(f, x, a, b, condition)) if not _known(r, context)))
    if outside == sp.false:
        return MISSING
    if outside != sp.true:
        condition = for_real_names(sp.And(condition, outside))
    condition = sp.And(condition, exceptional(found, (f, a, b), x, condition, context))
    under = _under_roots(found, (f, a, b), x, condition, context)
    if under != sp.true:
        condition = for_real_names(sp.And(condition, under))
    if condition != sp.true:
        context.require(lift(condition, context))
    if found is sp.nan:
        return MISSING
    if found.is_infinite:
        context.note("diverges")
    return lift(found, context)


def _under_roots(value: Any, given: tuple[Any, ...], x: Any, condition: Any, context: Context) -> Any:
    """That what stands under the roots of a value is not negative, as far as the condition does not say so."""
    said = (r for r in sp.And.make_args(condition) if isinstance(r, (sp.Gt, sp.Ge, sp.Lt, sp.Le)))
    known = {sp.expand(r.gts - r.lts) for r in said}
    out = []
    for r in sp.And.make_args(real_roots(value, sp.Tuple(*given), x)):
        if isinstance(r, sp.Rel):
            # A quotient has the sign of the product of its parts.
            over, under = sp.fraction(sp.together(r.lhs))
            side = over * under if under.free_symbols else r.lhs
            if sp.expand(side) not in known and not _is_positive(side, context):
                out.append(r.func(side, 0))
    return sp.And(*out)


def _known(relation: Any, context: Context) -> bool:
    """Whether a strict inequality for a linear function of one name follows from the bound that is known of it."""
    strict = isinstance(relation, (sp.StrictGreaterThan, sp.StrictLessThan))
    return strict and _is_positive(relation.gts - relation.lts, context, True)


def _is_positive(e: Any, context: Context, strictly: bool = False) -> bool:
    """Whether a linear function of one name is positive or 0 (but not where it is to be so strictly) at the bound that is known of it, and
    grows from there."""
    if len(e.free_symbols) != 1 or not e.is_polynomial() or sp.degree(e) != 1:
        return False
    (s,) = e.free_symbols
    known = spot.range_of(s, context)
    upwards = bool(e.diff(s) > 0)
    bound, is_open = (known.lower, known.open_lower) if upwards else (known.upper, known.open_upper)
    if bound is None:
        return False
    there = e.subs(s, sp.Rational(bound.numerator, bound.denominator))
    return bool(there > 0) or bool(there == 0) and (is_open or not strictly)


def definite_value(f: Any, x: Any, a: Any, b: Any, context: Context) -> tuple[Any, Any]:
    """The value of a definite integral and the condition under which it is that. Raises `NoClosedForm`."""
    if a == b or f == 0:
        return sp.S.Zero, sp.true
    if not f.has(x):
        return f * (b - a), sp.true
    exact = attempt(over_ranges, f, ((x, a, b),))
    if exact is not None:
        return short(exact, context), sp.true
    if f.has(sp.DiracDelta):
        return _impulses(f, x, a, b, context)
    repeated = _repeated(f, x, a, b, context)
    if repeated is not None:
        return short(repeated, context), sp.true
    shifts = _shifts((f.free_symbols | a.free_symbols | b.free_symbols) - {x}, context)
    if shifts:
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
    value = _divergence(f, x, a, b)
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
        value, condition = found
        if value.has(sp.AccumBounds):
            return sp.nan, condition
        if value.has(sp.Integral, sp.zoo) or value.has(sp.nan) and value is not sp.nan or condition == sp.false or value in tried:
            continue
        tried.append(value)
        if not _writable(value, context) or any(g.has(sp.oo, sp.S.NegativeInfinity) for g in value.atoms(sp.Function)):
            continue
        if value.has(sp.oo, sp.S.NegativeInfinity) and (value.is_Add or not _signed(value, f, x, a, b, context)):
            continue
        if value.has(sp.meijerg, sp.polar_lift, sp.exp_polar) or any(p.base.is_zero for p in value.atoms(sp.Pow)):
            continue
        if method is _recognised:
            # Found from quadrature, so this would say nothing; the note says what it is.
            return value, condition
        agreed = within(0.5, quadrature_agrees, value, condition, f, x, a, b, context)
        if agreed is True:
            return value if method is _from_table else short(value, context), condition
        if agreed is None and best is None:
            best = found
            if method in _THEOREMS:
                break
    if best is not None:
        return short(best[0], context), best[1]
    raise NoClosedForm("no method applies to this integral")


def _signed(value: Any, f: Any, x: Any, a: Any, b: Any, context: Context) -> bool:
    """Whether the integrand, with the order of the ends, has the sign of an infinite value somewhere for every sample of the parameters."""
    names = (f.free_symbols | a.free_symbols | b.free_symbols) - {x}
    for point in spot.points(names, context, 6) if names and value in (sp.oo, sp.S.NegativeInfinity) else ():
        low, high = a.subs(point), b.subs(point)
        if not (low.is_extended_real and high.is_extended_real) or low == high:
            continue
        ends = [low if low.is_finite else sp.Integer(-40), high if high.is_finite else sp.Integer(40)]
        turn = 1 if ends[0] < ends[1] else -1
        places = [ends[0] + (ends[1] - ends[0]) * sp.Rational(k, 20) for k in (1, 7, 13, 19)]
        values = [spot.value(f, {**point, x: p}) for p in places]
        real = [complex(v).real for v in values if v is not None]
        if real and not any(turn * v * (1 if value is sp.oo else -1) > 0 for v in real):
            return False
    return True


def _repeated(f: Any, x: Any, a: Any, b: Any, context: Context) -> Any:
    """By repetition over the half line; by Raabe's integral."""

    def value(g: Any, low: Any, high: Any) -> Any:
        try:
            found, condition = definite_value(g, x, low, high, context)
        except NoClosedForm:
            return None
        return found if condition == sp.true and found.is_finite is not False else None

    found = raabe(f, x, a, b)
    return attempt(by_repetition, f, x, a, b, value) if found is None else found


def _impulses(f: Any, x: Any, a: Any, b: Any, context: Context) -> tuple[Any, Any]:
    """Every impulse at a place inside the range gives the value of its factor there. Raises `NoClosedForm` where the place is an end or not known."""
    total, condition = sp.S.Zero, sp.true
    for t in sp.Add.make_args(sp.expand(f)):
        impulses = [g for g in sp.Mul.make_args(t) if isinstance(g, sp.DiracDelta) and g.has(x)]
        if not impulses:
            value, given = definite_value(t, x, a, b, context)
            total, condition = total + value, sp.And(condition, given)
            continue
        slope = sp.diff(impulses[0].args[0], x)
        if len(impulses) > 1 or len(impulses[0].args) > 1 or slope.has(x) or slope.is_zero is not False:
            raise NoClosedForm("no rule for this impulse")
        place = -impulses[0].args[0].subs(x, 0) / slope
        inside = [(place - a).is_positive if a.is_finite else True, (b - place).is_positive if b.is_finite else True]
        outside = [(place - a).is_negative if a.is_finite else False, (b - place).is_negative if b.is_finite else False]
        if True in outside:
            continue
        if inside != [True, True]:
            raise NoClosedForm("the place of an impulse is not known to lie inside the range")
        total += (t / impulses[0]).subs(x, place) / sp.Abs(slope)
    return total, condition


LONGEST = 1.6
"""Seconds of processor time for one definite integral."""


def _divergence(f: Any, x: Any, a: Any, b: Any) -> Any:
    if not (a.is_number and b.is_number and a.is_extended_real and b.is_extended_real) or _settles(f, x, a, b):
        return None
    if a > b:
        turned = diverges(f, x, b, a)
        return None if turned is None else -turned
    return diverges(f, x, a, b)


def _settles(f: Any, x: Any, a: Any, b: Any) -> bool:
    """Whether quadrature converges for an integrand that has no singular point between the ends and does not oscillate for ever: its transformed
    values die away at both ends faster than any power, which those of a divergent integral do not."""
    if f.free_symbols != {x} or (a.is_infinite or b.is_infinite) and f.has(sp.sin, sp.cos) and not f.has(sp.exp):
        return False
    if f.has(sp.tan, sp.cot, sp.sec, sp.csc, sp.Piecewise, sp.floor, sp.ceiling):
        return False
    domain = [p.base for p in f.atoms(sp.Pow) if p.exp.is_negative and p.base.has(x) and not p.base.is_positive]
    if any(_vanishes_between(u, x, a, b) if u.is_polynomial(x) else _changes_sign(u, x, a, b) for u in domain):
        return False
    found = float_quadrature(f, x, a, b)
    return found is not None and found[1] <= 1e-9 * (1 + abs(found[0]))


def _vanishes_between(u: Any, x: Any, a: Any, b: Any) -> bool:
    """Whether a polynomial may have a zero inside the range, by Sturm's theorem."""
    count = attempt(lambda: sp.Poly(u, x).count_roots(None if a.is_infinite else a, None if b.is_infinite else b))
    ends = [e for e in (a, b) if e.is_finite and u.subs(x, e) == 0]
    return count is None or count > len(ends)


def _changes_sign(u: Any, x: Any, a: Any, b: Any) -> bool:
    """Whether values inside the range have both signs, or too many are missing."""
    made = attempt(compiled, u, [x])
    if made is None:
        return True
    signs = []
    for k in range(1, _GRID):
        t = math.log(k / (_GRID - k))
        at = (
            (float(a) * (_GRID - k) + float(b) * k) / _GRID
            if a.is_finite and b.is_finite
            else float(a) + math.exp(1.2 * t)
            if a.is_finite
            else float(b) - math.exp(-1.2 * t)
            if b.is_finite
            else math.sinh(t)
        )
        value = attempt(made, (at,))
        if value is not None:
            signs.append((value > 0) - (value < 0))
    return len(signs) < _GRID // 2 or len(set(signs)) > 1


_GRID = 61


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


def _by_antiderivative(f: Any, x: Any, a: Any, b: Any, context: Context) -> tuple[Any, Any] | None:
    """Quick: the short table, on a finite range where the integrand has no pole; otherwise `None`."""
    table = attempt(by_table, f, x)
    if table is None or a.is_infinite or b.is_infinite:
        return None
    if not (f.is_polynomial(x) or all(e.is_nonnegative and e.is_Integer for e in _exponents(f, x))):
        return None
    return short(table.subs(x, b) - table.subs(x, a), context), sp.true


def _exponents(f: Any, x: Any) -> list[Any]:
    """Exponents of powers in which the variable stands in the base: where all are whole, the integrand has no singular point."""
    return [p.exp for p in f.atoms(sp.Pow) if p.base.has(x)]


def _from_table(f: Any, x: Any, a: Any, b: Any, context: Context) -> tuple[Any, Any] | None:
    found = attempt(by_table_of_ranges, f, x, a, b)
    if found is None:
        return None
    condition = for_real_names(found[1])
    return None if condition is None else (found[0], condition)


def _by_residues(f: Any, x: Any, a: Any, b: Any, context: Context) -> tuple[Any, Any] | None:
    found = attempt(lambda g, y: by_residues(g, y, a, b, context), f, x)
    return None if found is None else (found, sp.true)


def _by_sympy(f: Any, x: Any, a: Any, b: Any, context: Context) -> tuple[Any, Any] | None:
    found = attempt(lambda g, y: sp.integrate(g, (y, a, b), heurisch=False), f, x)
    return None if found is None else _first_branch(found, context)


def _first_branch(found: Any, context: Context) -> tuple[Any, Any] | None:
    """The value by cases as one value and its condition, read for real parameters."""
    condition: Any = sp.true
    found = sp.piecewise_fold(found) if found.has(sp.Piecewise) and not isinstance(found, sp.Piecewise) else found
    while isinstance(found, sp.Piecewise):
        value, given = found.args[0]
        real = for_real_names(given)
        if real is None:
            return None
        if real == sp.false or real.atoms(sp.Eq):
            # An exceptional value of a parameter; the generic one is what is asked for.
            if len(found.args) == 1:
                return None
            found = sp.Piecewise(*found.args[1:])
            continue
        found, condition = value, sp.And(condition, real)
    if found.has(sp.Integral):
        return None
    return short(_real_form(found, context), context), condition


def _real_form(found: Any, context: Context) -> Any:
    """A value without polar numbers, and without an imaginary unit that cancels."""
    made = sp.unpolarify(found)
    if context.reading == "real" and made.is_number and made.has(sp.I) and not made.is_infinite:
        real, imaginary = made.evalf(30).as_real_imag()
        if abs(imaginary) < 1e-20 * (1 + abs(real)):
            split = sp.expand(made, complex=True)
            if not split.has(sp.I, sp.re, sp.im, sp.arg):
                return split
    return made


def _positive(method: Method) -> Method:
    """A method with every real parameter of unknown sign taken to be positive, under that condition."""

    def run(f: Any, x: Any, a: Any, b: Any, context: Context) -> tuple[Any, Any] | None:
        parameters = (f.free_symbols | a.free_symbols | b.free_symbols) - {x}
        names = [s for s in parameters if s.is_real and s.is_positive is None and s.is_negative is None]
        if not names:
            return None
        stand_in = {s: sp.Symbol(s.name, positive=True, **({"integer": True} if s.is_integer else {})) for s in names}
        found = method(f.xreplace(stand_in), x, a.xreplace(stand_in), b.xreplace(stand_in), context)
        if found is None:
            return None
        back = {v: k for k, v in stand_in.items()}
        value, condition = (e.xreplace(back) for e in found)
        # What is even in a parameter needs its size only.
        even = [s for s in names if value.has(s) and all(sp.expand(e - e.subs(s, -s)) == 0 for e in (f, a, b) if e.is_finite)]
        value = value.xreplace({s: sp.Abs(s) for s in even})
        signs = (sp.Ne(s, 0) if s in even else s > 0 for s in names if value.has(s))
        return value, sp.And(condition, *signs)

    return run


_positive_residues, _positive_sympy = _positive(_by_residues), _positive(_by_sympy)


def _with_condition(rule: Callable[..., Any]) -> Method:
    """A rule that finds a value and its condition."""

    def run(f: Any, x: Any, a: Any, b: Any, context: Context) -> tuple[Any, Any] | None:
        found = attempt(rule, f, x, a, b, context)
        if found is None:
            return None
        condition = for_real_names(found[1])
        return None if condition is None else (found[0], condition)

    return run


def _alone(rule: Callable[..., Any]) -> Method:
    """A rule that finds a value; where it holds is left to quadrature at admissible values of the parameters."""

    def run(f: Any, x: Any, a: Any, b: Any, context: Context) -> tuple[Any, Any] | None:
        found = attempt(rule, f, x, a, b, context)
        return None if found is None else (found, sp.true)

    return run


def _by_parameter(f: Any, x: Any, a: Any, b: Any, context: Context) -> tuple[Any, Any] | None:
    conditions: list[Any] = []

    def inner(g: Any, y: Any, low: Any, high: Any, context: Context) -> Any:
        for method in (_from_table, _by_residues, _keyhole, _by_pieces):
            found = within(0.3, method, g, y, low, high, context)
            if found is not None and quadrature_agrees(found[0], found[1], g, y, low, high, context):
                conditions.append(found[1])
                return found[0]
        return None

    found = attempt(by_parameter, f, x, a, b, context, inner)
    return None if found is None else (short(found, context), sp.And(*conditions))


def _by_terms(f: Any, x: Any, a: Any, b: Any, context: Context) -> tuple[Any, Any] | None:
    conditions: list[Any] = []

    def value(g: Any, y: Any, low: Any, high: Any) -> Any:
        for method in (_from_table, _oscillating, _by_residues, _keyhole):
            found = within(0.3, method, g, y, low, high, context)
            if found is not None and found[1] != sp.false:
                conditions.append(found[1])
                return found[0]
        return None

    found = attempt(by_terms, f, x, a, b, value)
    return None if found is None else (found, sp.And(*conditions))


_oscillating = _alone(lambda f, x, a, b, context: over_power(f, x, a, b))


def _recognised(f: Any, x: Any, a: Any, b: Any, context: Context) -> tuple[Any, Any] | None:
    found = recognised_integral(f, x, a, b, context)
    return None if found is None else (found, sp.true)


_keyhole = _alone(by_keyhole)


def _in_exponential(f: Any, x: Any, a: Any, b: Any, context: Context) -> tuple[Any, Any] | None:
    conditions: list[Any] = []

    def value(g: Any, y: Any, low: Any, high: Any) -> Any:
        for method in (_from_table, _keyhole):
            found = within(0.3, method, g, y, low, high, context)
            if found is not None and found[1] != sp.false:
                conditions.append(found[1])
                return found[0]
        return None

    found = attempt(in_exponential, f, x, a, b, value)
    return None if found is None else (found, sp.And(*conditions))


def _halved(f: Any, x: Any, a: Any, b: Any, context: Context) -> tuple[Any, Any] | None:
    def value(g: Any, y: Any, low: Any, high: Any) -> Any:
        try:
            found, condition = definite_value(g, y, low, high, context)
        except NoClosedForm:
            return None
        return found if condition == sp.true and found.is_finite else None

    found = attempt(halved, f, x, a, b, context, value)
    return None if found is None else (found, sp.true)


def _by_pieces(f: Any, x: Any, a: Any, b: Any, context: Context) -> tuple[Any, Any] | None:
    """A checked antiderivative, with the range cut where the integrand or the antiderivative has a singular point or a jump."""
    found = primitive(f, x, context)
    if found is None or not (a.is_number and b.is_number):
        return None if found is None else _ends_only(found, f, x, a, b, context)
    if a > b:
        value = _by_pieces(f, x, b, a, context)
        return None if value is None else (-value[0], value[1])
    direct = _bracket(found, x, a, b)
    if direct is not None and quadrature_agrees(direct, sp.true, f, x, a, b, context) is True:
        return direct, sp.true
    domain = sp.Interval(a, b)
    found_cuts = [attempt(sp.singularities, e, x, domain) for e in (found, f)]
    if None in found_cuts:
        return None
    cuts = found_cuts[0] + found_cuts[1]
    if not isinstance(cuts, (sp.FiniteSet, type(sp.S.EmptySet))) or any(not c.is_number for c in cuts):
        return None
    places = [a, *sorted((c for c in cuts if a < c < b), key=lambda c: float(c)), b]
    total = sp.S.Zero
    for low, high in zip(places, places[1:], strict=False):
        upper = limit_at(found, x, high, "-", context)
        lower_end = limit_at(found, x, low, "+", context)
        if upper is None or lower_end is None:
            return sp.nan, sp.true
        total += upper - lower_end
    return (sp.nan, sp.true) if total is sp.nan else (short(total, context), sp.true)


def _bracket(found: Any, x: Any, a: Any, b: Any) -> Any:
    """F(b) - F(a) by substitution, for finite ends at which F has a value; `None` otherwise."""
    if a.is_infinite or b.is_infinite:
        return None
    ends = [found.subs(x, e) for e in (a, b)]
    if any(e.has(sp.nan, sp.zoo, sp.oo, sp.S.NegativeInfinity, sp.AccumBounds) for e in ends):
        return None
    return ends[1] - ends[0]


def _ends_only(found: Any, f: Any, x: Any, a: Any, b: Any, context: Context) -> tuple[Any, Any] | None:
    """The bracket of an antiderivative for symbolic ends, where nothing can be cut; quadrature has the last word."""
    ends = []
    for e, side in ((b, "-"), (a, "+")):
        value = limit_at(found, x, e, side, context) if e.is_infinite else found.subs(x, e)
        if value is not None and e.is_finite and value.has(sp.nan, sp.zoo, sp.oo, sp.S.NegativeInfinity):
            value = limit_at(found, x, e, side, context)
        if value is None or value.has(sp.nan):
            return None
        ends.append(value)
    infinite = [e for e in (ends[0], -ends[1]) if e.has(sp.oo, sp.S.NegativeInfinity)]
    if infinite:
        # Infinite at both ends, or with ends in either order, says nothing.
        single = len(infinite) == 1 and infinite[0].is_infinite and (b - a).is_positive
        return (infinite[0], sp.true) if single else None
    return short(ends[0] - ends[1], context), sp.true


_over_period = _with_condition(over_period)
_frullani = _with_condition(lambda f, x, a, b, context: by_frullani(f, x, a, b))
_THEOREMS = (_from_table, _over_period, _frullani, _by_residues, _positive_residues, _keyhole, _oscillating, _by_terms)
"""Methods whose value needs no quadrature to be believed where quadrature cannot tell."""

_METHODS: tuple[tuple[Method, float], ...] = (
    (_by_antiderivative, 0.5),
    (_from_table, 0.5),
    (_over_period, 0.5),
    (_frullani, 0.5),
    (_oscillating, 0.5),
    (_alone(by_symmetry), 0.5),
    (_by_residues, 1.0),
    (_keyhole, 0.7),
    (_by_terms, 0.7),
    (_in_exponential, 0.7),
    (_halved, 1.0),
    (_positive_residues, 0.7),
    (_by_pieces, 0.8),
    (_by_parameter, 0.8),
    (_recognised, 0.8),
    (_by_sympy, 0.8),
    (_positive_sympy, 0.8),
)
"""The methods in their order, each with the processor time it may take."""
