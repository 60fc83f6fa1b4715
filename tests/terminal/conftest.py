"""A prompt in a pseudo-terminal whose screen can be read."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FAKE = ROOT / "tests" / "unit" / "engine"
START = """
import twofold.engine.worker_process as process
process.MODULE = 'fake_session'
from twofold.repl.main import main
raise SystemExit(main())
"""


def _listen() -> None:
    """A suite that runs in the background ignores Ctrl-C, and what it starts would inherit that."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


class Terminal:
    """80 by 24 characters. `seen` is all that was written, `screen` what stands there now."""

    def __init__(self, folder: Path, *arguments: str, kind: str = "xterm-256color") -> None:
        import pexpect
        import pyte

        environment = {
            **os.environ,
            "TERM": kind,
            "XDG_STATE_HOME": str(folder),
            "PYTHONPATH": f"{ROOT}{os.pathsep}{FAKE}",
            "PROMPT_TOOLKIT_NO_CPR": "1",
        }
        environment.pop("NO_COLOR", None)
        self.child = pexpect.spawn(
            sys.executable, ["-c", START, *arguments], env=environment, dimensions=(24, 80), timeout=30, preexec_fn=_listen
        )
        self._screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self._screen)
        self.seen = ""

    def read(self, seconds: float = 0.05) -> None:
        import pexpect

        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                data = self.child.read_nonblocking(65536, timeout=max(0.01, end - time.monotonic()))
            except pexpect.TIMEOUT:
                return
            except pexpect.EOF:
                return
            self.seen += data.decode(errors="replace")
            self._stream.feed(data)

    @property
    def screen(self) -> str:
        return "\n".join(line.rstrip() for line in self._screen.display).rstrip()

    def until(self, text: str, seconds: float = 30) -> str:
        """The screen as soon as it shows a text."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.read()
            if text in self.screen:
                return self.screen
        raise AssertionError(f"{text!r} did not come:\n{self.screen}")

    def type(self, text: str) -> None:
        self.child.send(text)

    def enter(self, text: str) -> None:
        self.child.send(text + "\r")

    def close(self) -> None:
        self.child.close(force=True)


@pytest.fixture
def terminal(tmp_path: Path):
    opened: list[Terminal] = []

    def start(*arguments: str, kind: str = "xterm-256color") -> Terminal:
        opened.append(Terminal(tmp_path, *arguments, kind=kind))
        opened[-1].until(">>")
        return opened[-1]

    yield start
    for one in opened:
        one.close()
