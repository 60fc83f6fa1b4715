"""Sums of floors, ceilings, remainders and their signs, against the sums written out."""

from __future__ import annotations

import pytest
import sympy

from twofold.engine.session import Session
from twofold.symbolic.summation.periods import periodic_sum

K = sympy.Symbol("k", integer=True)
N = sympy.Symbol("n", integer=True, nonnegative=True)


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("sum(floor(k/2), k = 1..n)", "floor(n^2/4)"),
        ("sum(ceil(k/2), k = 1..n)", "floor((n + 1)^2/4)"),
        ("sum(mod(k, 3), k = 1..n)", "n + (mod(n, 3) - 1)*mod(n, 3)/2"),
        ("sum(floor(k/2), k = 1..100)", "2500"),
    ],
)
def test_answers(text, exact):
    found = Session().run(text)[-1]
    assert found.exact == exact and found.check.agrees is True


@pytest.mark.parametrize("low", [-3, 0, 1, 4])
@pytest.mark.parametrize(
    "body", ["floor(k/2)", "floor((2*k + 1)/3)", "k*floor(k/2)", "(-1)**floor(k/2)", "Mod(k, 4)**2", "ceiling(k/3)*k - 1"]
)
def test_values(body, low):
    e = sympy.sympify(body, {"k": K})
    found = periodic_sum(e, K, sympy.Integer(low), N)
    for last in range(max(0, low - 1), 14):
        assert found.subs(N, last) == sum(e.subs(K, i) for i in range(low, last + 1))


@pytest.mark.parametrize("body", ["floor(k**2/2)", "floor(sqrt(2)*k)", "k**2", "floor(k/2)/k"])
def test_other_terms(body):
    assert periodic_sum(sympy.sympify(body, {"k": K}), K, sympy.Integer(1), N) is None
