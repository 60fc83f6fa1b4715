"""Integrals of unknown functions: parts, substitution and ranges that join, with the slips that look like them."""

from __future__ import annotations

import pytest
import sympy as sp

from twofold.engine.session import Session
from twofold.symbolic.context import Context
from twofold.symbolic.definite.recognise import recognised_integral

pytestmark = pytest.mark.usefixtures("undiagnosed")

TRUE = [
    "integrate(f(x)*f'(x), x = a..b) == (f(b)^2 - f(a)^2)/2",
    "integrate(f(x)*f''(x), x = a..b) == f(b)*f'(b) - f(a)*f'(a) - integrate(f'(x)^2, x = a..b)",
    "integrate(x^2*f''(x), x = 0..1) == f'(1) - 2*f(1) + 2*integrate(f(x), x = 0..1)",
    "integrate(exp(-s*x)*f'(x), x = 0..b) == exp(-s*b)*f(b) - f(0) + s*integrate(exp(-s*x)*f(x), x = 0..b)",
    "integrate(f(sin(x))*cos(x), x = 0..pi/2) == integrate(f(u), u = 0..1)",
    "integrate(f'(g(x))*g'(x), x = a..b) == f(g(b)) - f(g(a))",
    "integrate(3*f(x) - 2*g(x), x = a..b) == 3*integrate(f(x), x = a..b) - 2*integrate(g(t), t = a..b)",
    "integrate(f(x + c), x = a..b) == integrate(f(x), x = a+c..b+c)",
    "integrate(f(x) + f(-x), x = 0..a) == integrate(f(x), x = -a..a)",
    "f(b) - f(a) - f'(a)*(b - a) == integrate((b - t)*f''(t), t = a..b)",
]
FALSE = [
    "integrate(f'(x), x = a..b) == f(a) - f(b)",
    "integrate(f(x), x = a..b) + integrate(f(x), x = c..b) == integrate(f(x), x = a..c)",
    "integrate(f(-x), x = 0..a) == integrate(f(x), x = 0..a)",
    "integrate(x*f'(x), x = 0..1) == f(1) + integrate(f(x), x = 0..1)",
    "integrate(f'(x)*g(x), x = a..b) == f(b)*g(b) - f(a)*g(a) - integrate(f'(x)*g'(x), x = a..b)",
    "integrate(f(x)*f'(x), x = a..b) == f(b)^2 - f(a)^2",
    "integrate(exp(-s*x)*f'(x), x = 0..b) == exp(-s*b)*f(b) - f(0) - s*integrate(exp(-s*x)*f(x), x = 0..b)",
    "integrate(x*f(x^2), x = 0..a) == integrate(f(u), u = 0..a)/2",
    "integrate(f'(g(x)), x = a..b) == f(g(b)) - f(g(a))",
    "integrate(f(x)*g(x), x = a..b) == integrate(f(x), x = a..b)*integrate(g(x), x = a..b)",
    "integrate(f(x + c), x = a..b) == integrate(f(x), x = a-c..b-c)",
    "integrate(f(x) + f(-x), x = 0..a) == 2*integrate(f(x), x = -a..a)",
    "f(b) - f(a) - f'(a)*(b - a) == integrate((b - t)^2*f''(t), t = a..b)",
]


def verdict(claim: str) -> str:
    return Session().run(f"let f, g : function\ncheck {claim}")[-1].judged.truth.value


@pytest.mark.parametrize("claim", TRUE)
def test_proved(claim: str) -> None:
    assert verdict(claim) == "proved"


@pytest.mark.parametrize("claim", FALSE)
def test_refuted(claim: str) -> None:
    assert verdict(claim) == "refuted"


def test_an_integrand_with_a_break_is_left_alone() -> None:
    assert verdict("integrate(f(x)/x, x = -1..1) == integrate(f(x)/x, x = -1..2) - integrate(f(x)/x, x = 1..2)") != "proved"


def test_the_value_of_an_integral_of_an_unknown_function_is_not_looked_for_in_decimals() -> None:
    x, f = sp.Symbol("x", real=True), sp.Function("f")
    assert recognised_integral(f(x**2), x, sp.Integer(-1), sp.Integer(1), Context()) is None
