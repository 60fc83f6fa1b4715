"""LU, QR, Cholesky, LDL, singular values, pseudo-inverse, least squares, Schur form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import sympy as sp
from flint import fmpq
from sympy.polys.matrices import DomainMatrix

from twofold.core.diagnostic import TwofoldError, fail
from twofold.grammar.term import App, Term
from twofold.symbolic.algebra import rational_frames, rational_singular
from twofold.symbolic.algebra.cases import by_cases
from twofold.symbolic.algebra.eigen import eigenspaces
from twofold.symbolic.algebra.elimination import has_parameters, matrix_in
from twofold.symbolic.algebra.isolated_singular import with_isolated_roots
from twofold.symbolic.algebra.jordan import jordan_chains
from twofold.symbolic.algebra.matrices import (
    domain_matrix,
    entries,
    operation,
    related,
    square,
    term_of,
    vanishes,
)  # fmt: skip
from twofold.symbolic.algebra.rational_elimination import matrix_of, terms
from twofold.symbolic.algebra.regions import Region, whole_region
from twofold.symbolic.algebra.square import require_nonzero
from twofold.symbolic.algebra.unitary import completed, has_complex_root, inner_product, orthogonalised, over_root, settled, unit
from twofold.symbolic.arithmetic import ZERO
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import within
from twofold.symbolic.entries import rows_of, shaped
from twofold.symbolic.even_roots import is_never_negative
from twofold.symbolic.lift import lift
from twofold.symbolic.tidy import short


def _tuple(*parts: Term) -> Term:
    return App("tuple", parts, (), "tuple")


@operation("lu")
def lu(context: Context, a: Term) -> Term:
    """Matrices (P, L, U) with A == P*L*U, P a permutation, L lower with ones on its diagonal, U upper."""
    m = domain_matrix(a, context, field=True)
    if has_parameters(m):
        return by_cases(context, lambda region: _in_turn(matrix_in(region, a).to_field(), region))
    if related(m):
        lower_part, upper, swaps = sp.Matrix(entries(a, context)).LUdecomposition(iszerofunc=lambda e: vanishes(e, context))
        parts = [lower_part.tolist(), upper.tolist()]
        for k in range(min(m.shape[0] - 1, m.shape[1])):
            if not parts[1][k][k].is_number:
                require_nonzero(parts[1][k][k], context)
    else:
        lower_dm, upper_dm, swaps = m.lu()
        parts = [[[m.domain.to_sympy(x) for x in r] for r in p.to_dense().rep.to_ddm()] for p in (lower_dm, upper_dm)]
    order = list(range(m.shape[0]))
    for i, j in swaps:
        order[i], order[j] = order[j], order[i]
    return _plu(order, *parts, context)


def _plu(order: list[int], lo: list[list[Any]], up: list[list[Any]], context: Context) -> Term:
    """The permutation that puts the rows in an order, and the factors, as terms."""
    permutation = [[sp.Integer(int(k == i)) for k in order] for i in range(len(order))]
    return _tuple(term_of(permutation, context), term_of(lo, context), term_of(up, context))


def _in_turn(m: DomainMatrix, region: Region) -> Term:
    """Gauss's elimination in which rows are exchanged only where a pivot is 0. Raises `Split` where that depends on the parameters."""
    rows, domain = [list(r) for r in m.to_dense().rep.to_ddm()], m.domain
    n, width = m.shape
    order, lo = list(range(n)), [[domain.zero] * n for _ in range(n)]
    for j in range(min(n, width)):
        place = next((k for k in range(j, n) if not region.is_zero(domain.to_sympy(rows[k][j]))), None) if j < n - 1 else None
        if place is None:
            continue  # Nothing is below the diagonal that would have to go.
        for part in (rows, lo, order):
            part[j], part[place] = part[place], part[j]  # type: ignore[index]
        for k in range(j + 1, n):
            factor = lo[k][j] = rows[k][j] / rows[j][j]
            rows[k] = [x - factor * y for x, y in zip(rows[k], rows[j], strict=True)]
    for k in range(n):
        lo[k][k] = domain.one
    return _plu(order, *([[domain.to_sympy(x) for x in r] for r in part] for part in (lo, rows)), region.context)


_DEPENDENT = "the columns are dependent, so that R has a zero on its diagonal"


