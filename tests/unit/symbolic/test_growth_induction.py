"""Inequalities between terms of a whole number, by induction, and of partial sums by the sum of the series."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session

pytestmark = pytest.mark.usefixtures("undiagnosed")

NAMES = "let n : positive integer\nlet m : integer in 4..oo\nlet k : integer\nlet x, z : real\n"

PROVED = """
2^n > n
2^m >= m^2
factorial(n) >= 2^(n - 1)
factorial(m) > 2^m
(1 + x)^n >= 1 + n*x given x >= -1
sum(1/j^2, j = 1..n) <= 2 - 1/n
sum(1/j^2, j = 1..n) < 2
sum(1/j^2, j = 1..2*n) <= 5/3
sum(1/j^3, j = 1..n) < 5/4
sum(1/factorial(j), j = 0..n) < 2719/1000
sum(1/sqrt(j), j = 1..n) >= sqrt(n)
sum(1/sqrt(j), j = 1..n) <= 2*sqrt(n)
prod(1 - 1/(2*j), j = 1..n) <= 1/sqrt(2*n + 1)
sum(j^2, j = 1..n) > n^3/3
binomial(2*n, n) <= 4^n
4^n/(2*n + 1) <= binomial(2*n, n)
2^k > k^2 given k >= 5
7^n > 6^n
5^n >= 4^n + 1
sum(sqrt(j), j = 1..n) >= 2*n^(3/2)/3
(1 + x)^n >= 1 + n*x + n*(n - 1)*x^2/2 given x >= 0
""".strip().splitlines()

NOT_PROVED = """
2^n <= n^2
factorial(n) <= 2^n
z^(2*n) > 0
prod(1 + 1/j, j = 1..n) > n + 1
2^k > k^2 given k >= 4
2^k > k + 1
sum(1/j, j = 1..n) <= 3
(1 + x)^n >= 1 + n*x
-1/(n - 5) >= -1/2
sum(1/j^2, j = 1..n) <= 3/2
sum(1/j^2, j = 1..n) < 1644/1000
sum(1/factorial(j), j = 0..n) < 2718/1000
sum((-1)^j/j^2, j = 1..n) < -4/5
x^n <= 1
""".strip().splitlines()


def truth(claim):
    return Session().run(f"{NAMES}check {claim}")[-1].judged.truth.value


@pytest.mark.parametrize("claim", PROVED)
def test_proved(claim):
    assert truth(claim) == "proved"


@pytest.mark.parametrize("claim", NOT_PROVED)
def test_not_proved(claim):
    assert truth(claim) not in ("proved", "supported", "conflict")
