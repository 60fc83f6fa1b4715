"""Binomials of whole names and signs beside what is known: Pascal's rule with and without conditions, and its neighbours."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session

pytestmark = pytest.mark.usefixtures("undiagnosed")

TABLE = [
    ("binomial(n, k) + binomial(n, k - 1) == binomial(n + 1, k)", "proved"),
    ("binomial(n - 1, k) + binomial(n - 1, k - 1) == binomial(n, k) given k <= n", "proved"),
    ("binomial(n, k) == factorial(n)/(factorial(k)*factorial(n - k)) given k <= n", "proved"),
    ("k*binomial(n, k) == (n - k + 1)*binomial(n, k - 1)", "proved"),
    ("abs(a - b + 2) == a - b + 2 given a > b", "proved"),
    ("binomial(n, k) + binomial(n, k - 1) == binomial(n, k + 1)", "refuted"),
    ("k*binomial(n, k) == (n - k)*binomial(n, k - 1)", "refuted"),
    ("abs(a - b - 1) == a - b - 1 given a >= b", "conditional"),
    ("a - b - c >= 0 given a >= b", "refuted"),
]


@pytest.mark.parametrize(("claim", "expected"), TABLE)
def test_binomials(claim, expected):
    found = Session().run(f"let n, k : positive integer\nlet a, b : real\nlet c > 0\ncheck {claim}")[-1].judged.truth.value
    assert found == expected or (expected == "refuted" and found == "conditional")
