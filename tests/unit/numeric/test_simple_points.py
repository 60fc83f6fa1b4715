"""Steps that fail where an equation has solutions that no change of sign shows."""

from __future__ import annotations

from fractions import Fraction

import pytest

from twofold.engine.session import Session
from twofold.grammar.term import App, Symbol, num, var
from twofold.numeric.simple_points import simple_points

pytestmark = pytest.mark.usefixtures("undiagnosed")

FALSE = [
    "sqrt(x) == floor(y) => y != log(y)",
    "abs(x) == 0 => abs(x - y) == floor(y)",
    "x + y == floor(y) => x/y != -1",
    "floor(x) == y^2 and x - y == 0 => floor(x) == 1",
]
TRUE = ["abs(x) == 0 => abs(x - y) == abs(y)", "floor(x) == y^2 and x - y == 0 and x > 1/2 => floor(x) == 1"]


def verdict(step: str) -> str:
    return Session().run(f"let x, y : real\ncheck {step}")[-1].judged.truth.value


@pytest.mark.parametrize("step", FALSE)
def test_refuted(step: str) -> None:
    assert verdict(step) == "refuted"


@pytest.mark.parametrize("step", TRUE)
def test_not_refuted(step: str) -> None:
    assert verdict(step) in ("proved", "supported")


def test_points_keep_to_kinds_and_assumptions() -> None:
    n, x = Symbol("n", "integer"), Symbol("x")
    above = App("gt", (var(x), num(2)), (), "truth")
    found = list(simple_points([n, x], (above,), 7, 400))
    assert found
    assert all(Fraction(at[n]).denominator == 1 and at[x] > 2 for at in found)
    assert not list(simple_points([], (), 7, 10))
    assert not list(simple_points([Symbol("v", "real", (num(2), num(1)))], (), 7, 10))
