"""Quadratics in one name by their discriminant, and remainders of powers by their period."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session

pytestmark = pytest.mark.usefixtures("undiagnosed")

NAMES = "let u, v, s : real\nlet n : positive integer\nlet k : integer\n"

PROVED = """
(u*sin(v) + s*cos(v))^2 <= u^2 + s^2
abs(u*sin(v) + s*cos(v)) <= sqrt(u^2 + s^2)
abs(3*sin(v) + 4*cos(v)) <= 5
u^2 + 2*u*sin(v) + 2 > 0
2*u*log(1 + v^2) <= u^2 + log(1 + v^2)^2
mod(7^n - 1, 6) == 0
mod(2^n, 4) == 0 given n >= 2
mod(k^2, 8) == 1 given mod(k, 2) == 1
mod(k^4 + 4^n, 5) != 3
mod(10^n, 9) == 1
mod(n^5 - n, 30) == 0
mod(2^(2*n + 1) + 1, 3) == 0
""".strip().splitlines()

REFUTED = """
u*sin(v) + s*cos(v) < sqrt(u^2 + s^2)
u*sin(v) + s*cos(v) <= sqrt(u^2 + s^2)/2
u^2 + 3*u*sin(v) + 2 > 0
mod(2^n, 4) == 0
mod(k^2, 8) == 1
mod(3^n + 7^n, 8) == 2*mod(n + 1, 2)
mod(n^n, 2) == 1
""".strip().splitlines()


def truth(claim):
    return Session().run(f"{NAMES}check {claim}")[-1].judged.truth.value


@pytest.mark.parametrize("claim", PROVED)
def test_proved(claim):
    assert truth(claim) == "proved"


@pytest.mark.parametrize("claim", REFUTED)
def test_refuted(claim):
    assert truth(claim) == "refuted"
