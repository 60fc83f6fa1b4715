"""Limits and integrals of what has no real value where they are taken: nothing is proved of them and nothing refuted."""

from __future__ import annotations

import numpy as np
import pytest

import twofold
from twofold.catalogue.resolve import Scope, resolve
from twofold.grammar.parse import parse_expression
from twofold.numeric.evaluate import ball, floats
from twofold.numeric.outcomes import Undefined

pytestmark = pytest.mark.slow


def verdict(text: str) -> str | None:
    return twofold.Session(in_process=True).run(text)[-1].verdict


@pytest.mark.parametrize(
    "text",
    [
        "limit(sqrt(x), x -> 0-) == 0",
        "limit(x^(1/3), x -> 0-) == 0",
        "limit(x*log(x), x -> 0-) == 0",
        "limit(sqrt(1 - x), x -> 1+) == 0",
        "limit(sqrt(a - x), x -> a+) == 0",
        "limit(sqrt(x)/sqrt(x), x -> -oo) == 1",
        "integrate(0*log(x), x = -1..1) == 0",
        "integrate(log(x) - log(x), x = -1..1) == 0",
        "integrate(indicator(sqrt(x) > 2), x = -1..5) == 1",
        "integrate(exp(0*sqrt(x)), x = -1..1) == 3",
    ],
)
def test_undecided(text: str) -> None:
    assert verdict(text) == "undecided"


@pytest.mark.parametrize(
    "text",
    [
        "limit(sqrt(x), x -> 0+) == 0",
        "limit(sqrt(1 - x), x -> 1-) == 0",
        "limit(sqrt(a - x), x -> a-) == 0",
        "limit(sqrt(x^2 + x) + x, x -> -oo) == -1/2",
        "limit(log(1 + x)/x, x -> 0-) == 1",
        "limit((1 + 1/x)^x, x -> -oo) == e",
    ],
)
def test_proved(text: str) -> None:
    assert verdict(text) == "proved"


def test_the_answer_says_so() -> None:
    row = twofold.Session(in_process=True).run("limit(sqrt(x), x -> 0-)")[-1].to_dict()
    assert row["exact"] == '"does not exist"'
    assert row["notes"] == ["the expression has no real value on that side"]


@pytest.mark.parametrize("body", ["indicator(sqrt(x) > 2)", "exp(0*sqrt(x))", "floor(sqrt(x))", "0*log(x)"])
def test_integrals_over_a_part_without_values(body: str) -> None:
    term = resolve(parse_expression(f"integrate({body}, x = -1..5)", ""), Scope({}))
    with pytest.raises(Undefined):
        ball(term, {})
    assert np.isnan(floats(term, [{}])).all()


@pytest.mark.parametrize(("body", "value"), [("sqrt(1 - x^2)", np.pi / 2), ("sqrt(x^2)", 1.0), ("sqrt(x^2 - x^4)", 2 / 3)])
def test_roots_that_vanish_at_an_end_or_inside(body: str, value: float) -> None:
    term = resolve(parse_expression(f"integrate({body}, x = -1..1)", ""), Scope({}))
    assert abs(float(ball(term, {}).mid()) - value) < 1e-8


@pytest.mark.parametrize(
    "text",
    [
        "integrate(max(log(x), 0), x = -1..1)",
        "integrate(min(x, log(x)), x = -1..0)",
        "integrate(sign(sqrt(x)), x = -1..1)",
        "minimize(max(log(x), x), x)",
        "diff(max(log(x), x), x) given x < 0",
    ],
)
def test_questions_come_to_their_end(text: str) -> None:
    assert twofold.Session(in_process=True).run(text)[-1].error is None
