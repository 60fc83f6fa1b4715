"""Rational Taylor coefficients, and functions that have none."""

from __future__ import annotations

from fractions import Fraction as F

import pytest

from twofold.catalogue.resolve import Scope, resolve
from twofold.grammar.parse import parse_expression
from twofold.grammar.term import Symbol
from twofold.symbolic.calculus.power_series import coefficients

X = Symbol("x")


def found(text: str, at: int = 0, count: int = 4):
    return coefficients(resolve(parse_expression(text, "<test>"), Scope({"x": X})), X, F(at), count)


@pytest.mark.parametrize(
    ("text", "at", "wanted"),
    [
        ("exp(sin(x))", 0, [1, 1, F(1, 2), 0]),
        ("x/(exp(x) - 1)", 0, [1, F(-1, 2), F(1, 12), 0]),
        ("sin(x)/x", 0, [1, 0, F(-1, 6), 0]),
        ("(1 - cos(x))^3/x^6", 0, [F(1, 8), 0, F(-1, 32), 0]),
        ("log(x)", 1, [0, 1, F(-1, 2), F(1, 3)]),
        ("sqrt(4 + x)", 0, [2, F(1, 4), F(-1, 64), F(1, 512)]),
        ("(x + 8)^(2/3)", 0, [4, F(1, 3), F(-1, 144), F(1, 2592)]),
        ("cbrt(x - 9)", 1, [-2, F(1, 12), F(1, 288), F(5, 20736)]),
        ("(1 + x)^x", 0, [1, 0, 1, F(-1, 2)]),
        ("sqrt(x^2)", -1, [1, -1, 0, 0]),
        ("1/(2 - x)", 1, [1, 1, 1, 1]),
    ],
)
def test_coefficients(text: str, at: int, wanted: list[F]) -> None:
    assert found(text, at) == wanted


@pytest.mark.parametrize(
    "text", ["1/x", "sqrt(x)", "sqrt(x^2)", "abs(x)", "log(x)", "exp(x + 1)", "sqrt(2 + x)", "y*x", "sin(x)/x^2", "1/x^20*sin(x)"]
)
def test_what_has_no_rational_coefficients_is_left(text: str) -> None:
    assert found(text) is None
