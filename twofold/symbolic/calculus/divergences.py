"""Whether a definite integral has no finite value, as far as limits at its poles and values in doubles tell."""

from __future__ import annotations

import math
from typing import Any

import sympy as sp

from twofold.symbolic import spot
from twofold.symbolic.attempt import attempt
from twofold.symbolic.calculus.quadrature import float_quadrature
from twofold.symbolic.context import Context
from twofold.symbolic.definite.convergence import diverges
from twofold.symbolic.float_functions import compiled


def divergence(f: Any, x: Any, a: Any, b: Any) -> Any:
    """`oo`, `-oo` or `nan` where an integral between numbers has no finite value; `None` where that is not shown."""
    if not (a.is_number and b.is_number and a.is_extended_real and b.is_extended_real) or _settles(f, x, a, b):
        return None
    if a > b:
        turned = diverges(f, x, b, a)
        return None if turned is None else -turned
    return diverges(f, x, a, b)


def signed(value: Any, f: Any, x: Any, a: Any, b: Any, context: Context) -> bool:
    """Whether the integrand, with the order of the ends, has the sign of an infinite value somewhere for every sample of the parameters."""
    names = (f.free_symbols | a.free_symbols | b.free_symbols) - {x}
    for point in spot.points(names, context, 6) if names and value in (sp.oo, sp.S.NegativeInfinity) else ():
        low, high = a.subs(point), b.subs(point)
        if not (low.is_extended_real and high.is_extended_real) or low == high:
            continue
        ends = [low if low.is_finite else sp.Integer(-40), high if high.is_finite else sp.Integer(40)]
        turn = 1 if ends[0] < ends[1] else -1
        places = [ends[0] + (ends[1] - ends[0]) * sp.Rational(k, 20) for k in (1, 7, 13, 19)]
        values = [spot.value(f, {**point, x: p}) for p in places]
        real = [complex(v).real for v in values if v is not None]
        if real and not any(turn * v * (1 if value is sp.oo else -1) > 0 for v in real):
            return False
    return True


def _settles(f: Any, x: Any, a: Any, b: Any) -> bool:
    """Whether quadrature converges for an integrand that has no singular point between the ends and does not oscillate for ever: its transformed
    values die away at both ends faster than any power, which those of a divergent integral do not."""
    if f.free_symbols != {x} or (a.is_infinite or b.is_infinite) and f.has(sp.sin, sp.cos) and not f.has(sp.exp):
        return False
    if f.has(sp.tan, sp.cot, sp.sec, sp.csc, sp.Piecewise, sp.floor, sp.ceiling):
        return False
    domain = [p.base for p in f.atoms(sp.Pow) if p.exp.is_negative and p.base.has(x) and not p.base.is_positive]
    if any(_vanishes_between(u, x, a, b) if u.is_polynomial(x) else _changes_sign(u, x, a, b) for u in domain):
        return False
    found = float_quadrature(f, x, a, b)
    return found is not None and found[1] <= 1e-9 * (1 + abs(found[0]))


def _vanishes_between(u: Any, x: Any, a: Any, b: Any) -> bool:
    """Whether a polynomial may have a zero inside the range, by Sturm's theorem."""
    count = attempt(lambda: sp.Poly(u, x).count_roots(None if a.is_infinite else a, None if b.is_infinite else b))
    ends = [e for e in (a, b) if e.is_finite and u.subs(x, e) == 0]
    return count is None or count > len(ends)


def _changes_sign(u: Any, x: Any, a: Any, b: Any) -> bool:
    """Whether values inside the range have both signs, or too many are missing."""
    made = attempt(compiled, u, [x])
    if made is None:
        return True
    signs = []
    for k in range(1, _GRID):
        t = math.log(k / (_GRID - k))
        at = (
            (float(a) * (_GRID - k) + float(b) * k) / _GRID
            if a.is_finite and b.is_finite
            else float(a) + math.exp(1.2 * t)
            if a.is_finite
            else float(b) - math.exp(-1.2 * t)
            if b.is_finite
            else math.sinh(t)
        )
        value = attempt(made, (at,))
        if value is not None:
            signs.append((value > 0) - (value < 0))
    return len(signs) < _GRID // 2 or len(set(signs)) > 1


_GRID = 61
