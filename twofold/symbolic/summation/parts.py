"""Sums with harmonic numbers: summation by parts, and Euler's sums; those with Fibonacci numbers are next door.

With P(k + 1) - P(k) = p(k), P(0) = 0 and H the harmonic numbers, the sum of p(k)*H_k over k = m..n is
P(n + 1)*H_(n + 1) - P(m)*H_m less the sum of P(k + 1)/(k + 1). Source: Graham, Knuth, Patashnik, "Concrete Mathematics", sections 2.6 and 6.3;
Euler's sums: Flajolet, Salvy, "Euler sums and contour integral representations", theorem 2.2.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from twofold.symbolic.summation.fibonacci import fibonacci_sum


def sum_by_parts(body: Any, k: Any, low: Any, high: Any) -> tuple[Any, Any] | None:
    """The sum and the condition under which it converges; `None` for other terms."""
    if body.has(sp.harmonic):
        return _harmonic(body, k, low, high)
    return fibonacci_sum(body, k, low, high) if body.has(sp.fibonacci) else None


def _harmonic(body: Any, k: Any, low: Any, high: Any) -> tuple[Any, Any] | None:
    h = sp.Dummy("h")
    flat = sp.expand(body.xreplace({sp.harmonic(k): h}))
    if flat.has(sp.harmonic) or not flat.is_polynomial(h) or sp.degree(flat, h) != 1:
        return None
    factor, rest = flat.coeff(h, 1), flat.coeff(h, 0)
    if rest != 0:
        return None
    if high is sp.oo:
        return _infinite(factor, k, low)
    if factor.is_polynomial(k):
        j = sp.Dummy("j", integer=True, nonnegative=True)
        before = sp.factor(sp.summation(factor.subs(k, j), (j, 0, k - 1)))
        quotient = sp.cancel(before / k)
        left = sp.summation(sp.expand(quotient.subs(k, k + 1)), (k, low, high))
        above = quotient.subs(k, high + 1)
        ends = before.subs(k, high + 1) * sp.harmonic(high) + above - before.subs(k, low) * sp.harmonic(low)
        rows = sp.collect(sp.expand(ends - left), sp.harmonic(high), evaluate=False)
        return sp.Add(*(sp.factor(c) * w for w, c in rows.items())), sp.true
    constant = sp.cancel(factor * k)
    if constant.has(k) or low != 1:
        return None
    squares = sp.pi**2 / 6 - sp.polygamma(1, high + 1)
    return constant * (sp.harmonic(high) ** 2 + squares) / 2, sp.true


def _infinite(factor: Any, k: Any, low: Any) -> tuple[Any, Any] | None:
    """x^k*H_k and H_k/k^q."""
    if low not in (0, 1):
        return None
    power = sp.simplify(factor.subs(k, k + 1) / factor)
    if not power.has(k):
        front = sp.simplify(factor / power**k)
        return -front * sp.log(1 - power) / (1 - power), sp.Abs(power) < 1
    constant, rest = factor.as_independent(k, as_Add=False)
    q = -rest.as_base_exp()[1]
    if rest.as_base_exp()[0] != k or not (q.is_Integer and q >= 2) or low != 1:
        return None
    products = sum((sp.zeta(j + 1) * sp.zeta(q - j) for j in range(1, int(q) - 1)), sp.S.Zero)
    return constant * ((1 + q / 2) * sp.zeta(q + 1) - products / 2), sp.true


__all__ = ["sum_by_parts"]
