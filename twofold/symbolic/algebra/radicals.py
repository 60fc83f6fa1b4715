"""Roots of polynomials: radicals while these are short, isolated roots beyond."""

from __future__ import annotations

from functools import reduce
from typing import Any

import sympy as sp

from twofold.symbolic.algebra.irreducible import surely_irreducible
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.sympy_order import ordered
from twofold.symbolic.tidy import measure, short

LONGEST_RADICAL = 24
_LONGEST_CUBIC = 40
_NONE = "the roots of a polynomial with parameters have no short closed form"


def polynomial_roots(p: Any, x: Any, context: Context) -> list[Any]:
    """All complex roots of an irreducible polynomial: radicals where short, isolated roots otherwise. Raises `NoClosedForm`."""
    poly = sp.Poly(p, x)
    degree = poly.degree()
    if degree == 1:
        a, b = poly.all_coeffs()
        return [short(-b / a, context)]
    if degree == 2:
        a, b, c = poly.all_coeffs()
        halves = _with_parameters(a, b, c)
        if halves is not None:
            context.settled.update(halves)
            return halves
        root = either_root(sp.expand(b**2 - 4 * a * c))
        if b.free_symbols or root.free_symbols:
            halves = [(-b - root) / (2 * a), (-b + root) / (2 * a)]
            return [sp.factor(e) if root.is_polynomial(*root.free_symbols) else sp.factor_terms(e) for e in halves]
        return [short((-b - root) / (2 * a), context), short((-b + root) / (2 * a), context)]
    radicals = not poly.domain.is_QQ and not poly.domain.is_ZZ and sum(map(measure, poly.all_coeffs())) <= _LONGEST_CUBIC
    # Without formulas for cubics only x^3 = a is left, and in many names it may take long to see that.
    if degree == 3 and not radicals and poly.length() > 2 and surely_irreducible(poly):
        raise NoClosedForm(_NONE)
    found = _of_squares(poly) or sp.roots(poly, cubics=radicals, quartics=False, multiple=True)
    if len(found) == degree and all(measure(r) <= LONGEST_RADICAL for r in found) and not _hides_reality(found):
        return ordered(found)
    if poly.domain.is_ZZ or poly.domain.is_QQ:
        return [sp.CRootOf(poly, k) for k in range(degree)]
    if len(found) == degree:
        return ordered(found)
    raise NoClosedForm(_NONE)


def _of_squares(poly: Any) -> list[Any] | None:
    """The roots of a*x^4 + b*x^2 + c with rational coefficients whose squares are positive numbers; `None` for others."""
    if poly.degree() != 4 or not (poly.domain.is_ZZ or poly.domain.is_QQ) or poly.nth(3) != 0 or poly.nth(1) != 0:
        return None
    a, b, c = (poly.nth(k) for k in (4, 2, 0))
    square = b**2 - 4 * a * c
    if square < 0 or b / a >= 0 or c / a <= 0:
        return None
    gap = sp.sqrt(square) / (2 * a)
    return [s * sp.sqrt(-b / (2 * a) + t * gap) for t in (-1, 1) for s in (-1, 1)]


def gaussian_roots(coefficients: list[Any]) -> list[Any] | None:
    """The roots of a quadratic with coefficients in Q + i*Q, not all real, whose discriminant has a rational absolute value; `None`
    for others."""
    if not any(e.has(sp.I) for e in coefficients) or any(e.free_symbols or not e.is_complex for e in coefficients):
        return None
    a, b, c = coefficients
    square = sp.expand(b**2 - 4 * a * c)
    p, q = square.as_real_imag()
    if not (p.is_Rational and q.is_Rational):
        return None
    size = sp.sqrt(p**2 + q**2)
    if not size.is_Rational:
        return None
    root = sp.sqrt((size + p) / 2) + sp.I * (-1 if q < 0 else 1) * sp.sqrt((size - p) / 2)
    found = []
    for s in (-1, 1):
        u, v = sp.expand((-b + s * root) * sp.conjugate(a)).as_real_imag()
        below = 2 * sp.expand(a * sp.conjugate(a))
        found.append(sp.factor_terms(sp.expand(u / below) + sp.I * sp.expand(v / below)))
    return list(dict.fromkeys(found))


def _with_parameters(a: Any, b: Any, c: Any) -> list[Any] | None:
    """The roots of a quadratic whose coefficients are polynomials in parameters, whole factors taken out of the root and out of the
    quotient; `None` for numbers, other coefficients and discriminants that are squares."""
    names = sorted(set().union(*(e.free_symbols for e in (a, b, c))), key=str)
    if not names or not all(e.is_polynomial(*names) for e in (a, b, c)):
        return None
    square = sp.expand(b**2 - 4 * a * c)
    number, factors = sp.factor_list(square)
    if not number.is_Rational or all(k % 2 == 0 for _, k in factors):
        return None
    inside = sp.Mul(*(f for f, k in factors if k % 2))
    if len([f for f, k in factors if k % 2]) > 1 or number < 0:
        inside, number = sp.expand(inside * (-1 if number < 0 else 1)), abs(number)
    outside = sp.Mul(*(f ** (k // 2) for f, k in factors))
    whole, rest = sp.sqrt(number).as_coeff_Mul()
    inside *= rest**2
    shared = reduce(sp.gcd, (whole, *(e.as_content_primitive()[0] for e in (sp.expand(b), 2 * a) if e != 0)))
    b, a, root = sp.expand(b / shared), sp.factor_terms(2 * a / shared), whole / shared * outside * sp.sqrt(inside)
    return [(-b - root) / a, (-b + root) / a]


def either_root(square: Any) -> Any:
    """One of the two square roots, with no absolute value where it is a root of a polynomial."""
    if square.is_number:
        return sp.sqrt(square)
    if square.has(sp.sin, sp.cos, sp.sinh, sp.cosh):
        square = sp.trigsimp(square)
    number, factors = sp.factor_list(square)
    outside = sp.prod(f ** (k // 2) for f, k in factors)
    return outside * sp.sqrt(number * sp.prod(f for f, k in factors if k % 2))


def _hides_reality(found: list[Any]) -> bool:
    """Whether a real root is written with the imaginary unit."""
    return any(r.has(sp.I) and r.is_number and abs(sp.im(r.evalf(20))) < 1e-15 for r in found)
