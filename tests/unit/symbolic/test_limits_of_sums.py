"""Limits of sequences with a sum up to their own variable: Riemann sums, closed forms, series; nothing is said of what only seems to settle."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session

pytestmark = pytest.mark.usefixtures("undiagnosed")

HOLDS = """
limit(1/n*sum((k/n)^2, k = 1..n), n -> oo) == 1/3
limit(sum(n/(n^2 + k^2), k = 1..n), n -> oo) == integrate(1/(1 + x^2), x = 0..1)
limit(sum(1/(n + k), k = 1..2*n), n -> oo) == log(3)
limit(sum(sqrt(k/n), k = 0..n - 1)/n, n -> oo) == 2/3
limit(sum(exp(a*k/n), k = 1..n)/n, n -> oo) == (exp(a) - 1)/a
limit(sum(1/k, k = 1..n) - log(n), n -> oo) == euler_gamma
limit(sum(1/k^2, k = 1..n), n -> oo) == pi^2/6
limit(prod(1 - 1/k^2, k = 2..n), n -> oo) == 1/2
""".strip().splitlines()

FAILS = """
limit(1/n*sum((k/n)^2, k = 1..n), n -> oo) == 1/2
limit(sum(1/k, k = 1..n) - log(n), n -> oo) == 0
limit(sum(1/(n + k), k = 1..2*n), n -> oo) == log(2)
limit(sum(1/sqrt(n^2 + k), k = 1..n), n -> oo) == 0
""".strip().splitlines()

OPEN = """
limit(sum((-1)^k, k = 1..n), n -> oo) == 0
limit(sum(cos(2*pi*k/3), k = 1..n), n -> oo) == 0
limit(sum(1/(n - k), k = 1..n), n -> oo) == 1
limit(sum(1/k, k = 1..n), n -> oo) == 1
""".strip().splitlines()


def truth(claim):
    return Session().run(f"let a > 0\ncheck {claim}")[-1].judged.truth.value


@pytest.mark.parametrize("claim", HOLDS)
def test_holds(claim):
    assert truth(claim) == "proved"


@pytest.mark.parametrize("claim", FAILS)
def test_fails(claim):
    assert truth(claim) == "refuted"


@pytest.mark.parametrize("claim", OPEN)
def test_must_not_be_claimed(claim):
    assert truth(claim) == "undecided"
