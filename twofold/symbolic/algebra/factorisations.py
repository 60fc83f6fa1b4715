"""LU, QR, Cholesky, LDL, singular values, pseudo-inverse, matrix exponential, least squares."""

from __future__ import annotations

from typing import Any

import sympy as sp

from twofold.core.diagnostic import fail
from twofold.grammar.term import App, Array, Term
from twofold.symbolic.algebra.eigen import eigenspaces
from twofold.symbolic.algebra.matrices import (
    domain_matrix,
    entries,
    operation,
    related,
    side_by_side,
    square,
    term_of,
    vanishes,
)  # fmt: skip
from twofold.symbolic.algebra.spaces import inner, orthogonal, reduced
from twofold.symbolic.algebra.square import require_nonzero
from twofold.symbolic.arithmetic import ZERO, over
from twofold.symbolic.attempt import attempt
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import spend
from twofold.symbolic.entries import rows_of
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower
from twofold.symbolic.tidy import present, short


def _tuple(*parts: Term) -> Term:
    return App("tuple", parts, (), "tuple")


@operation("lu")
def lu(context: Context, a: Term) -> Term:
    """Matrices (P, L, U) with A == P*L*U, P a permutation, L lower with ones on its diagonal, U upper."""
    m = domain_matrix(a, context, field=True)
    if related(m):
        lower_part, upper, swaps = sp.Matrix(entries(a, context)).LUdecomposition(iszerofunc=lambda e: vanishes(e, context))
        parts = [lower_part.tolist(), upper.tolist()]
    else:
        lower_dm, upper_dm, swaps = m.lu()
        parts = [[[m.domain.to_sympy(x) for x in r] for r in p.to_dense().rep.to_ddm()] for p in (lower_dm, upper_dm)]
        for k in range(min(m.shape[0] - 1, m.shape[1])):
            if not parts[1][k][k].is_number:
                require_nonzero(parts[1][k][k], context)
    n = m.shape[0]
    order = list(range(n))
    for i, j in swaps:
        order[i], order[j] = order[j], order[i]
    permutation = [[sp.Integer(int(order[j] == i)) for j in range(n)] for i in range(n)]
    return _tuple(term_of(permutation, context), *(term_of(p, context) for p in parts))


@operation("qr")
def qr(context: Context, a: Term) -> Term:
    """Matrices (Q, R) with A == Q*R, orthonormal columns in Q and a positive diagonal in R; the columns have to be
    independent."""
    columns = [list(c) for c in zip(*rows_of(a), strict=True)]
    parts = orthogonal(columns, context)
    if len(parts) < len(columns):
        raise fail("not-independent", "the columns of this matrix are dependent, so that it has no unique QR form", a.span)
    unit = []
    for w in parts:
        length = App("sqrt", (inner(w, w),))
        unit.append([present(over(x, length), context) for x in w])
    n = len(columns)
    r = [[present(inner(unit[i], columns[j]), context) if i <= j else ZERO for j in range(n)] for i in range(n)]
    return _tuple(side_by_side(unit), Array(tuple(map(tuple, r)), (n, n)))


def _ldl(a: Term, context: Context) -> tuple[list[list[Any]], list[Any]]:
    """Unit lower L and diagonal D with A == L*D*L', for a symmetric matrix whose leading minors are not 0."""
    rows = entries(a, context)
    n = len(rows)
    if any(not vanishes(rows[i][j] - rows[j][i], context) for i in range(n) for j in range(i)):
        raise fail("not-symmetric", "this needs a symmetric matrix", a.span)
    lo = [[sp.Integer(int(i == j)) for j in range(n)] for i in range(n)]
    d: list[Any] = []
    for j in range(n):
        pivot = short(rows[j][j] - sum((lo[j][k] ** 2 * d[k] for k in range(j)), sp.S.Zero), context)
        if pivot == 0 and any(not vanishes(_residual(rows, lo, d, i, j), context) for i in range(j + 1, n)):
            raise fail("singular-matrix", "a leading minor is 0, so that there is no LDL form without row exchanges", a.span)
        d.append(pivot)
        for i in range(j + 1, n):
            lo[i][j] = short(_residual(rows, lo, d, i, j) / pivot, context) if pivot != 0 else sp.S.Zero
    return lo, d


