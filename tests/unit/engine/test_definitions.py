"""Claims about functions of expressions by what defines them, and conditions on sizes as bounds."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session

pytestmark = pytest.mark.usefixtures("undiagnosed")

NAMES = "let a, u > 0\nlet t : real\nlet n : positive integer\n"

PROVED = """
taylor(exp(x), x, 0, 3) == 1 + x + x^2/2 + x^3/6
taylor(log(1 + x), x, 0, 4) == x - x^2/2 + x^3/3 - x^4/4
taylor(sqrt(1 + x), x, 0, 2) == 1 + x/2 - x^2/8
taylor(x^x, x, 1, 2) == 1 + (x - 1) + (x - 1)^2
taylor(exp(x)*sin(x), x = 0, 3) == x + x^2 + x^3/3
directional(x^2 + 3*x*t, [x, t], [3, 4]) == (18*x + 9*t)/5
directional(x^2*t, [x, t], [1, 2], at = [1, 3]) == 8/sqrt(5)
charpoly([1, 2; 3, 4], t) == t^2 - 5*t - 2
charpoly([a, 1; 1, a], t) == (t - a)^2 - 1
laplace(exp(-a*x), x, u) == 1/(u + a)
laplace(sin(a*x), x, u) == a/(u^2 + a^2)
sum(x^k, k = 0..oo) == 1/(1 - x) given abs(x) < 1
sum(k*x^k, k = 0..oo) == x/(1 - x)^2 given x^2 < 1
asin(x) + acos(x) == pi/2 given 1 >= abs(x)
fibonacci(n + 1)*fibonacci(n - 1) - fibonacci(n)^2 == (-1)^n
sum(fibonacci(k), k = 1..n) == fibonacci(n + 2) - 1
fibonacci(2*n) == fibonacci(n)*(fibonacci(n + 1) + fibonacci(n - 1))
""".strip().splitlines()

REFUTED = """
taylor(exp(x), x, 0, 3) == 1 + x + x^2/2 + x^3/3
taylor(exp(x)*sin(x), x = 0, 3) == x + x^2 + x^3/6
directional(x^2*t, [x, t], [1, 2], at = [1, 3]) == 8
charpoly([1, 2; 3, 4], t) == t^2 - 5*t + 2
laplace(sin(a*x), x, u) == u/(u^2 + a^2)
sum(x^k, k = 0..oo) == 1/(1 + x) given abs(x) < 1
fibonacci(2*n) == fibonacci(n)*fibonacci(n + 1)
""".strip().splitlines()


def judged(claim):
    return Session().run(f"{NAMES}check {claim}")[-1].judged


@pytest.mark.parametrize("claim", PROVED)
def test_proved(claim):
    found = judged(claim)
    assert found.truth.value == "proved" and not found.conditions


@pytest.mark.parametrize("claim", REFUTED)
def test_refuted(claim):
    assert judged(claim).truth.value == "refuted"
