"""Isolated roots in another form: as radicals where these are short, and a polynomial in a root as a root of its own polynomial."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import sympy as sp

from twofold.symbolic.algebra.radicals import polynomial_roots
from twofold.symbolic.attempt import attempt
from twofold.symbolic.context import Context
from twofold.symbolic.tidy import measure

_LONGEST = 100
"""Bits of the coefficients of a polynomial that is written out for a value."""


def in_radicals(r: Any) -> Any:
    """The root of a polynomial as short radicals; as it is where it has none."""
    if not isinstance(r, sp.CRootOf) or not r.is_real:
        return r
    found = _all_roots(r.poly)
    # All of them are roots of the polynomial: where one alone is as near as this, it is the one.
    at = r.evalf(16)
    near = [s for s in found if not s.has(sp.CRootOf) and abs(s.evalf(16) - at) < sp.Float("1e-12") * (1 + abs(at))]
    return sp.sqrtdenest(near[0]) if len(near) == 1 else r


@lru_cache(maxsize=64)
def _all_roots(poly: Any) -> tuple[Any, ...]:
    """The roots of an irreducible polynomial with rational coefficients, found once for all of them."""
    return tuple(polynomial_roots(poly.as_expr(), poly.gen, Context()))


def as_one_root(e: Any) -> Any:
    """A polynomial in one real root as a root of its own polynomial, where that is shorter; as it is otherwise."""
    inside = list(e.atoms(sp.CRootOf))
    if len(inside) != 1 or e == inside[0] or not inside[0].is_real:
        return e
    r, x, y = inside[0], sp.Dummy("x"), sp.Dummy("y")
    value = e.xreplace({r: x})
    if not value.is_polynomial(x):
        return e
    own = attempt(sp.resultant, r.poly.as_expr().subs(r.poly.gen, x), y - value, x)
    if own is None:
        return e
    at = e.evalf(40)
    for q, _ in sp.factor_list(own, y)[1]:
        p = sp.Poly(q, y)
        if p.degree() < 2 or sum(int(abs(c)).bit_length() for c in p.all_coeffs() if c.is_Integer) > _LONGEST:
            continue
        near = [s for s in p.real_roots() if abs(s.evalf(40) - at) < sp.Float("1e-30") * (1 + abs(at))]
        if len(near) == 1 and measure(near[0]) <= measure(e):
            return near[0]
    return e


__all__ = ["as_one_root", "in_radicals"]
