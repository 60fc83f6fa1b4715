"""Completion is a function: no terminal is needed to test it."""

from __future__ import annotations

import pytest

from twofold.repl.completion import complete, symbols
from twofold.repl.index import Entry, entries

ENTRIES = [
    Entry("Normal", "law", "Normal(mu, sigma)", "the bell curve"),
    Entry("norm", "function", "norm(v)", "length of a vector"),
    Entry("pi", "constant", "pi", "3.14…"),
]


def texts(before: str, **defined: str) -> list[str]:
    return [c.text for c in complete(before, ENTRIES, defined, {"vars": "what is defined", "why": "evidence"})]


@pytest.mark.parametrize(
    "before, found",
    [
        ("no", ["norm(", "Normal("]),
        ("2*No", ["Normal(", "norm("]),
        ("x + p", ["pi"]),
        ("", []),
        ("2 ", []),
        ("?nor", ["norm", "Normal"]),
        (":w", [":why"]),
        ("x :v", []),
        ("xyz", []),
        ("ormal", ["Normal("]),
    ],
)
def test_names(before: str, found: list[str]):
    assert texts(before) == found


def test_names_of_the_session_come_first():
    assert texts("n", number="number = 3", nu="let nu > 0") == ["nu", "number", "norm(", "Normal("]


def test_what_is_replaced_and_shown():
    (found,) = complete("1 + Nor", ENTRIES[:1], {}, {})
    assert found == ("Normal(", 3, "Normal(mu, sigma)", "the bell curve")


@pytest.mark.parametrize(
    "before, first", [("\\alph", "α"), ("2*\\beta", "β"), ("x\\_1", "₁"), ("x\\^2", "²"), ("\\infty", "∞"), ("\\sum", "∑")]
)
def test_letters_and_signs(before: str, first: str):
    found = complete(before, ENTRIES, {}, {})[0]
    assert found.text == first
    assert before[-found.length] == "\\"


def test_letters_read_back_as_what_they_were_typed_as():
    from twofold.grammar.parse import parse_expression

    for name in ("alpha", "omega", "Gamma", "sigma"):
        assert parse_expression(symbols()[name]) == parse_expression(name)


def test_the_shipped_index_has_summaries():
    assert {"sin", "Normal", "integrate", "pi", "derivation"} <= {e.name for e in entries()}
    assert all(e.summary for e in entries())
