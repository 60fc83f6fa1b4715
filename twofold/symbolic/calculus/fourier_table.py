"""Fourier transforms of hyperbolic functions, which are hyperbolic again.

Source: Erdélyi, "Tables of Integral Transforms", vol. 1, sections 1.9 and 2.9. Where a function does not fall off, or has a pole at 0, the transform is
that of a tempered distribution, a principal value.
"""

from __future__ import annotations

from typing import Any

import sympy as sp


def hyperbolic(body: Any, x: Any, w: Any) -> Any:
    """c*g(a*x) for 1/cosh, 1/cosh^2, 1/sinh, x/sinh, tanh and coth; `None` for others. The transform of g(a*x) is that of g at w/a, over abs(a)."""
    factor, core = body.as_independent(x, as_Add=False)
    core = core.replace(sp.sech, lambda u: 1 / sp.cosh(u)).replace(sp.csch, lambda u: 1 / sp.sinh(u))
    core = core.replace(sp.coth, lambda u: 1 / sp.tanh(u))
    angles = {g.args[0] for g in core.atoms(sp.cosh, sp.sinh, sp.tanh)}
    if len(angles) != 1:
        return None
    a = sp.cancel(angles.pop() / x)
    if a.has(x) or not a.is_real:
        return None
    u, y = a * x, w / a
    size = factor / sp.Abs(a)
    v = sp.pi * y / 2
    if core == 1 / sp.cosh(u):
        return size * sp.pi / sp.cosh(v)
    if core == 1 / sp.cosh(u) ** 2:
        return size * sp.pi * y / sp.sinh(v)
    if core == x / sp.sinh(u):
        return size / a * sp.pi**2 / (2 * sp.cosh(v) ** 2)
    if core == 1 / sp.sinh(u):
        return -sp.I * size * sp.pi * sp.tanh(v)
    if core == sp.tanh(u):
        return -sp.I * size * sp.pi / sp.sinh(v)
    if core == 1 / sp.tanh(u):
        return -sp.I * size * sp.pi / sp.tanh(v)
    return None


__all__ = ["hyperbolic"]
