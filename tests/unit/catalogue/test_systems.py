"""Equations among the arguments of a call mean the same wherever they stand, and `dsolve` finds what it is asked for."""

import pytest

from twofold.catalogue.display import show
from twofold.catalogue.resolve import Scope, resolve
from twofold.core.diagnostic import TwofoldError
from twofold.grammar.parse import parse_expression

SAME = {
    "solve({x + y == 3, x - y == 1}, [x, y])": [
        "solve(x + y == 3, x - y == 1, [x, y])",
        "solve([x + y == 3, x - y == 1], [x, y])",
        "solve([x, y], x + y == 3, x - y == 1)",
    ],
    "maximize(x*y, [x, y], subject_to = {x + y == 10})": ["maximize(x*y, [x, y], {x + y == 10})"],
    "maximize(x*y, [x, y], subject_to = {x + y == 10, x > 0})": [
        "maximize(x*y, [x, y], x + y == 10, x > 0)",
        "maximize(x*y, x + y == 10, x > 0, [x, y])",
        "maximize(x*y, [x, y], [x + y == 10, x > 0])",
    ],
    "lagrange(x*y, x + y == 2, [x, y])": ["lagrange(x*y, [x, y], x + y == 2)"],
    "dsolve({y' == y, y(0) == 1}, y(x))": [
        "dsolve(y' == y, y(0) == 1)",
        "dsolve(y' == y, y(0) == 1, y(x))",
        "dsolve(y' == y, y(x), y(0) == 1)",
        "dsolve(y' == y, y(0) == 1, y, x)",
        "dsolve({y' == y, y(0) == 1}, y)",
    ],
    "dsolve({x' == y, y' == -x}, [x(t), y(t)])": ["dsolve(x' == y, y' == -x)", "dsolve(x' == y, y' == -x, (x(t), y(t)))"],
    "dsolve(v'(t) == g*t, v(t))": ["dsolve(v'(t) == g*t)", "dsolve(v' == g*t)"],
}


def resolved(text: str) -> str:
    return show(resolve(parse_expression(text, ""), Scope({})))


@pytest.mark.parametrize(("text", "other"), [(text, other) for text, others in SAME.items() for other in others])
def test_the_same_system(text: str, other: str) -> None:
    assert resolved(other) == resolved(text)


def test_a_variable_in_a_range_is_no_condition() -> None:
    assert resolved("minimize(x^2, x in [1, 2])") == "minimize(x^2, x in [1, 2])"


def test_a_condition_by_name_and_another_by_place_are_too_many() -> None:
    with pytest.raises(TwofoldError) as raised:
        resolved("maximize(x*y, [x, y], x + y == 1, subject_to = {x > 0})")
    assert raised.value.diagnostic.code == "wrong-arity"
