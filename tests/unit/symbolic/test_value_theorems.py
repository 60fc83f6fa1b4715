"""Integrals by theorems with checked hypotheses, and in new variables: proved, refuted, and what must not be claimed."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session

pytestmark = pytest.mark.usefixtures("undiagnosed")

PROVED = [
    # Euler's integrals with logarithms
    "integrate(log(sin(x)), x = 0..pi/2) == -pi*log(2)/2",
    "integrate(log(sin(x))^2, x = 0..pi/2) == pi*log(2)^2/2 + pi^3/24",
    "integrate(log(tan(x))^2, x = 0..pi/2) == pi^3/8",
    "integrate(sqrt(tan(x)), x = 0..pi/2) == pi/sqrt(2)",
    "integrate(log(x)*log(1 - x), x = 0..1) == 2 - pi^2/6",
    "integrate(log(x)/sqrt(1 - x^2), x = 0..1) == -pi*log(2)/2",
    "integrate(log(x)^2/(1 + x^2), x = 0..oo) == pi^3/8",
    "integrate(exp(-x)*log(x)^2, x = 0..oo) == euler_gamma^2 + pi^2/6",
    "let a > 0, b > 0; integrate(x^(a - 1)*(1 - x)^(b - 1)*log(x), x = 0..1) == beta(a, b)*(digamma(a) - digamma(a + b))",
    # Jordan's lemma
    "let a > 0; integrate(cos(a*x)/(1 + x^2), x = 0..oo) == pi*exp(-a)/2",
    "let a > 0, b > 0; integrate(x*sin(a*x)/(b^2 + x^2), x = 0..oo) == pi*exp(-a*b)/2",
    "integrate(cos(2*x)/((1 + x^2)*(4 + x^2)), x = 0..oo) == pi*exp(-2)/6 - pi*exp(-4)/12",
    "integrate(cos(c*x)/(1 + x^2), x = 0..oo) == pi*exp(-abs(c))/2",
    "integrate(x^3/(exp(x) - 1), x = 0..oo) == pi^4/15",
    "integrate(x/(exp(2*x) + 1), x = 0..oo) == pi^2/48",
    # Frullani
    "let a > 0, b > 0; integrate((exp(-a*x) - exp(-b*x))/x, x = 0..oo) == log(b/a)",
    "let a > 0, b > 0; integrate((cos(a*x) - cos(b*x))/x, x = 0..oo) == log(b/a)",
    "integrate((atan(3*x) - atan(2*x))/x, x = 0..oo) == pi*log(3/2)/2",
    "integrate((exp(-x^2) - exp(-4*x^2))/x, x = 0..oo) == log(2)",
    # new variables
    "integrate(1/(2 + cos(x)), x = 0..2*pi) == 2*pi/sqrt(3)",
    "integrate(1/(1 + sin(x)^2), x = 0..pi) == pi/sqrt(2)",
    "integrate(sqrt(tan(x)), x = 0..pi/4) == (pi + 2*log(sqrt(2) - 1))/(2*sqrt(2))",
]


@pytest.mark.parametrize("text", PROVED)
def test_holds(text: str) -> None:
    assert Session().run(text)[-1].to_dict()["verdict"] == "proved"


REFUTED = [
    "integrate(log(sin(x)), x = 0..pi/2) == pi*log(2)/2",
    "integrate(1/(2 + cos(x)), x = 0..2*pi) == 2*pi/sqrt(5)",
    "let a > 0; integrate(cos(a*x)/(1 + x^2), x = 0..oo) == pi*exp(-2*a)/2",
    "integrate(sqrt(tan(x)), x = 0..pi/2) == pi/2",
    "let a > 0, b > 0; integrate((exp(-a*x) - exp(-b*x))/x, x = 0..oo) == log(a/b)",
]


@pytest.mark.parametrize("text", REFUTED)
def test_fails(text: str) -> None:
    assert Session().run(text)[-1].to_dict()["verdict"] == "refuted"


OPEN = [
    # divergent, or with a pole in the range
    "integrate(1/(exp(x) - 1), x = 0..oo) == 1",
    "integrate(1/(1 + 2*cos(x)), x = 0..2*pi) == 0",
    "integrate(log(x)/x, x = 0..1) == 0",
    "integrate(cos(x)/(1 - x^2), x = 0..oo) == pi*sin(1)/2",
    "integrate((2*exp(-x) - exp(-2*x))/x, x = 0..oo) == log(2)",
    "integrate((exp(-x) - cos(x))/x, x = 0..oo) == 1",
    # the sign of a name is open
    "integrate(x*sin(a*x)/(1 + x^2), x = 0..oo) == pi*exp(-a)/2",
]


@pytest.mark.parametrize("text", OPEN)
def test_is_not_claimed(text: str) -> None:
    assert Session().run(text)[-1].to_dict()["verdict"] not in ("proved",)
