"""SymPy's conditions on complex parameters, read for real ones and written as terms."""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy.functions.elementary.complexes import periodic_argument, polar_lift

from twofold.grammar.term import TRUE, Term
from twofold.symbolic import spot
from twofold.symbolic.attempt import attempt
from twofold.symbolic.calculus.one_name import combined
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.lift import lift


def as_condition(condition: Any, context: Context) -> Term | None:
    """The condition as a term, or `None` where it cannot be written."""
    real = for_real_names(condition)
    if real is None:
        return None
    if real == sp.true:
        return TRUE
    try:
        return lift(real, context)
    except NoClosedForm:
        return None


def for_real_names(condition: Any) -> Any:
    """A condition about arguments and real parts of real quantities as inequalities between them; `None` where that fails."""
    made = sp.sympify(condition)
    made = made.replace(polar_lift, lambda z: z).replace(periodic_argument, lambda z, period: sp.arg(z))
    made = made.replace(sp.re, lambda z: z if z.is_real else sp.re(z)).replace(
        sp.im, lambda z: sp.S.Zero if z.is_real else sp.im(z)
    )
    for angle in sorted(made.atoms(sp.arg), key=sp.default_sort_key):
        z = angle.args[0]
        if not z.is_real:
            return None
        made = sp.Or(sp.And(z > 0, made.xreplace({angle: sp.S.Zero})), sp.And(z < 0, made.xreplace({angle: sp.pi})))
    if made.has(sp.arg, sp.re, sp.im, polar_lift, periodic_argument):
        return None
    if made in (sp.true, sp.false):
        return made
    made = _shorter(made) if len(made.atoms(sp.core.relational.Relational)) <= 6 else made
    made = made.replace(lambda r: isinstance(r, (sp.Gt, sp.Ge, sp.Lt, sp.Le)) and r.rhs == 0, _without_quotient)
    relations = made.atoms(sp.core.relational.Relational)
    names = made.free_symbols
    if len(names) == 1 and relations and all(r.lhs.is_polynomial(*names) and r.rhs.is_polynomial(*names) for r in relations):
        made = _one_name(made, names.pop())
    return made


def _shorter(condition: Any) -> Any:
    """The condition with its logic and its inequalities simplified. Equations between values of functions are left as they are, for which
    SymPy would try random numbers."""
    steps = [r for r in condition.atoms(sp.Eq, sp.Ne) if r.has(sp.Function)]
    stand_in = {r: sp.Dummy() for r in steps}
    return sp.simplify_logic(condition.xreplace(stand_in)).xreplace({v: r for r, v in stand_in.items()})


def _without_quotient(r: Any) -> Any:
    """A comparison of a quotient with 0 as one of the product of its parts, whose denominator is not 0."""
    over, under = sp.fraction(sp.together(r.lhs))
    if not under.free_symbols:
        return r
    strict = {sp.Ge: sp.Gt, sp.Le: sp.Lt}.get(r.func, r.func) if over.is_number else r.func
    return strict(over * under, 0)


def _one_name(condition: Any, x: Any) -> Any:
    """Polynomial conditions on one name, combined."""
    if x.is_real and (found := combined(condition, x)) is not None:
        return found
    whole = sp.Interval.open(0, sp.oo) if x.is_positive else sp.Interval(0, sp.oo) if x.is_nonnegative else sp.S.Reals
    plain = sp.Dummy("x", real=True)
    # SymPy's intersections of finite sets break down now and then, by the order in which they come.
    region = attempt(lambda: condition.xreplace({x: plain}).as_set().intersect(whole))
    if region is None:
        return condition
    if x.is_positive and region == whole:
        return sp.true
    left_out = attempt(sp.Complement, sp.S.Reals, region)
    if isinstance(left_out, sp.FiniteSet):
        return sp.And(*(sp.Ne(x, p) for p in left_out))
    if isinstance(region, (sp.Interval, sp.Union, sp.FiniteSet)):
        return without_infinity(region.as_relational(x))
    return condition


def without_infinity(relation: Any) -> Any:
    """Drops `x < oo`, which every real number satisfies."""
    return relation.replace(
        lambda r: isinstance(r, sp.core.relational.Relational) and (r.lhs in (sp.oo, -sp.oo) or r.rhs in (sp.oo, -sp.oo)),
        lambda r: sp.true,
    )


