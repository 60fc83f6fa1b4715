"""Integrals along the half line of powers and waves over exp - 1, exp + 1 and hyperbolic functions: zeta function and hyperbolic functions.

Source: Gradshteyn and Ryzhik, section 3.41."""

from __future__ import annotations

from typing import Any

import sympy as sp

from twofold.symbolic.definite.integrands import Found, split


def zeta(f: Any, x: Any, a: Any, b: Any) -> Found:
    """x^p/(exp(c*x) - 1) and x^p/(exp(c*x) + 1) over 0..oo."""
    parts = split(f, x)
    if a != 0 or b is not sp.oo or parts is None or parts[1] or parts[3] != 0 or len(parts[2]) != 1:
        return None
    ((base, e),) = parts[2].items()
    inner = [t for t in sp.Add.make_args(base) if isinstance(t, sp.exp)]
    if e != -1 or len(inner) != 1:
        return None
    c, sign, s = sp.cancel(inner[0].args[0] / x), base - inner[0], parts[0] + 1
    if c.has(x) or sign not in (1, -1):
        return None
    if sign == -1:
        return sp.gamma(s) * sp.zeta(s) / c**s, sp.And(c > 0, s > 1)
    eta = sp.log(2) if s == 1 else (1 - 2 ** (1 - s)) * sp.zeta(s)
    return sp.gamma(s) * eta / c**s, sp.And(c > 0, s > 0)


def hyperbolic(f: Any, x: Any, a: Any, b: Any) -> Found:
    """Powers, sines and cosines over sinh, cosh and exp - 1, over 0..oo."""
    if a != 0 or b is not sp.oo:
        return None
    p, above, below = sp.S.Zero, None, None
    for factor in sp.Mul.make_args(f):
        base, e = factor.as_base_exp()
        if base == x and not e.has(x):
            p += e
        elif isinstance(base, (sp.sinh, sp.cosh)) and e in (-1, -2) and below is None:
            below = (base, e)
        elif isinstance(factor, (sp.sin, sp.cos, sp.sinh)) and above is None:
            above = factor
        else:
            return None
    if below is None:
        return None
    c, s = sp.cancel(below[0].args[0] / x), p + 1
    if c.has(x):
        return None
    kind = (type(below[0]), int(below[1]))
    if above is None:
        if kind == (sp.sinh, -1):
            return 2 * sp.gamma(s) * (1 - 2 ** (-s)) * sp.zeta(s) / c**s, sp.And(c > 0, s > 1)
        if kind == (sp.cosh, -2) and s != 2:
            eta = sp.S.Half if s == 1 else (1 - 2 ** (2 - s)) * sp.zeta(s - 1)
            return 4 * sp.gamma(s) * eta / (2 * c) ** s, sp.And(c > 0, s > 0)
        if kind == (sp.sinh, -2):
            return 4 * sp.gamma(s) * sp.zeta(s - 1) / (2 * c) ** s, sp.And(c > 0, s > 2)
        if kind == (sp.cosh, -1) and p.is_Integer and p % 2 == 0 and p >= 0:
            return (sp.pi / (2 * c)) ** (p + 1) * sp.Abs(sp.euler(p)), c > 0
        return None
    w = sp.cancel(above.args[0] / x)
    if w.has(x) or p != 0:
        return None
    angle = sp.pi * w / (2 * c)
    if kind == (sp.cosh, -1) and isinstance(above, sp.cos):
        return sp.pi / (2 * c) / sp.cosh(angle), c > 0
    if kind == (sp.sinh, -1) and isinstance(above, sp.sin):
        return sp.pi / (2 * c) * sp.tanh(angle), c > 0
    if kind == (sp.sinh, -1) and isinstance(above, sp.sinh):
        return sp.pi / (2 * c) * sp.tan(angle), sp.And(c > sp.Abs(w)) if w.is_number else sp.And(c > w, w > -c)
    return None


def bose(f: Any, x: Any, a: Any, b: Any) -> Found:
    """x^p*exp(c*x)/(exp(c*x) -+ 1)^2 and sin(w*x)/(exp(c*x) -+ 1) over 0..oo."""
    if a != 0 or b is not sp.oo:
        return None
    p, wave, exponent, below = sp.S.Zero, None, sp.S.Zero, None
    for factor in sp.Mul.make_args(f):
        base, e = factor.as_base_exp()
        if base == x and not e.has(x):
            p += e
        elif isinstance(factor, sp.exp):
            exponent += factor.args[0]
        elif isinstance(factor, sp.sin) and wave is None:
            wave = factor
        elif base.is_Add and e in (-1, -2) and below is None and any(isinstance(t, sp.exp) for t in base.args):
            below = (base, e)
        else:
            return None
    if below is None:
        return None
    inner = next(t for t in below[0].args if isinstance(t, sp.exp))
    sign, c, s = sp.expand(below[0] - inner), sp.cancel(inner.args[0] / x), p + 1
    if sign not in (1, -1) or c.has(x):
        return None
    if below[1] == -2 and sp.expand(exponent - inner.args[0]) == 0 and wave is None:
        eta = sp.zeta(s - 1) if sign == -1 else sp.log(2) if s == 2 else (1 - 2 ** (2 - s)) * sp.zeta(s - 1)
        return sp.gamma(s) * eta / c**s, sp.And(c > 0, s > 2)
    if below[1] == -1 and exponent == 0 and wave is not None and p == 0:
        w = sp.cancel(wave.args[0] / x)
        angle = sp.pi * w / c
        if w.has(x):
            return None
        if sign == -1:
            return sp.pi / (2 * c) * sp.coth(angle) - 1 / (2 * w), c > 0
        return 1 / (2 * w) - sp.pi / (2 * c) / sp.sinh(angle), c > 0
    return None
