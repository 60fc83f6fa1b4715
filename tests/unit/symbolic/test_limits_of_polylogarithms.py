"""Limits with dilogarithms: at 0, at 1, at -infinity and elsewhere before 1."""

from __future__ import annotations

import pytest

from twofold.catalogue.resolve import Scope, resolve
from twofold.grammar.parse import parse_expression
from twofold.symbolic.normal import converter
from twofold.symbolic.normal.limits import limit

VALUES = [
    ("limit((polylog(2, x) - x - x^2/4)/x^3, x -> 0)", "1/9"),
    ("limit(polylog(3, x)/x, x -> 0)", "1"),
    ("limit(polylog(2, 1 - exp(-x)), x -> oo)", "pi^2/6"),
    ("limit((polylog(2, x) - pi^2/6)/((1 - x)*log(1 - x)), x -> 1-)", "1"),
    ("limit(polylog(2, -x) + log(x)^2/2, x -> oo)", "-pi^2/6"),
    ("limit((polylog(2, 1/2 + x) - polylog(2, 1/2) - 2*log(2)*x)/x^2, x -> 0)", "2 - 2*log(2)"),
    ("limit((polylog(2, -1 + x) + pi^2/12)/x, x -> 0)", "log(2)"),
]
NONE = ["limit(polylog(2, x), x -> oo)", "limit(polylog(2, 1 + x), x -> 0+)", "limit(polylog(3, -x), x -> oo)"]


def read(text):
    return resolve(parse_expression(text, "test"), Scope({}))


@pytest.mark.parametrize(("text", "value"), VALUES)
def test_values(text, value):
    c = converter((), ())
    assert c.field.equal(limit(c, read(text)), c(read(value)))


@pytest.mark.parametrize("text", NONE)
def test_must_not_be_claimed(text):
    assert limit(converter((), ()), read(text)) is None
