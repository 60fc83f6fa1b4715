"""Scripts run one after another, their rows printed as they come."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

from twofold.core.diagnostic import Diagnostic, TwofoldError
from twofold.engine.client import Session
from twofold.engine.rows import SCHEMA
from twofold.repl.reading import read_script
from twofold.repl.report import Report
from twofold.repl.tally import Tally


class Output(Protocol):
    """What becomes of the rows of a run."""

    def begin(self, name: str, text: str) -> None: ...
    def row(self, row: dict[str, Any]) -> None: ...


class JsonLines:
    """One object to a line, flushed as it comes."""

    def begin(self, name: str, text: str) -> None:
        pass

    def row(self, row: dict[str, Any]) -> None:
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        sys.stdout.flush()


class Plain:
    """Text for a person."""

    def __init__(self, report: Report, many: bool) -> None:
        self.report = report
        self.many = many

    def begin(self, name: str, text: str) -> None:
        self.report.know(name, text)
        if self.many:
            print(self.report.style.paint(name, "strong"))

    def row(self, row: dict[str, Any]) -> None:
        text = self.report.render(row)
        if text:
            print(text, flush=True)


def unreadable(diagnostic: Diagnostic) -> dict[str, Any]:
    """The row of a file of which nothing could be run."""
    error = diagnostic.to_dict()
    return {
        "schema": SCHEMA,
        "file": diagnostic.span.source.name,
        "line": error["line"],
        "column": error["column"],
        "source": "",
        "kind": "question",
        "status": "error",
        "error": error,
        "seconds": 0.0,
    }


def run_text(
    session: Session, name: str, text: str, folder: Path | None, output: Output, tally: Tally
) -> Iterator[dict[str, Any]]:
    """Runs a text in a session that has forgotten all others; yields its rows."""
    output.begin(name, text)
    session.reset(name, folder)
    for result in session.stream(text, name):
        row = result.to_dict()
        tally.add(row)
        output.row(row)
        yield row


def run_files(session: Session, names: list[str], output: Output, tally: Tally) -> Iterator[dict[str, Any]]:
    """Runs files one after another in one worker; no name of one is known to the next."""
    for name in names:
        began = time.monotonic()
        try:
            text = read_script(name)
        except TwofoldError as error:
            row = unreadable(error.diagnostic)
            row["seconds"] = round(time.monotonic() - began, 6)
            output.begin(name, "")
            tally.add(row)
            output.row(row)
            yield row
            continue
        folder = None if name == "-" else Path(name).resolve().parent
        yield from run_text(session, "<stdin>" if name == "-" else name, text, folder, output, tally)
