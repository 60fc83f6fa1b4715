"""What is shown where no closed form is found: the decimals that are known, and how well."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session


@pytest.mark.parametrize(
    ("question", "decimals", "certified"),
    [
        ("integrate(x^x, x = 0..1)", "0.783430510712134", True),
        ("sum(1/(k^3 + k + 1), k = 0..oo)", "1.49472491964568", True),
        ("sum(zeta(k, 2)/k, k = 2..oo)", "0.42278434", False),
    ],
)
def test_a_number_without_a_closed_form(question: str, decimals: str, certified: bool) -> None:
    (found,) = Session().run(question)
    assert found.exact is None
    assert found.numeric == decimals
    assert any(n.startswith("no closed form found") for n in found.notes)
    assert (found.check is not None) is certified
    assert any("not certified" in n for n in found.notes) is not certified


@pytest.mark.parametrize(
    "question", ["sum(1/sqrt(k), k = 1..n)", "prod(k + sqrt(k), k = 1..n)", "sum(1/(k*log(k)^2), k = 2..oo)"]
)
def test_a_sum_that_comes_back_as_it_was_is_no_answer(question: str) -> None:
    (found,) = Session().run(question)
    assert found.exact is None and found.check is None
    assert any(n.startswith("no closed form found") for n in found.notes)


def test_a_sum_over_data_is_its_own_shortest_form() -> None:
    *_, found = Session().run("let n : integer, positive\nlet x : vector(n)\nsum(x[i]^2, i = 1..n)")
    assert found.exact is not None


@pytest.mark.parametrize("question", ["limit(zeta(x, 2), x -> oo)", "limit(x*zeta(x, 2), x -> oo)"])
def test_a_limit_that_no_value_speaks_for_is_no_answer(question: str) -> None:
    (found,) = Session().run(question)
    assert found.exact is None and found.judged is None
