"""Integrals of impulses: the values of their factors at the places inside the range, with unit steps where that is not known of a place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from twofold.symbolic.context import NoClosedForm


def at_impulses(f: Any, x: Any, a: Any, b: Any, value: Callable[..., tuple[Any, Any]]) -> tuple[Any, Any]:
    """Every impulse at a place inside the range gives the value of its factor there, minus that where the range runs backwards. What has
    none is left to `value`. Raises `NoClosedForm` where the place is an end."""
    total, condition = sp.S.Zero, sp.true
    for t in sp.Add.make_args(sp.expand(f)):
        impulses = [g for g in sp.Mul.make_args(t) if isinstance(g, sp.DiracDelta) and g.has(x)]
        if not impulses:
            part, given = value(t, x, a, b)
            total, condition = total + part, sp.And(condition, given)
            continue
        slope = sp.diff(impulses[0].args[0], x)
        if len(impulses) > 1 or len(impulses[0].args) > 1 or slope.has(x) or slope.is_zero is not False:
            raise NoClosedForm("no rule for this impulse")
        place = -impulses[0].args[0].subs(x, 0) / slope
        within = sp.S.Zero
        for end, sign in ((b, 1), (a, -1)):
            beyond = end - place if end.is_finite else end
            if beyond.is_zero:
                raise NoClosedForm("an impulse stands at an end of the range, and how much of it counts there is not agreed on")
            if not beyond.is_extended_real:
                raise NoClosedForm("the place of an impulse is not known to lie inside the range")
            if beyond.is_extended_nonzero is not True:
                condition = sp.And(condition, sp.Ne(end, place))
            within += sign * _step(beyond)
        total += within * (t / impulses[0]).subs(x, place) / sp.Abs(slope)
    return total, condition


def _step(e: Any) -> Any:
    """The unit step at a number that is not 0."""
    if e.is_extended_positive:
        return sp.S.One
    return sp.S.Zero if e.is_extended_negative else sp.Heaviside(e)
