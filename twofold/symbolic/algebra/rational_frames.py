"""Orthogonal vectors, and the factorisations that are made of them, for matrices of rational numbers: Gram and Schmidt over the rationals, with one root
for every length; no SymPy. What is found is given as terms; `None` where a number is too long to take squares out of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from flint import fmpq, fmpq_mat

from twofold.grammar.term import Term
from twofold.symbolic.algebra.flint_matrices import fraction
from twofold.symbolic.algebra.rational_elimination import Vector
from twofold.symbolic.constants import Constant
from twofold.symbolic.constants.writing import Unwritten, in_short

Rows: TypeAlias = list[list[Term]]


def inner_product(u: Vector, v: Vector) -> fmpq:
    return sum((a * b for a, b in zip(u, v, strict=True)), fmpq(0))


def orthogonalised(columns: Sequence[Vector]) -> list[tuple[int, Vector]]:
    """Orthogonal vectors with the same spans: for every column that does not depend on those before it, its place and its residual."""
    found: list[tuple[int, Vector]] = []
    for k, column in enumerate(columns):
        w = column
        for _, u in found:
            factor = inner_product(u, w) / inner_product(u, u)
            if factor:
                w = [a - factor * b for a, b in zip(w, u, strict=True)]
        if any(w):
            found.append((k, w))
        if len(found) == len(columns[0]):
            break
    return found


def orthonormal(columns: list[Vector]) -> Rows | None:
    """An orthonormal basis of the span of the vectors, in their order."""
    try:
        return [_unit(w) for _, w in orthogonalised(columns)]
    except Unwritten:
        return None


def qr(columns: list[Vector]) -> tuple[Rows, Rows, bool] | None:
    """The rows of Q and of R, and whether there are as many independent columns as Q has."""
    size, n = len(columns[0]), len(columns)
    wanted = min(size, n)
    parts = orthogonalised(columns)
    basis = [[fmpq(int(i == j)) for i in range(size)] for j in range(size)] if len(parts) < wanted else []
    frame = [w for _, w in parts]
    frame += [w for _, w in orthogonalised([*frame, *basis])[len(parts) : wanted]]
    try:
        zero = in_short(Constant({}))
        r = [[zero] * n for _ in range(wanted)]
        for i, (place, w) in enumerate(parts):
            square = inner_product(w, w)
            for j in range(place, n):
                r[i][j] = _over_root(inner_product(w, columns[j]), square)
        return _transposed([_unit(w) for w in frame]), r, len(parts) == wanted
    except Unwritten:
        return None


def ldl(m: fmpq_mat) -> tuple[list[Vector], Vector] | None:
    """Unit lower L and diagonal D with A == L*D*L' for a symmetric matrix whose leading minors are not 0; `None` for others."""
    n = m.nrows()
    if m != m.transpose():
        return None
    lo = [[fmpq(int(i == j)) for j in range(n)] for i in range(n)]
    d: Vector = []
    for j in range(n):
        pivot = m[j, j] - sum((lo[j][k] ** 2 * d[k] for k in range(j)), fmpq(0))
        if not pivot:
            return None
        d.append(pivot)
        for i in range(j + 1, n):
            lo[i][j] = (m[i, j] - sum((lo[i][k] * lo[j][k] * d[k] for k in range(j)), fmpq(0))) / pivot
    return lo, d


def cholesky(m: fmpq_mat) -> Rows | None:
    """The lower L with a positive diagonal and A == L*L'; `None` also where there is none."""
    found = ldl(m)
    if found is None or any(x < 0 for x in found[1]):
        return None
    try:
        roots = [_root(x) for x in found[1]]
        return [[in_short(roots[j].scaled(fraction(x))) for j, x in enumerate(r)] for r in found[0]]
    except Unwritten:
        return None


def _unit(w: Vector) -> list[Term]:
    square = inner_product(w, w)
    return [_over_root(x, square) for x in w]


def _over_root(x: fmpq, square: fmpq) -> Term:
    """x/sqrt(square)."""
    root = _root(x * x / square)
    return in_short(root if x > 0 else -root)


def _root(value: fmpq) -> Constant:
    found = Constant.root_of(fraction(value))
    if found is None:
        raise Unwritten
    return found


def _transposed(columns: Rows) -> Rows:
    return [list(r) for r in zip(*columns, strict=True)]
