"""Products with a factor 0, sums of logarithms, terms without a value; checks inside of what an answer asks for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from twofold.engine.session import Session

Checked = Callable[[str], "str | None"]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("prod(k, k = 0..n)", "0"),
        ("prod(k, k = 1..n)", "factorial(n)"),
        ("sum(log(k), k = 1..n)", "log(factorial(n))"),
        ("sum(log(1 + 1/k), k = 1..n)", "log(n + 1)"),
        ("sum(1/(k^2 + a), k = 1..oo)", "(pi*sqrt(-a)*cot(pi*sqrt(-a)) - 1)/(2*a)"),
    ],
)
def test_closed_forms(question: str, answer: str, checked: Checked) -> None:
    assert checked(question) == answer


def test_a_product_whose_zero_may_lie_beyond_its_end_is_not_0() -> None:
    assert Session().run("prod(k - 3, k = 0..n)")[-1].exact != "0"


@pytest.mark.parametrize("question", ["sum(1/(k*(k + 1)), k = 0..n)", "sum(1/k, k = 0..n)"])
def test_a_term_without_a_value_is_named(question: str) -> None:
    assert Session().run(question)[-1].notes == ("no closed form found: the term at k = 0 has no value",)


def test_no_logarithm_of_a_product_that_is_not_positive() -> None:
    assert Session().run("sum(log(k), k = 0..n)")[-1].exact is None
