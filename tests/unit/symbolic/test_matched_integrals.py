"""Integrals matched by linear changes of variable: what holds, what fails, and what diverges."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session

pytestmark = pytest.mark.usefixtures("undiagnosed")

TABLE = [
    ("integrate(log(1 + tan(pi/4 - x)), x = 0..pi/4) == integrate(log(2/(1 + tan(x))), x = 0..pi/4)", "proved"),
    ("integrate(x*sin(x)/(1 + cos(x)^2), x = 0..pi) == pi/2*integrate(sin(x)/(1 + cos(x)^2), x = 0..pi)", "proved"),
    ("integrate(sqrt(x)/(sqrt(x) + sqrt(5 - x)), x = 0..5) == 5/2", "proved"),
    ("integrate(log(sin(2*x)/2), x = 0..pi/2) == 1/2*integrate(log(sin(u)), u = 0..pi) - pi/2*log(2)", "proved"),
    ("integrate(exp(x^3), x = 0..b) == b*integrate(exp(b^3*t^3), t = 0..1)", "proved"),
    ("integrate(integrate(sin(y)/y, y = x..pi), x = 0..pi) == integrate(sin(y), y = 0..pi)", "proved"),
    ("integrate(exp(sin(x)), x = 0..2*pi) == 2*integrate(exp(sin(x)), x = 0..pi)", "refuted"),
    ("integrate(exp(x)/(exp(x) + exp(1 - x)), x = 0..1) == 1/3", "refuted"),
    ("integrate(1/x, x = -1..1) == 2*integrate(1/x, x = 0..1)", "undecided"),
    ("integrate(1/(2*x - 1), x = 0..1) == 0", "undecided"),
]


@pytest.mark.parametrize(("claim", "expected"), TABLE)
def test_matches(claim, expected):
    assert Session().run(f"let b > 0\ncheck {claim}")[-1].judged.truth.value == expected
