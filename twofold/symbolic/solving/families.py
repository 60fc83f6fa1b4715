"""Solutions of polynomial systems that leave unknowns free: by the factors of the equations, and by unknowns that stand linearly in one.

An equation that is a product splits the system, one for each factor. From c*u + d == 0 without common factors, u is -d/c where c is not 0, and c and d
are 0 elsewhere. What remains when no equation does is a family with free unknowns; together these are all solutions.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import sympy as sp

Family: TypeAlias = dict[Any, Any]
"""The unknowns that are given by the others, which are free."""


def families(equations: list[Any], unknowns: tuple[Any, ...]) -> list[Family] | None:
    """All solutions over any field, without families that are part of another one; `None` where an equation has no linear unknown or
    a coefficient with other names."""
    if any(set(e.free_symbols) - set(unknowns) for e in equations):
        return None
    found = _solved(equations, unknowns)
    if found is None:
        return None
    kept: list[Family] = []
    for k, family in enumerate(found):
        others = [*kept, *found[k + 1 :]]
        if not any(_is_part(family, other, unknowns) for other in others):
            kept.append(family)
    return kept


def _solved(equations: list[Any], unknowns: tuple[Any, ...]) -> list[Family] | None:
    products = []
    for e in equations:
        content, factors = sp.factor_list(e)
        if factors:
            products.append([f for f, _ in factors])
        elif content != 0:
            return []
    if not products:
        return [{}]
    split = next((k for k, factors in enumerate(products) if len(factors) > 1), None)
    if split is not None:
        rest = [sp.Mul(*factors) for k, factors in enumerate(products) if k != split]
        return _together(*(_solved([f, *rest], unknowns) for f in products[split]))
    return _eliminated([factors[0] for factors in products], unknowns)


def _together(*parts: list[Family] | None) -> list[Family] | None:
    out: list[Family] = []
    for part in parts:
        if part is None:
            return None
        out += [f for f in part if f not in out]
    return out


def _eliminated(equations: list[Any], unknowns: tuple[Any, ...]) -> list[Family] | None:
    """By the equation and the unknown in it with the simplest coefficient."""
    linear = []
    for k, e in enumerate(equations):
        for u in unknowns:
            p = sp.Poly(e, u)
            if p.degree() == 1:
                c, d = p.all_coeffs()
                linear.append((not c.is_number, sp.count_ops(c), sp.count_ops(d), k, u, c, d))
    if not linear:
        return None
    *_, k, u, c, d = min(linear, key=lambda row: row[:4])
    rest = [e for j, e in enumerate(equations) if j != k]
    inner = _solved([sp.numer(sp.together(e.subs(u, -d / c))) for e in rest], tuple(v for v in unknowns if v != u))
    if inner is None:
        return None
    found: list[Family] = [{**f, u: sp.cancel(-d.subs(f) / below)} for f in inner if (below := sp.cancel(c.subs(f))) != 0]
    return found if c.is_number else _together(found, _solved([c, d, *rest], unknowns))


def _is_part(family: Family, other: Family, unknowns: tuple[Any, ...]) -> bool:
    """Whether all solutions of one family are in another one."""
    here = {u: family.get(u, u) for u in unknowns}
    for u, value in other.items():
        top, bottom = sp.fraction(sp.together(value))
        below = sp.cancel(bottom.subs(here, simultaneous=True))
        if below == 0 or sp.cancel(top.subs(here, simultaneous=True) - below * here[u]) != 0:
            return False
    return True
