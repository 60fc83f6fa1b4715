"""Systems in which an equation gives one name by the others: the roots that are lost are irrational."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session

GIVEN = "let x, y : real\nlet a > 0\nlet p in (0, 1)\nlet k : integer"


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("{y == 2*x, x^2 + y^2 == 3} <=> {y == 2*x, x^2 == 3/5}", "proved"),
        ("{a == y, 2*y^2 == 1} => y == 1/sqrt(2)", "proved"),
        ("{p == y + 1, y^2 == 1/2} => y == -1/sqrt(2)", "proved"),
        ("{x == y, x^2 + y^2 == 1} <=> x == 1/sqrt(2) and y == 1/sqrt(2)", "refuted"),
        ("{y == x + 1, x*y == 3} => x > 0", "refuted"),
        # no whole number is meant
        ("{k == y, y^2 == 2} => y > 5", "undecided"),
    ],
)
def test_systems(claim, verdict):
    (row,) = [r.to_dict() for r in Session().run(f"{GIVEN}\ncheck {claim}") if r.to_dict().get("verdict")]
    assert row["verdict"] == verdict, row
