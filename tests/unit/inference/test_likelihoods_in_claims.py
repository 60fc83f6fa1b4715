"""Likelihoods in claims, and what a name stands for in the laws of random variables."""

from __future__ import annotations

import pytest

import twofold

SAMPLE = "let n : size\nlet r > 0\nx[1..n] ~ Exponential(r)\n"
CURVE = "let n : size\nlet s > 0\nlet t : vector(n)\ny[i] ~ Normal(a + b*t[i], s) for i = 1..n\n"
ONE = "let r > 0\nX ~ Exponential(r)\n"


def last(text: str) -> twofold.Result:
    with twofold.Session(in_process=True) as session:
        return session.run(text)[-1]


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (SAMPLE + "loglikelihood(x) == n*log(r) - r*sum(x[i], i = 1..n)", "proved"),
        (SAMPLE + "likelihood(x) propto[r] r^n*exp(-r*sum(x[i], i = 1..n))", "proved"),
        (SAMPLE + "loglikelihood(x) == n*log(r) - n*r*mean(x) up to constant in r", "proved"),
        (SAMPLE + "loglikelihood(x) == n*log(r) - r*mean(x) up to constant in r", "refuted"),
        (SAMPLE + "diff(loglikelihood(x), r) == n/r - n*mean(x)", "proved"),
        (SAMPLE + "diff(loglikelihood(x), r) == 0", "refuted"),
        (SAMPLE + "diff(loglikelihood(x), r, 2) == -n/r^2", "proved"),
        (SAMPLE + "score(x) == n/r - sum(x[i], i = 1..n)", "proved"),
        (SAMPLE + "score(x) == n/r - sum(x[i], i = 1..n)/r", "refuted"),
        (CURVE + "score(y, [b]) == sum(t[i]*(y[i] - a - b*t[i]), i = 1..n)/s^2", "proved"),
        (CURVE + "score(y, [b]) == sum(y[i] - a - b*t[i], i = 1..n)/s^2", "refuted"),
        (ONE + "f(r) = E[X^2]\ncheck f(3) == 2/9", "proved"),
        (ONE + "check diff(P(X > 1), r) == -exp(-r)", "proved"),
        ("let a > 0\nX ~ Gamma(a, 1)\ncheck diff(E[log(1 + X^2)], a) == 0", "undecided"),
    ],
)
def test_claims(claim: str, verdict: str) -> None:
    assert last(claim).verdict == verdict


@pytest.mark.parametrize(
    ("question", "exact"),
    [
        (SAMPLE + "loglikelihood(x) where r = 2", "sum(log(2*exp(-2*x[i])), i = 1..n)"),
        (SAMPLE + "solve(score(x) == 0, r)", "{n/sum(x[i], i = 1..n)}"),
        (ONE + "f(r) = E[X^2]\nf(3)", "2/9"),
        (ONE + "f(r) = r^2*E[X]\nf(r + 1)", "r + 1"),
        ("let s > 0\nX ~ Normal(m, s)\nf(m, s) = E[X^2]\nf(s, 1)", "s^2 + 1"),
        ("let s > 0\nX ~ Normal(m, s)\nf(m) = E[X^2]\nf'(m)", "2*m"),
        (ONE + "diff(E[X], r)", "-1/r^2"),
        (ONE + "diff(P(X > 1), r)", "-exp(-r)"),
        (ONE + "integrate(E[X], r = 1..2)", "log(2)"),
        ("let s > 0\nX ~ Normal(m, s)\ndiff(pdf(2*X + 1, 3), m)", "(1 - m)*exp(-(m - 1)^2/(2*s^2))/(2*s^3*sqrt(2*pi))"),
    ],
)
def test_questions(question: str, exact: str) -> None:
    found = last(question)
    assert (found.exact, found.verdict) == (exact, None)
