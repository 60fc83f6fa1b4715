"""Sums up to infinity that grow beyond all bounds, by the leading monomial of their terms."""

from __future__ import annotations

import pytest

from twofold.symbolic.summation.divergence import diverges

GROW = {
    "sum(1/k, k = 1..oo)": 1,
    "sum(1/sqrt(k), k = 1..oo)": 1,
    "sum(-1/(2*k + 1), k = 0..oo)": -1,
    "sum(1/(k*log(k)), k = 2..oo)": 1,
    "sum(log(1 + 1/k), k = 1..oo)": 1,
    "sum(k/(k + 1), k = 1..oo)": 1,
    "sum(-2^k, k = 0..oo)": -1,
    "sum(1/k^a, k = 1..oo) given a < 1": 1,
    "sum((2 + sin(k))/k, k = 1..oo)": None,
}

LEFT_ALONE = (
    "sum(1/k^2, k = 1..oo)",
    "sum(1/(k*log(k)^2), k = 2..oo)",
    "sum(1/(k*log(k)), k = 1..oo)",  # the first term has no value
    "sum(1/(k - 3), k = 1..oo)",
    "sum((-1)^k, k = 0..oo)",
    "sum((-1)^k*k, k = 0..oo)",
    "sum(sin(k), k = 0..oo)",
    "sum(a/k, k = 1..oo)",  # the sign of a decides
    "sum(1/k^a, k = 1..oo)",
    "sum(exp(-sqrt(k)), k = 1..oo)",
    "sum(f(k), k = 1..oo)",
)


worked = diverges


@pytest.mark.parametrize("text", [*GROW, *LEFT_ALONE])
def test_divergence(text, found):
    assert found(text) == GROW.get(text)
