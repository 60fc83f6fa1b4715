"""Checks of eigenvalues and of what they tell of a matrix: residuals and LAPACK's eigenvalues and singular values, never by way of the
exact result."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from twofold.catalogue.display import show
from twofold.core.evidence import Check
from twofold.engine.checks.samples import Disagreement, Sample, at_points, rank
from twofold.engine.checks.sampling import distance, exact, items, points, verdict
from twofold.grammar.term import OO, App, Symbol, Term, Var, free_symbols
from twofold.numeric.outcomes import NoValue
from twofold.symbolic.context import Context

_ORDERS: dict[str, Any] = {"1": 1, "2": 2, "oo": np.inf, "fro": "fro", '"fro"': "fro"}
"""How NumPy calls the norms."""


@at_points("LAPACK singular values", close=1e-6, apart=1e-2)
def condition(question: App, answer: Term, at: Sample) -> Iterator[float]:
    """The quotient of LAPACK's singular values, or NumPy's condition number in another norm; infinite where the numeric rank is not
    full."""
    a = at.matrix(question.args[0])
    if answer == OO:
        yield float(rank(a) == min(a.shape))
        return
    found = at.value(answer)
    if len(question.args) > 1:
        order = _ORDERS.get(show(question.args[1]))
        if order is not None:
            yield distance(np.linalg.cond(a, order), found)
        return
    expected = float(np.linalg.cond(a))
    yield abs(complex(found) - expected) / expected if expected < 1e7 else 0.0


# A double eigenvalue is known to half the digits only.
@at_points("LAPACK eigenvalues", close=1e-6, apart=1e-2)
def eigenvalues(question: App, answer: Term, at: Sample) -> Iterator[float]:
    """The same numbers as LAPACK's, each matched once."""
    found, expected = at.elements(answer), list(np.linalg.eigvals(at.matrix(question.args[0])))
    scale = max(1e-300, max(abs(v) for v in expected))
    if len(expected) != len(found):
        raise Disagreement(f"{len(found)} eigenvalues for a matrix of size {len(expected)}")
    for v in found:
        k = min(range(len(expected)), key=lambda j: abs(expected[j] - complex(v)))
        yield abs(expected.pop(k) - complex(v)) / scale


@at_points("residual of the eigenpairs")
def eigenvectors(question: App, answer: Term, at: Sample) -> Iterator[float]:
    """A*v == lambda*v for every pair, with multiplicities that add up."""
    a = at.matrix(question.args[0])
    for triple in items(answer):
        eigenvalue, _, basis = items(triple)
        mu = at.value(eigenvalue, "complex")
        for vector in at.elements(basis):
            if np.any(vector):
                scale = max(float(np.max(np.abs(a))), 1e-300) * float(np.max(np.abs(vector)))
                yield float(np.max(np.abs(a @ vector - mu * vector))) / scale


def similar(question: Term, answer: Term, context: Context) -> Check | None:
    """A*P == P*J with an invertible P, or that there is none."""
    return _defective(question, question, context) if answer.sort == "text" else _similar(question, answer, context)


@at_points("residual of A*P == P*J")
def _similar(question: App, answer: Term, at: Sample) -> Iterator[float]:
    a, (p, j) = at.matrix(question.args[0]), at.elements(answer)
    # The length of an eigenvector says nothing.
    if rank(p / np.maximum(np.max(np.abs(p), axis=0), 1e-300)) < len(p):
        raise Disagreement("P is singular")
    yield distance(a @ p, p @ j)


@at_points("independent eigenvectors counted")
def _defective(question: App, answer: Term, at: Sample) -> Iterator[float]:
    """That the eigenvectors do not make a basis: for some eigenvalue by LAPACK there are fewer than its multiplicity."""
    a = at.matrix(question.args[0])
    left, scale, found = list(np.linalg.eigvals(a)), max(1e-300, float(np.max(np.abs(a)))), 0
    while left:
        near = [v for v in left if abs(v - left[0]) < 1e-3 * scale]
        left = [v for v in left if abs(v - near[0]) >= 1e-3 * scale]
        sizes = np.linalg.svd(a - np.mean(near) * np.eye(len(a)), compute_uv=False)
        found += min(len(near), int(np.sum(sizes < 1e-6 * scale)))
    yield float(found >= len(a))


