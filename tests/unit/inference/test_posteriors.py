"""Posteriors found by algebra: the pair is named, the check compares prior times likelihood with the law that was found."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session

DECLARED = "let s, s0, a, b, c, w > 0\nlet m0, v : real\nlet n : size\nlet k : integer in 0..n\nlet j : integer in 1..9\n"

PAIRS = [
    ("t ~ Normal(0, 1)\nX | t ~ Normal(t, s)", "X = v", "Normal(v/(s^2 + 1), s/sqrt(s^2 + 1))"),
    ("t ~ Beta(a, b)\nX | t ~ Binomial(n, t)", "X = k", "Beta(a + k, b - k + n)"),
    ("t ~ Beta(a, b)\nX | t ~ Geometric(t)", "X = j", "Beta(a + 1, b + j - 1)"),
    ("t ~ Uniform(0, 1)\nX | t ~ Binomial(10, t)", "X = 7", "Beta(8, 4)"),
    ("t ~ Gamma(a, b)\nX | t ~ Poisson(t)", "X = 4", "Gamma(a + 4, b + 1)"),
    ("t ~ Exponential(1)\nX | t ~ Poisson(t)", "X = 3", "Gamma(4, 2)"),
    ("t ~ Gamma(a, b)\nX | t ~ Gamma(3, t)", "X = w", "Gamma(a + 3, b + w)"),
    ("t ~ Gamma(a, b)\nX | t ~ Normal(0, 1/sqrt(t))", "X = v", "Gamma(a + 1/2, b + v^2/2)"),
    ("t ~ InverseGamma(a, b)\nX | t ~ Normal(0, sqrt(t))", "X = v", "InverseGamma(a + 1/2, b + v^2/2)"),
    ("t ~ Pareto(c, a)\nX | t ~ Uniform(0, t)", "X = w", "Pareto(max(c, w), a + 1)"),
    ("t ~ Discrete([1/4, 3/4], [1/2, 1/2])\nX | t ~ Bernoulli(t)", "X = 1", "Discrete([1/4, 3/4], [1/4, 3/4])"),
    ("t ~ Gamma(a, b)\nx[1..n] | t ~ Exponential(t)", "x", "Gamma(a + n, b + sum(x[i], i = 1..n))"),
    (
        "t ~ Normal(m0, s0)\nx[1..n] | t ~ Normal(t, s)",
        "x",
        "Normal((m0*s^2 + s0^2*sum(x[i], i = 1..n))/(n*s0^2 + s^2), s*s0/sqrt(n*s0^2 + s^2))",
    ),
]


@pytest.mark.parametrize(("laws", "seen", "wanted"), PAIRS, ids=[p[2].split("(")[0] + str(k) for k, p in enumerate(PAIRS)])
def test_conjugate_pairs(laws: str, seen: str, wanted: str) -> None:
    row = Session().run(f"{DECLARED}{laws}\nposterior(t, {seen})")[-1].to_dict()
    assert row["exact"] == wanted
    assert row["check"]["agrees"] is True


def test_a_pair_that_is_not_conjugate_gives_a_density() -> None:
    row = Session().run("t ~ Normal(0, 1)\nX | t ~ Cauchy(t, 1)\nposterior(t, X = 2)")[-1].to_dict()
    assert row["exact"].startswith("density(")
    assert row["check"]["agrees"] is True


@pytest.mark.parametrize(
    ("laws", "wanted"),
    [
        ("t ~ Beta(a, b)\nX | t ~ Binomial(n, t)", "BetaBinomial(n, a, b)"),
        ("t ~ Gamma(a, b)\nX | t ~ Poisson(t)", "NegativeBinomial(a, b/(b + 1))"),
        ("t ~ Normal(0, 1)\nX | t ~ Normal(t, s)", "Normal(0, sqrt(s^2 + 1))"),
    ],
)
def test_predictive_laws(laws: str, wanted: str) -> None:
    assert Session().run(f"{DECLARED}{laws}\nprior_predictive(X)")[-1].to_dict()["exact"] == wanted


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("posterior(s, X = 1)", "no-prior"),
        ("posterior(t)", "no-data"),
        ("posterior(t, Y = 1)", "independent"),
        ("posterior(t, 3)", "not-an-observation"),
    ],
)
def test_diagnostics(question: str, code: str) -> None:
    laws = "t ~ Normal(0, 1)\nX | t ~ Normal(t, 1)\nY ~ Normal(0, 1)\n"
    assert Session().run(DECLARED + laws + question)[-1].to_dict()["error"]["code"] == code
