"""Absolute values, conjugates and principal logarithms of complex numbers in normal form: what holds, what fails, what must not be claimed."""

from __future__ import annotations

import pytest

from tests.contract.test_methods import goals, tried
from twofold.symbolic.methods import normal_form

Z = "let z, w : complex\n"
X = "let x, y : real\n"


@pytest.mark.parametrize(
    "text",
    [
        Z + "abs(z*w) == abs(z)*abs(w)", Z + "abs(z)^2 == z*conj(z)", Z + "abs(z + w)^2 + abs(z - w)^2 == 2*abs(z)^2 + 2*abs(w)^2",
        X + "abs(exp(im*x)) == 1", X + "abs(x + im*y)^2 == x^2 + y^2", X + "log(exp(x + im)) == x + im",
        "let x in (-pi, pi)\nlog(exp(im*x)) == im*x", "log(-1) == im*pi", "log(-im) == -im*pi/2", "im^im == exp(-pi/2)", "sqrt(-4) == 2*im",
        Z + "re(z*w) == re(z)*re(w) - im(z)*im(w)",
        Z + "norm([z, w])^2 == abs(z)^2 + abs(w)^2", Z + "norm([z, 2; 1, w])^2 == z*conj(z) + w*conj(w) + 5", X + "norm([exp(im*x), 1]) == sqrt(2)",
        "let v : vector(2)\nnorm(im*v) == norm(v)",
        X + "abs((x + y*im)^2) == abs(x + y*im)^2", X + "abs(1/(1 + im*x)) == 1/sqrt(1 + x^2)", X + "abs((1 - im*x)/(1 + im*x)) == 1",
        Z + "abs(1/z) == 1/abs(z)", Z + "abs(z^2/w) == abs(z)^2/abs(w)", X + "abs((x^2 - y^2)*(1 + im)) == sqrt(2)*abs(x^2 - y^2)",
    ],
)  # fmt: skip
def test_what_holds_is_proved(text: str) -> None:
    (goal,) = goals(text)
    assert tried(normal_form.SPEC, goal) is not None


@pytest.mark.parametrize(
    "text",
    [
        Z + "abs(z + w) == abs(z) + abs(w)", Z + "abs(z)^2 == z^2", Z + "conj(sqrt(z)) == sqrt(conj(z))", Z + "log(exp(z)) == z",
        X + "log(exp(im*x)) == im*x", X + "log(exp(x + 4*im)) == x + 4*im", "let x in [-pi, pi]\nlog(exp(im*x)) == im*x",
        Z + "abs(exp(im*z)) == 1", "log(-1) == -im*pi", Z + "re(z*w) == re(z)*re(w)", Z + "log(z*w) == log(z) + log(w)",
        X + "abs((x + y*im)^3) == (x^2 + y^2)^3", X + "abs(im*x) == x", X + "abs((x^2 - y^2)*(1 + im)) == sqrt(2)*(x^2 - y^2)", Z + "abs(z^2) == z^2",
        Z + "conj(z^w) == conj(z)^conj(w)", Z + "sqrt(z^2) == abs(z)",
        Z + "norm([z, w])^2 == z^2 + w^2", X + "norm([exp(im*x), 1])^2 == exp(2*im*x) + 1", "let v : vector(2)\nnorm(im*v)^2 == -norm(v)^2",
    ],
)  # fmt: skip
def test_what_fails_somewhere_is_not_claimed(text: str) -> None:
    (goal,) = goals(text)
    assert tried(normal_form.SPEC, goal) is None
