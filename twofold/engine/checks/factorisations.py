"""Checks of echelon forms, factorisations and the logarithm of matrices: the factors multiplied and their form."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from twofold.engine.checks.samples import Sample, as_matrix, at_points, rank
from twofold.engine.checks.sampling import distance
from twofold.grammar.term import App, Term


@at_points("echelon form and numeric ranks")
def rref(question: App, answer: Term, at: Sample) -> Iterator[float]:
    """A reduced echelon form whose rows span what those of the matrix do."""
    a, r = at.matrix(question.args[0]), at.matrix(answer)
    places = [int(np.flatnonzero(np.abs(row) > 1e-12)[0]) for row in r if np.any(np.abs(row) > 1e-12)]
    shape = places == sorted(set(places)) and all(np.allclose(r[:, j], np.eye(len(r))[:, i]) for i, j in enumerate(places))
    shape = shape and not np.any(np.abs(r[len(places) :]) > 1e-12)
    yield float(not (shape and rank(a) == len(places) == rank(np.vstack([a, r]))))


@at_points("the factors multiplied")
def product(question: App, answer: Term, at: Sample) -> Iterator[float]:
    """The factors multiply to the matrix, and have the form that the factorisation promises."""
    a, parts = at.matrix(question.args[0]), [as_matrix(x) for x in at.elements(answer)]
    if question.op in ("ldl", "schur"):
        parts = [*parts, parts[0].conj().T]
    elif question.op == "svd":
        parts[2] = parts[2].conj().T
    made = parts[0]
    for x in parts[1:]:
        made = made @ x
    yield distance(a, made)
    if question.op in ("qr", "svd", "schur"):
        yield distance(parts[0].conj().T @ parts[0], np.eye(parts[0].shape[1]))
    if question.op == "svd":
        yield distance(parts[2] @ parts[2].conj().T, np.eye(len(parts[2])))
    upper = {"lu": 2, "qr": 1, "schur": 1}.get(question.op)
    if upper is not None:
        yield float(np.max(np.abs(np.tril(parts[upper], -1)))) if parts[upper].size else 0.0


@at_points("the factors multiplied")
def cholesky(question: App, answer: Term, at: Sample) -> Iterator[float]:
    """L*L' is the matrix."""
    lower = at.matrix(answer)
    yield distance(at.matrix(question.args[0]), lower @ lower.conj().T)
    yield float(np.max(np.abs(np.triu(lower, 1))))


@at_points("SciPy's exponential of the answer")
def logarithm(question: App, answer: Term, at: Sample) -> Iterator[float]:
    """The exponential of the answer, by SciPy."""
    from scipy.linalg import expm

    yield distance(expm(as_matrix(at.value(answer))), as_matrix(at.value(question.args[0])))
