"""Orthogonal polynomials of a degree that is a number, written out, against SymPy's and by values."""

from __future__ import annotations

import pytest
import sympy as sp

from twofold.catalogue.display import show
from twofold.symbolic.context import Context
from twofold.symbolic.lower import lower
from twofold.symbolic.orthogonal_polynomials import written_out
from twofold.symbolic.work import work

WRITTEN = {
    "legendre(4, x)": "(35*x^4 - 30*x^2 + 3)/8",
    "legendre(1, x)": "x",
    "legendre(0, x)": "1",
    "chebyshevt(5, x)": "16*x^5 - 20*x^3 + 5*x",
    "chebyshevu(3, x)": "8*x^3 - 4*x",
    "hermite(4, x)": "16*x^4 - 48*x^2 + 12",
    "laguerre(2, x)": "x^2/2 - 2*x + 1",
}


@pytest.mark.parametrize("text", WRITTEN)
def test_written(term, text):
    assert show(work(term(text), Context())) == WRITTEN[text]


@pytest.mark.parametrize("family", ["legendre", "chebyshevt", "chebyshevu", "hermite", "laguerre"])
@pytest.mark.parametrize("n", [0, 1, 2, 7, 12])
def test_the_same_as_those_of_sympy(term, family, n):
    t, context = term(f"{family}({n}, x)"), Context()
    assert sp.expand(lower(written_out(t), context) - lower(t, context)) == 0


@pytest.mark.parametrize(
    "text", ["legendre(n, x)", "legendre(-2, x)", "legendre(1/2, x)", "legendre(3, x^2)", "legendre(1000, x)", "sin(x)"]
)
def test_left_alone(term, text):
    assert written_out(term(text)) is None
