"""Vectors and matrices, and derivatives by them, in balls and in floats."""

from __future__ import annotations

import numpy as np
import pytest
from flint import fmpq

from twofold.numeric.evaluate import ball, floats
from twofold.numeric.valuation import draw

CLAIMS = [
    "A*inv(A) == eye(n)", "det(A*A) == det(A)^2", "tr(A') == tr(A)", "v'*A*w == w'*A'*v", "(v*w')*v == v*(w'*v)", "diff(v'*A*v, v) == (A + A')*v",
    "grad(log(det(A)^2), A) == 2*inv(A)'", "diff(tr(A*A), A) == 2*A'", "hessian(v'*A*v, v) == A + A'", "jacobian(A*v, v) == A", "A^2*inv(A) == A", "A^(-1) == inv(A)",
    "grad(sum(exp(v)), v) == exp(v)", "diff(logsumexp(v), v) == softmax(v)", "laplacian(sum(v.*v), v) == 2*n", "divergence(A*v, v) == tr(A)",
    "sum(v[i]*w[i], i = 1..n) == v'*w", "norm(v)^2 == v'*v", "f(v[1]) == f(v[1])", "diff(f(a*b), a) == b*f'(a*b)",
]  # fmt: skip


@pytest.fixture
def points(at):
    symbols = list(at(n=1, A=1, v=1, w=1, f=1, a=1, b=1))
    return [p for p in draw(symbols, seed=4, count=12) if np.linalg.det(np.array(p[symbols[1]], dtype=float)) != 0]


@pytest.mark.parametrize("claim", CLAIMS)
def test_identities(term, points, claim: str) -> None:
    left, right = (term(side) for side in claim.split(" == "))
    assert len(points) >= 5
    defined = [p for p in points if _regular(p)]
    assert len(defined) >= 5
    for point, x, y in zip(defined, floats(left, defined), floats(right, defined), strict=True):
        assert np.asarray(x, dtype=float) == pytest.approx(np.asarray(y, dtype=float), rel=1e-9, abs=1e-9)
        for p, q in zip(flat(ball(left, point)), flat(ball(right, point)), strict=True):
            assert p - q == 0 or (p - q).contains(0)


def _regular(point: dict) -> bool:
    """Whether every square matrix of a point has an inverse."""
    arrays = [np.array(v, dtype=float) for v in point.values() if isinstance(v, tuple)]
    return all(abs(np.linalg.det(a)) > 1e-9 for a in arrays if a.ndim == 2 and a.shape[0] == a.shape[1])


def flat(v: object) -> list:
    return [x for part in v for x in flat(part)] if isinstance(v, tuple) else [v]


def test_rational_matrices_stay_exact(term, at) -> None:
    point = at(n=2, A=((2, 1), (1, 3)), v=(1, 2))
    assert ball(term("inv(A)"), point) == ((fmpq(3, 5), fmpq(-1, 5)), (fmpq(-1, 5), fmpq(2, 5)))
    assert ball(term("hessian(log(v'*A*v), v)"), point)[0][0] == fmpq(2, 81)


def test_eigenvalues(term, at) -> None:
    low, high = ball(term("eigenvalues(A)"), at(n=2, A=((2, 1), (1, 3))))
    assert (low + high).contains(5) and (low * high).contains(5) and low < high
    rotated = ball(term("eigenvalues(A)"), at(n=2, A=((0, -1), (1, 0))), 64, "complex")
    assert [float(z.imag) for z in rotated] == pytest.approx([-1, 1])


def test_sizes_differ_between_points(term, at) -> None:
    out = floats(term("tr(A)"), [at(n=2, A=((1, 2), (3, 4))), at(n=1, A=((7,),))])
    assert list(out) == [5, 7]
