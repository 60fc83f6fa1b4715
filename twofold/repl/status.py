"""The line that says what long work is at, and for how long."""

from __future__ import annotations

import sys
import threading
import time
from typing import TextIO

PATIENCE = 0.4
TICK = 0.1


class Status:
    """A line at the foot of a terminal, written over by what comes next. Only when the work takes longer than a moment."""

    def __init__(self, stream: TextIO | None = None, width: int = 80, shown: bool = True) -> None:
        self.stream = stream or sys.stdout
        self.shown = shown
        self.width = width
        self.stage = ""
        self._began = time.monotonic()
        self._shown = False
        self._lock = threading.Lock()
        self._over = threading.Event()

    def note(self, message: dict[str, object]) -> None:
        self.stage = str(message.get("stage") or self.stage)

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._began

    def __enter__(self) -> Status:
        self._began = time.monotonic()
        if self.shown:
            threading.Thread(target=self._tick, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self.clear()

    def write(self, text: str) -> None:
        """Prints lines above the status."""
        with self._lock:
            self._clear()
            self.stream.write(text + "\n")
            self.stream.flush()

    def clear(self) -> None:
        with self._lock:
            self._clear()

    def _clear(self) -> None:
        if self._shown:
            self.stream.write("\r\x1b[K")
            self.stream.flush()
            self._shown = False

    def _tick(self) -> None:
        if self._over.wait(PATIENCE):
            return
        while not self._over.wait(TICK):
            text = f"  {self.seconds:5.1f} s  {self.stage or 'loading the mathematics'}   Ctrl-C ends it"
            with self._lock:
                if not self._over.is_set():
                    self.stream.write("\r\x1b[K" + text[: self.width - 1])
                    self.stream.flush()
                    self._shown = True
