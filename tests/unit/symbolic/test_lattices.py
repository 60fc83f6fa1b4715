"""Claims about nested extremes, absolute values, signs and steps, and the conditions under which false ones hold."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session

pytestmark = pytest.mark.usefixtures("undiagnosed")

PROVED = """
max(max(x, y), z) == max(x, max(y, z))
max(x, min(y, z)) == min(max(x, y), max(x, z))
min(x, max(x, y)) == x
max(min(x, y), min(y, z), min(z, x)) == min(max(x, y), max(y, z), max(z, x))
max(abs(x), abs(y)) == (abs(x + y) + abs(x - y))/2
abs(max(x, y) - max(z, w)) <= max(abs(x - z), abs(y - w))
max(x, y) <= z given x <= z, y <= z
max(x, y)*z <= max(x*z, y*z)
heaviside(x) + heaviside(-x) == 1
""".strip().splitlines()

FALSE = """
max(max(x, y), z) == max(x, y)
max(x, min(y, z)) == min(max(x, y), z)
max(min(x, y), min(y, z)) == min(max(x, y), max(y, z))
abs(max(x, y) - max(z, w)) <= abs(x - z)
max(x, y) < z given x <= z, y <= z
max(z*x, z*y) == z*max(x, y)
abs(x + y) + abs(x - y) > 2*abs(x)
heaviside(x)^2 == heaviside(x)
""".strip().splitlines()


def judged(text: str):  # type: ignore[no-untyped-def]
    row = Session().run(f"check {text}")[-1]
    assert row.judged is not None
    return row.judged


@pytest.mark.parametrize("claim", PROVED)
def test_proved(claim: str) -> None:
    assert judged(claim).truth.value == "proved"


@pytest.mark.parametrize("claim", FALSE)
def test_false(claim: str) -> None:
    assert judged(claim).truth.value in ("refuted", "conditional")


def test_a_condition_is_more_than_a_border() -> None:
    """It holds where x == y alone, which x <= y and x >= y together would say."""
    assert judged("max(x, y) + min(x, y) == 2*x").truth.value == "refuted"
