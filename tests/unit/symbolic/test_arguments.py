"""Arguments of numbers on the half axes and in half planes."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session

pytestmark = pytest.mark.usefixtures("undiagnosed")


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("arg(-1) == pi", "proved"),
        ("arg(-im) == -pi/2", "proved"),
        ("arg(x) == pi given x < 0", "proved"),
        ("arg(im*x) == -pi/2 given x < 0", "proved"),
        ("arg(2 - sqrt(5)) == pi", "proved"),
        ("arg(1/im) == -pi/2", "proved"),
        ("arg(1 + im) == pi/4", "proved"),
        ("arg(-1 + im) == 3*pi/4", "proved"),
        ("arg(-1 - im) == -3*pi/4", "proved"),
        ("arg(-1 - im) == 5*pi/4", "refuted"),
        ("arg(x + im) == pi/2 - atan(x)", "proved"),
        ("arg(x - im) == atan(x) - pi/2", "proved"),
        ("arg(1 + im*x) == atan(x)", "proved"),
        ("arg(x + im*y) == atan(y/x) given x > 0", "proved"),
        ("arg(x + im*y) == atan(y/x) given x < 0, y > 0", "refuted"),
        ("arg(-1) == -pi", "refuted"),
        ("arg(-im) == 3*pi/2", "refuted"),
        ("arg(im*x) == pi/2 given x < 0", "refuted"),
        ("arg(1 + im) == pi/2", "refuted"),
    ],
)
def test_claims(claim: str, expected: str) -> None:
    assert Session().run(f"check {claim}")[-1].judged.truth.value == expected


def test_an_enclosure_of_the_whole_turn_supports_nothing() -> None:
    assert Session().run("check arg(exp(-im*pi)) == -pi")[-1].judged.truth.value in ("undecided", "refuted")
    assert Session().run("check arg(exp(-im*pi)) == pi")[-1].judged.truth.value == "proved"


@pytest.mark.parametrize(
    "claim",
    [
        "let z : complex\n-pi < arg(im*z)",
        "let z, w : complex\narg(z) - arg(w) < 2*pi",
        "let z : complex\nlog(exp(im*arg(z))) == im*arg(z)",
        "let x, y : real\nabs(atan2(y, x)) <= pi",
    ],
)
def test_arguments_lie_within_a_turn(claim: str) -> None:
    assert Session().run(claim)[-1].to_dict()["verdict"] == "proved"
