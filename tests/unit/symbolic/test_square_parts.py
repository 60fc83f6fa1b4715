"""Integrals of square roots with squares inside, and of steps and corners at places that have to be solved for."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("arclength(x^3/6 + 1/(2*x), x = 1..2)", "17/12"),
        ("arclength(x^2/2 - log(x)/4, x = 1..e)", "(2*e^2 - 1)/4"),
        ("arclength(log(cos(x)), x = 0..pi/4)", "log(1 + sqrt(2))"),
        ("arclength([cos(t)^3, sin(t)^3], t = 0..2*pi)", "6"),
        ("integrate(sqrt(x + 1/x - 2), x = 0..2)", "(8 - 2*sqrt(2))/3"),
        ("integrate(sqrt(1 - sin(2*x)), x = 0..pi)", "2*sqrt(2)"),
        ("integrate(sqrt(exp(2*x) + exp(-2*x) + 2), x = 0..1)", "2*sinh(1)"),
        ("integrate(sqrt(cos(t)^2 - sin(t)^2)*cos(t), t = 0..pi/4)", "sqrt(2)*pi/8"),
        ("integrate(x*abs(1 + 1/x), x = -2..2)", "3"),
        ("integrate(floor(1/x), x = 1/4..1)", "13/12"),
        ("integrate(floor(x^2), x = 0..2)", "5 - sqrt(3) - sqrt(2)"),
        ("integrate(floor(2*sin(x)), x = 0..pi/2)", "pi/3"),
    ],
)
def test_values(text, exact):
    found = Session().run(text)[-1]
    assert found.exact == exact and found.check.agrees is True and not found.notes


@pytest.mark.parametrize(("top", "bottom"), [(1, 4), (3, 4), (1, 3), (2, 5), (5, 12), (7, 8), (3, 16), (10, 11)])
def test_kinks_at_simple_places_are_seen_by_the_numeric_route(top, bottom):
    found = Session().run(f"integrate(abs({bottom}*sin(x)^2*x - {top}*sin(x)^2), x = 0..1)")[-1]
    assert found.check.agrees is True
