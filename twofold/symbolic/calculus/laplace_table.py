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
    """sin(k*sqrt(t)) and cos(k*sqrt(t))/sqrt(t)."""
    wave = next(iter(core.atoms(sp.sin, sp.cos)), None)
    if wave is None:
        return None
    k = sp.cancel(wave.args[0] / sp.sqrt(t))
    if k.has(t):
        return None
    falls = sp.exp(-(k**2) / (4 * s))
    if core == sp.sin(k * sp.sqrt(t)):
        return k * sp.sqrt(sp.pi) / (2 * s ** sp.Rational(3, 2)) * falls, sp.true
    if core == sp.cos(k * sp.sqrt(t)) / sp.sqrt(t):
        return falls * sp.sqrt(sp.pi / s), sp.true
    return None


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


_RULES: tuple[Callable[[Any, Any, Any], tuple[Any, Any] | None], ...] = (_reciprocal, _of_root, _steps)
