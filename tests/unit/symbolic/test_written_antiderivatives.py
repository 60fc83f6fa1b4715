"""Antiderivatives with parameters have one fraction bar and no number that could be put together."""

from __future__ import annotations

import pytest

from twofold.engine.session import Session


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("integrate(1/sqrt(a*x + b), x)", "2*sqrt(a*x + b)/a"),
        ("integrate((a*x + b)^(3/2), x)", "2*(a*x + b)^(5/2)/(5*a)"),
        ("integrate((a*x + b)^(-3/2), x)", "-2/(a*sqrt(a*x + b))"),
        ("integrate(x/(a*x + b)^2, x)", "log(abs(a*x + b))/a^2 + b/(a^2*(a*x + b))"),
        ("integrate((2*x + 3)/(a*x + b)^3, x)", "-2/(a^2*(a*x + b)) - (3*a - 2*b)/(2*a^2*(a*x + b)^2)"),
        ("arclength([cos(t), sin(t)], t = 0..a)", "a"),
        ("arclength([cos(t), sin(t), t], t = 0..a)", "sqrt(2)*a"),
    ],
)
def test_forms(question: str, answer: str) -> None:
    found = Session().run(question)[-1]
    assert found.exact == answer and found.check is not None and found.check.agrees is True


def test_the_gamma_function_is_never_zero() -> None:
    found = Session().run("integrate(x^a*(1 - x)^b, x = 0..1)")[-1]
    assert found.conditions == ("a > -1 and b > -1",)
    assert Session().run("1/gamma(x + 2) == 1/(x*(x + 1)*gamma(x))")[-1].verdict == "proved"
