"""Roots of squares as differentiable functions: sqrt(x^2) is a solution x or -x of what both signs of the root solve, never abs(x)."""

from __future__ import annotations

from typing import Any

import sympy as sp

from twofold.symbolic.attempt import attempt


def smooth(e: Any, *names: Any) -> Any:
    """The expression with u*sqrt(v) for sqrt(u^2*v) under every square root that depends on one of the names (on any, where none are given).

    The value changes its sign with u: for expressions of which both signs are meant, or which are checked again.
    """
    return e.replace(lambda r: _is_root(r, names), _opened)


def _is_root(e: Any, names: tuple[Any, ...]) -> bool:
    if isinstance(e, sp.Abs):
        return not names or e.has(*names)
    return bool(e.is_Pow and e.exp.is_Rational and e.exp.q == 2 and e.free_symbols and (not names or e.has(*names)))


def _opened(e: Any) -> Any:
    if isinstance(e, sp.Abs):
        return e.args[0]
    found = attempt(sp.factor_list, sp.together(e.base))
    if found is None:
        return e
    number, parts = found
    n = e.exp.p
    outside = sp.Mul(*(q ** (k // 2) for q, k in parts))
    inside = sp.expand(number * sp.Mul(*(q ** (k % 2) for q, k in parts)))
    if outside == 1:
        return e
    return outside**n * (sp.sqrt(inside) ** n)


__all__ = ["smooth"]
