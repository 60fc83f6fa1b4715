"""Linear algebra on values: one rule for every arithmetic where there is one, FLINT and LAPACK where that is faster.

Matrices are tuples of rows. Rational matrices stay exact. With derivatives inside (`Series` entries) the determinant and the inverse come from
the Faddeev-LeVerrier recursion, which divides by whole numbers and by the determinant only.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
from flint import acb, acb_mat, arb, arb_mat, fmpq, fmpq_mat

from twofold.grammar.term import App
from twofold.numeric.arithmetic import Arithmetic
from twofold.numeric.balls import Balls
from twofold.numeric.containers import (
    LARGEST_SIDE,
    Matrix,
    full,
    identity,
    product,
    rank,
    shaped,
    square,
    total,
)
from twofold.numeric.doubles import Doubles
from twofold.numeric.outcomes import CannotEvaluate, Undefined, Unresolved
from twofold.numeric.series import Series

if TYPE_CHECKING:
    from twofold.numeric.evaluator import Evaluator

Value = Any
Rule = Callable[["Evaluator", App], Value]


def is_plain(m: Matrix) -> bool:
    return not any(isinstance(x, Series) for row in m for x in row)


def stacked(m: Matrix) -> np.ndarray:
    """A matrix of arrays as an array of matrices, for LAPACK."""
    if all(type(x) is np.float64 or type(x) is float for row in m for x in row):
        return np.array(m, dtype=float)
    shape = np.broadcast_shapes(*(np.shape(x) for row in m for x in row))
    return np.stack([np.stack([np.broadcast_to(x, shape) for x in row], axis=-1) for row in m], axis=-2)


def unstacked(a: np.ndarray) -> Matrix:
    return tuple(tuple(a[..., i, j] for j in range(a.shape[-1])) for i in range(a.shape[-2]))


def exact(m: Matrix) -> fmpq_mat | None:
    """The matrix over the rationals, if it is one."""
    if all(type(x) is fmpq for row in m for x in row):
        return fmpq_mat(len(m), len(m[0]) if m else 0, [x for row in m for x in row])
    return None


def ball_matrix(m: Matrix) -> Any:
    """The matrix over the balls, real where all entries are."""
    entries = [arb(x) if type(x) is fmpq else x for row in m for x in row]
    kind = acb_mat if any(type(x) is acb for x in entries) else arb_mat
    return kind(len(m), len(m[0]) if m else 0, entries)


def listed(a: Any) -> Matrix:
    return tuple(tuple(row) for row in a.tolist())


def leverrier(e: Arithmetic, m: Matrix) -> tuple[list[Value], Matrix]:
    """Coefficients c_1..c_n of the characteristic polynomial x^n + c_1 x^(n-1) + …, and the matrix B with A B = -c_n I."""
    n = square(m)
    b, coefficients = identity(e, n), []
    for k in range(1, n + 1):
        ab = product(e, m, b)
        c = e.div(e.neg(total(e, [ab[i][i] for i in range(n)])), e.number(k))
        coefficients.append(c)
        if k < n:
            b = tuple(tuple(e.add(x, c) if i == j else x for j, x in enumerate(row)) for i, row in enumerate(ab))
    return coefficients, b


def det(e: Evaluator, m: Matrix) -> Value:
    """The determinant; 1 for a matrix without entries."""
    n = square(m)
    e.work.spend(n**3)
    if n > LARGEST_SIDE:
        raise CannotEvaluate("a matrix too large")
    if is_plain(m):
        if isinstance(e.arithmetic, Doubles):
            return np.linalg.det(stacked(m))
        if isinstance(e.arithmetic, Balls):
            rational = exact(m)
            return rational.det() if rational is not None else ball_matrix(m).det()
    coefficients, _ = leverrier(e.arithmetic, m)
    last = coefficients[-1]
    return e.arithmetic.neg(last) if n % 2 else last


def inverse(e: Evaluator, m: Matrix) -> Matrix:
    """The inverse. Undefined where the matrix is certainly singular, unresolved where it may be."""
    n = square(m)
    e.work.spend(2 * n**3)
    if is_plain(m):
        if isinstance(e.arithmetic, Doubles):
            return _inverse_of_floats(m)
        if isinstance(e.arithmetic, Balls):
            return _inverse_of_balls(m)
    coefficients, b = leverrier(e.arithmetic, m)
    scale = e.arithmetic.div(e.arithmetic.neg(e.arithmetic.one), coefficients[-1])
    return tuple(tuple(e.arithmetic.mul(scale, x) for x in row) for row in b)


def _inverse_of_balls(m: Matrix) -> Matrix:
    rational = exact(m)
    try:
        return listed((rational if rational is not None else ball_matrix(m)).inv())
    except ZeroDivisionError:
        if rational is not None:
            raise Undefined("a singular matrix is inverted") from None
        raise Unresolved("a matrix may be singular") from None


_LOST = 1e13
"""The condition number from which on an inverse in double precision says nothing: a singular matrix whose zero is rounded looks like that."""


def _inverse_of_floats(m: Matrix) -> Matrix:
    a = stacked(m)
    singular = np.linalg.det(a) == 0
    eye = np.broadcast_to(np.eye(a.shape[-1]), a.shape)
    inv = np.linalg.inv(np.where(singular[..., None, None] | np.isnan(a).any(axis=(-1, -2))[..., None, None], eye, a))
    with np.errstate(all="ignore"):
        lost = ~(np.linalg.norm(a, axis=(-2, -1)) * np.linalg.norm(inv, axis=(-2, -1)) < _LOST)
    bad = singular | lost
    return unstacked(np.where(bad[..., None, None], np.nan, inv))


def power(e: Evaluator, v: Value, n: int) -> Value:
    """A whole power of a square matrix; 0 gives the identity, negative ones the inverse."""
    m = full(v)
    side = square(m)
    if abs(n) > 4096:
        raise CannotEvaluate("a very high power of a matrix")
    if n < 0:
        m, n = inverse(e, m), -n
    out = identity(e.arithmetic, side)
    while n:
        e.work.spend(side**3)
        if n & 1:
            out = product(e.arithmetic, out, m)
        n >>= 1
        if n:
            m = product(e.arithmetic, m, m)
    return shaped(out, rank(v) or 2)


# --- eigenvalues -----------------------------------------------------------------------------------------------------------------------


def _symmetric(e: Evaluator, m: Matrix) -> bool:
    n = len(m)
    if isinstance(e.arithmetic, Doubles):
        return all(np.all(m[i][j] == np.conjugate(m[j][i])) for i in range(n) for j in range(i + 1))
    return all(m[i][j] is m[j][i] or (type(m[i][j]) is fmpq and m[i][j] == m[j][i]) for i in range(n) for j in range(i))


def eigenvalues(e: Evaluator, m: Matrix) -> tuple[Value, ...]:
    """With multiplicity, ordered by real part, then imaginary part. In the real reading they must all be real."""
    n = square(m)
    e.work.spend(10 * n**3)
    if not is_plain(m):
        raise CannotEvaluate("derivatives of eigenvalues")
    real = e.arithmetic.reading == "real"
    if isinstance(e.arithmetic, Doubles):
        return _float_eigenvalues(m, _symmetric(e, m), real)
    try:
        found = acb_mat(ball_matrix(m)).eig(multiple=True)
    except ValueError:
        known = _multiple(m)
        if known is None:
            raise Unresolved("eigenvalues are not separated") from None
        found = known
    found = sorted(found, key=lambda z: (round(float(z.real.mid()), 10), float(z.imag.mid())))
    if _symmetric(e, m) and not any(type(x) is acb for row in m for x in row):
        return tuple(z.real for z in found)
    out: list[Value] = []
    for z in found:
        if not z.imag.contains(0):
            if real:
                raise Undefined("eigenvalues that are not real")
            out.append(z)
        elif z.imag.is_zero():
            out.append(z.real)
        elif sum(1 for w in found if w.conjugate().overlaps(z)) == 1 and not any(type(x) is acb for row in m for x in row):
            # Alone with its conjugate, an eigenvalue of a real matrix is real.
            out.append(z.real)
        elif real:
            raise Unresolved("eigenvalues that may not be real")
        else:
            out.append(z)
    return tuple(out)


def _multiple(m: Matrix) -> list[Any] | None:
    """The eigenvalues of a rational matrix by the roots of its characteristic polynomial, of which the multiplicities are exact."""
    cells = [x for row in m for x in row]
    if not all(type(x) is fmpq for x in cells):
        return None
    roots = fmpq_mat(len(m), len(m), cells).charpoly().numer().complex_roots()
    return [acb(z) for z, count in roots for _ in range(count)]


def finite(m: Matrix) -> tuple[np.ndarray, np.ndarray]:
    """Matrices of doubles without infinities and nan, at which LAPACK fails, and where there were some: such a matrix is 0 here."""
    a = stacked(m)
    bad = ~np.isfinite(a).all(axis=(-1, -2))
    return np.where(bad[..., None, None], 0, a), bad


def _float_eigenvalues(m: Matrix, symmetric: bool, real: bool) -> tuple[Value, ...]:
    a, bad = finite(m)
    if symmetric:
        w = np.linalg.eigvalsh(a)
    else:
        w = np.sort_complex(np.linalg.eigvals(a).astype(complex))
        scale = 1e-12 * np.abs(w).max(axis=-1, keepdims=True, initial=1.0)
        if real:
            w = np.where((np.abs(w.imag) <= scale).all(axis=-1, keepdims=True), w.real, np.nan)
    w = np.where(bad[..., None], np.nan, w)
    return tuple(w[..., k] for k in range(w.shape[-1]))
