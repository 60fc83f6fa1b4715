"""Quadrature as a guard: right where it settles, silent where the integral diverges or an oscillation runs away."""

import math

import pytest
import sympy as sp
from sympy import oo, pi

from twofold.symbolic.calculus.polynomial_ranges import over_ranges
from twofold.symbolic.calculus.quadrature import quadrature, quadrature_agrees
from twofold.symbolic.context import Context

x, y, z = sp.symbols("x y z", real=True)
a = sp.Symbol("a", positive=True)

SETTLES = (
    (sp.exp(-(x**2)), -oo, oo, math.sqrt(math.pi)),
    (sp.log(x), 0, 1, -1.0),
    (1 / sp.sqrt(x * (1 - x)), 0, 1, math.pi),
    (sp.exp(-sp.Abs(x - 1)), -oo, oo, 2.0),
    (sp.exp(-x) * sp.sin(20 * x), 0, oo, 20 / 401),
    (sp.sin(x) / x, 0, oo, math.pi / 2),
    ((sp.sin(x) / x) ** 2, -oo, oo, math.pi),
    (sp.cos(3 * x) / (1 + x**2), 0, oo, math.pi / 2 * math.exp(-3)),
    (sp.Piecewise((x, x < 1), (2 - x, True)), 0, 2, 1.0),
    (x**2, 1, 0, -1 / 3),
)


@pytest.mark.parametrize(("f", "low", "high", "value"), SETTLES, ids=str)
def test_settles(f, low, high, value):
    found = quadrature(f, x, sp.sympify(low), sp.sympify(high))
    assert found is not None
    assert abs(float(found[0]) - value) < 1e-7 * max(1, abs(value))


@pytest.mark.parametrize(
    ("f", "low", "high"), [(1 / x, 0, 1), (1 / (x - sp.Rational(1, 3)) ** 2, 0, 1), (sp.log(x) / x, 1, oo)], ids=str
)
def test_says_that_it_does_not_settle(f, low, high):
    found = quadrature(f, x, sp.sympify(low), sp.sympify(high))
    assert found is None or found[1] > 1e-3


def test_oscillations_that_run_away_have_no_value():
    assert quadrature(sp.sin(x**2), x, sp.S.Zero, oo) is None


def test_a_wrong_value_is_refused():
    context = Context()
    f = sp.exp(-a * x) * sp.sin(x)
    assert quadrature_agrees(1 / (1 + a**2), sp.true, f, x, sp.S.Zero, oo, context) is True
    assert quadrature_agrees(1 / (2 + a**2), sp.true, f, x, sp.S.Zero, oo, context) is False
    assert quadrature_agrees(sp.pi / 2, sp.true, sp.sin(x**2), x, sp.S.Zero, oo, context) is None


POLYNOMIALS = (
    (x * y * z, ((z, 0, 1 - x - y), (y, 0, 1 - x), (x, 0, 1)), sp.Rational(1, 720)),
    (a * x, ((x, 0, y), (y, 0, a)), a**4 / 6),
    (x**2, ((x, 1, 0),), sp.Rational(-1, 3)),
    (x, ((x, 0, sp.sqrt(2)),), sp.S.One),
)


@pytest.mark.parametrize(("f", "ranges", "value"), POLYNOMIALS, ids=str)
def test_polynomials_between_polynomial_ends(f, ranges, value):
    found = over_ranges(f, tuple((v, sp.sympify(low), sp.sympify(high)) for v, low, high in ranges))
    assert sp.expand(found - value) == 0


@pytest.mark.parametrize(
    ("f", "ranges"),
    [(1 / x, ((x, 1, 2),)), (x, ((x, 0, oo),)), (y, ((y, 0, sp.sqrt(1 - x**2)), (x, -1, 1))), (sp.sin(x), ((x, 0, pi),))],
    ids=str,
)
def test_others_are_left_to_other_methods(f, ranges):
    assert over_ranges(f, tuple((v, sp.sympify(low), sp.sympify(high)) for v, low, high in ranges)) is None
