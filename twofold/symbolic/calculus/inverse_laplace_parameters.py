"""Inverse Laplace transforms with parameters by rule: delays, logarithms and arcs, partial fractions whose roots are real or not by the sign of a discriminant.

Source: Doetsch, "Introduction to the Theory and Application of the Laplace Transformation", chapters 3, 10 and 15.
"""

from __future__ import annotations

from typing import Any

import sympy as sp


def delays(f: Any, s: Any) -> dict[Any, Any]:
    """f as the sum of exp(-c*s)*F(s): the F by the c, which are free of s. Terms whose exponents are not linear in s have c = 0."""
    if not f.has(sp.exp):
        return {sp.S.Zero: f}
    out: dict[Any, Any] = {}
    for term in _apart(f, s):
        delay, rest = sp.S.Zero, sp.S.One
        for factor in sp.Mul.make_args(term):
            p = sp.Poly(factor.args[0], s) if isinstance(factor, sp.exp) and factor.args[0].is_polynomial(s) else None
            if p is not None and p.degree() == 1:
                delay -= p.coeff_monomial(s)
                rest *= sp.exp(p.coeff_monomial(1))
            else:
                rest *= factor
        out[delay] = out.get(delay, sp.S.Zero) + rest
    return out


def _apart(f: Any, s: Any) -> list[Any]:
    """The terms of f with exponentials multiplied out of the numerators."""
    out: list[Any] = []
    for part in sp.Add.make_args(f):
        waves = [
            g for g in sp.Mul.make_args(part) if g.is_Add and any(isinstance(h, sp.exp) and h.has(s) for h in g.atoms(sp.exp))
        ]
        powers = [g for g in sp.Mul.make_args(part) if g.is_Pow and g.exp.is_Integer and g.exp > 0 and g.has(sp.exp)]
        rest = part / sp.Mul(*waves, *powers)
        out += [rest * t for t in sp.Add.make_args(sp.expand(sp.Mul(*waves, *powers)))]
    return out


def delayed(g: Any, t: Any, c: Any) -> Any:
    """g(t - c) from t = c on, 0 before. Where g has no value for a negative t, by cases."""
    if c == 0:
        return g
    impulse = g.coeff(sp.DiracDelta(t))
    rest = g - impulse * sp.DiracDelta(t)
    moved = rest.subs(t, t - c)
    bare = any(p.has(t) and not (p.exp.is_Integer and p.exp > 0) and p.base is not sp.E for p in rest.atoms(sp.Pow))
    if bare or rest.has(sp.log, sp.Piecewise):
        return impulse * sp.DiracDelta(t - c) + sp.Piecewise((moved, t > c), (0, True))
    return impulse * sp.DiracDelta(t - c) + moved * sp.Heaviside(t - c)


def by_logarithms(f: Any, s: Any, t: Any) -> Any:
    """Sums of logarithms and arcs that tend to 0 for large s: minus what the derivative comes from, over t. `None` for others."""
    total = sp.S.Zero
    for term in sp.Add.make_args(sp.expand_log(sp.expand(f), force=True)):
        factor, wave = term.as_independent(s, as_Add=False)
        if isinstance(wave, sp.log):
            parts = [m * sp.diff(p, s) / p for p, m in _factors(wave.args[0], s)]
        elif isinstance(wave, (sp.atan, sp.acot)):
            parts = [sp.factor(sp.diff(wave, s))]
        elif wave == 1:
            continue
        else:
            return None
        for part in parts:
            made = by_fractions(part, s, t)
            if made is None:
                return None
            total -= factor * made[0]
    return total / t


def _factors(e: Any, s: Any) -> list[tuple[Any, Any]]:
    top, bottom = sp.fraction(sp.together(e))
    found = [(p, sign * m) for part, sign in ((top, 1), (bottom, -1)) for p, m in sp.factor_list(part, s)[1]]
    return [(p, m) for p, m in found if p.has(s)]


