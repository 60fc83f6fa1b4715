"""Definite integrals read off a short table: those of the beta, gamma and zeta functions, and powers and logarithms of sines.

Source: Gradshteyn and Ryzhik, sections 3.19, 3.38, 3.41, 3.62 and 4.22. A match is a candidate like any other: quadrature has the last word.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import sympy as sp

Found: TypeAlias = "tuple[Any, Any] | None"


def by_table_of_ranges(f: Any, x: Any, a: Any, b: Any) -> Found:
    """Value and condition for an integrand and a range in the table, `None` otherwise."""
    constant, rest = f.as_independent(x, as_Add=False)
    for rule in _RULES:
        found = rule(rest, x, a, b)
        if found is not None:
            return constant * found[0], found[1]
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


def _beta(f: Any, x: Any, a: Any, b: Any) -> Found:
    """x^p*(c - x)^q over 0..c."""
    powers = _powers(f, x)
    if powers is None or a != 0 or b.is_infinite or not set(powers) <= {x, b - x}:
        return None
    p, q = powers.get(x, sp.S.Zero), powers.get(b - x, sp.S.Zero)
    if p.is_Integer and q.is_Integer:
        return None
    return b ** (p + q + 1) * _beta_value(p + 1, q + 1), sp.And(p > -1, q > -1, b > 0)


def _beta_on_half_line(f: Any, x: Any, a: Any, b: Any) -> Found:
    """x^p/(1 + x)^q over 0..oo."""
    powers = _powers(f, x)
    if powers is None or a != 0 or b is not sp.oo or not set(powers) <= {x, 1 + x} or 1 + x not in powers:
        return None
    p, q = powers.get(x, sp.S.Zero), -powers[1 + x]
    return _beta_value(p + 1, q - p - 1), sp.And(p > -1, q - p > 1)


def _gamma(f: Any, x: Any, a: Any, b: Any) -> Found:
    """x^p*exp(-c*x^m) over 0..oo."""
    if a != 0 or b is not sp.oo:
        return None
    c, m, p = sp.Wild("c", exclude=[x]), sp.Wild("m", exclude=[x]), sp.Wild("p", exclude=[x])
    found = f.match(x**p * sp.exp(-c * x**m)) or f.match(sp.exp(-c * x**m))
    if found is None or found[m] == 0 or found[c] == 0:
        return None
    k = (found.get(p, sp.S.Zero) + 1) / found[m]
    return sp.gamma(k) / (sp.Abs(found[m]) * found[c] ** k), sp.And(found[c] > 0, k > 0)


def _zeta(f: Any, x: Any, a: Any, b: Any) -> Found:
    """x^p/(exp(c*x) - 1) and x^p/(exp(c*x) + 1) over 0..oo."""
    if a != 0 or b is not sp.oo:
        return None
    c, p = sp.Wild("c", exclude=[x, 0]), sp.Wild("p", exclude=[x])
    for sign in (-1, 1):
        found = f.match(x**p / (sp.exp(c * x) + sign)) or f.match(1 / (sp.exp(c * x) + sign))
        if found is not None:
            s = found.get(p, sp.S.Zero) + 1
            if sign == -1:
                return sp.gamma(s) * sp.zeta(s) / found[c] ** s, sp.And(found[c] > 0, s > 1)
            eta = sp.log(2) if s == 1 else (1 - 2 ** (1 - s)) * sp.zeta(s)
            return sp.gamma(s) * eta / found[c] ** s, sp.And(found[c] > 0, s > 0)
    return None


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


_RULES: tuple[Callable[[Any, Any, Any, Any], Found], ...] = (
    _beta,
    _beta_on_half_line,
    _gamma,
    _zeta,
    _sine_powers,
    _log_sine,
    _fresnel,
)
