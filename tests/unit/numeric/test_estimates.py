"""Estimates by two methods: they agree with known values, and say nothing where nothing converges."""

from __future__ import annotations

import pytest
from flint import arb

from twofold.numeric.evaluate import ball, confirmed, estimate


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("integrate(exp(-x^2), x = -oo..oo)", "sqrt(pi)"), ("integrate(1/sqrt(x), x = 0..1)", "2"), ("integrate(x*exp(-a*x), x = 0..oo)", "1/a^2"),
        ("sum(1/k^2, k = 1..oo)", "pi^2/6"), ("limit((1 + 1/x)^x, x -> oo)", "e"), ("diff(integrate(exp(-a*x), x = 0..oo), a)", "-1/a^2"),
        ("sum(1/k^3, k = 1..oo) + integrate(x^3, x = 0..1)", "zeta(3) + 1/4"),
    ],
)  # fmt: skip
def test_two_methods_confirm_a_value(term, at, text: str, value: str) -> None:
    found = confirmed(term(text), at(a=2), 15, seconds=20)
    assert found is not None and found.digits >= 12 and len(set(found.methods)) == 2
    assert abs(arb(found.value) - arb(ball(term(value), at(a=2), 128))) < arb("1e-12")


def test_an_alternating_sum_that_no_bound_is_found_for(term) -> None:
    methods = {name: value for name, value, _ in estimate(term("sum((-1)^k/sqrt(k), k = 1..oo)"), {}, 15, seconds=20)}
    assert abs(methods["gauss"] + arb("0.604898643421630370247265914236")) < arb("1e-15")


@pytest.mark.parametrize(
    "text",
    [
        "integrate(1/x, x = 1..oo)",
        "sum(1/k, k = 1..oo)",
        "integrate(sin(x), x = 0..oo)",
        "limit(sin(x), x -> oo)",
        "integrate(1/x, x = -1..2)",
    ],
)
def test_nothing_is_confirmed_where_nothing_converges(term, text: str) -> None:
    assert confirmed(term(text), {}, 15, seconds=20) is None
