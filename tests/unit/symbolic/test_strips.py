"""The cutting of regions: strips between curves, sectors between lines, one form for all values of a parameter."""

from __future__ import annotations

from fractions import Fraction

import pytest

from twofold.catalogue.display import show
from twofold.catalogue.method import NotApplicable
from twofold.catalogue.resolve import Scope, resolve
from twofold.grammar.parse import parse_expression
from twofold.symbolic.algebra.flint_matrices import Polynomials
from twofold.symbolic.context import Context
from twofold.symbolic.regions.coordinates import sectors
from twofold.symbolic.regions.curves import value
from twofold.symbolic.regions.given import Given
from twofold.symbolic.regions.region import Condition
from twofold.symbolic.regions.strips import Strips


def strips(text, names, given=(), *facts, strict=True):
    scope = Scope({})
    condition = resolve(parse_expression(text), scope)
    symbols = {s.name: s for s in scope.made.values()}
    order = [symbols[n] for n in (*given, *names)]
    ring = Polynomials(order)
    found = Condition(condition, ring)
    known = Given([symbols[n] for n in given], Context(tuple(resolve(parse_expression(f), scope) for f in facts)), strict)
    return Strips(ring, order, found.polynomials).uniform(
        lambda at: found.holds(lambda k: value(found.polynomials[k], at)), known
    )


def shown(found):
    def end(t):
        return "oo" if t is None else show(t)

    return [(s.name.name, end(s.lower), end(s.upper), *([shown(s.inside)] if s.inside else [])) for s in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x^2 + y^2 <= 1", [("x", "-1", "1", [("y", "-sqrt(1 - x^2)", "sqrt(1 - x^2)")])]),
        ("y >= x^2 and y <= x", [("x", "0", "1", [("y", "x^2", "x")])]),
        ("x*y < 1 and x > 0 and y > 0", [("x", "0", "oo", [("y", "0", "1/x")])]),
        (
            "abs(x) + y <= 1 and y >= 0",
            [("x", "-1", "0", [("y", "0", "x + 1")]), ("x", "0", "1", [("y", "0", "1 - x")])],
        ),
        ("y^3 <= x and y >= 0 and x <= 8", [("x", "0", "8", [("y", "0", "x^(1/3)")])]),
        ("x^2 + y^2 <= 1 or x^2 + y^2 >= 1", [("x", "oo", "oo", [("y", "oo", "oo")])]),
        ("x^2 + y^2 < 0", []),
        ("not (y < 0 or y > 1) and 0 <= x and x <= 2", [("x", "0", "2", [("y", "0", "1")])]),
    ],
)
def test_strips(text, expected):
    assert shown(strips(text, ["x", "y"])) == expected


def test_one_form_for_all_values_that_are_admitted():
    positive = strips("x^2 + y^2 <= a^2", ["x", "y"], ["a"], "a > 0")
    assert [row[:3] for row in shown(positive)] == [("x", "-a", "a")]
    with pytest.raises(NotApplicable, match="different forms"):
        strips("x^2 + y^2 <= 1 and x <= a", ["x", "y"], ["a"])


def test_single_values_with_another_form_are_set_apart():
    with pytest.raises(NotApplicable, match="single values"):
        strips("a*x <= 0 and 0 <= x and x <= 1 and 0 <= y and y <= 1", ["x", "y"], ["a"], "a >= 0")


def test_a_condition_that_is_no_polynomial_is_not_read():
    with pytest.raises(NotApplicable):
        strips("y <= sin(x)", ["x", "y"])


def test_sectors_go_round_once():
    found = sectors([(Fraction(1), Fraction(0)), (Fraction(1), Fraction(-1))])
    assert [(show(s.lower), show(s.upper)) for s in found] == [
        ("atan(1) - pi", "-pi/2"),
        ("-pi/2", "atan(1)"),
        ("atan(1)", "pi/2"),
        ("pi/2", "atan(1) - pi + 2*pi"),
    ]
    assert len(sectors([])) == 1
