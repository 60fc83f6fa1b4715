"""Inequalities that hold at every outcome, and what laws are asked, inside claims."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from twofold.engine.session import Session

pytestmark = pytest.mark.usefixtures("undiagnosed")

NAMES = """
let a, b, k, s, s2, L, t > 0
let m, m2 : real
let p in (0.1, 0.9)
let M : vector(3)
let S : vector(3), positive
X ~ Normal(m, s)
Y ~ Exponential(L)
N ~ Poisson(L)
G ~ Geometric(p)
"""

HOLD = [
    "P((X - m)^2 >= k^2*s^2) <= E[(X - m)^2]/(k^2*s^2)",
    "P(Y >= a) <= E[Y]/a",
    "E[Y] >= E[Y*indicator(Y >= a)]",
    "E[Y*indicator(Y >= a)] >= a*P(Y >= a)",
    "P(X >= a) <= exp(-t*a)*E[exp(t*X)]",
    "P(N >= 3) <= L/3",
    "Var[Y] <= E[Y^2]",
    "E[abs(X)] >= E[X]",
    "E[max(X, 0)] >= E[X]",
    "P(X > 0 or Y > 1) <= P(X > 0) + P(Y > 1)",
    "kl(Exponential(a), Exponential(b)) == log(a/b) + b/a - 1",
    "kl(Normal(m, s), Normal(m2, s2)) == log(s2/s) + (s^2 + (m - m2)^2)/(2*s2^2) - 1/2",
    "sum(kl(Normal(M[j], S[j]), Normal(0, 1)), j = 1..3) == sum(-log(S[j]) + (S[j]^2 + M[j]^2)/2 - 1/2, j = 1..3)",
    "entropy(Normal(m, s)) == 1/2*log(2*pi*e*s^2)",
    "fisher(Normal(m, s), m) == 1/s^2",
    "fisher(Bernoulli(p)) == 1/(p*(1 - p))",
    "mean(Gamma(a, b)) == a/b",
    "mean(Y) == 1/L",
    "std(Gamma(a, b)) == sqrt(a)/b",
    "median(Exponential(a)) == log(2)/a",
    "quantile(Exponential(a), 1/2) == log(2)/a",
    "cdf(Exponential(a), b) == 1 - exp(-a*b)",
    "survival(Exponential(a), b) == exp(-a*b)",
    "moment(Exponential(a), 3) == 6/a^3",
    "sum(P(G >= k), k = 1..oo) == 1/p",
    "sum(P(G > k), k = 0..oo) == 1/p",
    "integrate(P(Y > t), t = 0..oo) == 1/L",
    "E[log(pdf(Exponential(a), Y))] == log(a) - a/L",
]

FAIL = [
    "P(Y >= a) <= E[Y^2]/a",
    "E[Y*indicator(Y >= a)] >= 2*a*P(Y >= a)",
    "E[min(X, 0)] >= E[X]",
    "kl(Exponential(a), Exponential(b)) == log(a/b) + a/b - 1",
    "kl(Normal(m, s), Normal(m2, s2)) == log(s2/s) + (s^2 + (m - m2)^2)/(2*s2^2)",
    "entropy(Normal(m, s)) == 1/2*log(2*pi*s^2)",
    "fisher(Poisson(L)) == L",
    "median(Exponential(a)) == 1/a",
    "mean(Gamma(a, b)) == a*b",
    "cdf(Exponential(a), m) == 1 - exp(-a*m)",
    "E[log(pdf(Exponential(a), Y))] == log(a) - a*L",
]


@pytest.mark.parametrize("claim", HOLD)
def test_what_holds_is_proved(verdict: Callable[[str], str], claim: str) -> None:
    assert verdict(claim) == "proved"


@pytest.mark.parametrize("claim", FAIL)
def test_what_fails_is_refuted(verdict: Callable[[str], str], claim: str) -> None:
    assert verdict(claim) in ("refuted", "conditional")


@pytest.mark.parametrize("claim", ["E[X*indicator(X >= a)] <= E[X]", "P(X >= a) <= E[X]/a"])
def test_what_must_not_be_claimed(session: Session, claim: str) -> None:
    """Markov's bound asks for a variable that is not negative."""
    (row,) = session.run(f"check {claim}")
    assert row.to_dict().get("verdict") not in ("proved", "supported"), row.to_dict()
