"""Claims that fail at a closed end of a range alone, where that is an irrational number."""

from __future__ import annotations

import pytest

from twofold.catalogue.goal import Goal
from twofold.catalogue.resolve import Scope, resolve
from twofold.engine.closed_ends import at_closed_ends
from twofold.engine.session import Session
from twofold.grammar.parse import parse_expression
from twofold.grammar.term import Symbol, num, var

pytestmark = pytest.mark.usefixtures("undiagnosed")

FALSE = [
    ("sum((-1)^(k + 1)*sin(k*x)/k, k = 1..oo) == x/2 given -pi < x, x <= pi", "pi"),
    ("sum(sin(k*x)/k, k = 1..oo) == (pi - x)/2 given 0 < x, x <= 2*pi", "2*pi"),
]
TRUE = [
    "sum((-1)^(k + 1)*sin(k*x)/k, k = 1..oo) == x/2 given -pi < x, x < pi",
    "sum(sin(k*x)/k, k = 1..oo) == (pi - x)/2 given 0 < x, x < 2*pi",
    "sum(sin(2*k*pi)/k, k = 1..oo) == 0",
    "sum(sin((2*k + 1)*pi)/(2*k + 1), k = 0..oo) == 0",
]


def judged(claim: str):
    return Session().run(f"check {claim}")[-1].judged


@pytest.mark.parametrize(("claim", "end"), FALSE)
def test_refuted_at_the_end(claim: str, end: str) -> None:
    found = judged(claim)
    assert found.truth.value == "refuted"
    assert found.counterexample.values == {"x": end}


@pytest.mark.parametrize("claim", TRUE)
def test_proved(claim: str) -> None:
    assert judged(claim).truth.value == "proved"


def test_a_series_of_sines_with_signs_vanishes_at_half_a_turn() -> None:
    assert judged("sum((-1)^k*sin(k*pi)/k, k = 1..oo) == 1/2").truth.value == "refuted"


@pytest.mark.parametrize(("bound", "ends"), [("x <= pi", 1), ("x < pi", 0), ("x <= 3", 0), ("x <= y", 0), ("sin(x) <= pi", 0)])
def test_only_closed_ends_that_are_irrational_numbers_are_looked_at(bound: str, ends: int) -> None:
    scope = Scope({n: Symbol(n) for n in "xy"})
    goal = Goal("<", var(scope.find("x")), num(4), (resolve(parse_expression(bound, ""), scope),), "real")
    assert len(at_closed_ends(goal)) == ends


@pytest.mark.parametrize(
    ("claim", "name", "value"),
    [
        ("sqrt(exp(im*t)) == exp(im*t/2) given -pi <= t <= 0", "t", "-pi"),
        ("log(exp(-im*pi*x)) == -im*pi*x given 0 <= x <= 1", "x", "1"),
        ("x*y*im == {1 if x == 0 and y == 0; x*y*im otherwise}", "y", "0"),
    ],
)
def test_claims_that_fail_at_one_place_are_refuted_in_the_complex_reading(claim: str, name: str, value: str) -> None:
    found = judged(claim)
    assert found.truth.value == "refuted"
    assert found.counterexample.values[name] == value


def test_points_on_a_cut_are_put_in() -> None:
    found = Session().run("let z : complex; check arg(z - conjugate(z)) < pi/2 given re(z) < 0")[-1].judged
    assert found.truth.value == "conditional"
    assert found.counterexample.values == {"z": "-1 + 1*im"}
