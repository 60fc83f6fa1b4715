"""The session in this process: statements run one after the other in an environment that can be taken back."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from twofold.core.span import Source
from twofold.engine.environment import Environment
from twofold.engine.files import Files
from twofold.engine.results import Emit, Result
from twofold.engine.settings import from_mapping
from twofold.engine.statements import Block, names_of
from twofold.grammar import tree
from twofold.grammar.parse import parse

sys.set_int_max_str_digits(400_000)  # Numbers are guarded by their size before they are computed.


def _silent(row: dict[str, Any]) -> None:
    """Nobody listens."""


class Session:
    """Names, assumptions and settings that live on from one text to the next.

    `folder` is where the text stands: `read` and `include` look there and, with their paths given, in `allow_read`. `settings`
    is what `set` sets. `files` are the texts of files that were read before, by path: they are not read again. Rows, stages and
    the texts of files that are read go to `emit` as they come.
    """

    def __init__(
        self,
        *,
        name: str = "<text>",
        settings: Mapping[str, Any] | None = None,
        allow_read: Sequence[Path | str] = (),
        folder: Path | str | None = None,
        files: Mapping[str, str] | None = None,
    ) -> None:
        self.name = name
        self.files = Files(Path(folder) if folder else None, allow_read, files)
        self.environment = Environment(settings=from_mapping(settings))
        self._before: list[Environment] = []
        self._after: list[Environment] = []

    def run(self, text: str, name: str = "", emit: Emit | None = None) -> list[Result]:
        """One result per statement; a derivation gives one for each step, then one for the whole. One text is one step of
        `undo`."""
        script = parse(text, name or self.name)
        self._before.append(self.environment)
        self._after.clear()
        block = self._block(emit or _silent)
        results: list[Result] = []
        for place, statement in enumerate(script.statements):
            following = script.statements[place + 1] if place + 1 < len(script.statements) else None
            if isinstance(statement, tree.Expect) and place:
                continue
            results.extend(block.run_all([statement, following] if isinstance(following, tree.Expect) else [statement]))
            self.environment = block.environment
        return results

    def execute(self, source: Source, statement: tree.Statement, emit: Emit, skip_steps: int = 0) -> list[Result]:
        """Runs one statement. `skip_steps` of its steps (or other parts) were reported before and are only taken up, not
        judged."""
        block = self._block(emit, skip_steps)
        results = block.run_all([statement])
        self.environment = block.environment
        return results

    def define_only(self, source: Source, statement: tree.Statement) -> None:
        """Takes up what a statement defines: it is parsed and resolved, nothing is computed."""
        block = self._block(_silent, defining=True)
        block.run_all([statement])
        self.environment = block.environment

    def lose(self, statement: tree.Statement) -> None:
        """Takes up that a statement went wrong: the names that it would have defined have no value."""
        self.environment = self.environment.lose(names_of(statement))

    def undo(self) -> bool:
        """Takes back the last text; whether there was one."""
        if not self._before:
            return False
        self._after.append(self.environment)
        self.environment = self._before.pop()
        return True

    def redo(self) -> bool:
        """Brings back what `undo` took back last; whether there was anything."""
        if not self._after:
            return False
        self._before.append(self.environment)
        self.environment = self._after.pop()
        return True

    def _block(self, emit: Emit, skip: int = 0, defining: bool = False) -> Block:
        return Block(self.environment, self.files, None, emit, skip, defining)


__all__ = ["Result", "Session"]
