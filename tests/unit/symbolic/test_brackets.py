"""Definite integrals by the bracket of a direct antiderivative: values, and integrals that it must leave."""

from __future__ import annotations

import cmath
import math

import mpmath
import pytest

from twofold.catalogue.display import show
from twofold.catalogue.resolve import Scope, resolve
from twofold.grammar.parse import parse_expression
from twofold.grammar.term import free_symbols
from twofold.symbolic.context import Context
from twofold.symbolic.definite.brackets import _corners, by_bracket
from twofold.symbolic.term_floats import dilogarithm, program
from twofold.symbolic.work import work


def read(text):
    return resolve(parse_expression(f"integrate({text})", "test"), Scope({}))


VALUES = {
    "sin(x)^6, x = 0..2*pi": "5*pi/8", "x^4*(1 - x)^4/(1 + x^2), x = 0..1": "(22 - 7*pi)/7", "sqrt(4 - x^2), x = -2..2": "2*pi", "1/x, x = 1..3": "log(3)",
    "1/(2 + cos(x)), x = 0..2*pi": "2*sqrt(3)*pi/3", "log(1 + x)/x, x = 0..1": "pi^2/12", "abs(x - 1), x = 0..3": "5/2", "x^2, x = 2..1": "-7/3",
    "log(cos(x)), x = 0..pi/4": "(polygamma(1, 1/4) - pi^2 - 4*pi*log(2))/16", "atan(x)/x, x = 0..1": "(polygamma(1, 1/4) - pi^2)/8",
}  # fmt: skip


@pytest.mark.parametrize("text", VALUES)
def test_values(text):
    term = read(text)
    assert by_bracket(term, Context()) is not None
    assert show(work(term, Context())) == VALUES[text]


@pytest.mark.parametrize(
    "text",
    [
        "1/x, x = -1..1", "1/(x - 2)^2, x = 0..3", "tan(x), x = 0..2", "sec(x)^2, x = 0..pi", "1/(x^2 - 1), x = -2..2", "sin(sin(x)), x = 0..1", "exp(-x), x = 0..oo",
        "a*x, x = 0..1", "log(x), x = -1..1", "1/(x*log(x)), x = 1/2..2", "1/x^3, x = -1..1",
    ],
)  # fmt: skip
def test_left(text):
    assert by_bracket(read(text), Context()) is None


@pytest.mark.parametrize("z", [0.3, -0.7, -5.0, 0.999, 3.0, 1j, 0.5 + 0.5j, -2 - 3j, 4 - 0.1j, cmath.exp(1j), cmath.exp(3j)])
def test_dilogarithm(z):
    assert abs(dilogarithm(complex(z)) - complex(mpmath.polylog(2, z))) < 1e-13 * (1 + abs(z))


def test_programs_share_parts_and_miss_values():
    resolved = resolve(
        parse_expression("[log(x), x^2 + log(x), im(polylog(2, im*x)), {1/x if x > 0; x otherwise}]", "test"), Scope({})
    )
    entries = list(resolved.rows[0])
    made = program(entries)
    x = made._inputs[0][1]
    values = made.values({x: 2.0})
    assert values[0] == math.log(2)
    assert values[1] == 4 + math.log(2)
    assert values[3] == 0.5
    assert made.values({x: 0.0})[0] is None
    assert abs(made.values({x: -1.0})[0] - 1j * math.pi) < 1e-15


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("abs(x - 1)", [1]),
        ("max(x, 1 - x)*sign(x - 2)", [0.5, 2]),
        ("abs(x^2 - 2)", [2**0.5]),
        ("abs(x + 5)", []),
        ("x^2", []),
    ],
)
def test_corners_are_found(term, text, places):
    body = term(text)
    (x,) = free_symbols(body)
    assert sorted(_corners(body, x, 0.0, 3.0)) == pytest.approx(places, abs=1e-12)
