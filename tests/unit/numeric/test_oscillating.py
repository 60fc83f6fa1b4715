"""Integrals of oscillating functions to infinity, in double precision, beside values known in closed form."""

from __future__ import annotations

from math import cos, exp, log, pi, sqrt

import numpy as np
import pytest

from twofold.catalogue.resolve import Scope, resolve
from twofold.grammar.parse import parse_expression
from twofold.grammar.term import Symbol
from twofold.numeric.evaluate import floats

A = Symbol("a")
KNOWN = {
    "integrate(sin(x)/x, x = 0..oo)": pi / 2,
    "integrate(sin(x)/x, x = oo..0)": -pi / 2,
    "integrate(sin(x)/x, x = -oo..0)": pi / 2,
    "integrate((sin(x)/x)^2, x = -oo..oo)": pi,
    "integrate(sin(x)^3/x^3, x = 0..oo)": 3 * pi / 8,
    "integrate((1 - cos(x))/x^2, x = 0..oo)": pi / 2,
    "integrate((cos(x) - cos(2*x))/x, x = 0..oo)": log(2),
    "integrate(cos(3*x)/(x^2 + 4), x = 0..oo)": pi / 4 * exp(-6),
    "integrate(cos(x)/(1 + x^2), x = -oo..oo)": pi / exp(1),
    "integrate(cos(x - 1)/(1 + x^2), x = -oo..oo)": pi / exp(1) * cos(1),
    "integrate(cos(x^2), x = 0..oo)": sqrt(pi / 8),
    "integrate(sin(x)/sqrt(x), x = 0..oo)": sqrt(pi / 2),
    "integrate(sin(a*x)/x, x = 0..oo)": pi / 2,
}


def value(text: str) -> float:
    return float(floats(resolve(parse_expression(text, "<test>"), Scope({"a": A})), [{A: 3}])[0])


@pytest.mark.parametrize("text", KNOWN)
def test_what_converges(text: str) -> None:
    assert value(text) == pytest.approx(KNOWN[text], rel=1e-8)


@pytest.mark.parametrize(
    "f", ["sin(x)", "x*cos(x)", "sin(x)^2/x", "sin(x)/x + 1/x", "exp(x)*sin(x)", "sin(x)*sin(sqrt(2)*x)/x", "sin(x)*(1 + 1/x)"]
)
def test_what_diverges_or_has_no_period_has_no_value(f: str) -> None:
    assert np.isnan(value(f"integrate({f}, x = 1..oo)"))
