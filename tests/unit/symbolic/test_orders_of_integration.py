"""Integrals inside one another in the other order, and where that must not be taken."""

from __future__ import annotations

import pytest

from twofold.catalogue.display import show
from twofold.engine.session import Session
from twofold.symbolic.calculus.ranges_as_regions import in_another_order
from twofold.symbolic.context import Context
from twofold.symbolic.methods.iterated import swapped

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("integrate(integrate(s*t, t = 0..1), s = 0..2)", "integrate(integrate(s*t, s = 0..2), t = 0..1)"),
        ("integrate(integrate(exp(t^2), t = s..1), s = 0..1)", "integrate(integrate(exp(t^2), s = 0..t), t = 0..1)"),
        ("integrate(integrate(sin(t)/t, t = s..1), s = 0..1)", "integrate(integrate(sin(t)/t, s = 0..t), t = 0..1)"),
        ("integrate(integrate(s*exp(-s^2*(1 + t^2)), t = 0..oo), s = 0..oo)", "integrate(integrate(s*exp(-s^2*(1 + t^2)), s = 0..oo), t = 0..oo)"),
        ("integrate(integrate(-s*exp(-s^2*(1 + t^2)), t = 0..oo), s = 0..oo)", "integrate(integrate(-s*exp(-s^2*(1 + t^2)), s = 0..oo), t = 0..oo)"),
        ("integrate(integrate(t^s, t = 0..1), s = 0..1)", "integrate(integrate(t^s, s = 0..1), t = 0..1)"),
    ],
)  # fmt: skip
def test_other_order(term, text, expected):
    found = swapped(term(text), ())
    assert found is not None and show(found) == expected


@pytest.mark.parametrize(
    "text",
    [
        "integrate(integrate((s - t)/(s + t)^3, t = 0..1), s = 0..1)",
        "integrate(integrate(exp(-s*t)*sin(s), t = 0..oo), s = 0..oo)",
        "integrate(integrate(t^s*(t - 1/2), t = 0..1), s = -2..1)",
        "integrate(integrate(t^s, t = -1..1), s = 1..2)",
    ],
)
def test_order_is_kept(term, text):
    assert swapped(term(text), ()) is None


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("integrate(exp(s^3), s = sqrt(t)..1, t = 0..1)", "(e - 1)/3"),
        ("integrate(exp(t^4), t = cbrt(s)..2, s = 0..8)", "(e^16 - 1)/4"),
    ],
)
def test_between_graphs_of_roots(question, answer):
    found = Session().run(question)[-1]
    assert found.exact == answer and found.check.agrees is True


def test_graphs_that_cross_make_no_region(term):
    assert in_another_order(term("integrate(integrate(exp(t^2), t = s^2..1/4), s = 0..1)"), Context()) is None
