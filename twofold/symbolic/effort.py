"""Limits on the work of steps that may fail: `spend` counts Python calls, `within` processor time."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar

from twofold.core.meter import Meter
from twofold.symbolic.watch import Limit, Spent, begin, end

P = ParamSpec("P")
R = TypeVar("R")


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

    Work inside compiled code is not seen; the time limit of the statement is the backstop there. Counting makes a step take
    twice as long: where that matters use `within`.
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


def _wrapped(error: BaseException) -> BaseException:
    """The stop inside a `SystemError`: what comes between the lines of compiled code reaches us in this wrapping, maybe twice."""
    at: BaseException | None = error
    while at is not None and not isinstance(at, Spent):
        at = at.__cause__ or at.__context__
    return at or error


def within(seconds: float, step: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R | None:
    """The value of a long step, or `None` if it takes more processor time of its thread than given.

    Costs nothing while the step runs, which counting calls does not. Steps may be nested; those nested very deeply have no limit
    of their own.
    """
    limit, counted = Limit(seconds), Meter.seconds
    try:
        try:
            begin(limit)
            return step(*args, **kwargs)
        except SystemError as error:
            raise _wrapped(error) from None
        finally:
            end(limit)
            Meter.seconds = counted + limit.used()
    except limit.kind:
        end(limit)  # Once more where it was stopped on its way out.
        Meter.seconds = counted + limit.used()
        return None
