"""SymPy functions without a name of ours, by those that have one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp


def _harmonic(e: Any) -> Any:
    """1 + 1/2^m + … + 1/n^m = zeta(m) - (-1)^m*polygamma(m - 1, n + 1)/(m - 1)! for a whole m > 1."""
    n, m = e.args
    if not (m.is_Integer and m > 1):
        return None
    return sp.zeta(m) - (-1) ** m * sp.polygamma(m - 1, n + 1) / sp.factorial(m - 1)


def _exponential_integral(n: Any, z: Any) -> Any:
    """By the incomplete gamma function; of whole order, which SymPy turns back, by Ei of a real argument (DLMF 8.19.12)."""
    if n.is_Integer and n > 1:
        below = _exponential_integral(n - 1, z)
        return None if below is None else (sp.exp(-z) - z * below) / (n - 1)
    if n == 1:
        return -sp.Ei(-z) if z.is_real else None
    return z ** (n - 1) * sp.uppergamma(1 - n, z)


_REWRITES: dict[str, Callable[[Any], Any]] = {
    "expint": lambda e: _exponential_integral(*e.args),
    "subfactorial": lambda e: e.rewrite(sp.gamma),
    "RisingFactorial": lambda e: sp.gamma(e.args[0] + e.args[1]) / sp.gamma(e.args[0]),
    "FallingFactorial": lambda e: sp.gamma(e.args[0] + 1) / sp.gamma(e.args[0] - e.args[1] + 1),
    "exp_polar": lambda e: sp.exp(e.args[0]), "polar_lift": lambda e: e.args[0], "periodic_argument": lambda e: sp.arg(e.args[0]),
    "ceiling": lambda e: -sp.floor(-e.args[0]), "erf2": lambda e: sp.erf(e.args[1]) - sp.erf(e.args[0]),
    "erfc": lambda e: 1 - sp.erf(e.args[0]), "li": lambda e: sp.Ei(sp.log(e.args[0])),
    "dirichlet_eta": lambda e: (1 - 2 ** (1 - e.args[0])) * sp.zeta(e.args[0]),
    "harmonic": _harmonic,
    "factorial": lambda e: sp.gamma(e.args[0] + 1), "sinc": lambda e: sp.sin(e.args[0]) / e.args[0],
}  # fmt: skip


def rewritten(e: Any) -> Any:
    rule = _REWRITES.get(type(e).__name__)
    return None if rule is None else rule(e)
