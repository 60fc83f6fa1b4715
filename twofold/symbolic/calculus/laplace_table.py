"""Laplace transforms of a constant times an exponential times one function of a short table, and of waves over t.

Source: Erdélyi, "Tables of Integral Transforms", vol. 1, sections 4.1 to 4.8.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import sympy as sp

from twofold.symbolic.solving.linear_equations import waves

Found: TypeAlias = "tuple[Any, Any, Any] | None"


def laplace_by_table(body: Any, t: Any, s: Any) -> Found:
    """The transform, the number that s must be above, and a further condition; `None` for what is not in the table."""
    constant, rest = body.as_independent(t, as_Add=False)
    rate, core = sp.S.Zero, sp.S.One
    for g in sp.Mul.make_args(rest):
        if isinstance(g, sp.exp) and g.args[0].is_polynomial(t) and sp.degree(g.args[0], t) == 1:
            rate, constant = rate + g.args[0].coeff(t, 1), constant * sp.exp(g.args[0].coeff(t, 0))
        else:
            core *= g
    if not rate.is_real or rate.has(t):
        return None
    for rule in _RULES:
        found = rule(core, t, s - rate)
        if found is not None:
            return constant * found[0], rate, found[1]
    return _over_t(body, t, s)


def _reciprocal(core: Any, t: Any, s: Any) -> tuple[Any, Any] | None:
    """(t + a)^-n for a > 0: a^(1 - n)*exp(a*s)*E_n(a*s), by recurrence from E_1(u) = -Ei(-u)."""
    base, n = core.as_base_exp()
    if not (n.is_Integer and n < 0 and base.is_polynomial(t) and sp.degree(base, t) == 1):
        return None
    lead, a = base.coeff(t, 1), sp.cancel(base.coeff(t, 0) / base.coeff(t, 1))
    if a == 0 or a.is_nonpositive:
        return None
    value = -sp.exp(a * s) * sp.Ei(-(a * s))
    for k in range(1, -n):
        value = (1 / a**k - s * value) / k
    return lead**n * value, sp.S.true if a.is_positive else a > 0


def _of_root(core: Any, t: Any, s: Any) -> tuple[Any, Any] | None:
    """Sines, cosines and exponentials of k*sqrt(t), sin and cos/sqrt(t) by the series, the others by one integration by parts."""
    wave = next(iter(core.atoms(sp.sin, sp.cos, sp.exp)), None)
    if wave is None:
        return None
    k = sp.cancel(wave.args[0] / sp.sqrt(t))
    if k.has(t):
        return None
    falls = sp.exp(-(k**2) / (4 * s))
    half = k * sp.sqrt(sp.pi) / (2 * s ** sp.Rational(3, 2))
    if core == sp.sin(k * sp.sqrt(t)):
        return half * falls, sp.true
    if core == sp.cos(k * sp.sqrt(t)) / sp.sqrt(t):
        return falls * sp.sqrt(sp.pi / s), sp.true
    if core == sp.cos(k * sp.sqrt(t)):
        return 1 / s - half * falls * sp.erfi(k / (2 * sp.sqrt(s))), sp.true
    if core == sp.exp(k * sp.sqrt(t)):
        return 1 / s + half * sp.exp(k**2 / (4 * s)) * sp.erfc(-k / (2 * sp.sqrt(s))), sp.true
    return None


def _logarithms(core: Any, t: Any, s: Any) -> tuple[Any, Any] | None:
    """t^a*log(c*t)^n for n = 1 and 2, c > 0 and a > -1: derivatives of gamma(a + 1)/s^(a + 1) by a."""
    logs = [g for g in sp.Mul.make_args(core) if g.as_base_exp()[0].func == sp.log]
    if len(logs) != 1:
        return None
    wave, n = logs[0].as_base_exp()
    base, a = (core / logs[0]).as_base_exp() if core != logs[0] else (t, sp.S.Zero)
    c = sp.cancel(wave.args[0] / t)
    if base != t or a.has(t) or c.has(t) or n not in (1, 2) or not c.is_positive or a.is_real is False:
        return None
    condition = sp.true if (a + 1).is_positive else a > -1
    if condition == sp.false:
        return None
    mean = sp.digamma(a + 1) - sp.log(s / c)
    bent = mean if n == 1 else mean**2 + sp.polygamma(1, a + 1)
    if a.is_number:
        bent = sp.expand_func(bent)
    return sp.gamma(a + 1) * bent / s ** (a + 1), condition


def _bessel(core: Any, t: Any, s: Any) -> tuple[Any, Any] | None:
    """J_n(a*t) for n > -1."""
    if not isinstance(core, sp.besselj):
        return None
    n, u = core.args
    a = sp.cancel(u / t)
    if a.has(t) or n.has(t) or not a.is_real or not (a.is_positive or n.is_integer) or n.is_real is False:
        return None
    root = sp.sqrt(s**2 + a**2)
    if n == 0:
        return 1 / root, sp.true
    if n.is_integer and n.is_positive:
        return (root - s) ** n / (a**n * root), sp.true
    return a**n / ((s + root) ** n * root), n > -1


def _steps(core: Any, t: Any, s: Any) -> tuple[Any, Any] | None:
    """floor(c*t) and ceiling(c*t) for c > 0."""
    if not isinstance(core, (sp.floor, sp.ceiling)):
        return None
    c = sp.cancel(core.args[0] / t)
    if c.has(t) or not c.is_positive:
        return None
    up = 1 / (s * (sp.exp(s / c) - 1))
    return (up if isinstance(core, sp.floor) else sp.exp(s / c) * up), sp.true


def _over_t(body: Any, t: Any, s: Any) -> Found:
    """g(t)/t for a sum g of exponentials, sines and cosines that is 0 at 0: the integral of the transform of g from s on."""
    parts = waves(body * t, t)
    if parts is None or any(e.has(t) for row in parts for e in row):
        return None
    if not all(e.is_real for row in parts for e in row) or sp.expand(sp.Add(*(c for _, _, c, _ in parts))) != 0:
        return None
    total = sp.S.Zero
    for a, b, cosine, sine in parts:
        size = sp.log(s - a) if b == 0 else sp.log(sp.expand((s - a) ** 2) + b**2) / 2
        total += sine * sp.atan(b / (s - a)) - cosine * size
    return total, sp.Max(*(a for a, _, _, _ in parts)), sp.true


_RULES: tuple[Callable[[Any, Any, Any], tuple[Any, Any] | None], ...] = (_reciprocal, _of_root, _logarithms, _bessel, _steps)
