"""Operations of the catalogue that the numeric route works out for itself: one value each, in balls and in floats."""

from __future__ import annotations

import numpy as np
import pytest
from flint import acb, fmpq

from twofold.numeric.evaluate import Undefined, ball, floats

ROWS = [
    ("directional(x^2 + y^2, [x, y], [3, 4])", "22/5"), ("curl([-y, x, a], [x, y, a])", "[0, 0, 2]"), ("arclength([cos(t), sin(t)], t = 0..2pi)", "2*pi"),
    ("arclength(2x, x = 0..3)", "3*sqrt(5)"), ("laplace(x^2, x, b)", "2/b^3"), ("taylor(exp(x), x, 0, 3)", "1 + x + x^2/2 + x^3/6"),
    ("taylor(log(x), x = 1, 2)", "(x - 1) - (x - 1)^2/2"), ("root_of(t -> t^2 - 2, 2)", "sqrt(2)"), ("root_of(t -> t^3 - 1, 1)", "1"),
    ("order_statistic([5, 1, 3], 2)", "3"), ("pinv([1, 1; 1, 1])", "[1/4, 1/4; 1/4, 1/4]"), ("pinv([1, 2; 0, 1; 1, 0])*[1, 2; 0, 1; 1, 0]", "eye(2)"),
    ("project([1, 2, 3], {[1, 0, 0], [0, 1, 1]})", "[1, 5/2, 5/2]"), ("coordinates([3, 1], [1, 1], [1, -1])", "[2, 1]"),
    ("change_of_basis({[1, 0], [0, 1]}, {[1, 1], [1, -1]})", "[1/2, 1/2; 1/2, -1/2]"), ("least_squares([1, 1; 1, 2; 1, 3], [1, 2, 2])", "[2/3, 1/2]"),
    ("cdf(Normal(0, 1), 1)", "Phi(1)"), ("survival(Exponential(2), 1)", "exp(-2)"), ("quantile(Exponential(2), 1/2)", "log(2)/2"),
    ("log(pdf(Normal(0, 1), 60))", "-1800 - log(2*pi)/2"), ("log(prod(exp(-k*1000), k = 1..9))", "-45000"),
    ("cross([1, 0, 0], [0, 1, 0])", "[0, 0, 1]"), ("kron([1, 2], [1, 1])", "[1, 1, 2, 2]"), ("adjugate([1, 2; 3, 4])", "[4, -2; -3, 1]"),
    ("cholesky([4, 2; 2, 5])", "[2, 0; 1, 2]"), ("norm([3, -4], 1)", "7"), ("norm([3, 0; 0, 4], 2)", "4"), ("norm([1, 2; 3, 4], oo)", "7"),
    ("cond([2, 0; 0, 1])", "2"), ("expm([0, x; 0, 0])", "[1, x; 0, 1]"), ("angle([1, 0], [1, 1])", "pi/4"), ("hyper([1], [2], 1)", "e - 1"),
    ("softmax([0, log(3)])", "[1/4, 3/4]"), ("vec([1, 2; 3, 4])", "[1, 3, 2, 4]"), ("onehot(2, 3)", "[0, 1, 0]"), ("layer_norm([1, 3])", "[-1, 1]"),
]  # fmt: skip
TRUTHS = [
    ("is_posdef([2, 1; 1, 2])", True), ("is_posdef([1, 2; 2, 1])", False), ("is_symmetric([1, 2; 3, 1])", False), ("is_orthogonal([3/5, -4/5; 4/5, 3/5])", True),
    ("linearly_independent([1, 2], [2, 4])", False), ("span_contains({[1, 1, 0], [0, 1, 1]}, [1, 2, 1])", True), ("x in [0, 2]", True), ("x in (1, 2]", False),
    ("3 in 1..5", True), ("1/2 in 1..5", False), ("2 in {1, 2}", True),
]  # fmt: skip


def flat(v: object) -> list:
    return [x for part in v for x in flat(part)] if isinstance(v, tuple) else [v]


@pytest.mark.parametrize(("text", "value"), ROWS)
def test_values(term, at, text: str, value: str) -> None:
    point = at(x=1, y=2, a=3, b=2)
    got, expected = (ball(term(t), point, seconds=20) for t in (text, value))
    for p, q in zip(flat(got), flat(expected), strict=True):
        assert acb(p).overlaps(acb(q)) and acb(p).rad() < 1e-9
    assert np.asarray(floats(term(text), [point]), dtype=float) == pytest.approx(
        np.asarray(floats(term(value), [point]), dtype=float), rel=1e-8, abs=1e-9
    )


@pytest.mark.parametrize(("text", "value"), TRUTHS)
def test_truths(term, at, text: str, value: bool) -> None:
    assert ball(term(text), at(x=1)) is value
    assert list(floats(term(text), [at(x=1)])) == [float(value)]


def test_rational_results_stay_exact(term) -> None:
    assert ball(term("pinv([1, 1; 1, 1])"), {})[0][0] == fmpq(1, 4)
    assert ball(term("rref([1, 2, 3; 4, 5, 6])"), {})[0][2] == fmpq(-1)


@pytest.mark.parametrize(
    "text",
    [
        "coordinates([1, 2, 3], [1, 0, 0], [0, 1, 0])",
        "root_of(t -> t^2 + 1, 1)",
        "order_statistic([1, 2], 3)",
        "quantile(Normal(0, 1), 2)",
    ],
)
def test_undefined(term, text: str) -> None:
    with pytest.raises(Undefined):
        ball(term(text), {})
