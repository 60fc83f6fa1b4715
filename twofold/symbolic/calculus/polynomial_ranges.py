"""Integrals of polynomials between polynomial ends, one inside another: exact, with no search and nothing to check."""

from __future__ import annotations

from typing import Any

import sympy as sp

MOST_TERMS = 400
"""Products of degrees beyond which nothing is multiplied out."""


def over_ranges(f: Any, ranges: tuple[tuple[Any, Any, Any], ...]) -> Any:
    """The value for ranges (x, a, b), the innermost first; `None` where the integrand or an end is no polynomial in the variables."""
    names = [x for x, _, _ in ranges]
    if not f.is_polynomial(*names) or any(not e.is_finite or not e.is_polynomial(*names) for _, a, b in ranges for e in (a, b)):
        return None
    if not _moderate(f, names) or any(e.has(x) for k, (x, _, _) in enumerate(ranges) for _, a, b in ranges[k:] for e in (a, b)):
        return None
    for k, (x, a, b) in enumerate(ranges):
        rest = names[k + 1 :]
        total = sp.S.Zero
        p = sp.Poly(f, x)
        for (power,), c in p.terms():
            total += c * (b ** (power + 1) - a ** (power + 1)) / (power + 1)
        f = sp.Poly(total, *rest).as_expr() if rest else total
        if rest and not _moderate(f, rest):
            return None
    return sp.expand(f) if f.is_number else f


def _moderate(f: Any, names: list[Any]) -> bool:
    size = 1
    for x in names:
        size *= 1 + sp.degree(f, x) if f.has(x) else 1
    return bool(size <= MOST_TERMS)
