"""Power series that the normal form sums: logarithms, inverse tangents, cosines and sines."""

from __future__ import annotations

import pytest

from tests.unit.symbolic.test_rules_of_the_normal_form import proves

R = "let r in (-1, 1)\n"


@pytest.mark.parametrize(
    "text",
    [
        R + "sum(r^k/k, k = 1..oo) == -log(1 - r)",
        R + "sum(r^(k + 1)/(k + 1), k = 0..oo) == -log(1 - r)",
        R + "sum((-1)^(k + 1)*r^k/k, k = 1..oo) == log(1 + r)",
        "sum((-1)^(k + 1)/k, k = 1..oo) == log(2)",
        "sum(1/(k*3^k), k = 1..oo) == log(3/2)",
        R + "sum((-1)^k*r^(2*k + 1)/(2*k + 1), k = 0..oo) == atan(r)",
        R + "sum(r^(2*k + 1)/(2*k + 1), k = 0..oo) == atanh(r)",
        "sum((-1)^k/(2*k + 1), k = 0..oo) == pi/4",
        "sum((-1)^k*x^(2*k)/factorial(2*k), k = 0..oo) == cos(x)",
        "sum((-1)^k*x^(2*k + 1)/factorial(2*k + 1), k = 0..oo) == sin(x)",
        "sum(x^(2*k)/factorial(2*k), k = 0..oo) == cosh(x)",
        "sum((2*x)^(2*k + 1)/factorial(2*k + 1), k = 0..oo) == sinh(2*x)",
        "sum((-1)^k*pi^(2*k)/factorial(2*k), k = 0..oo) == -1",
    ],
)
def test_holds(text: str) -> None:
    assert proves(text)


@pytest.mark.parametrize(
    "text",
    [
        R + "sum(r^k/k, k = 1..oo) == log(1 - r)",
        R + "sum((-1)^k*r^(2*k + 1)/(2*k + 1), k = 0..oo) == atanh(r)",
        "sum((-1)^k*x^(2*k + 1)/factorial(2*k + 1), k = 0..oo) == cos(x)",
        "sum(x^(2*k)/factorial(2*k), k = 0..oo) == cos(x)",
        "sum(x^(2*k)/factorial(2*k + 1), k = 0..oo) == cosh(x)",
        # outside of where they converge, or not known to be inside
        "sum(x^k/k, k = 1..oo) == -log(1 - x)",
        "sum((-1)^k*x^(2*k + 1)/(2*k + 1), k = 0..oo) == atan(x)",
        "sum(1/k, k = 1..oo) == -log(0)",
        "sum((-2)^k/k, k = 1..oo) == -log(3)",
        "sum((-1)^k*2^k/(2*k + 1), k = 0..oo) == atan(sqrt(2))/sqrt(2)",
    ],
)
def test_is_not_claimed(text: str) -> None:
    assert not proves(text)