def _residual(rows: list[list[Any]], lo: list[list[Any]], d: list[Any], i: int, j: int) -> Any:
    return rows[i][j] - sum((lo[i][k] * lo[j][k] * d[k] for k in range(j)), sp.S.Zero)


@operation("ldl")
def ldl(context: Context, a: Term) -> Term:
    """Matrices (L, D) with A == L*D*L', L unit lower and D diagonal, for a symmetric A."""
    square(a)
    lo, d = _ldl(a, context)
    n = len(d)
    return _tuple(term_of(lo, context), term_of([[d[i] if i == j else sp.S.Zero for j in range(n)] for i in range(n)], context))


@operation("cholesky")
def cholesky(context: Context, a: Term) -> Term:
    """The lower L with a positive diagonal and A == L*L', for a symmetric positive definite A."""
    square(a)
    lo, d = _ldl(a, context)
    for pivot in d:
        if pivot.is_nonpositive:
            raise fail(
                "not-posdef", "this matrix is not positive definite", a.span, "is_posdef(A) tells; ldl(A) needs no definiteness"
            )
        if not pivot.is_positive:
            context.require(App("gt", (lift(pivot, context), ZERO), (), "truth"))
    n = len(d)
    return term_of([[lo[i][j] * sp.sqrt(d[j]) for j in range(n)] for i in range(n)], context)


@operation("svd")
def svd(context: Context, a: Term) -> Term:
    """Matrices (U, S, V) with A == U*S*V', orthonormal columns in U and V, and the positive singular values on the diagonal of
    S, falling."""
    made = sp.Matrix(entries(a, context))
    gram = term_of((made.T * made).tolist(), context)
    triples = []
    for value, _, vectors in eigenspaces(gram, context):
        if vanishes(value, context):
            continue
        if value.has(sp.CRootOf):
            raise NoClosedForm("the singular values have no short closed form")
        sigma = short(sp.sqrtdenest(sp.sqrt(value)), context)
        columns = [[lift(e, context) for e in v] for v in vectors]
        for w in orthogonal(columns, context):
            plain = sp.Matrix([lower(e, context) for e in w])
            unit = plain / sp.sqrt((plain.T * plain)[0])
            triples.append((sigma, unit, made * unit / sigma))
    if not triples:
        raise NoClosedForm("the zero matrix has no singular values that are positive")
    triples.sort(key=lambda t: -float(t[0]) if t[0].is_number else 0.0)
    u = sp.Matrix.hstack(*(t[2] for t in triples))
    v = sp.Matrix.hstack(*(t[1] for t in triples))
    s = sp.diag(*(t[0] for t in triples))
    return _tuple(*(term_of(x.tolist(), context) for x in (u, s, v)))


@operation("pinv")
def pinv(context: Context, a: Term) -> Term:
    """The Moore-Penrose inverse, by a full-rank factorisation A == C*F."""
    rows, pivots = reduced(a, context)
    if not pivots:
        return term_of([[sp.S.Zero] * len(rows) for _ in rows[0]], context)
    plain = sp.Matrix(entries(a, context))
    c, f = plain[:, list(pivots)], sp.Matrix(rows[: len(pivots)])
    left, right = f * f.T, c.T * c
    inverse = f.T * left.inv() * right.inv() * c.T
    n, m = plain.shape
    made = term_of(inverse.tolist(), context)
    return made if len(a.shape) == 2 else Array((tuple(x for r in rows_of(made) for x in r),), (1, n)) if m == 1 else made


