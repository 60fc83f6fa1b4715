"""Claims about slopes of curves that an equation gives: they speak of the points of the curve."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session

pytestmark = pytest.mark.usefixtures("undiagnosed")

TABLE = [
    ("implicit_diff(x^2 + x*y + y^2 == 7, y, x) == -(2*x + y)/(x + 2*y)", "proved"),
    ("implicit_diff(x^2 + y^2 == 25, y, x, 2) == -25/y^3", "proved"),
    ("implicit_diff(x*y == 1, y, x) == -1/x^2", "proved"),
    ("implicit_diff(x^2 - y^2 - 1, y, x) == x/y", "proved"),
    ("implicit_diff(sin(x*y) == y, y, x) == y*cos(x*y)/(1 - x*cos(x*y))", "proved"),
    ("implicit_diff(x^2 + y^2 == 25, y, x) == x/y", "refuted"),
    ("implicit_diff(x*y == 1, y, x) == 1/x^2", "refuted"),
    ("implicit_diff(x^3 + y^3 == 6*x*y, y, x) == (2*y - x^2)/(y^2 + 2*x)", "refuted"),
    ("implicit_diff(x^2 + y^2 == -1, y, x) == x/y", "undecided"),
]


@pytest.mark.parametrize(("claim", "expected"), TABLE)
def test_slopes(claim, expected):
    assert Session().run(f"let x, y : real\ncheck {claim}")[-1].judged.truth.value == expected
