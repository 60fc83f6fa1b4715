"""Claims about inverse functions on ranges: principal values, the angle of a point, sums of arctangents in several names."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session

pytestmark = pytest.mark.usefixtures("undiagnosed")

PROVED = """
acos(cos(x)) == abs(x) given -pi <= x, x <= pi
asin(sin(x)) == pi - x given pi/2 <= x, x <= 3*pi/2
acos(cos(x)) == 2*pi - x given pi <= x, x <= 2*pi
asin(cos(x)) == pi/2 - abs(x) given -pi <= x, x <= pi
atan(tan(x)) == x - pi given pi/2 < x, x < 3*pi/2
acos(x) == 2*asin(sqrt((1 - x)/2))
asin(sqrt(x)) == pi/4 + asin(2*x - 1)/2
acos(2*x^2 - 1) == 2*acos(x) given x >= 0
asin(2*x/(1 + x^2)) == pi - 2*atan(x) given x >= 1
abs(atan(x)) == acos(1/sqrt(1 + x^2))
acos(x) + acos(y) == acos(x*y - sqrt(1 - x^2)*sqrt(1 - y^2)) given x >= 0, y >= 0
atan(x) + atan(y) == atan((x + y)/(1 - x*y)) given x*y < 1
atan(x) + atan(y) == atan((x + y)/(1 - x*y)) + pi given x*y > 1, x > 0
atan(x) + atan(y) == atan((x + y)/(1 - x*y)) - pi given x*y > 1, x < 0
atan(x/y) + atan(y/x) == pi/2 given x > 0, y > 0
atan2(y, x) == atan(y/x) given x > 0
atan2(y, x) == atan(y/x) - pi given x < 0, y < 0
atan2(y, 0) == pi/2 given y > 0
""".strip().splitlines()

# Each fails somewhere; some of them hold on a smaller range, which is then the condition.
FALSE = """
acos(cos(x)) == abs(x) given -pi <= x, x <= 4
asin(sin(x)) == pi - x given 1 <= x, x <= 3*pi/2
atan(tan(x)) == x - pi given pi/2 < x, x < 2*pi
acos(x) == 2*asin(sqrt((1 + x)/2))
acos(2*x^2 - 1) == 2*acos(x) given -1/100 <= x
asin(2*x/(1 + x^2)) == 2*atan(x)
asin(2*x/(1 + x^2)) == pi - 2*atan(x) given x >= 1/2
asin(x) == acos(sqrt(1 - x^2))
acos(x) + acos(y) == acos(x*y - sqrt(1 - x^2)*sqrt(1 - y^2))
atan(x) + atan(y) == atan((x + y)/(1 - x*y)) given x*y < 3
atan(x) + atan(y) == atan((x + y)/(1 - x*y)) + pi given x*y > 1
atan(x) - atan(y) == atan((x - y)/(1 + x*y)) given x*y > -2
atan(x/y) + atan(y/x) == pi/2 given x > 0
atan2(y, x) == atan(y/x)
atan2(y, x) == atan(y/x) - pi given x < 0, y <= 0
asin(x) + asin(y) < pi
""".strip().splitlines()

# The range of the one name depends on the other: in the first x runs through two intervals.
NOT_PROVED = (
    "let x : real\nlet y in (0, x^2 - 1)\natan(x/y) + atan(y/x) == pi/2",
    "let y : real\natan(x/y) + atan(y/x) == pi/2 given x != 0, y != 0",
)


def truth(text: str) -> str:
    before, _, last = text.rpartition("\n")
    row = Session().run(f"{before}\ncheck {last}")[-1]
    return row.judged.truth.value if row.judged else "error"


@pytest.mark.parametrize("claim", PROVED)
def test_proved(claim: str) -> None:
    assert truth(claim) == "proved"


@pytest.mark.parametrize("claim", FALSE)
def test_false(claim: str) -> None:
    assert truth(claim) in ("refuted", "conditional", "undecided")


@pytest.mark.parametrize("claim", NOT_PROVED)
def test_not_proved(claim: str) -> None:
    assert truth(claim) not in ("proved", "conflict")