@operation("qr")
def qr(context: Context, a: Term) -> Term:
    """Matrices (Q, R) with A == Q*R, orthonormal columns in Q (as many as A has rows or columns, whichever is less), R upper.

    The diagonal of R is positive where the matrix holds numbers and its columns are independent. Dependent columns leave zeros
    there; Q is continued by vectors orthogonal to all columns.
    """
    if (plain := matrix_of(a)) is not None and (numbers := rational_frames.qr(plain.transpose().tolist())) is not None:
        if not numbers[2]:
            context.note(_DEPENDENT)
        return _tuple(*(shaped(x, (len(x), len(x[0]))) for x in numbers[:2]))
    m, n = len(rows_of(a)), len(rows_of(a)[0])

    def found(region: Region) -> Term:
        columns = _columns(a, region)
        parts = orthogonalised(columns, region)
        units = [[sign_of(c) * e for e in unit(w, context)] for _, c, w in parts]
        if len(units) < min(m, n):
            context.note(_DEPENDENT)
        q = completed(units, m, min(m, n), context)
        r = [[sp.S.Zero] * n for _ in q]
        for i, (place, c, w) in enumerate(parts):
            square = settled(inner_product(w, w), context)
            require_nonzero(square, context)
            for j in range(place, n):
                r[i][j] = over_root(settled(sign_of(c) * inner_product(w, columns[j]), context), square, context)
        return _tuple(term_of(_transposed(q), context), term_of(r, context))

    return by_cases(context, found, _unsplit(a, context))


def _unsplit(a: Term, context: Context) -> Region | None:
    """For a matrix with parameters whose columns are independent in general, the region that asks for no more: its formulas
    hold wherever they are defined."""
    m = domain_matrix(a, context)
    if has_parameters(m) and m.to_field().rank() == min(m.shape):
        return replace(whole_region(context), generic=True)
    return None


def sign_of(c: Any) -> Any:
    """The sign of a number; 1 for what has parameters, where either sign serves."""
    return sp.sign(c) if not c.free_symbols else sp.S.One


def _columns(a: Term, region: Region) -> list[list[Any]]:
    return [list(c) for c in zip(*([region.at(e) for e in r] for r in entries(a, region.context)), strict=True)]


def _transposed(columns: Sequence[Sequence[Any]]) -> list[list[Any]]:
    return [list(r) for r in zip(*columns, strict=True)]


def _ldl(a: Term, context: Context) -> tuple[list[list[Any]], list[Any]]:
    """Unit lower L and diagonal D with A == L*D*L', for a Hermitian matrix whose leading minors are not 0."""
    rows = entries(a, context)
    n = len(rows)
    for i in range(n):
        for j in range(i + 1):
            if not vanishes(rows[i][j] - sp.conjugate(rows[j][i]), context):
                raise fail(
                    "not-symmetric",
                    f"this needs a symmetric matrix, but the entries ({i + 1}, {j + 1}) and ({j + 1}, {i + 1}) differ"
                    if i != j
                    else f"this needs a Hermitian matrix, but the entry ({i + 1}, {i + 1}) is not real",
                    a.span,
                    "lu(A) and qr(A) need no symmetry",
                )
    lo = [[sp.Integer(int(i == j)) for j in range(n)] for i in range(n)]
    d: list[Any] = []
    for j in range(n):
        pivot = short(
            settled(rows[j][j] - sp.Add(*(lo[j][k] * sp.conjugate(lo[j][k]) * d[k] for k in range(j))), context), context
        )
        if pivot != 0 and not pivot.free_symbols and vanishes(pivot, context):
            pivot = sp.S.Zero
        if pivot == 0 and any(not vanishes(_residual(rows, lo, d, i, j), context) for i in range(j + 1, n)):
            raise fail(
                "singular-matrix",
                f"the leading minor of size {j + 1} is 0, so that there is no LDL form without row exchanges",
                a.span,
                "lu(A) exchanges rows",
            )
        d.append(pivot)
        for i in range(j + 1, n):
            lo[i][j] = short(settled(_residual(rows, lo, d, i, j) / pivot, context), context) if pivot != 0 else sp.S.Zero
    return lo, d


def _residual(rows: list[list[Any]], lo: list[list[Any]], d: list[Any], i: int, j: int) -> Any:
    return settled(rows[i][j] - sp.Add(*(lo[i][k] * sp.conjugate(lo[j][k]) * d[k] for k in range(j))), Context())