def _variable(question: App, answer: Term) -> Symbol | None:
    if len(question.args) > 1 and isinstance(question.args[1], Var):
        return question.args[1].symbol
    known = set(free_symbols(question))
    return next((s for s in free_symbols(answer) if s not in known), None)


def _of_a_polynomial(
    question: Term, answer: Term, context: Context, errors: Callable[[Any, Callable[[Any], Any]], Iterator[float]]
) -> list[float] | None:
    """The errors of a polynomial in a variable of its own, from the matrix and the values of the polynomial."""
    x = _variable(question, answer) if isinstance(question, App) else None
    if x is None or not isinstance(question, App):
        return None
    found: list[float] = []
    for p in points([question, answer], context, 4, without=[x]):
        at = Sample(p, context)

        def polynomial(z: Any, at: Sample = at) -> Any:
            return at.with_value(x, z).value(answer, "complex")

        try:
            found += errors(at.matrix(question.args[0]), polynomial)
        except NoValue:
            continue
    return found


def characteristic(question: Term, answer: Term, context: Context) -> Check | None:
    """The polynomial at several values against determinants."""

    def errors(a: Any, polynomial: Callable[[Any], Any]) -> Iterator[float]:
        for t in (-2, 1, 3):
            left, right = polynomial(t), np.linalg.det(t * np.eye(len(a)) - a)
            yield float(abs(left - right)) / max(1.0, float(abs(left)), float(abs(right)))

    found = _of_a_polynomial(question, answer, context, errors)
    return None if found is None else verdict("determinants", found)


def annihilates(question: Term, answer: Term, context: Context) -> Check | None:
    """The polynomial of the matrix is 0, by its values on the eigenvalues that LAPACK finds."""

    def errors(a: Any, polynomial: Callable[[Any], Any]) -> Iterator[float]:
        size = max(1.0, float(np.max(np.abs(a))))
        for mu in np.linalg.eigvals(a):
            yield float(abs(polynomial(exact(mu)))) / size ** len(a)

    found = _of_a_polynomial(question, answer, context, errors)
    return None if found is None else verdict("values at LAPACK eigenvalues", found, close=1e-5, apart=1e-2)


@at_points("numbers", 12)
def has_property(question: App, answer: Term, at: Sample) -> Iterator[float]:
    """Properties of a matrix by the numbers: differences, LAPACK eigenvalues, singular values and eigenvectors."""
    found, sure = _has(question.op, at.matrix(question.args[0]))
    claimed = at.truth(answer)
    if found == claimed or sure:
        yield float(found != claimed)


def _has(name: str, a: Any) -> tuple[bool, bool]:
    """Whether a matrix in double precision has a property, and whether that is sure: what lies within rounding may be or not."""
    h, n = a.conj().T, len(a)
    one = np.eye(n)
    equalities = {
        "is_symmetric": (a, a.T, 1e-12),
        "is_hermitian": (a, h, 1e-12),
        "is_orthogonal": (a.T @ a, one, 1e-9),
        "is_unitary": (h @ a, one, 1e-9),
        "is_normal": (h @ a, a @ h, 1e-9),
    }
    if name in equalities:
        left, right, tolerance = equalities[name]
        same = bool(np.allclose(left, right, rtol=tolerance, atol=tolerance))
        return same, not same
    if name == "is_invertible":
        full_rank = bool(rank(a) == n)
        return full_rank, full_rank
    if name == "is_diagonalizable":
        # LAPACK's eigenvectors are of condition 1e7 and beyond where they are dependent.
        independent = float(np.linalg.cond(np.linalg.eig(a)[1])) < 1e5
        return independent, independent
    if not np.allclose(a, h, rtol=1e-12, atol=1e-12):
        return False, True
    ends = np.linalg.eigvalsh(a)
    least = float(-ends[-1] if name == "is_negdef" else ends[0])
    if abs(least) < 1e-9 * max(1.0, float(np.max(np.abs(ends)))):
        return name == "is_possemidef", False
    return least > 0, True


@at_points("LAPACK singular values")
def singular_values(question: App, answer: Term, at: Sample) -> Iterator[float]:
    """LAPACK's singular values."""
    claimed = np.array([at.value(s) for s in items(answer)], dtype=complex)
    found = np.linalg.svd(at.matrix(question.args[0]), compute_uv=False)
    yield distance(found, np.sort(np.real(claimed))[::-1])
