"""Definite integrals by an antiderivative: the range is cut where the integrand or the antiderivative has a singular point or a jump."""

from __future__ import annotations

from typing import Any

import sympy as sp

from twofold.symbolic.attempt import attempt
from twofold.symbolic.calculus.antiderivatives import decided_primitive, primitive
from twofold.symbolic.calculus.conditions import for_real_names
from twofold.symbolic.calculus.limits import limit_at
from twofold.symbolic.calculus.plain_antiderivatives import by_table
from twofold.symbolic.calculus.poles import poles_outside
from twofold.symbolic.calculus.quadrature import quadrature_agrees
from twofold.symbolic.context import Context
from twofold.symbolic.tidy import short


def by_antiderivative(f: Any, x: Any, a: Any, b: Any, context: Context) -> tuple[Any, Any] | None:
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


def in_one_case(f: Any, x: Any, a: Any, b: Any, context: Context) -> tuple[Any, Any] | None:
    """The bracket of an antiderivative with parameters in the form that the declarations decide."""
    found = decided_primitive(f, x, context)
    return None if found is None else _ends_only(found, f, x, a, b, context)


def by_pieces(f: Any, x: Any, a: Any, b: Any, context: Context) -> tuple[Any, Any] | None:
    """A checked antiderivative, with the range cut where the integrand or the antiderivative has a singular point or a jump."""
    found = primitive(f, x, context)
    if found is None or not (a.is_number and b.is_number):
        return None if found is None else _ends_only(found, f, x, a, b, context)
    if a > b:
        value = by_pieces(f, x, b, a, context)
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
        value = _far_out(found, x, e, context) if e.is_infinite else found.subs(x, e)
        # The arctangent of a quotient by 0 is a range to SymPy; it has a limit.
        if value is not None and e.is_finite and value.has(sp.nan, sp.zoo, sp.oo, sp.S.NegativeInfinity, sp.AccumBounds):
            value = limit_at(found, x, e, side, context)
        if value is None or value.has(sp.nan):
            return None
        ends.append(value)
    infinite = [e for e in (ends[0], -ends[1]) if e.has(sp.oo, sp.S.NegativeInfinity)]
    if infinite:
        # Infinite at both ends, or with ends in either order, says nothing.
        single = len(infinite) == 1 and infinite[0].is_infinite and (b - a).is_positive
        return (infinite[0], sp.true) if single else None
    positive = _bases_positive(f, x, a, b)
    condition = for_real_names(sp.And(poles_outside(f, x, a, b, positive), positive))
    return None if condition is None else (short(ends[0] - ends[1], context), condition)


def _far_out(found: Any, x: Any, end: Any, context: Context) -> Any:
    """The limit at an infinite end: of arctangents of linear functions at once, where a square root is positive wherever it divides."""

    def turned(u: Any) -> Any:
        slope = sp.diff(u, x)
        bare = sp.Mul(*(g for g in sp.Mul.make_args(sp.factor(slope)) if not (g.is_Pow and abs(g.exp) == sp.S.Half)))
        if slope.has(x) or not (bare.is_positive or bare.is_negative):
            return sp.atan(u)
        return sp.pi / 2 if bool(bare.is_positive) == (end is sp.oo) else -sp.pi / 2

    made = found.replace(sp.atan, turned)
    return limit_at(found, x, end, "-" if end is sp.oo else "+", context) if made.has(x) else made


def _bases_positive(f: Any, x: Any, a: Any, b: Any) -> Any:
    """That linear functions with a symbol as their exponent are positive between ends, of which one depends on names."""
    found: Any = sp.true
    if not (a.free_symbols or b.free_symbols):
        return found
    for p in f.atoms(sp.Pow):
        if (
            p.base.is_polynomial(x)
            and sp.degree(p.base, x) == 1
            and p.exp.free_symbols
            and not p.exp.has(x)
            and not p.exp.is_integer
        ):
            found = sp.And(found, *(p.base.subs(x, e) > 0 for e in (a, b) if e.is_finite))
    return found
