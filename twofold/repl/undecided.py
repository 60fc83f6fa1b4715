"""Why a claim stayed open, in a few lines: what the numbers say, which methods worked on it, and where the rest is told."""

from __future__ import annotations

from typing import Any

_WORKED = 0.3
"""Seconds from which on a method was at work; below that it looked at the form of the claim and passed."""
_MOST = 3
"""Methods that are named with their reasons."""
_OURS = ("stopped", "failed")
"""How the reason of a method begins that came to no end because of us."""
_NUMBERS = "float filter"
"""The stage that compares both sides in floating point, whose reason says why there are no numbers."""


def open_lines(row: dict[str, Any], all_of_it: bool = False, prompt: bool = False) -> list[str]:
    """The reasons of a verdict that is `undecided`, of every method if `all_of_it`; else those that a person can use."""
    pieces = [e for e in row.get("evidence") or [] if e.get("note")]
    if all_of_it:
        return [f"{e['method']}: {e['note']}" for e in pieces]
    numbers = [e for e in pieces if e.get("points") or e["method"] == _NUMBERS]
    others = [e for e in pieces if e not in numbers]
    ours = [e for e in others if e["note"].startswith(_OURS)]
    worked = sorted((e for e in others if e not in ours and e["seconds"] >= _WORKED), key=lambda e: -float(e["seconds"]))
    named = (ours + worked)[:_MOST]
    lines = [_numbers(e) for e in numbers] + [f"{e['method']}: {e['note']}" for e in named]
    rest = len(others) - len(named)
    if rest:
        where = "`:why` lists them" if prompt else "`check -v` and `--json` list them"
        lines.append(f"{rest} {'more ' if named else ''}method{'s' * (rest != 1)} did not decide it either; {where}")
    return lines


def _numbers(piece: dict[str, Any]) -> str:
    """What the comparison in numbers came to."""
    points = piece.get("effective") or 0
    at = f" at {points} point{'s' * (points != 1)}" if points else ""
    note = piece["note"]
    if note.endswith("suspicious"):
        return f"in numbers the sides seem to differ at {note.removesuffix('suspicious').strip()} of {points} points"
    if note.startswith("agree"):
        said, _, seed = note.partition(", ")
        return f"in numbers the sides {said}{at}" + (f", {seed}" if seed else "")
    return f"in numbers: {note}{at}"


__all__ = ["open_lines"]
