"""Constants without relations between their parts: their arithmetic, their values of functions, and how they are written."""

from __future__ import annotations

import pytest

from twofold.catalogue.display import show
from twofold.numeric.evaluate import floats
from twofold.symbolic.constants import read, written

VALUES = {
    "1/2 + 1/3": "5/6",
    "sqrt(8) + sqrt(2)": "3*sqrt(2)",
    "(1 + sqrt(5))/2 + (1 - sqrt(5))/2": "1",
    "(1 + sqrt(5))*(1 - sqrt(5))": "-4",
    "sqrt(2)*sqrt(pi)/3": "sqrt(2*pi)/3",
    "1/sqrt(2)": "sqrt(2)/2",
    "sqrt(5 + 2*sqrt(6))": "sqrt(2) + sqrt(3)",
    "sqrt(3 - 2*sqrt(2))": "sqrt(2) - 1",
    "sqrt(2 - sqrt(3))": "(sqrt(6) - sqrt(2))/2",
    "sqrt(2)/sqrt(pi)/2": "1/sqrt(2*pi)",
    "(1 + im)^10": "32*im",
    "1/(1 + im)": "(1 - im)/2",
    "(3 + 4*im)*(1 - 2*im)": "11 - 2*im",
    "abs(3 + 4*im)": "5",
    "abs(1 + im)": "sqrt(2)",
    "re(2 - 3*im) + im(2 - 3*im)": "-1",
    "log(8) - log(2)": "2*log(2)",
    "log(1/9)": "-2*log(3)",
    "sin(pi/12)": "(sqrt(6) - sqrt(2))/4",
    "cos(pi/5)": "(1 + sqrt(5))/4",
    "cos(7*pi/6)": "-sqrt(3)/2",
    "sin(-pi/10)": "(1 - sqrt(5))/4",
    "tan(11*pi/12)": "sqrt(3) - 2",
    "atan(2 - sqrt(3))": "pi/12",
    "asin(-sqrt(2)/2)": "-pi/4",
    "acos(-1/2)": "2*pi/3",
    "gamma(7/2)": "15*sqrt(pi)/8",
    "gamma(-3/2)": "4*sqrt(pi)/3",
    "gamma(6)": "120",
    "beta(3, 4)": "1/60",
    "beta(1/2, 1/2)": "pi",
    "digamma(1)": "-euler_gamma",
    "digamma(1/2)": "-(2*log(2) + euler_gamma)",
    "digamma(5/2)": "(8 - 6*log(2) - 3*euler_gamma)/3",
    "polygamma(1, 1)": "pi^2/6",
    "polygamma(3, 3/2)": "pi^4 - 96",
    "zeta(4)": "pi^4/90",
    "zeta(0)": "-1/2",
    "zeta(-1)": "-1/12",
    "zeta(-2)": "0",
    "polylog(2, 1/2)": "(pi^2 - 6*log(2)^2)/12",
    "polylog(2, -1)": "-pi^2/12",
    "binomial(5, 7)": "0",
    "bernoulli(1)": "1/2",
    "bernoulli(20)": "-174611/330",
    "euler(6)": "-61",
    "bell(8)": "4140",
    "stirling(7, 3)": "301",
    "totient(1001)": "720",
    "harmonic(10)": "7381/2520",
    "fibonacci(100)": "354224848179261915075",
    "mod(-7, 3)": "2",
    "mod(7, -3)": "-2",
    "gcd(1071, 462)": "21",
    "lcm(21, 6, 10)": "210",
    "rising(1/2, 3)": "15/8",
    "falling(5, 2)": "20",
    "floor(-7/2) + ceil(7/2)": "0",
}
LEFT_ALONE = (
    "x",
    "sin(pi/8)",
    "sin(pi/7)",
    "sin(1)",
    "atan(2)",
    "sqrt(1 + sqrt(2))",
    "sqrt(-2)",
    "sqrt(2*sqrt(2) - 3)",
    "sqrt(-3 + sqrt(2))",
    "sqrt(1 + im)",
    "log(6)",
    "log(2) + log(3)",
    "log(-1)",
    "log(0)",
    "gamma(0)",
    "gamma(-2)",
    "gamma(1/3)",
    "beta(1/2, -1/2)",
    "beta(0, 1)",
    "digamma(0)",
    "digamma(1/3)",
    "polygamma(2, 1)",
    "zeta(1)",
    "zeta(3)",
    "zeta(1/2)",
    "polylog(3, 1/2)",
    "tan(pi/2)",
    "1/zeta(-2)",
    "1/(sqrt(2) - sqrt(2))",
    "1/(1 + sqrt(2))",
    "2^(1/3)",
    "2^sqrt(2)",
    "e^2",
    "oo - oo",
    "mod(3, 0)",
    "(1 + sqrt(2))*(1 + sqrt(3))",
    "pi*(1 + im)",
)


@pytest.mark.parametrize("text", VALUES)
def test_values(term, text):
    found = read(term(text))
    assert found is not None and show(written(found)) == VALUES[text]


@pytest.mark.parametrize("text", VALUES)
def test_they_are_the_values(term, text):
    t = term(text)
    value, known = (complex(floats(u, [{}], "complex")[0]) for u in (written(read(t)), t))
    assert value == pytest.approx(known, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_has_no_such_value_is_left_alone(term, text):
    found = read(term(text))
    assert found is None or written(found) is None
