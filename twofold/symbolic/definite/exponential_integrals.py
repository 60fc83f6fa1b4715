"""Integrals of exponentials of powers along the half line or the line: gamma function, Gaussians, damped waves, Bessel functions.

Source: Gradshteyn and Ryzhik, section 3.38."""

from __future__ import annotations

from typing import Any

import sympy as sp

from twofold.symbolic.definite.integrands import Found, split, with_logarithms


def gamma(f: Any, x: Any, a: Any, b: Any) -> Found:
    """x^p*exp(-c*x^m)*log(x)^k over 0..oo."""
    if a != 0 or b is not sp.oo:
        return None
    parts = split(f, x)
    if parts is None or parts[2] or parts[3] == 0:
        return None
    p, logs, _, exponent = parts
    c, power = exponent.as_independent(x, as_Add=False)
    base, m = power.as_base_exp()
    c = -c
    if base != x or m.has(x) or m == 0:
        return None

    def value(p: Any) -> Any:
        k = (p + 1) / m
        return sp.gamma(k) / (sp.Abs(m) * c**k)

    return with_logarithms(value, p, logs), sp.And(c > 0, (p + 1) / m > 0)


def damped(f: Any, x: Any, a: Any, b: Any) -> Found:
    """x^n*exp(-c*x) times the sine or cosine of w*x over 0..oo: n!*(c + im*w)^(n + 1)/(c^2 + w^2)^(n + 1), its imaginary or real part."""
    if a != 0 or b is not sp.oo:
        return None
    exponent, wave, n = sp.S.Zero, None, sp.S.Zero
    for t in sp.Mul.make_args(f):
        if isinstance(t, sp.exp):
            exponent += t.args[0]
        elif isinstance(t, (sp.sin, sp.cos)) and wave is None:
            wave = t
        elif t.as_base_exp()[0] == x and t.as_base_exp()[1].is_Integer and t.as_base_exp()[1] > 0:
            n += t.as_base_exp()[1]
        else:
            return None
    if wave is None or exponent == 0:
        return None
    c, w = (sp.cancel(u / x) for u in (-exponent, wave.args[0]))
    if c.has(x) or w.has(x) or n > 8:
        return None
    # The parts of (c + im*w)^(n + 1), by the binomial theorem.
    odd = isinstance(wave, sp.sin)
    part = sum(
        (sp.binomial(n + 1, k) * c ** (n + 1 - k) * w**k * (-1) ** (k // 2) for k in range(int(odd), int(n) + 2, 2)), sp.S.Zero
    )
    return sp.factorial(n) * part / (c**2 + w**2) ** (n + 1), c > 0


def damped_sine(f: Any, x: Any, a: Any, b: Any) -> Found:
    """exp(-p*x^2)*sin(q*x) over 0..oo: Dawson's integral."""
    factors = sp.Mul.make_args(f)
    if a != 0 or b is not sp.oo or len(factors) != 2:
        return None
    exponential = next((g for g in factors if isinstance(g, sp.exp)), None)
    sine = next((g for g in factors if isinstance(g, sp.sin)), None)
    if exponential is None or sine is None:
        return None
    p, q = sp.cancel(-exponential.args[0] / x**2), sp.cancel(sine.args[0] / x)
    if p.has(x) or q.has(x) or p.is_nonpositive:
        return None
    return sp.sqrt(sp.pi / p) / 2 * sp.exp(-(q**2) / (4 * p)) * sp.erfi(q / (2 * sp.sqrt(p))), p > 0


def gaussian(f: Any, x: Any) -> Found:
    """A polynomial times exp(-a*x^2 + b*x + c), also times a sine or cosine of a linear argument, over the line."""
    exponent, wave, rest = sp.S.Zero, None, sp.S.One
    for factor in sp.Mul.make_args(f):
        if isinstance(factor, sp.exp):
            exponent += factor.args[0]
        elif isinstance(factor, (sp.sin, sp.cos)) and wave is None:
            wave = factor
        else:
            rest *= factor
    exponent = sp.expand(exponent)
    if not exponent.is_polynomial(x) or sp.degree(exponent, x) != 2 or not rest.is_polynomial(x):
        return None
    a, b, c = sp.Poly(exponent, x).all_coeffs()
    a = -a
    t, w = sp.Dummy("t"), sp.S.Zero
    if wave is None:
        value = sp.exp(t**2 / (4 * a))
    else:
        w = sp.diff(wave.args[0], x)
        if w.has(x):
            return None
        # The real or imaginary part of the integral with b + im*w in place of b.
        value = sp.exp((t**2 - w**2) / (4 * a)) * type(wave)(sp.expand(wave.args[0] - w * x) + t * w / (2 * a))
    total = sp.S.Zero
    for (k,), coefficient in sp.Poly(rest, x).terms():
        total += coefficient * (sp.diff(value, t, k) if k else value)
    return sp.sqrt(sp.pi / a) * sp.exp(c) * total.subs(t, b), a > 0


def fresnel(f: Any, x: Any, a: Any, b: Any) -> Found:
    """sin(c*x^2) and cos(c*x^2) over 0..oo."""
    if a != 0 or b is not sp.oo or not isinstance(f, (sp.sin, sp.cos)):
        return None
    c = sp.cancel(f.args[0] / x**2)
    if c.has(x) or not c.is_positive:
        return None
    return sp.sqrt(sp.pi / (2 * c)) / 2, sp.true


def bessel_k(f: Any, x: Any, a: Any, b: Any) -> Found:
    """x^p*exp(-c*x^m - d*x^(-m)) over 0..oo."""
    parts = split(f, x)
    if a != 0 or b is not sp.oo or parts is None or parts[1] or parts[2]:
        return None
    terms = sp.Add.make_args(sp.expand(parts[3]))
    if len(terms) != 2:
        return None
    (c, u), (d, v) = (t.as_independent(x, as_Add=False) for t in terms)
    (base, m), (other, n) = u.as_base_exp(), v.as_base_exp()
    if base != x or other != x or sp.expand(m + n) != 0 or m.has(x):
        return None
    if m.is_negative:
        c, d, m = d, c, n
    c, d, s = -c, -d, (parts[0] + 1) / m
    z = 2 * sp.sqrt(c * d)
    made = sp.sqrt(sp.pi / (2 * z)) * sp.exp(-z) if abs(s) == sp.S.Half else sp.besselk(s, z)
    return 2 / m * (d / c) ** (s / 2) * made, sp.And(c > 0, d > 0)
