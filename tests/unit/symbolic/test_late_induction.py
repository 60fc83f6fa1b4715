"""Sums whose range begins at a name or late, and binomials that vanish."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session

pytestmark = pytest.mark.usefixtures("undiagnosed")

TABLE = [
    ("let n, r : nonnegative integer\nsum(binomial(k, r), k = r..n) == binomial(n+1, r+1)", "proved"),
    ("let n, r : nonnegative integer\nsum(binomial(k, r), k = 0..n) == binomial(n+1, r+1)", "proved"),
    ("let n, r : nonnegative integer\nsum(binomial(k, r), k = r..n) == binomial(n+1, r+1) given n >= r", "proved"),
    ("let n : nonnegative integer\nsum(binomial(k, 2), k = 2..n) == binomial(n+1, 3)", "proved"),
    ("let n : nonnegative integer\nsum(binomial(k, 3), k = 3..n) == binomial(n+1, 4)", "proved"),
    ("let n, r : nonnegative integer\nsum(binomial(k, r), k = r..n) == binomial(n, r+1)", "refuted"),
    ("let n, r : nonnegative integer\nsum(binomial(k, r), k = r+1..n) == binomial(n+1, r+1)", "refuted"),
    ("let n, r : nonnegative integer\nsum(binomial(k, r), k = r+1..n) == binomial(n+1, r+1) - 1 given n >= r", "proved"),
    ("let n, r : nonnegative integer\nsum(binomial(k, r), k = r+1..n) == binomial(n+1, r+1) - 1", "refuted"),
    ("let n : nonnegative integer\nsum(k, k = 5..n) == n*(n + 1)/2 - 10", "refuted"),
    ("let n : nonnegative integer\nsum(k, k = 5..n) == n*(n + 1)/2 - 10 given n >= 4", "proved"),
    ("let n : integer\nsum(binomial(k, 3), k = 3..n) == binomial(n + 1, 4)", "refuted"),
    ("let n, m : integer\nsum(k*k!, k = m..n) == (n+1)! - m! given m >= 0, n >= m", "proved"),
    ("let n, m : positive integer\nprod(k, k = m..n) == n!/(m-1)! given n >= m - 1", "proved"),
    ("let n, m : positive integer\nprod(k, k = m..n) == n!/(m-1)!", "refuted"),
    ("let n, m : positive integer\nsum(1/(k*(k+1)), k = m..n) == 1/m - 1/(n+1) given n >= m-1", "proved"),
    ("let n, m : positive integer\nsum(1/(k*(k+1)), k = m..n) == 1/m - 1/(n+1)", "refuted"),
    ("let n, r : nonnegative integer\nbinomial(n, r) == 0 given n < r", "proved"),
    ("let n, k : integer\nbinomial(n, k) == 0 given k < 0", "proved"),
    ("let n, k : integer\nbinomial(n, k) == 0 given k > n", "refuted"),
    ("let k : nonnegative integer\nbinomial(x, k) == 0 given k > x, x > 0", "refuted"),
    ("let n : nonnegative integer\nbinomial(n, k) == 0 given k > n", "refuted"),
]


@pytest.mark.parametrize(("claim", "expected"), TABLE)
def test_claims(claim: str, expected: str) -> None:
    *before, last = claim.split("\n")
    said = Session().run("\n".join([*before, f"check {last}"]))[-1].judged.truth.value
    assert said == expected or (expected == "refuted" and said == "conditional")
