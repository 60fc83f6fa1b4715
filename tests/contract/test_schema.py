"""The rows of `--json` are what other programs were promised: schema 1."""

from __future__ import annotations

import json
from typing import Any

import pytest

from twofold.repl.main import main

SCRIPT = """\
let a > 0
f(t) = t^2 + 1
set digits = 20
f(3)
diff(sin(x)^2, x)
eigenvalues([1, 2; 3, 4])
x + x == 2x
x + x == 3x
expect refuted
sqrt(x^2) == x
log(x^2) == 2 log(x)
derivation "steps":
  diff(x^3, x)
    == 3x^2
    == 3x
end
nobodyknows(3)
[1, 2] + [1, 2, 3]
(1 +
"""
KINDS = {"declaration", "definition", "question", "claim", "step", "derivation", "setting"}
STATUSES = {"ok", "error", "time limit", "memory limit"}
VERDICTS = {"proved", "conditional", "supported", "refuted", "undecided", "conflict"}
ALWAYS = {"schema", "file", "line", "column", "source", "kind", "status", "seconds"}
PROMISED = ALWAYS | {
    "verdict", "exact", "latex", "numeric", "check", "evidence", "conditions", "assumed", "counterexample", "diagnosis", "error", "expected",
}  # fmt: skip
ADDED = {"name", "notes", "code", "hidden"}
"""Keys that we add; a program that does not know them loses nothing."""


@pytest.fixture(scope="module")
def rows(tmp_path_factory) -> list[dict[str, Any]]:
    import contextlib
    import io

    path = tmp_path_factory.mktemp("schema") / "a.two"
    path.write_text(SCRIPT)
    with contextlib.redirect_stdout(io.StringIO()) as said:
        assert main([str(path), "--json"]) == 2
    return [json.loads(line) for line in said.getvalue().splitlines()]


def test_every_statement_has_a_row(rows):
    assert [r["line"] for r in rows] == [1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 14, 15, 12, 17, 18, 19]


def test_keys(rows):
    for row in rows:
        assert row.keys() >= ALWAYS
        assert row.keys() <= PROMISED | ADDED
        assert (row["schema"], row["kind"] in KINDS, row["status"] in STATUSES) == (1, True, True)
        assert row["line"] >= 1 and row["column"] >= 1 and row["seconds"] >= 0


def test_verdicts(rows):
    for row in rows:
        if row["kind"] in ("claim", "step", "derivation") and row["status"] == "ok":
            assert row["verdict"] in VERDICTS
            assert isinstance(row["evidence"], list)
        elif row["status"] == "ok":
            assert "verdict" not in row
        for piece in row.get("evidence", ()):
            assert piece.keys() >= {"method", "truth", "strength", "points", "effective", "seconds", "note"}
        if row.get("verdict") in ("refuted", "conditional") and row["kind"] != "derivation":
            witness = row["counterexample"]
            assert witness.keys() >= {"values", "left", "right", "certified"}
            assert all(isinstance(v, str) for v in (*witness["values"].values(), witness["left"], witness["right"]))
        if row.get("verdict") == "conditional":
            assert row["conditions"]
        for said in row.get("diagnosis", ()):
            assert said["kind"] in ("part", "relation", "repair", "slip")


def test_answers(rows):
    for row in rows:
        if row["kind"] == "question" and row["status"] == "ok":
            assert isinstance(row["exact"], str) and isinstance(row["latex"], str)
            assert row["check"].keys() >= {"method", "agrees", "digits", "independent_of"}
            assert isinstance(row.get("numeric", ""), str | list)


def test_errors(rows):
    for row in rows:
        assert ("error" in row) == (row["status"] != "ok")
        if "error" in row:
            assert row["error"].keys() >= {"code", "message", "line", "column", "length", "help"}


def test_expectations(rows):
    assert [r["line"] for r in rows if "expected" in r] == [8]
    assert all(r["expected"] is True for r in rows if "expected" in r)
