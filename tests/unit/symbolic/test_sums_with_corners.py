"""Sums of terms with corners, cut where these are."""

import pytest

from twofold.engine.session import Session


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("sum(max(k, 3), k = 1..n)", "(n^2 + n - min(3, n)^2 + 5*min(3, n))/2"),
        ("sum(abs(k), k = -n..n)", "n*(n + 1)"),
        ("sum(max(k, 3), k = 1..100)", "5053"),
        ("sum(sum(min(i, j), j = 1..n), i = 1..n)", "n*(n + 1)*(2*n + 1)/6"),
        ("sum(sum(max(i, j), j = 1..n), i = 1..n)", "n*(n + 1)*(4*n - 1)/6"),
        ("sum(sum(abs(i - j), j = 1..n), i = 1..n)", "n*(n - 1)*(n + 1)/3"),
    ],
)
def test_values(text, exact):
    found = Session().run(text)[-1]
    assert found.exact == exact and found.conditions == () and found.check.agrees is True


@pytest.mark.parametrize(
    "text",
    ["sum(abs(2*k - 5), k = 1..n)", "sum(abs(n - 2*k), k = 0..n)", "sum(abs(k - a), k = 1..n)", "sum(max(k - a, 0), k = m..n)"],
)
def test_corners_between_whole_numbers(text):
    found = Session().run(text)[-1]
    assert found.exact is not None and found.check.agrees is True
