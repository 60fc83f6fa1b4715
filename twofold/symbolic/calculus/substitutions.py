"""Antiderivatives made continuous across the poles of tangents."""

from __future__ import annotations

from typing import Any

import sympy as sp


def continued(found: Any) -> Any:
    """The same with every atan of a linear function of a tangent continued across the poles of the tangent.

    atan(tan(v)) becomes v; atan(c*tan(v) + d) gets sign(c)*pi*floor(v/pi + 1/2).
    """

    def rule(e: Any) -> Any:
        (u,) = e.args
        (tangent,) = u.atoms(sp.tan)
        v = tangent.args[0]
        if u == tangent:
            return v
        c = u.coeff(tangent)
        return e + sp.sign(c) * sp.pi * sp.floor(v / sp.pi + sp.S.Half)

    def applies(e: Any) -> bool:
        if not isinstance(e, sp.atan) or len(e.args[0].atoms(sp.tan)) != 1:
            return False
        u = sp.expand(e.args[0])
        (tangent,) = u.atoms(sp.tan)
        return u.is_polynomial(tangent) and sp.degree(u, tangent) == 1 and u.coeff(tangent).is_number

    return found.replace(applies, rule)
