"""JUnit, SARIF, Python text, transcripts."""

from __future__ import annotations

import json
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest

from twofold.repl.junit import junit
from twofold.repl.pasted import without_prompts
from twofold.repl.python_text import python_text
from twofold.repl.sarif import sarif

WITNESS = {"values": {"x": "1"}, "left": "1", "right": "2", "certified": True}
ERROR = {"code": "syntax", "message": "what?", "line": 1, "column": 3, "length": 1, "help": ""}
PART = {"kind": "part", "message": "here", "line": 2, "column": 8, "length": 2}


def row(file: str, line: int, column: int, source: str, **more: Any) -> dict[str, Any]:
    made = {"file": file, "line": line, "column": column, "source": source, "kind": "claim", "status": "ok", "seconds": 0.1}
    return made | more


ROWS = [
    row("a.two", 1, 1, "x == x", verdict="proved"),
    row("a.two", 2, 3, "x == 2x", verdict="refuted", counterexample=WITNESS, diagnosis=[PART]),
    row("b.two", 1, 1, "y\x00 <", kind="question", status="error", error=ERROR),
    row("b.two", 2, 1, "p == q", verdict="undecided"),
]


def test_junit():
    root = fromstring(junit(ROWS))
    assert [(s.get("name"), s.get("tests"), s.get("failures"), s.get("errors"), s.get("skipped")) for s in root] == [
        ("a.two", "2", "1", "0", "0"),
        ("b.two", "2", "0", "1", "1"),
    ]
    assert root.find(".//failure").get("message") == "refuted: at x = 1: left = 1, right = 2"


def test_sarif():
    (run,) = json.loads(sarif(ROWS))["runs"]
    assert [(r["ruleId"], r["level"]) for r in run["results"]] == [
        ("refuted", "error"),
        ("syntax", "error"),
        ("undecided", "warning"),
    ]
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 2, "startColumn": 3, "endColumn": 10}
    assert run["results"][0]["relatedLocations"][0]["message"]["text"] == "here"


@pytest.mark.parametrize(
    "text, same",
    [
        ("1/3 + x^2", "x**2 + 1/3"),
        ("sqrt(2)*exp(-x)/pi", "sqrt(2)*exp(-x)/pi"),
        ("[1, 2; 3, x]", "Matrix([[1, 2], [3, x]])"),
        ("{x if x > 0; 0 otherwise}", "Piecewise((x, x > 0), (0, True))"),
        ("-(a - b)^(-2)", "-1/(a - b)**2"),
        ("2*x >= y", "2*x >= y"),
        ("0.1", "1/10"),
    ],
)
def test_python_text(text: str, same: str):
    from sympy.parsing.sympy_parser import auto_symbol, parse_expr

    assert str(parse_expr(python_text(text), transformations=(auto_symbol,))) == same


@pytest.mark.parametrize(
    "pasted, typed",
    [
        ("a = 3\nb", "a = 3\nb"),
        (">> a = 3\n>> a\n3\n", "a = 3\na"),
        (">> f(x) = {x^2 if x > 0;\n..          0 otherwise}\n>> f(2)\n4", "f(x) = {x^2 if x > 0;\n         0 otherwise}\nf(2)"),
        ("x >> y", "x >> y"),
    ],
)
def test_transcripts(pasted: str, typed: str):
    assert without_prompts(pasted) == typed
