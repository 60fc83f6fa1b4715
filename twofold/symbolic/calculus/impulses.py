"""Integrals of impulses: the values of their factors at the places inside the range."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from twofold.symbolic.context import NoClosedForm


def at_impulses(f: Any, x: Any, a: Any, b: Any, value: Callable[..., tuple[Any, Any]]) -> tuple[Any, Any]:
    """Every impulse at a place inside the range gives the value of its factor there. What has none is
    left to `value`. Raises `NoClosedForm` where the place is an end or not known."""
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
        inside = [(place - a).is_positive if a.is_finite else True, (b - place).is_positive if b.is_finite else True]
        outside = [(place - a).is_negative if a.is_finite else False, (b - place).is_negative if b.is_finite else False]
        if True in outside:
            continue
        if inside != [True, True]:
            raise NoClosedForm("the place of an impulse is not known to lie inside the range")
        total += (t / impulses[0]).subs(x, place) / sp.Abs(slope)
    return total, condition
