"""Sums with one binomial coefficient, against the sums written out."""

from __future__ import annotations

import pytest
import sympy

from twofold.engine.session import Session
from twofold.symbolic.summation.binomials import binomial_sum

K = sympy.Symbol("k", integer=True)
N = sympy.Symbol("n", integer=True, nonnegative=True)
NAMES = {"k": K, "n": N}


@pytest.mark.parametrize(
    ("body", "high"),
    [
        ("binomial(n, 2*k)", "n"),
        ("binomial(n, 2*k + 1)", "n"),
        ("binomial(n, 3*k + 2)", "floor(n/3)"),
        ("binomial(n, 4*k + 1)", "n"),
        ("binomial(n, 5*k)", "n"),
        ("3*binomial(2*n, 2*k)", "n"),
        ("binomial(2*n, k)", "n"),
        ("binomial(2*n + 1, k)", "n"),
        ("binomial(2*n, k)", "n - 1"),
        ("(-1)**k*binomial(n, k)", "n"),
        ("(-1)**k*(k**3 - k + 2)*binomial(n, k)", "n"),
        ("k*binomial(n, 2*k)", "n"),
        ("(k**2 - 3*k + 1)*binomial(n, 2*k + 1)", "n"),
        ("k*binomial(n, 3*k + 1)", "n"),
        ("(k + 1)*binomial(n + 1, 4*k)", "n + 1"),
        ("2**k*binomial(n, 2*k)", "n"),
        ("(-3)**k*binomial(n, 2*k + 1)", "n"),
        ("4**(-k)*binomial(n, 2*k + 1)", "n"),
        ("(-1)**k*binomial(2*n, k)", "n"),
        ("(-1)**k*binomial(2*n, k)", "n - 1"),
        ("(-1)**k*binomial(n, k)**2", "n"),
        ("3*(-1)**k*binomial(2*n, k)**2", "2*n"),
        ("binomial(k + 2, 3)", "n"),
        ("binomial(k + 4, k)", "n"),
    ],
)
def test_values(body, high):
    e, end = (sympy.sympify(t, NAMES) for t in (body, high))
    found = binomial_sum(e, K, sympy.Integer(0), end)
    for n in range(7):
        direct = sum((e.subs({K: i, N: n}) for i in range(int(end.subs(N, n)) + 1)), sympy.Integer(0))
        assert abs(sympy.N(found.subs(N, n) - direct)) < 1e-9


@pytest.mark.parametrize(("body", "high"), [("binomial(n, 2*k)", "n - 3"), ("binomial(n, k)**2", "n"), ("(-1)**k*binomial(n, k)**2", "n - 2"), ("k*2**k*binomial(n, 2*k)", "n"), ("binomial(n, k)/(k + 1)", "n"), ("binomial(n, k)", "n - 2")])  # fmt: skip
def test_others(body, high):
    assert binomial_sum(sympy.sympify(body, NAMES), K, sympy.Integer(0), sympy.sympify(high, NAMES)) is None


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("sum(binomial(n, 2*k), k = 0..n)", "{1 if n == 0; 2^n/2 otherwise}"),
        ("let n : positive integer\nsum(binomial(n, 2*k), k = 0..floor(n/2))", "2^n/2"),
        ("sum(binomial(n, 3*k), k = 0..n)", "(2^n + 2*cos(pi*n/3))/3"),
        ("sum(binomial(2*n, k), k = 0..n)", "(4^n + binomial(2*n, n))/2"),
        ("sum(k*(-1)^k*binomial(n, k), k = 0..n)", "{-1 if n == 1; 0 otherwise}"),
        ("sum(k*binomial(n, 2*k), k = 0..n)", "{0 if n == 1; 2^n*n/8 otherwise}"),
        ("sum((-1)^k*binomial(n, k)^2, k = 0..n)", "cos(pi*n/2)*binomial(n, n/2)"),
        ("sum((-1)^k*binomial(n, k), k = 0..m)", "(-1)^m*binomial(n - 1, m)"),
        ("sum(k*binomial(n, k)^2, k = 0..n)", "n*binomial(2*n, n)/2"),
        ("sum(binomial(k, r), k = r..n)", "binomial(n + 1, r + 1)"),
    ],
)
def test_answers(text, exact):
    found = Session().run(text)[-1]
    assert found.exact == exact and found.check.agrees is True


def test_no_condition_at_the_empty_row():
    """factorial(2*n)/(factorial(n)*factorial(n - 1)) has no value at n = 0."""
    found = Session().run("sum(k*binomial(n, k)^2, k = 0..n)")[-1]
    assert found.conditions == () and found.check.agrees is True
