"""Conditions of an answer: each once, and none that is assumed."""

from __future__ import annotations

from fractions import Fraction

import pytest

from twofold.grammar.term import App, Num, Symbol, Term, var
from twofold.symbolic.context import Context

A = Symbol("a")


def relation(op: str, value: int) -> Term:
    return App(op, (var(A), Num(Fraction(value))), (), "truth")


@pytest.mark.parametrize(
    ("assumed", "asked", "kept"),
    [
        ([("gt", 1)], ("gt", 1), False),
        ([("gt", 1)], ("gt", 0), False),
        ([("gt", 1)], ("ge", 1), False),
        ([("gt", 1)], ("ne", 0), False),
        ([("gt", 1)], ("ne", 1), False),
        ([("gt", 1)], ("ne", 2), True),
        ([("gt", 1)], ("gt", 2), True),
        ([("ge", 1)], ("gt", 1), True),
        ([("ge", 1)], ("ge", 1), False),
        ([("lt", 0)], ("lt", 0), False),
        ([("lt", 0)], ("ne", 0), False),
        ([("le", 0)], ("ne", 0), True),
        ([("ne", 0)], ("ne", 0), False),
        ([("gt", 0), ("lt", 1)], ("lt", 2), False),
        ([("gt", 0), ("lt", 1)], ("lt", 1), False),
        ([("gt", 0), ("lt", 1)], ("gt", Fraction(1, 2)), True),
        ([], ("gt", 0), True),
    ],
)
def test_what_is_assumed_is_no_condition(assumed, asked, kept):
    context = Context(tuple(relation(*f) for f in assumed))
    context.require(relation(*asked))
    context.require(relation(*asked))
    assert len(context.conditions) == (1 if kept else 0)
