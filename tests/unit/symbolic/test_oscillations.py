"""Mellin transforms of the sine and the cosine: values, false values, and integrals that do not converge."""

from __future__ import annotations

import pytest

from twofold.catalogue.resolve import Scope, resolve
from twofold.grammar.parse import parse_expression
from twofold.grammar.term import Symbol, num
from twofold.symbolic.normal import converter
from twofold.symbolic.theorems.integrals import by_theorem

NAMES = {
    "a": Symbol("a", lower=num(0), open_lower=True),
    "s": Symbol("s", lower=num(0), upper=num(1), open_lower=True, open_upper=True),
    "q": Symbol("q"),
}

VALUES = [
    ("cos(x^2), x = -oo..oo", "sqrt(pi/2)"),
    ("cos(a*x)/sqrt(x), x = 0..oo", "sqrt(pi/(2*a))"),
    ("sin(x^3), x = 0..oo", "gamma(4/3)/2"),
    ("sin(x^2)/x, x = 0..oo", "pi/4"),
    ("sin(x)/x^(3/2), x = 0..oo", "sqrt(2*pi)"),
    ("x^(s - 1)*cos(x), x = 0..oo", "gamma(s)*cos(pi*s/2)"),
]
FALSE = [("sin(x^2), x = 0..oo", "sqrt(pi/2)"), ("x^(s - 1)*sin(x), x = 0..oo", "gamma(s)*cos(pi*s/2)")]
NONE = [
    "x*sin(x^2), x = 0..oo",
    "cos(x), x = 0..oo",
    "cos(x)/x, x = 0..oo",
    "sin(q*x^2), x = 0..oo",
    "sin(x)/x^2, x = 0..oo",
    "x^(q - 1)*cos(x), x = 0..oo",
]


def read(text):
    return resolve(parse_expression(text, "test"), Scope(dict(NAMES)))


@pytest.mark.parametrize(("integral", "value"), VALUES)
def test_values(integral, value):
    c = converter((), ())
    assert c.field.equal(c(by_theorem(read(f"integrate({integral})"), ())), c(read(value)))


@pytest.mark.parametrize(("integral", "value"), FALSE)
def test_false_values(integral, value):
    c = converter((), ())
    assert not c.field.equal(c(by_theorem(read(f"integrate({integral})"), ())), c(read(value)))


@pytest.mark.parametrize("integral", NONE)
def test_must_not_be_claimed(integral):
    assert by_theorem(read(f"integrate({integral})"), ()) is None
