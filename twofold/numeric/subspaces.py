"""Elimination, spans, bases and properties of matrices, on values: exact over the rationals, by orthogonalisation otherwise."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
from flint import fmpq

from twofold.grammar.term import App, Term
from twofold.numeric.containers import Matrix, flat, full, identity, product, rank, shaped, square, total, transposed
from twofold.numeric.doubles import Doubles
from twofold.numeric.matrices import det, exact, finite, inverse
from twofold.numeric.operations import truth
from twofold.numeric.outcomes import CannotEvaluate, Undefined, Unresolved

if TYPE_CHECKING:
    from twofold.numeric.evaluator import Evaluator

Value = Any
Vector = tuple[Any, ...]


def vectors(e: Evaluator, terms: tuple[Term, ...]) -> list[Vector]:
    """The vectors that arguments list: one by one, in a set, or as the columns of a matrix."""
    found: list[Vector] = []
    for t in terms:
        if isinstance(t, App) and t.op in ("set", "tuple"):
            found += [tuple(flat(e.value(a))) for a in t.args]
        else:
            v = e.value(t)
            found += list(transposed(full(v))) if rank(v) == 2 else [tuple(flat(v))]
    return found


def _inner(e: Evaluator, a: Vector, b: Vector) -> Value:
    """The sum of conjugate(a[k])*b[k]."""
    if len(a) != len(b):
        raise Undefined("vectors of different lengths at this point")
    return total(e.arithmetic, [e.arithmetic.mul(x, y) for x, y in zip(_conjugated(e, a), b, strict=True)])


def _conjugated(e: Evaluator, a: Vector) -> Vector:
    return a if e.arithmetic.reading == "real" else tuple(e.arithmetic.call("conjugate", [x]) for x in a)


def _rref(e: Evaluator, t: App) -> Value:
    rational = exact(full(e.value(t.args[0]))) if e.arithmetic.exact else None
    if rational is None:
        raise CannotEvaluate("the echelon form of a matrix that is not rational")
    reduced, _ = rational.rref()
    return shaped(tuple(tuple(row) for row in reduced.tolist()), len(t.shape))


def independent(e: Evaluator, columns: list[Vector]) -> Value:
    """Whether vectors are linearly independent: a truth value of the arithmetic."""
    if not columns:
        return truth(e.arithmetic, True)
    m = transposed(tuple(columns))
    if isinstance(e.arithmetic, Doubles):
        a, bad = finite(m)
        return np.where(bad, np.nan, np.linalg.matrix_rank(a) == len(columns))
    rational = exact(m)
    if rational is not None:
        return rational.rank() == len(columns)
    gram = det(e, product(e.arithmetic, tuple(_conjugated(e, c) for c in columns), m))
    if e.arithmetic.is_zero(gram):
        return False
    if type(gram) is not fmpq and gram.contains(0):
        raise Unresolved("vectors may be dependent")
    return True


def _independent(e: Evaluator, t: App) -> Value:
    return independent(e, vectors(e, t.args))


def _span_contains(e: Evaluator, t: App) -> Value:
    """Equality of ranks, for independent vectors."""
    m = e.arithmetic
    columns, v = vectors(e, t.args[:1]), tuple(flat(e.value(t.args[1])))
    basis: list[Vector] = []
    for c in columns:
        if _certain(independent(e, [*basis, c])):
            basis.append(c)
    return m.negate(independent(e, [*basis, v]))


def _certain(p: Value) -> bool:
    return bool(np.all(p))


def solved(e: Evaluator, columns: list[Vector], v: Vector) -> Vector:
    """The coefficients of the projection of v on the span of independent vectors."""
    m = transposed(tuple(columns))
    gram = product(e.arithmetic, tuple(_conjugated(e, c) for c in columns), m)
    right = tuple((_inner(e, c, v),) for c in columns)
    return tuple(r[0] for r in product(e.arithmetic, inverse(e, gram), right))


def _combination(e: Evaluator, columns: list[Vector], weights: Vector) -> Vector:
    m = e.arithmetic
    return tuple(total(m, [m.mul(w, c[i]) for w, c in zip(weights, columns, strict=True)]) for i in range(len(columns[0])))


def _coordinates(e: Evaluator, t: App) -> Value:
    """Defined where the vector lies in the span, which is checked."""
    columns, v = vectors(e, t.args[1:]), tuple(flat(e.value(t.args[0])))
    weights = solved(e, columns, v)
    if e.arithmetic.exact and len(columns) < len(v):
        for x, y in zip(_combination(e, columns, weights), v, strict=True):
            if e.arithmetic.compare("ne", x, y):
                raise Undefined("a vector outside the span")
    return weights


def _change_of_basis(e: Evaluator, t: App) -> Value:
    old, new = vectors(e, t.args[:1]), vectors(e, t.args[1:])
    return transposed(tuple(solved(e, new, v) for v in old))


def _project(e: Evaluator, t: App) -> Value:
    v = e.value(t.args[0])
    basis: list[Vector] = []
    for c in vectors(e, t.args[1:]):
        if _certain(independent(e, [*basis, c])):
            basis.append(c)
    if not basis:
        return tuple(e.arithmetic.zero for _ in flat(v))
    return _combination(e, basis, solved(e, basis, tuple(flat(v))))


def gram_schmidt(e: Evaluator, columns: list[Vector]) -> list[Vector]:
    """Orthonormal vectors with the same spans; vectors that depend on those before are left out."""
    m = e.arithmetic
    found: list[Vector] = []
    for c in columns:
        if e.arithmetic.exact and not _certain(independent(e, [*columns[: columns.index(c)], c])):
            continue
        rest = c
        for q in found:
            w = _inner(e, q, c)
            rest = tuple(m.sub(x, m.mul(w, y)) for x, y in zip(rest, q, strict=True))
        size = m.call("sqrt", [_inner(e, rest, rest)])
        found.append(tuple(m.div(x, size) for x in rest))
    return found


def _gram_schmidt(e: Evaluator, t: App) -> Value:
    return tuple(gram_schmidt(e, vectors(e, t.args)))


def _all_equal(e: Evaluator, a: Matrix, b: Matrix) -> Value:
    out = truth(e.arithmetic, True)
    for x, y in zip(flat(a), flat(b), strict=True):
        if isinstance(e.arithmetic, Doubles):
            out = e.arithmetic.both(out, np.where(np.abs(x - y) <= 1e-12 * (1 + np.abs(y)), 1.0, 0.0)[()])
        else:
            out = e.arithmetic.both(out, e.arithmetic.compare("eq", x, y))
    return out


def _is_symmetric(e: Evaluator, t: App) -> Value:
    m = full(e.value(t.args[0]))
    square(m)
    return _all_equal(e, m, transposed(m))


def _is_orthogonal(e: Evaluator, t: App) -> Value:
    m = full(e.value(t.args[0]))
    return _all_equal(e, product(e.arithmetic, transposed(m), m), identity(e.arithmetic, square(m)))


def _adjoint(e: Evaluator, m: Matrix) -> Matrix:
    return transposed(tuple(_conjugated(e, row) for row in m))


def _is_hermitian(e: Evaluator, t: App) -> Value:
    m = full(e.value(t.args[0]))
    square(m)
    return _all_equal(e, m, _adjoint(e, m))


def _is_unitary(e: Evaluator, t: App) -> Value:
    m = full(e.value(t.args[0]))
    return _all_equal(e, product(e.arithmetic, _adjoint(e, m), m), identity(e.arithmetic, square(m)))


def _is_normal(e: Evaluator, t: App) -> Value:
    m = full(e.value(t.args[0]))
    square(m)
    h = _adjoint(e, m)
    return _all_equal(e, product(e.arithmetic, h, m), product(e.arithmetic, m, h))


def _is_invertible(e: Evaluator, t: App) -> Value:
    m = full(e.value(t.args[0]))
    square(m)
    return e.arithmetic.compare("ne", det(e, m), e.arithmetic.zero)


def _is_negdef(e: Evaluator, t: App) -> Value:
    """Hermitian with leading minors of alternating signs, the first negative."""
    m = full(e.value(t.args[0]))
    return _definite(e, tuple(tuple(e.arithmetic.sub(e.arithmetic.zero, x) for x in row) for row in m))


def _is_posdef(e: Evaluator, t: App) -> Value:
    """Symmetric with positive leading minors (Sylvester)."""
    return _definite(e, full(e.value(t.args[0])))


def _definite(e: Evaluator, m: Matrix) -> Value:
    out = _all_equal(e, m, _adjoint(e, m))
    for k in range(1, square(m) + 1):
        if out is False:
            return out
        minor = det(e, tuple(row[:k] for row in m[:k]))
        out = e.arithmetic.both(out, e.arithmetic.compare("gt", minor, e.arithmetic.zero))
    return out


def _is_possemidef(e: Evaluator, t: App) -> Value:
    """Hermitian with no negative principal minor."""
    m = full(e.value(t.args[0]))
    n = square(m)
    if n > _MOST_MINORS:
        raise CannotEvaluate("the principal minors of a large matrix")
    out = _all_equal(e, m, _adjoint(e, m))
    for k in range(1, n + 1):
        for chosen in combinations(range(n), k):
            if out is False:
                return out
            minor = det(e, tuple(tuple(m[i][j] for j in chosen) for i in chosen))
            if isinstance(e.arithmetic, Doubles):
                size = sum((np.abs(m[i][j]) for i in chosen for j in chosen), np.float64(1.0)) ** k
                out = e.arithmetic.both(out, np.where(np.real(minor) >= -1e-12 * size, 1.0, 0.0)[()])
            else:
                out = e.arithmetic.both(out, e.arithmetic.compare("ge", minor, e.arithmetic.zero))
    return out


_MOST_MINORS = 6
"""The size of a matrix of which all principal minors are looked at."""


def _order_statistic(e: Evaluator, t: App) -> Value:
    cells = flat(e.value(t.args[0]))
    k = e.arithmetic.integer(e.value(t.args[1]))
    if not 1 <= k <= len(cells):
        raise Undefined("an order statistic outside the sample")
    if isinstance(e.arithmetic, Doubles):
        return np.sort(np.stack(np.broadcast_arrays(*cells)), axis=0)[k - 1]
    # The k-th smallest is the least, over sets of k entries, of their largest: by bubbles, which needs no decisions.
    for i in range(len(cells)):
        for j in range(len(cells) - 1 - i):
            a, b = cells[j], cells[j + 1]
            cells[j], cells[j + 1] = e.arithmetic.call("min", [a, b]), e.arithmetic.call("max", [a, b])
    return cells[k - 1]


def _pinv(e: Evaluator, t: App) -> Value:
    """By the normal equations for full rank, by a rank factorisation for rational matrices of lower rank."""
    m = full(e.value(t.args[0]))
    return shaped(pseudo_inverse(e, m), len(t.shape))


def pseudo_inverse(e: Evaluator, m: Matrix) -> Matrix:
    if isinstance(e.arithmetic, Doubles):
        a, bad = finite(m)
        a = np.where(bad[..., None, None], np.nan, np.linalg.pinv(a, rcond=1e-12))
        return tuple(tuple(a[..., i, j] for j in range(a.shape[-1])) for i in range(a.shape[-2]))
    rational = exact(m)
    if rational is None:
        columns = list(transposed(m)) if len(m) >= len(m[0]) else list(m)
        if not independent(e, columns):
            raise CannotEvaluate("the pseudo-inverse of a matrix of lower rank")
        return _full_rank(e, m)
    reduced, r = rational.rref()
    if r == 0:
        return tuple((fmpq(0),) * len(m) for _ in m[0])
    rows = [tuple(row) for row in reduced.tolist()[:r]]
    pivots = [next(j for j, x in enumerate(row) if x != 0) for row in rows]
    left = tuple(tuple(row[j] for j in pivots) for row in m)
    return product(e.arithmetic, _full_rank(e, tuple(rows)), _full_rank(e, left))


def _full_rank(e: Evaluator, m: Matrix) -> Matrix:
    h = transposed(m)
    if e.arithmetic.reading == "complex":
        h = tuple(tuple(e.arithmetic.call("conjugate", [x]) for x in row) for row in h)
    if len(m) >= len(m[0]):
        return product(e.arithmetic, inverse(e, product(e.arithmetic, h, m)), h)
    return product(e.arithmetic, h, inverse(e, product(e.arithmetic, m, h)))


def _least_squares(e: Evaluator, t: App) -> Value:
    a, b = (full(e.value(x)) for x in t.args[:2])
    return shaped(product(e.arithmetic, pseudo_inverse(e, a), b), len(t.shape))


def _matrix_of(e: Evaluator, t: App) -> Value:
    from twofold.numeric.linear_maps import matrix_of

    return matrix_of(e, t)


APPLICATIONS = {
    "matrix_of": _matrix_of,
    "rref": _rref, "linearly_independent": _independent, "span_contains": _span_contains, "coordinates": _coordinates,
    "change_of_basis": _change_of_basis, "project": _project, "gram_schmidt": _gram_schmidt, "is_symmetric": _is_symmetric,
    "is_orthogonal": _is_orthogonal, "is_posdef": _is_posdef, "is_negdef": _is_negdef, "is_possemidef": _is_possemidef, "is_hermitian": _is_hermitian,
    "is_unitary": _is_unitary, "is_normal": _is_normal, "is_invertible": _is_invertible, "order_statistic": _order_statistic, "pinv": _pinv, "least_squares": _least_squares,
}  # fmt: skip
