"""A session's statements run in this process, without a worker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from twofold.core.diagnostic import TwofoldError
from twofold.engine.protocol import Row
from twofold.engine.record import Record
from twofold.engine.rows import failure
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
        self.record = Record()
        self._fresh()

    def foretell(self, text: str, name: str) -> None:
        """Nobody else could begin."""

    def abandon(self) -> None:
        """Nothing was begun."""

    def add(self, script: tree.Script) -> int:
        return self.record.add(script)

    def execute(self, number: int, index: int) -> Iterator[Row]:
        statement = self.record.statement(number, index)
        rows: list[Row] = []
        try:
            self.session.execute(statement.span.source, statement, rows.append)
        except TwofoldError as error:
            rows.append(failure(statement, "error", error.diagnostic.to_dict(), 0.0))
        if all(row.get("status", "ok") == "ok" for row in rows):
            self.record.keep(number, index)
        else:
            self.record.lose(number, index)
        yield from rows

    def restore(self, number: int) -> None:
        for index in range(len(self.record.scripts[number].statements)):
            self.record.keep(number, index)
        self._replay()

    def forget(self, number: int) -> None:
        self.record.forget(number)
        self._fresh()
        self._replay()

    def close(self) -> None:
        pass

    def _fresh(self) -> None:
        self.session = Session(name=self.name, settings=self.settings, allow_read=self.allow_read, folder=self.folder)

    def _replay(self) -> None:
        for number, index, sound in self.record.effects:
            statement = self.record.statement(number, index)
            if not sound:
                self.session.lose(statement)
                continue
            with suppress(TwofoldError):  # It was told when the text was read first.
                self.session.define_only(statement.span.source, statement)
