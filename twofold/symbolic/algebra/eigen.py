"""Eigenvalues, eigenvectors and diagonalisation.

Multiplicities and eigenvectors are exact: eigenvectors are computed over the field of an eigenvalue.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from math import lcm
from typing import Any

import sympy as sp
from sympy.polys.agca.extensions import FiniteExtension
from sympy.polys.matrices import DomainMatrix

from twofold.grammar.term import App, Term, num
from twofold.symbolic.algebra import rational_spectrum
from twofold.symbolic.algebra.cases import by_cases
from twofold.symbolic.algebra.characteristic import Characteristic
from twofold.symbolic.algebra.complex_notes import with_notes
from twofold.symbolic.algebra.elimination import echelon, expressions, has_parameters, matrix_in, require_open
from twofold.symbolic.algebra.irreducible import surely_irreducible
from twofold.symbolic.algebra.matrices import domain_matrix, operation, related, side_by_side, square, vanishes, vector_of
from twofold.symbolic.algebra.radicals import LONGEST_RADICAL, either_root, polynomial_roots
from twofold.symbolic.algebra.rational_elimination import matrix_of
from twofold.symbolic.algebra.regions import Region, Split, whole_region
from twofold.symbolic.algebra.spaces import cleared, kernel_of
from twofold.symbolic.algebra.square import require_nonzero
from twofold.symbolic.arithmetic import text
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import spend
from twofold.symbolic.entries import rows_of, shaped
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower
from twofold.symbolic.sympy_order import ordered
from twofold.symbolic.tidy import measure, short

DEFECTIVE = text("not diagonalizable")


def spectrum(a: Term, context: Context) -> list[tuple[Any, int]]:
    """The eigenvalues with their multiplicities, real ones first and ascending."""
    x = sp.Symbol("t")
    if (characteristic := Characteristic.of(a)) is not None:
        found = []
        for coefficients, k in characteristic.factors():
            plain = [lower(c, context) for c in reversed(coefficients)]
            roots = [-plain[1]] if len(plain) == 2 else polynomial_roots(sp.Poly(plain, x), x, context)
            found += [(r, k) for r in roots]
    else:
        found = [(r, k) for p, k in _factors(domain_matrix(a, context), x, context) for r in polynomial_roots(p, x, context)]
    assert sum(k for _, k in found) == len(rows_of(a))
    place = {r: i for i, r in enumerate(ordered([r for r, _ in found]))}
    return sorted(found, key=lambda pair: place[pair[0]])


def _factors(m: DomainMatrix, x: Any, context: Context) -> list[tuple[Any, int]]:
    """The irreducible factors of the characteristic polynomial."""
    if related(m) and (m.is_upper or m.is_lower):
        # The factors can be read off, while they do not divide what is simplified of their product.
        diagonal = [short(m.domain.to_sympy(m[i, i].element), context) for i in range(m.shape[0])]
        return [(sp.Poly(x - d, x), diagonal.count(d)) for d in dict.fromkeys(diagonal)]
    coefficients = [m.domain.to_sympy(c) for c in m.charpoly()]
    if related(m):
        coefficients = [short(sp.trigsimp(c), context) for c in coefficients]
    poly = sp.Poly(coefficients, x)
    if poly.domain.is_EX or surely_irreducible(poly):
        return [(poly, 1)]
    return list(sp.factor_list(poly)[1] if not poly.domain.is_Algebraic else poly.factor_list()[1])


@operation("eigenvalues")
def eigenvalues(context: Context, a: Term) -> Term:
    """The eigenvalues, each as often as its multiplicity."""
    square(a)
    if (m := matrix_of(a)) is not None and (found := rational_spectrum.spectrum(m)) is not None:
        made = rational_spectrum.all_written([r for r, k in found for _ in range(k)])
        if made is not None:
            return App("set", tuple(made), (), "set")
    found = App("set", tuple(lift(r, context) for r, k in spectrum(a, context) for _ in range(k)), (), "set")
    return with_notes(found, context)


def eigenspaces(m: DomainMatrix, region: Region) -> list[tuple[Any, int, list[list[Any]]]]:
    """For every eigenvalue its multiplicity and a basis of its eigenvectors. Raises `Split` where these depend on parameters."""
    context = region.context
    if related(m) and m.shape[0] == 2:
        plane = _of_functions(expressions(m), context)
        if plane is not None:
            return plane
    if related(m):
        made = spend(10 * context.effort, lambda: sp.Matrix(expressions(m)).eigenvects(simplify=True))
        if made is None:
            raise NoClosedForm("the eigenvectors take too long to find")
        spaces = [(short(r, context), k, [list(v) for v in vs]) for r, k, vs in made]
        for p, q in combinations([r for r, _, _ in spaces], 2):
            apart = p - q if not (p - q).has(sp.I) else sp.expand((p - q) * sp.conjugate(p - q))
            require_nonzero(short(apart, context), context)
        for e in {sp.denom(sp.together(e)) for _, _, vs in spaces for v in vs for e in v}:
            require_open(short(e, context), context)
        return spaces
    x = sp.Symbol("t")
    m = m.to_field()
    found: list[tuple[Any, int, list[list[Any]]]] = []
    for p, count in distinct_factors(m, x, region):
        if p.degree() == 1:
            value = -p.all_coeffs()[1] / p.all_coeffs()[0]
            found.append((short(value, context), count, kernel_of(*echelon(shifted_by(m, p), region))))
            continue
        rows, generator = over_extension(m, p)
        basis = rows.nullspace(divide_last=True)
        if has_parameters(m) and basis.shape[0] < count:
            raise NoClosedForm("the eigenvectors of a multiple eigenvalue with parameters have no short closed form")
        vectors = [cleared([rows.domain.to_sympy(e) for e in r]) for r in basis.to_dense().rep.to_ddm()]
        for v in vectors:
            region.is_zero(next((e for e in reversed(v) if e != 0 and not e.has(generator)), sp.S.One))
        roots = polynomial_roots(p.as_expr(), x, context)
        not_too_long(p, roots)
        for r in roots:
            found.append((r, count, [_whole([value_at(e, generator, r, context) for e in v]) for v in vectors]))
    place = {r: i for i, r in enumerate(ordered([r for r, _, _ in found]))}
    return sorted(found, key=lambda item: place[item[0]])


def not_too_long(p: Any, roots: list[Any]) -> None:
    """Vectors are polynomials in a root: nested radicals in these are not to be read. Raises `NoClosedForm`."""
    if p.degree() > 2 and any(not r.has(sp.CRootOf) and measure(r) > LONGEST_RADICAL for r in roots):
        raise NoClosedForm("the eigenvectors have no short closed form; eigenvalues(A) are written out")


def _of_functions(rows: list[list[Any]], context: Context) -> list[tuple[Any, int, list[list[Any]]]] | None:
    """The eigenvectors of a 2 x 2 matrix of functions with two eigenvalues, under the condition that they differ; `None` for a
    triangular matrix or a double eigenvalue."""
    (a, b), (c, d) = rows
    if any(vanishes(e, context) for e in (b, c)):
        return None
    root = short(either_root(sp.expand((a - d) ** 2 + 4 * b * c)), context)
    if vanishes(root, context):
        return None
    require_nonzero(root, context)
    values = [short((a + d + s * root) / 2, context) for s in (-1, 1)]
    vectors = [short(sp.cancel(b / (sp.expand(r) - a)), context) for r in values]
    for v in vectors:
        require_open(sp.denom(sp.together(v)), context)
    return [(r, 1, [[v, sp.S.One]]) for r, v in zip(values, vectors, strict=True)]


def distinct_factors(m: DomainMatrix, x: Any, region: Region) -> list[tuple[Any, int]]:
    """The irreducible factors of the characteristic polynomial with their multiplicities. Raises `Split` where eigenvalues
    coincide for some values of the parameters only."""
    poly = sp.Poly(dict(enumerate(reversed(m.charpoly()))), x, domain=m.domain)
    factors = poly.factor_list()[1]
    if has_parameters(m):
        for p, q in combinations([p for p, _ in factors], 2):
            region.is_zero(sp.factor(p.resultant(q)))
        for p, _ in factors:
            if p.degree() > 1:
                region.is_zero(sp.factor(p.discriminant()))
    return list(factors)


def shifted_by(m: DomainMatrix, p: Any) -> DomainMatrix:
    """A - r*I for the zero r of a linear polynomial."""
    a, b = p.rep.to_list()
    n = m.shape[0]
    return (m + type(m).eye(n, m.domain) * m.domain.quo(b, a)).to_dense()


def over_extension(m: DomainMatrix, p: Any) -> tuple[DomainMatrix, Any]:
    """A - t*I over the field of a zero t of an irreducible polynomial, and t as it is written there."""
    t = sp.Dummy("t")
    field = FiniteExtension(sp.Poly.from_list(p.rep.to_list(), t, domain=m.domain))
    rows = [[field(sp.Poly.from_list([x], t, domain=m.domain).rep) for x in r] for r in m.to_dense().rep.to_ddm()]
    for k in range(len(rows)):
        rows[k][k] = rows[k][k] - field.generator
    return DomainMatrix(rows, m.shape, field), t


def value_at(e: Any, generator: Any, root: Any, context: Context) -> Any:
    made = e.subs(generator, root)
    return short(sp.radsimp(made) if made.is_number and not made.has(sp.CRootOf) else made, context)


def _whole(v: list[Any]) -> list[Any]:
    """A multiple without rational denominators."""
    parts = [t.as_coeff_Mul()[0] for e in v for t in sp.Add.make_args(sp.expand(e))]
    scale = lcm(*(int(c.q) for c in parts if c.is_Rational))
    return [sp.expand(e * scale) for e in v] if scale != 1 else v


@operation("eigenvectors")
def eigenvectors(context: Context, a: Term) -> Term:
    """Triples (eigenvalue, multiplicity, basis of its eigenvectors); with parameters by cases."""
    square(a)
    if (spaces := _of_rationals(a)) is not None:
        return App("set", tuple(_triple(value, count, vectors) for value, count, vectors in spaces), (), "set")

    def found(region: Region) -> Term:
        triples = []
        for value, count, vectors in eigenspaces(matrix_in(region, a), region):
            triples.append(_triple(lift(value, context), count, [[lift(e, context) for e in v] for v in vectors]))
        return App("set", tuple(triples), (), "set")

    return with_notes(by_cases(context, found), context)


def _triple(value: Term, count: int, vectors: list[list[Term]]) -> Term:
    return App("tuple", (value, num(count), App("set", tuple(map(vector_of, vectors)), (), "set")), (), "tuple")


def _of_rationals(a: Term) -> list[tuple[Term, int, list[list[Term]]]] | None:
    """The eigenspaces of a matrix of rational numbers as terms, where they are found by FLINT alone."""
    m = matrix_of(a)
    spaces = rational_spectrum.eigenspaces(m) if m is not None else None
    if spaces is None:
        return None
    n, found = len(rows_of(a)), []
    for e in spaces:
        flat = rational_spectrum.all_written([e.value, *(x for v in e.vectors for x in v)])
        if flat is None:
            return None
        found.append((flat[0], e.count, [flat[k : k + n] for k in range(1, len(flat), n)]))
    return found


@operation("diagonalize")
def diagonalize(context: Context, a: Term) -> Term:
    """Matrices (P, D) with A == P*D*inv(P) and D diagonal; a text where there are none. With parameters by cases."""
    n = square(a)
    if (plain := _of_rationals(a)) is not None:
        whole = sum(len(vs) for _, _, vs in plain) == n
        return _diagonal([v for _, _, vs in plain for v in vs], [r for r, _, vs in plain for _ in vs]) if whole else DEFECTIVE

    def found(region: Region) -> Term:
        spaces = eigenspaces(matrix_in(region, a), region)
        if sum(len(vs) for _, _, vs in spaces) < n:
            return DEFECTIVE
        return diagonal_form(spaces, context)

    m = domain_matrix(a, context)
    if has_parameters(m):
        everywhere = valid_throughout(m, whole_region(context))
        if everywhere is not None:
            return with_notes(diagonal_form(everywhere, context), context)
    return with_notes(by_cases(context, found), context)


def valid_throughout(m: DomainMatrix, region: Region) -> list[tuple[Any, int, list[list[Any]]]] | None:
    """The generic eigenvectors, if they make a basis for all values of the parameters."""
    try:
        spaces = eigenspaces(m, replace(region, generic=True, required=[]))
    except NoClosedForm:
        return None
    columns = [v for _, _, vs in spaces for v in vs]
    if len(columns) < m.shape[0] or any(sp.denom(sp.together(e)).free_symbols for v in columns for e in v):
        return None
    try:
        return None if region.is_zero(sp.factor(sp.expand(sp.Matrix(columns).det()))) else spaces
    except Split:
        return None


def diagonal_form(spaces: list[tuple[Any, int, list[list[Any]]]], context: Context) -> Term:
    columns = [[lift(e, context) for e in v] for _, _, vs in spaces for v in vs]
    return _diagonal(columns, [lift(r, context) for r, _, vs in spaces for _ in vs])


def _diagonal(columns: list[list[Term]], values: list[Term]) -> Term:
    n = len(values)
    diagonal = [[values[i] if i == j else num(0) for j in range(n)] for i in range(n)]
    return App("tuple", (side_by_side(columns), shaped(diagonal, (n, n))), (), "tuple")
