"""Comparisons, maxima and distances of independent variables, over balls and in double precision."""

from collections.abc import Callable

import pytest
from flint import arb

from twofold.numeric import curves
from twofold.numeric.evaluate import ball

pytestmark = [pytest.mark.usefixtures("undiagnosed"), pytest.mark.slow]

NAMES = """
let a, b > 0
X ~ Normal(0, 1)
Y ~ Normal(0, 1)
U ~ Uniform(0, 1)
V ~ Uniform(0, 1)
A ~ Exponential(a)
B ~ Exponential(b)
S ~ Exponential(2)
T ~ Exponential(3)
W ~ Weibull(2, 1)
N ~ Poisson(1)
M ~ Poisson(2)
G ~ Geometric(1/2)
D | U ~ Normal(U, 1)
"""

HOLD = [
    "P(S < T) == 2/5",
    "P(A < B) == a/(a + b)",
    "P(U + V < 1/2) == 1/8",
    "P(U*V < 1/2) == (1 + log(2))/2",
    "P(U < 2*V) == 3/4",
    "E[max(X, Y)] == 1/sqrt(pi)",
    "E[abs(X - Y)] == 2/sqrt(pi)",
    "E[max(U, V)] == 2/3",
    "E[abs(U - V)] == 1/3",
    "P(N + M == 2) == 9/2*exp(-3)",
]
FAIL = [
    "P(S < T) == 3/5",
    "P(A < B) == b/(a + b)",
    "P(U + V < 1/2) == 1/4",
    "P(U*V < 1/2) == log(2)",
    "P(U < 2*V) == 2/3",
    "E[max(X, Y)] == 1/2",
    "E[min(X, Y)] == 1/sqrt(pi)",
    "E[abs(U - V)] == 1/4",
    "P(S < W) == 1/2",
]


@pytest.mark.parametrize("claim", HOLD)
def test_what_holds_is_decided(verdict: Callable[[str], str], claim: str) -> None:
    assert verdict(claim) in ("proved", "supported")


@pytest.mark.parametrize("claim", FAIL)
def test_what_fails_is_refuted(verdict: Callable[[str], str], claim: str) -> None:
    assert verdict(claim) == "refuted"


@pytest.mark.parametrize(
    "claim",
    ["P(D < U) == 1/2", "P(N == G) == sum(2^(-k)*exp(-1)/factorial(k), k = 1..oo)", "P(N < M) + P(N == M) + P(N > M) == 1"],
)
def test_what_must_not_be_refuted(verdict: Callable[[str], str], claim: str) -> None:
    assert verdict(claim) in ("proved", "supported", "undecided")


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("P(N + M == 2)", 0.224041807655388),
        ("P(N - M == 0)", 0.211712083961944),
        ("P(N == G)", 0.238651218541191),
        ("E[max(N, M)]", 2.34115),
    ],
)
def test_discrete_variables_are_added_over_their_values(session, question: str, about: float) -> None:
    row = session.run(question)[-1].to_dict()
    assert row["status"] == "ok"
    assert row["check"]["agrees"] is True
    if row.get("numeric"):
        assert float(row["numeric"]) == pytest.approx(about)


@pytest.mark.parametrize("name", sorted(curves._SPECIAL))
def test_closed_forms_are_integrals_of_the_density(term, name: str) -> None:
    law = {
        "Exponential": "Exponential(2)", "Weibull": "Weibull(2, 3)", "Rayleigh": "Rayleigh(2)", "Pareto": "Pareto(1, 5)", "Uniform": "Uniform(-1, 4)",
        "Logistic": "Logistic(1, 2)", "Cauchy": "Cauchy(1, 2)", "Normal": "Normal(1, 2)", "StudentT": "StudentT(3)", "F": "F(3, 5)", "Beta": "Beta(2, 3)",
        "Gamma": "Gamma(2, 3)", "ChiSquared": "ChiSquared(3)",
    }[name]  # fmt: skip
    for low, high in (("1/5", "1/2"), ("5/4", "2"), ("2", "3")):
        if name in ("Beta",) and high != "1/2" or name == "Pareto" and low == "1/5":
            continue
        mass = arb(ball(term(f"integrate(pdf({law}, x), x = {low}..{high})"), {}, 64))
        below = arb(ball(term(f"cdf({law}, {high}) - cdf({law}, {low})"), {}, 64))
        above = arb(ball(term(f"survival({law}, {low}) - survival({law}, {high})"), {}, 64))
        assert mass.overlaps(below) and mass.overlaps(above)
        assert float(mass.rad()) < 1e-9 and float(below.rad()) < 1e-9