def by_fractions(f: Any, s: Any, t: Any) -> tuple[Any, tuple[Any, ...] | None] | None:
    """The function of a proper rational transform, and where it is given by cases of the sign of a discriminant, what must not be 0 for it to hold.

    Simple quadratic factors and powers of linear ones; one discriminant of an unknown sign at most.
    """
    if not f.is_rational_function(s):
        return None
    total, cased = sp.S.Zero, None
    below: set[Any] = set()
    for term in sp.Add.make_args(sp.apart(sp.factor(f), s)):
        top, bottom = sp.fraction(sp.together(term))
        factors = [(p, m) for p, m in sp.factor_list(bottom, s)[1] if p.has(s)]
        if len(factors) != 1:
            return None
        p, m = factors[0]
        scale = sp.cancel(p**m / bottom)
        below |= {g for g, _ in sp.factor_list(sp.fraction(scale)[1])[1]} | {sp.Poly(p, s).LC()}
        if sp.degree(p, s) == 1:
            a, b = sp.Poly(p, s).all_coeffs()
            c = sp.cancel(top * scale / a**m)
            if c.has(s):
                return None
            total += c * t ** (m - 1) / sp.factorial(m - 1) * sp.exp(-sp.cancel(b / a) * t)
            continue
        if sp.degree(p, s) != 2 or m != 1:
            return None
        made = _of_quadratic(sp.Poly(top * scale, s), sp.Poly(p, s), t)
        if isinstance(made, sp.Tuple):
            if cased is not None:
                return None
            cased = made
        else:
            total += made
            below |= _denominators(made, t)
    if cased is None:
        return total, None
    d, *cases = cased
    found = sp.Piecewise((total + cases[0], d < 0), (total + cases[1], sp.Eq(d, 0)), (total + cases[2], True))
    return found, tuple(g for g in sorted(below, key=sp.default_sort_key) if g.free_symbols)


def _denominators(e: Any, t: Any) -> set[Any]:
    return {g.base for g in e.atoms(sp.Pow) if g.exp.is_negative and not g.base.has(t) and g.base.free_symbols}


def _of_quadratic(top: Any, p: Any, t: Any) -> Any:
    """(A*s + B)/p for a quadratic p without rational roots: a wave, or a discriminant and what stands where it is negative, 0 and positive."""
    a, b, c = p.all_coeffs()
    slope, start = (sp.cancel(top.coeff_monomial(m) / a) for m in (p.gen, 1))
    h = sp.cancel(b / (2 * a))
    rest = sp.cancel(start - slope * h)
    square = sp.factor(c / a - h**2)
    fall = sp.exp(-h * t)
    d = sp.expand(b**2 - 4 * a * c)
    turn = _root(square)
    if square.is_positive or turn is not None:
        turn = sp.sqrt(square) if turn is None else turn
        return fall * (slope * sp.cos(turn * t) + rest / turn * sp.sin(turn * t))
    up = _root(-square)
    if square.is_negative or up is not None:
        up = sp.sqrt(-square) if up is None else up
        return fall * (slope * sp.cosh(up * t) + rest / up * sp.sinh(up * t))
    turn, up = _by_root(-d, a), _by_root(d, a)
    below = fall * (slope * sp.cos(turn * t) + rest / turn * sp.sin(turn * t))
    above = fall * (slope * sp.cosh(up * t) + rest / up * sp.sinh(up * t))
    whole, left = d.primitive()
    return sp.Tuple(left if whole > 0 else d, below, fall * (slope + rest * t), above)


def _by_root(d: Any, a: Any) -> Any:
    """sqrt(d)/(2*a)."""
    quarter = sp.expand(d / 4)
    whole = quarter.is_Add and all(k.is_Integer for k in quarter.as_coefficients_dict().values())
    return sp.sqrt(quarter) / a if whole else sp.sqrt(d) / (2 * a)


def _root(square: Any) -> Any:
    """r where an expression is the square of a real rational function r of its names; `None` for others."""
    out = sp.S.One
    for part, sign in zip(sp.fraction(sp.together(square)), (1, -1), strict=True):
        number, factors = sp.factor_list(part)
        if not number.is_positive or any(m % 2 for _, m in factors) or not all(p.is_real for p, _ in factors):
            return None
        out *= (sp.sqrt(number) * sp.Mul(*(p ** (m // 2) for p, m in factors))) ** sign
    return out


__all__ = ["by_fractions", "by_logarithms", "delayed", "delays"]
