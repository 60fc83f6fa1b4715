"""What an evaluation gives up on depends on operations, not on the clock."""

from __future__ import annotations

import time

import pytest

from twofold.core.meter import Meter, spent
from twofold.numeric import evaluator
from twofold.numeric.evaluate import ball
from twofold.numeric.evaluator import Work
from twofold.numeric.outcomes import CannotEvaluate


def test_operations_are_counted(term) -> None:
    before, counted = Meter.operations, spent()
    ball(term("1 + 2 + 3"), {})
    once = Meter.operations - before
    ball(term("1 + 2 + 3"), {})
    assert Meter.operations - before == 2 * once > 0 and spent() > counted


def test_a_count_that_is_used_up() -> None:
    work = Work(10)
    with pytest.raises(CannotEvaluate, match="too much work"):
        work.spend(11)


def test_a_busy_machine_changes_nothing(term, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.monotonic()
    monkeypatch.setattr(evaluator.time, "monotonic", lambda: now + 1e6)
    assert ball(term("2*3"), {}) == 6
