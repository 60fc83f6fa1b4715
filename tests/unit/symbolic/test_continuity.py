"""Which terms are called continuous, which are said to keep their sign, and which must not be."""

from __future__ import annotations

import pytest

from twofold.catalogue.resolve import Scope, resolve
from twofold.grammar.parse import parse_expression
from twofold.grammar.term import Symbol, num
from twofold.symbolic.normal import converter
from twofold.symbolic.theorems.continuity import ANALYTIC, is_continuous, is_made_of, keeps_its_sign

NAMES = {
    "x": Symbol("x"),
    "y": Symbol("y"),
    "a": Symbol("a", lower=num(0), open_lower=True),
    "n": Symbol("n", "integer", lower=num(0)),
    "m": Symbol("m", "integer"),
    "z": Symbol("z", "complex"),
    "f": Symbol("f", "function", arity=1),
    "v": Symbol("v", shape=(2,)),
}


def read(text):
    return resolve(parse_expression(text), Scope(dict(NAMES)))


def knowing(*facts):
    return converter((), tuple(map(read, facts)))


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("x^2*y - 3*x", ()),
        ("sqrt(x^2 + y^2)", ()),
        ("1/(1 + x^2)", ()),
        ("1/x", ("x >= 1",)),
        ("log(x)", ("x >= 1",)),
        ("sqrt(1 - x)", ("x <= 1",)),
        ("tan(x)", ("x >= 0", "x <= 1")),
        ("asin(x)", ("x >= -1", "x <= 1")),
        ("x^(1/3)", ("x >= 0",)),
        ("2^x", ()),
        ("(1 + x^2)^y", ()),
        ("x^sqrt(2)", ("x >= 0",)),
        ("x^a", ("x >= 0",)),
        ("x^n", ()),
        ("x^m", ("x <= -1",)),
        ("exp(im*x)*cos(z*y)", ()),
        ("e^(im*x)", ()),
        ("1/(x^2 + 1)*erf(z)^2", ()),
    ],
)
def test_continuous(text, facts):
    assert is_continuous(knowing(*facts), read(text))


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("1/x", ()),
        ("1/x", ("x >= 0",)),
        ("sin(x)/x", ("x >= -1",)),
        ("log(x)", ("x >= 0",)),
        ("tan(x)", ("x >= 0", "x <= 2")),
        ("atanh(x)", ("x >= -1", "x <= 1")),
        ("floor(x)", ()),
        ("sign(x)", ()),
        ("{1 if x > 0; 0 otherwise}", ()),
        ("x^y", ("x >= 0", "y >= 0")),
        ("x^y", ()),
        ("0^x", ("x >= 0",)),
        ("x^m", ("x >= 0",)),
        ("x^(-n)", ()),
        ("x^(-sqrt(2))", ("x >= 0",)),
        ("x^a", ()),
        ("(-1)^x", ()),
        ("x^z", ("x >= 0",)),
        ("x*oo", ()),
    ],
)
def test_what_is_not_continuous_is_not_called_so(text, facts):
    assert not is_continuous(knowing(*facts), read(text))


@pytest.mark.parametrize(
    "text",
    [
        "atan(x + 2*im)",
        "asinh(z*x)",
        "tanh(im*x)",
        "sigmoid(z)",
        "(1 - exp(im*x))^(1/2)",
        "log(x + im)",
        "1/(1 + exp(z))",
        "(1 + exp(z))^(-2)",
        "exp(z)^x",
    ],
)
def test_real_continuity_says_nothing_about_complex_numbers(text):
    assert not is_continuous(knowing(), read(text))


@pytest.mark.parametrize("text", ["f(x)", "integrate(f(x), x = 0..y)", "v[1]*x", "abs(x)"])
def test_continuity_is_not_claimed_of_what_is_not_among_the_operations(text):
    assert not is_continuous(knowing(), read(text)) and not is_made_of(read(text), ANALYTIC)


def test_other_operations_may_be_admitted():
    assert is_continuous(knowing(), read("abs(x)*sin(x)"), ANALYTIC | {"abs"})
    assert not is_continuous(knowing(), read("1/abs(x)"), ANALYTIC | {"abs"})


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("x^2 + y^2", ()),
        ("-x^2", ()),
        ("x*y", ("x >= 0", "y >= 0")),
        ("x*y", ("x <= 0", "y >= 0")),
        ("exp(x)/(1 + y^2)", ()),
        ("1/x", ("x > 0",)),
        ("1/x^2", ()),
        ("x - x", ()),
    ],
)
def test_one_sign(text, facts):
    assert keeps_its_sign(knowing(*facts), read(text))


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("x", ()),
        ("x*y", ("x >= 0",)),
        ("x - y", ("x >= 0", "y >= 0")),
        ("1/x", ()),
        ("sin(x)", ("x >= 0",)),
        ("exp(z)", ()),
        ("f(x)", ()),
    ],
)
def test_one_sign_is_not_claimed(text, facts):
    assert not keeps_its_sign(knowing(*facts), read(text))
