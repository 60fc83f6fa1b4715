"""The warm spare (Linux): a process with one thread that has everything loaded, forks the worker, and forks another when it
dies."""

from __future__ import annotations

import os
import select
import signal
import sys
from collections.abc import Callable

from twofold.engine.protocol import encode


def keep_a_worker(work: Callable[[], None], warm: Callable[[], None], bell: int) -> None:
    """Until the worker ends by itself (its input was closed) or the process that started us is gone.

    All workers but the first are warm.
    """
    assert sys.platform == "linux"
    parent = os.getppid()
    said = os.memfd_create("stderr")
    os.dup2(said, 2)
    while True:
        os.ftruncate(said, 0)
        os.lseek(said, 0, os.SEEK_SET)
        child = os.fork()
        if child == 0:
            os.setpgid(0, 0)
            work()
            os._exit(0)
        end = await_end(child, parent)
        if end is None:
            os._exit(1)
        status, peak = end
        if os.waitstatus_to_exitcode(status) == 0:
            os._exit(0)
        last_words = os.pread(said, 100_000, 0)[-2000:].decode(errors="replace")
        message = {"died": child, "status": os.waitstatus_to_exitcode(status), "peak": peak, "said": last_words}
        os.write(1, b"\n" + encode(message))  # The line end closes what the worker may have left half written.
        os.eventfd_write(bell, 1)
        warm()


def await_end(child: int, parent: int) -> tuple[int, int] | None:
    """Wait status and peak resident kilobytes of the child; None if our own parent went first (the child is then killed:
    nobody listens to it)."""
    assert sys.platform == "linux"
    handle = os.pidfd_open(child)
    try:
        while not select.select([handle], [], [], 1.0)[0]:
            if os.getppid() != parent:
                os.kill(child, signal.SIGKILL)
                return None
    finally:
        os.close(handle)
    _, status, usage = os.wait4(child, 0)
    return status, usage.ru_maxrss
