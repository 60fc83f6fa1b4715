"""Norms, condition numbers, angles and determinants of written arrays by definition; vectors beside sets."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session


@pytest.mark.parametrize(
    "claim",
    [
        "cond([a, 0; 0, 1]) == a given a > 1",
        "cond([1, 2; 3, 4]) == (15 + sqrt(221))/2",
        "angle([a, 0], [0, b]) == pi/2 given a > 0, b > 0",
        "diff(det([x, 1, 0; 1, x, 1; 0, 1, x]), x) == 3*x^2 - 2",
        "norm([a, b; c, d], 1) >= abs(a) + abs(c)",
        "norm([a, b; b, a], 2) == abs(a) + abs(b)",
        "norm([1, 2; 3, 4], 2) == sqrt(15 + sqrt(221))",
        "norm([a, b; c, d], 2) <= norm([a, b; c, d])",
        "singular_values([2, 0; 0, 5]) == {2, 5}",
        "[a, b] == {b, a}",
    ],
)
def test_proved(claim: str) -> None:
    assert Session().run(claim)[-1].verdict == "proved"


@pytest.mark.parametrize(
    "claim",
    [
        "cond([a, 0; 0, 1]) == a given a > 0",
        "angle([a, 0], [b, 0]) == 0",
        "norm([a, b; c, d], 1) >= abs(a) + abs(b)",
        "norm([a, 0; 0, b], 2) == abs(a)",
        "singular_values([2, 0; 0, 5]) == {3, 5}",
        "singular_values([a, 0; 0, b]) == {a, b}",
    ],
)
def test_not_true(claim: str) -> None:
    assert Session().run(claim)[-1].verdict in ("refuted", "conditional")


def test_a_set_has_no_order() -> None:
    found = Session().run("singular_values([a, 0; 0, b]) == {abs(a), abs(b)}")[-1].to_dict()
    assert found["verdict"] in ("proved", "supported")
    assert "read up to order: a set has none" in found["notes"]


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("cholesky([2, im; -im, 2]) == [sqrt(2), 0; -im/sqrt(2), sqrt(3/2)]", "proved"),
        ("cholesky([2, im; -im, 2]) == [sqrt(2), 0; im/sqrt(2), sqrt(3/2)]", "refuted"),
        ("cholesky([4, 0; 2, 5]) == [2, 0; 1, 2]", "undecided"),
        ("cholesky([4, 2; 0, 5]) == [2, 0; 0, sqrt(5)]", "undecided"),
        ("cholesky([-1, 0; 0, 1]) == [im, 0; 0, 1]", "undecided"),
        ("cholesky([0, 0; 0, 1]) == [0, 0; 0, 1]", "undecided"),
    ],
)
def test_cholesky_factors_are_of_hermitian_positive_definite_matrices(claim: str, verdict: str) -> None:
    assert Session().run(claim)[-1].verdict == verdict
