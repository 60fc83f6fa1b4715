"""Rational functions of an isolated root of a polynomial with rational coefficients, as polynomials of lower degree in it.

Source: any text on algebraic number fields, e.g. Cohen, "A Course in Computational Algebraic Number Theory", section 4.2.
"""

from __future__ import annotations

from typing import Any

import sympy as sp
from flint import fmpq, fmpq_poly

from twofold.symbolic.attempt import attempt


def reduced(expression: Any) -> Any:
    """The expression with the powers of its isolated root below the degree of the root's polynomial; as it is where it has none, or more than one."""
    roots = expression.atoms(sp.CRootOf)
    if len(roots) != 1 or expression.free_symbols:
        return expression
    (root,) = roots
    t = sp.Dummy("t")
    plain = expression.xreplace({root: t})
    made = attempt(_remainder, plain, root.poly, t) if plain.is_rational_function(t) else None
    return expression if made is None else made.xreplace({t: root})


def _remainder(plain: Any, poly: Any, t: Any) -> Any:
    """A rational function of t modulo an irreducible polynomial; `None` where its coefficients are not rational or it has a pole there."""
    top, bottom = (_polynomial(e, t) for e in sp.fraction(sp.together(plain)))
    modulus = _polynomial(poly.as_expr(t), t)
    if top is None or bottom is None or modulus is None:
        return None
    common, inverse, _ = (bottom % modulus).xgcd(modulus)
    if common.degree() != 0:
        return None
    rest = top * inverse / common[0] % modulus
    total = sp.Add(*(sp.Rational(int(c.p), int(c.q)) * t**k for k, c in enumerate(rest.coeffs())))
    return sp.factor_terms(total)


def _polynomial(e: Any, t: Any) -> fmpq_poly | None:
    coefficients = sp.Poly(e, t).all_coeffs()[::-1]
    if not all(c.is_Rational for c in coefficients):
        return None
    return fmpq_poly([fmpq(int(c.p), int(c.q)) for c in coefficients])


__all__ = ["reduced"]
