"""Integrals over the line of functions of exp(x), with u = exp(x) over the half line; over the half line by x to 1/x, which maps 0..1 to 1..oo."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from twofold.symbolic import spot
from twofold.symbolic.attempt import attempt
from twofold.symbolic.context import Context

Value = Callable[[Any, Any, Any, Any], Any]


def in_exponential(f: Any, x: Any, a: Any, b: Any, value: Value) -> Any:
    """The value over the line of a function of exp(c*x) and x, `value` giving that of the integral over 0..oo; `None` beyond."""
    if a is not -sp.oo or b is not sp.oo or not f.has(sp.exp) or f.has(sp.sin, sp.cos, sp.Abs):
        return None
    exponents = [g.args[0] for g in f.atoms(sp.exp) if g.has(x) and not g.args[0].has(sp.exp)]
    slopes = {sp.diff(e, x) for e in exponents}
    if not exponents or any(s.has(x) for s in slopes):
        return None
    numbers = [s for s in slopes if s.is_Rational]
    if not numbers:
        return None
    c = min(map(abs, numbers)) * (-1 if all(s.is_negative for s in numbers) else 1)
    u = sp.Dummy("u", positive=True)
    made = attempt(lambda: sp.powsimp(sp.expand_log(f.subs(x, sp.log(u) / c), force=True)) / u)
    if made is None or made.has(x):
        return None
    made = sp.powsimp(sp.powdenest(made, force=True))
    found = value(made, u, sp.S.Zero, sp.oo)
    return None if found is None else found / sp.Abs(c)


def halved(f: Any, x: Any, a: Any, b: Any, context: Context, value: Value) -> Any:
    """Twice the value over 0..1 where the integrand over 0..oo is its own image under x to 1/x; `None` otherwise."""
    if a != 0 or b is not sp.oo or f.free_symbols != {x} or not f.has(sp.log):
        return None
    y = sp.Dummy("y", positive=True)
    here = f.subs(x, y)
    there = here.subs(y, 1 / y) / y**2
    if spot.agree(there, here, context, tries=6, enough=3) is not True:
        return None
    found = value(f, x, sp.S.Zero, sp.S.One)
    return None if found is None else 2 * found
