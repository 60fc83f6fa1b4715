"""Definite integrals with whole parameters: the values that the general formula leaves out are cases."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sympy as sp

from twofold.engine.session import Session
from twofold.symbolic.calculus.conditions import by_gauss

Checked = Callable[[str], "str | None"]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("let n : integer\nintegrate(sin(n*x)^2, x = 0..pi)", "{0 if n == 0; pi/2 otherwise}"),
        ("let n : integer\nintegrate(exp(im*n*x), x = 0..2*pi)", "{2*pi if n == 0; 0 otherwise}"),
        ("let n : integer\nintegrate(cos(x)*cos(n*x), x = 0..pi)", "{pi/2 if n == -1 or n == 1; 0 otherwise}"),
        ("let n : integer\nintegrate(x^n, x = 1..2)", "{log(2) if n == -1; (2^(n + 1) - 1)/(n + 1) otherwise}"),
        ("let m, n : positive integer\nintegrate(cos(m*x)*cos(n*x), x = 0..2*pi)", "{pi if m == n; 0 otherwise}"),
        (
            "let m, n : integer\nintegrate(cos(m*x)*cos(n*x), x = 0..2*pi)",
            "{{2*pi if m == 0; pi otherwise} if m == -n or m == n; 0 otherwise}",
        ),
    ],
)
def test_exceptions_are_cases(question: str, answer: str, checked: Checked) -> None:
    assert checked(question) == answer


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("let n : positive integer\nintegrate(sin(n*x)^2, x = 0..pi)", "pi/2"),
        ("let n : integer\nintegrate(x^2, x = 0..n)", "n^3/3"),
        ("let n : positive integer\nintegrate(exp(-n*x), x = 0..oo)", "1/n"),
    ],
)
def test_no_case_without_an_exception(question: str, answer: str, checked: Checked) -> None:
    assert checked(question) == answer


@pytest.mark.parametrize(
    ("question", "answer", "conditions"),
    [
        ("integrate(log(x^2 + a^2), x = 0..1)", "log(a^2 + 1) - 2*abs(a)*atan(abs(a)) + pi*abs(a) - 2", ()),
        (
            "integrate(1/(x^2 - a^2), x = 2..3)",
            "(log(abs(a - 3)) - log(abs(a - 2)) + log(abs(a + 2)) - log(abs(a + 3)))/(2*a)",
            ("(-2 < a < 2 or a > 3 or a < -3) and a != 0",),
        ),
        ("integrate(exp(a*x), x = 0..1)", "(exp(a) - 1)/a", ("a != 0",)),
    ],
)
def test_no_value_of_a_parameter_is_left_out_without_need(question: str, answer: str, conditions: tuple[str, ...]) -> None:
    found = Session().run(question)[-1]
    assert (found.exact, found.conditions) == (answer, conditions)


def test_a_hypergeometric_value_at_one_is_written_by_gauss() -> None:
    a = sp.Symbol("a", real=True)
    value, condition = by_gauss(sp.hyper((sp.S.Half, -a), (sp.Rational(3, 2),), 1))
    assert value == sp.sqrt(sp.pi) * sp.gamma(a + 1) / (2 * sp.gamma(a + sp.Rational(3, 2))) and condition == (a + 1 > 0)
    assert by_gauss(sp.hyper((a, 1), (2,), sp.S.Half)) == (sp.hyper((a, 1), (2,), sp.S.Half), sp.true)
