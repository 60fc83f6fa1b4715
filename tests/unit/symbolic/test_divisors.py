"""Divisors and multiples of whole numbers: of several, and of names, where the divisor of polynomials would be another thing."""

import pytest

from twofold.engine.session import Session


@pytest.mark.parametrize(
    "question, answer",
    [
        ("gcd(12, 18, 8)", "2"),
        ("lcm(4, 6, 10)", "60"),
        ("gcd(-4, 6)", "2"),
        ("lcm(-4, 6)", "12"),
        ("gcd(6)", "6"),
        ("gcd(0, 0)", "0"),
        ("let n, m : integer\ngcd(n, m)", "gcd(n, m)"),
        ("let n : integer\nlcm(2n, 4)", "lcm(2*n, 4)"),
    ],
)
def test_answers(question, answer):
    assert Session().run(question)[-1].exact == answer


@pytest.mark.parametrize("claim", ["gcd(n, m) == 1", "lcm(n, m) == n*m"])
def test_names_are_not_coprime(claim):
    assert Session().run(f"let n, m : positive integer\n{claim}")[-1].judged.truth.value == "refuted"


@pytest.mark.parametrize(
    "claim, expected",
    [
        ("gcd(n, n + 1) == 1", "proved"),
        ("gcd(5*n + 3, 3*n + 2) == 1", "proved"),
        ("gcd(n^2 + n + 1, n + 1) == 1", "proved"),
        ("gcd(a, b) == gcd(a - b, a)", "proved"),
        ("gcd(2*a, 2*b) == 2*gcd(a, b)", "proved"),
        ("lcm(n, n + 1) == n*(n + 1)", "proved"),
        ("gcd(n, n + 2) <= 2", "proved"),
        ("gcd(n, n + 2) == 1", "refuted"),
        ("gcd(n, n + 3) == 3", "refuted"),
        ("gcd(a, b) == gcd(a, 2*b)", "refuted"),
        ("gcd(n, n + 2) == 3/2 + (-1)^n/2", "supported"),
    ],
)
def test_euclids_steps(undiagnosed, claim, expected):
    assert Session().run(f"let n : positive integer\nlet a, b : integer\ncheck {claim}")[-1].judged.truth.value == expected
