"""Inequalities that an increasing function, a limit at infinity or a derivative of a derivative decides."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session

pytestmark = [pytest.mark.usefixtures("undiagnosed"), pytest.mark.slow]

NAMES = "let n : positive integer\nlet d : size\nlet w, p > 0\nlet v : vector(d)\n"

PROVED = """
(1 + 1/n)^n < e
(1 + 1/n)^(n + 1) > e
cosh(x) <= exp(x^2/2)
w^w >= exp(-1/e)
log(sum(exp(v[i]), i = 1..d)) >= v[1]
(1 + w)^p <= exp(p*w)
n*log(1 + 1/n) < 1
atan(w) + 1/w > pi/2
sqrt(w^2 + 1) - w > 0
""".strip().splitlines()

REFUTED = """
w^3 < exp(w)
(1 + 1/n)^n <= 5/2
w^w >= exp(-1/3)
w*log(1 + 1/w) < 9/10
""".strip().splitlines()


def truth(claim):
    return Session().run(f"{NAMES}check {claim}")[-1].judged.truth.value


@pytest.mark.parametrize("claim", PROVED)
def test_proved(claim):
    assert truth(claim) == "proved"


@pytest.mark.parametrize("claim", REFUTED)
def test_refuted(claim):
    assert truth(claim) == "refuted"


OTHER_NAMES = "let u, v : real\nlet a, b, p, q > 0\n"

OTHERS = """
floor(u) + floor(v) <= floor(u + v)
floor(u + v) <= floor(u) + floor(v) + 1
floor(u) + floor(-u) <= 0
ceil(u + v) <= ceil(u) + ceil(v)
a^p*b^(1 - p) <= p*a + (1 - p)*b given p < 1
p*log(a) + q*log(b) <= log(p*a + q*b) given p + q == 1
p*q <= 1/4 given p + q == 1
-p*log(p) - q*log(q) <= log(2) given p + q == 1
""".strip().splitlines()


@pytest.mark.parametrize("claim", OTHERS)
def test_said_in_another_way(claim):
    assert Session().run(f"{OTHER_NAMES}check {claim}")[-1].judged.truth.value == "proved"


@pytest.mark.parametrize(
    "claim",
    [
        "floor(2*u) <= 2*floor(u)",
        "floor(u) + floor(-u) < 0",
        "p*q <= 1/5 given p + q == 1",
        "floor(u) + floor(v) >= floor(u + v)",
    ],
)
def test_said_in_another_way_and_refuted(claim):
    assert Session().run(f"{OTHER_NAMES}check {claim}")[-1].judged.truth.value == "refuted"


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("sin(x + y) == sin(z) given x + y + z == pi", "proved"),
        ("tan(x) + tan(y) + tan(z) == tan(x)*tan(y)*tan(z) given x + y + z == pi", "proved"),
        ("x*y <= 1/2 given x + y == sqrt(2)", "proved"),
        ("sin(x + y) == -sin(z) given x + y + z == pi", "refuted"),
        ("x*y <= 1/3 given x + y == sqrt(2)", "conditional"),
        ("exp(x) == e given x == 1", "proved"),
        ("sum(k^x, k = 1..3) == 14 given x == 2", "proved"),
        ("sum(k, k = 1..n) == 4 given n == 2", "refuted"),
        ("integrate(sin(x*t)*sin(y*t), t = 0..2*pi) == 0 given x == 1, y == 2", "proved"),
        ("sin(x*z) == sin(2*y*z) given x == 2*y", "proved"),
        ("sin(x*z) == sin(y*z) given x == 2*y", "refuted"),
        ("x == 1 given x == 1, x == 2", "undecided"),
        ("n > 0 given n == 1/2", "proved"),
        ("x == 1 given x*exp(y) == 5", "refuted"),
    ],
)
def test_names_that_are_not_rational_are_put_in(undiagnosed, claim, expected):
    assert Session().run(f"let x, y, z : real\ncheck {claim}")[-1].judged.truth.value == expected


@pytest.mark.parametrize(
    "claim",
    [
        "x > 0 given y == log(x)",
        "x != 2 given y == {1/(x - 2) if x > 0; 1 otherwise}",
        "x >= 1 given y == sqrt(x - 1)",
        "x^2 > 0 given y == 1/x",
        "abs(x) == x given y == sqrt(x)",
    ],
)
def test_what_is_put_in_has_a_value(undiagnosed, claim):
    assert Session().run(f"let x, y : real\ncheck {claim}")[-1].judged.truth.value == "proved"


def test_names_put_in_one_after_the_other_stand_in_the_counterexample(undiagnosed):
    found = Session().run("let a, b, c : real\ncheck sin(a) == 5 given a == exp(b), b == 3*c")[-1].judged
    assert found.counterexample.values == {"c": "1", "b": "3", "a": "e^3"}


def test_the_name_that_was_put_in_stands_in_the_counterexample(undiagnosed):
    found = Session().run("let x, y, z : real\ncheck sin(x + y) == -sin(z) given x + y + z == pi")[-1].judged
    assert set(found.counterexample.values) == {"x", "y", "z"}
