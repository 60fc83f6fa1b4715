"""Refutations that rest on confirmed values: they need two methods that did different things, and digits to spare."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session


def judged(text: str) -> dict:
    return Session().run(text)[-1].to_dict()


FAIL = (
    "check sum(harmonic(k)/2^k, k = 1..oo) == log(2)",
    "check sum(harmonic(k)/2^k, k = 1..oo) < log(2)",
    "check limit(gamma(x)*x, x -> 0) == 2",
    "let a > 0\ncheck sum(harmonic(k)/(1 + 1/(1 + a))^k, k = 1..oo) == a",
)


@pytest.mark.parametrize("text", FAIL)
def test_two_methods_refute(text: str) -> None:
    row = judged(text)
    witness = row["counterexample"]
    assert (row["verdict"], witness["certified"], len(set(witness["confirmed_by"]))) == ("refuted", False, 2)
    assert any(note.startswith("numeric") for note in row["notes"])


@pytest.mark.parametrize(
    "text",
    [
        "check sum(harmonic(k)/2^k, k = 1..oo) == 1.3862943611198",  # too few digits between the sides
        "check prod(cos(1/2^k), k = 1..oo) == sin(2)",  # both methods stop where the terms are small
        "check sum(exp(-(k - 200)^2)*harmonic(k), k = 0..oo) == 0",  # what counts is beyond where both look
        "check sum(zeta(k)*floor(k/50)*(9/10)^k, k = 2..oo) == 3",  # floors vanish for long
        "check limit(sin(2*pi/x), x -> 0) + 1 == 2",  # there is no limit
    ],
)
def test_nothing_is_refuted_where_both_may_be_wrong(text: str) -> None:
    assert judged(text)["verdict"] in ("undecided", "supported")


@pytest.mark.parametrize(
    "text", ["check sum(harmonic(k)/2^k, k = 1..oo) == 2*log(2)", "check sum(harmonic(k)/(k*2^k), k = 1..oo) == pi^2/12"]
)
def test_agreement_of_confirmed_values_is_support(text: str) -> None:
    row = judged(text)
    assert row["verdict"] == "supported" and any(e["method"] == "confirmed values" for e in row["evidence"])


def test_values_that_doubles_do_not_give_are_looked_at(undiagnosed):
    claim = "let n : positive integer\ncheck integrate(x^n*exp(-x^2), x = -oo..oo) == gamma((n + 1)/2)"
    assert Session().run(claim)[-1].judged.truth.value == "refuted"
