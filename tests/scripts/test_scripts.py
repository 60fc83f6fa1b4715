"""Runs the scripts of the folders beside this file: the folder is the expectation.

`ok`: everything holds, or is as an `expect` line says. `refuted`, `undecided`: the last thing judged is so. The `…_error`
folders: what cannot be read or worked out is an error with its place, at exactly the lines that end with a comment, which is
the code; the other lines go on.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from twofold.engine.session import Session

FOLDER = Path(__file__).parent
SCRIPTS = sorted(FOLDER.glob("*/*.two"))
HOLDING = ("proved", "supported")

CODES = {
    "syntax_error": None,
    "name_error": {
        "unknown-name",
        "unknown-function",
        "undeclared-i",
        "missing-brackets",
        "not-a-function",
        "wrong-arity",
        "unknown-setting",
    },
    "shape_error": {"shape-mismatch", "ragged-matrix", "wrong-kind", "bad-size", "law-parameter"},
}


def rows(path: Path) -> list[dict[str, Any]]:
    results = Session(folder=path.parent).run(path.read_text(encoding="utf-8"), path.name)
    return [r.to_dict() for r in results]


def of(folder: str) -> Any:
    return pytest.mark.parametrize("path", [p for p in SCRIPTS if p.parent.name == folder], ids=lambda p: p.stem)


def unannounced(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows that neither hold nor are as an `expect` line says; a line after `end` speaks for the steps too."""
    wrong: list[dict[str, Any]] = []
    steps: list[dict[str, Any]] = []
    for row in found:
        fine = row["expected"] if "expected" in row else row["status"] == "ok" and row.get("verdict", "proved") in HOLDING
        if row["kind"] == "step":
            steps += [] if fine else [row]
        elif row["kind"] == "derivation":
            wrong += [] if fine and row.get("expected") else steps
            wrong += [] if fine else [row]
            steps = []
        elif not fine:
            wrong.append(row)
    return wrong


@of("ok")
def test_ok(path: Path) -> None:
    assert not unannounced(rows(path))


@pytest.mark.parametrize("path", sorted((FOLDER.parents[1] / "examples").glob("*.two")), ids=lambda p: p.stem)
def test_examples(path: Path) -> None:
    found = rows(path)
    assert not unannounced(found)
    for row in found:
        if row["kind"] == "question" and row["status"] == "ok":
            assert "exact" in row or "numeric" in row, row
            assert (row.get("check") or {}).get("agrees") is not False, row


def judged(path: Path) -> dict[str, Any]:
    found = rows(path)
    assert all(row["status"] == "ok" for row in found), found
    return [row for row in found if "verdict" in row][-1]


@of("refuted")
def test_refuted(path: Path) -> None:
    assert judged(path)["verdict"] == "refuted"


@of("undecided")
def test_undecided(path: Path) -> None:
    assert judged(path)["verdict"] == "undecided"


@pytest.mark.parametrize("path", [p for p in SCRIPTS if p.parent.name in CODES], ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_errors(path: Path) -> None:
    marked = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        text, mark, code = line.partition("#")
        if mark and text.strip():
            marked[number] = code.strip()
    errors = [row["error"] for row in rows(path) if row["status"] == "error"]
    assert {e["line"]: e["code"] for e in errors} == marked
    codes = CODES[path.parent.name]
    assert codes is None or {e["code"] for e in errors} <= codes


def test_every_folder_is_an_expectation() -> None:
    assert {p.parent.name for p in SCRIPTS} <= {"ok", "refuted", "undecided", *CODES}
