"""Decimals of exact values, and their limits."""

from __future__ import annotations

import pytest

from twofold.catalogue.resolve import Scope, resolve
from twofold.engine.decimals import decimals
from twofold.grammar.parse import parse_expression
from twofold.numeric import evaluate
from twofold.numeric.outcomes import NoValue, Unresolved


def term(text):
    return resolve(parse_expression(text), Scope({}))


@pytest.mark.parametrize(
    ("text", "found"),
    [("1/3", "0.3333333333"), ("sqrt(2)", "1.414213562"), ("(sqrt(2), 3)", ["1.414213562", "3"])],
)
def test_values(text, found):
    assert decimals(term(text), 10) == found


def test_nothing_is_begun_when_the_time_is_over():
    with pytest.raises(NoValue):
        decimals(term("sqrt(2)"), 10, seconds=-1.0)


def test_a_precision_that_would_take_too_long_is_not_tried(monkeypatch):
    tried, clock = [], [0.0]

    def slow(t, valuation, precision, reading, seconds):
        tried.append(precision)
        clock[0] += 1.0
        raise Unresolved("not yet")

    monkeypatch.setattr(evaluate, "ball", slow)
    monkeypatch.setattr("time.thread_time", lambda: clock[0])
    with pytest.raises(NoValue):
        decimals(term("sqrt(2)"), 10)
    assert len(tried) == 1
