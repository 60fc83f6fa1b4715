"""Sums of sines and cosines of multiples over powers: Bernoulli polynomials, and the logarithm of a sine.

With 0 <= a <= 2*pi, sum(cos(k*a)/k^(2n)) is (-1)^(n-1)*(2*pi)^(2n)*B_2n(a/(2*pi))/(2*(2n)!), the same with sines for odd powers; sum(cos(k*a)/k) is
-log(2*sin(a/2)) for 0 < a < 2*pi. Source: DLMF 24.8.1, 24.8.2.
"""

from __future__ import annotations

from typing import Any

import sympy as sp


def fourier_series(body: Any, k: Any, low: Any) -> tuple[Any, Any] | None:
    """The sum over k = 1..oo and its condition on the angle, or `None`."""
    if low != 1:
        return None
    c, wave, m = sp.S.One, None, sp.S.Zero
    for factor in sp.Mul.make_args(body):
        base, e = factor.as_base_exp()
        if base == k and e.is_Integer:
            m -= e
        elif isinstance(factor, (sp.sin, sp.cos)) and factor.has(k) and wave is None:
            wave = factor
        elif factor.has(k):
            return None
        else:
            c *= factor
    if wave is None or m < 1:
        return None
    a = sp.cancel(wave.args[0] / k)
    if a.has(k):
        return None
    if a.is_number and a.is_real:
        # Into one turn.
        a = a - 2 * sp.pi * sp.floor(a / (2 * sp.pi))
    m = int(m)
    whole = 2 * sp.pi
    if m == 1:
        value = (sp.pi - a) / 2 if isinstance(wave, sp.sin) else -sp.log(2 * sp.sin(a / 2))
        return c * value, sp.And(a > 0, a < whole)
    if (m % 2 == 0) is not isinstance(wave, sp.cos):
        return None
    sign = (-1) ** (m // 2 - 1)
    value = sign * whole**m * sp.bernoulli(m, a / whole) / (2 * sp.factorial(m))
    return c * sp.expand(value), sp.And(a >= 0, a <= whole)
