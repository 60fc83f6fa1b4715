"""Steps that take too much are given up, and nothing is left behind."""

from __future__ import annotations

import signal
import sys
import threading

from twofold.symbolic.effort import spend, within


def endless() -> None:
    while True:
        step()


def step() -> int:
    return 1


def test_a_short_step_gives_its_value():
    assert spend(1000, step) == 1
    assert within(5.0, step) == 1


def test_a_long_step_gives_none():
    assert spend(1000, endless) is None
    assert within(0.05, endless) is None
    assert sys.getprofile() is None
    assert signal.getitimer(signal.ITIMER_VIRTUAL)[0] == 0


def test_the_tighter_of_nested_limits_ends_the_inner_step():
    assert spend(100_000, lambda: (spend(100, endless), step())) == (None, 1)
    assert spend(100, lambda: (spend(100_000, endless), step())) is None
    assert within(2.0, lambda: (within(0.05, endless), step())) == (None, 1)


def test_in_another_thread_calls_are_counted():
    found: list[object] = []
    thread = threading.Thread(target=lambda: found.append(within(0.01, endless)))
    thread.start()
    thread.join()
    assert found == [None]
