"""Checks of bases and subspaces by residuals, inner products and numeric ranks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from twofold.core.evidence import Check
from twofold.engine.checks.samples import Disagreement, Sample, arity, at_points, rank
from twofold.engine.checks.sampling import distance, points, verdict
from twofold.grammar.term import TRUE, App, Bound, Term
from twofold.numeric.outcomes import NoValue
from twofold.symbolic.context import Context


def _stacked(vectors: list[Any], rows: int) -> Any:
    return np.column_stack(vectors) if vectors else np.zeros((rows, 0))


def _need_dimension(vectors: list[Any], dimension: int) -> None:
    if len(vectors) != dimension:
        raise Disagreement(f"{len(vectors)} vectors, but the dimension is {dimension}")


@at_points("residuals and numeric rank")
def nullspace(question: App, answer: Term, at: Sample) -> Iterator[float]:
    """Every vector is sent to 0, and there are as many independent ones as the numeric rank leaves."""
    a, vectors = at.matrix(question.args[0]), at.elements(answer)
    _need_dimension(vectors, a.shape[1] - rank(a))
    if rank(_stacked(vectors, a.shape[1])) < len(vectors):
        raise Disagreement("the vectors are dependent")
    if not vectors:
        yield 0.0
    for v in vectors:
        yield float(np.max(np.abs(a @ v))) / max(1e-300, float(np.max(np.abs(a))) * float(np.max(np.abs(v))) or 1.0)


@at_points("numeric ranks")
def span(question: App, answer: Term, at: Sample) -> Iterator[float]:
    """The vectors are independent and span the same space."""
    a, vectors = at.columns(question.args), at.elements(answer)
    if question.op == "rowspace":
        a = a.T
    b = _stacked(vectors, a.shape[0])
    yield float(not rank(a) == len(vectors) == rank(b) == rank(np.hstack([a, b])))


@at_points("inner products")
def complement(question: App, answer: Term, at: Sample) -> Iterator[float]:
    """Orthogonal to the given vectors, and of the right dimension."""
    a, vectors = at.columns(question.args), at.elements(answer)
    _need_dimension(vectors, a.shape[0] - rank(a))
    if not vectors:
        yield 0.0
    for v in vectors:
        yield float(np.max(np.abs(a.conj().T @ v)))


@at_points("inner products and numeric ranks")
def orthonormal(question: App, answer: Term, at: Sample) -> Iterator[float]:
    """Orthonormal vectors with the same span."""
    a, vectors = at.columns(question.args), at.elements(answer)
    q = _stacked(vectors, a.shape[0])
    yield distance(q.conj().T @ q, np.eye(q.shape[1]))
    yield float(not rank(a) == rank(np.hstack([a, q])) == q.shape[1])


@at_points("the combination computed")
def coordinates(question: App, answer: Term, at: Sample) -> Iterator[float]:
    """The combination of the basis gives the vector."""
    yield distance(np.ravel(at.value(question.args[0])), at.columns(question.args[1:]) @ at.value(answer))


@at_points("the new basis times the matrix")
def change_of_basis(question: App, answer: Term, at: Sample) -> Iterator[float]:
    """new * P == old."""
    yield distance(at.columns(question.args[1:]) @ at.matrix(answer), at.columns(question.args[:1]))


@at_points("numeric ranks")
def span_contains(question: App, answer: Term, at: Sample) -> Iterator[float]:
    """Numeric ranks with and without the vector."""
    a, v = at.columns(question.args[:1]), at.value(question.args[1])
    yield float((rank(a) == rank(np.column_stack([a, v]))) != at.truth(answer))


@at_points("numeric ranks")
def independent(question: App, answer: Term, at: Sample) -> Iterator[float]:
    """The numeric rank against the number of vectors."""
    a = at.columns(question.args)
    yield float((rank(a) == a.shape[1]) != at.truth(answer))


def linear(question: Term, answer: Term, context: Context) -> Check | None:
    """T(2u - 3v) against 2T(u) - 3T(v): a map that is not linear need show it at one place only."""
    if not isinstance(question, App) or not isinstance(question.args[0], Bound):
        return None
    t, rng = question.args[0], np.random.default_rng(context.seed)
    gaps: list[float] = []
    for p in points([question], context, 3):
        at = Sample(p, context)
        for _ in range(3):
            try:
                u, v = ([int(k) for k in rng.integers(-7, 8, arity(t))] for _ in range(2))
                tu, tv, tw = (at.applied(t, w) for w in (u, v, [2 * a - 3 * b for a, b in zip(u, v, strict=True)]))
            except NoValue:
                continue
            gaps.append(float(np.max(np.abs(2 * tu - 3 * tv - tw))))
    return verdict("values of the map", [float((max(gaps) < 1e-8) != (answer == TRUE))] if gaps else [])


@at_points("values of the map")
def matrix_of(question: App, answer: Term, at: Sample) -> Iterator[float]:
    """The matrix against the values of the map at the basis vectors."""
    a = at.matrix(question.args[0])
    bases = [at.columns((b,)) for b in question.args[1:]]
    source = bases[0] if bases else np.eye(a.shape[1])
    target = bases[-1] if bases else np.eye(a.shape[0])
    yield distance(target @ at.matrix(answer), a @ source)
