"""Short forms of single numbers without SymPy: the same number in fewer words, nothing for what is of another kind."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from twofold.catalogue.display import show
from twofold.grammar.term import Term
from twofold.numeric.evaluate import ball
from twofold.symbolic.solving.number_forms import short_number

FORMS = {
    "-(sqrt(5)/2) + 1/2": "(1 - sqrt(5))/2",
    "sqrt(8)": "2*sqrt(2)",
    "-(2*sqrt(2))": "-2*sqrt(2)",
    "sqrt(6)*sqrt(10)": "2*sqrt(15)",
    "sqrt(3/4)": "sqrt(3)/2",
    "-(sqrt(19)/5) - 2/5": "-(2 + sqrt(19))/5",
    "1/sqrt(2)": "sqrt(2)/2",
    "sqrt(2)/(3*sqrt(5))": "sqrt(10)/15",
    "root(16, 3)": "2*2^(1/3)",
    "root(1/2, 3)": "2^(2/3)/2",
    "root(4, 4)": "sqrt(2)",
    "root(4, 3)*root(2, 3)": "2",
    "2 + 4*sqrt(2)": "2*(1 + 2*sqrt(2))",
    "log(2) + log(5)": "log(10)",
    "log(5) - log(10)": "log(1/2)",
    "2*log(3) + log(2)": "log(18)",
    "(log(2) + log(5))/log(2)": "log(10)/log(2)",
    "log(-sqrt(2) + 3/2) + log(2)": "log(3 - 2*sqrt(2))",
    "exp(1)^2/2 - 1/2": "(e^2 - 1)/2",
    "1/exp(sqrt(2))": "exp(-sqrt(2))",
    "pi - asin(1/3)": "pi - asin(1/3)",
    "atan(-2)": "-atan(2)",
    "sqrt(2) - sqrt(2)": "0",
    "log(exp(1))": "1",
}

BEYOND = [
    "sin(1)",
    "sqrt(1 + sqrt(2))",
    "asin(1/2)",
    "atan(1)",
    "sqrt(pi)",
    "1/(1 + sqrt(2) + sqrt(3) - sqrt(2)*0 - sqrt(5)) + 1",
    "sqrt(-2)",
]


@pytest.mark.parametrize("text", FORMS)
def test_short_form(text: str, term: Callable[[str], Term]) -> None:
    given = term(text)
    made = short_number(given)
    assert made is not None
    assert show(made) == FORMS[text]
    difference = abs(ball(given, {}, 200) - ball(made, {}, 200))
    assert float(difference) < 1e-50


@pytest.mark.parametrize("text", BEYOND)
def test_another_kind(text: str, term: Callable[[str], Term]) -> None:
    assert short_number(term(text)) is None
