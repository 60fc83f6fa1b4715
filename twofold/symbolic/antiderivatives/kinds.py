"""Kinds of expressions that the rules tell apart."""

from __future__ import annotations

from typing import Any

import sympy as sp

KINKED = (sp.Abs, sp.sign, sp.Max, sp.Min, sp.Heaviside)
INVERSE = (sp.log, sp.asin, sp.acos, sp.atan, sp.acot, sp.asec, sp.acsc, sp.asinh, sp.acosh, sp.atanh, sp.acoth)
INTEGRALS = (sp.erf, sp.erfc, sp.erfi, sp.Ei, sp.li, sp.Si, sp.Ci, sp.Shi, sp.Chi, sp.fresnels, sp.fresnelc)


def linear(u: Any, x: Any) -> tuple[Any, Any] | None:
    """The coefficients of a*x + b, a not 0; `None` for anything else."""
    if not u.has(x):
        return None
    a = sp.diff(u, x)
    if a.has(x) or a.is_zero:
        return None
    return a, sp.expand(u - a * x)


def quadratic(u: Any, x: Any) -> tuple[Any, Any, Any] | None:
    """The coefficients of a*x^2 + b*x + c, a not 0; `None` for anything else."""
    if not u.is_polynomial(x):
        return None
    p = sp.Poly(u, x)
    return tuple(p.all_coeffs()) if p.degree() == 2 else None  # type: ignore[return-value]
