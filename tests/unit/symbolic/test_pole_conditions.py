"""Poles of the gamma function and its relatives among the conditions of a claim, and answers that are one root."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("gamma(x)*x == gamma(x + 1)", ["x != 0"]),
        ("gamma(x + 2) == (x + 1)*x*gamma(x)", ["x != 0", "x != -1"]),
        ("gamma(x)/gamma(x) == 1", ["x > 0 or x != floor(x)"]),
        ("digamma(x + 1) == digamma(x) + 1/x", ["x != 0"]),
        ("factorial(x) == gamma(x + 1)", None),
        ("let n : positive integer; gamma(n + 1) == n*gamma(n)", None),
        ("let z > 0; gamma(z)*z == gamma(z + 1)", None),
        ("let n : integer; gamma(n + 1/2) == (n - 1/2)*gamma(n - 1/2)", None),
    ],
)
def test_poles_that_one_side_has_are_conditions(text: str, conditions: list[str] | None) -> None:
    row = Session().run(text)[-1].to_dict()
    assert row["verdict"] == "proved" and row.get("conditions") == conditions


def test_integrals_across_a_pole_are_not_claimed() -> None:
    assert Session().run("integrate(digamma(x), x = -1/2..1/2) == 0")[-1].to_dict()["verdict"] == "undecided"


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("solve(x^4 - 10*x^2 + 1 == 0, x)", "{-(sqrt(2) + sqrt(3)), sqrt(2) - sqrt(3), sqrt(3) - sqrt(2), sqrt(2) + sqrt(3)}"),
        ("solve(x^4 - x - 1 == 0, x)", "{root_of(t -> t^4 - t - 1, 1), root_of(t -> t^4 - t - 1, 2)}"),
        ("minimize(x^4 + x^2 - x, x)", "(root_of(t -> 256*t^3 + 128*t^2 + 160*t + 31, 1), root_of(t -> 4*t^3 + 2*t - 1, 1))"),
    ],
)
def test_roots_in_their_shortest_form(text: str, exact: str) -> None:
    row = Session().run(text)[-1].to_dict()
    assert row["exact"] == exact and row["check"]["agrees"]


@pytest.mark.parametrize("text", ["betainc(2, 3, 2)", "betainc(-1, 3, 1/2)", "betainc(2, 3, -1/2)"])
def test_the_incomplete_beta_function_ends_at_0_and_1(text: str) -> None:
    row = Session().run(text)[-1].to_dict()
    assert row["error"]["code"] == "undefined" and "exact" not in row


def test_the_range_of_the_incomplete_beta_function_is_a_condition() -> None:
    row = Session().run("betainc(1, 2, x) == 1 - (1 - x)^2")[-1].to_dict()
    assert row["verdict"] == "proved" and row["conditions"] == ["x >= 0", "x <= 1"]


@pytest.mark.parametrize("text", ["1/gamma(0)", "1/gamma(-2) + 1"])
def test_a_number_with_a_part_without_value_has_none(text: str) -> None:
    assert Session().run(text)[-1].to_dict()["error"]["code"] == "undefined"
