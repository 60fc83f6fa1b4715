"""Certified integrals, sums, limits and derivatives through them; and the same in floats."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction

import numpy as np
import pytest
from flint import arb

from twofold.numeric.evaluate import CannotEvaluate, NoValue, Undefined, ball, floats

INTEGRALS = [
    ("integrate(x^2, x = 0..1)", "1/3"),
    ("integrate(x^2, x = 1..0)", "-1/3"),
    ("integrate(sin(x)/x, x = 0..1)", "Si(1)"),
    ("integrate(sqrt(x^2), x = -1..1)", "1"),
    ("integrate(abs(x - 3/10), x = 0..1)", "29/100"),
    ("integrate({x if x < 1/3; 1 otherwise}, x = 0..1)", "13/18"),
    ("integrate(floor(x), x = 0..3)", "3"),
    ("integrate(log(x), x = 0..1)", "-1"),
    ("integrate(1/sqrt(x), x = 0..1)", "2"),
    ("integrate(1/sqrt(1 - x^2), x = -1..1)", "pi"),
    ("integrate(exp(-x^2), x = -oo..oo)", "sqrt(pi)"),
    ("integrate(exp(-1000*(x - 7)^2), x = -oo..oo)", "sqrt(pi/1000)"),
    ("integrate(1/(1 + x^2), x = -oo..oo)", "pi"),
    ("integrate(log(1 + 1/x^2), x = 1..oo)", "pi/2 - log(2)"),
    ("integrate(log(x)*exp(-x), x = 0..oo)", "digamma(1)"),
    ("integrate(x^2/(exp(x) - 1), x = 0..oo)", "2*zeta(3)"),
    ("integrate(Phi(-x), x = 0..oo)", "1/sqrt(2*pi)"),
    ("integrate(integrate(x*b, x = 0..b), b = 0..1)", "1/8"),
    ("diff(integrate(exp(-t^2), t = 0..a), a)", "exp(-a^2)"),
    ("diff(integrate(exp(-a*x), x = 0..oo), a)", "-1/a^2"),
    ("diff(integrate(exp(-x^2*a), x = 0..a), a, 2)", "diff(sqrt(pi/a)*erf(a^(3/2))/2, a, 2)"),
    ("bracket(x*log(x) - x, x = 0..1)", "-1"),
    ("bracket(exp(-x), x = 0..oo)", "-1"),
]
SUMS = [
    ("sum(1/2^k, k = 0..oo)", "2"),
    ("sum(a^k/factorial(k), k = 0..oo)", "exp(a)"),
    ("sum(1/k^2, k = 1..oo)", "pi^2/6"),
    ("sum((-1)^k/k, k = 1..oo)", "-log(2)"),
    ("sum((-1)^k/(2k + 1), k = 0..oo)", "pi/4"),
    ("sum(exp(-k^2), k = -oo..oo)", "1 + 2*sum(exp(-k^2), k = 1..12)"),
    ("sum(1/(k^2 + 1), k = -oo..oo)", "pi*coth(pi)"),
    ("sum(binomial(2k, k)*(1/5)^k, k = 0..oo)", "sqrt(5)"),
    ("prod(1 + 1/k^2, k = 1..oo)", "sinh(pi)/pi"),
    ("diff(sum((a/3)^k, k = 0..oo), a)", "3/(3 - a)^2"),
]
LIMITS = [
    ("limit(sin(x)/x, x -> 0)", "1"),
    ("limit((1 + 1/x)^x, x -> oo)", "e"),
    ("limit((exp(x) - 1 - x)/x^2, x -> 0)", "1/2"),
    ("limit(x*log(x), x -> 0+)", "0"),
    ("limit(abs(x)/x, x -> 0-)", "-1"),
    ("limit((x^2 - 1)/(x - 1), x -> 1)", "2"),
    ("limit(x*(sqrt(x^2 + 1) - x), x -> oo)", "1/2"),
    ("limit(gamma(x + 1/2)/(gamma(x)*sqrt(x)), x -> oo)", "1"),
    ("limit(atan(x), x -> -oo)", "-pi/2"),
]

BEYOND_DOUBLES = {"integrate(1/sqrt(1 - x^2), x = -1..1)", "bracket(x*log(x) - x, x = 0..1)"}


@pytest.mark.parametrize(("text", "value"), INTEGRALS + SUMS + LIMITS)
def test_enclosures_hold_the_value(term, at, text: str, value: str) -> None:
    point = at(a=2)
    out, expected = arb(ball(term(text), point, seconds=20)), arb(ball(term(value), point, 128, seconds=20))
    assert out.overlaps(expected)
    assert out.rad() < arb("1e-11")


@pytest.mark.parametrize(("text", "value"), [r for r in INTEGRALS + SUMS if r[0] not in BEYOND_DOUBLES])
def test_floats_agree(term, at, text: str, value: str) -> None:
    points = [at(a=2), at(a=Fraction(5, 2))]
    assert floats(term(text), points) == pytest.approx(floats(term(value), points), rel=3e-8)


@pytest.mark.parametrize("text", sorted(BEYOND_DOUBLES))
def test_floats_say_when_they_do_not_know(term, at, text: str) -> None:
    assert np.isnan(floats(term(text), [at(a=2)])).all()


@pytest.mark.parametrize(
    "text",
    [
        "integrate(1/x, x = 1..oo)",
        "sum(1/k, k = 1..oo)",
        "sum((-1)^k, k = 0..oo)",
        "limit(sin(x), x -> oo)",
        "integrate(sin(x)^2/x, x = 1..oo)",
        "sum(a^k, k = 0..oo)",
    ],
)
def test_what_is_not_shown_to_converge_has_no_certified_value(term, at, text: str) -> None:
    with pytest.raises(CannotEvaluate):
        ball(term(text), at(a=2))
    with suppress(NoValue):
        assert np.isnan(floats(term(text), [at(a=2)])).all()


def test_an_interior_singularity_is_not_integrated_over(term, at) -> None:
    with pytest.raises(NoValue):
        ball(term("integrate(1/x, x = -1..1)"), {})
    assert np.isnan(floats(term("integrate(1/x, x = -1..1)"), [{}])).all()


def test_limits_from_both_sides_must_agree(term) -> None:
    with pytest.raises(Undefined):
        ball(term("limit(atan(1/x), x -> 0)"), {})


def test_what_converges_by_cancelling_alone_has_no_certified_value(term) -> None:
    with pytest.raises(CannotEvaluate):
        ball(term("integrate(sin(x)/x, x = 0..oo)"), {})
