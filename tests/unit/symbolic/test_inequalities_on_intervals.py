"""Inequalities in one name by turning points, by derivatives at an end, and between two ends."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session

pytestmark = pytest.mark.usefixtures("undiagnosed")

PROVED = """
x*exp(-x) <= 1/e
w*log(w) >= -1/e
x*exp(-a*x) <= 1/(a*e)
log(w)/w <= 1/e
log(w)/w^2 <= 1/(2*e)
w + a/w >= 2*sqrt(a)
exp(x) > 2*x
w*log(w) >= -2/5
a*exp(x) - x >= 1 + log(a)
x^2*exp(-x^2) <= 1/e
w*exp(-w^2) <= 1/sqrt(2*e)
(x^2 - 1)/(x^2 + 1)^2 <= 1/8
sin(x) >= 2*x/pi given 0 < x < pi/2
sin(x) > 2*x/pi given 0 < x < pi/2
tan(x) >= x given 0 < x < pi/2
sin(x) + tan(x) >= 2*x given 0 < x < pi/2
cos(x) >= 1 - 2*x/pi given 0 <= x <= pi/2
cos(x) <= 1 - x^2/2 + x^4/24 given 0 < x < 1
2^x <= 1 + x given 0 <= x <= 1
asin(x) <= pi*x/2 given 0 <= x <= 1
log(1 + x) >= x*log(2) given 0 <= x <= 1
x - 2*sin(x) >= pi/3 - sqrt(3) given 0 <= x <= pi
x^3 - 3*x <= 2 given x <= 2
exp(x) - x^2 > 0 given x > 0
x*exp(-x) == 1/e <=> x == 1
w*log(w) == -1/e <=> w == 1/e
exp(x) == e*x <=> x == 1
""".strip().splitlines()

REFUTED = """
x*exp(-x) < 1/e
w*log(w) > -1/e
b*log(b) > -1/e
log(x)/x < 1/e given x >= e
sin(x) >= 2*x/pi given 0 < x < pi
sin(x) > 2*x/pi given 0 <= x < pi/2
2^x <= 1 + x given 0 <= x <= 2
tan(x) >= x given 0 < x < pi
x^3 - 3*x <= 2 given x <= 3
x^2*exp(-x^2) <= 1/3
x*exp(-x) == 1/3 <=> x == 1/2
x^2*exp(-x) == 4/e^2 <=> x == 2
1 - sqrt((x - 1)^2) >= 0 given 0 < x < 5
2 - asin(sin(x)) >= x given 0 <= x <= 3
1 - abs(x) >= 0 given -1 < x < 3
1/x >= -5 given -1 < x < 1
w^2*exp(-w) <= 1/2
""".strip().splitlines()


def verdict(claim):
    return Session().run(f"let a, w > 0\nlet b in [0, 1]\ncheck {claim}")[-1].judged


@pytest.mark.parametrize("claim", PROVED)
def test_proved(claim):
    found = verdict(claim)
    assert found.truth.value == "proved" and not found.conditions


@pytest.mark.parametrize("claim", REFUTED)
def test_not_proved(claim):
    assert verdict(claim).truth.value in ("refuted", "conditional", "undecided")


def test_the_counterexample_of_a_strict_inequality_is_where_it_is_an_equation():
    found = verdict("w*log(w) > -1/e").counterexample
    assert found.certified and found.values == {"w": "1/e"}


def test_exponents_that_do_not_fit_are_no_fault() -> None:
    """FLINT gives up on factoring exp(10^30) as a power."""
    (row,) = Session().run("check acosh(cosh(x - 10^30)) >= 10^30 - x")
    assert row.judged is not None and row.judged.truth.value != "refuted"
