"""SymPy asks for facts without shuffling them, and finds the same."""

import sys

import sympy as sp

from twofold.symbolic import fact_order, lower  # noqa: F401  (keeps the order)


def test_sympy_leaves_facts_in_their_order():
    assert sys.modules["sympy.core.assumptions"].shuffle is fact_order.as_they_stand


def test_facts_are_what_they_were():
    x, n = sp.Symbol("x", real=True), sp.Symbol("n", integer=True, positive=True)
    assert (x**2 + 1).is_positive is True
    assert (x**2 - 1).is_positive is None
    assert (n * (n + 1)).is_even is True
    assert (sp.exp(x) + n).is_zero is False
