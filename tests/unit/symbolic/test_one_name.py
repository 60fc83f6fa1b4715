"""Polynomial conditions on one name as comparisons with numbers."""

from __future__ import annotations

import random

import pytest
import sympy as sp
from sympy.core.relational import Relational

from twofold.symbolic.calculus.one_name import combined

NAMES = (sp.Symbol("a", real=True), sp.Symbol("a", positive=True), sp.Symbol("a", nonnegative=True))
A = NAMES[0]


@pytest.mark.parametrize(
    ("condition", "wanted"),
    [
        ((A > 1) | (A < -1), "(1 < a) | (a < -1)"),
        (sp.And(A > 0, A**2 - 1 > 0), "1 < a"),
        (sp.And(A > 0, A < 0), "False"),
        (A**2 + A + 1 > 0, "True"),
        (A**2 * (A - 1) >= 0, "Eq(a, 0) | (1 <= a)"),
        (sp.And(A > -1, A <= 4, sp.Ne(A, 1)), "(a <= 4) & (-1 < a) & Ne(a, 1)"),
        (A**2 - 2 > 0, "(sqrt(2) < a) | (a < -sqrt(2))"),
        (sp.Ne(A**2, 4), "Ne(a, -2) & Ne(a, 2)"),
        (A**3 - 2 > 0, "None"),
        (A - sp.pi > 0, "None"),
    ],
)
def test_forms(condition, wanted):
    assert str(combined(condition, A)) == wanted


def relation(x, source):
    p = source.choice(
        (
            x - source.randint(-3, 3),
            (x - source.randint(-2, 2)) * (x - source.randint(-2, 2)),
            x**2 - source.randint(-2, 5),
            x**2 + source.randint(-3, 3) * x + source.randint(-3, 3),
            (x - 1) ** 2 * (x + source.randint(-2, 2)),
        )
    )
    return source.choice((sp.Gt, sp.Ge, sp.Lt, sp.Le, sp.Eq, sp.Ne))(source.choice((1, -1, 2)) * p, 0)


@pytest.mark.parametrize("x", NAMES, ids=("real", "positive", "nonnegative"))
def test_the_meaning_stays(x):
    source = random.Random(5)
    places = [*(sp.Rational(k, 4) for k in range(-16, 17)), sp.sqrt(2), -sp.sqrt(3), (1 + sp.sqrt(5)) / 2]
    places = [v for v in places if not (x.is_positive and v <= 0 or x.is_nonnegative and v < 0)]
    for _ in range(25):
        join = source.choice((sp.And, sp.Or))
        condition = join(*(source.choice((sp.And, sp.Or))(relation(x, source), relation(x, source)) for _ in range(2)))
        if condition.atoms(Relational):
            made = combined(condition, x)
            assert all(bool(condition.subs(x, v)) == bool(made.subs(x, v)) for v in places), condition
