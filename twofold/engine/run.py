"""What has come of one statement that a worker was given."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from twofold.core.diagnostic import TwofoldError
from twofold.core.span import Span
from twofold.engine.protocol import Message, Row
from twofold.engine.rows import failure, place, units, worst
from twofold.grammar import tree

REPORT = "please report this, with the text that led to it"


class Run:
    """Rows to hand on, and how many of the units of the statement are finished, over all the workers that were given it.

    `begun`: a worker has started on it. `complete`: nothing of it remains. `fine`: no row went wrong. `files` are
    the texts it read.
    """

    def __init__(self, statement: tree.Statement) -> None:
        self.statement = statement
        self.parts = list(units(statement))
        self.numbers = {_key(place(part)): number for number, part in enumerate(self.parts)}
        self.finished = 0
        self.begun = self.retried = False
        self._told: set[tuple[str, int, int, str]] = set()
        self._told_before: set[tuple[str, int, int, str]] = set()
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
                self._told_before = set(self._told)
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
                error = {"code": "too-deep", "message": "this is nested too deeply", "help": "split it into definitions"}
                self._fail("error", error)
            case {"failed": _, "message": text, "trace": trace}:
                self.break_down(text, trace)

    def stop(self, status: str, headline: str, help: str) -> None:
        """The worker is gone: the unit that it was at is reported."""
        if self.found is not None:
            # The verdict or answer was there; what was being added to it is given up.
            row = _typeset(self.found)
            self.complete = not self._remain()
            self._take_row({**row, "notes": [*row.get("notes", []), f"{headline}, while it was at: {self.stage}"]})
            return
        if self.stage:
            headline += f" while it was at: {self.stage}"
        self._fail(status, {"code": status.replace(" ", "-"), "message": headline, "help": help})

    def break_down(self, text: str, trace: str = "") -> None:
        """Something of ours went wrong."""
        error: dict[str, Any] = {"code": "internal-error", "message": f"internal error: {text}", "help": REPORT}
        self._fail("error", error | ({"notes": trace.rstrip().splitlines()} if trace else {}))

    def _fail(self, status: str, error: dict[str, Any]) -> None:
        remain = self._remain()
        part = self.parts[self.finished] if self.finished < len(self.parts) else self.statement
        self._take_row(failure(part, status, error, time.monotonic() - self.began, self.evidence))
        self.complete = not remain

    def _remain(self) -> bool:
        return isinstance(self.statement, tree.Derivation | tree.Scope) and self.finished < len(self.parts)

    def _take_row(self, row: Row) -> None:
        key = (row["file"], row["line"], row["column"])
        if (*key, row["kind"]) in self._told_before:
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


def _typeset(row: Row) -> Row:
    """A row that was sent before its LaTeX was made, with it. It is read from the text of the answer."""
    if "exact" not in row or "latex" in row:
        return row
    from twofold.engine.latex import latex
    from twofold.grammar.parse import parse_expression

    try:
        return {**row, "latex": latex(parse_expression(row["exact"]))}
    except TwofoldError:  # An answer so long that it was cut.
        return row


def _key(span: Span) -> tuple[str, int, int]:
    return span.source.name, span.line, span.column
