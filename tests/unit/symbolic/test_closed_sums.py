"""Sums and products in closed form by our own rules: what comes out, and what must be left to other methods."""

from __future__ import annotations

import pytest

from twofold.catalogue.display import show
from twofold.symbolic.summation.closed import closed

SUMS = {
    "sum(k^3, k = 1..n)": "n^2*(n + 1)^2/4",
    "sum(k, k = 1..1000)": "500500",
    "sum(k*2^k, k = 1..n)": "2*(n*2^n) - 2*2^n + 2",
    "sum(x^k, k = 0..n)": "(x*x^n - 1)/(x - 1) unless x - 1",
    "sum(1/(k*(k + 1)), k = 1..n)": "n/(n + 1)",
    "sum(1/(k*(k + 2)), k = 1..n)": "n*(3*n + 5)/(4*(n + 1)*(n + 2))",
    "sum(factorial(k)/factorial(k + 3), k = 0..n)": "(n + 1)*(n + 4)/(4*(n + 2)*(n + 3))",
    "sum(k*factorial(k), k = 1..n)": "n*factorial(n) + factorial(n) - 1",
    "sum(binomial(n, k), k = 0..n)": "2^n",
    "sum(k*binomial(n, k), k = 0..n)": "n*2^n/2",
    "sum(binomial(n, k)^2, k = 0..n)": "factorial(2*n)/(factorial(n)*factorial(n))",
    "sum(1/k^2, k = 1..oo)": "pi^2/6",
    "sum(1/(k*(k + 1)*(k + 2)), k = 1..oo)": "1/4",
    "sum(1/factorial(k), k = 0..oo)": "exp(1)",
    "sum(k^2*x^k/factorial(k), k = 0..oo)": "x^2*exp(x) + x*exp(x)",
    "sum((-1)^(k + 1)/k, k = 1..oo)": "log(2)",
    "sum((-1)^k/(2*k + 1), k = 0..oo)": "pi/4",
    "sum((-1)^k/(2*k + 1)^3, k = 0..oo)": "pi^3/32",
    "sum((-1)^k/(k + 1)^2, k = 0..oo)": "pi^2/12",
    "sum(k^2/2^k, k = 1..oo)": "6",
    "sum(1/(k*2^k), k = 1..oo)": "log(2)",
    "sum(x^k/k, k = 1..oo) given abs(x) < 1": "-log(-x + 1)",
    "sum((-1)^k*x^(2*k + 1)/(2*k + 1), k = 0..oo) given x > 0, x < 1": "atan(x)",
    "sum(k*r*(1 - r)^(k - 1), k = 1..oo) given 0 < r < 1": "1/r",
    "sum(binomial(2*k, k)/8^k, k = 0..oo)": "sqrt(2)",
    "prod(k, k = 1..n)": "factorial(n)",
    "prod(1 + 1/k, k = 1..n)": "n + 1",
    "prod(1 - 1/k^2, k = 2..n)": "(n + 1)/(2*n)",
    "prod(1 - 1/k^2, k = 2..oo)": "1/2",
    "prod(1 - 1/(4*k^2), k = 1..oo)": "2/pi",
    "prod((k^2 - 4)/(k^2 - 1), k = 3..oo)": "1/4",
}

LEFT_ALONE = (
    "sum(1/k, k = 1..oo)",
    "sum(2^k, k = 0..oo)",
    "sum(x^k, k = 0..oo)",  # only where abs(x) < 1
    "sum(x^k/k, k = 1..oo) given x > 0",
    "sum((-1)^k, k = 0..oo)",
    "sum((-1)^k*k/(k + 1), k = 1..oo)",
    "sum(k/(k + 1), k = 1..oo)",
    "sum(1/(k - 3), k = 1..oo)",
    "sum(1/(k^2 - 9), k = 1..oo)",  # a term has no value
    "sum((-1)^k/(k - 3), k = 1..oo)",
    "sum(1/k, k = -2..n)",
    "sum(1/k^k, k = 1..oo)",
    "sum(sin(k), k = 1..oo)",
    "sum(binomial(n, k)/(k + 1)^k, k = 0..n)",
    "sum(k*harmonic(k), k = 1..oo)",
    "prod(1 + 1/k, k = 1..oo)",
    "prod(1 - 1/k^2, k = 1..oo)",  # the first factor is 0
    "prod(k - 3, k = 1..n)",
    "prod(2 - 1/k^2, k = 1..oo)",
    "sum(f(k), k = 1..n)",
)


def worked(t, facts):
    made = closed(t, facts)
    return None if made is None else " unless ".join([show(made.value), *map(show, made.apart)])


@pytest.mark.parametrize("text", [*SUMS, *LEFT_ALONE])
def test_closed_forms(text, found):
    assert found(text) == SUMS.get(text)
