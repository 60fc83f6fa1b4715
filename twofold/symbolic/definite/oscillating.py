"""Integrals over the half line of sums of sines and cosines over a power of x, and what linearity makes of other products.

The terms of a convergent sum are integrated as finite parts: the integral of cos(k*x)/x^m is (-1)^(m/2)*pi*k^(m-1)/(2*(m-1)!) for even m, and has
-(-1)^((m-1)/2)*k^(m-1)*log(k)/(m-1)! in its place for odd m; for sines the other way round. Source: Gradshteyn and Ryzhik 3.761, analytic continuation.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from twofold.symbolic.antiderivatives.waves import sums


def over_power(f: Any, x: Any, a: Any, b: Any) -> Any:
    """The value for sums of sines and cosines of linear arguments over one power of x, over 0..oo or the line; `None` beyond."""
    if b is not sp.oo or a not in (0, -sp.oo) or not f.has(sp.sin, sp.cos):
        return None
    if a is -sp.oo:
        if sp.expand(f - f.subs(x, -x)) != 0:
            return None
        half = over_power(f, x, sp.S.Zero, b)
        return None if half is None else 2 * half
    total, orders = sp.S.Zero, set()
    for t in sp.Add.make_args(sums(f)):
        c, wave, m = sp.S.One, None, sp.S.Zero
        for factor in sp.Mul.make_args(t):
            base, e = factor.as_base_exp()
            if base == x and e.is_Integer:
                m -= e
            elif isinstance(factor, (sp.sin, sp.cos)) and factor.has(x) and wave is None:
                wave = factor
            elif factor.has(x):
                return None
            else:
                c *= factor
        orders.add(m)
        if wave is None:
            continue
        k = sp.cancel(wave.args[0] / x)
        if k.has(x):
            return None
        if k.could_extract_minus_sign():
            k, c = -k, -c if isinstance(wave, sp.sin) else c
        if not k.is_positive:
            return None
        total += c * _part(isinstance(wave, sp.sin), k, int(m))
    if len(orders) != 1 or min(orders) < 1:
        return None
    return sp.expand_log(total, force=True) if total.has(sp.log) else total


def _part(sine: bool, k: Any, m: int) -> Any:
    below = sp.factorial(m - 1)
    if m % 2 == (1 if sine else 0):
        return (-1) ** ((m - 1) // 2 if sine else m // 2) * sp.pi * k ** (m - 1) / (2 * below)
    sign = (-1) ** (m // 2) if sine else -((-1) ** ((m - 1) // 2))
    return sign * k ** (m - 1) * sp.log(k) / below


def by_terms(f: Any, x: Any, a: Any, b: Any, value: Callable[..., Any]) -> Any:
    """The sum of the values of the parts: powers of waves by multiples, fractions taken apart, products multiplied out."""
    made = sums(f) if f.has(sp.sin, sp.cos) else f
    rational, rest = [], []
    for t in sp.Mul.make_args(sp.factor_terms(made)):
        (rational if t.is_rational_function(x) else rest).append(t)
    whole = sp.Mul(*rational)
    if whole.has(x) and not whole.is_polynomial(x) and rest:
        made = sp.expand(sp.Add(*(t * sp.Mul(*rest) for t in sp.Add.make_args(sp.apart(whole, x)))), deep=False)
        made = sp.Add(*(sp.factor_terms(t) for t in sp.Add.make_args(made)))
    terms = sp.Add.make_args(made)
    if len(terms) < 2 or len(terms) > 6:
        terms = sp.Add.make_args(sp.expand(made, power_exp=False, log=False))
    if len(terms) < 2 or len(terms) > 6:
        return None
    total = sp.S.Zero
    for t in terms:
        found = value(t, x, a, b)
        if found is None:
            return None
        total += found
    return total if total.is_finite is not False else None
