"""Floors, ceilings and remainders next to a point, and cases in which a fact has no value."""

from __future__ import annotations

import pytest

import twofold


def verdict(text: str) -> str | None:
    return twofold.Session(in_process=True).run(text)[-1].verdict


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("limit(floor(x), x -> 2-) == 1", "proved"),
        ("limit(floor(x), x -> 2-) == 2", "refuted"),
        ("limit(ceil(x), x -> 2+) == 2", "refuted"),
        ("limit(floor(x), x -> 2) == 2", "undecided"),
        ("limit(x*floor(1/x), x -> 0+) == 1", "proved"),
        ("limit(x*floor(1/x), x -> 0+) == 0", "refuted"),
        ("limit(floor(sin(x)/x), x -> 0) == 1", "refuted"),
        ("limit(floor(-abs(x)), x -> 0) == 0", "refuted"),
        ("limit(floor(n/(n + 1)), n -> oo) == 1", "refuted"),
        ("limit(mod(x, 1), x -> 3-) == 0", "refuted"),
        ("limit(mod(x, 1), x -> 3-) == 1", "proved"),
        ("limit(mod(x, -2), x -> 3+) == -1", "proved"),
    ],
)
def test_limits_of_steps(text: str, said: str) -> None:
    assert verdict(text) == said


def test_a_case_in_which_a_fact_has_no_value() -> None:
    assert verdict("sign((2/x)*x) == sign(2/x)*sign(x) given y != 1/2") == "proved"
    assert verdict("sign((2/x)*x) == -sign(2/x)*sign(x) given y != 1/2") == "refuted"
