"""A polynomial over a power of a quadratic, along the whole line, or half of it where the integrand is even.

With y = x + q/(2p) and D = 4*p*r - q^2 the quadratic p*x^2 + q*x + r is p*(y^2 + s^2), s = sqrt(D)/(2*abs(p)), and
integrate(y^(2j)/(y^2 + s^2)^m, y = -oo..oo) = s^(2j + 1 - 2m)*beta(j + 1/2, m - j - 1/2). Source: Gradshteyn and Ryzhik 3.241.4, 3.252.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from twofold.symbolic.calculus.poles import positive


def over_quadratic(f: Any, x: Any, a: Any, b: Any) -> tuple[Any, Any] | None:
    """Value and condition; `None` for any other integrand or range."""
    half = a == 0
    if b is not sp.oo or not (half or a is -sp.oo):
        return None
    parts = over_a_power(f, x)
    if parts is None:
        return None
    over, (p, q, r), m = parts
    if half and (q != 0 or any(k % 2 for (k,) in over.monoms())) or 2 * m <= over.degree() + 1:
        return None
    shifted = over if q == 0 else sp.Poly(over.as_expr().subs(x, x - q / (2 * p)), x)
    discriminant = sp.expand(4 * p * r - q**2)
    root = sp.sqrt(sp.factor(discriminant)) / 2
    even = [(k, c) for (k,), c in shifted.terms() if k % 2 == 0]
    total = sp.Add(*(c * root ** (k + 1 - 2 * m) * p ** (m - 1 - k) * _beta_of_halves(k // 2, m) for k, c in even))
    condition = positive(discriminant, [])
    if m.is_Integer:
        total *= sp.sign(p)
    else:
        condition = sp.And(condition, p > 0)
    return (total / 2 if half else total), condition


def over_a_power(f: Any, x: Any) -> tuple[Any, tuple[Any, Any, Any], Any] | None:
    """Numerator, coefficients of the quadratic and its exponent below; `None` for what is no polynomial over a power of a quadratic."""
    below = [(t.base, -t.exp) for t in sp.Mul.make_args(f) if t.is_Pow and t.has(x) and t.exp.is_Rational and t.exp.is_negative]
    if len(below) != 1:
        return None
    ((base, m),) = below
    over = f * base**m
    if not (base.is_polynomial(x) and over.is_polynomial(x)) or sp.degree(base, x) != 2:
        return None
    p, q, r = (base.expand().coeff(x, k) for k in (2, 1, 0))
    return sp.Poly(over, x), (p, q, r), m


def _beta_of_halves(j: int, m: Any) -> Any:
    half = sp.Rational(1, 2)
    return sp.gamma(j + half) * sp.gamma(m - j - half) / sp.gamma(m)