@operation("expm")
def expm(context: Context, a: Term) -> Term:
    """The matrix exponential, through eigenvectors or the Jordan form."""
    n = square(a)
    rows = entries(a, context)
    plain = sp.Matrix(rows)
    power, k = plain, 1
    while k <= n and not power.is_zero_matrix:
        power, k = (power * plain).applyfunc(sp.expand), k + 1
    if power.is_zero_matrix:
        # A nilpotent matrix: the series ends.
        total, term = sp.eye(n), sp.eye(n)
        for j in range(1, n + 1):
            term = term * plain / j
            total += term
        return term_of(total.tolist(), context)
    made = spend(20 * context.effort, lambda: sp.Matrix(rows).exp())
    if made is None or made.has(sp.CRootOf):
        raise NoClosedForm("the matrix exponential has no short closed form")
    reading = context.reading
    result = [[short(e.rewrite(sp.cos) if reading == "real" and e.has(sp.I) else e, context) for e in r] for r in made.tolist()]
    return term_of(result, context)


@operation("least_squares")
def least_squares(context: Context, a: Term, b: Term) -> Term:
    """The x of least norm among those with the smallest norm(A*x - b)."""
    plain, target = sp.Matrix(entries(a, context)), sp.Matrix(entries(b, context))
    if plain.rows != target.rows:
        raise fail("shape-mismatch", f"a matrix with {plain.rows} rows and a right side with {target.rows}", b.span)
    gram = plain.T * plain
    if len(reduced(a, context)[1]) == plain.cols:
        m = domain_matrix(term_of(gram.tolist(), context), context, field=True)
        right = domain_matrix(term_of((plain.T * target).tolist(), context, (plain.cols, target.cols)), context, field=True)
        left, right = m.unify(right)
        found = left.lu_solve(right)
        rows = [[found.domain.to_sympy(x) for x in r] for r in found.to_dense().rep.to_ddm()]
    else:
        context.note("the columns are dependent: this is the solution of least norm")
        rows = (sp.Matrix(entries(pinv(context, a), context)) * target).tolist()
    return term_of(rows, context, (plain.cols,) if target.cols == 1 else (plain.cols, target.cols))


@operation("schur")
def schur(context: Context, a: Term) -> Term:
    """Matrices (Q, T) with A == Q*T*Q', Q orthogonal and T upper triangular, where all eigenvalues are real and short.

    The columns of a Jordan basis P == Q*R are made orthonormal: Q'*A*Q == R*J*inv(R) is triangular.
    """
    from twofold.symbolic.algebra.eigen import jordan

    n = square(a)
    made = jordan(context, a)
    assert isinstance(made, App)
    p, _ = (sp.Matrix(entries(x, context)) for x in made.args)
    if p.has(sp.I) or p.has(sp.CRootOf):
        raise NoClosedForm("the Schur form needs eigenvalues that are real and have a short closed form")
    columns = orthogonal([[lift(e, context) for e in p.col(k)] for k in range(n)], context)
    unit = [[present(over(x, App("sqrt", (inner(w, w),))), context) for x in w] for w in columns]
    q = sp.Matrix(n, n, lambda i, j: lower(unit[j][i], context))
    t = (q.T * sp.Matrix(entries(a, context)) * q).applyfunc(lambda e: short(sp.expand(e), context))
    return _tuple(term_of(q.tolist(), context), term_of(t.tolist(), context))


@operation("logm")
def logm(context: Context, a: Term) -> Term:
    """The principal logarithm of a matrix with positive eigenvalues, through its Jordan form."""
    square(a)
    made = spend(20 * context.effort, attempt, lambda: sp.Matrix(entries(a, context)).log())
    if made is None or made.has(sp.I, sp.CRootOf, sp.zoo, sp.nan):
        raise NoClosedForm("the matrix logarithm has no short real closed form")
    return term_of(made.tolist(), context)
