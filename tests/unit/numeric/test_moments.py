"""Moments of laws over balls: against sums and integrals of the density, and left alone where they are not known."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from scipy import integrate

from twofold.engine.session import Session
from twofold.grammar.term import App, Symbol, num, var
from twofold.numeric import moments
from twofold.numeric.laws import oracle

pytestmark = pytest.mark.usefixtures("undiagnosed")

LAWS = [
    App("Normal", (num(-1), num(2)), sort="law"),
    App("Laplace", (num(1), num(2)), sort="law"),
    App("Gamma", (num(3), num(2)), sort="law"),
    App("Exponential", (num(3),), sort="law"),
    App("ChiSquared", (num(3),), sort="law"),
    App("Beta", (num(2), num(5)), sort="law"),
    App("Uniform", (num(-1), num(3)), sort="law"),
    App("Bernoulli", (App("div", (num(1), num(3))),), sort="law"),
    App("Binomial", (num(5), App("div", (num(1), num(3)))), sort="law"),
    App("Poisson", (num(2),), sort="law"),
    App("Geometric", (App("div", (num(1), num(3))),), sort="law"),
    App("Geometric0", (App("div", (num(1), num(3))),), sort="law"),
    App("NegativeBinomial", (num(3), App("div", (num(1), num(2)))), sort="law"),
]


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.op)
@pytest.mark.parametrize("k", [1, 2, 3, 4])
def test_a_raw_moment_is_that_of_the_oracle(law: App, k: int) -> None:
    from twofold.numeric.evaluate import floats

    found = float(floats(moments._MOMENTS[law.op](law.args, k), [{}])[0])
    own = oracle(law, {})
    low, high = own.support()
    if own.discrete:
        wanted = sum(float(own.density(x)) * x**k for x in range(int(low), int(min(high, 400)) + 1))
    else:
        low, high = max(low, -60), min(high, 60)
        wanted = integrate.quad(lambda x: float(own.density(x)) * x**k, low, high, points=[0, 1] if low < 0 else None, limit=400)[
            0
        ]
    assert found == pytest.approx(wanted, rel=1e-7, abs=1e-9)


@pytest.mark.parametrize(
    ("body", "powers"),
    [
        ("x", {1}),
        ("mul(x, x)", {2}),
        ("sub(x, 1)^2", {0, 1, 2}),
    ],
)
def test_coefficients(body: str, powers: set[int]) -> None:
    s = Symbol("x", law=LAWS[0])
    x = var(s)
    made = {"x": x, "mul(x, x)": App("mul", (x, x)), "sub(x, 1)^2": App("pow", (App("sub", (x, num(1))), num(2)))}[body]
    found = moments.coefficients(made, s)
    assert found is not None and set(found) == powers


def test_no_polynomial() -> None:
    s = Symbol("x", law=LAWS[0])
    assert moments.coefficients(App("exp", (var(s),)), s) is None
    assert moments.coefficients(App("div", (num(1), var(s))), s) is None


NAMES = """
let L, s, t > 0
let m : real
let k > 1
X ~ Exponential(L)
Y ~ Exponential(2)
Z ~ Normal(m, s)
R ~ density(exp(-y^2), y = -oo..oo)
U ~ Uniform(0, 1)
N ~ Poisson(2)
"""

HOLD = [
    "P(R > 1/2) + P(R <= 1/2) == 1",
    "P(R > 1/2 or R < 0) + P(R in [0, 1/2]) == 1",
    "P(R < 1) - P(R < 0) == P(R >= 0 and R < 1)",
    "P(X > s + t | X > s) == P(X > t)",
    "P(min(X, Y) > t) == P(X > t)*P(Y > t)",
    "P(max(X, Y) <= t) == P(X <= t)*P(Y <= t)",
    "P(min(X, Y) <= t) == 1 - exp(-(L + 2)*t)",
    "P(abs(Z - m) >= k*s) == P((Z - m)^2 >= k^2*s^2)",
    "P((Z - m)^2 <= s^2) == 2*Phi(1) - 1",
    "P(-2*log(U) > t) == exp(-t/2)",
    "P(exp(Z) <= 1) == Phi(-m/s)",
    "P(U^2 <= 1/4) == 1/2",
    "P(sqrt(X) > t) == exp(-L*t^2)",
    "P(1/X > t) == 1 - exp(-L/t)",
    "P(X > 1 or Y > 1) == 1 - (1 - exp(-L))*(1 - exp(-2))",
    "P(N >= 1) == 1 - P(N = 0)",
    "P(not (N >= 1)) == P(N < 1)",
]

FAIL = [
    "P(R > 1/2) == P(R <= 1/2)",
    "P(min(X, Y) > t) == 1 - (1 - exp(-L*t))*(1 - exp(-2*t))",
    "P(max(X, Y) > t) == P(X > t)*P(Y > t)",
    "P((Z - m)^2 <= s^2) == Phi(1) - 1",
    "P(-2*log(U) > t) == exp(-2*t)",
    "P(U^2 <= 1/4) == 1/4",
    "P(1/X > t) == exp(-L/t)",
    "P(N >= 1) == 1 - P(N <= 1)",
    "P(X > s + t | X > s) == P(X > s)",
]


@pytest.mark.parametrize("claim", HOLD)
def test_probabilities_of_events_that_hold(verdict: Callable[[str], str], claim: str) -> None:
    assert verdict(claim) == "proved"


@pytest.mark.parametrize("claim", FAIL)
def test_probabilities_of_events_that_fail(verdict: Callable[[str], str], claim: str) -> None:
    assert verdict(claim) == "refuted"


@pytest.mark.parametrize("claim", ["P(X^2 > s) == P(X > s)", "P(X*Y > t) == P(X > t/Y)"])
def test_what_must_not_be_claimed(session: Session, claim: str) -> None:
    """A square root that is forgotten, and a division by another variable, which is fine but no rule of one variable."""
    (row,) = session.run(f"check {claim}")
    assert row.to_dict().get("verdict") != ("proved" if "X^2" in claim else "refuted"), row.to_dict()


def test_a_moment_that_is_random_itself(session: Session) -> None:
    (*_, row) = session.run("T ~ Beta(2, 3)\nJ | T ~ Binomial(4, T)\ncheck Var[J] == 4*2*3*(2 + 3 + 4)/((2 + 3)^2*(2 + 3 + 1))")
    assert row.to_dict().get("verdict") == "proved"
