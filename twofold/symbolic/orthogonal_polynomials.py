"""Orthogonal polynomials of a degree that is a number, written out (DLMF 18.5, 18.9)."""

from __future__ import annotations

from collections.abc import Callable
from math import comb, factorial

from flint import fmpq, fmpq_poly, fmpz_poly

from twofold.grammar.term import App, Num, Term, Var
from twofold.symbolic.rational_forms import polynomial

MOST = 40
"""The highest degree that is written out here."""


def _hermite(n: int) -> fmpz_poly:
    """H(k + 1) = 2x*H(k) - 2k*H(k - 1)."""
    below, here = fmpz_poly([0]), fmpz_poly([1])
    for k in range(n):
        below, here = here, fmpz_poly([0, 2]) * here - 2 * k * below
    return here


def _laguerre(n: int) -> fmpq_poly:
    return fmpq_poly([fmpq((-1) ** k * comb(n, k), factorial(k)) for k in range(n + 1)])


_FAMILIES: dict[str, Callable[[int], fmpz_poly | fmpq_poly]] = {
    "chebyshevt": fmpz_poly.chebyshev_t,
    "chebyshevu": fmpz_poly.chebyshev_u,
    "hermite": _hermite,
    "laguerre": _laguerre,
    "legendre": fmpq_poly.legendre_p,
}


def written_out(t: Term) -> Term | None:
    """A polynomial of one of these families in a name as a sum; `None` for anything else."""
    if not isinstance(t, App) or t.op not in _FAMILIES or len(t.args) != 2:
        return None
    n, x = t.args
    if not isinstance(n, Num) or n.value.denominator != 1 or not 0 <= n.value <= MOST or not isinstance(x, Var) or x.shape:
        return None
    found = fmpq_poly(_FAMILIES[t.op](int(n.value)))
    return polynomial(x.symbol, [int(c) for c in found.numer().coeffs()], int(found.denom()))
