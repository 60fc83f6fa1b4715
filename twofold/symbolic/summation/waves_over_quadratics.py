"""Sums over all k of cosines and signs over k^2 + A, and of k times sines: the Fourier series of cosh on an interval.

For 0 <= x <= 2*pi and A = a^2 > 0, sum(cos(k*x)/(k^2 + a^2), k = 1..oo) is pi*cosh(a*(pi - x))/(2*a*sinh(pi*a)) - 1/(2*a^2), and with -a^2 for a^2 the
functions are circular; its derivative by x gives k*sin(k*x) for 0 < x < 2*pi. Source: Gradshteyn and Ryzhik 1.445.
"""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy.simplify.fu import TR7, TR8

from twofold.symbolic.summation.waves import term_of_wave

_LATEST = 20


def sum_over_quadratic(body: Any, k: Any, low: Any) -> tuple[Any, Any] | None:
    """The sum over k = low..oo and its condition, or `None`."""
    if not low.is_Integer or not -_LATEST <= low <= _LATEST:
        return None
    numerator, below = sp.fraction(sp.together(body))
    if not below.is_polynomial(k) or sp.degree(below, k) != 2 or numerator.has(sp.exp):
        return None
    square, middle, rest = sp.Poly(below, k).all_coeffs()
    constant = sp.factor(rest / square)
    if middle != 0 or constant == 0:
        return None
    total, asked = sp.S.Zero, sp.true
    for t in sp.Add.make_args(sp.expand_mul(TR8(TR7(numerator)) if numerator.has(sp.sin, sp.cos) else numerator)):
        found = _one(t, k, constant)
        if found is None:
            return None
        total, asked = total + found[0] / square, sp.And(asked, found[1])
    if asked == sp.false:
        return None
    between = [body.subs(k, j) for j in (range(low, 1) if low < 1 else range(1, low))]
    return total + (sum(between) if low < 1 else -sum(between)), asked


def _one(t: Any, k: Any, constant: Any) -> tuple[Any, Any] | None:
    """The sum from 1 on of a wave, of a sign or of k times a wave over k^2 + constant."""
    factor = k if k in sp.Mul.make_args(t) else sp.S.One
    plain = sp.Dummy("x", real=True)  # Signs and constants are waves of the angle 0.
    made = term_of_wave(t / factor if t.has(sp.sin, sp.cos) else t / factor * sp.cos(plain * k), k)
    if made is None:
        return None
    c, r, step, phase, wave = made
    step = sp.factor_terms(step.subs(plain, 0))
    if r != 1 or phase != 0 or (wave is sp.sin) != (factor == k):
        return None
    turn = 2 * sp.pi
    x = step - turn * sp.floor(step / turn) if step.is_number else step
    if factor == k and x == 0:
        return sp.S.Zero, sp.true
    within = sp.And(x >= 0, x <= turn) if factor == 1 else sp.And(x > 0, x < turn)
    root = _root(constant)
    if root is None:
        return None
    a, circular, known = root
    sine, cosine = (sp.sin, sp.cos) if circular else (sp.sinh, sp.cosh)
    bottom = 2 * sine(sp.pi * a)
    if factor == k:
        value = sp.pi * sine(a * (sp.pi - x)) / bottom
    else:
        value = (-1 if circular else 1) * sp.pi * cosine(a * (sp.pi - x)) / (a * bottom) - 1 / (2 * constant)
    said = sp.Ne(sp.sin(sp.pi * a), 0) if circular else sp.Ne(a, 0)
    return c * value, sp.And(within, known, said if known == sp.true else sp.true)


def _root(constant: Any) -> tuple[Any, bool, Any] | None:
    """a with constant = a^2 or, where the second is true, -a^2, and the condition for that."""
    for sign, circular in ((1, False), (-1, True)):
        value = sign * constant
        if value.is_positive:
            return sp.sqrt(value), circular, sp.true
        if value.is_nonnegative:
            a = sp.sqrt(value).replace(sp.Abs, lambda u: u)
            return (a, circular, sp.true) if sp.expand(a**2 - value) == 0 else None
    return sp.sqrt(constant), False, constant > 0
