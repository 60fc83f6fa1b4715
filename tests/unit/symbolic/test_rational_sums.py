"""Infinite sums of rational functions in normal form: by polygammas, and by cotangents where the poles are conjugate."""

from __future__ import annotations

import mpmath
import pytest
import sympy

from tests.unit.symbolic.test_rules_of_the_normal_form import proves
from twofold.symbolic.summation.reflection import reflected_sum

A = "let a > 0\n"


@pytest.mark.parametrize(
    "text",
    [
        "sum(1/(2k + 1)^2, k = 0..oo) == pi^2/8",
        "sum(1/(2k + 1)^4, k = 0..oo) == pi^4/96",
        "sum((-1)^(k + 1)/k^2, k = 1..oo) == pi^2/12",
        "sum((-1)^k/(2k + 1)^3, k = 0..oo) == pi^3/32",
        "sum((-1)^k/(3k + 1), k = 0..oo) == log(2)/3 + pi/(3*sqrt(3))",
        "sum(1/(k*(2k + 1)), k = 1..oo) == 2 - 2*log(2)",
        "sum(1/((3k + 1)*(3k + 2)), k = 0..oo) == pi/(3*sqrt(3))",
        "sum(1/(k^2*(k + 1)^2), k = 1..oo) == pi^2/3 - 3",
        "sum(1/(k + 1/2)^2, k = 3..oo) == pi^2/2 - 4 - 4/9 - 4/25",
        "sum((-1)^k/k^2, k = 3..oo) == -pi^2/12 + 1 - 1/4",
        "sum(1/(k^2 + 1), k = 0..oo) == (1 + pi*coth(pi))/2",
        "sum(1/((2k + 1)^2 + 1), k = 0..oo) == pi*tanh(pi/2)/4",
        A + "sum(1/(k^2 + a^2), k = 1..oo) == pi*coth(pi*a)/(2a) - 1/(2a^2)",
        A + "sum(3/(k^2 + a), k = 2..oo) == 3*pi*coth(pi*sqrt(a))/(2*sqrt(a)) - 3/(2a) - 3/(1 + a)",
        "digamma(1/3) == -euler_gamma - pi/(2*sqrt(3)) - 3*log(3)/2",
        "digamma(5/6) == -euler_gamma + sqrt(3)*pi/2 - 2*log(2) - 3*log(3)/2",
    ],
)
def test_holds(text: str) -> None:
    assert proves(text)


@pytest.mark.parametrize(
    "text",
    [
        "sum(1/(2k + 1)^2, k = 1..oo) == pi^2/8",
        "sum((-1)^k/k^2, k = 1..oo) == pi^2/12",
        "sum((-1)^k/(2k + 1)^3, k = 0..oo) == -pi^3/32",
        "sum(1/(k^2 + 1), k = 1..oo) == (1 + pi*coth(pi))/2",
        A + "sum(1/(k^2 + a^2), k = 1..oo) == pi*coth(pi*a)/(2a) + 1/(2a^2)",
        "digamma(1/4) == -euler_gamma + pi/2 - 3*log(2)",
        # divergent, or with a term that has no value
        "sum(1/(2k + 1), k = 0..oo) == sum(1/(2k + 1), k = 1..oo) + 1/2",
        "sum((-1)^k*k/(k + 1), k = 0..oo) == log(2) - 1/2",
        "sum(1/(k - 2)^2, k = 1..oo) == pi^2/6 + 1",
        "sum(1/(k^2 - 4), k = 1..oo) == 3/16",
        # the sign of a parameter is open, so that there may be real poles
        "sum(1/(k^2 + a), k = 1..oo) == pi*coth(pi*sqrt(a))/(2*sqrt(a)) - 1/(2a)",
    ],
)
def test_is_not_claimed(text: str) -> None:
    assert not proves(text)


@pytest.mark.parametrize(
    ("body", "low"),
    [
        ("1/(k**4 + 4)", 1),
        ("1/(k**4 + k**2 + 1)", 1),
        ("1/(k**2 + k + 1)", 0),
        ("1/(k**2 + 1)**2", -2),
        ("1/(k**2 + 1)**3", 1),
        ("k**2/(k**4 + 4)", 1),
        ("1/((2*k + 1)**2 + 4)", 0),
        ("1/(k*(k + 1)*(k**2 + k + 1))", 1),
        ("1/(k**2*(k**2 + 1))", 1),
        ("1/(k**2 + 3*k + 4)", 2),
        ("1/(k**2 + k - 1)**2", 1),
        ("1/(k**4 + 1)", 0),
        ("1/(k**4 - k**2 + 1)", 1),
    ],
)
def test_poles_in_pairs(body, low):
    k = sympy.Symbol("k", integer=True)
    e = sympy.sympify(body, {"k": k})
    p, q = (sympy.Poly(side, k) for side in sympy.fraction(sympy.cancel(e)))
    found = reflected_sum(p, q, k, sympy.Integer(low))
    known = mpmath.nsum(sympy.lambdify(k, e, "mpmath"), [low, mpmath.inf])
    assert abs(sympy.N(found, 25) - known) < 1e-12


@pytest.mark.parametrize("body", ["1/(k**3 + k)", "1/(k**2 - 4)", "1/(k**3 + 2)"])
def test_no_pairs(body):
    k = sympy.Symbol("k", integer=True)
    p, q = (sympy.Poly(side, k) for side in sympy.fraction(sympy.sympify(body, {"k": k})))
    assert reflected_sum(p, q, k, sympy.Integer(1)) is None
