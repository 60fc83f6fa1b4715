"""Integrals by theorems: symbolic powers, stretched exponentials, sizes of the variable, whole powers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from twofold.engine.session import Session

pytestmark = [pytest.mark.usefixtures("undiagnosed"), pytest.mark.slow]

NAMES = """
let n : size
let k : integer in 0..5
let a, b, L, t, q > 0
let m, z : real
let 0 < r < 1
Z ~ Normal(0, 1)
B ~ Bernoulli(r)
"""

HOLD = [
    "integrate(x*q/L*(x/L)^(q - 1)*exp(-(x/L)^q), x = 0..oo) == integrate(L*u^(1/q)*exp(-u), u = 0..oo)",
    "integrate(x^a*exp(-x^b), x = 0..oo) == gamma((a + 1)/b)/b",
    "integrate(u^n, u = 0..t) == t^(n + 1)/(n + 1)",
    "integrate(u*n*u^(n - 1)/t^n, u = 0..t) == n*t/(n + 1)",
    "integrate(x^n*exp(-a*x), x = 0..oo) == factorial(n)/a^(n + 1)",
    "integrate(p^k*(1 - p)^n, p = 0..1) == factorial(k)*factorial(n)/factorial(n + k + 1)",
    "integrate(p^(a - 1)*(1 - p)^(b + n - 1), p = 0..1) == beta(a, b + n)",
    "integrate((1 - x)^n, x = 0..1) == 1/(n + 1)",
    "integrate(abs(x)/(2*pi)*exp(-x^2*(1 + z^2)/2), x = -oo..oo) == 1/(pi*(1 + z^2))",
    "integrate(x*abs(x)*exp(-x^2), x = -oo..oo) == 0",
    "integrate(1/(2*b)*exp(-abs(x - m)/b), x = -oo..oo) == 1",
    "integrate((x - m)^2/(2*b)*exp(-abs(x - m)/b), x = -oo..oo) == 2*b^2",
    "integrate(abs(x - m)*exp(-(x - m)^2/(2*b^2))/(b*sqrt(2*pi)), x = -oo..oo) == b*sqrt(2/pi)",
    "integrate(exp(-abs(2*x - 1)), x = -oo..oo) == 1",
    "integrate(sin(x)/x, x = -oo..oo) == pi",
    "integrate(max(x, 1 - x), x = 0..1) == 3/4",
    "integrate(abs(x - 1)*exp(-x), x = 0..oo) == 2/e",
    "integrate(min(x, 1)*exp(-x), x = 0..oo) == 1 - 1/e",
    "integrate(max(x, 0)*exp(-x^2), x = -oo..oo) == 1/2",
    "integrate(sign(x - 1)*x, x = 0..3) == 7/2",
    "E[max(Z, 0)] == 1/sqrt(2*pi)",
    "E[abs(Z - 1)] == sqrt(2/pi)*exp(-1/2) + 2*cdf(Normal(0, 1), 1) - 1",
    "entropy(B) <= log(2)",
    "integrate(1/sqrt(abs(x)), x = -1..1) == 4",
    "integrate(log(cos(x)), x = -pi/2..pi/2) == -pi*log(2)",
    "integrate(cos(a*x)/(1 + x^2), x = -oo..oo) == pi*exp(-a)",
]

FAIL = [
    "integrate(u^n, u = 0..t) == t^(n + 1)/n",
    "integrate(x^a*exp(-x^b), x = 0..oo) == gamma(a/b)/b",
    "integrate(abs(x)^3*exp(-x^2), x = -oo..oo) == 1/2",
    "integrate(1/(2*b)*exp(-abs(x - m)/b), x = -oo..oo) == 2",
    "integrate(sin(x)/x, x = -oo..oo) == 2*pi",
    "integrate(abs(2*x - 1), x = 0..1) == 1/3",
    "entropy(B) <= 1/2",
    "integrate(1/sqrt(abs(x)), x = -1..1) == 2",
    "integrate(x^n*exp(-x^2), x = -oo..oo) == sqrt(pi)",
    "integrate(x^n*exp(-x^2), x = -oo..oo) == 0",
    "integrate(p^k*(1 - p)^n, p = 0..1) == factorial(k)*factorial(n)/factorial(n + k)",
]


@pytest.mark.parametrize("claim", HOLD)
def test_what_holds_is_proved(verdict: Callable[[str], str], claim: str) -> None:
    assert verdict(claim) == "proved"


@pytest.mark.parametrize("claim", FAIL)
def test_what_fails_is_refuted(verdict: Callable[[str], str], claim: str) -> None:
    assert verdict(claim) in ("refuted", "conditional")


@pytest.mark.parametrize(
    "claim",
    [
        "integrate(1/abs(x), x = -1..1) == 2",
        "integrate(x/(1 + abs(x)), x = -oo..oo) == 0",
        "integrate(u^(-n), u = 0..t) == t^(1 - n)/(1 - n)",
    ],
)
def test_an_integral_that_diverges_claims_nothing(verdict: Callable[[str], str], claim: str) -> None:
    assert verdict(claim) == "undecided"


@pytest.mark.parametrize(
    "claim",
    [
        "integrate(log(x), x = -1..1) == -2",
        "integrate(log(x), x = -1..1) == -2 + im*pi",
        "integrate(sqrt(x), x = -1..1) == 2/3",
        "integrate(log(x)/(1 + x^2), x = -oo..oo) == im*pi^2/2",
        "integrate(log(sin(x)), x = -pi/2..pi/2) == -pi*log(2)",
        "integrate(sqrt(x)*sqrt(-x), x = 0..1) == 0",
        "integrate(sqrt(x)*sqrt(-x), x = -1..1) == 0",
    ],
)
def test_an_integrand_without_real_values_is_not_that_of_its_absolute_values(verdict: Callable[[str], str], claim: str) -> None:
    assert verdict(claim) == "undecided"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("let z : complex\ncheck integrate(sqrt(z^2*x^2), x = 0..1) == z/2", "conditional"),
        ("check integrate(sqrt(a^2*x^2), x = 0..1) == a/2", "conditional"),
        ("check integrate(sqrt(a^2*x^2), x = 0..1) == abs(a)/2", "proved"),
        ("check integrate(sqrt(a^2*x)*exp(-x), x = 0..oo) == a*sqrt(pi)/2", "conditional"),
        ("let a > 0\ncheck integrate(sqrt(a^2*x)*exp(-x), x = 0..oo) == a*sqrt(pi)/2", "proved"),
        ("check integrate(sqrt((-x)^2), x = 0..1) == -1/2", "refuted"),
        ("check integrate(sqrt((-x)^2), x = 0..1) == 1/2", "proved"),
    ],
)
def test_roots_of_squares_are_not_taken_apart(text: str, verdict: str) -> None:
    (*_, row) = Session().run(text)
    assert row.to_dict().get("verdict") == verdict, row.to_dict()


KINKS = """
let z, u in (0, 1)
let b > 0
"""


@pytest.mark.parametrize(
    "claim",
    [
        "integrate(integrate(max(x, y), y = 0..1), x = 0..1) == 2/3",
        "integrate(max(z, y), y = 0..1) == (1 + z^2)/2",
        "integrate(integrate(abs(x - y), y = 0..1), x = 0..1) == 1/3",
        "integrate(min(z, y)*2*y, y = 0..1) == 2*z^3/3 + z*(1 - z^2)",
        "integrate(indicator(y < z), y = 0..1) == z",
        "integrate(max(y - b, 0)*exp(-y), y = 0..oo) == exp(-b)",
        "integrate(abs(y - 2), y = 0..1) == 3/2",
    ],
)
def test_integrals_with_kinks(claim: str) -> None:
    (*_, row) = Session().run(f"{KINKS}check {claim}")
    assert row.to_dict().get("verdict") == "proved", row.to_dict()


@pytest.mark.parametrize(
    "claim", ["integrate(max(z, y), y = 0..1) == (1 + z)/2", "integrate(abs(y - 3*u), y = 0..1) == 9*u^2 - 3*u + 1/2"]
)
def test_integrals_with_kinks_that_fail(claim: str) -> None:
    """The second one holds where the kink lies inside, which is not known."""
    (*_, row) = Session().run(f"{KINKS}check {claim}")
    assert row.to_dict().get("verdict") in ("refuted", "conditional"), row.to_dict()
