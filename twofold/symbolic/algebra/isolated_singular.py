"""Singular values and vectors of matrices of rational numbers where the squares of the values are roots of irreducible polynomials of degree above 2: entries as
polynomials in an isolated root r over square roots of such, reduced in the field of r.

With A'*A*w = r*w, the unit vectors are w/sqrt(w'*w) and A*w/sqrt(r*w'*w).
"""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy.polys.matrices import DomainMatrix

from twofold.symbolic.algebra.eigen import distinct_factors, over_extension, shifted_by
from twofold.symbolic.algebra.elimination import echelon
from twofold.symbolic.algebra.radicals import polynomial_roots
from twofold.symbolic.algebra.regions import Region
from twofold.symbolic.algebra.spaces import cleared, kernel_of
from twofold.symbolic.algebra.unitary import orthogonalised
from twofold.symbolic.context import NoClosedForm

Triple = tuple[Any, list[Any], list[Any]]


def with_isolated_roots(outer: Any, gram: DomainMatrix, region: Region) -> list[Triple] | None:
    """The squares of the singular values that are not 0, with unit vectors on both sides; `None` where none is such a root."""
    if not (gram.domain.is_QQ or gram.domain.is_ZZ):
        return None
    x = sp.Symbol("t")
    m = gram.to_field()
    factors = distinct_factors(m, x, region)
    if all(p.degree() <= 2 for p, _ in factors):
        return None
    found: list[Triple] = []
    for p, count in factors:
        if p.degree() > 1 and count > 1:
            raise NoClosedForm("the singular vectors of a multiple value have no short closed form")
        found += _rational(outer, m, p, region) if p.degree() == 1 else _of_root(outer, m, p, x, region)
    return found


def _rational(outer: Any, m: DomainMatrix, p: Any, region: Region) -> list[Triple]:
    a, b = p.all_coeffs()
    value = -b / a
    if value == 0:
        return []
    found = []
    for _, _, w in orthogonalised(kernel_of(*echelon(shifted_by(m, p), region)), region):
        square = sum(e**2 for e in w)
        image = list(outer * sp.Matrix(w))
        found.append((value, [e / sp.sqrt(square * value) for e in image], [e / sp.sqrt(square) for e in w]))
    return found


def _of_root(outer: Any, m: DomainMatrix, p: Any, x: Any, region: Region) -> list[Triple]:
    rows, generator = over_extension(m, p)
    field = rows.domain
    (basis,) = rows.nullspace(divide_last=True).to_dense().rep.to_ddm()
    vector = [field.from_sympy(e) for e in cleared([field.to_sympy(e) for e in basis])]
    square = sum((e * e for e in vector), field.zero)
    image = [sum((field.from_sympy(a) * e for a, e in zip(r, vector, strict=True)), field.zero) for r in outer.tolist()]
    scaled = square * field.generator
    found = []
    for r in polynomial_roots(p.as_expr(), x, region.context):

        def at(e: Any, r: Any = r) -> Any:
            return field.to_sympy(e).subs(generator, r)

        below, beside = sp.sqrt(at(square)), sp.sqrt(at(scaled))
        found.append((r, [at(e) / beside for e in image], [at(e) / below for e in vector]))
    return found


__all__ = ["with_isolated_roots"]
