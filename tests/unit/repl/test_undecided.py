"""What a person reads about a claim that stayed open."""

from __future__ import annotations

from typing import Any

from twofold.repl.report import Report
from twofold.repl.report_verdict import support_text
from twofold.repl.style import Style
from twofold.repl.undecided import open_lines


def piece(method: str, note: str, seconds: float = 0.001, points: int = 0, effective: int = 0) -> dict[str, Any]:
    return {
        "method": method,
        "truth": "undecided",
        "strength": "none",
        "points": points,
        "effective": effective,
        "seconds": seconds,
        "note": note,
    }


EVIDENCE = [
    piece("normal form", "the normal forms differ"),
    piece("float filter", "agree to 11 digits, seed 7", 0.2, 30, 2),
    piece("members", "no sets of few numbers are compared"),
    piece("a turning point", "no single turning point", 0.7),
    piece("between the ends", "stopped after 2.5 nominal seconds of work", 2.5),
    piece("certified points", "", points=2),
]
ROW = {
    "schema": 1,
    "file": "a.two",
    "line": 1,
    "column": 1,
    "source": "p == q",
    "kind": "claim",
    "status": "ok",
    "verdict": "undecided",
    "evidence": EVIDENCE,
}


def test_what_a_person_can_use_is_said_and_the_rest_is_counted():
    assert open_lines(ROW) == [
        "in numbers the sides agree to 11 digits at 2 points, seed 7",
        "between the ends: stopped after 2.5 nominal seconds of work",
        "a turning point: no single turning point",
        "2 more methods did not decide it either; `check -v` and `--json` list them",
    ]
    assert open_lines(ROW, prompt=True)[-1].endswith("`:why` lists them")


def test_every_reason_is_there_where_it_is_asked_for():
    said = open_lines(ROW, all_of_it=True)
    assert len(said) == 5
    assert "members: no sets of few numbers are compared" in said
    for detailed, count in ((False, 4), (True, 5)):
        report = Report(Style(), detailed=detailed)
        report.know("a.two", "p == q")
        assert report.render(ROW).count("   = ") == count


def test_a_conflict_says_everything():
    report = Report(Style())
    report.know("a.two", "p == q")
    assert "members: no sets" in report.render(ROW | {"verdict": "conflict"})


def test_suspicions_and_missing_numbers():
    seen = {"evidence": [piece("float filter", "1 suspicious", points=4, effective=3)]}
    assert open_lines(seen) == ["in numbers the sides seem to differ at 1 of 3 points"]
    none = {"evidence": [piece("float filter", "a range, size or order too large to go through")]}
    assert open_lines(none) == ["in numbers: a range, size or order too large to go through"]


def test_an_inequality_agrees_to_no_digits():
    row = {"evidence": [piece("float filter", "agree to 0 digits, seed 7", points=30, effective=28)]}
    assert support_text(row) == "both routes agree at 28 points"
    row = {"evidence": [piece("float filter", "agree to 15 digits, seed 7", points=30, effective=28)]}
    assert support_text(row) == "both routes agree at 28 points to 15 digits, seed 7"
