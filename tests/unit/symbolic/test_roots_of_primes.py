"""Square roots of primes beside roots of unity in one relation."""

from __future__ import annotations

import pytest

from tests.unit.symbolic.test_rules_of_the_normal_form import proves


@pytest.mark.parametrize(
    "text",
    [
        "sin(x + pi/6) == sqrt(3)/2*sin(x) + cos(x)/2",
        "sqrt(2)*sin(x + pi/4) == sin(x) + cos(x)",
        "cos(x + 2*pi/3) == -cos(x)/2 - sqrt(3)/2*sin(x)",
        "cos(x + pi/12) == (sqrt(6) + sqrt(2))/4*cos(x) - (sqrt(6) - sqrt(2))/4*sin(x)",
        "2*x*(cos(2*pi/5) - cos(4*pi/5)) == sqrt(5)*x",
        "x*(tan(3*pi/11) + 4*sin(2*pi/11)) == sqrt(11)*x",
        "exp(im*(x + pi/3)) == (1 + im*sqrt(3))/2*exp(im*x)",
    ],
)
def test_holds(text: str) -> None:
    assert proves(text)


@pytest.mark.parametrize(
    "text",
    [
        "sin(x + pi/6) == sqrt(3)/2*sin(x) - cos(x)/2",
        "sqrt(2)*sin(x + pi/4) == sin(x) - cos(x)",
        "sqrt(3)*sin(x + pi/4) == sin(x) + cos(x)",
        "2*x*(cos(2*pi/5) + cos(4*pi/5)) == sqrt(5)*x",
        "exp(im*(x + pi/3)) == (1 - im*sqrt(3))/2*exp(im*x)",
        "17^(1/4)*cos(x + pi/17) == cos(x)",
    ],
)
def test_is_not_claimed(text: str) -> None:
    assert not proves(text)
