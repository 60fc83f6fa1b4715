"""A thread that watches how much processor time others have used, and stops what goes beyond its limit.

A timer signal would reach the main thread only, and the mathematics runs in another; a profile function that counts calls makes everything
take twice as long. The exception is one that is delivered between two bytecodes (`PyThreadState_SetAsyncExc`), as an interrupt is. It is sent
again until the step has ended, since a library may lose it (in a finaliser, in a callback of the collector).
"""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Callable
from contextlib import suppress

AGAIN = 0.1
"""Seconds after which a stop that was not heeded is sent again."""
SOONEST = 0.001
"""Seconds between two looks, at the least."""
LATEST = 0.05
"""Seconds between two looks, at the most, while there has been a limit of late: a new one that is longer then has no need to wake the watcher,
which would cost more than many a step does."""
QUIET = 20
"""Looks that find no limit, after which the watcher sleeps until it is woken."""


class Spent(BaseException):
    """The step has used up what it was given. Not an `Exception`, so that no handler inside a library takes it for one of its own."""


# An exception sent to another thread is a class, not an object: nested limits are told apart by theirs.
LEVELS = tuple(type(f"Spent{level}", (Spent,), {}) for level in range(24))


class Limit:
    """One step under a limit of this thread: what it may use by the thread's own clock, and what stops it."""

    __slots__ = ("armed", "clock", "kind", "seconds", "sent", "start", "thread")

    def __init__(self, seconds: float) -> None:
        self.thread, self.seconds = threading.get_ident(), seconds
        # Steps that are nested too deeply have no limit of their own: nothing of this kind is ever sent.
        self.kind = LEVELS[min(len(_limits.get(self.thread, ())), len(LEVELS) - 1)]
        self.armed = self.sent = False
        self.clock = _clock_of(self.thread)
        self.start = self.clock()

    def used(self) -> float:
        return self.clock() - self.start

    def left(self) -> float:
        return self.seconds - self.used()


# Bare locks: what is written in Python around them, as `Condition` is, could be stopped between taking and holding one.
_turn = threading.Lock()
_bell = threading.Lock()
_bell.acquire()  # The watcher waits for it; to release it is to ring.
_limits: dict[int, list[Limit]] = {}  # Of each thread, the outermost first. Changed under `_turn`, as all that follows.
_watcher: threading.Thread | None = None
_next_look = 0.0
_stop = ctypes.pythonapi.PyThreadState_SetAsyncExc
_stop.argtypes = (ctypes.c_ulong, ctypes.py_object)


def begin(limit: Limit) -> None:
    """What this thread does from here on is under the limit, until `end`."""
    global _watcher, _next_look
    with _turn:
        around = _limits.setdefault(limit.thread, [])
        if limit.kind is LEVELS[-1]:
            return
        around.append(limit)
        limit.armed = True
        if _watcher is None or not _watcher.is_alive():  # After a fork the child has no thread but its own.
            _watcher = threading.Thread(target=_watch, name="limits", daemon=True)
            _next_look = 0.0
            _watcher.start()
        elif time.monotonic() + limit.seconds < _next_look:
            _ring()


def _ring() -> None:
    with suppress(RuntimeError):  # It was rung before.
        _bell.release()


def end(limit: Limit) -> None:
    """The step is over; may be said again. Raises what was sent on behalf of a step around it, which may have been lost here."""
    while True:
        try:
            limit.armed = False
            outer = _remove(limit)
            # What is still on its way comes with the next jump. It cannot be taken back: CPython 3.11 hangs under a profiler after that.
            for _ in range(3 if limit.sent else 0):
                pass
            break
        except limit.kind:
            continue
    if outer is not None:
        raise outer.kind


def _remove(limit: Limit) -> Limit | None:
    """Takes a limit away, and those inside it that were left behind; the one around it that has been told to stop."""
    with _turn:
        around = _limits.get(limit.thread, [])
        if limit in around:
            del around[around.index(limit) :]
        outer = next((x for x in around if x.sent), None)
        if not around:
            _limits.pop(limit.thread, None)
    return outer


def _clock_of(thread: int) -> Callable[[], float]:
    """Processor seconds of a thread; of the process where there is no such clock."""
    if not hasattr(time, "pthread_getcpuclockid"):
        return time.process_time
    number = time.pthread_getcpuclockid(thread)
    return lambda: time.clock_gettime(number)


def _watch() -> None:
    global _next_look
    quiet = 0
    while True:
        with _turn:
            pause: float | None = None
            for around in _limits.values():
                armed = [x for x in around if x.armed]
                late = next((x for x in armed if x.left() <= 0), None)  # The outermost ends those inside it too.
                if late is not None:
                    late.sent = True
                    _stop(late.thread, late.kind)
                    soon = AGAIN
                elif armed:
                    soon = max(SOONEST, min(x.left() for x in armed))
                else:
                    continue
                pause = soon if pause is None else min(pause, soon)
            quiet = quiet + 1 if pause is None else 0
            if quiet <= QUIET:
                pause = LATEST if pause is None else min(pause, LATEST)
            _next_look = float("inf") if pause is None else time.monotonic() + pause
        _bell.acquire(timeout=-1 if pause is None else pause)
