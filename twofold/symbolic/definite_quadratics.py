"""Quadratic polynomials in several real names that have no zero, by completing squares."""

from __future__ import annotations

from typing import Any

import sympy as sp


def has_no_zero(e: Any) -> bool:
    """Whether a polynomial with rational coefficients, of degree 2 at most, is positive everywhere or negative everywhere."""
    names = sorted(e.free_symbols, key=str)
    if not names or not e.is_polynomial(*names):
        return False
    p = sp.Poly(e, *names)
    if p.total_degree() > 2 or not all(c.is_Rational for c in p.coeffs()):
        return False
    return _is_positive(p.as_expr(), names) or _is_positive(-p.as_expr(), names)


def _is_positive(e: Any, names: list[Any]) -> bool:
    e = sp.expand(e)
    for x in names:
        if not e.has(x):
            continue
        p = sp.Poly(e, x)
        if p.degree() != 2 or not p.LC() > 0:
            return False
        # a*x^2 + l*x + rest is a*(x + l/(2*a))^2 and rest - l^2/(4*a), which does not depend on x.
        e = sp.expand(p.nth(0) - p.nth(1) ** 2 / (4 * p.LC()))
    return bool(e > 0)


__all__ = ["has_no_zero"]
