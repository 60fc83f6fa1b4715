"""Linear algebra in double precision, by LAPACK through SciPy: for measured matrices, and where there is no exact answer.

Every value comes with a residual relative to the matrix, which says how well it solves its equation, and with the condition
number, which says how much of it an error in the last digit of an entry may change.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.linalg as la

from twofold.core.diagnostic import fail
from twofold.grammar.term import App
from twofold.numeric.outcomes import CannotEvaluate

Computed = tuple[Any, float]


@dataclass(frozen=True)
class Outcome:
    """A value (nested lists of numbers), its relative residual, and the condition number of the matrix."""

    value: Any
    residual: float
    condition: float


BAD_CONDITION = 1e8


def evaluated(question: App, arrays: Sequence[Any]) -> Outcome:
    """The value of an operation on matrices of floats.

    Raises `CannotEvaluate` for what has no rule, and `TwofoldError` where the matrix is at fault.
    """
    rule = _RULES.get(question.op)
    if rule is None or not arrays:
        raise CannotEvaluate(f"{question.op} has no rule in double precision")
    full = [np.atleast_2d(a) if a.ndim != 1 else a.reshape(-1, 1) for a in map(np.asarray, arrays)]
    if not all(np.all(np.isfinite(a)) for a in full):
        raise CannotEvaluate("an entry is not finite")
    try:
        with np.errstate(all="ignore"):
            value, residual = rule(*full)
    except np.linalg.LinAlgError as error:
        raise _refused(question, str(error)) from None
    singular = la.svdvals(full[0])
    condition = float(singular[0] / singular[-1]) if singular[-1] else float("inf")
    return Outcome(value, float(residual), condition)


def _refused(question: App, reason: str) -> Exception:
    if question.op == "cholesky":
        return fail("not-posdef", "this matrix is not positive definite", question.args[0].span, "is_posdef(A) tells")
    return fail("singular-matrix", "this matrix is singular to working precision", question.args[0].span, "pinv(A), svd(A)")


def _size(a: Any) -> float:
    return float(np.linalg.norm(a)) or 1.0


def _apart(a: Any, b: Any) -> float:
    return float(np.linalg.norm(np.asarray(a) - np.asarray(b))) / _size(a)


def _factored(a: Any) -> float:
    p, lower, upper = la.lu(a)
    return _apart(a, p @ lower @ upper)


def _inv(a: Any) -> Computed:
    made = la.inv(a)
    return made, float(np.linalg.norm(a @ made - np.eye(len(a)))) / (_size(a) * _size(made))


def _hermitian(a: Any) -> bool:
    return bool(np.allclose(a, a.conj().T, rtol=0, atol=1e-14 * float(np.max(np.abs(a), initial=0.0))))


def _eigen(a: Any) -> tuple[Any, Any, float]:
    values, vectors = la.eigh(a) if _hermitian(a) else la.eig(a)
    if np.all(np.abs(np.imag(values)) <= 1e-14 * np.max(np.abs(values), initial=1e-300)) and np.isrealobj(a):
        values, vectors = np.real(values), np.real(vectors)
    order = np.lexsort((np.imag(values), np.real(values)))
    values, vectors = values[order], vectors[:, order]
    return values, vectors, float(np.linalg.norm(a @ vectors - vectors * values)) / _size(a)


def _eigenvalues(a: Any) -> Computed:
    values, _, residual = _eigen(a)
    return list(values), residual


def _eigenvectors(a: Any) -> Computed:
    values, vectors, residual = _eigen(a)
    return [[v, 1, [list(vectors[:, k])]] for k, v in enumerate(values)], residual


def _diagonalize(a: Any) -> Computed:
    values, vectors, residual = _eigen(a)
    return [vectors, np.diag(values)], residual


def _svd(a: Any) -> Computed:
    u, s, v = la.svd(a, full_matrices=False)
    return [u, np.diag(s), v.conj().T], _apart(a, (u * s) @ v)


def _qr(a: Any) -> Computed:
    q, r = la.qr(a, mode="economic")
    signs = np.where(np.real(np.diag(r)) < 0, -1.0, 1.0)
    return [q * signs, (r.T * signs).T], _apart(a, q @ r)


def _lu(a: Any) -> Computed:
    p, lower, upper = la.lu(a)
    return [p, lower, upper], _apart(a, p @ lower @ upper)


def _schur(a: Any) -> Computed:
    real = np.isrealobj(a) and np.all(np.imag(la.eigvals(a)) == 0)
    t, q = la.schur(a, output="real" if real else "complex")
    return [q, t], _apart(a, q @ t @ q.conj().T)


def _cholesky(a: Any) -> Computed:
    if not _hermitian(a):
        raise np.linalg.LinAlgError("not symmetric")
    low = la.cholesky(a, lower=True)
    return low, _apart(a, low @ low.conj().T)


def _pinv(a: Any) -> Computed:
    made = la.pinv(a)
    return made, _apart(a, a @ made @ a)


def _expm(a: Any) -> Computed:
    made, half = la.expm(a), la.expm(a / 2)
    return made, _apart(made, half @ half)


def _logm(a: Any) -> Computed:
    if np.linalg.matrix_rank(a) < len(a):
        raise np.linalg.LinAlgError("singular")
    made = la.logm(a)
    made = np.real(made) if np.allclose(np.imag(made), 0, atol=1e-13 * _size(made)) and np.isrealobj(a) else made
    return made, _apart(a, la.expm(made))


def _least_squares(a: Any, b: Any) -> Computed:
    x = la.lstsq(a, b)[0]
    rest = a.conj().T @ (b - a @ x)
    return x[:, 0] if b.shape[1] == 1 else x, float(np.linalg.norm(rest)) / (_size(a) * _size(b))


def _nullspace(a: Any) -> Computed:
    basis = la.null_space(a)
    return [list(v) for v in basis.T], float(np.linalg.norm(a @ basis)) / _size(a)


_RULES: dict[str, Callable[..., Computed]] = {
    "det": lambda a: (la.det(a), _factored(a)), "inv": _inv, "eigenvalues": _eigenvalues, "eigenvectors": _eigenvectors,
    "diagonalize": _diagonalize, "svd": _svd, "qr": _qr, "lu": _lu, "schur": _schur, "cholesky": _cholesky, "pinv": _pinv, "expm": _expm,
    "logm": _logm, "least_squares": _least_squares, "nullspace": _nullspace,
    "rank": lambda a: (int(np.linalg.matrix_rank(a)), 0.0), "cond": lambda a: (float(np.linalg.cond(a)), 0.0),
}  # fmt: skip
