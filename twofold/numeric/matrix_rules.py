"""Functions of matrices on values: what the evaluator looks up."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
from flint import acb, arb, fmpq

from twofold.grammar.term import App, Term
from twofold.numeric.balls import Balls
from twofold.numeric.containers import (
    Matrix,
    entrywise,
    flat,
    full,
    product,
    rank,
    shaped,
    square,
    total,
    transposed,
)
from twofold.numeric.doubles import Doubles
from twofold.numeric.outcomes import CannotEvaluate, Split, Undefined, Unresolved

if TYPE_CHECKING:
    from twofold.numeric.evaluator import Evaluator
from twofold.numeric.matrices import (
    Rule,
    Value,
    ball_matrix,
    det,
    eigenvalues,
    exact,
    finite,
    inverse,
    is_plain,
    leverrier,
    listed,
    unstacked,
)


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
        a, bad = finite(m)
        return np.where(bad, np.nan, np.linalg.matrix_rank(a))
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
    if not is_plain(m):
        raise CannotEvaluate("derivatives of a matrix exponential")
    if isinstance(e.arithmetic, Doubles):
        from scipy.linalg import expm

        a, bad = finite(m)
        return unstacked(np.where(bad[..., None, None], np.nan, expm(a)))
    return listed(ball_matrix(m).exp())


def _logm(e: Evaluator, m: Matrix) -> Matrix:
    """The principal logarithm, in double precision only."""
    if not isinstance(e.arithmetic, Doubles) or not is_plain(m):
        raise CannotEvaluate("the logarithm of a matrix over balls")
    from scipy.linalg import expm, logm

    a, bad = finite(m)
    a = np.where(bad[..., None, None], np.eye(a.shape[-1]), a)
    made = np.array([logm(x) for x in a.reshape(-1, *a.shape[-2:])]).reshape(a.shape)
    if not np.allclose(expm(made), a, rtol=1e-8, atol=1e-10):
        raise CannotEvaluate("the logarithm of a matrix that is close to singular")
    if e.arithmetic.reading == "real":
        if np.max(np.abs(np.imag(made)), initial=0.0) > 1e-12 * max(1.0, float(np.max(np.abs(made)))):
            raise Undefined("a logarithm that is not real")
        made = np.real(made)
    return unstacked(np.where(bad[..., None, None], np.nan, made))


def fractional_power(e: Evaluator, v: Value, exponent: Value) -> Value:
    """A principal power of a square matrix with an exponent that is no whole number, in double precision only."""
    m = full(v)
    square(m)
    if not isinstance(e.arithmetic, Doubles) or not is_plain(m):
        raise CannotEvaluate("a fractional power of a matrix over balls")
    exponents = np.unique(np.atleast_1d(exponent))
    if len(exponents) > 1:
        raise Split
    if np.imag(exponents[0]) != 0:
        raise CannotEvaluate("a power of a matrix with an exponent that is not real")
    from scipy.linalg import fractional_matrix_power

    (a, bad), power = finite(m), float(np.real(exponents[0]))
    one = np.eye(a.shape[-1])
    a = np.where(bad[..., None, None], one, a)
    made = np.array([fractional_matrix_power(x, power) for x in a.reshape(-1, *a.shape[-2:])]).reshape(a.shape)
    made = np.where(bad[..., None, None], np.nan, made)
    if e.arithmetic.reading == "real":
        if np.max(np.abs(np.imag(made[~bad])), initial=0.0) > 1e-10:
            raise Undefined("a power that is not real")
        made = np.real(made)
    return shaped(unstacked(made), rank(v) or 2)


def _charpoly(e: Evaluator, t: App) -> Value:
    """det(x I - A) at the value of its second argument."""
    m = full(e.value(t.args[0]))
    x = e.value(t.args[1])
    coefficients, _ = leverrier(e.arithmetic, m)
    out = e.arithmetic.one
    for c in coefficients:
        out = e.arithmetic.add(e.arithmetic.mul(out, x), c)
    return out


def _cholesky(e: Evaluator, m: Matrix) -> Matrix:
    """The lower triangular L with a positive diagonal and L L' = A (conjugated where entries are complex); none for what is not Hermitian or not
    positive definite."""
    n, a = square(m), e.arithmetic
    turned = transposed(_conjugated(e, m))
    fits = [_is_same(e, m[i][j], turned[i][j]) for i in range(n) for j in range(i + 1)]
    low = [[a.zero] * n for _ in range(n)]
    for j in range(n):
        (row,) = _conjugated(e, (tuple(low[j]),))
        rest = a.sub(m[j][j], total(a, [a.mul(low[j][k], row[k]) for k in range(j)]))
        low[j][j] = a.call("sqrt", [_positive(e, rest)])
        for i in range(j + 1, n):
            low[i][j] = a.div(a.sub(m[i][j], total(a, [a.mul(low[i][k], row[k]) for k in range(j)])), low[j][j])
    if isinstance(a, Doubles):
        bad = ~np.logical_and.reduce(fits)
        low = [[np.where(bad, np.nan, x)[()] for x in r] for r in low]
    return tuple(map(tuple, low))


def _is_same(e: Evaluator, x: Value, y: Value) -> Any:
    """Whether two entries are equal as far as the arithmetic can tell. Raises `Undefined` where they are certainly not."""
    if isinstance(e.arithmetic, Doubles):
        return np.abs(x - y) <= 1e-9 * np.maximum(1.0, np.abs(x))
    try:
        differ = e.arithmetic.compare("ne", x, y)
    except Unresolved:
        return True
    if differ:
        raise Undefined("a matrix that is not Hermitian has no Cholesky factor")
    return True


def _positive(e: Evaluator, x: Value) -> Value:
    """A pivot, where it is positive."""
    if isinstance(e.arithmetic, Doubles):
        return np.where((np.real(x) > 0) & (np.abs(np.imag(x)) <= 1e-9 * np.abs(x)), np.real(x), np.nan)[()]
    if type(x) is acb:
        if not x.imag.contains(0):
            raise Undefined("a pivot that is not real")
        x = x.real
    if e.arithmetic.compare("le", x, e.arithmetic.zero):
        raise Undefined("a matrix that is not positive definite has no Cholesky factor")
    return x


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
