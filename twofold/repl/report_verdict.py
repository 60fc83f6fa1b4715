"""Verdicts of claims and steps: one line for what holds, a message with the place for what does not."""

from __future__ import annotations

from typing import Any

from twofold.core.span import Source
from twofold.repl.conditions import conditions
from twofold.repl.excerpt import Mark, excerpt
from twofold.repl.style import Style
from twofold.repl.undecided import open_lines


def good_verdict_line(row: dict[str, Any]) -> str:
    """What follows `proved` or `supported`: the conditions, or how far the support goes, and what was assumed."""
    parts = []
    if row.get("conditions"):
        parts.append("where " + conditions(row))
    if row["verdict"] == "supported":
        parts.append(support_text(row))
    if row.get("assumed"):
        parts.append("assumed: " + ", ".join(row["assumed"]))
    parts += row.get("notes") or []
    return "(" + "; ".join(p for p in parts if p) + ")" if any(parts) else ""


def support_text(row: dict[str, Any]) -> str:
    points = [e for e in row.get("evidence") or [] if e.get("effective")]
    if not points:
        return ""
    best = max(points, key=lambda e: e["effective"])
    how = (best.get("note") or "").removeprefix("agree").removeprefix(" to 0 digits")  # An inequality has no digits.
    return f"both routes agree at {best['effective']} points{how if how.startswith(' to ') else ''}"


def bad_verdict_lines(
    row: dict[str, Any], source: Source, steps: list[dict[str, Any]], style: Style, detailed: bool = False, prompt: bool = False
) -> list[str]:
    """A message in the manner of a compiler's: what is wrong, the place, the numbers that show it, what would mend it.

    `detailed`: with the reason of every method that did not decide. `prompt`: there is `:why` for those.
    """
    word = row["verdict"]
    lines = [f"{style.paint(word, word)}: {_headline(row, steps)}"]
    diagnosis = row.get("diagnosis") or []
    placed = [d for d in diagnosis if d.get("line") and d.get("column")]
    placed = placed[:3]
    marks = [Mark(d["line"], d["column"], d.get("length") or 1, d["message"]) for d in placed]
    if not any(m.line == row["line"] for m in marks):
        first = row["source"].split("\n")[0]
        marks.append(Mark(row["line"], row["column"], len(first), "" if marks else _short(row), "mark"))
    above = _line_above(row, source, steps) if row["kind"] == "step" else None
    lines += excerpt(source, marks, style, above)
    return lines + [f"   {style.paint('=', 'place')} {text}" for text in _facts(row, placed) + _open(row, detailed, prompt)]


def _headline(row: dict[str, Any], steps: list[dict[str, Any]]) -> str:
    word = row["verdict"]
    if row["kind"] == "step":
        number = len(steps) + 1
        before = f"step {number - 1}" if number > 1 else "the line above it"
        return {
            "refuted": f"step {number} does not follow from {before}",
            "conditional": f"step {number} follows from {before} only under a condition",
            "undecided": f"step {number} could be neither proved nor refuted",
        }.get(word, f"step {number}: proof and counterexample at once, please report this")
    return {
        "refuted": "this does not hold",
        "conditional": "this holds only under a condition",
        "undecided": "this could be neither proved nor refuted",
    }.get(word, "proof and counterexample at once: a bug, please report this")


def _short(row: dict[str, Any]) -> str:
    return "needs " + conditions(row) if row["verdict"] == "conditional" and row.get("conditions") else ""


def _line_above(row: dict[str, Any], source: Source, steps: list[dict[str, Any]]) -> int | None:
    """The line that a step is compared with: the step before it, or the text line above it."""
    if steps and steps[-1]["file"] == row["file"] and steps[-1]["line"] < row["line"]:
        return int(steps[-1]["line"])
    number = row["line"] - 1
    while number and not source.line(number).strip():
        number -= 1
    return number or None


def _facts(row: dict[str, Any], placed: list[dict[str, Any]]) -> list[str]:
    facts = []
    witness = row.get("counterexample")
    if witness:
        at = ", ".join(f"{k} = {v}" for k, v in witness["values"].items())
        how = (
            "certified" if witness.get("certified") else "numeric: " + " and ".join(witness.get("confirmed_by") or ["one method"])
        )
        facts.append((f"at {at}: " if at else "") + f"left = {witness['left']}, right = {witness['right']}  ({how})")
    if row["verdict"] == "conditional" and row.get("conditions"):
        facts.append("holds where " + conditions(row))
        declared = [c for c in row["conditions"] if c.startswith("let ")]
        if not any(d["message"].startswith(("this would hold given", "this would hold with let")) for d in placed):
            facts.append(f"help: write `{declared[0]}`" if declared else f"help: add `given {', '.join(row['conditions'])}`")
    facts += [
        f"{d['kind']}: {d['message']}" if d["kind"] in ("repair", "slip") else d["message"]
        for d in row.get("diagnosis") or []
        if d not in placed
    ]
    if row.get("assumed"):
        facts.append("assumed: " + ", ".join(row["assumed"]))
    facts += [f"note: {n}" for n in row.get("notes") or [] if n not in facts]
    return facts


def _open(row: dict[str, Any], detailed: bool, prompt: bool) -> list[str]:
    """The evidence where it is the message: all of it for a conflict, which is to be reported."""
    if row["verdict"] not in ("undecided", "conflict"):
        return []
    return open_lines(row, detailed or row["verdict"] == "conflict", prompt)
