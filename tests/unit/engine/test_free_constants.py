"""Indefinite integrals whose constants matter: integrated again, multiplied, in exponentials."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session

HOLDS = [
    "integrate(x*cos(x), x) == x*integrate(cos(x), x) - integrate(sin(x), x)",
    "integrate(x*cos(x), x) == x*integrate(cos(x), x) - integrate(integrate(cos(x), x), x)",
    "integrate(x*exp(x), x) == x*exp(x) - integrate(integrate(exp(x), x), x)",
    "integrate(integrate(1, x), x) == x^2/2",
    "integrate(integrate(a*x, x), a) == a^2*x^2/4",
    "integrate(integrate(exp(-x^2), x), x) == x*integrate(exp(-x^2), x) + exp(-x^2)/2",
    "diff(integrate(integrate(exp(a*x), x), x), x) == exp(a*x)/a",
    "exp(integrate(2*x, x)) == exp(x^2)",
    "integrate(cos(x), x)^2 == sin(x)^2",
]
FAILS = [
    "integrate(x*cos(x), x) == x*integrate(cos(x), x) + integrate(sin(x), x)",
    "integrate(integrate(x, x), x) == x^3/3",
    "integrate(integrate(exp(-x^2), x), x) == x*integrate(exp(-x^2), x) - exp(-x^2)/2",
    "diff(integrate(cos(x^2), x), x) == sin(x^2)",
    "x*integrate(cos(x), x) == x*sin(x) + 3",
]
OPEN = [
    # for other constants than those of the closed forms, or out of reach
    "integrate(log(x), x) == x*integrate(1/x, x) + x",
    "integrate(integrate(cos(x), x), x) == x - cos(x)",
    "exp(integrate(2*x, x)) == exp(x^3)",
]


@pytest.mark.parametrize(
    ("claim", "verdict"), [*((c, "proved") for c in HOLDS), *((c, "refuted") for c in FAILS), *((c, "undecided") for c in OPEN)]
)
def test_constants_that_matter(claim, verdict):
    (row,) = [r.to_dict() for r in Session().run(f"let a, x : real\ncheck {claim}") if r.to_dict().get("verdict")]
    assert row["verdict"] == verdict, row