@operation("ldl")
def ldl(context: Context, a: Term) -> Term:
    """Matrices (L, D) with A == L*D*L' (the conjugate transpose for complex entries), L unit lower and D diagonal, for a
    symmetric or Hermitian A."""
    n = square(a)
    if (plain := matrix_of(a)) is not None and (numbers := rational_frames.ldl(plain)) is not None:
        zero = fmpq(0)
        diagonal = [[x if i == j else zero for j in range(n)] for i, x in enumerate(numbers[1])]
        return _tuple(*(shaped([terms(r) for r in x], (n, n)) for x in (numbers[0], diagonal)))
    lo, d = _ldl(a, context)
    n = len(d)
    for pivot in d[:-1]:
        if pivot.free_symbols:
            require_nonzero(pivot, context)
    return _tuple(term_of(lo, context), term_of([[d[i] if i == j else sp.S.Zero for j in range(n)] for i in range(n)], context))


@operation("cholesky")
def cholesky(context: Context, a: Term) -> Term:
    """The lower L with a positive diagonal and A == L*L' (the conjugate transpose for complex entries), for a symmetric or
    Hermitian positive definite A."""
    n = square(a)
    if (plain := matrix_of(a)) is not None and (numbers := rational_frames.cholesky(plain)) is not None:
        return shaped(numbers, (n, n))
    try:
        lo, d = _ldl(a, context)
    except TwofoldError as error:
        if error.diagnostic.code == "singular-matrix":
            raise _indefinite(a, "a leading minor is 0") from None
        raise
    minor = sp.S.One
    for k, pivot in enumerate(d):
        minor = sp.cancel(minor * pivot) if pivot.is_rational_function(*pivot.free_symbols) else sp.nan
        if pivot.is_nonpositive or (not pivot.free_symbols and pivot.evalf(30) <= 0):
            raise _indefinite(a, f"the leading minor of size {k + 1} is {'0' if pivot == 0 else 'negative'}")
        if pivot.free_symbols and not pivot.is_positive:
            # Where the pivots before are positive, the sign of a pivot is that of the leading minor.
            shorter = minor if minor is not sp.nan and sp.count_ops(minor) < sp.count_ops(pivot) else pivot
            context.require(App("gt", (lift(shorter, context), ZERO), (), "truth"))
    n = len(d)
    return term_of([[lo[i][j] * sp.sqrt(d[j]) for j in range(n)] for i in range(n)], context)


def _indefinite(a: Term, reason: str) -> Exception:
    return fail(
        "not-posdef",
        f"this matrix is not positive definite: {reason}",
        a.span,
        "is_posdef(A) tells; ldl(A) needs no definiteness",
    )


@operation("svd")
def svd(context: Context, a: Term) -> Term:
    """Matrices (U, S, V) with A == U*S*V' (the conjugate transpose for complex entries), orthonormal columns in U and V, and the
    singular values that are not 0 on the diagonal of S, falling. The zero matrix keeps one singular value 0."""
    if (plain := matrix_of(a)) is not None and (numbers := rational_singular.svd(plain)) is not None:
        return _tuple(*(shaped(x, (len(x), len(x[0]))) for x in numbers))
    rows = entries(a, context)
    made = sp.Matrix(rows)
    if all(vanishes(e, context) for r in rows for e in r):
        first = [[sp.Integer(int(i == 0))] for i in range(max(made.shape))]
        return _tuple(*(term_of(x, context) for x in (first[: made.rows], [[sp.S.Zero]], first[: made.cols])))
    wide = made.cols > made.rows
    outer = made.H if wide else made
    gram = domain_matrix(term_of((outer.H * outer).applyfunc(lambda e: settled(e, context)).tolist(), context), context)
    region = replace(whole_region(context), generic=True, required=[])
    isolated = with_isolated_roots(outer, gram, region)
    if isolated is not None:
        return _by_triples(isolated, wide, context)
    triples = []
    for value, _, vectors in eigenspaces(gram, region):
        if vanishes(value, context):
            continue
        if value.has(sp.CRootOf):
            raise NoClosedForm("the singular values have no short closed form")
        if (parameters := _has_roots_of_parameters(value)) or _has_roots_of_transcendentals(value):
            raise NoClosedForm(
                f"the singular vectors are too long to write with these {'parameters' if parameters else 'numbers'}; "
                "singular_values(A) are short, and eigenvectors(ctranspose(A)*A) lead to them"
            )
        if value.free_symbols:
            require_nonzero(value, context)
        for _, _, w in orthogonalised(vectors, region):
            square = settled(inner_product(w, w), context)
            require_nonzero(square, context)
            image = [settled(e, context) for e in outer * sp.Matrix(w)]
            right = unit(w, context)
            left = [over_root(x, settled(square * value, context), context) for x in image]
            triples.append((value, left, right))
    return _by_triples(triples, wide, context)


