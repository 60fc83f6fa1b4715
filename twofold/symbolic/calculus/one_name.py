"""Conditions on one real name by polynomials with rational coefficients, combined: where they hold is read off between the zeros and at them."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import sympy as sp
from sympy.core.relational import Relational

_HOLDS = {
    sp.Gt: (1,),
    sp.Ge: (0, 1),
    sp.Lt: (-1,),
    sp.Le: (-1, 0),
    sp.Eq: (0,),
    sp.Ne: (-1, 1),
}
"""The signs of left - right at which a relation holds."""
_HIGHEST = 2


def combined(condition: Any, x: Any) -> Any:
    """The condition as comparisons of the name with numbers; `None` where a factor has a degree above 2 or the coefficients are not rational."""
    read = [(r, sp.Poly(r.lhs - r.rhs, x)) for r in condition.atoms(Relational)]
    if not all(type(r) in _HOLDS and p.get_domain() in (sp.ZZ, sp.QQ) for r, p in read):
        return None
    factored = {r: p.factor_list() for r, p in read}
    zeros: dict[Any, Any] = {}
    for f in {f for _, found in factored.values() for f, _ in found}:
        if f.degree() > _HIGHEST:
            return None
        zeros |= dict.fromkeys(_zeros(f), f)
    low = sp.S.Zero if x.is_nonnegative else None
    places = sorted((z for z in zeros if low is None or z >= low), key=float)
    if low is not None and low not in places:
        places.insert(0, low)
    if not places:
        return sp.true if _at(condition, factored, x, sp.S.Zero) else sp.false
    # The cells in their order: below the first place unless the name begins there, the place, the next interval, and so on.
    cells: list[tuple[Any, Any, bool]] = (
        [] if low is not None else [(-sp.oo, places[0], _at(condition, factored, x, _below(places[0])))]
    )
    for z, following in pairwise([*places, None]):
        cells.append((z, z, not (x.is_positive and z == 0) and _at(condition, factored, x, z, zeros.get(z))))
        inner = _above(z) if following is None else _between(z, following)
        cells.append((z, sp.oo if following is None else following, _at(condition, factored, x, inner)))
    return _written(x, cells)


def _zeros(f: Any) -> list[Any]:
    """The real zeros of a polynomial of degree 1 or 2."""
    if f.degree() < 2:
        return [-f.nth(0) / f.nth(1)] if f.degree() else []
    a, b, c = f.all_coeffs()
    square = b**2 - 4 * a * c
    return [] if square < 0 else [(-b - sp.sqrt(square)) / (2 * a), (-b + sp.sqrt(square)) / (2 * a)]


def _below(z: Any) -> Any:
    return sp.floor(z) - 1


def _above(z: Any) -> Any:
    return sp.floor(z) + 1


def _between(a: Any, b: Any) -> Any:
    """A rational number between two numbers that differ."""
    n = sp.Integer(1)
    while True:
        n *= 2
        m = (sp.floor(a * n) + 1) / n
        if m < b:
            return m


def _at(condition: Any, factored: dict[Any, Any], x: Any, place: Any, zero: Any = None) -> bool:
    """Whether the condition holds at a rational number, or at a zero of a polynomial."""
    said = {}
    for r, (constant, factors) in factored.items():
        sign = sp.sign(constant)
        for f, k in factors:
            value = 0 if f == zero else sp.sign(f.eval(place))
            sign *= value**k
        said[r] = sp.true if sign in _HOLDS[type(r)] else sp.false
    return bool(condition.xreplace(said) == sp.true)


def _written(x: Any, cells: list[tuple[Any, Any, bool]]) -> Any:
    """The cells that hold as intervals, without the single places inside them that do not."""
    parts: list[Any] = []
    k = 0
    while k < len(cells):
        if not cells[k][2]:
            k += 1
            continue
        start, from_place = cells[k][0], cells[k][0] == cells[k][1]
        left_out = []
        while k + 1 < len(cells) and (cells[k + 1][2] or k + 2 < len(cells) and cells[k + 2][2] and cells[k][0] != cells[k][1]):
            k += 1
            if not cells[k][2]:
                left_out.append(sp.Ne(x, cells[k][0]))
        end, to_place = cells[k][1], cells[k][0] == cells[k][1]
        k += 1
        if start == end:
            parts.append(sp.Eq(x, start))
            continue
        lower = sp.true if start is -sp.oo else start <= x if from_place else start < x
        upper = sp.true if end is sp.oo else x <= end if to_place else x < end
        parts.append(sp.And(lower, upper, *left_out))
    return sp.Or(*parts)
