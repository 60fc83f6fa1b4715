"""Diagnostics as data: built anywhere, rendered in one place (`repl/report`)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

from twofold.core.span import Span


class Severity(Enum):
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Label:
    """A further place that matters, with what it has to do with the headline."""

    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """What is wrong, where, and one thing to do.

    `code` is the stable name (`unknown-name`, `shape-mismatch`); it has a page in `docs/diagnostics`. `headline` is one line.
    `span` is the place to underline. `help` is the one thing to do; `replacement` is the text that would do it, where there is one.
    """

    code: str
    headline: str
    span: Span
    help: str = ""
    labels: tuple[Label, ...] = ()
    notes: tuple[str, ...] = ()
    severity: Severity = Severity.ERROR
    replacement: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The `error` object of the JSON contract, schema 1."""
        row: dict[str, Any] = {
            "code": self.code,
            "message": self.headline,
            "line": self.span.line,
            "column": self.span.column,
            "length": max(1, self.span.end - self.span.start),
            "help": self.help,
        }
        if self.notes:
            row["notes"] = list(self.notes)
        if self.labels:
            row["labels"] = [
                {"line": b.span.line, "column": b.span.column, "length": max(1, b.span.end - b.span.start), "message": b.message}
                for b in self.labels
            ]
        return row


class TwofoldError(Exception):
    """Input that cannot be read or worked out, as a diagnostic. The only exception that means "the user's text"."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(f"{diagnostic.code}: {diagnostic.headline}")
        self.diagnostic = diagnostic


def fail(code: str, headline: str, span: Span, help: str = "", **more: Any) -> TwofoldError:
    """A `TwofoldError` to raise, in one call."""
    return TwofoldError(Diagnostic(code, headline, span, help, **more))
