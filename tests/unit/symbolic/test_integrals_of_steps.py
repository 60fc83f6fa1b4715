"""Integrals of whole parts and remainders: continuous antiderivatives, ranges cut at the steps."""

import pytest

from twofold.engine.session import Session


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("integrate(mod(x, 1)^2, x = 0..10)", "10/3"),
        ("integrate(mod(x, 1)^2, x = 1/2..10)", "79/24"),
        ("integrate(mod(2*x, 1), x = 0..3)", "3/2"),
        ("integrate(exp(-mod(x, 1)), x = 0..3)", "3 - 3/e"),
        ("integrate(floor(x^2), x = 0..2)", "5 - sqrt(3) - sqrt(2)"),
        ("integrate(floor(x - x^2), x = 0..2)", "(sqrt(5) - 5)/2"),
        ("integrate(mod(x, 1)^2, x)", "x^3/3 - x^2*floor(x) + x*floor(x)^2 - floor(x)^3/3 + floor(x)/3"),
        ("integrate(sign(x - 1)*x, x)", "(x^2 - 1)*sign(x - 1)/2"),
    ],
)
def test_ranges_are_cut_at_the_steps(text, exact):
    found = Session().run(text)[-1]
    assert found.exact == exact and found.check.agrees is True
