"""A system as a warm process that is fed one question at a time, with a time budget for each."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Reply:
    """What came back: the text, wall and processor seconds; late when the budget was over and the process was ended."""

    text: str
    seconds: float
    processor: float
    late: bool = False


class Process:
    """A child process that reads commands and prints what comes of them up to a mark.

    `greeting` is sent when it starts. `§` in texts and in the mark stands for the number of the question, so that output that comes late is
    not taken for that of the next. Output that holds `stuck` means that it waits for something that nobody will say.
    """

    def __init__(
        self, command: list[str], greeting: str, mark: str, environment: dict[str, str] | None = None, stuck: str = ""
    ) -> None:
        self.command, self.greeting, self.mark, self.stuck = command, greeting, mark, stuck
        self.environment = {**os.environ, **(environment or {})}
        self.number = 0
        self.child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.child = subprocess.Popen(
            self.command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=self.environment,
            start_new_session=True,
        )
        self.ask(self.greeting, 120)

    def ask(self, text: str, budget: float) -> Reply:
        """Sends a command and waits for the mark, or until the budget is over."""
        if self.child is None:
            self.start()
        child = self.child
        assert child is not None and child.stdin is not None and child.stdout is not None
        self.number += 1
        text, mark = text.replace("§", str(self.number)), self.mark.replace("§", str(self.number)).encode()
        before, began = processor_seconds(child.pid), time.perf_counter()
        child.stdin.write(text.encode() + b"\n")
        child.stdin.flush()
        output = b""
        while mark not in output:
            left = began + budget - time.perf_counter()
            ready = left > 0 and select.select([child.stdout], [], [], left)[0]
            part = os.read(child.stdout.fileno(), 1 << 16) if ready else b""
            output += part
            if not part or (self.stuck and self.stuck.encode() in output):
                seconds, used = time.perf_counter() - began, processor_seconds(child.pid) - before
                self.stop()
                return Reply(output.decode(errors="replace"), seconds, max(used, 0.0), late=not ready)
        seconds, used = time.perf_counter() - began, processor_seconds(child.pid) - before
        return Reply(output[: output.index(mark)].decode(errors="replace").strip(), seconds, used)

    def stop(self) -> None:
        if self.child is not None:
            os.killpg(self.child.pid, signal.SIGKILL)
            self.child.wait()
            for pipe in (self.child.stdin, self.child.stdout):
                if pipe is not None:
                    pipe.close()
            self.child = None


def processor_seconds(pid: int) -> float:
    """Processor time of a process, its threads and everything below it, since they started."""
    total = 0
    try:
        for thread in Path(f"/proc/{pid}/task").iterdir():
            total += int((thread / "schedstat").read_text().split()[0])
            for child in (thread / "children").read_text().split():
                total += int(processor_seconds(int(child)) * 1e9)
    except (FileNotFoundError, ProcessLookupError):
        return total / 1e9
    return total / 1e9
