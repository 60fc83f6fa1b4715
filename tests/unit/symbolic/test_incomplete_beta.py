"""The incomplete beta function of whole and half parameters, and the distribution functions made of it."""

from __future__ import annotations

import mpmath
import pytest
import sympy as sp

from twofold.engine.session import Session
from twofold.symbolic.incomplete_beta import elementary

ANSWERS = {
    "betainc(1, 1, 1/3)": "1/3",
    "betainc(2, 3, x)": "x^2*(3*x^2 - 8*x + 6)",
    "betainc(1/2, 1/2, 1/2)": "1/2",
    "betainc(a, b, x)": "betainc(a, b, x)",
    "cdf(Beta(2, 3), 1/2)": "11/16",
    "cdf(StudentT(4), 1)": "(25 + 7*sqrt(5))/50",
    "cdf(F(2, 4), 1)": "5/9",
}


@pytest.mark.parametrize("text", ANSWERS)
def test_answers(text):
    assert Session().run(text)[-1].exact == ANSWERS[text]


@pytest.mark.parametrize("place", ["1/20", "1/2", "9/10"])
@pytest.mark.parametrize("a", range(1, 10))
@pytest.mark.parametrize("b", range(1, 10, 2))
def test_values(a, b, place):
    x = sp.Rational(place)
    found = elementary(sp.Rational(a, 2), sp.Rational(b, 2), x).evalf(20)
    assert abs(found - mpmath.betainc(a / 2, b / 2, 0, mpmath.mpf(x.p) / x.q, regularized=True)) < 1e-13


@pytest.mark.parametrize(
    "parameters", [(sp.Rational(1, 3), sp.S.One), (sp.Symbol("a"), sp.S.One), (-sp.S.One, sp.S.One), (sp.S.One, sp.Integer(500))]
)
def test_other_parameters_have_no_elementary_form(parameters):
    assert elementary(*parameters, sp.Symbol("x")) is None
