"""What the prompt does with a text, apart from the terminal: run it, or do what a command says, and remember."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

from twofold.engine.client import Session
from twofold.repl.commands.spec import UsageError, commands
from twofold.repl.pasted import without_prompts
from twofold.repl.report import Report
from twofold.repl.style import Style

QUESTION, COMMAND = "?", ":"


class Progress(Protocol):
    """Where rows and notes are shown while a text runs."""

    def note(self, message: dict[str, object]) -> None: ...
    def write(self, text: str) -> None: ...


class Conversation:
    """A session at the prompt: its texts in order, the last row, and whether times are shown."""

    def __init__(self, session: Session, style: Style, write: Callable[[str], None], journal: Path | None = None) -> None:
        self.session = session
        self.style = style
        self.write = write
        self.journal = journal
        self.report = Report(style, prompt=True)
        self.rows: list[dict[str, Any]] = []
        self.timing = False
        self.over = False
        self._count = 0

    def answer(self, text: str, progress: Progress) -> None:
        """Does what one input says. Nothing that a person can type ends the conversation but `:quit`."""
        text = without_prompts(text).strip("\n")
        if not text.strip():
            return
        try:
            if text.lstrip().startswith(QUESTION):
                self.command("help", text.strip().strip(QUESTION).strip())
            elif text.lstrip().startswith(COMMAND):
                word, _, rest = text.strip()[1:].partition(" ")
                self.command(word, rest.strip())
            else:
                self.run(text, progress)
        except UsageError as error:
            self.write(self.style.paint("error", "error") + f": {error}")

    def command(self, word: str, rest: str) -> None:
        table = commands()
        near = [w for w in table if w.startswith(word)] if word else []
        if word not in table and len(near) != 1:
            raise UsageError(f"there is no command :{word}" + (f" (:{', :'.join(near)})" if near else "; `:help` lists them"))
        table[word if word in table else near[0]].handler(self, rest)

    def run(self, text: str, progress: Progress, name: str | None = None) -> None:
        """Runs statements and shows what comes of them."""
        self._count += 1
        name = name or f"<{self._count}>"
        self.report.know(name, text)
        began = time.monotonic()
        rows: list[dict[str, Any]] = []
        try:
            for row in self._rows(text, name, progress):
                rows.append(row)
                shown = self.report.render(row)
                if shown:
                    progress.write(shown)
        finally:
            self.rows = rows or self.rows
        if self.timing:
            progress.write(self.style.paint(f"{time.monotonic() - began:.3f} s", "faint"))
        if self.journal is not None and all(row["status"] == "ok" for row in rows):
            with self.journal.open("a", encoding="utf-8") as file:
                file.write(text.rstrip("\n") + "\n")

    def _rows(self, text: str, name: str, progress: Progress) -> Iterator[dict[str, Any]]:
        for result in self.session.stream(text, name, progress.note):
            yield result.to_dict()

    def last(self, key: str) -> dict[str, Any]:
        """The last row that has something, for commands about it."""
        for row in reversed(self.rows):
            if key in row:
                return row
        what = "verdict" if key == "verdict" else "answer"
        raise UsageError(f"the last input gave no {what}")
