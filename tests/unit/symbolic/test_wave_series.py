"""Fourier series of powers: their values on the right piece of the circle, and claims that take another one."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session

pytestmark = pytest.mark.usefixtures("undiagnosed")

TRUE = [
    "sum(sin(k*x)/k, k = 1..oo) == (pi - x)/2 given 0 < x < 2*pi",
    "sum(sin(k*x)/k, k = 1..oo) == (3*pi - x)/2 given 2*pi < x < 4*pi",
    "sum(cos(k*x)/k^2, k = 1..oo) == pi^2/6 - pi*x/2 + x^2/4 given 0 <= x <= 2*pi",
    "sum(cos(k*x)/k^2, k = 1..oo) == pi^2/6 + pi*x/2 + x^2/4 given -2*pi <= x <= 0",
    "sum(cos(k*x)/k, k = 1..oo) == -log(2*sin(x/2)) given 0 < x < pi",
    "sum(sin((2*k+1)*x)/(2*k+1), k = 0..oo) == pi/4 given 0 < x < pi",
    "sum(sin((2*k+1)*x)/(2*k+1), k = 0..oo) == -pi/4 given -pi < x < 0",
    "sum((-1)^(k+1)*sin(k*x)/k, k = 1..oo) == x/2 given -pi < x < pi",
    "sum((-1)^k*cos(k*x)/k^2, k = 1..oo) == x^2/4 - pi^2/12 given -pi <= x <= pi",
    "sum(sin(k*x)/k^3, k = 1..oo) == x^3/12 - pi*x^2/4 + pi^2*x/6 given 0 <= x <= 2*pi",
    "sum(cos((2*k-1)*x)/(2*k-1)^2, k = 1..oo) == pi*(pi - 2*x)/8 given 0 <= x <= pi",
    "4/pi*sum(sin((2*k-1)*x)/(2*k-1), k = 1..oo) == 1 given 0 < x < pi",
    "pi/2 - 4/pi*sum(cos((2*k-1)*x)/(2*k-1)^2, k = 1..oo) == x given 0 <= x <= pi",
    "sum(sin(k)/k, k = 1..oo) == (pi - 1)/2",
    "sum(cos(2*pi*k*x)/k^2, k = 1..oo) == pi^2*(x^2 - x + 1/6) given 0 <= x <= 1",
    "sum(sin(7*k)/k, k = 1..oo) == (3*pi - 7)/2",
    "sum(sin(k*x)/k, k = 1..oo) > 0 given 0 < x < pi",
    "abs(sum(sin(k)/k, k = 1..oo)) < 2",
]
FALSE = [
    "sum(sin(k*x)/k, k = 1..oo) == (pi - x)/2 given 0 <= x < 2*pi",
    "sum(sin(k*x)/k, k = 1..oo) == (pi + x)/2 given 0 < x < 2*pi",
    "sum(sin(k*x)/k, k = 1..oo) == (pi - x)/2 given -1 < x < 1",
    "sum(cos(k*x)/k^2, k = 1..oo) == pi^2/6 - pi*x/2 + x^2/4 given -pi <= x <= pi",
    "sum(cos(k*x)/k, k = 1..oo) == log(2*sin(x/2)) given 0 < x < pi",
    "sum(sin((2*k+1)*x)/(2*k+1), k = 0..oo) == pi/4 given -pi < x < 0",
    "sum((-1)^(k+1)*sin(k*x)/k, k = 1..oo) == x/2 given 0 < x < 2*pi",
    "sum((-1)^k*sin(k*x)/k, k = 1..oo) == x/2 given -pi < x < pi",
    "sum((-1)^k*cos(k*x)/k^2, k = 1..oo) == x^2/4 + pi^2/12 given -pi <= x <= pi",
    "sum(sin(k*x)/k^3, k = 1..oo) == x^3/12 + pi*x^2/4 + pi^2*x/6 given 0 <= x <= 2*pi",
    "sum(sin(k)/k, k = 1..oo) == pi/2",
    "sum(sin(k*x)/k, k = 1..oo) > 1 given 0 < x < pi",
]


def verdict(claim: str) -> str:
    return Session().run(f"check {claim}")[-1].judged.truth.value


@pytest.mark.parametrize("claim", TRUE)
def test_proved(claim: str) -> None:
    assert verdict(claim) == "proved"


@pytest.mark.parametrize("claim", FALSE)
def test_never_proved(claim: str) -> None:
    assert verdict(claim) in ("refuted", "conditional", "undecided")


def test_refuted_by_the_value() -> None:
    assert verdict("sum(sin(k*x)/k, k = 1..oo) == (pi + x)/2 given 0 < x < 2*pi") == "refuted"
    assert verdict("sum(sin(k)/k, k = 1..oo) == pi/2") == "refuted"
