"""Conditions that sines, cosines, exponentials and logarithms below a line, under a root or in a logarithm ask for."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session


def conditions(text):
    found = Session().run(text)[-1]
    assert str(found.to_dict()["verdict"]) == "proved"
    return list(found.to_dict().get("conditions", ()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sin(x)/sin(x) == 1", ["sin(x) != 0"]),
        ("sin(3x)/sin(x) == 3 - 4sin(x)^2", ["sin(x) != 0"]),
        ("cot(x)*tan(x) == 1", ["sin(2*x) != 0"]),
        ("tan(x/2) == (1-cos(x))/sin(x)", ["sin(x/2) != 0"]),
        ("sin(x)/(1-cos(x)) == (1+cos(x))/sin(x)", ["cos(x/2) != 0"]),
        ("sin(x)/(sin(x)*(1+cos(x))) == 1/(1+cos(x))", ["sin(x/2) != 0"]),
        ("sin(x-y)/sin(x-y) == 1", ["sin(x - y) != 0"]),
        ("coth(x)*tanh(x) == 1", ["x != 0"]),
        ("(exp(2x)-1)/(exp(x)-1) == exp(x)+1", ["x != 0"]),
        ("x*log(x)/log(x) == x", ["x > 0", "x != 1"]),
        ("log(sin(x)^2) == 2log(sin(x))", ["sin(x) > 0"]),
        ("log(sin(x)*cos(x)) == log(sin(x))+log(cos(x))", ["sin(x) > 0", "cos(x) > 0"]),
    ],
)
def test_what_one_side_asks_for_is_a_condition(text, expected):
    assert conditions(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "sin(x+y)/(cos(x)*cos(y)) == tan(x)+tan(y)",  # both sides ask for the same
        "x/(x*(exp(x)-1)) == 1/(exp(x)-1)",
        "1/log(x) == log(x)/log(x)^2",
        "sqrt(1-cos(x)) == sqrt(2)*abs(sin(x/2))",  # what is nowhere negative asks for nothing under a root
        "x*sin(1)/sin(1) == x",  # numbers that are not 0
        "x*(log(2)-1)/(log(2)-1) == x",
        "let t in (0, pi)\nsin(t)/sin(t) == 1",  # no zero in the range
        "let t in (0, pi/2)\ntan(t)/tan(t) == 1",
        "let t in (pi, 2pi)\nsin(t)/sin(t) == 1",
    ],
)
def test_what_always_holds_is_none(text):
    assert not conditions(text)


def test_an_end_at_a_zero_is_not_between_zeros():
    assert conditions("let t in [0, pi/2]\ntan(t)*cos(t) == sin(t)") == ["cos(t) != 0"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("diff(log(x), x) == 1/x", ["x > 0"]),
        ("diff(log(x-1) + log(x+1), x) == 2x/(x^2-1)", ["x > 1"]),
        ("diff(acosh(x), x) == 1/sqrt(x^2-1)", ["x > 1"]),
        ("diff(x^2/x, x) == 1", ["x != 0"]),
        ("diff(sqrt(x), x) == 1/(2sqrt(x))", []),  # no slope at the end of the domain
        ("diff(tan(x), x) == 1 + tan(x)^2", []),
        ("let x > 0\ndiff(log(x), x) == 1/x", []),
    ],
)
def test_a_derivative_asks_for_what_is_differentiated(text, expected):
    assert conditions(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cbrt(x)/cbrt(x) == 1", ["x != 0"]),
        ("let n : size\nx^n/x^n == 1", ["x != 0"]),
        ("sqrt(x^2-1)/sqrt(x^2-1) == 1", ["x^2 - 1 > 0"]),
        ("1/cbrt(x) == cbrt(x)^2/x", []),
    ],
)
def test_roots_and_powers_are_zero_where_their_bases_are(text, expected):
    assert conditions(text) == expected
