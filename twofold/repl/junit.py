"""The JUnit report: a suite for each file, a case for each row that is judged or that went wrong."""

from __future__ import annotations

from itertools import groupby
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from twofold.repl.tally import FINE, REFUTED, UNDECIDED, Tally


def junit(rows: list[dict[str, Any]]) -> str:
    """The text of the report."""
    root = Element("testsuites", name="twofold")
    for file, group in groupby(rows, lambda r: r["file"]):
        cases = [r for r in group if "verdict" in r or r["status"] != "ok"]
        suite = SubElement(root, "testsuite", name=file, tests=str(len(cases)))
        counts = {"failures": 0, "errors": 0, "skipped": 0}
        for row in cases:
            case = SubElement(suite, "testcase", name=f"{row['line']}: {clean(row['source'])[:120]}", classname=file)
            case.set("time", f"{row.get('seconds') or 0:.6f}")
            case.set("line", str(row["line"]))
            status = Tally().weigh(row)
            if status != FINE:
                kind = {REFUTED: "failure", UNDECIDED: "skipped"}.get(status, "error")
                counts[{"failure": "failures", "error": "errors"}.get(kind, "skipped")] += 1
                word = row.get("verdict") or row["status"]
                SubElement(case, kind, message=clean(said(row)), type=word)
        for key, count in counts.items():
            suite.set(key, str(count))
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def said(row: dict[str, Any]) -> str:
    """One line on what is wrong with a row."""
    if row.get("error"):
        return f"{row['error']['code']}: {row['error']['message']}"
    witness = row.get("counterexample")
    if witness:
        at = ", ".join(f"{k} = {v}" for k, v in witness["values"].items())
        return f"{row['verdict']}: at {at}: left = {witness['left']}, right = {witness['right']}"
    return str(row.get("verdict") or row["status"])


def clean(text: str) -> str:
    """Characters that XML cannot carry are left out."""
    return "".join(c if c.isprintable() else " " for c in text)
