"""Limits of sequences with powers of what may be negative."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session

pytestmark = pytest.mark.usefixtures("undiagnosed")

NAMES = "let x : real\nlet r in (-1, 1)\nlet m : positive integer\n"

TABLE = [
    ("limit(r^n, n -> oo) == 0", "proved"),
    ("limit((-r)^n, n -> oo) == 0", "proved"),
    ("limit(n^2*r^n, n -> oo) == 0", "proved"),
    ("limit(x^n, n -> oo) == 0 given abs(x) < 1", "proved"),
    ("limit((1 - r^(n + 1))/(1 - r), n -> oo) == 1/(1 - r)", "proved"),
    ("limit(abs((-1)^m*m/(m^2 + 1)), m -> oo) == 0", "proved"),
    ("limit(abs((x^(n + 1)/(n + 1))/(x^n/n)), n -> oo) == abs(x)", "proved"),
    ("limit(x^n, n -> oo) == 0", "refuted"),
    ("limit(r^n + 1, n -> oo) == 0", "refuted"),
    ("limit((-1)^n, n -> oo) == 1", "undecided"),
    ("limit(r^(-n), n -> oo) == 0", "undecided"),
    ("limit(n*(-1)^n/(n + 1), n -> oo) == 1", "undecided"),
]


@pytest.mark.parametrize(("claim", "expected"), TABLE)
def test_sequences(claim, expected):
    assert Session().run(f"{NAMES}check {claim}")[-1].judged.truth.value == expected


@pytest.mark.parametrize(
    ("declared", "text", "exact", "conditions"),
    [
        ("", "limit(a^n, n -> oo)", "{oo if a > 1; 0 if a < 1; 1 otherwise}", ("a > -1",)),
        ("", "limit(a^n/n, n -> oo)", "{oo if a > 1; 0 otherwise}", ("a >= -1",)),
        ("", "limit(a^n/n!, n -> oo)", "0", ()),
        ("", "limit(a^(2*n), n -> oo)", "{0 if -1 < a < 1; oo if a > 1 or a < -1; 1 otherwise}", ()),
        ("", "limit(x^n/(1 + x^n), n -> oo)", "{0 if -1 < x < 1; 1/2 if x == 1; 1 otherwise}", ("x != -1",)),
        ("", "limit((1 - p)^n, n -> oo)", "{0 if p > 0; oo if p < 0; 1 otherwise}", ("p < 2",)),
        (", p in [0, 1]", "limit((1 - p)^n, n -> oo)", "{0 if p > 0; 1 otherwise}", ()),
        (", a > 0", "limit(a^n, n -> oo)", "{oo if a > 1; 0 if a < 1; 1 otherwise}", ()),
    ],
)
def test_a_base_of_a_sequence_may_be_negative(declared, text, exact, conditions):
    found = Session().run(f"let n : positive integer{declared}\n{text}")[-1]
    assert found.exact == exact and found.conditions == conditions and found.check.agrees is not False
