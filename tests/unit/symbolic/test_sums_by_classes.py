"""Sums of powers with floors and remainders of the index, by the remainders of their period."""

import pytest

import twofold


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("sum(mod(k, 2)*r^k, k = 0..oo)", "r/(1 - r^2)"),
        ("sum(floor(k/2)*r^k, k = 0..oo)", "r^2/((r - 1)^2*(r + 1))"),
        ("sum(mod(k, 2)*2^k, k = 0..n)", "(8*4^floor((n - 1)/2) - 2)/3"),
        ("sum((-1)^floor(k/2)*x^k, k = 0..oo)", "(x + 1)/(x^2 + 1)"),
        ("sum(2^floor(k/2), k = 0..n)", "2*(2^floor(n/2) + 2^floor((n - 1)/2) - 1)"),
        ("sum(mod(k, 3)/2^k, k = 0..oo)", "8/7"),
    ],
)
def test_each_remainder_is_a_geometric_series(text: str, exact: str) -> None:
    found = twofold.Session(in_process=True).run(text)[-1].to_dict()
    assert found["exact"] == exact and found["check"]["agrees"]
