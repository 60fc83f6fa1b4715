"""Integrals of powers by the beta function: of binomials from 0 to a zero or along the half line, of logarithms, and of sines over a quarter.

Source: Gradshteyn and Ryzhik, sections 3.19, 3.62 and 4.22."""

from __future__ import annotations

from typing import Any

import sympy as sp

from twofold.symbolic.definite.integrands import Found, split, with_logarithms


def beta(f: Any, x: Any, a: Any, b: Any) -> Found:
    """x^p*(c - d*x^m)^q*log(x)^k over the range from 0 to the zero of the base."""
    parts = split(f, x)
    if parts is None or a != 0 or b.is_infinite:
        return None
    p, logs, others, exponent = parts
    if exponent != 0 or len(others) > 1:
        return None
    if not others:
        # A power alone, or with a logarithm.
        if not logs:
            return None if p.is_Integer else (b ** (p + 1) / (p + 1), sp.And(p > -1, b > 0))
        if b != 1:
            return None
        return (-1) ** logs * sp.factorial(logs) / (p + 1) ** (logs + 1), p > -1
    ((base, q),) = others.items()
    shape = _binomial(base, x)
    if shape is None or p.is_Integer and q.is_Integer and not logs:
        return None
    c, d, m = shape
    if sp.expand(base.subs(x, b)) != 0 or not m.is_positive:
        return None
    if logs and b != 1:
        return None
    return (
        c**q * with_logarithms(lambda p: b ** (p + 1) / m * _beta_value((p + 1) / m, q + 1), p, logs),
        sp.And(p > -1, q > -1, b > 0),
    )


def beta_on_half_line(f: Any, x: Any, a: Any, b: Any) -> Found:
    """x^p*(c + d*x^m)^(-q)*log(x)^k over 0..oo."""
    parts = split(f, x)
    if parts is None or a != 0 or b is not sp.oo:
        return None
    p, logs, others, exponent = parts
    if exponent != 0 or len(others) != 1:
        return None
    ((base, q),) = others.items()
    shape = _binomial(base, x)
    if shape is None or not shape[2].is_positive:
        return None
    c, d, m = shape
    q = -q
    if (
        not (c.is_positive and d.is_positive)
        or p.is_Rational
        and m.is_Rational
        and q.is_Integer
        and q > 1
        and p.is_Integer
        and not logs
    ):
        return None
    if q == 1 and not logs:
        k = (p + 1) / m
        return sp.pi / (m * sp.sin(sp.pi * k)) * (c / d) ** k / c, sp.And(p > -1, k < 1)
    return (
        c ** (-q) * with_logarithms(lambda p: (c / d) ** ((p + 1) / m) / m * _beta_value((p + 1) / m, q - (p + 1) / m), p, logs),
        sp.And(p > -1, q > (p + 1) / m),
    )


def power_of_logarithm(f: Any, x: Any, a: Any, b: Any) -> Found:
    """x^p*(-log(x))^q over 0..1 for any q, x^p*log(x)^n for a name n that is a whole number. G&R 4.272.6."""
    if (a, b) != (0, 1):
        return None
    p, q, sign = sp.S.Zero, None, sp.S.One
    for factor in sp.Mul.make_args(f):
        base, e = factor.as_base_exp()
        if e.has(x):
            return None
        if base == x:
            p += e
        elif q is None and sp.expand(base + sp.log(x)) == 0 or base == sp.log(1 / x):
            q = e
        elif q is None and base == sp.log(x) and e.is_integer and e.is_nonnegative and not e.is_number:
            q, sign = e, sp.S.NegativeOne**e
        else:
            return None
    if q is None:
        return None
    size = sp.factorial(q) if q.is_integer else sp.gamma(q + 1)
    return sign * size / (p + 1) ** (q + 1), sp.And(p > -1, q > -1)


def tail(f: Any, x: Any, a: Any, b: Any) -> Found:
    """(c*x + d)^s over a..oo, where the base is positive from a on."""
    base, s = sp.powdenest(f, force=True).as_base_exp()
    if b is not sp.oo or s.has(x) or s.is_number or not base.is_polynomial(x) or sp.degree(base, x) != 1:
        return None
    c, start = base.coeff(x), base.subs(x, a)
    if not (c.is_positive and start.is_positive):
        return None
    return -(start ** (s + 1)) / (c * (s + 1)), s < -1


def turned(f: Any, x: Any, a: Any, b: Any) -> Found:
    """What 1/x makes an integrand over 0..1."""
    if (a, b) != (1, sp.oo):
        return None
    y = sp.Dummy(x.name, positive=True)
    made = sp.powdenest(sp.powsimp(sp.expand_log(f.subs(x, 1 / y), force=True) / y**2), force=True)
    constant, rest = made.as_independent(y, as_Add=False)
    for rule in (power_of_logarithm, beta):
        found = rule(rest, y, sp.S.Zero, sp.S.One)
        if found is not None:
            return constant * found[0], found[1]
    return None


def sine_powers(f: Any, x: Any, a: Any, b: Any) -> Found:
    """sin(x)^p*cos(x)^q over 0..pi/2, not both whole."""
    if a != 0 or b != sp.pi / 2:
        return None
    f = f.replace(sp.tan, lambda u: sp.sin(u) / sp.cos(u)).replace(sp.cot, lambda u: sp.cos(u) / sp.sin(u))
    powers = _powers(sp.powdenest(sp.expand_power_base(f, force=True), force=True), x)
    if powers is None or not set(powers) <= {sp.sin(x), sp.cos(x)}:
        return None
    p, q = powers.get(sp.sin(x), sp.S.Zero), powers.get(sp.cos(x), sp.S.Zero)
    if p.is_Integer and q.is_Integer:
        return None
    return _beta_value((p + 1) / 2, (q + 1) / 2) / 2, sp.And(p > -1, q > -1)


def log_sine(f: Any, x: Any, a: Any, b: Any) -> Found:
    """log(sin(x)) and log(cos(x)) over a quarter, log(sin(x)) over a half period."""
    if a == 0 and b == sp.pi / 2 and f in (sp.log(sp.sin(x)), sp.log(sp.cos(x))):
        return -sp.pi * sp.log(2) / 2, sp.true
    if a == 0 and b == sp.pi and f == sp.log(sp.sin(x)):
        return -sp.pi * sp.log(2), sp.true
    return None


def _beta_value(p: Any, q: Any) -> Any:
    """B(p, q), by gamma functions where one argument is a number."""
    made = sp.beta(p, q)
    return sp.gammasimp(made.rewrite(sp.gamma)) if p.is_number or q.is_number else made


def _powers(f: Any, x: Any) -> dict[Any, Any] | None:
    """A product of powers as base and exponent, for exponents that do not depend on the variable."""
    out: dict[Any, Any] = {}
    for factor in sp.Mul.make_args(f):
        base, exponent = factor.as_base_exp()
        if exponent.has(x):
            return None
        out[base] = out.get(base, 0) + exponent
    return out


def _binomial(u: Any, x: Any) -> tuple[Any, Any, Any] | None:
    """c, d, m of c + d*x^m."""
    c, rest = u.as_independent(x, as_Add=True)
    d, power = rest.as_independent(x, as_Add=False)
    base, m = power.as_base_exp()
    return (c, d, m) if c != 0 and base == x and not m.has(x) and m != 0 else None
