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

from twofold.core.span import Span
from twofold.engine.budget import LOADING, Budget
from twofold.engine.protocol import Message, Row
from twofold.engine.record import Record
from twofold.engine.rows import failure, place, units, worst
from twofold.engine.worker_process import ENDED, WorkerProcess
from twofold.grammar import tree

GRACE = 0.2
"""Seconds beyond the budget in which a method that watches its own clock may still say what it found."""
REPORT = "please report this, with the text that led to it"


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

    def add(self, script: tree.Script) -> int:
        """Makes a text known; its number is what statements are sent by."""
        number = self.record.add(script)
        if self._has == self.worker.generation:
            self._send_source(number)
        return number

    def execute(self, number: int, index: int) -> Iterator[Row]:
        """Runs one top-level statement: its rows as they come, between notes `{"stage": …}`. An interrupt loses only this
        statement."""
        statement = self.record.statement(number, index)
        run = _Run(statement)
        try:
            while not (yield from self._attempt(number, index, run)):
                pass
        except (KeyboardInterrupt, GeneratorExit):
            self.worker.replace()
            raise
        self.files |= run.files
        if run.fine:
            self.record.keep(number, index)
            self._read_limits(statement)

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

    def _attempt(self, number: int, index: int, run: _Run) -> Generator[Row, None, bool]:
        """Whether the statement is finished; if not, units of it remain that another attempt begins with."""
        self._restore()
        self.worker.send({"do": "run", "source": number, "index": index, "skip": run.finished})
        deadline = time.monotonic() + LOADING
        while True:
            message = self.worker.receive(deadline - time.monotonic())
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

    def _lose(self, message: Message | None, run: _Run) -> None:
        """Says why there is no worker any more for what was running, and sees to another one."""
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
            run.stop("error", f"internal error: the worker ended ({last})", REPORT, "internal-error")
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
            }
        )
        for number in range(len(self.record.scripts)):
            self._send_source(number)
        if self.record.kept:
            self.worker.send({"do": "replay", "statements": self.record.kept})
        if self.worker.pid is None:
            self._await_hello()
        self._has = self.worker.generation
        if self.record.kept:
            self._await("done")

    def _await_hello(self) -> None:
        self._await("hello")

    def _await(self, word: str) -> None:
        deadline = time.monotonic() + LOADING
        while True:
            message = self.worker.receive(deadline - time.monotonic())
            if message is None or message is ENDED or "died" in message:
                self.worker.close()
                said = (message or {}).get("said", "")
                raise WorkerLost(f"the worker did not start: {said.strip().splitlines()[-1] if said.strip() else 'no answer'}")
            if word in message:
                return

    def _send_source(self, number: int) -> None:
        source = self.record.scripts[number].span.source
        self.worker.send({"do": "source", "id": number, "name": source.name, "text": source.text})

    def _read_limits(self, statement: tree.Statement) -> None:
        if isinstance(statement, tree.Setting) and statement.name == "time" and isinstance(statement.value, tree.Number):
            self.limits = replace(self.limits, time=float(statement.value.text))


class WorkerLost(RuntimeError):
    """No worker could be had at all."""


class _Run:
    """What has come of one statement so far: rows to hand on, and how many of its units are finished."""

    def __init__(self, statement: tree.Statement) -> None:
        self.statement = statement
        self.parts = list(units(statement))
        self.numbers = {_key(place(part)): number for number, part in enumerate(self.parts)}
        self.finished = 0
        self.begun = self.retried = False
        self._told: set[tuple[str, int, int, str]] = set()
        self.complete = True
        self.fine = True
        self.verdicts: list[str] = []
        self.files: dict[str, str] = {}
        self._rows: list[Row] = []
        self._begin()

    def _begin(self) -> None:
        self.stage = ""
        self.found: Row | None = None  # What the row is so far, where it is good enough to stand.
        self.evidence: list[dict[str, Any]] = []
        self.began = time.monotonic()

    def drain(self) -> Iterator[Row]:
        rows, self._rows = self._rows, []
        yield from rows

    def take(self, message: Message) -> None:
        match message:
            case {"begin": _}:
                self.begun = self.complete = True
                self._begin()
            case {"stage": stage, "note": note}:
                self.stage = stage or self.stage
                self.evidence.extend([note["evidence"]] if "evidence" in note else [])
                self.found = note.get("row", self.found)
                self.files |= note.get("files", {})
                self._rows.append({"stage": self.stage})
            case {"row": row}:
                self._take_row(row)
            case {"failed": "error", "error": error}:
                self._fail("error", error)
            case {"failed": "too deep"}:
                self._fail(
                    "error", {"code": "too-deep", "message": "this is nested too deeply", "help": "split it into definitions"}
                )
            case {"failed": _, "message": text, "trace": trace}:
                error = {"code": "internal-error", "message": f"internal error: {text}", "help": REPORT}
                self._fail("error", {**error, "notes": trace.rstrip().splitlines()})

    def stop(self, status: str, headline: str, help: str, code: str = "") -> None:
        """The worker is gone: the unit that it was at is reported."""
        if self.found is not None:
            # The verdict or answer was there; what was being added to it is given up.
            row = self.found
            self.complete = not self._remain()
            self._take_row({**row, "notes": [*row.get("notes", []), f"{headline}, while it was at: {self.stage}"]})
            return
        if self.stage:
            headline += f" while it was at: {self.stage}"
        self._fail(status, {"code": code or status.replace(" ", "-"), "message": headline, "help": help})

    def _fail(self, status: str, error: dict[str, Any]) -> None:
        remain = self._remain()
        part = self.parts[self.finished] if self.finished < len(self.parts) else self.statement
        self._take_row(failure(part, status, error, time.monotonic() - self.began, self.evidence))
        self.complete = not remain

    def _remain(self) -> bool:
        return isinstance(self.statement, tree.Derivation | tree.Scope) and self.finished < len(self.parts)

    def _take_row(self, row: Row) -> None:
        key = (row["file"], row["line"], row["column"])
        if (*key, row["kind"]) in self._told and self.finished:
            return  # A line that cannot be read is told again by the worker that takes over.
        self._told.add((*key, row["kind"]))
        number = self.numbers.get(key)
        if number is not None:
            self.finished = number + 1
            self.verdicts.append(row.get("verdict", "proved" if row["status"] == "ok" else "undecided"))
            self._begin()
        elif not self.fine and row["kind"] == "derivation":
            # The worker that finished the derivation does not know the steps that others were stopped in.
            row = {**row, "verdict": worst([*self.verdicts, row.get("verdict", "undecided")])}
        self.fine = self.fine and row["status"] == "ok"
        self._rows.append(row)


def _key(span: Span) -> tuple[str, int, int]:
    return span.source.name, span.line, span.column
