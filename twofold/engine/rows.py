"""Rows of schema 1 that the client makes itself: for what a worker was stopped in, and what an `expect` line says of a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from twofold.core.span import Span
from twofold.engine.protocol import Row
from twofold.grammar import tree

SCHEMA = 1
KINDS: dict[type, str] = {
    tree.Declaration: "declaration",
    tree.Definition: "definition",
    tree.Distributed: "definition",
    tree.Question: "question",
    tree.Claim: "claim",
    tree.Chain: "claim",
    tree.Step: "step",
    tree.Derivation: "derivation",
    tree.Setting: "setting",
    tree.Include: "setting",
}
DEFINING = (tree.Declaration, tree.Definition, tree.Distributed, tree.Setting, tree.Include)
"""The statements whose effect lasts: a new worker gets them again."""
HEAD = (tree.Declaration, tree.Definition, tree.Distributed)
"""Those of them that take no time, so that a worker begins with them and does not wait for each to be asked for."""
JUDGED = ("claim", "step", "derivation")
SEVERITY = ("conflict", "refuted", "conditional", "undecided", "supported", "proved")


def begun(statements: Sequence[tree.Statement]) -> int:
    """How many statements of a text a worker begins with before it is told to: those that define something at its head, and
    the one that follows them."""
    head = next((k for k, statement in enumerate(statements) if not isinstance(statement, HEAD)), len(statements))
    return head + (head < len(statements) and (not head or not isinstance(statements[head], tree.Expect)))


def units(statement: Any) -> Iterator[Any]:
    """What a statement is judged or answered by, in the order of the text: the steps and claims of a derivation, the
    statements of a scope."""
    match statement:
        case tree.Derivation(items=items) | tree.Scope(items=items):
            for item in items:
                if isinstance(item, tree.Chain):
                    # A lone equation in a derivation is a claim.
                    yield from item.steps or ([item] if isinstance(item.start, tree.Relation | tree.Logic | tree.System) else [])
                else:
                    yield from units(item)
        case (
            tree.Claim()
            | tree.Question()
            | tree.Definition()
            | tree.Distributed()
            | tree.Declaration()
            | tree.Setting()
            | tree.Include()
        ):
            yield statement
        case _:
            return


def place(node: Any) -> Span:
    """Where the row of a node stands: a step at its relation."""
    span: Span = node.relation_span if isinstance(node, tree.Step) else node.span
    return span


def failure(node: Any, status: str, error: dict[str, Any], seconds: float, evidence: Iterable[dict[str, Any]] = ()) -> Row:
    """The row of a statement or step that was stopped or that we failed at: never a verdict on the mathematics."""
    span = place(node)
    kind = KINDS.get(type(node), "question")
    row: Row = {
        "schema": SCHEMA,
        "file": span.source.name,
        "line": span.line,
        "column": span.column,
        "source": node.span.text,
        "kind": kind,
        "status": status,
        "error": {"line": span.line, "column": span.column, "length": max(1, node.span.end - span.start), **error},
        "seconds": round(seconds, 6),
    }
    if kind in JUDGED:
        row["verdict"] = "undecided"
        row["evidence"] = list(evidence)
    return row


def worst(verdicts: Iterable[str]) -> str | None:
    """The verdict of a whole whose parts have these: the first of `SEVERITY` among them."""
    found = set(verdicts)
    return next((v for v in SEVERITY if v in found), None)


def meets(row: Row, word: str) -> bool:
    """Whether a row has the verdict, the status or the diagnostic code that an `expect` line names."""
    error = row.get("error") or {}
    return word in (row.get("verdict"), row.get("code"), error.get("code"))
