"""Derivatives whose order is a name, against the derivatives of orders that are numbers."""

from __future__ import annotations

import pytest
import sympy as sp

from twofold.engine.session import Session
from twofold.symbolic.calculus.any_order import derivative_of_order

x, a, b = sp.Symbol("x", positive=True), sp.Symbol("a", positive=True), sp.Symbol("b", positive=True)
n = sp.Symbol("n", integer=True, nonnegative=True)


@pytest.mark.parametrize(
    "f",
    [
        sp.sin(a * x + b), sp.cos(x) ** 2, sp.exp(a * x) * sp.sin(b * x), sp.exp(-x) * sp.cos(2 * x), x**2 * sp.exp(-a * x), x * sp.sin(x),
        sp.cosh(a * x), x**5, 3 * x**2 - x + 1, x**a, sp.sqrt(2 * x + 1), 1 / (a * x + b), 1 / (x + 2) ** 3, x / (x**2 + 3 * x + 2),
        sp.log(2 * x + 1), x * sp.log(x), 2**x, x * a**x, sp.Integer(7),
    ],
)  # fmt: skip
def test_the_formula_gives_every_derivative(f):
    value, least = derivative_of_order(f, x, n)
    for k in range(6):
        if k < least:
            continue
        point = {x: sp.Rational(13, 10), a: sp.Rational(7, 5), b: sp.Rational(1, 3)}
        gap = value.subs(n, k).subs(point) - sp.diff(f, x, k).subs(point)
        assert abs(gap.evalf(20)) < 1e-12


def test_a_power_of_the_order_itself():
    assert derivative_of_order(x**n, x, n)[0] == sp.factorial(n)


@pytest.mark.parametrize("f", [sp.tan(x), sp.exp(x**2), sp.log(x) ** 2, sp.sin(x) / x])
def test_what_has_no_rule_is_not_claimed(f):
    assert derivative_of_order(f, x, n) is None


@pytest.mark.parametrize(
    ("text", "exact", "conditions"),
    [
        ("diff(sin(x), x, n)", "sin(pi*n/2 + x)", ()),
        ("diff(exp(a*x), x, n)", "a^n*exp(a*x)", ()),
        ("diff(log(x), x, n)", "-(-1)^n*x^(-n)*factorial(n - 1)", ()),
        ("diff(x^5, x, n)", "{120*x^(5 - n)/factorial(5 - n) if n <= 5; 0 otherwise}", ()),
        ("diff(x^2*exp(x), x, n)", "(2*n*x + n*(n - 1) + x^2)*exp(x)", ()),
    ],
)
def test_a_name_declared_whole_is_an_order(text, exact, conditions):
    found = Session().run(f"let n : size\n{text}")[-1]
    assert found.exact == exact and found.conditions == conditions and found.check.agrees is True


def test_an_integer_has_to_be_no_less_than_the_least_order():
    found = Session().run("let n : integer\ndiff(log(x), x, n)")[-1]
    assert found.conditions == ("n >= 1",)
    assert Session().run("let n : integer\ndiff(sin(x), x, n)")[-1].conditions == ("n >= 0",)


def test_an_undeclared_name_is_a_variable_and_that_is_told():
    found = Session().run("diff(sin(x), x, n)")[-1]
    assert found.exact == "0" and any("let n : size" in note for note in found.notes)


@pytest.mark.parametrize(("text", "exact"), [("diff(x^2*n, x, n)", "2*x"), ("diff(x^2, x, y)", "0")])
def test_other_names_are_variables(text, exact):
    assert Session().run(text)[-1].exact == exact
