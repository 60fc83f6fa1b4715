"""Sums of arctangents that telescope: atan(1/(k^2 + k + 1)) is atan(k + 1) - atan(k), atan(2/k^2) is atan(k + 1) - atan(k - 1).

With u(k) = a*k + b and a step s the difference atan(u(k + s)) - atan(u(k)) is the arctangent of a*s/(1 + u(k)*u(k + s)) where that product is above -1. The
numbers a and b are read off the coefficients. Source: Boros and Moll, "Sums of arctangents and some formulas of Ramanujan" (2005).
"""

from __future__ import annotations

from typing import Any

import sympy as sp

_STEPS = (1, 2, 3, 4)


def arctangent_sum(body: Any, k: Any, low: Any, high: Any) -> Any:
    """The sum over k = low..high for a whole number `low`; `None` for other terms."""
    factor, rest = body.as_independent(k, as_Add=False)
    if not isinstance(rest, sp.atan) or not low.is_Integer:
        return None
    top, bottom = (sp.Poly(e, k) for e in sp.fraction(sp.cancel(rest.args[0])))
    if top.degree() > 0 or bottom.degree() != 2 or not all(c.is_Rational for c in (*top.all_coeffs(), *bottom.all_coeffs())):
        return None
    c, a2, a1 = top.LC(), bottom.nth(2), bottom.nth(1)
    for s in _STEPS:
        a, b = a2 * s / c, s * (a1 - a2 * s) / (2 * c)
        product = (a * k + b) * (a * (k + s) + b)
        if sp.expand(1 + product - a * s / c * bottom.as_expr()) != 0 or not _above(sp.Poly(product + 1, k), low):
            continue
        ends = [sp.atan(a * (low + i) + b) for i in range(s)]
        if high is sp.oo:
            return factor * (s * sp.sign(a) * sp.pi / 2 - sp.Add(*ends))
        return factor * (sp.Add(*(sp.atan(a * (high + 1 + i) + b) for i in range(s))) - sp.Add(*ends))
    return None


def _above(p: Any, low: Any) -> bool:
    """Whether a quadratic that opens upwards is positive at all whole numbers from one on."""
    k = p.gen
    middle = -p.nth(1) / (2 * p.nth(2))
    nearest = {low, *(n for n in (sp.floor(middle), sp.ceiling(middle)) if n >= low)}
    return bool(p.LC() > 0 and all(p.as_expr().subs(k, n) > 0 for n in nearest))
