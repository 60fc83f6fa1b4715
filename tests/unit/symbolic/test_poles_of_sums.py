"""Conditions under which no term of a sum or product has a pole."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session


def ask(text):
    return Session().run(text)[-1]


@pytest.mark.parametrize(
    ("text", "exact", "conditions"),
    [
        ("sum(1/((k+a)*(k+a+1)), k=0..n)", "(n + 1)/(a*(a + n + 1))", ("floor(a) != a or a > 0 or a < -(n + 1)",)),
        ("sum(1/((a-k)*(a-k-1)), k=0..n)", "-(n + 1)/(a*(n - a + 1))", ("floor(a) != a or a < 0 or a > n + 1",)),
        ("sum(1/((2k+a)*(2k+a+2)), k=1..n)", "n/((a + 2)*(a + 2*n + 2))", ("floor(a/2) != a/2 or a > -2 or a < -(2*n + 2)",)),
        ("sum(1/((k+a)*(k+a+1)), k=0..oo)", "1/a", ("floor(a) != a or a > 0",)),
        ("sum(1/((k+a)*(k+a+2)), k=1..oo)", "(2*a + 3)/(2*(a + 1)*(a + 2))", ("floor(a) != a or a > -1",)),
        # a name in front of the index
        ("sum(1/((a*k+1)*(a*k+a+1)), k=0..oo)", "1/a", ("a != 0", "floor(1/a) != 1/a or a > 0")),
        ("sum(1/((k-2)*(k-3)), k=0..n)", "-(1/3 + 1/(n - 2))", ("n < 2",)),
    ],
)
def test_a_pole_that_names_can_move_into_the_range_is_a_condition(text, exact, conditions):
    found = ask(text)
    assert found.exact == exact and found.conditions == conditions and found.check.agrees is True


@pytest.mark.parametrize(
    "text",
    [
        "sum(1/((k+a)*(k+a+1)), k=0..n) given a > 0",
        "sum(1/((k+1)*(k+2)), k=0..n)",
        "sum(1/((a+b*k)*(a+b*k+b)), k=0..oo) given a > 0, b > 0",
        "sum(1/(k^2 - 1/4), k=1..n)",
        "sum(1/((k+a)*(k+a+1)), k=2..oo) given a > -2",
    ],
)
def test_a_pole_outside_the_range_is_none(text):
    assert ask(text).exact is not None and not ask(text).conditions


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("sum(1/((k+a)*(k+a+1)), k=0..n) == (n+1)/(a*(a+n+1)) given a > 0", "proved"),
        ("sum(1/((k+a)*(k+a+1)), k=0..n) == n/(a*(a+n+1)) given a > 0", "refuted"),
        ("prod((k - 3)*(k^2 - 1/4)/((k - 3)*k^2), k = 4..oo) == 1", "refuted"),
        # the factor at 3 has no value
        ("prod((k - 3)*(k^2 - 1/4)/((k - 3)*k^2), k = 1..oo) == 1", "undecided"),
        ("prod((k - 3)*(k^2 - 1/4)/((k - 3)*k^2), k = 1..oo) == 2/pi", "undecided"),
        ("prod(1/(1/(k - 3))/(k - 3)*(k^2 - 1/4)/k^2, k = 1..oo) == 1", "undecided"),
    ],
)
def test_claims(text, verdict):
    assert ask(text).verdict == verdict


@pytest.mark.parametrize(
    "text",
    ["prod((k - 3)*(k^2 - 1/4)/((k - 3)*k^2), k = 1..oo)", "sum((k - 3)/(k*(k + 1)*(k - 3)), k = 1..oo)"],
)
def test_what_has_a_term_without_a_value_has_none(text):
    found = ask(text)
    assert found.exact is None and found.numeric is None and "no closed form found: a term has no value" in found.notes


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("let n : integer, n > 0\nsum((k-3)/(k-3), k=1..n) == n", ("n < 3",)),
        ("let n : integer, n > 0\nlet a : real\nsum((k-a)/(k-a), k=1..n) == n", ("floor(a) != a or a < 1 or a > n",)),
        (
            "let n : integer, n > 0\nlet a : real\nsum(1/((k+a)*(k+a+1)), k=1..n) == n/((a+1)*(a+n+1))",
            ("floor(a) != a or a > -1 or a < -n - 1",),
        ),
        ("let n : integer, n > 0\nn*sum(1/(k-3), k=1..n) == sum(n/(j-3), j=1..n)", ()),
        ("let n : integer, n > 0\nlet a > 0\nsum((k+a)/(k+a), k=1..n) == n", ()),
    ],
)
def test_where_an_equality_is_proved_the_poles_that_only_one_side_has_are_told(text, conditions):
    found = ask(text)
    assert found.verdict == "proved" and found.judged.conditions == conditions


@pytest.mark.parametrize(
    ("text", "at"), [("sum(1/k^2, k = 0..oo)", 0), ("sum(1/(k - 2)^2, k = 1..oo)", 2), ("sum(1/k^2, k = -3..oo)", 0)]
)
def test_the_term_without_a_value_is_named(text: str, at: int) -> None:
    assert f"no closed form found: the term at k = {at} has no value" in Session().run(text)[-1].notes
