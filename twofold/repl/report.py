"""Rows as text: the one place where a person reads what a row of schema 1 says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from twofold.core.span import Source
from twofold.repl.excerpt import Mark, excerpt
from twofold.repl.report_answer import answer_lines
from twofold.repl.report_verdict import bad_verdict_lines, good_verdict_line
from twofold.repl.style import Style

GOOD = ("proved", "supported")
GUTTER = 14


class Report:
    """Renders the rows of one run in their order. `prompt` leaves out what the person has just typed, `detailed` leaves out no reason."""

    def __init__(self, style: Style, prompt: bool = False, detailed: bool = False) -> None:
        self.style = style
        self.prompt = prompt
        self.detailed = detailed
        self.sources: dict[str, Source] = {}
        self._steps: list[dict[str, Any]] = []

    def know(self, name: str, text: str) -> None:
        """The text that rows of this name quote."""
        self.sources[name] = Source(name, text)

    def render(self, row: dict[str, Any]) -> str:
        """The lines of a row, without an end of line; empty when there is nothing to say."""
        lines = self._lines(row)
        if row["kind"] == "step":
            self._steps.append(row)
        elif row["kind"] == "derivation":
            self._steps.clear()
        return "\n".join(lines)

    def _lines(self, row: dict[str, Any]) -> list[str]:
        if row.get("error") and row["status"] != "ok":
            return self._error(row)
        if "verdict" in row:
            return self._verdict(row)
        notes = [f"{self.style.paint('note:', 'faint')} {n}" for n in row.get("notes") or []]
        if row["kind"] != "question":
            return self._indent(notes, row) if notes else []
        if row.get("hidden"):
            return []
        return self._indent([*answer_lines(row, self.style), *notes], row)

    def _indent(self, lines: list[str], row: dict[str, Any]) -> list[str]:
        if self.prompt:
            return lines
        return [self._head("", row), *(" " * (GUTTER + 3) + line for line in lines)]

    def _head(self, word: str, row: dict[str, Any]) -> str:
        """`proved         12 | sin(t)^2 + cos(t)^2 == 1`"""
        first, *rest = row["source"].strip().split("\n")
        text = first + (" …" if rest else "")
        number = f"{row['line']:>4}".rjust(GUTTER - len(word))
        return f"{self.style.paint(word, word) if word else ''}{self.style.paint(number + ' |', 'faint')} {text}"

    def _verdict(self, row: dict[str, Any]) -> list[str]:
        if row["kind"] == "derivation":
            return self._whole(row)
        expected = row.get("expected")
        if row["verdict"] in GOOD:
            tail = good_verdict_line(row)
            head = row["verdict"] if self.prompt else self._head(row["verdict"], row)
            line = self.style.paint(head, row["verdict"]) if self.prompt else head
            lines = [line + (("   " if not self.prompt else " ") + tail if tail else "")]
        else:
            lines = bad_verdict_lines(row, self.source(row), self._steps, self.style, self.detailed, self.prompt)
        return lines + self._expectation(expected)

    def _whole(self, row: dict[str, Any]) -> list[str]:
        word = row["verdict"]
        name = f' "{row["name"]}"' if row.get("name") else ""
        bad = next(((i, s) for i, s in enumerate(self._steps, 1) if s.get("verdict") not in GOOD), None)
        notes = list(row.get("notes") or [])
        tail = f": step {bad[0]} is the first that is {bad[1].get('verdict', 'in error')}" if bad and word not in GOOD else ""
        tail = f": {notes.pop(0)}" if notes else tail
        count = f"{len(self._steps)} step{'s' * (len(self._steps) != 1)}"
        line = f"{self.style.paint(word, word)}: derivation{name} of {count}{tail}"
        return [line, *self._notes(notes), *self._expectation(row.get("expected"))]

    def _notes(self, notes: list[str]) -> list[str]:
        return [f"   {self.style.paint('=', 'place')} note: {n}" for n in notes]

    def _expectation(self, expected: bool | None) -> list[str]:
        if expected is None:
            return []
        if expected:
            return [self.style.paint("   as expected", "expected")]
        return [self.style.paint("   not as expected", "refuted")]

    def _error(self, row: dict[str, Any]) -> list[str]:
        error = row["error"]
        word = "error" if row["status"] == "error" else row["status"]
        role = "error" if word == "error" else "limit"
        code = f"[{error['code']}]" if word == "error" else ""
        lines = [f"{self.style.paint(word + code, role)}: {error['message']}"]
        source = self.source(row)
        if source.text:
            marks = [Mark(error["line"], error["column"], error["length"], "", "mark")]
            marks += [Mark(b["line"], b["column"], b["length"], b["message"], "place") for b in error.get("labels", ())]
            lines += excerpt(source, marks, self.style)
        else:
            lines.append(f" {self.style.paint('-->', 'place')} {source.name}")
        if error["code"] != "internal-error":  # The notes of that are a trace, for whoever mends it: `--json` has them.
            lines += [f"   {self.style.paint('=', 'place')} {n}" for n in error.get("notes", ())]
        if error.get("help"):
            lines.append(f"   {self.style.paint('=', 'place')} help: {error['help']}")
        return lines + self._expectation(row.get("expected"))

    def source(self, row: dict[str, Any]) -> Source:
        """The source a row quotes; that of an included file is read when it is first needed."""
        name = row["file"]
        if name not in self.sources:
            path = Path(name)
            self.know(name, path.read_text("utf-8", "replace") if path.is_file() else "")
        return self.sources[name]
