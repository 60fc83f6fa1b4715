"""Limits on the work of steps that may fail: `spend` counts Python calls, `within` processor time."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar

from twofold.core.meter import CALLS, Meter

P = ParamSpec("P")
R = TypeVar("R")


class Spent(BaseException):
    """The step has used up its calls. Not an `Exception`, so that no handler inside a library takes it for one of its own."""


@dataclass(slots=True)
class _Level:
    """One step that is counted: the calls that remain to it, and what is raised when there are none."""

    left: int
    stop: Spent


class _Counting(threading.local):
    """The steps under way, the outermost first. One function counts for all of them, down from the least that remains."""

    def __init__(self) -> None:
        self.levels: list[_Level] = []
        self.base: Any = None
        self.start = 0
        self.now: Callable[[], int] = lambda: 0

    def begin(self) -> None:
        least = min(self.levels, key=lambda level: level.left)
        left = self.start = least.left
        stop, own = least.stop, _Counting.pause.__code__

        def count(frame: object, event: str, arg: object) -> None:
            nonlocal left
            if event == "call":
                left -= 1
                if left < 0 and getattr(frame, "f_code", None) is not own:
                    sys.setprofile(None)
                    raise stop

        self.now = lambda: left
        sys.setprofile(count)

    def pause(self) -> None:
        sys.setprofile(None)
        used = self.start - self.now()
        for level in self.levels:
            level.left -= used
        Meter.calls += used


_COUNTING = _Counting()


def spend(calls: int, step: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R | None:
    """The value of a step, or `None` if it needs more calls than given. Steps may be nested: the tighter limit ends the inner
    one.

    Work inside compiled code is not seen; the time limit of the statement is the backstop there.
    """
    state, mine = _COUNTING, _Level(calls, Spent())
    if state.levels:
        state.pause()
    else:
        state.base = sys.getprofile()
    state.levels.append(mine)
    state.begin()
    try:
        return step(*args, **kwargs)
    except Spent as stop:
        if stop is not mine.stop:
            raise
        return None
    finally:
        state.pause()
        state.levels.pop()
        if state.levels:
            state.begin()
        else:
            sys.setprofile(state.base)


def within(seconds: float, step: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R | None:
    """The value of a long step, or `None` if it takes more processor time than given.

    Costs nothing while the step runs, which counting calls does not. Where no timer can be set (another thread than the main
    one, Windows) calls are counted instead, a million to the second.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "SIGVTALRM"):
        return spend(int(seconds * CALLS), step, *args, **kwargs)
    mine = Spent()
    before = signal.getitimer(signal.ITIMER_VIRTUAL)[0]
    started, counted = time.process_time(), Meter.seconds
    limit = seconds if not before else min(seconds, before)

    def ring(number: int, frame: object) -> None:
        raise mine

    handler = signal.signal(signal.SIGVTALRM, ring)
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, limit)
        return step(*args, **kwargs)
    except Spent as stop:
        if stop is not mine:
            raise
        return None
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, handler)
        Meter.seconds = counted + time.process_time() - started
        if before:
            signal.setitimer(signal.ITIMER_VIRTUAL, max(0.001, before - (time.process_time() - started)))
