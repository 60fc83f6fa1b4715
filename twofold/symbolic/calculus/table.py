"""Definite integrals read off a short table: those of the beta, gamma and zeta functions, and powers and logarithms of sines.

Source: Gradshteyn and Ryzhik, sections 3.19, 3.38, 3.41, 3.62 and 4.22. A match is a candidate like any other: quadrature has the last word.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import sympy as sp

from twofold.symbolic.definite.log_over_binomial import log_over_binomial
from twofold.symbolic.definite.quadratic import over_quadratic
from twofold.symbolic.definite.waves_over_quadratic import wave_over_quadratic

Found: TypeAlias = "tuple[Any, Any] | None"


def by_table_of_ranges(f: Any, x: Any, a: Any, b: Any) -> Found:
    """Value and condition for an integrand and a range in the table, `None` otherwise."""
    constant, rest = f.as_independent(x, as_Add=False)
    found = over_quadratic(rest, x, a, b) or wave_over_quadratic(rest, x, a, b)
    if found is not None:
        return constant * found[0], found[1]
    if a is -sp.oo and b is sp.oo:
        found = _gaussian(rest, x)
        if found is not None:
            return constant * found[0], found[1]
        if sp.expand(rest - rest.subs(x, -x)) != 0:
            return None
        half = by_table_of_ranges(f, x, sp.S.Zero, b)
        return None if half is None else (2 * half[0], half[1])
    for rule in _RULES:
        found = rule(rest, x, a, b)
        if found is not None:
            return constant * found[0], found[1]
    if a == 0 and b is sp.oo and rest.has(sp.exp) and sp.expand(rest - rest.subs(x, -x)) == 0:
        whole = _gaussian(rest, x)
        return None if whole is None else (constant * whole[0] / 2, whole[1])
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


def _split(f: Any, x: Any) -> tuple[Any, int, dict[Any, Any], Any] | None:
    """A product as the power of x, the power of log(x), the other powers, and the exponent of an exponential."""
    p, logs, others, exponent = sp.S.Zero, 0, {}, sp.S.Zero
    for factor in sp.Mul.make_args(f):
        if isinstance(factor, sp.exp):
            exponent += factor.args[0]
            continue
        base, e = factor.as_base_exp()
        if e.has(x):
            return None
        if base == x:
            p += e
        elif base == sp.log(x) and e.is_Integer and 0 < e <= 4:
            logs += int(e)
        else:
            others[base] = others.get(base, 0) + e
    return p, logs, others, exponent


def _binomial(u: Any, x: Any) -> tuple[Any, Any, Any] | None:
    """c, d, m of c + d*x^m."""
    c, rest = u.as_independent(x, as_Add=True)
    d, power = rest.as_independent(x, as_Add=False)
    base, m = power.as_base_exp()
    return (c, d, m) if c != 0 and base == x and not m.has(x) and m != 0 else None


def _with_logarithms(value: Callable[[Any], Any], p: Any, logs: int) -> Any:
    """A function of the exponent p, differentiated by it as often as there are logarithms."""
    if not logs:
        return value(p)
    s = sp.Dummy("s", positive=True)
    return sp.expand_func(sp.simplify(sp.diff(value(s).rewrite(sp.gamma), s, logs).subs(s, p)))


def _beta(f: Any, x: Any, a: Any, b: Any) -> Found:
    """x^p*(c - d*x^m)^q*log(x)^k over the range from 0 to the zero of the base."""
    parts = _split(f, x)
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
        c**q * _with_logarithms(lambda p: b ** (p + 1) / m * _beta_value((p + 1) / m, q + 1), p, logs),
        sp.And(p > -1, q > -1, b > 0),
    )


def _power_of_logarithm(f: Any, x: Any, a: Any, b: Any) -> Found:
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


def _beta_on_half_line(f: Any, x: Any, a: Any, b: Any) -> Found:
    """x^p*(c + d*x^m)^(-q)*log(x)^k over 0..oo."""
    parts = _split(f, x)
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
        c ** (-q) * _with_logarithms(lambda p: (c / d) ** ((p + 1) / m) / m * _beta_value((p + 1) / m, q - (p + 1) / m), p, logs),
        sp.And(p > -1, q > (p + 1) / m),
    )


def _gamma(f: Any, x: Any, a: Any, b: Any) -> Found:
    """x^p*exp(-c*x^m)*log(x)^k over 0..oo."""
    if a != 0 or b is not sp.oo:
        return None
    parts = _split(f, x)
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

    return _with_logarithms(value, p, logs), sp.And(c > 0, (p + 1) / m > 0)


def _damped(f: Any, x: Any, a: Any, b: Any) -> Found:
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


def _gaussian(f: Any, x: Any) -> Found:
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


def _zeta(f: Any, x: Any, a: Any, b: Any) -> Found:
    """x^p/(exp(c*x) - 1) and x^p/(exp(c*x) + 1) over 0..oo."""
    parts = _split(f, x)
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


def _bessel_k(f: Any, x: Any, a: Any, b: Any) -> Found:
    """x^p*exp(-c*x^m - d*x^(-m)) over 0..oo."""
    parts = _split(f, x)
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


def _sine_powers(f: Any, x: Any, a: Any, b: Any) -> Found:
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


def _log_sine(f: Any, x: Any, a: Any, b: Any) -> Found:
    """log(sin(x)) and log(cos(x)) over a quarter, log(sin(x)) over a half period."""
    if a == 0 and b == sp.pi / 2 and f in (sp.log(sp.sin(x)), sp.log(sp.cos(x))):
        return -sp.pi * sp.log(2) / 2, sp.true
    if a == 0 and b == sp.pi and f == sp.log(sp.sin(x)):
        return -sp.pi * sp.log(2), sp.true
    return None


def _fresnel(f: Any, x: Any, a: Any, b: Any) -> Found:
    """sin(c*x^2) and cos(c*x^2) over 0..oo."""
    if a != 0 or b is not sp.oo or not isinstance(f, (sp.sin, sp.cos)):
        return None
    c = sp.cancel(f.args[0] / x**2)
    if c.has(x) or not c.is_positive:
        return None
    return sp.sqrt(sp.pi / (2 * c)) / 2, sp.true


def _hyperbolic(f: Any, x: Any, a: Any, b: Any) -> Found:
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


def _bose(f: Any, x: Any, a: Any, b: Any) -> Found:
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


def _tail(f: Any, x: Any, a: Any, b: Any) -> Found:
    """(c*x + d)^s over a..oo, where the base is positive from a on."""
    base, s = sp.powdenest(f, force=True).as_base_exp()
    if b is not sp.oo or s.has(x) or s.is_number or not base.is_polynomial(x) or sp.degree(base, x) != 1:
        return None
    c, start = base.coeff(x), base.subs(x, a)
    if not (c.is_positive and start.is_positive):
        return None
    return -(start ** (s + 1)) / (c * (s + 1)), s < -1


def _turned(f: Any, x: Any, a: Any, b: Any) -> Found:
    """What 1/x makes an integrand over 0..1."""
    if (a, b) != (1, sp.oo):
        return None
    y = sp.Dummy(x.name, positive=True)
    made = sp.powdenest(sp.powsimp(sp.expand_log(f.subs(x, 1 / y), force=True) / y**2), force=True)
    constant, rest = made.as_independent(y, as_Add=False)
    for rule in (_power_of_logarithm, _beta):
        found = rule(rest, y, sp.S.Zero, sp.S.One)
        if found is not None:
            return constant * found[0], found[1]
    return None


def _damped_sine(f: Any, x: Any, a: Any, b: Any) -> Found:
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


_RULES: tuple[Callable[[Any, Any, Any, Any], Found], ...] = (
    _damped_sine,
    log_over_binomial,
    _power_of_logarithm,
    _tail,
    _turned,
    _beta,
    _beta_on_half_line,
    _damped,
    _gamma,
    _zeta,
    _sine_powers,
    _log_sine,
    _fresnel,
    _bessel_k,
    _hyperbolic,
    _bose,
)
