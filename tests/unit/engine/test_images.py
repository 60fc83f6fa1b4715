"""Inequalities that an increasing function, a limit at infinity or a derivative of a derivative decides."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session

NAMES = "let n : positive integer\nlet d : size\nlet w, p > 0\nlet v : vector(d)\n"

PROVED = """
(1 + 1/n)^n < e
(1 + 1/n)^(n + 1) > e
cosh(x) <= exp(x^2/2)
w^w >= exp(-1/e)
log(sum(exp(v[i]), i = 1..d)) >= v[1]
(1 + w)^p <= exp(p*w)
n*log(1 + 1/n) < 1
atan(w) + 1/w > pi/2
sqrt(w^2 + 1) - w > 0
""".strip().splitlines()

REFUTED = """
w^3 < exp(w)
(1 + 1/n)^n <= 5/2
w^w >= exp(-1/3)
w*log(1 + 1/w) < 9/10
""".strip().splitlines()


def truth(claim):
    return Session().run(f"{NAMES}check {claim}")[-1].judged.truth.value


@pytest.mark.parametrize("claim", PROVED)
def test_proved(claim):
    assert truth(claim) == "proved"


@pytest.mark.parametrize("claim", REFUTED)
def test_refuted(claim):
    assert truth(claim) == "refuted"
