"""Polynomials with parameters that are irreducible at numbers; those that may have factors are never said to be so."""

import pytest
import sympy as sp

from twofold.symbolic.algebra.irreducible import surely_irreducible


@pytest.mark.parametrize("text", ["x^3 + a*x + b", "x^2 - a", "-x^2 + a", "x^4 + a*x^2 + b*x + c", "x^2 + a^2 + 1"])
def test_irreducible(text):
    assert surely_irreducible(sp.Poly(sp.sympify(text), sp.Symbol("x")))


@pytest.mark.parametrize("text", ["x^2 - a^2", "(x - a)*(x^2 + b)", "(x^2 + a*x + b)^2", "x^4 + 4*a^4", "x^3 + a*b*x"])
def test_what_has_factors_is_not_irreducible(text):
    assert not surely_irreducible(sp.Poly(sp.expand(sp.sympify(text)), sp.Symbol("x")))


@pytest.mark.parametrize("text", ["a*x^2 - a", "2*x^2 + a", "x^2 + a/2", "x^2 + 1", "x^2 - sqrt(2)*a", "x^2 + 1/a"])
def test_other_coefficients_are_not_looked_at(text):
    assert not surely_irreducible(sp.Poly(sp.sympify(text), sp.Symbol("x")))
