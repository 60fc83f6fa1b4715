"""Eigenvalues, eigenvectors, diagonalisation and the Jordan form.

Eigenvalues are radicals while these are short; beyond that isolated roots of the irreducible factor (`root_of`). Multiplicities
and eigenvectors are exact: eigenvectors are computed over the field of an eigenvalue.
"""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy.polys.matrices.eigen import dom_eigenvects

from twofold.grammar.term import App, Term, num
from twofold.symbolic.algebra.matrices import domain_matrix, entries, operation, related, side_by_side, square, term_of, vector_of
from twofold.symbolic.algebra.spaces import cleared
from twofold.symbolic.arithmetic import text
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import spend
from twofold.symbolic.lift import lift, ordered
from twofold.symbolic.tidy import measure, short

_LONGEST_RADICAL = 24
DEFECTIVE = text("not diagonalizable")


def polynomial_roots(p: Any, x: Any, context: Context) -> list[Any]:
    """All complex roots of an irreducible polynomial: radicals where short, isolated roots otherwise. Raises `NoClosedForm`."""
    poly = sp.Poly(p, x)
    degree = poly.degree()
    if degree == 1:
        a, b = poly.all_coeffs()
        return [short(-b / a, context)]
    if degree == 2:
        a, b, c = poly.all_coeffs()
        root = sp.sqrt(sp.factor(sp.expand(b**2 - 4 * a * c)))
        return [short((-b - root) / (2 * a), context), short((-b + root) / (2 * a), context)]
    found = sp.roots(poly, cubics=not poly.domain.is_QQ and not poly.domain.is_ZZ, quartics=False, multiple=True)
    if len(found) == degree and all(measure(r) <= _LONGEST_RADICAL for r in found) and not _hides_reality(found):
        return ordered(found)
    if poly.domain.is_ZZ or poly.domain.is_QQ:
        return [sp.CRootOf(poly, k) for k in range(degree)]
    if len(found) == degree:
        return ordered(found)
    raise NoClosedForm("the roots of a characteristic polynomial have no closed form")


def _hides_reality(found: list[Any]) -> bool:
    """Whether a real root is written with the imaginary unit."""
    return any(r.has(sp.I) and r.is_number and abs(sp.im(r.evalf(20))) < 1e-15 for r in found)


def spectrum(a: Term, context: Context) -> list[tuple[Any, int]]:
    """The eigenvalues with their multiplicities, real ones first and ascending."""
    m = domain_matrix(a, context)
    x = sp.Symbol("t")
    n = m.shape[0]
    coefficients = [m.domain.to_sympy(c) for c in m.charpoly()]
    if related(m):
        coefficients = [short(sp.trigsimp(c), context) for c in coefficients]
    poly = sp.Poly(coefficients, x)
    if poly.domain.is_EX:
        factors = [(poly, 1)]
    else:
        factors = sp.factor_list(poly)[1] if not poly.domain.is_Algebraic else poly.factor_list()[1]
    found = [(r, k) for p, k in factors for r in polynomial_roots(p, x, context)]
    assert sum(k for _, k in found) == n
    place = {r: i for i, r in enumerate(ordered([r for r, _ in found]))}
    return sorted(found, key=lambda pair: place[pair[0]])


@operation("eigenvalues")
def eigenvalues(context: Context, a: Term) -> Term:
    """The eigenvalues, each as often as its multiplicity."""
    square(a)
    return App("set", tuple(lift(r, context) for r, k in spectrum(a, context) for _ in range(k)), (), "set")


