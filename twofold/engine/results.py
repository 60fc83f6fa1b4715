"""What came of a statement: the rows of schema 1."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from twofold.core.diagnostic import Diagnostic
from twofold.core.evidence import Check, Verdict
from twofold.core.span import Span
from twofold.core.truth import Truth
from twofold.engine.rows import SCHEMA
from twofold.grammar import tree
from twofold.grammar.term import Term

Emit: TypeAlias = Callable[[dict[str, Any]], None]
"""What is told of a statement on the way: the stage that it is in."""


@dataclass(slots=True, eq=False)
class Result:
    """What came of a statement, a step or a derivation. `judged` is the verdict with its evidence; `answer` the exact value as
    a term, `written` the tree that its text was made from."""

    kind: str
    place: Span
    source: str
    status: str = "ok"
    judged: Verdict | None = None
    answer: Term | None = None
    written: tree.Expr | None = None
    exact: str | None = None
    latex: str | None = None
    numeric: Any = None
    check: Check | None = None
    assumed: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    error: Diagnostic | None = None
    expected: bool | None = None
    seconds: float = 0.0
    name: str | None = None
    hidden: bool = False
    code: str = ""

    @property
    def verdict(self) -> str | None:
        """The word of the verdict, None for what is not judged."""
        return self.judged.truth.value if self.judged is not None else None

    @property
    def truth(self) -> Truth | None:
        return self.judged.truth if self.judged is not None else None

    def meets(self, word: str) -> bool:
        """Whether this is what `expect word` says: a verdict, or the code of a diagnostic."""
        return word in (self.verdict, self.code, self.error.code if self.error else None)

    def to_dict(self) -> dict[str, Any]:
        """The row of schema 1. Keys that do not apply are left out; `name`, `notes`, `code` and `hidden` are additions to it."""
        row: dict[str, Any] = {
            "schema": SCHEMA,
            "file": self.place.source.name,
            "line": self.place.line,
            "column": self.place.column,
            "source": self.source,
            "kind": self.kind,
            "status": self.status,
        }
        verdict = self.judged
        if verdict is not None:
            row["verdict"] = verdict.truth.value
        row |= {key: value for key in ("exact", "latex", "numeric") if (value := getattr(self, key)) is not None}
        if self.check is not None:
            row["check"] = self.check.to_dict()
        if verdict is not None:
            row["evidence"] = [e.to_dict() for e in verdict.evidence]
        conditions = _once(self.conditions, verdict.conditions if verdict else ())
        assumed = _once(self.assumed, verdict.assumed if verdict else ())
        notes = _once(self.notes, verdict.notes if verdict else ())
        row |= {key: value for key, value in (("conditions", conditions), ("assumed", assumed)) if value}
        if verdict is not None and verdict.counterexample is not None:
            row["counterexample"] = verdict.counterexample.to_dict()
        if verdict is not None and verdict.diagnosis:
            row["diagnosis"] = [d.to_dict() for d in verdict.diagnosis]
        if self.error is not None:
            row["error"] = self.error.to_dict()
        if self.expected is not None:
            row["expected"] = self.expected
        code = self.code or (verdict.code if verdict else "")
        row |= {
            key: value for key, value in (("notes", notes), ("code", code), ("name", self.name), ("hidden", self.hidden)) if value
        }
        row["seconds"] = round(self.seconds, 6)
        return row


def _once(*lists: tuple[str, ...]) -> list[str]:
    return list(dict.fromkeys(text for texts in lists for text in texts))
