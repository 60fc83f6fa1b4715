"""The SARIF 2.1.0 report: what is wrong, with its place, for editors and code hosts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from twofold import __version__
from twofold.repl.junit import said
from twofold.repl.tally import FINE, UNDECIDED, Tally

SCHEMA_URL = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif(rows: list[dict[str, Any]]) -> str:
    """The text of the report."""
    results = [_result(row) for row in rows if Tally().weigh(row) != FINE]
    rules = [{"id": rule} for rule in sorted({r["ruleId"] for r in results})]
    driver = {"name": "twofold", "version": __version__, "rules": rules}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": SCHEMA_URL, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False) + "\n"


def _result(row: dict[str, Any]) -> dict[str, Any]:
    error = row.get("error") or {}
    found: dict[str, Any] = {
        "ruleId": error.get("code") or row.get("verdict") or row["status"],
        "level": "warning" if Tally().weigh(row) == UNDECIDED else "error",
        "message": {"text": said(row)},
        "locations": [_location(row["file"], error if error else row)],
    }
    placed = [d for d in row.get("diagnosis") or [] if d.get("line")]
    if placed:
        found["relatedLocations"] = [{**_location(row["file"], d), "message": {"text": d["message"]}} for d in placed]
    return found


def _location(file: str, place: dict[str, Any]) -> dict[str, Any]:
    column = place.get("column") or 1
    length = place.get("length") or max(1, len(str(place.get("source", "")).split("\n")[0]))
    region = {"startLine": place["line"], "startColumn": column, "endColumn": column + length}
    return {"physicalLocation": {"artifactLocation": {"uri": Path(file).as_posix()}, "region": region}}
