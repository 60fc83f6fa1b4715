"""The messages that come out of a worker: read from its pipe when they are asked for, by a thread where pipes cannot be waited for."""

from __future__ import annotations

import os
import queue
import select
import threading
import time
from collections import deque
from typing import IO, Protocol

from twofold.engine.protocol import Message, decode

ENDED: Message = {"ended": True}
"""What comes when nobody writes any more."""
PATIENT = (b'{"begin"', b'{"stage"')
"""How messages begin that nobody waits for."""
TICK = 0.05
"""Seconds that such messages may wait for another one: a client that is woken for each of them spends more than on their reading."""


class Channel(Protocol):
    """Where a client takes the messages of its worker from."""

    def get(self, seconds: float) -> Message | None:
        """The next message, None when none came in time; `ENDED` for ever when the pipe is closed."""

    def waiting(self) -> list[Message]:
        """What has come so far, without waiting."""

    def close(self) -> None: ...


class Polled:
    """Reads when it is asked, in the thread that asks."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._number = stream.fileno()
        self._poll = select.poll()
        self._poll.register(self._number, select.POLLIN)
        self._lines: deque[bytes] = deque()
        self._rest: list[bytes] = []  # The parts of a line whose end has not come yet.
        self._ended = False

    def get(self, seconds: float) -> Message | None:
        end = time.monotonic() + seconds
        while True:
            while self._lines:
                if (message := decode(self._lines.popleft())) is not None:
                    return message
            if self._ended:
                return ENDED
            if not self._read(end):
                return None
            soon = min(end, time.monotonic() + TICK)
            while self._lines and self._lines[-1].startswith(PATIENT) and not self._ended and self._read(soon):
                pass

    def _read(self, until: float) -> bool:
        """Whether anything came in time."""
        seconds = max(0.0, until - time.monotonic())
        # Rounded up: a wait of less than a millisecond would be none at all.
        if not self._poll.poll(min(int(seconds * 1000) + (seconds > 0), 1 << 30)):
            return False
        part = os.read(self._number, 1 << 16)
        if not part:
            self._ended = True
        first, *others = part.split(b"\n")
        self._rest.append(first)
        for line in others:
            self._lines.append(b"".join(self._rest))
            self._rest = [line]
        return True

    def waiting(self) -> list[Message]:
        found = []
        while not self._ended and self._read(time.monotonic()):
            pass
        while self._lines:
            if (message := decode(self._lines.popleft())) is not None:
                found.append(message)
        return found

    def close(self) -> None:
        self._ended = True
        self._poll.unregister(self._number)
        self._stream.close()


class Threaded:
    """Reads in a thread of its own."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._messages: queue.SimpleQueue[Message] = queue.SimpleQueue()
        threading.Thread(target=_pump, args=(stream, self._messages), daemon=True).start()

    def get(self, seconds: float) -> Message | None:
        try:
            message = self._messages.get(timeout=max(0.0, seconds))
        except queue.Empty:
            return None
        if message is ENDED:
            self._messages.put(ENDED)
        return message

    def waiting(self) -> list[Message]:
        found: list[Message] = []
        while not self._messages.empty() and (message := self._messages.get()) is not ENDED:
            found.append(message)
        return found

    def close(self) -> None:
        """The thread closes the pipe when the process at its other end is gone."""


def _pump(stream: IO[bytes], messages: queue.SimpleQueue[Message]) -> None:
    with stream:
        for line in stream:
            message = decode(line)
            if message is not None:
                messages.put(message)
    messages.put(ENDED)
