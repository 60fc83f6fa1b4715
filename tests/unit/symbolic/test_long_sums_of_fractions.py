"""Long sums of fractions between numbers have no closed form worth writing, and are said to have none at once; those that telescope have theirs."""

from __future__ import annotations

import pytest

from twofold.catalogue.resolve import Scope, resolve
from twofold.engine.session import Session
from twofold.grammar.parse import parse_expression
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.lower import lower


@pytest.mark.parametrize("question", ["sum(1/k, k = 1..10^6)", "sum(1/k^2, k = 1..10^6)", "sum(1/(2*k - 1), k = 1..10^5)"])
def test_no_closed_form_and_a_number(question: str) -> None:
    found = Session().run(question)[-1]
    assert found.exact is None
    assert found.to_dict()["numeric"]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("sum(1/(k*(k + 1)), k = 1..10^6)", "1000000/1000001"),
        ("sum(1/(4*k^2 - 1), k = 1..10^6)", "1000000/2000001"),
        ("sum(1/k, k = 1..10)", "7381/2520"),
        ("sum(k^2, k = 1..10^6)", "333333833333500000"),
    ],
)
def test_closed_forms_stay(question: str, answer: str) -> None:
    assert Session().run(question)[-1].to_dict()["exact"] == answer


@pytest.mark.parametrize("text", ["digamma(10^6)", "harmonic(10^5)", "polygamma(1, 10^6)"])
def test_no_fraction_is_added_up(text: str) -> None:
    with pytest.raises(NoClosedForm):
        lower(resolve(parse_expression(text, ""), Scope({})), Context())
