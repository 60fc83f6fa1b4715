"""Claims about definite integrals by checked primitives: dilogarithms, ends in either order, symbolic powers, sums inside."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session

pytestmark = [pytest.mark.usefixtures("undiagnosed"), pytest.mark.slow]

NAMES = "let x in (-1, 1)\nlet y, q : real\nlet p > 0\nlet n : positive integer\n"

HOLDS = """
integrate(log(1 + t)/t, t = 0..1) == pi^2/12
integrate(log(t)/(1 + t), t = 0..1) == -pi^2/12
integrate(t/sinh(t), t = 0..oo) == pi^2/4
integrate(log(1 - exp(-t)), t = 0..oo) == -pi^2/6
integrate(log(1 + t)/t, t = 0..1) == sum((-1)^(k + 1)/k*integrate(t^(k - 1), t = 0..1), k = 1..oo)
integrate(1/(1 - t), t = 0..x) == -log(1 - x)
integrate(1/(1 - t^2), t = 0..x) == atanh(x)
integrate(sum(t^(k - 1), k = 1..oo), t = 0..x) == -log(1 - x)
integrate((1 + t)^n, t = 0..1) == (2^(n + 1) - 1)/(n + 1)
integrate(t*(1 + t^2)^p, t = 0..1) == (2^(p + 1) - 1)/(2*(p + 1))
""".strip().splitlines()

FAILS = """
integrate(log(1 + t)/t, t = 0..1) == pi^2/6
integrate(1/(1 - t), t = 0..x) == log(1 - x)
integrate((1 + t)^n, t = 0..1) == (2^(n + 1) - 1)/n
integrate((t - 1)^n, t = 0..2) == 2/(n + 1)
""".strip().splitlines()

OPEN = """
integrate((1 + t)^q, t = 0..1) == (2^(q + 1) - 1)/(q + 1)
integrate(1/t, t = -1..y) == log(abs(y))
integrate(1/(1 - t), t = 0..2 + p) == -log(1 + p)
""".strip().splitlines()


def truth(claim):
    return Session().run(f"{NAMES}check {claim}")[-1].judged.truth.value


@pytest.mark.parametrize("claim", HOLDS)
def test_holds(claim):
    assert truth(claim) == "proved"


@pytest.mark.parametrize("claim", FAILS)
def test_fails(claim):
    assert truth(claim) == "refuted"


@pytest.mark.parametrize("claim", OPEN)
def test_must_not_be_claimed(claim):
    assert truth(claim) != "proved"
