"""Linear algebra on values: one rule for every arithmetic where there is one, FLINT and LAPACK where that is faster.

Matrices are tuples of rows. Rational matrices stay exact. With derivatives inside (`Series` entries) the determinant and the inverse come from
the Faddeev-LeVerrier recursion, which divides by whole numbers and by the determinant only.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
from flint import acb, acb_mat, arb, arb_mat, fmpq, fmpq_mat

from twofold.grammar.term import App, Term
from twofold.numeric.arithmetic import Arithmetic
from twofold.numeric.balls import Balls
from twofold.numeric.containers import (
    LARGEST_SIDE,
    Matrix,
    entrywise,
    flat,
    full,
    identity,
    product,
    rank,
    shaped,
    square,
    total,
    transposed,
)
from twofold.numeric.doubles import Doubles
from twofold.numeric.outcomes import CannotEvaluate, Undefined, Unresolved
from twofold.numeric.series import Series

if TYPE_CHECKING:
    from twofold.numeric.evaluate import Evaluator

Value = Any
Rule = Callable[["Evaluator", App], Value]


def _plain(m: Matrix) -> bool:
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


def _leverrier(e: Arithmetic, m: Matrix) -> tuple[list[Value], Matrix]:
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
    if _plain(m):
        if isinstance(e.arithmetic, Doubles):
            return np.linalg.det(stacked(m))
        if isinstance(e.arithmetic, Balls):
            rational = exact(m)
            return rational.det() if rational is not None else ball_matrix(m).det()
    coefficients, _ = _leverrier(e.arithmetic, m)
    last = coefficients[-1]
    return e.arithmetic.neg(last) if n % 2 else last


def inverse(e: Evaluator, m: Matrix) -> Matrix:
    """The inverse. Undefined where the matrix is certainly singular, unresolved where it may be."""
    n = square(m)
    e.work.spend(2 * n**3)
    if _plain(m):
        if isinstance(e.arithmetic, Doubles):
            return _inverse_of_floats(m)
        if isinstance(e.arithmetic, Balls):
            return _inverse_of_balls(m)
    coefficients, b = _leverrier(e.arithmetic, m)
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
    if not _plain(m):
        raise CannotEvaluate("derivatives of eigenvalues")
    real = e.arithmetic.reading == "real"
    if isinstance(e.arithmetic, Doubles):
        return _float_eigenvalues(m, _symmetric(e, m), real)
    try:
        found = acb_mat(ball_matrix(m)).eig(multiple=True)
    except ValueError:
        raise Unresolved("eigenvalues are not separated") from None
    found = sorted(found, key=lambda z: (round(float(z.real.mid()), 10), float(z.imag.mid())))
    if _symmetric(e, m) and not any(type(x) is acb for row in m for x in row):
        return tuple(z.real for z in found)
    out: list[Value] = []
    for z in found:
        if not z.imag.contains(0):
            if real:
                raise Undefined("eigenvalues that are not real")
            out.append(z)
        elif sum(1 for w in found if w.conjugate().overlaps(z)) == 1 and not any(type(x) is acb for row in m for x in row):
            # Alone with its conjugate, an eigenvalue of a real matrix is real.
            out.append(z.real)
        elif real:
            raise Unresolved("eigenvalues that may not be real")
        else:
            out.append(z)
    return tuple(out)


def _float_eigenvalues(m: Matrix, symmetric: bool, real: bool) -> tuple[Value, ...]:
    a = stacked(m)
    bad = np.isnan(a).any(axis=(-1, -2))
    a = np.where(bad[..., None, None], 0, a)
    if symmetric:
        w = np.linalg.eigvalsh(a)
    else:
        w = np.sort_complex(np.linalg.eigvals(a).astype(complex))
        scale = 1e-12 * np.abs(w).max(axis=-1, keepdims=True, initial=1.0)
        if real:
            w = np.where((np.abs(w.imag) <= scale).all(axis=-1, keepdims=True), w.real, np.nan)
    w = np.where(bad[..., None], np.nan, w)
    return tuple(w[..., k] for k in range(w.shape[-1]))


# --- rules -----------------------------------------------------------------------------------------------------------------------------


def _of_matrix(f: Callable[[Evaluator, Matrix], Value]) -> Rule:
    return lambda e, t: f(e, full(e.value(t.args[0])))


def _inv(e: Evaluator, t: App) -> Value:
    v = e.value(t.args[0])
    return e.arithmetic.div(e.arithmetic.one, v) if not rank(v) else shaped(inverse(e, full(v)), len(t.shape))


def _trace(e: Evaluator, m: Matrix) -> Value:
    return total(e.arithmetic, [m[i][i] for i in range(square(m))])


def _logdet(e: Evaluator, m: Matrix) -> Value:
    return e.arithmetic.call("log", [det(e, m)])


def _minor(m: Matrix, i: int, j: int) -> Matrix:
    return tuple(tuple(x for c, x in enumerate(row) if c != j) for r, row in enumerate(m) if r != i)


def _minors(e: Evaluator, m: Matrix) -> Matrix:
    n = square(m)
    if n == 1:
        return ((e.arithmetic.one,),)
    return tuple(tuple(det(e, _minor(m, i, j)) for j in range(n)) for i in range(n))


def _cofactors(e: Evaluator, m: Matrix) -> Matrix:
    return tuple(
        tuple(e.arithmetic.neg(x) if (i + j) % 2 else x for j, x in enumerate(row)) for i, row in enumerate(_minors(e, m))
    )


def _adjugate(e: Evaluator, m: Matrix) -> Matrix:
    return transposed(_cofactors(e, m))


def _rank(e: Evaluator, m: Matrix) -> Value:
    """Exact for rational matrices, by LAPACK for floats; in balls only full rank can be certain."""
    if isinstance(e.arithmetic, Doubles):
        return np.linalg.matrix_rank(stacked(m)).astype(float)
    rational = exact(m)
    if rational is not None:
        return fmpq(rational.rank())
    if len(m) == len(m[0]) and not ball_matrix(m).det().contains(0):
        return fmpq(len(m))
    raise Unresolved("the rank of a matrix that is not rational")


def _norm(e: Evaluator, t: App) -> Value:
    """Of a vector the Euclidean norm, of a matrix the Frobenius norm; the second argument asks for another."""
    v = e.value(t.args[0])
    which = _which(e, t)
    entries = [e.arithmetic.call("abs", [x]) for x in flat(v)]
    matrix = rank(v) == 2 and min(len(v), len(v[0])) > 1
    if which in ("", "fro") or (which == "2" and not matrix):
        return e.arithmetic.call("sqrt", [total(e.arithmetic, [e.arithmetic.mul(x, x) for x in entries])])
    if which in ("2", "nuclear"):
        gram = product(e.arithmetic, transposed(_conjugated(e, full(v))), full(v))
        squares = eigenvalues(e, gram)
        if which == "2":
            return e.arithmetic.call("sqrt", [squares[-1]])
        zero = e.arithmetic.zero
        return total(e.arithmetic, [e.arithmetic.call("sqrt", [e.arithmetic.call("max", [s, zero])]) for s in squares])
    size = full(v)
    if which in ("1", "oo"):
        magnitudes = tuple(tuple(e.arithmetic.call("abs", [x]) for x in row) for row in size)
        lines = transposed(magnitudes) if which == "1" else magnitudes
        return e.arithmetic.call("max", [total(e.arithmetic, line) for line in lines])
    if not matrix:
        p = e.value(t.args[1])
        powers = [e.arithmetic.pow(x, p) for x in entries]
        return e.arithmetic.pow(total(e.arithmetic, powers), e.arithmetic.div(e.arithmetic.one, p))
    raise CannotEvaluate(f"the norm {which} of a matrix")


def _which(e: Evaluator, t: App) -> str:
    if len(t.args) < 2:
        return ""
    value = e.value(t.args[1])
    if isinstance(value, str):
        return value
    if isinstance(e.arithmetic, Balls) and isinstance(value, arb) and not value.is_finite():
        return "oo"
    if isinstance(e.arithmetic, Doubles) and np.all(np.isinf(value)):
        return "oo"
    k = e.arithmetic.small_integer(value)
    return str(k) if k is not None else "p"


def _conjugated(e: Evaluator, m: Matrix) -> Matrix:
    return m if e.arithmetic.reading == "real" else tuple(tuple(e.arithmetic.call("conjugate", [x]) for x in row) for row in m)


def _dot(e: Evaluator, t: App) -> Value:
    a, b = (flat(e.value(x)) for x in t.args)
    if len(a) != len(b):
        raise Undefined("vectors of different lengths at this point")
    return total(e.arithmetic, [e.arithmetic.mul(x, y) for x, y in zip(a, b, strict=True)])


def _cross(e: Evaluator, t: App) -> Value:
    m = e.arithmetic
    a, b = (flat(e.value(x)) for x in t.args)
    if len(a) != 3 or len(b) != 3:
        raise Undefined("a cross product of vectors that are not of length 3")
    return tuple(m.sub(m.mul(a[i], b[j]), m.mul(a[j], b[i])) for i, j in ((1, 2), (2, 0), (0, 1)))


def _outer(e: Evaluator, t: App) -> Value:
    a, b = (flat(e.value(x)) for x in t.args)
    return tuple(tuple(e.arithmetic.mul(x, y) for y in b) for x in a)


def _kron(e: Evaluator, t: App) -> Value:
    a, b = (full(e.value(x)) for x in t.args)
    made = tuple(tuple(e.arithmetic.mul(x, y) for x in ra for y in rb) for ra in a for rb in b)
    return shaped(made, len(t.shape))


def _expm(e: Evaluator, m: Matrix) -> Matrix:
    if not _plain(m):
        raise CannotEvaluate("derivatives of a matrix exponential")
    if isinstance(e.arithmetic, Doubles):
        from scipy.linalg import expm

        return unstacked(expm(stacked(m)))
    return listed(ball_matrix(m).exp())


def _logm(e: Evaluator, m: Matrix) -> Matrix:
    """The principal logarithm, in double precision only."""
    if not isinstance(e.arithmetic, Doubles) or not _plain(m):
        raise CannotEvaluate("the logarithm of a matrix over balls")
    from scipy.linalg import expm, logm

    a = stacked(m)
    made = np.array([logm(x) for x in a.reshape(-1, *a.shape[-2:])]).reshape(a.shape)
    if not np.allclose(expm(made), a, rtol=1e-8, atol=1e-10):
        raise CannotEvaluate("the logarithm of a matrix that is close to singular")
    if e.arithmetic.reading == "real":
        if np.max(np.abs(np.imag(made)), initial=0.0) > 1e-12 * max(1.0, float(np.max(np.abs(made)))):
            raise Undefined("a logarithm that is not real")
        made = np.real(made)
    return unstacked(made)


def fractional_power(e: Evaluator, v: Value, exponent: Value) -> Value:
    """A principal power of a square matrix with an exponent that is no whole number, in double precision only."""
    m = full(v)
    square(m)
    if not isinstance(e.arithmetic, Doubles) or not _plain(m) or np.ndim(exponent):
        raise CannotEvaluate("a fractional power of a matrix over balls")
    from scipy.linalg import fractional_matrix_power

    a = stacked(m)
    made = np.array([fractional_matrix_power(x, float(exponent)) for x in a.reshape(-1, *a.shape[-2:])]).reshape(a.shape)
    if e.arithmetic.reading == "real":
        if np.max(np.abs(np.imag(made)), initial=0.0) > 1e-10:
            raise Undefined("a power that is not real")
        made = np.real(made)
    return shaped(unstacked(made), rank(v) or 2)


def _charpoly(e: Evaluator, t: App) -> Value:
    """det(x I - A) at the value of its second argument."""
    m = full(e.value(t.args[0]))
    x = e.value(t.args[1])
    coefficients, _ = _leverrier(e.arithmetic, m)
    out = e.arithmetic.one
    for c in coefficients:
        out = e.arithmetic.add(e.arithmetic.mul(out, x), c)
    return out


def _cholesky(e: Evaluator, m: Matrix) -> Matrix:
    """The lower triangular L with L L' = A, for a positive definite A."""
    n, a = square(m), e.arithmetic
    low = [[a.zero] * n for _ in range(n)]
    for j in range(n):
        rest = a.sub(m[j][j], total(a, [a.mul(low[j][k], low[j][k]) for k in range(j)]))
        low[j][j] = a.call("sqrt", [rest])
        for i in range(j + 1, n):
            low[i][j] = a.div(a.sub(m[i][j], total(a, [a.mul(low[i][k], low[j][k]) for k in range(j)])), low[j][j])
    return tuple(map(tuple, low))