def eigenspaces(a: Term, context: Context) -> list[tuple[Any, int, list[list[Any]]]]:
    """For every eigenvalue its multiplicity and a basis of its eigenvectors."""
    m = domain_matrix(a, context, field=True)
    if related(m):
        made = spend(10 * context.effort, lambda: sp.Matrix(entries(a, context)).eigenvects(simplify=True))
        if made is None:
            raise NoClosedForm("the eigenvectors take too long to find")
        return [(short(r, context), k, [list(v) for v in vs]) for r, k, vs in made]
    rational, algebraic = dom_eigenvects(m)
    found: list[tuple[Any, int, list[list[Any]]]] = []
    for domain, value, count, basis in rational:
        rows = [[domain.to_sympy(x) for x in r] for r in basis.rep.to_ddm()]
        found.append((domain.to_sympy(value), count, [cleared(r) for r in rows]))
    for domain, polynomial, count, basis in algebraic:
        x = polynomial.gens[0] if hasattr(polynomial, "gens") else sp.Symbol("t")
        rows = [[domain.to_sympy(e) for e in r] for r in basis.rep.to_ddm()]
        generator = domain.to_sympy(domain.unit) if hasattr(domain, "unit") else None
        for r in polynomial_roots(polynomial.as_expr(), x, context):
            found.append((r, count, [_whole([_at(e, generator, x, r, context) for e in row]) for row in rows]))
    place = {r: i for i, r in enumerate(ordered([r for r, _, _ in found]))}
    return sorted(found, key=lambda item: place[item[0]])


def _at(e: Any, generator: Any, x: Any, root: Any, context: Context) -> Any:
    made = e.subs(generator, root) if generator is not None else e.subs(x, root)
    return short(sp.radsimp(made) if made.is_number and not made.has(sp.CRootOf) else made, context)


def _whole(v: list[Any]) -> list[Any]:
    """A multiple without rational denominators."""
    parts = [t.as_coeff_Mul()[0] for e in v for t in sp.Add.make_args(sp.expand(e))]
    scale = sp.ilcm(*(c.q for c in parts if c.is_Rational)) if parts else 1
    return [sp.expand(e * scale) for e in v] if scale != 1 else v


@operation("eigenvectors")
def eigenvectors(context: Context, a: Term) -> Term:
    """Triples (eigenvalue, multiplicity, basis of its eigenvectors)."""
    square(a)
    triples = []
    for value, count, vectors in eigenspaces(a, context):
        basis = App("set", tuple(vector_of([lift(e, context) for e in v]) for v in vectors), (), "set")
        triples.append(App("tuple", (lift(value, context), num(count), basis), (), "tuple"))
    return App("set", tuple(triples), (), "set")


@operation("diagonalize")
def diagonalize(context: Context, a: Term) -> Term:
    """Matrices (P, D) with A == P*D*inv(P) and D diagonal; a text where there are none."""
    n = square(a)
    spaces = eigenspaces(a, context)
    if sum(len(vs) for _, _, vs in spaces) < n:
        return DEFECTIVE
    columns = [[lift(e, context) for e in v] for _, _, vs in spaces for v in vs]
    values = [lift(r, context) for r, _, vs in spaces for _ in vs]
    diagonal = [[values[i] if i == j else num(0) for j in range(n)] for i in range(n)]
    return App("tuple", (side_by_side(columns), _matrix(diagonal)), (), "tuple")


def _matrix(rows: list[list[Term]]) -> Term:
    from twofold.symbolic.entries import shaped

    return shaped(rows, (len(rows), len(rows[0])))


@operation("jordan")
def jordan(context: Context, a: Term) -> Term:
    """Matrices (P, J) with A == P*J*inv(P) and J in Jordan form."""
    square(a)
    spaces = eigenspaces(a, context)
    if sum(len(vs) for _, _, vs in spaces) == square(a):
        return diagonalize(context, a)
    if any(r.has(sp.CRootOf) for r, _, _ in spaces):
        raise NoClosedForm("the Jordan form needs roots that have no short closed form")
    made = spend(20 * context.effort, lambda: sp.Matrix(entries(a, context)).jordan_form())
    if made is None:
        raise NoClosedForm("the Jordan form takes too long to find")
    p, j = made
    return App("tuple", (term_of(p.tolist(), context), term_of(j.tolist(), context)), (), "tuple")
