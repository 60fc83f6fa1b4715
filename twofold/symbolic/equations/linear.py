"""Linear inequalities: whether some have no common solution, by Fourier and Motzkin's elimination over the monomials.

Monomials count as unknowns of their own, which allows more than there is.
"""

from __future__ import annotations

from fractions import Fraction
from math import inf
from typing import TypeAlias

from twofold.symbolic.equations.bounds import Bounds
from twofold.symbolic.equations.formula import Atom, Formula
from twofold.symbolic.equations.ring import fraction

_MOST_ROWS = 160
_MOST_UNKNOWNS = 10
_ONE: tuple[int, ...] = ()

Row: TypeAlias = tuple[dict[tuple[int, ...], Fraction], bool]
"""Coefficients of monomials (`()` for 1) of something that is positive (True) or not negative."""


def infeasible(literals: list[Formula], bounds: Bounds) -> bool:
    """Whether literals (with the bounds of single generators) contradict each other by addition with positive factors alone."""
    rows: list[Row] = []
    generators: set[int] = set()
    for a in literals:
        if not isinstance(a, Atom) or a.relation == "!=":
            continue
        row = {}
        for m, c in a.polynomial.terms():
            key = tuple(map(int, m))
            generators |= {k for k, d in enumerate(key) if d}
            row[key if any(key) else _ONE] = fraction(c)
        strict = a.relation in ("<", ">")
        if a.relation in (">", ">=", "="):
            rows.append((row, strict))
        if a.relation in ("<", "<=", "="):
            rows.append(({m: -c for m, c in row.items()}, strict))
    rows += _bounded(generators, bounds, {m for row, _ in rows for m in row})
    unknowns = {m for row, _ in rows for m in row if m != _ONE}
    if len(rows) > _MOST_ROWS // 2 or len(unknowns) > _MOST_UNKNOWNS:
        return False
    while unknowns:
        m = min(unknowns, key=lambda u: _pairs(rows, u))
        unknowns.discard(m)
        rows = _without(rows, m)
        if len(rows) > _MOST_ROWS:
            return False
    return any(row.get(_ONE, Fraction(0)) < 0 or (strict and not row.get(_ONE)) for row, strict in rows)


def _bounded(generators: set[int], bounds: Bounds, monomials: set[tuple[int, ...]]) -> list[Row]:
    """The bounds of the generators that stand alone as monomials."""
    out: list[Row] = []
    for m in monomials:
        if sum(m) == 1:
            i = bounds.of(m.index(1))
            if i.low != -inf:
                out.append(({m: Fraction(1), _ONE: -Fraction(i.low)}, not i.low_in))
            if i.high != inf:
                out.append(({m: Fraction(-1), _ONE: Fraction(i.high)}, not i.high_in))
    return out


def _pairs(rows: list[Row], m: tuple[int, ...]) -> int:
    up = sum(row.get(m, 0) > 0 for row, _ in rows)
    down = sum(row.get(m, 0) < 0 for row, _ in rows)
    return up * down


def _without(rows: list[Row], m: tuple[int, ...]) -> list[Row]:
    """The rows with one monomial eliminated."""
    up = [r for r in rows if r[0].get(m, 0) > 0]
    down = [r for r in rows if r[0].get(m, 0) < 0]
    out = [r for r in rows if not r[0].get(m)]
    for p, p_strict in up:
        for q, q_strict in down:
            a, b = -q[m], p[m]
            row = {k: a * p.get(k, 0) + b * q.get(k, 0) for k in {*p, *q} if k != m}
            out.append(({k: c for k, c in row.items() if c}, p_strict or q_strict))
    return out
