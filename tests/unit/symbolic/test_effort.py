"""Steps that take too much are given up, and nothing is left behind."""

from __future__ import annotations

import sys
import threading

import pytest

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


def test_the_tighter_of_nested_limits_ends_the_inner_step():
    assert spend(100_000, lambda: (spend(100, endless), step())) == (None, 1)
    assert spend(100, lambda: (spend(100_000, endless), step())) is None
    assert within(2.0, lambda: (within(0.05, endless), step())) == (None, 1)


def test_in_another_thread_too():
    found: list[object] = []
    thread = threading.Thread(target=lambda: found.append(within(0.01, endless)))
    thread.start()
    thread.join()
    assert found == [None]


def busy() -> None:
    while True:
        within(5.0, step)


def deaf() -> None:
    for _ in range(2):
        try:
            endless()
        except BaseException:  # As a finaliser does.
            continue
    endless()


@pytest.mark.parametrize("step", [busy, deaf])
def test_a_stop_is_not_lost(step):
    assert within(0.01, step) is None


def test_nothing_comes_after_the_end():
    for seconds in (0.0, 0.0001, 0.001, 0.002):
        for _ in range(20):
            assert within(seconds, lambda: sum(range(2000))) in (None, 1999000)
    assert within(5.0, lambda: sum(range(3_000_000))) == 4499998500000


def test_deeper_than_there_are_levels():
    def nested(depth: int) -> int | None:
        return 1 if depth == 0 else within(5.0, nested, depth - 1)

    assert nested(60) == 1
    assert within(0.05, lambda: (nested(60), endless())) is None


def test_a_stop_that_compiled_code_wraps_is_a_stop() -> None:
    def step() -> None:
        try:
            endless()
        except BaseException as stop:
            raise SystemError("a constructor returned a result with an exception set") from stop

    def twice() -> None:
        try:
            step()
        except SystemError:
            raise SystemError("an integral returned a result with an exception set")  # noqa: B904

    assert within(0.05, step) is None
    assert within(0.05, twice) is None
    assert within(2.0, lambda: (within(0.05, twice), 1)) == (None, 1)


def test_other_errors_of_the_system_stay_what_they_are() -> None:
    def step() -> None:
        raise SystemError("broken")

    with pytest.raises(SystemError, match="broken"):
        within(1.0, step)
