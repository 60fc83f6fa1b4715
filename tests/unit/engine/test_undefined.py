"""A claim whose side has no value is not decided, and says which part has none."""

import pytest

from twofold.engine.session import Session


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ("integrate(1/x^2, x = -1..1) == -2", "integrate(1/x^2, x = -1..1) diverges"),
        ("1 + integrate(1/x, x = -1..1) == 1", "integrate(1/x, x = -1..1) does not exist"),
        ("limit(abs(x)/x, x -> 0) == 1", "limit(abs(x)/x, x -> 0) does not exist"),
        ("limit(1/x^2, x -> 0)/2 == 7", "limit(1/x^2, x -> 0) is infinite"),
        ("sum(1/k, k = 1..oo) == 3", "sum(1/k, k = 1..oo) diverges"),
        ("sum((-1)^k, k = 0..oo) == 1/2", "sum((-1)^k, k = 0..oo) does not exist"),
    ],
)
def test_what_has_no_value_is_named(claim: str, said: str) -> None:
    row = Session().run(f"check {claim}")[-1].to_dict()
    assert row["verdict"] == "undecided"
    assert said in row["notes"]


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("limit(1/x^2, x -> 0) == 7", "refuted"),
        ("limit(1/x^2, x -> 0) == oo", "proved"),
        ("limit(1/x, x -> 0+) > 5", "proved"),
        ("limit(1/x, x -> 0+) == limit(1/x, x -> 0-)", "refuted"),
        ("limit(exp(x), x -> oo) < limit(x, x -> oo)", "refuted"),
        ("limit(x^a, x -> oo) == oo given a > 0", "proved"),
        ("limit(x^a, x -> oo) == 0 given a > 0", "refuted"),
        ("limit(x^a, x -> oo) == oo", "undecided"),
        ("limit(1/x, x -> 0) == oo", "undecided"),
        ("sum(1/k, k = 1..oo) == oo", "proved"),
        ("sum(1/k, k = 1..oo) == -oo", "refuted"),
        ("sum(k, k = 1..oo) == -1/12", "undecided"),
    ],
)
def test_a_limit_or_sum_that_grows_beyond_all_bounds_is_no_number(claim: str, verdict: str) -> None:
    assert Session().run(f"check {claim}")[-1].to_dict()["verdict"] == verdict


def test_a_value_is_not_called_undefined() -> None:
    row = Session().run("check integrate(1/x^2, x = 1..oo) == 2")[-1].to_dict()
    assert row["verdict"] == "refuted"


@pytest.mark.parametrize(
    "question", ["E[Normal(0, 1)]", "Var[Exponential(2)]", "P(Normal(0, 1) > 0)", "Cov[Normal(0, 1), Normal(0, 1)]"]
)
def test_a_law_is_no_random_variable(question: str) -> None:
    row = Session().run(question)[-1].to_dict()
    assert row["error"]["code"] == "wrong-kind"
