"""A session's statements run in this process, without a worker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from twofold.core.diagnostic import TwofoldError
from twofold.engine.protocol import Row
from twofold.engine.rows import DEFINING, failure
from twofold.engine.session import Session
from twofold.grammar import tree


class InProcess:
    """Keeps the texts, so that what one of them defined can be taken back."""

    def __init__(self, settings: Mapping[str, Any], allow_read: Sequence[Path] = ()) -> None:
        self.settings = settings
        self.allow_read = allow_read
        self.open("<text>", None)

    def open(self, name: str, folder: Path | None) -> None:
        self.name, self.folder = name, folder
        self.scripts: list[tree.Script] = []
        self._fresh()

    def add(self, script: tree.Script) -> int:
        self.scripts.append(script)
        return len(self.scripts) - 1

    def execute(self, number: int, index: int) -> Iterator[Row]:
        script = self.scripts[number]
        statement = script.statements[index]
        rows: list[Row] = []
        try:
            self.session.execute(script.span.source, statement, rows.append)
        except TwofoldError as error:
            rows.append(failure(statement, "error", error.diagnostic.to_dict(), 0.0))
        yield from rows

    def forget(self, number: int) -> None:
        del self.scripts[number:]
        self._fresh()
        for script in self.scripts:
            for statement in script.statements:
                if isinstance(statement, DEFINING):
                    self.session.define_only(script.span.source, statement)

    def close(self) -> None:
        pass

    def _fresh(self) -> None:
        self.session = Session(name=self.name, settings=self.settings, allow_read=self.allow_read, folder=self.folder)
