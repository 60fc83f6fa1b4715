"""Runs the Markdown files of this folder: a heading is a test, a fence `two` is input for a fresh session.

What stands after `#` at the end of a line is what the row of that line must say: a verdict, the exact answer of a question as
it is printed, `≈ 1.41421` for its decimals, the code of a diagnostic, or `conditional x >= 0` for a verdict with its
conditions. Several expectations are separated by ` ; `. A line without a comment must not be an error.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from twofold.engine.session import Session

FOLDER = Path(__file__).parent
SHOWN = ("verdict", "exact", "numeric", "error", "conditions", "assumed", "code", "notes", "check")
_FENCE = re.compile(r"^```two\n(.*?)^```", re.MULTILINE | re.DOTALL)


class Case(NamedTuple):
    name: str
    text: str


def cases() -> list[Case]:
    found = []
    for path in sorted(FOLDER.glob("*.md")):
        for section in re.split(r"^(?=#+ )", path.read_text(encoding="utf-8"), flags=re.MULTILINE):
            heading = section.partition("\n")[0].lstrip("# ").strip()
            found += [Case(f"{path.stem}: {heading}", match.group(1)) for match in _FENCE.finditer(section)]
    return found


def said(row: dict[str, Any], word: str) -> bool:
    """Whether a row says what a comment expects of it."""
    if word.startswith("≈"):
        return close(row.get("numeric"), word[1:].strip())
    verdict, _, conditions = word.partition(" ")
    if conditions and row.get("verdict") == verdict:
        return conditions in " and ".join(row.get("conditions", []))
    error = row.get("error") or {}
    return word in (row.get("verdict"), row.get("exact"), error.get("code"), row.get("code")) or word in row.get("assumed", [])


def close(value: Any, expected: str) -> bool:
    return isinstance(value, str) and abs(float(value) - float(expected)) <= 0.5 * 10.0 ** -len(expected.partition(".")[2])


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_language(case: Case) -> None:
    rows: dict[int, list[dict[str, Any]]] = {}
    for result in Session().run(case.text):
        row = result.to_dict()
        rows.setdefault((row.get("error") or row)["line"], []).append(row)
    wrong = []
    for number, line in enumerate(case.text.splitlines(), 1):
        _, mark, comment = line.partition("#")
        here = rows.get(number, [])
        words = [word.strip() for word in comment.strip().split(" ; ")] if mark else []
        fine = all(any(said(row, word) for row in here) for word in words) if mark else all(row["status"] == "ok" for row in here)
        if not fine:
            wrong.append((line, [{k: row[k] for k in SHOWN if k in row} for row in here]))
    assert not wrong, "\n".join(f"{line}\n    {found}" for line, found in wrong)


def test_there_are_cases() -> None:
    assert len(cases()) > 20
