"""Bessel functions of half an odd order as sines, cosines and exponentials (DLMF 10.16.1, 10.39.1-2, 10.29.1, 10.6.1)."""

from __future__ import annotations

from typing import Any

import sympy as sp

_MOST = 10
"""The greatest order that is written out."""


def elementary(e: Any) -> Any:
    """A SymPy Bessel function in elementary functions where its order is half an odd number, otherwise as it is."""
    kind, order = type(e), getattr(e, "order", None)
    if kind not in _FIRST or order is None or not (order.is_Rational and order.q == 2 and abs(order) <= _MOST):
        return e
    x = e.argument
    if kind is sp.besselk:
        order = abs(order)  # K does not change with the sign of its order.
    below, here = (w(x) for w in _FIRST[kind])
    nu = sp.S.Half
    rise, ratio = _STEPS[kind]
    while nu < order:
        below, here, nu = here, rise * below + ratio * 2 * nu / x * here, nu + 1
    while nu > order:
        # The same step the other way: the one below from the two above it.
        below, here, nu = (here - ratio * 2 * (nu - 1) / x * below) / rise, below, nu - 1
    return sp.expand(here)


def _scaled(f: Any) -> Any:
    return lambda x: sp.sqrt(2 / sp.pi) / sp.sqrt(x) * f(x)


_FIRST: dict[Any, tuple[Any, Any]] = {
    sp.besselj: (_scaled(sp.cos), _scaled(sp.sin)),
    sp.bessely: (_scaled(sp.sin), _scaled(lambda x: -sp.cos(x))),
    sp.besseli: (_scaled(sp.cosh), _scaled(sp.sinh)),
    sp.besselk: ((lambda x: sp.sqrt(sp.pi / 2) / sp.sqrt(x) * sp.exp(-x)),) * 2,
}
"""The functions of orders -1/2 and 1/2."""
_STEPS: dict[Any, tuple[int, int]] = {sp.besselj: (-1, 1), sp.bessely: (-1, 1), sp.besseli: (1, -1), sp.besselk: (1, 1)}
"""Z(nu + 1) = rise*Z(nu - 1) + ratio*2*nu/x*Z(nu)."""
