"""Poles of an integrand inside its range for names that the conditions admit, found by values: what the rules for conditions have no word for."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import sympy as sp

from twofold.symbolic import spot
from twofold.symbolic.attempt import attempt
from twofold.symbolic.context import Context
from twofold.symbolic.float_functions import Compiled, compiled

_DRAWN, _KEPT, _GRID, _FAR = 80, 20, 60, 30.0


def inner_pole(f: Any, x: Any, a: Any, b: Any, condition: Any, context: Context) -> Any:
    """A factor below the integrand that changes its sign between the ends, where the integrand grows beyond bounds; `None` where none is met."""
    names = sorted((f.free_symbols | a.free_symbols | b.free_symbols) - {x}, key=str)
    if not names or f.has(sp.Integral, sp.Sum, sp.Product):
        return None
    whole = attempt(compiled, f, [*names, x])
    under = sp.fraction(sp.together(f))[1]
    factors = [g.as_base_exp()[0] for g in under.as_ordered_factors() if g.has(x)]
    factors = [g.args[0] if isinstance(g, sp.Abs) else g for g in factors]
    made = [(g, attempt(compiled, g, [*names, x])) for g in factors]
    if whole is None or not made:
        return None
    kept, holds = 0, spot.admitted(condition)
    for point in spot.points(names, context, _DRAWN):
        if not holds(point):
            continue
        low, high = (e.subs(point) for e in (a, b))
        if not (low.is_extended_real and high.is_extended_real):
            continue
        kept += 1
        row = [float(point[s]) for s in names]
        ends = sorted(max(-_FAR, min(_FAR, float(e))) for e in (low, high))
        for g, value in made:
            if value is not None and _crosses(_held(value, row), _held(whole, row), *ends):
                return g
        if kept == _KEPT:
            break
    return None


def _held(f: Compiled, row: list[float]) -> Callable[[float], float]:
    return lambda v: f((*row, v))


def _crosses(g: Callable[[float], float], f: Callable[[float], float], low: float, high: float) -> bool:
    """Whether g changes its sign at a place inside where f grows like a pole."""
    before: tuple[float, float] | None = None
    for k in range(1, _GRID):
        at = low + (high - low) * k / _GRID
        value = _at(g, at)
        if value is None:
            before = None
            continue
        if before is not None and value * before[1] < 0 and _grows(f, _zero(g, before[0], at), (high - low) * 1e-3):
            return True
        before = (at, value)
    return False


def _at(g: Callable[[float], float], at: float) -> float | None:
    try:
        value = g(at)
    except (ArithmeticError, ValueError):
        return None
    return value if isinstance(value, float) and math.isfinite(value) else None


def _zero(g: Callable[[float], float], low: float, high: float) -> float:
    left = _at(g, low) or 0.0
    for _ in range(60):
        middle = (low + high) / 2
        value = _at(g, middle)
        if value is None:
            return middle
        low, high = (middle, high) if value * left > 0 else (low, middle)
    return (low + high) / 2


def _grows(f: Callable[[float], float], place: float, step: float) -> bool:
    """Whether values grow a hundred times, as at a pole, from one place to one a hundred times nearer, on both sides."""
    for side in (1, -1):
        far, near = _at(f, place + side * step), _at(f, place + side * step / 100)
        if far is None or near is None or abs(near) < 50 * abs(far):
            return False
    return True


def dominated(factor: Any, x: Any) -> Any:
    """That c + d*wave is not 0 because c is greater in size than d; false for any other factor."""
    c, rest = factor.as_independent(x, as_Add=True)
    d, wave = rest.as_independent(x, as_Add=False)
    if not isinstance(wave, (sp.sin, sp.cos)) or not wave.args[0].is_real:
        return sp.false
    return sp.Abs(c) > sp.Abs(d)
