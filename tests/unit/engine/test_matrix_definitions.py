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
