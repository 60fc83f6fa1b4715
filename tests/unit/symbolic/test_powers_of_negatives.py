"""Whole powers of what is known to be negative, and logarithms of its magnitude."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session

P = "let n : integer\nlet p in (0, 1)\n"
R = "let n : positive integer\nlet r in (-1, 0)\n"


def row(text: str) -> dict:
    return [r.to_dict() for r in Session().run(text)][-1]


@pytest.mark.parametrize(
    "text",
    [
        f"{P}(-1)^n*(p - 1)^n == (1 - p)^n",
        f"{P}(p - 1)^(2*n + 1) == -(1 - p)^(2*n + 1)",
        f"{P}((p - 1)*(p - 2))^n == (1 - p)^n*(2 - p)^n",
        f"{R}abs(r^n) == abs(r)^n",
        f"{R}limit(r^n, n -> oo) == 0",
        f"{R}limit(n*(1 + r)^n, n -> oo) == 0",
        "let n : size\nlet p in (0, 1)\nlimit((1 - p)^n, n -> oo) == 0",
    ],
)
def test_proved(text):
    found = row(text)
    assert (found["verdict"], found.get("conditions")) == ("proved", None)


@pytest.mark.parametrize("text", [f"{P}(p - 1)^n == (1 - p)^n", f"{P}(p - 1)^(n + 1)/(1 - p) == (p - 1)^n"])
def test_the_sign_of_an_odd_power(text):
    assert row(text)["verdict"] in ("refuted", "conditional")


def test_a_product_of_positive_powers_asks_for_nothing():
    """The likelihood of Bernoulli draws is positive, so its logarithm has no condition."""
    found = row(
        "let n : size\nlet x : vector(n)\nlet p in (0, 1)\n"
        "log(prod(p^x[i]*(1 - p)^(1 - x[i]), i = 1..n)) == sum(x[i], i = 1..n)*log(p) + (n - sum(x[i], i = 1..n))*log(1 - p)"
    )
    assert (found["verdict"], found.get("conditions")) == ("proved", None)
