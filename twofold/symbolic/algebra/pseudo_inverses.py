"""Moore-Penrose inverses and least squares, with parameters by cases."""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy.polys.matrices import DomainMatrix

from twofold.core.diagnostic import fail
from twofold.grammar.term import Array, Term
from twofold.symbolic.algebra import rational_elimination
from twofold.symbolic.algebra.cases import by_cases
from twofold.symbolic.algebra.elimination import echelon, expressions, matrix_in
from twofold.symbolic.algebra.matrices import entries, operation, over_domain, related, term_of
from twofold.symbolic.algebra.rational_elimination import matrix_of, term_rows
from twofold.symbolic.algebra.regions import Region
from twofold.symbolic.algebra.unitary import settled
from twofold.symbolic.context import Context
from twofold.symbolic.entries import rows_of, shaped
from twofold.symbolic.tidy import short


@operation("pinv")
def pinv(context: Context, a: Term) -> Term:
    """The Moore-Penrose inverse, by a full-rank factorisation A == C*F; with parameters by cases."""
    if (plain := matrix_of(a)) is not None:
        return _shaped_inverse(
            shaped(term_rows(rational_elimination.pseudo_inverse(plain)[0]), (plain.ncols(), plain.nrows())), a
        )

    def found(region: Region) -> Term:
        rows = pseudo_inverse(matrix_in(region, a), region)
        return _shaped_inverse(term_of(rows, context), a)

    return by_cases(context, found)


def pseudo_inverse(m: DomainMatrix, region: Region) -> list[list[Any]]:
    """The entries of the Moore-Penrose inverse. Raises `Split` where the rank depends on parameters."""
    context = region.context
    rows, pivots = echelon(m, region)
    if not pivots:
        return [[sp.S.Zero] * m.shape[0] for _ in range(m.shape[1])]
    if m.shape[0] == m.shape[1] == len(pivots) and not related(m):
        return expressions(m.to_field().inv())
    plain = sp.Matrix(expressions(m))
    c, f = plain[:, list(pivots)], sp.Matrix(rows[: len(pivots)])
    left = (f * f.H).applyfunc(lambda e: settled(e, context))
    right = (c.H * c).applyfunc(lambda e: settled(e, context))
    inverse = f.H * _inverse(left, context) * _inverse(right, context) * c.H
    return [[settled(e, context) for e in r] for r in inverse.tolist()]


def _inverse(m: Any, context: Context) -> Any:
    """The inverse of a Gram matrix of independent vectors."""
    exact = over_domain(m.tolist(), field=True)
    if related(exact):
        return m.adjugate() / short(m.det(method="berkowitz"), context)
    return sp.Matrix(expressions(exact.inv()))


def _shaped_inverse(made: Term, a: Term) -> Term:
    """A pseudo-inverse in the shape that is declared for it."""
    n, m = len(rows_of(made)), len(rows_of(made)[0])
    if len(a.shape) == 2:
        return shaped(rows_of(made), (n, m))
    return Array((tuple(x for r in rows_of(made) for x in r),), (1, m)) if n == 1 else made


_LEAST_NORM = "the columns are dependent: this is the solution of least norm"


@operation("least_squares")
def least_squares(context: Context, a: Term, b: Term) -> Term:
    """The x of least norm among those with the smallest norm(A*x - b); with parameters by cases."""
    if len(rows_of(a)) != len(rows_of(b)):
        raise fail("shape-mismatch", f"a matrix with {len(rows_of(a))} rows and a right side with {len(rows_of(b))}", b.span)
    if (plain := matrix_of(a)) is not None and (right := matrix_of(b)) is not None:
        inverse, rank = rational_elimination.pseudo_inverse(plain)
        if rank < plain.ncols():
            context.note(_LEAST_NORM)
        made = inverse * right
        return shaped(term_rows(made), (made.nrows(),) if made.ncols() == 1 else (made.nrows(), made.ncols()))
    target = sp.Matrix(entries(b, context))

    def found(region: Region) -> Term:
        m = matrix_in(region, a)
        if len(echelon(m, region)[1]) < m.shape[1]:
            context.note(_LEAST_NORM)
        right = target.applyfunc(region.at)
        rows = [[settled(e, context) for e in r] for r in (sp.Matrix(pseudo_inverse(m, region)) * right).tolist()]
        return term_of(rows, context, (m.shape[1],) if target.cols == 1 else (m.shape[1], target.cols))

    return by_cases(context, found)
