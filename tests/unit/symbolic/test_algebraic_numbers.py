"""Functions of an isolated root in lower degree."""

from __future__ import annotations

import pytest
import sympy as sp

from twofold.symbolic.algebraic_numbers import reduced

X = sp.Symbol("x")
R = sp.rootof(X**3 - X - 1, 0)
S = sp.rootof(X**5 - X - 1, 0)


@pytest.mark.parametrize(
    ("given", "shorter"),
    [(R**3, R + 1), (1 / R, R**2 - 1), (R**3 - R, sp.S.One), ((R**2 + 1) / (R - 1), 2 * R**2 + 3 * R + 1), (S**6, S**2 + S)],
)
def test_powers_below_the_degree(given, shorter):
    found = reduced(given)
    assert sp.expand(found - shorter) == 0 and abs((found - given).evalf(20)) < 1e-18


@pytest.mark.parametrize("given", [R + S, sp.sqrt(2) * R**3, sp.sin(R), X * R**3, sp.Rational(1, 2), sp.sqrt(R)])
def test_what_is_no_function_of_one_root_stays(given):
    assert reduced(given) == given
