"""Inequalities that fail far out or at one place alone, and neighbours that hold."""

from __future__ import annotations

from fractions import Fraction

import flint
import pytest
from flint import arb

import twofold
from twofold.catalogue.resolve import Scope, resolve
from twofold.grammar.parse import parse_expression
from twofold.numeric.evaluate import ball
from twofold.numeric.outcomes import CannotEvaluate, NoValue, Undefined

pytestmark = pytest.mark.slow

N, P = "let n : integer\n", "let n : positive integer\n"


def verdict(text: str) -> str | None:
    return twofold.Session(in_process=True).run(text)[-1].verdict


@pytest.mark.parametrize(
    "text",
    [
        P + "sum(1/k, k = 1..n) < 12",
        P + "sum(1/k, k = 1..n) <= log(n) + 0.5772157",
        P + "sum(1/k^2, k = 1..n) <= 1.6449",
        N + "cos(n) > -1 + 10^-9",
        P + "cos(n) < 9999/10000",
        P + "abs(sin(n)) > 10^-8",
        "cos(log(x)) < 1 given x > 2",
        "sin(x^2) < 1 given x > 100",
        "sin(1/x) < 1 given 0 < x < 1/1000",
        "sin(x^3) > -1 given x < -5",
        "cos(3*x + 1) < 1 given x > 50",
    ],
)
def test_refuted(text: str) -> None:
    assert verdict(text) == "refuted"


@pytest.mark.parametrize(
    "text",
    [P + "sum(1/k, k = 1..n) >= 1", N + "cos(n) > -1", "cos(log(x)) < 1 given 2 < x, x < 500", "sin(exp(-x)) < 1 given x > 0"],
)
def test_not_refuted(text: str) -> None:
    assert verdict(text) in ("proved", "supported")


def value(text: str):
    return ball(resolve(parse_expression(text, ""), Scope({})), {})


def test_long_sums_are_enclosed() -> None:
    with flint.ctx.workprec(128):
        harmonic = arb(10**12 + 1).digamma() - arb(1).digamma()
        assert arb(value("sum(1/k, k = 1..10^12)")).overlaps(harmonic)
        assert arb(value("sum(log(k), k = 1..10^6)")).overlaps(arb(10**6 + 1).lgamma())
    assert value("sum(k^3, k = -5..10^9)") == (10**9 * (10**9 + 1) // 2) ** 2 - 225
    exact = sum(Fraction(1, k * k + 1) for k in range(-30_000, 100))
    assert arb(value("sum(1/(k^2 + 1), k = -30000..99)")).overlaps(arb(flint.fmpq(exact.numerator, exact.denominator)))


@pytest.mark.parametrize(
    "body",
    ["floor(k/2)", "indicator(k == 777)", "abs(k - 5000)", "(-1)^k", "mod(k, 3)", "1/(k - 5000)", "gcd(k, 6)", "sign(k - 10^4)"],
)
def test_long_sums_of_what_is_not_smooth_are_left(body: str) -> None:
    with pytest.raises(NoValue) as reason:
        value(f"sum({body}, k = 1..10^6)")
    assert not isinstance(reason.value, Undefined)


def test_the_kind_of_the_reason() -> None:
    with pytest.raises(CannotEvaluate):
        value("sum((-1)^k/k, k = 1..10^6)")
