"""Even functions of abs(x) over ranges around 0."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session


@pytest.mark.parametrize(
    ("text", "exact", "conditions"),
    [
        ("integrate(abs(x)^a, x = -1..1)", "2/(a + 1)", ("a > -1",)),
        ("integrate(exp(-a*abs(x)), x = -oo..oo)", "2/a", ("a > 0",)),
        ("integrate(exp(-abs(x))*cos(b*x), x = -oo..oo)", "2/(b^2 + 1)", ()),
        ("integrate(1/abs(x), x = -1..1)", "oo", ()),
        ("integrate(abs(x)*x^2, x = -2..2)", "8", ()),
        ("let a > 0\nintegrate(abs(x)^3, x = -a..a)", "a^4/2", ()),
        ("integrate(abs(x)*x, x = -1..1)", "0", ()),
        ("integrate(abs(x) + x, x = -1..1)", "1", ()),
        ("integrate(abs(x)^3, x = -1..2)", "17/4", ()),
    ],
)
def test_values(text, exact, conditions):
    found = Session().run(text)[-1]
    assert (found.exact, found.conditions, found.check.agrees) == (exact, conditions, True)
