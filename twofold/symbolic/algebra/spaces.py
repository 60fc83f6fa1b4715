"""Rank, row reduction, subspaces and bases.

Vectors are given one by one, as a set, or as the columns of a matrix. A basis is a set of vectors; the zero space has the basis
`{}`.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from math import comb
from typing import Any

import sympy as sp
from sympy.polys.matrices import DomainMatrix

from twofold.core.diagnostic import fail
from twofold.core.span import NOWHERE, Span
from twofold.grammar.term import FALSE, TRUE, App, Array, Term, children, num
from twofold.symbolic.algebra import constant_matrices, rational_elimination, rational_frames
from twofold.symbolic.algebra.cases import by_cases, reachable, require
from twofold.symbolic.algebra.constant_matrices import rows_of_constants
from twofold.symbolic.algebra.elimination import echelon, expressions, has_parameters, matrix_in
from twofold.symbolic.algebra.matrices import (
    columns_of,
    domain_matrix,
    entries,
    operation,
    side_by_side,
    term_of,
    vector_of,
)  # fmt: skip
from twofold.symbolic.algebra.rational_elimination import matrix_of, term_rows
from twofold.symbolic.algebra.regions import Region, equations_of, factors_of, whole_region
from twofold.symbolic.algebra.square import inv
from twofold.symbolic.algebra.steady_ranks import keeps_rank, without_poles
from twofold.symbolic.algebra.unitary import inner_product, orthogonalised, settled, short_sign, unit
from twofold.symbolic.arithmetic import times, total
from twofold.symbolic.attempt import attempt
from twofold.symbolic.context import Context
from twofold.symbolic.effort import within
from twofold.symbolic.entries import explicit, rows_of, shaped
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower
from twofold.symbolic.tidy import present, short


def reduced(a: Term, context: Context) -> tuple[list[list[Any]], tuple[int, ...]]:
    """The reduced row echelon form as SymPy entries, and its pivot columns, for generic values of the parameters.

    The pivots that parameters could make 0 are left in the context as conditions.
    """
    region = replace(whole_region(context), generic=True, required=[])
    made = echelon(domain_matrix(a, context), region)
    for f in region.required:
        require(f, context)
    return made


MOST_MINORS = 60


@operation("rank")
def rank(context: Context, a: Term) -> Term:
    """The rank; with parameters by cases."""
    if (plain := matrix_of(a)) is not None:
        return num(plain.rank())
    if (constants := rows_of_constants(a)) is not None and (found := constant_matrices.rank(constants)) is not None:
        return num(found)
    m = domain_matrix(a, context)
    if not has_parameters(m):
        known = list(context.conditions)
        found = len(reduced(a, context)[1])
        if context.conditions != known and keeps_rank(entries(a, context), found, context):
            context.conditions[:] = known
        return num(found)
    lower_ranks = degenerate(m, context)
    if lower_ranks is None:
        return num(len(reduced(a, context)[1]))
    generic, conditions = lower_ranks
    branches = [(k, c) for k, c in enumerate(reachable(conditions)) if c != sp.false]
    return lift(sp.Piecewise(*branches, (generic, True)) if branches else sp.Integer(generic), context)


def degenerate(m: DomainMatrix, context: Context) -> tuple[int, list[Any]] | None:
    """The generic rank r, and for every k < r the condition that the rank is at most k: all minors of size k + 1 are 0.

    `None` where there are too many minors.
    """
    generic = int(m.to_field().rank())
    rows, columns = m.shape
    if sum(comb(rows, k) * comb(columns, k) for k in range(1, generic + 1)) > MOST_MINORS:
        return None
    region = whole_region(context)
    return generic, [equations_of(_ideal(minors_of(m, k + 1)), region) for k in range(generic)]


def minors_of(m: DomainMatrix, size: int) -> list[Any]:
    """The numerators of the minors of a size that are not 0 identically."""
    found = []
    for rows in combinations(range(m.shape[0]), size):
        for columns in combinations(range(m.shape[1]), size):
            block = m.extract(list(rows), list(columns)).to_dense()
            minor = sp.numer(sp.together(m.domain.to_sympy(block.charpoly()[-1])))
            if minor != 0:
                found.append(minor)
    return list(dict.fromkeys(found))


def _ideal(polynomials: list[Any]) -> list[Any]:
    """Fewer polynomials with the same common zeros, where that is found quickly."""
    if any(not p.free_symbols for p in polynomials):
        return [sp.S.One]
    names = sorted({x for p in polynomials for x in p.free_symbols}, key=str)
    if len(polynomials) < 2 or len(names) > 5:
        return polynomials
    simpler = [sp.prod(factors_of(p)) for p in polynomials]
    basis = within(0.5, attempt, sp.groebner, simpler, *names, order="grevlex")
    return list(basis.exprs) if basis is not None and len(basis.exprs) <= len(polynomials) + 2 else polynomials


@operation("rref")
def rref(context: Context, a: Term) -> Term:
    """The reduced row echelon form; with parameters by cases."""
    if (plain := matrix_of(a)) is not None:
        return shaped(term_rows(plain.rref()[0]), tuple(d for d in a.shape if isinstance(d, int)))

    def found(region: Region) -> Term:
        rows, _ = echelon(matrix_in(region, a), region)
        return term_of(rows, context, tuple(d for d in a.shape if isinstance(d, int)))

    return by_cases(context, found)


def kernel_of(rows: list[list[Any]], pivots: tuple[int, ...]) -> list[list[Any]]:
    """A basis of what a matrix in reduced echelon form sends to 0."""
    n = len(rows[0])
    found = []
    for free in (j for j in range(n) if j not in pivots):
        v = [sp.S.Zero] * n
        v[free] = sp.S.One
        for i, p in enumerate(pivots):
            v[p] = -rows[i][free]
        found.append(cleared(v))
    return found


def cleared(v: list[Any]) -> list[Any]:
    """A multiple with whole entries where all are rational, or polynomials where all are rational functions."""
    if all(map(_is_whole, v)):
        return v
    parts = [sp.together(e) for e in v]
    if all(e.is_rational_function(*e.free_symbols) for e in parts):
        denominator = sp.S.One
        for e in parts:
            denominator = sp.lcm(denominator, sp.denom(e))
        scaled = [sp.cancel(e * denominator) for e in parts]
        if all(e.is_Rational for e in scaled):
            divisor = sp.igcd(0, 0, *(int(e) for e in scaled)) or 1
            scaled = [e / divisor for e in scaled]
        return scaled
    return v


def _is_whole(e: Any) -> bool:
    """Whether an entry is written as a sum of products of names and whole numbers, and is no number but -1, 0 or 1."""
    if e.is_Integer:
        return e.p in (-1, 0, 1)
    return all(
        f.is_Integer or f.is_Symbol or f.is_Pow and f.base.is_Symbol and f.exp.is_Integer and f.exp.p > 0
        for t in sp.Add.make_args(e)
        for f in sp.Mul.make_args(t)
    )


def vectors(found: list[list[Any]], context: Context) -> Term:
    """A set of column vectors."""
    return App("set", tuple(vector_of([lift(short(e, context), context) for e in v]) for v in found), (), "set")


def _set_of(found: list[rational_elimination.Vector]) -> Term:
    return App("set", tuple(vector_of(rational_elimination.terms(v)) for v in found), (), "set")


@operation("nullspace")
def nullspace(context: Context, a: Term) -> Term:
    """A basis of the solutions of A*x == 0; with parameters by cases."""
    if (plain := matrix_of(a)) is not None:
        return _set_of(rational_elimination.kernel(plain))
    known = list(context.conditions)

    def found(region: Region) -> Term:
        rows, pivots = echelon(matrix_in(region, a), region)
        basis = kernel_of(rows, pivots)
        if len(basis) <= 1 and context.conditions != known and keeps_rank(entries(a, context), len(pivots), context):
            whole = [without_poles(v, context) for v in basis]
            if None not in whole:
                context.conditions[:] = known
                basis = [v for v in whole if v is not None]
        return vectors(basis, context)

    return by_cases(context, found)


@operation("colspace")
def colspace(context: Context, a: Term) -> Term:
    """The columns of the matrix that make a basis of their span; with parameters by cases."""
    if (plain := matrix_of(a)) is not None:
        given = list(zip(*rows_of(a), strict=True))
        return App("set", tuple(vector_of(given[p]) for p in rational_elimination.echelon(plain)[1]), (), "set")

    def found(region: Region) -> Term:
        m = matrix_in(region, a)
        _, pivots = echelon(m, region)
        if not region.point:
            columns = [list(c) for c in zip(*rows_of(a), strict=True)]
            return App("set", tuple(vector_of(columns[p]) for p in pivots), (), "set")
        plain = list(zip(*expressions(m), strict=True))
        return vectors([list(plain[p]) for p in pivots], context)

    return by_cases(context, found)


@operation("rowspace")
def rowspace(context: Context, a: Term) -> Term:
    """The rows of the reduced form that are not 0, as vectors; with parameters by cases."""
    if (plain := matrix_of(a)) is not None:
        reduced_rows, places = rational_elimination.echelon(plain)
        return _set_of([rational_elimination.cleared(r) for r in reduced_rows[: len(places)]])

    def found(region: Region) -> Term:
        rows, pivots = echelon(matrix_in(region, a), region)
        return vectors([cleared(r) for r in rows[: len(pivots)]], context)

    return by_cases(context, found)


def basis(context: Context, *args: Term) -> Term:
    """The given vectors that are independent of those before them: a basis of their span."""
    return colspace(context, side_by_side(columns_of(*args)))


def linearly_independent(context: Context, *args: Term) -> Term:
    """Whether only the trivial combination of the vectors is 0; with parameters, the condition for that."""
    columns = columns_of(*args)
    n = len(columns)
    if n > len(columns[0]):
        return FALSE
    m = domain_matrix(side_by_side(columns), context)
    if has_parameters(m):
        lower_ranks = degenerate(m, context)
        if lower_ranks is not None:
            generic, conditions = lower_ranks
            return lift(sp.to_nnf(sp.Not(conditions[-1])), context) if generic == n else FALSE
    return TRUE if len(reduced(side_by_side(columns), context)[1]) == n else FALSE


def coordinates(context: Context, v: Term, *basis_vectors: Term) -> Term:
    """The coefficients of a vector in a basis (of a space that contains it)."""
    columns = columns_of(*basis_vectors)
    target = [r[0] for r in rows_of(explicit(v, context))]
    if len(target) != len(columns[0]):
        raise fail(
            "shape-mismatch", f"a vector of length {len(target)} and a basis of vectors of length {len(columns[0])}", v.span
        )
    n = len(columns)

    def found(region: Region) -> Term:
        rows, pivots = echelon(matrix_in(region, side_by_side([*columns, target])), region, leading=n)
        if sum(p < n for p in pivots) < n:
            raise fail(
                "not-independent",
                "these vectors are not a basis: they are linearly dependent",
                _place(*basis_vectors),
                "basis(…) picks a basis from them",
            )
        if n in pivots:
            raise fail(
                "not-in-span", "the vector is not a combination of these vectors", v.span, "span_contains(vectors, v) tells"
            )
        return term_of([[rows[i][n]] for i in range(n)], context, (n,))

    return by_cases(context, found)


def _place(*terms: Term) -> Span:
    """Where the first of some terms stands in the text."""
    return next((t.span for t in terms if t.span != NOWHERE), terms[0].span)


def span_contains(context: Context, group: Term, v: Term) -> Term:
    """Whether a vector is a combination of the given ones; with parameters, the condition for that."""
    columns = columns_of(group)
    target = [r[0] for r in rows_of(explicit(v, context))]
    if columns and len(target) != len(columns[0]):
        raise fail("shape-mismatch", f"a vector of length {len(target)} and vectors of length {len(columns[0])}", v.span)

    def found(region: Region) -> Term:
        _, pivots = echelon(matrix_in(region, side_by_side([*columns, target])), region, leading=len(columns))
        return FALSE if len(columns) in pivots else TRUE

    return by_cases(context, found)


def change_of_basis(context: Context, old: Term, new: Term) -> Term:
    """The matrix that turns coordinates in the old basis into coordinates in the new one."""
    b, c = side_by_side(columns_of(old)), side_by_side(columns_of(new))
    if b.shape != c.shape or b.shape[0] != b.shape[1]:
        raise fail(
            "shape-mismatch",
            f"two bases of the same space are needed: {b.shape[1]} vectors of length {b.shape[0]}, {c.shape[1]} of length {c.shape[0]}",
            _place(old, new),
        )
    for group, m in ((old, b), (new, c)):
        if not has_parameters(domain_matrix(m, context)) and len(reduced(m, context)[1]) < len(m.rows):
            raise fail(
                "not-independent",
                "these vectors are not a basis: they are linearly dependent",
                _place(group, *children(group)),
                "basis(…) picks a basis from them",
            )
    return present(explicit(App("mul", (inv(context, c), b), b.shape), context), context)


# --- inner products ---------------------------------------------------------------------------------------------------------


def inner(u: list[Term], v: list[Term]) -> Term:
    """The sum of the products (no conjugation)."""
    return total(times(a, b) for a, b in zip(u, v, strict=True))


def gram_schmidt(context: Context, *args: Term) -> Term:
    """An orthonormal basis of the span of the vectors, in their order; with parameters by cases."""
    given = matrix_of(side_by_side(columns_of(*args)))
    if given is not None and (plain := rational_frames.orthonormal(given.transpose().tolist())) is not None:
        return App("set", tuple(map(vector_of, plain)), (), "set")
    columns = [[lower(x, context) for x in c] for c in columns_of(*args)]

    def found(region: Region) -> Term:
        parts = orthogonalised([[region.at(e) for e in c] for c in columns], region)
        units = [[short_sign(c) * e for e in unit(w, context)] for _, c, w in parts]
        return vectors(units, context)

    return by_cases(context, found)


def orthogonal_complement(context: Context, *args: Term) -> Term:
    """A basis of the vectors orthogonal to all the given ones; with parameters by cases."""
    columns = columns_of(*args)
    rows = tuple(tuple(lift(sp.conjugate(lower(x, context)), context) for x in c) for c in columns)
    return nullspace(context, Array(rows, (len(columns), len(columns[0]))))


def project(context: Context, v: Term, *onto: Term) -> Term:
    """The orthogonal projection of a vector onto the span of others; with parameters by cases."""
    target = [lower(r[0], context) for r in rows_of(explicit(v, context))]
    columns = [[lower(x, context) for x in c] for a in onto for c in columns_of(a)]
    if len(columns[0]) != len(target):
        raise fail("shape-mismatch", f"a vector of length {len(target)} onto vectors of length {len(columns[0])}", v.span)

    def found(region: Region) -> Term:
        here = [region.at(e) for e in target]
        parts = orthogonalised([[region.at(e) for e in c] for c in columns], region)
        if not parts and not region.point:
            context.note("the vectors span the zero space only")
        out = [sp.S.Zero] * len(target)
        for _, _, w in parts:
            factor = settled(inner_product(w, here) / inner_product(w, w), context)
            out = [settled(x + factor * e, context) for x, e in zip(out, w, strict=True)]
        return vector_of([lift(short(x, context), context) for x in out])

    return by_cases(context, found)