def exceptional(value: Any, given: tuple[Any, ...], variable: Any, condition: Any, context: Context) -> Any:
    """That the parameters are not at a zero of a denominator of the value, where the integrand and the ends have none."""
    parameters = value.free_symbols - {variable}
    if not parameters:
        return sp.true
    known = {p.base for e in given for p in e.atoms(sp.Pow) if p.exp.is_negative}
    out = []
    for p in sorted(value.atoms(sp.Pow), key=sp.default_sort_key):
        if not p.exp.is_negative or not p.base.free_symbols or p.base.has(variable) or p.base.is_zero is False or p.base in known:
            continue
        if not p.base.is_polynomial():
            continue
        for g, _ in sp.factor_list(p.base)[1]:
            squares = sp.Add.make_args(g)
            definite = all(t.is_nonnegative for t in squares) and any(t.is_positive for t in squares)
            if g.is_zero is None and g not in known and not definite and not _excluded(g, condition, context):
                out.append(sp.Ne(g, 0))
    return sp.And(*out)


def real_roots(value: Any, given: Any, variable: Any) -> Any:
    """That what stands under the roots of an antiderivative is not negative, where it is of parameters alone and the integrand has no such root."""
    known = {p.base for p in given.atoms(sp.Pow) if not p.exp.is_Integer}
    out = []
    for p in sorted(value.atoms(sp.Pow), key=sp.default_sort_key):
        g = p.base
        if (
            p.exp.is_Rational
            and not p.exp.is_Integer
            and g.free_symbols
            and not g.has(variable)
            and g not in known
            and not g.is_nonnegative
        ):
            out.append(g > 0 if p.exp.is_negative else g >= 0)
    return sp.And(*out)


def _excluded(g: Any, condition: Any, context: Context) -> bool:
    """Whether the zero of a linear function of one name is ruled out by the condition, a declaration or an assumption; that of any
    function by a strict inequality for a product that it stands in."""
    names = g.free_symbols
    for r in condition.atoms(sp.StrictGreaterThan, sp.StrictLessThan) if isinstance(condition, (sp.Rel, sp.And)) else ():
        if r in sp.And.make_args(condition) and any(
            u.as_base_exp()[0] in (g, -g) for u in sp.Mul.make_args(sp.factor_terms(r.gts - r.lts))
        ):
            return True
    if len(names) != 1:
        return False
    (s,) = names
    if sp.degree(g, s) != 1:
        return False
    zero = -g.subs(s, 0) / g.coeff(s)
    if condition.subs(s, zero) == sp.false:
        return True
    known = spot.range_of(s, context)
    low, high = known.lower, known.upper
    return bool(
        low is not None
        and (
            zero < sp.Rational(low.numerator, low.denominator)
            or known.open_lower
            and zero == sp.Rational(low.numerator, low.denominator)
        )
        or high is not None
        and (
            zero > sp.Rational(high.numerator, high.denominator)
            or known.open_upper
            and zero == sp.Rational(high.numerator, high.denominator)
        )
    )


def under_roots(value: Any, given: tuple[Any, ...], x: Any, condition: Any, context: Context) -> Any:
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


def without_gaps(value: Any) -> tuple[Any, Any]:
    """A value in which what is given on one branch alone, and is nothing elsewhere, is that branch, and where that is so."""
    found: Any = sp.true
    for p in sorted(value.atoms(sp.Piecewise), key=sp.default_sort_key):
        kept = [(v, c) for v, c in p.args if v is not sp.nan]
        if len(kept) == 1 and kept[0][1] != sp.true:
            value = value.xreplace({p: kept[0][0]})
            found = sp.And(found, kept[0][1])
    return value, found


def by_gauss(value: Any) -> tuple[Any, Any]:
    """Hypergeometric functions 2F1 at 1 by Gauss's theorem, and where these series converge."""
    found: Any = sp.true
    for h in sorted(value.atoms(sp.hyper), key=sp.default_sort_key):
        if len(h.ap) != 2 or len(h.bq) != 1 or h.argument != 1:
            continue
        (p, q), (c,) = h.ap, h.bq
        value = value.xreplace({h: sp.gamma(c) * sp.gamma(c - p - q) / (sp.gamma(c - p) * sp.gamma(c - q))})
        found = sp.And(found, c - p - q > 0)
    return value, found


def follows(relation: Any, context: Context) -> bool:
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
