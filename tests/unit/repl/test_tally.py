"""Exit statuses."""

from __future__ import annotations

import pytest

from twofold.repl.tally import Tally


def row(text: str) -> dict:
    """`step refuted met` and the like: kind, then verdict or error code, then what `expect` said."""
    kind, said, *expected = text.split()
    made: dict = {"kind": kind, "status": "ok"}
    if said.endswith("!"):
        made |= {"status": "error", "error": {"code": said[:-1]}}
    elif said == "limit":
        made |= {"status": "time limit", "error": {"code": "time-limit"}}
    elif said != "ok":
        made["verdict"] = said
    if expected:
        made["expected"] = expected == ["met"]
    return made


@pytest.mark.parametrize(
    "status, rows",
    [
        (0, []),
        (0, ["claim proved", "question ok", "claim supported"]),
        (1, ["claim refuted", "claim undecided"]),
        (1, ["claim conditional"]),
        (2, ["question unknown-name!", "claim refuted"]),
        (2, ["question limit"]),
        (3, ["claim undecided", "claim proved"]),
        (4, ["claim conflict", "question unknown-name!"]),
        (4, ["question internal-error!"]),
        (0, ["claim refuted met", "question unknown-name! met"]),
        (1, ["claim proved unmet"]),
        (0, ["step proved", "step refuted", "derivation refuted met"]),
        (0, ["step proved", "step refuted met", "derivation refuted"]),
        (1, ["step refuted met", "step refuted", "derivation refuted"]),
        (1, ["step refuted", "derivation refuted"]),
        (1, ["step proved", "derivation proved unmet"]),
        (3, ["step undecided", "derivation undecided"]),
        (2, ["step shape-mismatch!", "derivation refuted"]),
        (0, ["step shape-mismatch!", "derivation refuted met"]),
    ],
)
def test_status(status: int, rows: list[str]):
    tally = Tally()
    for text in rows:
        tally.add(row(text))
    assert tally.status == status


def test_strict():
    tally = Tally(strict=True)
    tally.add(row("claim supported"))
    assert tally.status == 3
