"""The messages that come out of a worker: read from its pipe when they are asked for, by a thread where pipes cannot be waited for."""

from __future__ import annotations

import os
import queue
import select
import threading
import time
from collections import deque
from contextlib import suppress
from typing import IO, Protocol

from twofold.engine.protocol import Message, decode

ENDED: Message = {"ended": True}
"""What comes when nobody writes any more."""
TICK = 0.05
"""Seconds for which a message that nobody rings for may lie in the pipe: a client that is woken for each of them spends more
on that than on reading them."""
LARGE = 1 << 15
"""Bytes of a message that are rung for before the rest is written: a pipe does not hold much more."""


class Channel(Protocol):
    """Where a client takes the messages of its worker from."""

    def get(self, seconds: float) -> Message | None:
        """The next message, None when none came in time; `ENDED` for ever when the pipe is closed."""

    def waiting(self) -> list[Message]:
        """What has come so far, without waiting."""

    def close(self) -> None: ...


class Polled:
    """Reads when it is asked, in the thread that asks. It waits for `bell`, an eventfd that is rung for what is waited for."""

    def __init__(self, stream: IO[bytes], bell: int) -> None:
        self._stream = stream
        self._number = stream.fileno()
        os.set_blocking(self._number, False)
        self._bell = bell
        self._poll = select.poll()
        self._poll.register(bell, select.POLLIN)
        self._poll.register(self._number, 0)  # Its end alone is told.
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
            left = max(0.0, end - time.monotonic())
            # Rounded up: a wait of less than a millisecond would be none at all.
            if self._poll.poll(int(min(left, TICK) * 1000) + (left > 0)):
                with suppress(BlockingIOError):
                    os.eventfd_read(self._bell)
            if not self._read() and left <= 0:
                return None

    def _read(self) -> bool:
        """Takes what is in the pipe; whether that was anything."""
        found = False
        while not self._ended:
            try:
                part = os.read(self._number, 1 << 16)
            except BlockingIOError:
                break
            found = True
            self._ended = not part
            first, *others = part.split(b"\n")
            self._rest.append(first)
            for line in others:
                self._lines.append(b"".join(self._rest))
                self._rest = [line]
        # The rest of a message is waited for as it comes.
        self._poll.modify(self._number, select.POLLIN if any(self._rest) else 0)
        return found

    def waiting(self) -> list[Message]:
        found = []
        self._read()
        while self._lines:
            if (message := decode(self._lines.popleft())) is not None:
                found.append(message)
        return found

    def close(self) -> None:
        self._ended = True
        self._poll.unregister(self._number)
        self._stream.close()
        os.close(self._bell)


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
