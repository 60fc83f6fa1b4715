"""Logarithms of absolute values as they are without them, where a constant of integration takes the sign up.

log(abs(u)) and log(u) have the same derivative, and exp of the first is u or -u. An absolute value that stands elsewhere (x*abs(x)/2 is a primitive of
abs(x)) is no matter of a sign, and stays.
"""

from __future__ import annotations

from typing import Any

import sympy as sp


def unsigned(e: Any) -> Any:
    """An expression whose logarithms have u for abs(u) among their factors."""
    return e.replace(sp.log, lambda u: sp.log(sp.Mul(*(_bare(g) for g in sp.Mul.make_args(u)))))


def _bare(factor: Any) -> Any:
    base, power = factor.as_base_exp()
    return base.args[0] ** power if isinstance(base, sp.Abs) else factor
