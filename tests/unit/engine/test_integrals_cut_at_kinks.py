"""Integrals of functions with kinks and jumps, and neighbours of theirs that do not hold."""

from __future__ import annotations

import pytest

import twofold

pytestmark = pytest.mark.slow


def verdict(text: str) -> str | None:
    return twofold.Session(in_process=True).run(text)[-1].verdict


@pytest.mark.parametrize(
    "text",
    [
        "integrate(abs(sin(x)), x = 0..2*pi) == 4",
        "integrate({x if x < 1; 1 otherwise}, x = 0..3) == 5/2",
        "integrate(sqrt(1 + cos(2*x)), x = 0..pi) == 2*sqrt(2)",
        "integrate(sqrt(1 + sin(2*x)), x = 0..pi) == 2*sqrt(2)",
        "integrate(sqrt(1 - sin(x)), x = 0..2*pi) == 4*sqrt(2)",
        "integrate(abs(x^2 - 2), x = 0..2) == (8*sqrt(2) - 4)/3",
        "integrate(max(sin(x), cos(x)), x = 0..2*pi) == 2*sqrt(2)",
        "integrate(floor(x), x = 0..7/2) == 9/2",
        "integrate(x*ceil(x), x = 0..2) == 7/2",
        "integrate(indicator(x^2 < 2), x = -2..2) == 2*sqrt(2)",
        "integrate({sin(x) if x < pi/2 and x > 0; cos(x) otherwise}, x = 0..pi) == 0",
        "integrate(abs(log(x)), x = 0..e) == 2",
    ],
)
def test_proved(text: str) -> None:
    assert verdict(text) == "proved"


@pytest.mark.parametrize(
    "text",
    [
        "integrate(abs(sin(x)), x = 0..2*pi) == 2",
        "integrate(sqrt(1 + sin(2*x)), x = 0..pi) == 2",
        "integrate({sin(x) if x < pi/2; cos(x) otherwise}, x = 0..pi) == 2",
        "integrate(floor(x), x = 0..7/2) == 3",
    ],
)
def test_refuted(text: str) -> None:
    assert verdict(text) == "refuted"


@pytest.mark.parametrize(
    "text",
    [
        # The integrand has no value on a part of the range, which the branch that is taken elsewhere does not show.
        "integrate(max(log(x), 5), x = -1..2) == 15",
        "integrate(sign(log(x)), x = -1..1) == -2",
        "integrate(indicator(log(x) > 0), x = -1..2) == 1",
    ],
)
def test_no_value(text: str) -> None:
    assert verdict(text) == "undecided"
