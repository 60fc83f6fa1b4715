"""Matrices of functions whose rank is the same everywhere: the squares of the minors of that size have a positive sum (Cauchy and Binet: it is
the determinant of the Gram matrix where the rank is full). What the pivots of an elimination need is then no condition."""

from __future__ import annotations

from itertools import combinations
from math import comb
from typing import Any

import sympy as sp

from twofold.symbolic.algebra.matrices import vanishes
from twofold.symbolic.context import Context
from twofold.symbolic.tidy import short

_MOST_MINORS = 36


def keeps_rank(rows: list[list[Any]], rank: int, context: Context) -> bool:
    """Whether real entries leave the rank at a number for all values of their names, of which elimination says that it is the general rank."""
    m, n = len(rows), len(rows[0])
    if context.reading != "real" or not rank or comb(m, rank) * comb(n, rank) > _MOST_MINORS:
        return False
    if not all(e.is_real for r in rows for e in r):
        return False
    whole = sp.Matrix(rows)
    minors = [
        whole.extract(list(i), list(j)).det(method="berkowitz")
        for i in combinations(range(m), rank)
        for j in combinations(range(n), rank)
    ]
    return _is_positive(minors, context)


def without_poles(v: list[Any], context: Context) -> list[Any] | None:
    """A multiple of a vector of quotients that has no denominators and is nowhere 0; `None` where none is seen."""
    scale = sp.Mul(*dict.fromkeys(f for e in v for f in sp.Mul.make_args(sp.denom(sp.together(e))) if f.free_symbols))
    made = [short(sp.cancel(sp.together(e * scale)), context) for e in v]
    return made if _is_positive(made, context) and not any(sp.denom(sp.together(e)).free_symbols for e in made) else None


def _is_positive(parts: list[Any], context: Context) -> bool:
    """Whether a sum of squares is seen to be positive."""
    parts = [e for e in parts if not vanishes(e, context)]
    total = short(sp.expand(sp.Add(*(e**2 for e in parts))), context)
    return bool(total.is_positive)
