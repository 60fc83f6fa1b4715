"""Claims about whole numbers in small ranges, decided case by case."""

import pytest

from twofold.engine.session import Session


def verdict(text):
    return [r for r in (r.to_dict() for r in Session().run(text)) if r.get("verdict")][-1]["verdict"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("let n : integer in 0..3\nfactorial(n) <= 6", "proved"),
        ("let n : integer\nfactorial(n)^2 <= 36 given n >= 0, n < 4", "proved"),
        ("let n : size\nfactorial(n) <= 24 given n < 5", "proved"),
        ("let a, b, c : integer in 1..8\na^2 + b^2 == c^2 => c == 5", "proved"),
        ("let a, b, c : integer in 1..8\na^2 + b^2 == c^2 => a == 3", "refuted"),
        ("let n : integer in 0..4\nlet k : integer in 0..n\nbinomial(n, k) < 6", "conditional"),
        ("let n : integer\n1/n <= 1 given n >= 0, n < 3", "proved"),
    ],
)
def test_every_case_is_looked_at(text, expected):
    assert verdict(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("let n : integer in 0..3\nx^n + x^(3-n) <= 1 + x^3 given x >= 0", "proved"),
        ("let k : integer in 1..3\nx^k == 0 <=> x == 0", "proved"),
        ("let k : integer in 0..3\nx^k == 0 <=> x == 0", "refuted"),
    ],
)
def test_other_names_stay_in_every_case(text, expected):
    assert verdict(text) == expected


def test_an_end_that_is_not_known_exactly_leaves_no_case_out():
    # The end is 5, at which the claim fails; an enclosure does not tell.
    assert verdict("let n : integer\nfactorial(n) < 120 given n >= 0, n <= exp(log(5))") != "proved"


@pytest.mark.parametrize("claim", ["1/(n - n) < 1", "1/(0*n) != n", "2/(mod(n, 1)) <= 3"])
def test_what_has_no_value_anywhere_is_not_proved(claim):
    row = Session().run(f"let n : integer in 2..3\ncheck {claim}")[-1].judged
    assert (row.truth.value, row.code) == ("undecided", "vacuous")
