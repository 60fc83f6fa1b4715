"""Transforms of functions whose form depends on the sign of a name: where it is positive, and where not.

A name that the function, or its transform, is even or odd in needs no cases: the transform at abs(a) stands for both signs.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any

import sympy as sp

BENDS = (sp.Abs, sp.sign, sp.Heaviside, sp.Max, sp.Min, sp.Piecewise)
_MOST = 3
"""Names up to which all sets of them are tried."""
Half = tuple[Any, Any, Any]
"""A transform, the number its variable must be above, and a further condition."""


def by_bends(f: Any, x: Any, rule: Callable[[Any], Half | None]) -> Half | None:
    """The transform of a function that bends at a place with a name in it, by the sign of the name; of a sum of such functions with several
    names, where these are not negative. `None` where there are no such bends or no rule applies."""
    if not _names_of_bends(f, x):
        return None
    whole = _of_one(f, x, rule, True)
    if whole is not None:
        return whole
    total, plane, condition = sp.S.Zero, -sp.oo, sp.true
    for term in sp.Add.make_args(sp.expand(f)):
        made = _of_one(term, x, rule, False)
        if made is None:
            return None
        total, plane, condition = total + made[0], sp.Max(plane, made[1]), sp.And(condition, made[2])
    return total, plane, condition


def _names_of_bends(f: Any, x: Any) -> list[Any]:
    """The real names of unknown sign that stand beside the variable in something that bends."""
    found: set[Any] = set()
    for g in f.atoms(*BENDS):
        insides = [c for _, c in g.args] if isinstance(g, sp.Piecewise) else [g]
        found |= {s for u in insides if u.has(x) for s in u.free_symbols - {x}}
    return sorted((s for s in found if s.is_real and s.is_positive is None and not s.is_nonpositive), key=str)


def _of_one(f: Any, x: Any, rule: Callable[[Any], Half | None], by_cases: bool) -> Half | None:
    unknown = _names_of_bends(f, x)
    if not unknown:
        return rule(f)
    if len(unknown) != 1:
        return None
    (a,) = unknown
    positive, opposite = sp.Dummy(a.name, positive=True), sp.Dummy(a.name, nonnegative=True)
    turned = f.xreplace({a: -a})
    even, odd = sp.expand(f - turned) == 0, sp.expand(f + turned) == 0
    if even or odd:
        made = rule(f.xreplace({a: positive}))
        if made is None:
            return None
        plane, condition = (e.xreplace({positive: sp.Abs(a)}) for e in made[1:])
        return _turned(made[0], positive, a, odd), plane, sp.And(condition, sp.Ne(a, 0))
    above, below = (
        (sp.S.Zero, -sp.oo, sp.true) if turned == 0 else rule(turned)
        for turned in (f.xreplace({a: positive}), f.xreplace({a: -opposite}))
    )
    if above is None:
        return None
    above = tuple(e.subs(positive, a) for e in above)
    if a.is_nonnegative:
        return above[0], above[1], above[2]
    if below is not None:
        below = tuple(e.subs(opposite, -a) for e in below)
        if above == below:
            return above[0], above[1], above[2]
    if not by_cases or below is None or above[1:] != below[1:]:
        return above[0], above[1], sp.And(above[2], a >= 0 if below is not None else a > 0)
    return sp.Piecewise((above[0], a > 0), (below[0], True)), above[1], above[2]


def by_parity(f: Any, x: Any, rule: Callable[[Any], Half | None]) -> Half | None:
    """The transform of a function with names of unknown sign from that with positive ones: at abs(a) where the function is even or odd in the
    name, else under the condition that the name is positive. As few names as possible are taken."""
    unknown = sorted((s for s in f.free_symbols - {x} if s.is_real and s.is_positive is None and not s.is_nonpositive), key=str)
    sets = [c for n in range(1, min(len(unknown), _MOST) + 1) for c in combinations(unknown, n)]
    for chosen in sets:
        put = {a: sp.Dummy(a.name, positive=True) for a in chosen}
        made = rule(f.xreplace(put))
        if made is not None:
            break
    else:
        return None
    value, plane, condition = made
    for a, p in put.items():
        there = f.xreplace({b: q for b, q in put.items() if b != a})
        turned = there.xreplace({a: -a})
        even, odd = sp.expand(there - turned) == 0, sp.expand(there + turned) == 0
        if even or odd:
            value = _turned(value, p, a, odd)
            plane, condition = (e.xreplace({p: sp.Abs(a)}) for e in (plane, condition))
        else:
            value, plane, condition = (e.xreplace({p: a}) for e in (value, plane, condition))
            condition = sp.And(condition, a > 0)
    return value, plane, condition


def _turned(value: Any, p: Any, a: Any, odd: bool) -> Any:
    """V(abs(a)), for an odd function times sign(a); V(a) where V is even or odd itself."""
    z = sp.Dummy("z", real=True)
    there = value.xreplace({p: z})
    back = there.xreplace({z: -z})
    if sp.expand(there + back if odd else there - back) == 0:
        return there.xreplace({z: a})
    return value.xreplace({p: sp.Abs(a)}) * (sp.sign(a) if odd else 1)


__all__ = ["by_bends", "by_parity"]
