"""Sums with Fibonacci numbers against the sums written out."""

from __future__ import annotations

import pytest
import sympy

from twofold.engine.session import Session
from twofold.symbolic.summation.fibonacci import fibonacci_sum

K = sympy.Symbol("k", integer=True)
N = sympy.Symbol("n", integer=True, nonnegative=True)


@pytest.mark.parametrize("low", [0, 1, 3])
@pytest.mark.parametrize(
    "body",
    ["fibonacci(k)*fibonacci(k + 1)", "k*fibonacci(k)", "k**2*fibonacci(k + 2) - 3", "fibonacci(k)**3", "fibonacci(2*k + 1)", "fibonacci(3*k)", "(-1)**k*fibonacci(k)", "2**(k + 1)*fibonacci(2*k + 1)", "fibonacci(3*k - 1)/3**k"],
)  # fmt: skip
def test_finite(body, low):
    e = sympy.sympify(body, {"k": K})
    found, condition = fibonacci_sum(e, K, sympy.Integer(low), N)
    assert condition == sympy.true
    for last in range(max(low - 1, 0), low + 9):
        assert sympy.expand(found.subs(N, last)) == sum(e.subs(K, i) for i in range(low, last + 1))


@pytest.mark.parametrize(
    ("text", "exact", "conditions"),
    [
        ("sum(fibonacci(k)/2^k, k = 1..oo)", "2", ()),
        ("sum(k*fibonacci(k)/3^k, k = 0..oo)", "6/5", ()),
        ("sum(fibonacci(k)*x^k, k = 0..oo)", "-x/(x^2 + x - 1)", ("abs(x) < (sqrt(5) - 1)/2",)),
        ("sum(fibonacci(2*k), k = 1..n)", "fibonacci(2*n + 1) - 1", ()),
        ("sum((-1)^k*fibonacci(k), k = 0..n)", "-((-1)^n*(fibonacci(n) - fibonacci(n + 1)) + 1)", ()),
        (
            "sum(fibonacci(2*k)*x^k, k = 0..n)",
            "(x + x^(n + 1)*(x*fibonacci(2*n) - fibonacci(2*n + 2)))/(x^2 - 3*x + 1)",
            ("x != (3 - sqrt(5))/2 and x != (3 + sqrt(5))/2",),
        ),
        ("sum(a*fibonacci(k), k = 1..n)", "a*(fibonacci(n + 2) - 1)", ()),
        ("sum(fibonacci(k), k = 1..oo)", "oo", ()),
    ],
)
def test_answers(text, exact, conditions):
    found = Session().run(text)[-1]
    assert found.exact == exact and set(found.conditions) == set(conditions) and found.check.agrees is True


@pytest.mark.parametrize("body", ["1/fibonacci(k)", "fibonacci(k**2)", "fibonacci(k)*sin(k)", "fibonacci(k)**4"])
def test_other_terms(body):
    assert fibonacci_sum(sympy.sympify(body, {"k": K}), K, sympy.Integer(1), N) is None
