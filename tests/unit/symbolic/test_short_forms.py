"""Short forms: what our own normal form finds is as short as what SymPy's rules found, and nothing that they are needed for is left out."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy

from twofold.catalogue.display import show
from twofold.engine.session import Session
from twofold.symbolic.bare_forms import is_bare_product
from twofold.symbolic.context import Context
from twofold.symbolic.gathered_powers import gathered
from twofold.symbolic.lower import lower
from twofold.symbolic.work import work


@pytest.mark.parametrize(
    "text, known",
    [
        ("2*a*b + 2*a*c + 2*b*c", "2*(a*b + a*c + b*c)"),
        ("x^3*t - x*t", "t*x*(x^2 - 1)"),
        ("x^2*cos(x) + 2*x*sin(x)", "x*(x*cos(x) + 2*sin(x))"),
        ("exp(x)*x^2 + 3*exp(x)*x", "x*(x + 3)*exp(x)"),
        ("1/x - exp(-x)/x", "(1 - exp(-x))/x"),
        ("exp(x)*sin(x)", "exp(x)*sin(x)"),
        ("sin(x)*gamma(x)", "sin(x)*gamma(x)"),
        ("gamma(x + 1)/gamma(x)", "x"),
        ("n*factorial(n - 1)", "factorial(n)"),
        ("2^p*3^p", "6^p"),
        ("sin(x)^2 + cos(x)^2", "1"),
        ("diff(x^5*exp(2*x), x, 4)", "8*x*(2*x^4 + 20*x^3 + 60*x^2 + 60*x + 15)*exp(2*x)"),
        ("polylog(2, 1/2)", "(pi^2 - 6*log(2)^2)/12"),
        ("digamma(1/2)", "-(2*log(2) + euler_gamma)"),
        ("log(6) - log(3)", "log(2)"),
        ("simplify(tan(x)*cos(x))", "sin(x)"),
        ("simplify(x + x)", "2*x"),
        ("complete_square(2*x^2 - 12*x + 7, x)", "2*(x - 3)^2 - 11"),
        ("complete_square(x - x^2/2, x)", "-1/2*(x - 1)^2 + 1/2"),
        ("complete_square(a*x^2 + x, x)", "a*(x + 1/(2*a))^2 - 1/(4*a)"),
        ("simplify(log(x) + log(1/x))", "0"),
        ("simplify(sin(x)^2 + cos(x)^2)", "1"),
        ("simplify(asin(x) + acos(x))", "pi/2"),
        ("diff(1/sqrt(1 - x^2), x)", "x/(1 - x^2)^(3/2)"),
        ("diff(sqrt(a^2 - x^2), x, 2)", "-a^2/(a^2 - x^2)^(3/2)"),
        ("x/sqrt(x^2 + 1) - 1/(x*sqrt(x^2 + 1))", "(x^2 - 1)/(x*sqrt(x^2 + 1))"),
        ("sqrt(x^3)/x", "sqrt(x^3)/x"),
        ("1/(sqrt(x) + 1)", "1/(sqrt(x) + 1)"),
    ],
)
def test_short_forms(term, text: str, known: str) -> None:
    assert show(work(term(text), Context())) == known


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("x^2*exp(x*a)", True),
        ("-3*sin(2*x)/a", True),
        ("pi*log(x)*x", True),
        ("sin(x)*cos(x)", False),
        ("x*(x + 1)", False),
        ("exp(x + 1)*x", False),
        ("sqrt(x)*a", False),
        ("sqrt(2)*x", False),
        ("log(x^2)", False),
        ("gamma(x)*x", False),
        ("x^a", False),
    ],
)
def test_products_of_which_no_form_is_shorter(term, text, bare):
    assert is_bare_product(lower(term(text), Context())) is bare


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("sum(2^k*k, k = 0..n)", "2^(n + 1)*(n - 1) + 2"),
        ("sum(k*binomial(n, k), k = 0..n)", "2^(n - 1)*n"),
        ("sum(k/2^k, k = 1..n)", "2 - (n + 2)/2^n"),
        ("sum((-1/2)^k, k = 0..n)", "((-1/2)^n + 2)/3"),
        ("sum(p*(1 - p)^k, k = 0..n)", "1 - (1 - p)^(n + 1)"),
        ("sum(k*factorial(k), k = 1..n)", "factorial(n + 1) - 1"),
        ("sum(k/factorial(k + 1), k = 1..n)", "1 - 1/factorial(n + 1)"),
        ("sum(binomial(n, k)^2, k = 0..n)", "binomial(2*n, n)"),
        ("sum(binomial(m, k)*binomial(n, r - k), k = 0..r)", "binomial(m + n, r)"),
        ("sum((-1)^k*binomial(n, k)/(k + 1), k = 0..n)", "1/(n + 1)"),
        ("prod(exp(k), k = 1..n)", "exp(n*(n + 1)/2)"),
        ("limit(((x + h)^n - x^n)/h, h -> 0)", "n*x^(n - 1)"),
        ("integrate(x^n*log(x), x)", "x^(n + 1)*(n*log(x) + log(x) - 1)/(n + 1)^2"),
        ("integrate(x*2^x, x)", "2^x*(x*log(2) - 1)/log(2)^2"),
        ("integrate(2^(-x), x)", "-2^(-x)/log(2)"),
    ],
)
def test_powers_and_factorials_are_joined(text, exact):
    found = Session().run(text)[-1]
    assert found.exact == exact and found.check.agrees is True


@pytest.mark.parametrize("base", [-3, 2, Fraction(1, 2), Fraction(-2, 3)])
def test_joined_powers_have_the_same_values(base):
    n = sympy.Symbol("n", integer=True)
    a, b = sympy.Rational(base), sympy.Symbol("b")
    for e in (a**n * n - 2 * a**n / a + 1, (-1) ** n * b**n * b - b ** (n + 2), (b - 1) ** n * (1 - b) + 3 * (1 - b) ** n):
        shown = gathered(e)
        for k in range(-3, 4):
            assert sympy.simplify((e - shown).subs({n: k, b: sympy.Rational(7, 3)})) == 0


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("x/abs(x) + x - x + 0", "x/abs(x)"),
        ("sinh(abs(x))/abs(x)", "sinh(x)/x"),
        ("exp(-abs(x))*cos(x)", "exp(-abs(x))*cos(x)"),
        ("abs(x)*tan(x)", "tan(x)*abs(x)"),
    ],
)
def test_sizes_are_left_out_where_they_say_nothing(text, exact):
    assert Session().run(text)[-1].exact == exact
