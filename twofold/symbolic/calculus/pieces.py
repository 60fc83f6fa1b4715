"""A function of one real variable as smooth pieces between places: absolute values, signs, steps and cases are taken by intervals.

The places are numbers, or depend on names whose signs settle their order.
"""

from __future__ import annotations

from functools import cmp_to_key
from itertools import product
from typing import Any

import sympy as sp

_MOST = 12
_BENDS = (sp.Abs, sp.sign, sp.Heaviside, sp.Max, sp.Min, sp.Piecewise)

Piece = tuple[Any, Any, Any]
"""Low end, high end (numbers or infinite) and the function between them."""


def pieces(e: Any, x: Any, low: Any = -sp.oo, high: Any = sp.oo) -> list[Piece] | None:
    """The pieces between two ends, in order; `None` where the places at which the function bends are not found, or not their order.

    The values at the ends of the pieces are not looked at: for integrals.
    """
    ends = _ends(e, x)
    if ends is None:
        return None
    inner = _ordered(ends, low, high)
    if inner is None or len(inner) > _MOST:
        return None
    out: list[Piece] = []
    for a, b in zip([low, *inner], [*inner, high], strict=True):
        made = _between(e, x, _inside(a, b))
        if made is None:
            return None
        if out and out[-1][2] == made:
            out[-1] = (out[-1][0], b, made)
        else:
            out.append((a, b, made))
    return out


class _Unordered(Exception):
    """Two places of which it is not known which comes first."""


def _order(a: Any, b: Any) -> int:
    if a == b:
        return 0
    gap = a - b
    if gap.is_extended_positive or gap.is_extended_negative:
        return 1 if gap.is_extended_positive else -1
    raise _Unordered


def _ordered(ends: set[Any], low: Any, high: Any) -> list[Any] | None:
    """The places between two ends; `None` where their order is not known."""
    try:
        inside = {p for p in ends if not ((p - low).is_extended_nonpositive or (p - high).is_extended_nonnegative)}
        if any(_order(p, low) < 0 or _order(p, high) > 0 for p in inside):
            return None
        return sorted(inside, key=cmp_to_key(_order))
    except _Unordered:
        return None


def _inside(a: Any, b: Any) -> Any:
    if a.free_symbols or b.free_symbols:
        return b - 1 if a.is_infinite else a + 1 if b.is_infinite else (a + b) / 2
    if a.is_infinite:
        return sp.S.Zero if b.is_infinite else sp.Rational(str(float(b))) - 1
    return sp.Rational(str(float(a))) + 1 if b.is_infinite else sp.Rational(str((float(a) + float(b)) / 2))


def _ends(e: Any, x: Any) -> set[Any] | None:
    """The numbers at which something bends, and perhaps others."""
    found: set[Any] = set()
    insides: list[Any] = []
    for g in e.atoms(sp.Abs, sp.sign, sp.Heaviside):
        insides.append(g.args[0])
    for g in e.atoms(sp.Max, sp.Min):
        insides += [a - b for k, a in enumerate(g.args) for b in g.args[:k]]
    for g in e.atoms(sp.Piecewise):
        for _, condition in g.args:
            insides += [r.lhs - r.rhs for r in sp.sympify(condition).atoms(sp.core.relational.Relational)]
    for u in insides:
        if not u.has(x):
            continue
        bends = list(u.atoms(sp.Abs))
        if len(bends) > 2 or u.has(sp.Piecewise, sp.Max, sp.Min, sp.sign, sp.Heaviside):
            return None
        for signs in product((1, -1), repeat=len(bends)):
            flat = u.xreplace({g: s * g.args[0] for g, s in zip(bends, signs, strict=True)})
            if not flat.is_polynomial(x) or (p := sp.Poly(flat, x)).degree() > 1:
                return None
            if p.degree() == 1:
                root = -p.coeff_monomial(1) / p.coeff_monomial(x)
                if not root.is_real:
                    return None
                found.add(sp.cancel(root))
    return found


def _between(e: Any, x: Any, place: Any) -> Any:
    """The function on the interval that a place is in."""

    def chosen(p: Any) -> Any:
        for value, condition in p.args:
            truth = sp.sympify(condition).subs(x, place)
            if truth == sp.true:
                return value
            if truth != sp.false:
                return p
        return sp.nan

    def turned(g: Any) -> Any:
        size = g.args[0].subs(x, place)
        if not (size.is_positive or size.is_negative):
            return g
        s = 1 if size.is_positive else -1
        return s * g.args[0] if isinstance(g, sp.Abs) else sp.Integer(s) if isinstance(g, sp.sign) else sp.Integer((1 + s) // 2)

    def extreme(g: Any) -> Any:
        pick = max if isinstance(g, sp.Max) else min
        return pick(g.args, key=lambda a: cmp_to_key(_order)(a.subs(x, place)))

    if e.has(sp.Piecewise):
        e = e.replace(lambda p: isinstance(p, sp.Piecewise), chosen)
    if e.has(sp.Max, sp.Min):
        try:
            e = e.replace(lambda g: isinstance(g, (sp.Max, sp.Min)) and g.has(x), extreme)
        except _Unordered:
            return None
    e = e.replace(lambda g: isinstance(g, (sp.Abs, sp.sign, sp.Heaviside)) and g.has(x), turned)
    bent = [g for g in e.atoms(*_BENDS) if g.has(x)] if e.has(*_BENDS) else []
    return None if bent or e is sp.nan else e


__all__ = ["Piece", "pieces"]
