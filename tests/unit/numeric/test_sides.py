"""Points on sides of branches that the first points miss."""

from __future__ import annotations

import pytest

from twofold.catalogue.resolve import Scope, resolve
from twofold.grammar.parse import parse_expression
from twofold.grammar.term import Symbol
from twofold.numeric.sides import sides
from twofold.numeric.valuation import draw

X = Symbol("x")


def found(text: str, points):
    t = resolve(parse_expression(text, "<test>"), Scope({"x": X}))
    return sides(t, t, [X], (), 7, points)


@pytest.mark.parametrize(
    ("text", "beyond"),
    [
        ("asin(sin(atanh(x)))", lambda x: 0.917 < abs(x) < 1),
        ("abs(x - 20)", lambda x: x > 20),
        ("max(x, 30)", lambda x: x > 30),
        ("{1 if x < 50; 0 otherwise}", lambda x: x > 50),
    ],
)
def test_a_side_that_was_missing_is_met(text: str, beyond) -> None:
    near = [p for p in draw([X], (), 7, 64) if abs(p[X]) < 0.9]
    assert any(beyond(p[X]) for p in found(text, near))


@pytest.mark.parametrize("text", ["x^2 + 1", "abs(x)", "sum(abs(k - 9), k = 1..3)", "asin(x)"])
def test_nothing_is_added_where_no_side_is_missing(text: str) -> None:
    assert found(text, draw([X], (), 7, 64)) == []
