"""Limits on the work of steps that may fail: `spend` counts Python calls, `within` processor time."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable
from types import FunctionType
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class Spent(BaseException):
    """The step has used up its calls. Not an `Exception`, so that no handler inside a library takes it for one of its own."""


def spend(calls: int, step: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R | None:
    """The value of a step, or `None` if it needs more calls than given. Steps may be nested: the tighter limit ends the inner
    one.

    Work inside compiled code is not seen; the time limit of the statement is the backstop there.
    """
    left = calls
    outer = sys.getprofile()
    chained = outer if isinstance(outer, FunctionType) else None
    mine = Spent()

    def count(frame: object, event: str, arg: object) -> None:
        nonlocal left
        if event == "call":
            left -= 1
            if left < 0:
                sys.setprofile(None)
                raise mine
            if chained is not None:
                chained(frame, event, arg)

    try:
        sys.setprofile(count)
        return step(*args, **kwargs)
    except Spent as stop:
        if stop is not mine:
            raise
        return None
    finally:
        sys.setprofile(outer)


def within(seconds: float, step: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R | None:
    """The value of a long step, or `None` if it takes more processor time than given.

    Costs nothing while the step runs, which counting calls does not. Where no timer can be set (another thread than the main
    one, Windows) calls are counted instead, a million to the second.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "SIGVTALRM"):
        return spend(int(seconds * 1_000_000), step, *args, **kwargs)
    mine = Spent()
    before = signal.getitimer(signal.ITIMER_VIRTUAL)[0]
    started = time.process_time()
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
        if before:
            signal.setitimer(signal.ITIMER_VIRTUAL, max(0.001, before - (time.process_time() - started)))
