"""Quadrature in double precision sees jumps and kinks wherever they are, and never gives a wrong value for a right one."""

from __future__ import annotations

import random
from fractions import Fraction

import numpy as np
import pytest

from twofold.catalogue.resolve import Scope, resolve
from twofold.grammar.parse import parse_expression
from twofold.numeric.evaluate import floats
from twofold.symbolic.calculus.float_quadrature import integral

PLACES = [Fraction(random.Random(k).randint(1, 9999), 10_000) for k in range(60)]


def value(text: str) -> float:
    return float(floats(resolve(parse_expression(text, "<test>"), Scope({})), [{}])[0])


@pytest.mark.parametrize("c", PLACES)
def test_in_the_numeric_route(c):
    assert value(f"integrate(heaviside(x - {c}), x = 0..1)") == pytest.approx(float(1 - c), rel=1e-9)
    assert value(f"integrate(abs(x - {c}), x = 0..1)") == pytest.approx(float((c * c + (1 - c) ** 2) / 2), rel=1e-9)
    assert value(f"integrate(heaviside(x - {c})*exp(-x), x = 0..oo)") == pytest.approx(np.exp(-float(c)), rel=1e-9)


@pytest.mark.parametrize("c", PLACES)
def test_in_the_guard_of_the_exact_route(c):
    place = float(c)
    for f, known in ((lambda x: float(x > place), 1 - place), (lambda x: abs(x - place), (place**2 + (1 - place) ** 2) / 2)):
        found = integral(f, 0.0, 1.0)
        assert found is None or found[0] == pytest.approx(known, rel=1e-7)
