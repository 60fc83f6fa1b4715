"""Sums with harmonic and Fibonacci numbers, tails, series at the ends of their range, and products by double angles."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session


@pytest.mark.parametrize(
    ("text", "exact", "conditions"),
    [
        ("sum(harmonic(k), k=1..n)", "(n + 1)*harmonic(n) - n", ()),
        ("sum(k*harmonic(k), k=1..n)", "n*(2*(n + 1)*harmonic(n) - n + 1)/4", ()),
        ("sum(harmonic(k), k=m..n)", "m - m*harmonic(m) - n + (n + 1)*harmonic(n)", ("n >= m - 1",)),
        ("sum(harmonic(k)/k, k=1..n)", "(6*harmonic(n)^2 - 6*polygamma(1, n + 1) + pi^2)/12", ()),
        ("sum(harmonic(k)/k^2, k=1..oo)", "2*zeta(3)", ()),
        ("sum(harmonic(k)*x^k, k=1..oo)", "log(1 - x)/(x - 1)", ("abs(x) < 1",)),
        ("sum(fibonacci(k), k=1..n)", "fibonacci(n + 2) - 1", ()),
        ("sum(fibonacci(k)^2, k=1..n)", "fibonacci(n)*fibonacci(n + 1)", ()),
        ("sum(1/k^2, k=n..oo)", "polygamma(1, n)", ("n > 0",)),
        ("sum(1/(k*(k + 1)), k=n..oo)", "1/n", ("n > 0",)),
        ("sum(1/k, k=m..n)", "digamma(n + 1) - digamma(m)", ("m > 0", "n >= m - 1")),
        ("sum(1/(k*(k + 1)), k=m..n)", "1/m - 1/(n + 1)", ("n >= m - 1", "m > 0 or n < -1")),
        ("sum(1/(2*k + 1), k=0..n)", "digamma(n + 3/2)/2 + euler_gamma/2 + log(2)", ()),
        ("sum((-1)^k*x^(2*k + 1)/(2*k + 1), k=0..oo)", "atan(x)", ("-1 <= x <= 1",)),
        ("sum((-1)^(k + 1)*x^k/k, k=1..oo)", "log(x + 1)", ("abs(x) <= 1 and x != -1",)),
        ("sum((-1)^k*binomial(n, k), k=0..n)", "{1 if n == 0; 0 otherwise}", ()),
        ("sum(1/(sqrt(k + 1) + sqrt(k)), k=1..n)", "sqrt(n + 1) - 1", ()),
        ("sum(r^abs(k), k=-oo..oo)", "(r + 1)/(1 - r)", ("abs(r) < 1",)),
        ("prod(cos(x/2^k), k=1..oo)", "sin(x)/x", ("x != 0",)),
        ("prod(1 + x^(2^k), k=0..n)", "(x^(2*2^n) - 1)/(x - 1)", ("x != 1",)),
        ("prod(1 + x^(2^k), k=0..oo)", "1/(1 - x)", ("abs(x) < 1",)),
        ("prod(sin(pi*k/n), k=1..n-1)", "2*n/2^n", ("n >= 1",)),
        ("prod(exp(1/k^2), k=1..oo)", "exp(pi^2/6)", ()),
    ],
)
def test_sums_and_products(text, exact, conditions):
    found = Session().run(text)[-1]
    assert found.exact == exact and set(found.conditions) == set(conditions) and found.check.agrees is True


@pytest.mark.parametrize(
    "text", ["sum(harmonic(k)^2*log(k), k=1..n)", "sum(harmonic(k)/(k + 1/3), k=1..n)", "prod(cos(x/3^k), k=1..n)"]
)
def test_what_has_no_rule_is_not_claimed(text):
    assert Session().run(text)[-1].exact is None


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("sum(atan(1/(k^2 + k + 1)), k = 0..n)", "atan(n + 1)"),
        ("sum(atan(2/k^2), k = 1..n)", "atan(n) + atan(n + 1) - pi/4"),
        ("sum(atan(2/k^2), k = 1..oo)", "3*pi/4"),
        ("sum(3*atan(1/(k^2 - k + 1)), k = -5..oo)", "(6*atan(6) + 3*pi)/2"),
        ("sum(log(1 - 1/k^2), k = 2..oo)", "-log(2)"),
        ("sum(log(1 + 1/k^2), k = 1..oo)", "log(sinh(pi)/pi)"),
    ],
)
def test_angles_and_logarithms_telescope(text, exact):
    found = Session().run(text)[-1]
    assert found.exact == exact and found.check.agrees is True and not found.notes


@pytest.mark.parametrize("body", ["atan(1/k^2)", "atan(1/(k^2 - 3*k + 1))", "atan(k/(k^2 + 1))"])
def test_other_angles(body):
    assert Session().run(f"sum({body}, k = 1..n)")[-1].exact in (None, f"sum({body}, k = 1..n)")


@pytest.mark.parametrize(
    ("text", "exact", "conditions"),
    [
        ("prod(1 - x^2/(pi^2*k^2), k = 1..oo)", "sin(x)/x", ["x != 0"]),
        ("prod(1 + x^2/k^2, k = 1..oo)", "sinh(pi*x)/(pi*x)", ["x != 0"]),
        ("prod(1 - 4*x^2/(pi^2*(2*k - 1)^2), k = 1..oo)", "cos(x)", []),
        ("prod(2*cos(x*2^k), k = 0..n)", "sin(2*2^n*x)/sin(x)", ["sin(x) != 0"]),
    ],
)
def test_products_are_checked(text, exact, conditions):
    found = Session().run(text)[-1]
    assert (found.exact, list(found.conditions)) == (exact, conditions) and found.check.agrees is True


@pytest.mark.parametrize(
    ("text", "exact", "conditions"),
    [
        ("sum(x^k/k!, k = n..oo)", "{exp(x) if n == 0; n*exp(x)*lowergamma(n, x)/factorial(n) otherwise}", ("x >= 0",)),
        ("sum(1/k!, k = n..oo)", "{e if n == 0; e*n*lowergamma(n, 1)/factorial(n) otherwise}", ()),
        ("sum(x^k/(k + 1)!, k = n..oo)", "exp(x)*lowergamma(n + 1, x)/(x*factorial(n))", ("x > 0",)),
    ],
)
def test_ends_of_exponential_series(text, exact, conditions):
    found = Session().run(text)[-1]
    assert (found.exact, found.conditions) == (exact, conditions) and found.check.agrees is True
