"""A power of x times powers of its logarithm over 1 - x^q or 1 + x^q, from 0 to 1, and once the logarithm over 1 - x^q along the half line.

With s = (p + 1)/q: integrate(x^p*log(x)^k/(1 - x^q), x = 0..1) = -polygamma(k, s)/q^(k + 1), by the geometric series; 1 + x^q is
(1 - x^(2q))/(1 - x^q). integrate(x^p*log(x)/(1 - x^q), x = 0..oo) = -(pi/q)^2/sin(pi*s)^2. Source: Gradshteyn and Ryzhik 4.231, 4.254, 4.271.
"""

from __future__ import annotations

from typing import Any

import sympy as sp


def log_over_binomial(f: Any, x: Any, a: Any, b: Any) -> tuple[Any, Any] | None:
    """Value and condition; `None` for any other integrand or range."""
    if a != 0 or b not in (1, sp.oo):
        return None
    parts = _parts(f, x)
    if parts is None:
        return None
    constant, p, k, q, minus = parts
    if not (p.is_Rational and q.is_Rational and p > -1):
        return None
    s = (p + 1) / q
    if b == 1:
        sums = _polygamma(k, s) / q ** (k + 1)
        if not minus:
            # 1/(1 + t) = 1/(1 - t) - 2t/(1 - t^2)
            sums -= 2 * _polygamma(k, (s + 1) / 2) / (2 * q) ** (k + 1)
        return -constant * sums, sp.true
    if k != 1 or not minus or not s < 1:
        return None
    return -constant * (sp.pi / q / sp.sin(sp.pi * s)) ** 2, sp.true


def _parts(f: Any, x: Any) -> tuple[Any, Any, int, Any, bool] | None:
    """constant, p, k, q and whether it is 1 - x^q, of constant*x^p*log(x)^k/(1 +- x^q)."""
    constant, p, k, below = sp.S.One, sp.S.Zero, 0, None
    for t in sp.Mul.make_args(f):
        base, e = t.as_base_exp()
        if not t.has(x):
            constant *= t
        elif base == x and e.is_Rational:
            p += e
        elif base == sp.log(x) and e.is_Integer and e > 0:
            k += int(e)
        elif e == -1 and below is None:
            below = base
        else:
            return None
    if below is None or not k:
        return None
    c, rest = below.as_independent(x, as_Add=True)
    d, power = rest.as_independent(x, as_Add=False)
    base, q = power.as_base_exp()
    if base != x or not q.is_positive or c == 0 or sp.Abs(d / c) != 1:
        return None
    return constant / c, p, k, q, bool(d / c == -1)


def _polygamma(k: int, s: Any) -> Any:
    """polygamma(k, s) at a rational number, brought into 0..1/2 by recurrence and reflection. Source: DLMF 5.15."""
    steps = sp.ceiling(s) - 1
    s -= steps
    moved = (-1) ** k * sp.factorial(k) * sp.Add(*(1 / (s + n) ** (k + 1) for n in range(steps)))
    if s <= sp.Rational(1, 2) or s == 1:
        return moved + _at_small(k, s)
    return moved + (-1) ** k * (_at_small(k, 1 - s) + _cotangent(k, 1 - s))


def _at_small(k: int, s: Any) -> Any:
    """The same at 1, and in 0..1/2: by Catalan's constant at 1/4, and for k even at 1/3, 1/4 and 1/6, where the sum with the value at 1 - s is known."""
    if k == 1 and s == sp.Rational(1, 4):
        return sp.pi**2 + 8 * sp.Catalan
    if k % 2 == 0 and s.p == 1 and s.q in (3, 4, 6):
        both = sp.Mul(*((r ** (k + 1) - 1) * r ** ((k + 1) * (m - 1)) for r, m in sp.factorint(s.q).items())) * sp.polygamma(k, 1)
        return (both - _cotangent(k, s)) / 2
    return sp.expand_func(sp.polygamma(k, s))


def _cotangent(k: int, s: Any) -> Any:
    """The k-th derivative of pi*cot(pi*u) at s."""
    u = sp.Dummy("u")
    return sp.diff(sp.pi * sp.cot(sp.pi * u), u, k).subs(u, s)
