"""A step that could not be read: what the lines beside it claim."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session


def verdicts(text: str) -> list[tuple[int, str]]:
    """The lines of steps and claims with their verdicts."""
    return [(r.place.line, r.judged.truth.value) for r in Session().run(text) if r.kind in ("step", "claim") and r.judged]


@pytest.mark.parametrize("broken", ["<=> x*(x - 1) == 2*(x + 1) given x > 2 given x > 3", "=> x^2 +* 2 == 3", "<=> x = = 2"])
def test_an_equation_beside_a_broken_arrow_is_no_claim(broken):
    assert verdicts(f"derivation:\n  x/(x + 1) == 2/(x - 1)\n    {broken}\nend") == []
    assert verdicts(f"derivation:\n  x/(x + 1) == 2/(x - 1)\n    {broken}\n    <=> x^2 - 3*x - 2 == 0\nend") == []


def test_the_steps_after_a_broken_one_are_judged_from_the_first_that_can_be_read():
    text = "derivation:\n  x^2 == 4\n    <=> x +* 2\n    <=> x == 2 or x == -2\n    <=> x == 2\nend"
    assert verdicts(text) == [(5, "refuted")]


def test_an_equation_above_a_broken_equality_stays_a_claim():
    assert verdicts("derivation:\n  x + x == 3*x\n    == x +* 2\nend") == [(2, "refuted")]


def test_an_equation_that_stands_alone_stays_a_claim():
    assert verdicts("derivation:\n  x + x == 3*x\nend") == [(2, "refuted")]
