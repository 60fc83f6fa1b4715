"""Estimates of samples of symbolic size, in closed form or as the equation that is left; each is checked by a direct search."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session

DECLARED = "let lo, hi, m : real\nlet s, a, b, l > 0\nlet p in (0, 1)\nlet n : size\nlet t : vector(n)\n"

CLOSED = [
    ("x[1..n] ~ Normal(m, s)", "(m == mean(x), s == sqrt(sum((x[i] - mean(x))^2, i = 1..n)/n))"),
    ("x[1..n] ~ Exponential(a)", "a == 1/mean(x)"),
    ("x[1..n] ~ Poisson(a)", "a == mean(x)"),
    ("x[1..n] ~ Bernoulli(p)", "p == mean(x)"),
    ("x[1..n] ~ Binomial(9, p)", "p == mean(x)/9"),
    ("x[1..n] ~ Geometric(p)", "p == 1/mean(x)"),
    ("x[1..n] ~ Geometric0(p)", "p == 1/(mean(x) + 1)"),
    ("x[1..n] ~ NegativeBinomial(3, p)", "p == 3/(mean(x) + 3)"),
    ("x[1..n] ~ Gamma(3, b)", "b == 3/mean(x)"),
    ("x[1..n] ~ Uniform(lo, hi)", "(lo == min(x), hi == max(x))"),
    ("x[1..n] ~ Laplace(m, s)", "(m == median(x), s == sum(abs(x[i] - median(x)), i = 1..n)/n)"),
    ("x[1..n] ~ Pareto(s, a)", "(s == min(x), a == 1/(sum(log(x[i]), i = 1..n)/n - log(min(x))))"),
    ("x[1..n] ~ Rayleigh(s)", "s == sqrt(sum(x[i]^2, i = 1..n)/(2*n))"),
    ("x[1..n] ~ HalfNormal(s)", "s == sqrt(sum(x[i]^2, i = 1..n)/n)"),
    ("x[1..n] ~ InverseGaussian(a, l)", "(a == mean(x), l == mean(x)/(sum(1/x[i], i = 1..n)/n*mean(x) - 1))"),
]


@pytest.mark.parametrize(("law", "wanted"), CLOSED, ids=lambda v: v.split("~")[-1].strip())
def test_closed_forms(law: str, wanted: str) -> None:
    row = Session().run(f"{DECLARED}{law}\nmle(x)")[-1].to_dict()
    assert row["exact"] == wanted
    assert row["check"]["agrees"] is True


@pytest.mark.parametrize("law", ["Gamma(a, b)", "Beta(a, b)", "Weibull(a, s)", "ChiSquared(a)", "Cauchy(m, 1)"])
def test_no_closed_form_leaves_the_equation(law: str) -> None:
    row = Session().run(f"{DECLARED}x[1..n] ~ {law}\nmle(x)")[-1].to_dict()
    assert "== 0" in row["exact"]
    assert any("no closed form" in note for note in row["notes"])
    assert row["check"]["agrees"] is not False


def test_a_regression_line() -> None:
    row = (
        Session().run(f"{DECLARED}let c0, c1 : real\ny[i] ~ Normal(c0 + c1*t[i], s) for i = 1..n\nmle(y, [c0, c1])")[-1].to_dict()
    )
    slope = "sum((t[i] - mean(t))*(y[i] - mean(y)), i = 1..n)"
    assert row["exact"].endswith(f"c1 == {slope}/sum((t[i] - mean(t))^2, i = 1..n))")


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("mle(Normal(m, s), [4.2, 5.1, 3.8, 4.9, 5.5])", "(m == 47/10, s == sqrt(38)/10)"),
        ("mle(Normal(0, s), [1, 2, 2])", "s == sqrt(3)"),
        ("mle(Poisson(a), [1, 2, 3])", "a == 2"),
        ("mle(Uniform(0, b), [1, 4, 3])", "b == 4"),
        ("mle(Normal(m, s), [1, 2, 3], [m])", "m == 2"),
        ("loglikelihood(Poisson(a), [1, 0])", "log(a) - 2*a"),
        ("score(Poisson(a), [1, 0])", "1/a - 2"),
    ],
)
def test_data(question: str, wanted: str) -> None:
    assert Session().run(DECLARED + question)[-1].to_dict()["exact"] == wanted


def test_an_equation_is_solved_numerically_for_data() -> None:
    row = Session().run("mle(Gamma(a, b), [1, 2, 3])")[-1].to_dict()
    assert any(note.startswith("numerically a = 5.3752094836") for note in row["notes"])


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("mle(Poisson(a), [1, -2])", "outside-support"),
        ("mle(Poisson(3), [1, 2])", "no-parameters"),
        ("mle(Poisson(a))", "no-data"),
        ("mle(s)", "not-a-sample"),
        ("mle(Poisson(a), [1, 2], [a + 1])", "not-a-variable"),
    ],
)
def test_diagnostics(question: str, code: str) -> None:
    assert Session().run(DECLARED + question)[-1].to_dict()["error"]["code"] == code
