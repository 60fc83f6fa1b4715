"""Runs statements in a worker under a budget, replaces the worker when it must, and puts every definition back.

What is put back is the text: the statements that define something are sent again, and the new worker parses and resolves them
and computes nothing. A derivation that was stopped at a step goes on with the step after it.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from twofold.engine.budget import LOADING, PATIENCE, Budget
from twofold.engine.channel import ENDED
from twofold.engine.protocol import Message, Row
from twofold.engine.record import Record
from twofold.engine.rows import begun
from twofold.engine.run import Run
from twofold.engine.worker_process import WorkerProcess
from twofold.grammar import tree

GRACE = 0.2
"""Seconds beyond the budget in which a method that watches its own clock may still say what it found."""


class Supervisor:
    """The sources and definitions of one session, and the worker that has them at present."""

    def __init__(
        self,
        budget: Budget,
        settings: Mapping[str, Any] | None = None,
        allow_read: Sequence[Path] = (),
        worker: WorkerProcess | None = None,
    ) -> None:
        self.budget = budget
        self.settings = dict(settings or {})
        self.allow_read = [str(p) for p in allow_read]
        self.worker = worker or WorkerProcess()
        self.open("<text>", None)

    def open(self, name: str, folder: Path | None) -> None:
        """A fresh session: nothing of the one before is left."""
        self.name = name
        self.folder = str(folder) if folder else None
        self.limits = self.budget
        self.record = Record()
        self.files: dict[str, str] = {}  # What scripts have read: no file is read twice.
        self._has: int | None = None  # The generation of the worker that has this session.
        self._ahead: tuple[int, int, int] | None = None  # A text that it has begun with: the next statement, and how many.

    def foretell(self, text: str, name: str) -> None:
        """Sends the text that is added next to a worker that waits: it reads it and runs the first statements (`rows.begun`)
        while it is read here. Those must be executed next, in order, or `abandon` be called."""
        if self.worker.pid is None or self.record.effects and self._has != self.worker.generation:
            return  # It is not there yet, or is told all the rest first.
        try:
            self._restore()
        except WorkerLost:  # Found out again, and told, when the statement is executed.
            return
        number = len(self.record.scripts)
        self._ahead = number, 0, 1
        self.worker.send({"do": "source", "id": number, "name": name, "text": text, "begin": True})

    def abandon(self) -> None:
        """Ends what was foretold and not taken up."""
        if self._ahead is not None:
            self.worker.replace()
            self._ahead = None

    def add(self, script: tree.Script) -> int:
        """Makes a text known; its number is what statements are sent by."""
        number = self.record.add(script)
        if self._ahead is not None:
            count = begun(script.statements)
            self._ahead = (number, 0, count) if count else None
        elif self._has == self.worker.generation:
            self._send_source(number)
        return number

    def execute(self, number: int, index: int) -> Iterator[Row]:
        """Runs one top-level statement: its rows as they come, between notes `{"stage": …}`. An interrupt loses only this
        statement."""
        statement = self.record.statement(number, index)
        run = Run(statement)
        try:
            while not (yield from self._attempt(number, index, run)):
                pass
        except (KeyboardInterrupt, GeneratorExit):
            self._ahead = None
            self.worker.replace()
            raise
        except WorkerLost as error:
            run.break_down(str(error))
            yield from run.drain()
        self.files |= run.files
        if run.fine:
            self.record.keep(number, index)
            self._read_limits(statement)
        else:
            self.record.lose(number, index)

    def restore(self, number: int) -> None:
        """Takes the definitions of a text as they stand, without running it."""
        for index in range(len(self.record.scripts[number].statements)):
            self.record.keep(number, index)
        self._has = None

    def forget(self, number: int) -> None:
        """Takes back what the statements of a source and of all later ones defined."""
        self.record.forget(number)
        self._has = None

    def close(self) -> None:
        self.worker.close()

    def _attempt(self, number: int, index: int, run: Run) -> Generator[Row, None, bool]:
        """Whether the statement is finished; if not, units of it remain that another attempt begins with."""
        if not self._is_ahead(number, index):
            self._restore()
            self.worker.send({"do": "run", "source": number, "index": index, "skip": run.finished})
        deadline = time.monotonic() + LOADING
        left: float | None = None  # Processor time of the worker, and the wall time after which nothing more is waited for.
        last = deadline
        while True:
            message = self.worker.receive(deadline - time.monotonic())
            if message is None and left is not None and (more := left - self.worker.used()) > 0.01 and time.monotonic() < last:
                deadline = min(time.monotonic() + more, last)
                continue
            if message is None or message is ENDED or "died" in message or message.get("failed") == "memory limit":
                self._lose(message, run)
                yield from run.drain()
                return run.complete
            run.take(message)
            yield from run.drain()
            if "done" in message:
                return run.complete
            if "begin" in message or "row" in message:
                deadline = time.monotonic() + self.limits.time + GRACE
                last = deadline + (PATIENCE - 1) * self.limits.time
                left = message.get("used", 0.0) + self.limits.time + GRACE

    def _is_ahead(self, number: int, index: int) -> bool:
        """Whether the worker has begun with a statement already; takes it from those that it has."""
        if self._ahead is None or self._ahead[:2] != (number, index):
            return False
        count = self._ahead[2]
        self._ahead = (number, index + 1, count) if index + 1 < count else None
        return True

    def _lose(self, message: Message | None, run: Run) -> None:
        """Says why there is no worker any more for what was running, and sees to another one."""
        self._ahead = None
        if message is not None and not run.begun and not run.retried:
            run.retried, run.complete = True, False  # It was dead before it saw the statement.
            self.worker.restart_if_ended()
            return
        if message is None:
            self.worker.replace()
            run.stop("time limit", f"stopped after {self.limits.time:g} s", "give it more with `--time S` or `set time = S`")
            return
        said, status = message.get("said", "").strip(), message.get("status")
        # FLINT calls abort() where there is no memory; what it says before is all that tells this from a fault.
        starved = "failed" in message or (status in (-6, -9) and ("memory" in said.lower() or "alloc" in said.lower()))
        starved = starved or message.get("peak", 0) > 700 * self.limits.memory
        if starved:
            run.stop("memory limit", f"stopped at {self.limits.memory} MB", "give it more with `--memory MB`")
        else:
            last = said.splitlines()[-1] if said else f"status {status}"
            run.break_down(f"the worker ended ({last})" + (f" while it was at: {run.stage}" if run.stage else ""))
        if "failed" in message:
            self.worker.replace()
        self.worker.restart_if_ended()

    def _restore(self) -> None:
        """Sees to it that the present worker has this session."""
        self.worker.restart_if_ended()
        if self._has is not None and self._has == self.worker.generation and self.worker.pid is not None:
            return
        if self.worker.pid is None and self.worker.generation:
            self._await_hello()
        settings = {**self.settings, "time": self.limits.time}
        self.worker.send(
            {
                "do": "open",
                "name": self.name,
                "settings": settings,
                "allow_read": self.allow_read,
                "folder": self.folder,
                "files": self.files,
                "memory": self.limits.memory,
            },
            more=True,
        )
        for number in range(len(self.record.scripts)):
            self._send_source(number)
        if self.record.effects:
            self.worker.send({"do": "replay", "statements": self.record.effects})
        if self.worker.pid is None:
            self.worker.flush()
            self._await_hello()
        self._has = self.worker.generation
        if self.record.effects:
            self._await("done")

    def _await_hello(self) -> None:
        self._await("hello")

    def _await(self, word: str) -> None:
        deadline = time.monotonic() + LOADING
        while True:
            message = self.worker.receive(deadline - time.monotonic())
            if message is None or message is ENDED or "died" in message:
                self.worker.replace()
                said = (message or {}).get("said", "").strip()
                raise WorkerLost(f"the worker did not start: {said.splitlines()[-1] if said else 'no answer'}")
            if word in message:
                return

    def _send_source(self, number: int) -> None:
        source = self.record.scripts[number].span.source
        self.worker.send({"do": "source", "id": number, "name": source.name, "text": source.text}, more=True)

    def _read_limits(self, statement: tree.Statement) -> None:
        if isinstance(statement, tree.Setting) and statement.name == "time" and isinstance(statement.value, tree.Number):
            self.limits = replace(self.limits, time=float(statement.value.text))


class WorkerLost(RuntimeError):
    """No worker could be had at all."""
