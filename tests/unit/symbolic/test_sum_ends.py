"""Finite and infinite sums whose ends are moved, turned round or completed; and declarations in several parts that such sums rest on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from twofold.engine.session import Session

NAMES = """
let n : size
let m : integer, m >= 0
let r, q : size, r < q
let x > 0, x < 1
let p in (0, 1)
let a, b, L > 0
"""

HOLD = [
    "sum(k*exp(-L)*L^k/factorial(k), k = 0..oo) == exp(-L)*sum(L^k/factorial(k - 1), k = 1..oo)",
    "L*exp(-L)*sum(L^(k - 1)/factorial(k - 1), k = 1..oo) == L*exp(-L)*sum(L^j/factorial(j), j = 0..oo)",
    "sum(L^k/factorial(k), k = 2..oo) == exp(L) - 1 - L",
    "sum(k*(k - 1)*exp(-L)*L^k/factorial(k), k = 2..oo) == L^2",
    "sum(n/(n - i + 1), i = 1..n) == n*sum(1/k, k = 1..n)",
    "n*sum(1/k, k = 1..n) == n*harmonic(n)",
    "sum(k*binomial(n, k)*p^k*(1 - p)^(n - k), k = 0..n) == n*p*sum(binomial(n - 1, k - 1)*p^(k - 1)*(1 - p)^(n - k), k = 1..n)",
    "sum(binomial(n, k)*p^k*(1 - p)^(n - k), k = 1..n) == 1 - (1 - p)^n",
    "sum((n - i)*i, i = 1..n) == (n - 1)*n*(n + 1)/6",
    "sum(binomial(m, k)*a^k*b^(m - k), k = 0..m) == (a + b)^m",
    "sum(binomial(n - 1, j)*p^j*(1 - p)^(n - 1 - j), j = 0..n - 1) == 1",
    "sum(binomial(n + 1, j)*a^j, j = 0..n + 1) == (1 + a)^(n + 1)",
    "sum(1/(k + 1), k = 1..n) == sum(1/k, k = 2..n + 1)",
    "sum(sin(k)/k, k = 1..n) == sum(sin(k - 1)/(k - 1), k = 2..n + 1)",
    "sum(1/(n + k), k = 1..n) == sum(1/(2*n + 1 - k), k = 1..n)",
    "sum(1/k, k = 1..q) - sum(1/k, k = 1..r) == sum(1/k, k = r + 1..q)",
    "sum(k*2^k, k = 1..n + 1) == (n - 1)*2^(n + 1) + 2 + (n + 1)*2^(n + 1)",
    "(1 - a)*sum(k*a^k, k = 1..n) == sum(a^k, k = 1..n) - n*a^(n + 1)",
    "x*(1 - x) > 0",
    "binomial(q, r)*factorial(r)*factorial(q - r) == factorial(q)",
    "r - q < 0",
]

FAIL = [
    "sum(k*2^k, k = 1..n + 1) == n*2^(n + 1) + 2",
    "sum(binomial(n - 1, j)*p^j*(1 - p)^(n - 1 - j), j = 0..n) == 2",
    "sum(1/(k + 1), k = 1..n) == sum(1/k, k = 2..n)",
    "sum(1/k, k = 1..q) - sum(1/k, k = 1..r) == sum(1/k, k = r..q)",
    "sum(L^k/factorial(k), k = 1..oo) == exp(L)",
    "sum(L^k/factorial(k), k = 2..oo) == exp(L) - 1",
    "sum(binomial(n, k)*p^k*(1 - p)^(n - k), k = 1..n) == 1",
    "sum(n/(n - i + 1), i = 1..n) == sum(1/k, k = 1..n)",
    "sum(1/k, k = 1..n) == log(n)",
    "x - 1 > 0",
    "r - q < -1",
]


@pytest.mark.parametrize("claim", HOLD)
def test_what_holds_is_proved(verdict: Callable[[str], str], claim: str) -> None:
    assert verdict(claim) == "proved"


@pytest.mark.parametrize("claim", FAIL)
def test_what_fails_is_refuted(verdict: Callable[[str], str], claim: str) -> None:
    assert verdict(claim) in ("refuted", "conditional")


@pytest.mark.parametrize(
    "claim",
    ["sum(1/(n - i), i = 1..n) == sum(1/k, k = 1..n)", "sum(1/k, k = 0..n) == harmonic(n)"],
)
def test_a_sum_without_a_value_claims_nothing(verdict: Callable[[str], str], claim: str) -> None:
    assert verdict(claim) == "undecided"


def test_a_later_let_declares_anew() -> None:
    """Only parts of one `let` belong together."""
    (*_, row) = Session().run("let x > 0\nlet x < 1\ncheck x > 0")
    assert row.to_dict().get("verdict") in ("refuted", "conditional")


@pytest.mark.parametrize(
    "claim",
    [
        "let z : vector(n)\nlog(sum(exp(z[i]), i = 1..n)) == c + log(sum(exp(z[i] - c), i = 1..n))",
        "let z : vector(n)\nabs(sum(z[i], i = 1..n)) <= sqrt(n)*sqrt(sum(z[i]^2, i = 1..n))",
    ],
)
def test_the_sign_of_a_sum_of_positive_terms_is_no_condition(claim: str) -> None:
    found = Session().run("let n : size\nlet c : real\n" + claim)[-1].to_dict()
    assert (found["verdict"], found.get("conditions", [])) == ("proved", [])


def test_an_empty_sum_of_positive_terms_is_not_positive() -> None:
    assert Session().run("let m : integer, m >= 0\nsum(1/k^2, k = 1..m) > 0")[-1].verdict in ("refuted", "conditional")