def _cond(e: Evaluator, t: App) -> Value:
    if len(t.args) > 1 and _which(e, t) != "2":
        inverse = App("inv", (t.args[0],), t.args[0].shape)
        return e.arithmetic.mul(*(_norm(e, App("norm", (a, t.args[1]))) for a in (t.args[0], inverse)))
    squares = _squared_singular_values(e, t.args[0])
    return e.arithmetic.call("sqrt", [e.arithmetic.div(squares[-1], squares[0])])


def _singular_values(e: Evaluator, t: App) -> Value:
    squares = _squared_singular_values(e, t.args[0])
    found = tuple(e.arithmetic.call("sqrt", [_not_negative(e, s)]) for s in reversed(squares))
    return shaped((found,), 1)


def _squared_singular_values(e: Evaluator, a: Term) -> Value:
    """In ascending order, as many as the smaller side is long."""
    m = full(e.value(a))
    if len(m) < len(m[0]):
        m = transposed(m)
    return eigenvalues(e, product(e.arithmetic, transposed(_conjugated(e, m)), m))


def _not_negative(e: Evaluator, s: Value) -> Value:
    """An eigenvalue of a Gram matrix, which rounding may have taken below 0."""
    if isinstance(e.arithmetic, Doubles):
        return np.maximum(np.real(s), 0.0)
    return e.arithmetic.call("abs", [s])


