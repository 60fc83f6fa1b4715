"""Integrals over regions in double precision, beside their known values; what is not met or not reached is NaN."""

from __future__ import annotations

import math

import numpy as np
import pytest

from twofold.catalogue.resolve import Scope, resolve
from twofold.grammar.parse import parse_expression
from twofold.numeric.evaluate import floats


def number(text):
    return float(floats(resolve(parse_expression(text), Scope({})), [{}])[0])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("integrate(1, [x, y], subject_to = {x^2 + y^2 <= 1})", math.pi),
        ("integrate(x^2*y^2, [x, y], subject_to = {x^2 + y^2 <= 1})", math.pi / 24),
        ("integrate(x*y, [x, y], subject_to = {x^2 <= y, y <= x})", 1 / 24),
        ("integrate(abs(x - y), x = 0..1, y = 0..1, subject_to = {x + y <= 1})", 1 / 6),
        ("integrate(1, [x, y], subject_to = {x^4 + y^4 <= 1})", math.gamma(0.25) ** 2 / (2 * math.sqrt(math.pi))),
        ("integrate(1, [x, y], subject_to = {sin(x) <= y, y <= 1, 0 <= x, x <= pi})", math.pi - 2),
        ("integrate(1, [x, y], subject_to = {(x - 17)^2 + (y - 3)^2 <= 1/10^4})", math.pi / 10**4),
        ("integrate(1, [x, y], subject_to = {x*y <= 1, 1 <= x, x <= 3, y >= 0})", math.log(3)),
        ("integrate({1 if not (sqrt(x) <= y); 0 otherwise}, x = -1..1, y = 0..1)", 2 / 3),
        ("integrate(1, x = 0..1, y = 0..1, subject_to = {x <= x, x + y < 1})", 1 / 2),
        ("integrate(1, [x, y], subject_to = {0 <= y, y <= -x, 0 <= x, x <= 1})", 0),
        ("integrate(1, [x, y], subject_to = {x^2 + y^2 <= -1})", 0),
        ("integrate(exp(-x^2 - y^2), [x, y], subject_to = {y >= 0})", math.pi / 2),
    ],
)
def test_values(text, value):
    assert number(text) == pytest.approx(value, rel=1e-9)


@pytest.mark.parametrize(
    "text",
    [
        "integrate(1, [x, y], subject_to = {(x - 10^4)^2 + (y - 300)^2 <= 1/100})",
        "integrate(1, [x, y], subject_to = {x >= 0})",
        "integrate((x^2 - y^2)/(x^2 + y^2)^2, x = 0..1, y = 0..1, subject_to = {x + y <= 1})",
    ],
)
def test_what_is_missed_or_does_not_converge_has_no_value(text):
    assert np.isnan(number(text))


def test_several_points_at_once():
    scope = Scope({})
    term = resolve(parse_expression("integrate(1, [x, y], subject_to = {x^2 + y^2 <= a^2})"), scope)
    a = scope.made["a"]
    found = floats(term, [{a: 1}, {a: 2}, {a: 3}])
    assert found == pytest.approx([math.pi, 4 * math.pi, 9 * math.pi], rel=1e-9)
