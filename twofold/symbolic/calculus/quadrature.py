"""Quadrature as a guard: a claimed value of an integral against numbers, at admissible values of its parameters."""

from __future__ import annotations

from typing import Any

import mpmath
import sympy as sp
from sympy.functions.elementary.hyperbolic import HyperbolicFunction

from twofold.symbolic import spot
from twofold.symbolic.attempt import BROKEN
from twofold.symbolic.context import Context


def quadrature_agrees(value: Any, condition: Any, f: Any, x: Any, a: Any, b: Any, context: Context) -> bool | None:
    """Compares a claimed value with quadrature at admissible values of the parameters; `None` where quadrature cannot tell."""
    if value is sp.nan:
        return None
    names = (value.free_symbols | f.free_symbols | a.free_symbols | b.free_symbols) - {x}
    if f.has(sp.Integral, sp.Sum, sp.Product) or f.atoms(sp.core.function.AppliedUndef):
        return None
    counted = 0
    for point in spot.points(names, context, 12 if names else 1):
        if condition != sp.true and condition.subs(point) != sp.true:
            continue
        low, high, claimed = a.subs(point), b.subs(point), spot.value(value, point)
        if not (low.is_extended_real and high.is_extended_real):
            continue
        measured = quadrature(f.subs(point), x, low, high)
        if measured is None:
            continue
        if value.is_infinite:
            return None
        if claimed is None:
            continue
        if not spot.same(claimed, measured[0], 6):
            apart = abs(claimed - measured[0])
            if measured[1] < 1e-6 * (1 + abs(measured[0])) or apart > 50 * measured[1] + 1e-3 * abs(measured[0]):
                return False
            continue
        counted += 1
        if counted >= 2:
            return True
    return True if counted else None


def quadrature(f: Any, x: Any, low: Any, high: Any) -> tuple[Any, Any] | None:
    """A value by tanh-sinh quadrature and its estimated error; `None` where the integrand has no value somewhere."""
    if (
        (low.is_infinite or high.is_infinite)
        and not f.has(sp.exp)
        and any(sp.diff(g.args[0], x).has(x) for g in f.atoms(sp.sin, sp.cos) if g.has(x))
    ):
        # Oscillations that grow ever faster defeat the rule without its noticing.
        return None
    if low > high:
        turned = quadrature(f, x, high, low)
        return None if turned is None else (-turned[0], turned[1])
    try:
        function = sp.lambdify(x, f, "mpmath")
        ends = [mpmath.mpf(str(e.evalf(20))) if e.is_finite else mpmath.inf * (1 if e > 0 else -1) for e in (low, high)]
        inside = [0.0] if ends[0] == -mpmath.inf and ends[1] == mpmath.inf else []
        kinks = [
            mpmath.mpf(str(c.evalf(20)))
            for g in f.atoms(sp.Abs, sp.sign, sp.Heaviside)
            for c in (sp.solve(g.args[0], x) if g.args[0].is_polynomial(x) else [])
            if c.is_real and (low < c) == True and (c < high) == True  # noqa: E712
        ]
        with mpmath.workdps(20):
            frequency = _frequency(f, x)
            if frequency and mpmath.inf in (-ends[0], ends[1]):
                return _oscillating(function, ends, frequency)
            found, error = mpmath.quad(function, sorted({ends[0], *inside, *kinks, ends[1]}), error=True, maxdegree=7)
        return (found, error) if mpmath.isfinite(found) else None
    except (*BROKEN, OverflowError, mpmath.libmp.NoConvergence, NameError):
        return None


def _frequency(f: Any, x: Any) -> Any:
    """The frequency of the sine or cosine of a linear argument in an expression, or 0."""
    found = [sp.Abs(sp.diff(g.args[0], x)) for g in f.atoms(sp.sin, sp.cos) if g.has(x)]
    if len(set(found)) != 1 or not found[0].is_number or f.has(sp.exp, HyperbolicFunction):
        return 0
    return mpmath.mpf(str(found[0].evalf(20)))


def _oscillating(function: Any, ends: list[Any], frequency: Any) -> tuple[Any, Any] | None:
    """An integral of an oscillating function over an infinite range, summed over its half periods with extrapolation."""
    parts = [ends] if -mpmath.inf not in ends or mpmath.inf not in ends else [[-mpmath.inf, 0], [0, mpmath.inf]]
    found = sum(mpmath.quadosc(function, p, omega=frequency) for p in parts)
    return (found, mpmath.mpf(10) ** -9 * (1 + abs(found))) if mpmath.isfinite(found) else None
