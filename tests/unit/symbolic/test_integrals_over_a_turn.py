"""Integrals of 1/(a + b*cos(x) + d*sin(x)) and its square over one turn or half a turn, with names in them."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session

pytestmark = pytest.mark.usefixtures("undiagnosed")


@pytest.mark.parametrize(
    ("claim", "verdicts"),
    [
        ("integrate(1/(a + b*cos(x)), x = 0..2*pi) == 2*pi/sqrt(a^2 - b^2) given a > abs(b)", ("proved",)),
        ("integrate(1/(a + b*cos(x)), x = 0..pi) == pi/sqrt(a^2 - b^2) given a > b and b > 0", ("proved",)),
        ("integrate(1/(a + b*sin(x)), x = -pi..pi) == 2*pi/sqrt(a^2 - b^2) given a > b and b > 0", ("proved",)),
        ("integrate(1/(a + b*cos(x))^2, x = 0..2*pi) == 2*pi*a/(a^2 - b^2)^(3/2) given a > b and b > 0", ("proved",)),
        ("integrate(1/(1 - 2*r*cos(x) + r^2), x = 0..pi) == pi/(1 - r^2) given 0 < r < 1", ("proved",)),
        ("integrate(1/(1 - 2*r*cos(x) + r^2), x = 0..pi) == pi/(r^2 - 1) given r > 1", ("proved",)),
        ("integrate(1/(a + b*sin(x)), x = 0..pi) == pi/sqrt(a^2 - b^2) given a > b and b > 0", ("refuted",)),
        ("integrate(1/(1 - 2*r*cos(x) + r^2), x = 0..pi) == pi/(1 - r^2) given r > 1", ("refuted",)),
        ("integrate(1/(1 + 2*cos(x)), x = 0..2*pi) == 2*pi/sqrt(3)", ("undecided",)),
    ],
)
def test_over_a_turn(claim: str, verdicts: tuple[str, ...]) -> None:
    assert list(Session().run(claim))[-1].verdict in verdicts
