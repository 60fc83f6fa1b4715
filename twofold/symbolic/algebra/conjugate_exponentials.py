"""Sums of two exponentials whose exponents are conjugate roots, without these roots in the coefficients.

The eigenvalues m + h and m - h of a quadratic with parameters have h = sqrt(discriminant)/2; with coefficients c and d
c*exp(m + h) + d*exp(m - h) == exp(m)*((c + d)*cosh(h) + (c - d)*sinh(h)), where c + d and (c - d)*h have no root left for an entry of
a matrix. The identity holds for all complex numbers.
"""

from __future__ import annotations

from typing import Any

import sympy as sp


def conjugate_sum(parts: dict[Any, Any]) -> Any | None:
    """The sum of the two exponentials with their coefficients; `None` where these are no exponentials of conjugate roots of parameters."""
    if len(parts) != 2 or not all(isinstance(w, sp.exp) for w in parts):
        return None
    (first, c), (second, d) = parts.items()
    r, s = first.args[0], second.args[0]
    middle, half = sp.expand((r + s) / 2), sp.factor_terms(sp.expand((r - s) / 2))
    if _has_roots(middle) or not _has_roots(half) or half.has(sp.I):
        return None
    if half.could_extract_minus_sign():
        half, c, d = -half, d, c
    even, odd = (sp.factor_terms(sp.cancel(sp.together(e))) for e in (c + d, c - d))
    made = even * sp.cosh(half) + odd * sp.sinh(half)
    return sp.factor_terms(made, sign=False) * sp.exp(middle)


def _has_roots(e: Any) -> bool:
    return any(p.base.free_symbols for p in e.atoms(sp.Pow) if not p.exp.is_Integer)
