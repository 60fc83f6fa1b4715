"""Densities and distribution functions of expressions in random variables, and derivatives of averages in double precision."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session

Y = "let y > 0\n"
UNIT = "let y in (0, 1)\n"


def row(text: str) -> dict:
    """The row of the last statement."""
    found = [r.to_dict() for r in Session().run(text)][-1]
    assert found["status"] == "ok", found
    return found


@pytest.mark.parametrize(
    "text",
    [
        f"{Y}X ~ Normal(0, 1)\nY = exp(X)\npdf(Y, y) == pdf(X, log(y))/y",
        f"{Y}X ~ Normal(0, 1)\nY = exp(X)\ncdf(Y, y) == cdf(X, log(y))",
        f"{Y}let a > 0\nX ~ Exponential(a)\npdf(X^2, y) == a*exp(-a*sqrt(y))/(2*sqrt(y))",
        f"{Y}let a > 0\nU ~ Uniform(0, 1)\npdf(-log(U)/a, y) == a*exp(-a*y)",
        f"{Y}X ~ Gamma(2, 3)\npdf(1/X, y) == pdf(X, 1/y)/y^2",
        f"{UNIT}U ~ Uniform(0, 1)\nV ~ Uniform(0, 1)\npdf(max(U, V), y) == 2*y",
        f"{UNIT}U ~ Uniform(0, 1)\npdf(1 - U^2, y) == 1/(2*sqrt(1 - y))",
        "let k : integer in 0..3\nX ~ Binomial(3, 1/2)\npmf(3 - X, k) == pmf(X, 3 - k)",
        # the value of X does not matter to its density as a function
        "let m : real\nlet s > 0\nX ~ Normal(m, s)\nE[log(pdf(X, X))] == -1/2*log(2*pi*s^2) - 1/2",
        "let s > 0\nX ~ Normal(0, s)\nentropy(X) == -E[log(pdf(X, X))]",
        "let s > 0\nX ~ Normal(0, s)\n-E[log(pdf(X, X))] == 1/2*log(2*pi*s^2) + E[X^2]/(2*s^2)",
    ],
)
def test_proved(text):
    assert row(text)["verdict"] == "proved"


@pytest.mark.parametrize(
    "text",
    [
        f"{Y}X ~ Normal(0, 1)\nY = exp(X)\npdf(Y, y) == pdf(X, log(y))",
        f"{Y}let a > 0\nX ~ Exponential(a)\npdf(X^2, y) == a*exp(-a*sqrt(y))",
        f"{Y}U ~ Uniform(0, 1)\npdf(-log(U), y) == exp(y)",
        f"{Y}X ~ Gamma(2, 3)\npdf(1/X, y) == pdf(X, 1/y)/y",
        f"{Y}X ~ Exponential(1)\npdf(sqrt(X), y) == y*exp(-y^2)",
        f"{UNIT}U ~ Uniform(0, 1)\npdf(1 - U^2, y) == 1/(2*sqrt(y))",
    ],
)
def test_refuted(text):
    found = row(text)
    assert found["verdict"] == "refuted"
    assert set(found["counterexample"]["values"]) <= {"y", "a"}


@pytest.mark.parametrize(
    "text",
    [
        "let t > 0\nX ~ Normal(0, 1)\ndiff(E[exp(t*X)], t) == t*exp(t^2/2)",
        f"{Y}X ~ Normal(0, 1)\ndiff(P(X^2 <= y), y) == pdf(X, sqrt(y))/sqrt(y)",
        f"{Y}X ~ Gamma(2, 3)\ndiff(cdf(X, y^2), y) == 2*y*pdf(X, y^2)",
        f"{Y}X ~ Gamma(2, 3)\ndiff(survival(X, y^2), y, 2) == -diff(2*y*pdf(X, y^2), y)",
    ],
)
def test_derivatives_of_averages_in_doubles(text):
    """A series stands where the points of a rule are put in, at several points at once."""
    found = row(text)
    tried = [e for e in found["evidence"] if e["method"] == "float filter"]
    assert found["verdict"] in ("proved", "supported") and tried[0]["effective"] > 5, tried


def test_no_derivative_under_an_average_across_a_branch():
    """The derivative of max(X - t, 0) is -1 where X > t; what is left out of its second derivative is the density at t."""
    found = row("let t > 0\nX ~ Normal(0, 1)\ndiff(E[max(X - t, 0)], t, 2) == 0")
    assert found["verdict"] == "undecided"


def test_the_density_of_a_square_is_an_answer_with_a_check():
    found = row(f"{Y}X ~ Normal(0, 1)\ndiff(P(X^2 <= y), y)")
    assert found["exact"] == "exp(-y/2)/sqrt(2*pi*y)" and found["check"]["agrees"]
