"""A handle on the worker process: start, send, receive, replace."""

from __future__ import annotations

import math
import os
import signal
import subprocess
import sys
import time
import weakref
from contextlib import suppress
from pathlib import Path

from twofold.engine.channel import ENDED, Channel, Polled, Threaded
from twofold.engine.protocol import Message, encode

ROOT = Path(__file__).parents[2]
FORKS = sys.platform == "linux"
MODULE = "twofold.engine.session"
"""Where a worker gets `Session` from."""


class WorkerProcess:
    """One worker at a time. `generation` grows by one each time a worker says hello; `pid` is None until it has.

    `warm`: load all of the mathematics before the first statement, rather than what it needs when it needs it.
    """

    def __init__(self, module: str | None = None, warm: bool = False) -> None:
        options = ["--warm"] if warm else []
        self.command = [sys.executable, "-P", "-m", "twofold.engine.worker", module or MODULE, *options]
        self.pid: int | None = None
        self.generation = 0
        self._memory = 0
        self._start()

    def send(self, message: Message, more: bool = False) -> None:
        """`more`: another message follows at once, and both may go together."""
        if self.pid is not None:
            message = {**message, "to": self.pid}
        self._memory = message.get("memory", self._memory)
        with suppress(OSError):  # The end of the process comes out of `receive`.
            self._input.write(encode(message))
        if not more:
            self.flush()

    def flush(self) -> None:
        with suppress(OSError):
            self._input.flush()

    def receive(self, seconds: float) -> Message | None:
        """The next message of the present worker, None when none came in time.

        `ended` or `died` when there is no worker any more; `failed` when it has grown too large and cannot limit itself.
        """
        end = time.monotonic() + seconds
        while True:
            left = max(0.0, end - time.monotonic())
            message = self._messages.get(left if FORKS else min(left, 1.0))
            if message is not None:
                break
            if time.monotonic() >= end:
                return None
            if not FORKS and self.pid is not None and self._memory and resident_megabytes(self.pid) > self._memory:
                return {"failed": "memory limit"}
        if "hello" in message:
            self.pid = message["hello"]
            self._current[:] = [self.pid]
            self.generation += 1
            return message
        if self.pid is None and message is not ENDED:
            return self.receive(seconds)  # Left over from a worker that was killed.
        if message is ENDED:
            self._process.wait()
        if "died" in message or message is ENDED:
            self.pid = None
        return message

    def used(self) -> float:
        """Seconds of processor time that the present worker has taken; without end where that cannot be read."""
        try:
            text = Path(f"/proc/{self.pid}/stat").read_text()
        except OSError:
            return math.inf
        user, system = text.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def replace(self) -> None:
        """Kills the worker at once; another one will say hello."""
        if FORKS and self.pid is not None and self._process.poll() is None:
            _kill_group(self.pid)
            self.pid = None
        else:
            self.close()
            self._start()

    def restart_if_ended(self) -> None:
        if self._process.poll() is not None:
            self.close()
            self._start()

    def close(self) -> None:
        self._end()

    def _start(self) -> None:
        self.pid = None
        bell = [os.eventfd(0, os.EFD_NONBLOCK)] if FORKS else []
        self._process = subprocess.Popen(
            [*self.command, *(f"--bell={number}" for number in bell)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment(),
            process_group=0 if os.name == "posix" else None,
            pass_fds=bell,
        )
        assert self._process.stdin and self._process.stdout
        self._input = self._process.stdin
        self._messages: Channel = Polled(self._process.stdout, *bell) if bell else Threaded(self._process.stdout)
        self._current: list[int] = []
        self._end = weakref.finalize(self, _end, self._process, self._messages, self._current)


def resident_megabytes(pid: int) -> float:
    """What a process has in memory, 0 where that cannot be told."""
    try:
        said = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True).stdout
    except OSError:
        return 0.0
    return int(said) / 1024 if said.strip().isdigit() else 0.0


def environment() -> dict[str, str]:
    """One thread for linear algebra (a fork must have one, and several workers share the machine); the same order of sets in
    every run."""
    found = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}
    if str(ROOT) not in (p.rstrip(os.sep) for p in sys.path if p.endswith("-packages")):
        found["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
    return found


def _kill_group(pid: int) -> None:
    with suppress(ProcessLookupError, PermissionError):  # It went by itself.
        os.killpg(pid, signal.SIGKILL)


def _end(process: subprocess.Popen[bytes], messages: Channel, current: list[int]) -> None:
    """`current` holds the process id of the worker that said hello last."""
    process.kill()  # The spare first, or it would fork another worker.
    if FORKS:
        for pid in {*current, *(m["hello"] for m in messages.waiting() if "hello" in m)}:
            _kill_group(pid)
    process.wait()
    messages.close()
    if process.stdin is not None:
        with suppress(OSError):
            process.stdin.close()