def _hadamard(e: Evaluator, t: App) -> Value:
    return entrywise(e.arithmetic.mul, *(e.value(a) for a in t.args))


def _angle(e: Evaluator, t: App) -> Value:
    m = e.arithmetic
    a, b = (tuple(flat(e.value(x))) for x in t.args)
    dots = []
    for p, q in ((a, b), (a, a), (b, b)):
        (turned,) = _conjugated(e, (p,))
        made = total(m, [m.mul(x, y) for x, y in zip(turned, q, strict=True)])
        dots.append(made if m.reading == "real" else m.call("re", [made]))
    return m.call("acos", [m.div(dots[0], m.call("sqrt", [m.mul(dots[1], dots[2])]))])


APPLICATIONS: dict[str, Rule] = {
    "det": _of_matrix(det), "inv": _inv, "tr": _of_matrix(_trace), "trace": _of_matrix(_trace), "logdet": _of_matrix(_logdet),
    "eigenvalues": _of_matrix(eigenvalues), "rank": _of_matrix(_rank), "minors": _of_matrix(_minors), "cofactors": _of_matrix(_cofactors),
    "adjugate": _of_matrix(_adjugate), "norm": _norm, "dot": _dot, "cross": _cross, "outer": _outer, "kron": _kron, "hadamard": _hadamard,
    "expm": _of_matrix(_expm), "logm": _of_matrix(_logm), "charpoly": _charpoly, "cholesky": _of_matrix(_cholesky),
    "cond": _cond, "angle": _angle, "singular_values": _singular_values,
}  # fmt: skip

__all__ = ["APPLICATIONS", "det", "eigenvalues", "inverse", "power"]
