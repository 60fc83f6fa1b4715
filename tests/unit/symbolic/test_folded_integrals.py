"""Even functions of abs(x) over ranges around 0."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session
from twofold.symbolic.calculus.folded import folded
from twofold.symbolic.context import Context


@pytest.mark.parametrize(
    ("text", "exact", "conditions"),
    [
        ("integrate(abs(x)^a, x = -1..1)", "2/(a + 1)", ("a > -1",)),
        ("integrate(exp(-a*abs(x)), x = -oo..oo)", "2/a", ("a > 0",)),
        ("integrate(exp(-abs(x))*cos(b*x), x = -oo..oo)", "2/(b^2 + 1)", ()),
        ("integrate(1/abs(x), x = -1..1)", "oo", ()),
        ("integrate(abs(x)*x^2, x = -2..2)", "8", ()),
    ],
)
def test_values(text, exact, conditions):
    found = Session().run(text)[-1]
    assert (found.exact, found.conditions, found.check.agrees) == (exact, conditions, True)


@pytest.mark.parametrize(
    "text",
    [
        "integrate(abs(x)*x, x = -1..1)",
        "integrate(abs(x)^3, x = -1..2)",
        "integrate(abs(x), x = -a..a)",
        "integrate(x^2, x = -1..1)",
        "integrate(abs(x) + x, x = -1..1)",
        "integrate(abs(x)*b, x = 1..-1)",
    ],
)
def test_others_are_not_folded(term, text):
    assert folded(term(text), Context()) is None