def _by_triples(triples: list[tuple[Any, list[Any], list[Any]]], wide: bool, context: Context) -> Term:
    """U, S and V from the squares of singular values with unit vectors on both sides."""
    if any(t[0].free_symbols for t in triples):
        triples = _falling(triples, context)
    else:
        triples.sort(key=lambda t: -float(t[0]))
    sigma = [[_size(t[0], context) if i == j else sp.S.Zero for j in range(len(triples))] for i, t in enumerate(triples)]
    u, v = (_transposed([t[k] for t in triples]) for k in ((2, 1) if wide else (1, 2)))
    return _tuple(*(term_of(x, context) for x in (u, sigma, v)))


def _falling(triples: list[tuple[Any, list[Any], list[Any]]], context: Context) -> list[tuple[Any, list[Any], list[Any]]]:
    """The triples with the largest values first, as far as that is the same for all values of the parameters."""
    left, out = list(triples), []
    while left:
        first = next((t for t in left if all(t is u or is_never_negative(sp.expand(t[0] - u[0])) for u in left)), None)
        if first is None:
            context.note("which singular value is the largest depends on the parameters: they stand in any order")
            return [*out, *left]
        left.remove(first)
        out.append(first)
    return out


def _size(value: Any, context: Context) -> Any:
    return sp.sqrt(value) if value.has(sp.CRootOf) else short(sp.sqrtdenest(sp.sqrt(value)), context)


def _has_roots_of_parameters(value: Any) -> bool:
    return any(not p.exp.is_Integer and p.base.free_symbols for p in value.atoms(sp.Pow))


def _has_roots_of_transcendentals(value: Any) -> bool:
    """Whether there is a root of a sum with numbers such as pi in it, which no number field shortens."""
    return any(
        p.base.is_Add and not p.base.free_symbols and not p.base.is_algebraic for p in value.atoms(sp.Pow) if not p.exp.is_Integer
    )


@operation("schur")
def schur(context: Context, a: Term) -> Term:
    """Matrices (Q, T) with A == Q*T*Q' (the conjugate transpose where eigenvalues are complex), Q unitary and T upper triangular.

    The columns of a Jordan basis P == Q*R are made orthonormal: Q'*A*Q == R*J*inv(R) is triangular, with the eigenvalues on its
    diagonal.
    """
    square(a)
    m = domain_matrix(a, context)
    region = replace(whole_region(context), generic=True, required=[])
    chains = jordan_chains(m, region)
    if any(r.has(sp.CRootOf) or has_complex_root(r) for r, _ in chains):
        raise NoClosedForm("the Schur form needs eigenvalues that have a short closed form")
    if any(_has_roots_of_parameters(r) for r, _ in chains):
        raise NoClosedForm("the Schur form is too long to write with these parameters; eigenvalues(A) are its diagonal")
    made = within(context.seconds, _triangular, chains, entries(a, context), region)
    if made is None:
        raise NoClosedForm("the Schur form has no short closed form")
    return _tuple(*(term_of(x, context) for x in made))


def _triangular(chains: Any, rows: list[list[Any]], region: Region) -> tuple[list[list[Any]], list[list[Any]]]:
    context = region.context
    columns = [v for _, chain in chains for v in chain]
    values = [r for r, chain in chains for _ in chain]
    plain = sp.Matrix(rows)
    parts = [w for _, _, w in orthogonalised(columns, region)]
    n = len(parts)
    squares = [settled(inner_product(w, w), context) for w in parts]
    for e in squares:
        require_nonzero(e, context)
    images = [[settled(e, context) for e in plain * sp.Matrix(w)] for w in parts]
    t = [[values[i] if i == j else sp.S.Zero for j in range(n)] for i in range(n)]
    for i in range(n):
        for j in range(i + 1, n):
            product = settled(inner_product(parts[i], images[j]), context)
            t[i][j] = over_root(product, settled(squares[i] * squares[j], context), context)
    return _transposed([unit(w, context) for w in parts]), t
