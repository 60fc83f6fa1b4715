"""A solution with a named initial value in a form that holds for more of its values: 1/(1/a - x) as a/(1 - a*x), which is 0 for a = 0 as well."""

from __future__ import annotations

from typing import Any

import sympy as sp


def widened(value: Any, given: Any, lost: tuple[Any, ...]) -> Any | None:
    """The solution as one fraction, where that is one of the `lost` solutions for the initial value `given` that this has; `None` for others."""
    if not given.is_Symbol or not lost:
        return None
    made = sp.cancel(sp.together(value))
    if made == value or not made.is_rational_function(given):
        return None
    top, bottom = sp.fraction(made)
    if top.could_extract_minus_sign():
        made = -top / -bottom
    return made if all(_passes(made, given, r) for r in lost if not r.has(given)) else None


def joined(sided: dict[Any, Any], given: Any, lost: tuple[Any, ...]) -> Any | None:
    """Two opposite solutions for a positive and a negative initial value as one that is odd in it: a/sqrt(1 - 2*a^2*x)."""
    if not given.is_Symbol or len(sided) != 2 or set(sided) != {given, -given}:
        return None
    p = sp.Dummy("p", positive=True)
    above, below = (sided[s * given].subs(given, s * p) for s in (1, -1))
    if sp.simplify(above + below) != 0:
        return None
    made = above.replace(lambda e: e.is_Pow and e.exp.is_Rational and e.base.is_Add, lambda e: _apart(e.base) ** e.exp)
    made = sp.powdenest(made).subs(p, given)
    odd = sp.simplify(made + made.subs(given, -given)) == 0
    return made if odd and all(_passes(made, given, r) for r in lost) else None


def _apart(base: Any) -> Any:
    top, bottom = sp.fraction(sp.together(base))
    return sp.expand(top) / bottom


def _passes(made: Any, given: Any, lost: Any) -> bool:
    """Whether a lost constant solution is the one for its own value."""
    if not lost.is_number:
        return False
    there = made.subs(given, lost)
    return bool(sp.simplify(there - lost) == 0)


__all__ = ["joined", "widened"]
