"""The Python interface: `twofold.Session`. Light: the mathematics is in the worker, or is imported when first asked for."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from twofold.core.truth import Truth
from twofold.engine.budget import MEMORY, TIME, Budget
from twofold.engine.protocol import Row
from twofold.engine.record import Record
from twofold.engine.rows import DEFINING, JUDGED, meets
from twofold.engine.supervisor import Supervisor
from twofold.engine.worker_process import WorkerProcess
from twofold.grammar import tree
from twofold.grammar.parse import parse


class Result:
    """What came of one statement: the values of a row of schema 1 as attributes.

    `verdict` is the word (`proved`, …) of a claim, a step or a derivation, `exact` and `numeric` the answer of a question. A
    result is not a boolean.
    """

    def __init__(self, row: Row, declared: Sequence[str] = ()) -> None:
        self._row = row
        self._declared = declared

    def to_dict(self) -> Row:
        """The row of schema 1, as `--json` prints it."""
        return dict(self._row)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if name in FIELDS:
            return self._row.get(name)
        raise AttributeError(f"a result has no {name!r}")

    def __bool__(self) -> bool:
        raise TypeError("a result is not a boolean: look at its status and verdict")

    def __repr__(self) -> str:
        said = self.verdict or self.exact or self.status
        return f"<Result {self.kind} {self.source!r}: {said}>"

    @property
    def truth(self) -> Truth | None:
        """The verdict as a `Truth`, None for what is not judged."""
        return Truth(self._row["verdict"]) if "verdict" in self._row else None

    @cached_property
    def sympy(self) -> Any:
        """The answer as a SymPy object. Raises ValueError where there is no exact answer."""
        return importlib.import_module("twofold.engine.objects").to_sympy(self._exact(), self._declared)

    @cached_property
    def numpy(self) -> Any:
        """The answer as a fast function of its free names (keyword arguments; numbers or arrays). Raises ValueError where
        there is none."""
        return importlib.import_module("twofold.engine.objects").to_numpy(self._exact(), self._declared)

    def _exact(self) -> str:
        if self.exact is None:
            raise ValueError(f"there is no exact answer: {(self.error or {}).get('message', self.status)}")
        return str(self.exact)


FIELDS = frozenset(
    """schema file line column source kind status verdict exact latex numeric check evidence conditions assumed counterexample
    diagnosis error expected seconds notes code name hidden""".split()
)


class _Runner(Protocol):
    """Where statements are run: the supervisor of a worker, or this process."""

    record: Record

    def open(self, name: str, folder: Path | None) -> None: ...
    def foretell(self, text: str, name: str) -> None: ...
    def abandon(self) -> None: ...
    def add(self, script: tree.Script) -> int: ...
    def execute(self, number: int, index: int) -> Iterator[Row]: ...
    def restore(self, number: int) -> None: ...
    def forget(self, number: int) -> None: ...
    def close(self) -> None: ...


class Session:
    """Definitions that live on from one text to the next.

    `time` (seconds) and `memory` (megabytes) are the budget of each statement and step, `settings` what `set` sets (`digits`,
    `seed`). `in_process` runs the mathematics here, without budgets, for tests and for servers that have limits of their own.
    `worker` is one that is already starting. `read` and `include` may look into `folder` and `allow_read`. A session is a
    context manager; `close` ends its worker.
    """

    def __init__(
        self,
        *,
        in_process: bool = False,
        time: float = TIME,
        memory: int = MEMORY,
        settings: Mapping[str, Any] | None = None,
        folder: Path | str | None = None,
        allow_read: Sequence[Path | str] = (),
        worker: WorkerProcess | None = None,
    ) -> None:
        allowed = [Path(p) for p in allow_read]
        self._runner: _Runner
        if in_process:
            self._runner = importlib.import_module("twofold.engine.in_process").InProcess(
                {**(settings or {}), "time": time}, allowed
            )
        else:
            self._runner = Supervisor(Budget(time, memory), settings, allowed, worker)
        self.reset(folder=folder)

    def reset(self, name: str = "<text>", folder: Path | str | None = None) -> None:
        """Forgets every definition; `folder` is where the next texts stand."""
        self._runner.open(name, Path(folder) if folder else None)
        self._texts: list[tuple[int, str, str]] = []
        self._sound: set[int] = set()
        self._undone: list[tuple[str, str]] = []

    def stream(self, text: str, name: str = "<text>", emit: Callable[[Row], None] | None = None) -> Iterator[Result]:
        """Runs a text and yields a result for each statement, in order, as they come. `emit` gets notes of the stage that is
        at work.

        An exception or an abandoned iteration (Ctrl-C) loses the statements that are not finished and keeps all definitions
        before them.
        """
        try:
            self._runner.foretell(text, name)
            yield from self._stream(text, name, emit)
        finally:
            self._runner.abandon()  # An interrupt may come before the first statement is taken up.

    def _stream(self, text: str, name: str, emit: Callable[[Row], None] | None) -> Iterator[Result]:
        script = parse(text, name)
        number = self._runner.add(script)
        self._texts.append((number, text, name))
        if any(isinstance(statement, DEFINING) for statement in script.statements):
            self._undone.clear()
        sound = True
        for index, statement in enumerate(script.statements):
            if isinstance(statement, tree.Expect) and index:
                continue  # It was said of the row before.
            following = script.statements[index + 1] if index + 1 < len(script.statements) else None
            held: Row | None = None  # `expect` is about the last row of a statement.
            for row in self._runner.execute(number, index):
                if "schema" not in row:
                    if emit is not None:
                        emit(row)
                    continue
                sound = sound and (row["status"] == "ok" or isinstance(following, tree.Expect))
                if held is not None:
                    yield Result(held, self._runner.record.declared)
                held = row
                if not isinstance(following, tree.Expect):
                    yield Result(held, self._runner.record.declared)
                    held = None
            if held is not None and isinstance(following, tree.Expect):
                held["expected"] = meets(held, following.word)
                yield Result(held, self._runner.record.declared)
        if sound:
            self._sound.add(number)

    def run(self, text: str, name: str = "<text>", emit: Callable[[Row], None] | None = None) -> list[Result]:
        """One result per statement; a derivation gives one for each step and then one for the whole."""
        return list(self.stream(text, name, emit))

    def ask(self, text: str) -> Result:
        """The last result of a text."""
        results = self.run(text)
        if not results:
            raise ValueError("there is no statement in the text")
        return results[-1]

    def check(self, text: str) -> Result:
        """The last verdict of a text: `.truth`, `.counterexample`, `.diagnosis`, `.evidence`."""
        judged = [r for r in self.run(text) if r.kind in JUDGED]
        if not judged:
            raise ValueError("there is no claim in the text")
        return judged[-1]

    def undo(self) -> str | None:
        """Takes back the last text that defined something, and what came after it; that text, or None when there is none."""
        kept = self._runner.record.kept
        if not kept:
            return None
        number = kept[-1][0]
        _, text, name = next(t for t in self._texts if t[0] == number)
        self._runner.forget(number)
        self._texts = [t for t in self._texts if t[0] < number]
        self._sound = {n for n in self._sound if n < number}
        self._undone.append((text, name))
        return text

    def redo(self) -> str | None:
        """Puts back what `undo` took last."""
        if not self._undone:
            return None
        text, name = self._undone.pop()
        self.restore(text, name)
        return text

    def restore(self, text: str, name: str = "<text>") -> None:
        """Takes what a text defines, and runs nothing of it."""
        number = self._runner.add(parse(text, name))
        self._texts.append((number, text, name))
        self._sound.add(number)
        self._runner.restore(number)

    def definitions(self) -> dict[str, str]:
        """The names that are defined or declared, each with the text that did it last."""
        return self._runner.record.definitions()

    def texts(self) -> list[str]:
        """What was run to its end without an error, in order, without what was taken back: together a script that can be run."""
        return [text for number, text, _ in self._texts if number in self._sound]

    def close(self) -> None:
        self._runner.close()

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
