"""Logarithms of cosines of parts of pi, and norms of what is computed, in normal form."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session

pytestmark = pytest.mark.usefixtures("undiagnosed")

NAMES = "let v, w : vector(3)\nlet x : real\n"

PROVED = [
    "log(cos(pi/4)) == log(sqrt(2)/2)",
    "log(tan(pi/6)) == -log(3)/2",
    "bracket(-log(cos(x)), x = 0..pi/4) == log(2)/2",
    "norm(cross(v, w))^2 == norm(v)^2*norm(w)^2 - dot(v, w)^2",
    "norm(cross(v, w))^2 == dot(cross(v, w), cross(v, w))",
]


def verdict(claim):
    return Session().run(f"{NAMES}check {claim}")[-1].judged.truth.value


@pytest.mark.parametrize("claim", PROVED)
def test_proved(claim):
    assert verdict(claim) == "proved"


@pytest.mark.parametrize("claim", ["log(cos(pi/4)) == log(2)/2", "norm(cross(v, w))^2 == norm(v)^2*norm(w)^2 + dot(v, w)^2"])
def test_refuted(claim):
    assert verdict(claim) == "refuted"


def test_a_logarithm_without_a_value_proves_nothing():
    assert verdict("log(cos(3*pi/4)) == log(sqrt(2)/2)") == "undecided"
