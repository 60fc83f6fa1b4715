"""Bessel functions of half an odd order against mpmath's."""

from __future__ import annotations

import mpmath
import pytest
import sympy as sp

from twofold.symbolic.half_orders import elementary

X = sp.Symbol("x", positive=True)


@pytest.mark.parametrize("kind", [sp.besselj, sp.bessely, sp.besseli, sp.besselk])
@pytest.mark.parametrize("twice", [-7, -5, -3, -1, 1, 3, 5, 7, 9])
def test_values(kind, twice):
    made = elementary(kind(sp.Rational(twice, 2), X))
    assert not made.has(kind)
    found = made.subs(X, sp.Rational(17, 10)).evalf(25)
    assert abs(found - getattr(mpmath, kind.__name__)(mpmath.mpf(twice) / 2, 1.7)) < 1e-9 * (1 + abs(found))


@pytest.mark.parametrize("order", [sp.Rational(1, 3), sp.Integer(2), sp.Rational(101, 2), sp.Symbol("n")])
def test_other_orders_stay(order):
    assert elementary(sp.besselj(order, X)) == sp.besselj(order, X)
