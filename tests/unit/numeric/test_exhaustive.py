"""Piecewise expressions that have no value somewhere, inside integrals."""

from __future__ import annotations

import pytest

import twofold
from twofold.catalogue.resolve import Scope, resolve
from twofold.grammar.parse import parse_expression
from twofold.grammar.term import App, Symbol
from twofold.numeric.exhaustive import covers

X, Y = Symbol("x"), Symbol("y")


def conditions(text: str):
    found = resolve(parse_expression("{" + text + "}", ""), Scope({"x": X, "y": Y}))
    assert isinstance(found, App)
    return found.args[1::2]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1 if x > 0; 2 if x <= 0", True),
        ("1 if x > 0; 2 if x < 0", False),
        ("1 if x > 0; 2 if x == 0; 3 if 0 > x", True),
        ("1 if x < 0; 2 if 0 <= x and x < 1; 3 if x >= 1", True),
        ("1 if x < 0; 2 if 0 <= x and x < 1; 3 if x > 1", False),
        ("1 if x < y; 2 if y <= x", True),
        ("1 if x < y; 2 if y < x", False),
        ("1 if x < 1; 2 if y >= 1", False),
        ("1 if x != 2; 2 if x == 2", True),
    ],
)
def test_covers(text: str, said: bool) -> None:
    assert covers(conditions(text)) is said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("integrate({1 if x > 0}, x = -1..1) == 1", "undecided"),
        ("integrate({1 if x > 0}, x = -1..1) == 2", "undecided"),
        ("integrate({1 if x < 0; 2 if x > 1}, x = -1..2) == 5", "undecided"),
        ("integrate({1 if x > 0}, x = 0..1) == 1", "proved"),
        ("integrate({x if x >= 0; -x if x < 0}, x = -1..1) == 1", "proved"),
        ("integrate({exp(x) if sin(x) > 0; 1 if sin(x) <= 0}, x = -1..1) == 2", "refuted"),
    ],
)
def test_integrals(text: str, said: str) -> None:
    assert twofold.Session(in_process=True).run(text)[-1].verdict == said


def test_the_answer_is_no_conflict() -> None:
    assert twofold.Session(in_process=True).run("integrate({1 if x > 0}, x = -1..1)")[-1].verdict != "conflict"
