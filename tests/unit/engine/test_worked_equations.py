"""Steps between equations of expectations, probabilities and likelihoods."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session

pytestmark = pytest.mark.slow

SAMPLE = "let n : size\nlet r > 0\nx[1..n] ~ Exponential(r)\n"
NORMAL = "let m : real\nlet s > 0\nX ~ Normal(m, s)\n"
COUNTS = "let n : size\nlet r > 0\nk[1..n] ~ Poisson(r)\n"


@pytest.mark.parametrize(
    ("step", "verdict"),
    [
        (SAMPLE + "score(x) == 0 <=> r == 1/mean(x)", "proved"),
        (SAMPLE + "score(x) == 0 <=> r == mean(x)", "refuted"),
        (COUNTS + "diff(loglikelihood(k), r) == 0 <=> r == mean(k)", "proved"),
        (COUNTS + "diff(loglikelihood(k), r) == 0 <=> r == sum(k[i], i = 1..n)", "refuted"),
        (NORMAL + "diff(E[(X - c)^2], c) == 0 <=> c == E[X]", "proved"),
        (NORMAL + "E[(X - c)^2] == s^2 <=> c == m", "proved"),
        (NORMAL + "E[(X - c)^2] == s^2 <=> c == 2*m", "refuted"),
        ("let r, t > 0\nX ~ Exponential(r)\nP(X > t) == 1/2 <=> t == log(2)/r", "proved"),
        # A part without a value makes an equation false, and is not worked away.
        ("let r > 0\nX ~ Exponential(r)\nE[X*a/a] == 2 <=> r == 1/2", "refuted"),
        # A uniform law from 1 to 1 does not exist; its mean was 0.
        ("let a, b : real\nX ~ Uniform(a, b)\nE[X] == 0 => a + b == 0", "proved"),
        ("let a, b : real\nX ~ Uniform(a, b)\nP(X > 1) == 0 <=> b <= 1", "proved"),
    ],
)
def test_steps(step: str, verdict: str) -> None:
    assert Session().run(step)[-1].to_dict()["verdict"] == verdict


def test_values_between_those_of_a_list_are_not_drawn() -> None:
    found = Session().run("D ~ Discrete([0, 2], [1/2, 1/2])\nE[D]*D*(D - 2) == 0 <=> D == 0 or D == 2")[-1].to_dict()
    assert found["verdict"] not in ("refuted", "conditional")
