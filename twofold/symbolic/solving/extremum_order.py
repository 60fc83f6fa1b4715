"""Which of the critical points of a function with parameters is the lowest, where their signs say it for all values of the parameters."""

from __future__ import annotations

from typing import Any

import sympy as sp

from twofold.symbolic.even_roots import is_never_negative
from twofold.symbolic.lift import lift
from twofold.symbolic.solving.extremum_problem import Extremum

_MOST_CANDIDATES = 24


def certainly_inside(problem: Extremum, place: tuple[Any, ...]) -> bool | None:
    """Whether a point lies in the closed region for all values of the parameters, or for none inside their ranges; `None` where that depends
    on them."""
    at = dict(zip(problem.variables, place, strict=True))
    if any(v.is_real is False for v in place):
        return False
    known: bool | None = True
    for b in problem.bounds:
        e = sp.factor(sp.expand(b.subs(at, simultaneous=True)))
        if e.is_positive:
            return False
        if not is_never_negative(-e):
            known = None
    return known


def require_inside(problem: Extremum, place: tuple[Any, ...]) -> None:
    """What parameters have to satisfy for a point to lie in the region becomes a condition."""
    at = dict(zip(problem.variables, place, strict=True))
    for b in problem.bounds:
        e = sp.factor(sp.expand(-b.subs(at, simultaneous=True)))
        if e.free_symbols and not is_never_negative(e):
            signed = sp.Mul(*(f for f in sp.Mul.make_args(e) if not (f.base if f.is_Pow else f).is_nonnegative))
            problem.context.require(lift(signed > 0 if b in problem.strict else signed >= 0, problem.context))


def lowest(problem: Extremum, places: list[tuple[Any, ...]], values: list[Any]) -> Any:
    """The value that is at most all others, of the points inside the region; `None` where that depends on parameters."""
    if len(places) > _MOST_CANDIDATES:
        return None
    inside = [certainly_inside(problem, p) for p in places]
    if None in inside:
        return None
    left = [v for v, within in zip(values, inside, strict=True) if within]
    return next((v for v in left if all(u == v or is_never_negative(u - v) for u in left)), None)
