"""Equations y' = f(x, y) whose right side has a corner at one height y = c at which it is 0: y' = abs(y).

The height c is itself a solution, and f has one-sided derivatives there, so that no other solution reaches it: each stays above or below, where the equation
has no corner. Source: the theorem of Picard and Lindelöf.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp

from twofold.symbolic.solving.exact_equations import Primitive
from twofold.symbolic.solving.first_order import C, first_order

_KINKS = (sp.Abs, sp.sign, sp.Max, sp.Min)


@dataclass(frozen=True, slots=True)
class Sides:
    """The solutions above and below `height`: C1 times a positive function away from it, where C1 is positive or negative, with what C1 is by a point."""

    height: Any
    above: tuple[Any, Any]
    below: tuple[Any, Any]


def on_both_sides(slope: Any, x: Any, y: Any, primitive: Primitive) -> Sides | None:
    """The solutions by sides of the corner; `None` where the right side is another one."""
    corners = {c for t in slope.atoms(*_KINKS) if t.has(y) for c in _corners(t, y)}
    if len(corners) != 1 or None in corners:
        return None
    (height,) = corners
    made = []
    for sign in (1, -1):
        u = sp.Dummy("u", positive=True)
        there = sign * sp.expand(slope.subs(y, height + sign * u))
        if there.has(*_KINKS) or there.subs(u, 0) != 0 or sp.diff(there, u).subs(u, 0).has(sp.nan, sp.zoo, sp.oo, -sp.oo):
            return None
        v = sp.Dummy("v", real=True)
        found = first_order(there.xreplace({u: v}), x, v, primitive)
        if not found or len(found) != 1 or found[0].where or not (found[0].value / C).is_positive:
            return None
        one = found[0]
        made.append((height + sign * one.value.subs(C, sign * C), sign * one.constant.subs(v, sign * (y - height))))
    return Sides(height, made[0], made[1])


def _corners(t: Any, y: Any) -> list[Any]:
    """Where a function with a corner has it, as heights; `None` among them where that is not a constant."""
    gap = t.args[0] if len(t.args) == 1 else t.args[0] - t.args[1] if len(t.args) == 2 else None
    if gap is None or not gap.is_polynomial(y) or sp.degree(gap, y) != 1:
        return [None]
    a, b = sp.Poly(gap, y).all_coeffs()
    return [-b / a if (b / a).is_number else None]


__all__ = ["Sides", "on_both_sides"]
