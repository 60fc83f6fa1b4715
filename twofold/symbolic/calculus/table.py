"""Definite integrals read off a short table: those of the beta, gamma and zeta functions, and powers and logarithms of sines.

A match is a candidate like any other: quadrature has the last word.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from twofold.symbolic.definite.beta_integrals import (
    beta,
    beta_on_half_line,
    log_sine,
    power_of_logarithm,
    sine_powers,
    tail,
    turned,
)
from twofold.symbolic.definite.exponential_integrals import bessel_k, damped, damped_sine, fresnel, gamma, gaussian
from twofold.symbolic.definite.integrands import Found
from twofold.symbolic.definite.log_over_binomial import log_over_binomial
from twofold.symbolic.definite.quadratic import over_quadratic
from twofold.symbolic.definite.waves_over_quadratic import wave_over_quadratic
from twofold.symbolic.definite.zeta_integrals import bose, hyperbolic, zeta


def by_table_of_ranges(f: Any, x: Any, a: Any, b: Any) -> Found:
    """Value and condition for an integrand and a range in the table, `None` otherwise."""
    constant, rest = f.as_independent(x, as_Add=False)
    found = over_quadratic(rest, x, a, b) or wave_over_quadratic(rest, x, a, b)
    if found is not None:
        return constant * found[0], found[1]
    if a is -sp.oo and b is sp.oo:
        found = gaussian(rest, x)
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
        whole = gaussian(rest, x)
        return None if whole is None else (constant * whole[0] / 2, whole[1])
    return None


_RULES: tuple[Callable[[Any, Any, Any, Any], Found], ...] = (
    damped_sine,
    log_over_binomial,
    power_of_logarithm,
    tail,
    turned,
    beta,
    beta_on_half_line,
    damped,
    gamma,
    zeta,
    sine_powers,
    log_sine,
    fresnel,
    bessel_k,
    hyperbolic,
    bose,
)
