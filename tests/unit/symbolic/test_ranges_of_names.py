"""Ranges that end at names: these are real where the variable is, and the integrand has to have a value up to there."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session


@pytest.mark.parametrize(
    ("question", "answer", "conditions"),
    [
        ("integrate(sqrt(x)^2, x = 0..a)", "a^2/2", ("a >= 0",)),
        ("integrate(x^(1/2)*x^(3/2), x = 0..a)", "a^3/3", ("a >= 0",)),
        ("integrate(exp(log(x)), x = 1..a)", "(a^2 - 1)/2", ("a > 0",)),
        ("volume(sqrt(x), x = 0..a)", "pi*a^2/2", ("a >= 0",)),
        ("arclength(x^(3/2), x = 0..a)", "8*((9*a/4 + 1)^(3/2) - 1)/27", ("a >= 0",)),
        ("integrate(cbrt(x)^3, x = 0..a)", "a^2/2", ()),
        ("let 0 < a < 1\nintegrate(sqrt(1 - x^2), x = 0..a)", "(a*sqrt(1 - a^2) + asin(a))/2", ()),
        ("integrate(sqrt(x^2 + 1)^2, x = 0..a)", "a^3/3 + a", ()),
    ],
)
def test_integrands_have_a_value_up_to_the_ends(question: str, answer: str, conditions: tuple[str, ...]) -> None:
    found = Session().run(question)[-1]
    assert (found.exact, found.conditions) == (answer, conditions)


@pytest.mark.parametrize("question", ["area(x, x = 0..a)", "arclength(x^2, x = 0..a)", "by_parts(x, exp(x), x = 0..a)"])
def test_a_name_at_the_end_of_a_real_range_is_real(question: str) -> None:
    assert "a nonnegative integer" not in Session().run(question)[-1].assumed


def test_a_name_at_the_end_of_a_sum_is_whole() -> None:
    assert "n nonnegative integer" in Session().run("sum(k, k = 1..n)")[-1].assumed


def test_what_is_asked_of_an_end_is_used() -> None:
    """That a is not negative takes the bars off the graph."""
    found = Session().run("area(sqrt(x), x = 0..a)")[-1]
    assert found.exact == "2*a^(3/2)/3" and found.conditions == ("a > 0",)


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("integrate((x - y)/(x + y)^3, x = 0..1, y = 0..1) == -1/2", "proved"),
        ("integrate((x - y)/(x + y)^3, x = 0..1, y = 0..1) == 0", "refuted"),
    ],
)
def test_the_order_of_integration_matters(claim: str, verdict: str) -> None:
    assert Session().run(claim)[-1].to_dict()["verdict"] == verdict


def test_no_number_contradicts_an_integral_that_depends_on_the_order() -> None:
    found = Session().run("integrate((x^2 - y^2)/(x^2 + y^2)^2, x = 0..1, y = 0..1)")[-1]
    assert found.exact == "-pi/4" and found.check is not None and found.check.agrees is not False
