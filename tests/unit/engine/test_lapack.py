"""Values in double precision: right, with a residual and a condition number, and refused where the matrix is at fault."""

from __future__ import annotations

import numpy as np
import pytest

from twofold.core.diagnostic import TwofoldError
from twofold.engine.lapack import evaluated
from twofold.grammar.term import App
from twofold.numeric.outcomes import CannotEvaluate

A = np.array([[4.0, 1.0, 2.0], [1.0, 3.0, 0.5], [2.0, 0.5, 5.0]])
B = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 7.0]])


def run(op: str, *arrays):
    return evaluated(App(op, ()), arrays)


@pytest.mark.parametrize(
    "op", "det inv eigenvalues eigenvectors diagonalize svd qr lu schur cholesky pinv expm logm rank cond nullspace".split()
)
def test_residuals_are_small(op):
    outcome = run(op, A)
    assert outcome.residual < 1e-13
    assert outcome.condition == pytest.approx(np.linalg.cond(A))


def test_least_squares():
    assert run("least_squares", B, np.array([1.0, 2.0, 3.0])).value == pytest.approx(np.linalg.lstsq(B, [1, 2, 3], rcond=None)[0])


@pytest.mark.parametrize(
    ("op", "array", "code"),
    [
        ("inv", [[1.0, 2.0], [2.0, 4.0]], "singular-matrix"),
        ("logm", [[1.0, 2.0], [2.0, 4.0]], "singular-matrix"),
        ("cholesky", [[1.0, 2.0], [2.0, 1.0]], "not-posdef"),
    ],
)
def test_matrices_at_fault(op, array, code):
    with pytest.raises(TwofoldError) as caught:
        evaluated(App(op, (App("eye", ()),)), [np.array(array)])
    assert caught.value.diagnostic.code == code


@pytest.mark.parametrize("op", ["adjugate", "charpoly"])
def test_what_has_no_rule(op):
    with pytest.raises(CannotEvaluate):
        run(op, A)
