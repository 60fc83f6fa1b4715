"""Quadrature as a guard: a claimed value of an integral against numbers, at admissible values of its parameters."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import mpmath
import sympy as sp
from sympy.functions.elementary.hyperbolic import HyperbolicFunction

from twofold.symbolic import spot
from twofold.symbolic.attempt import BROKEN, attempt
from twofold.symbolic.calculus.float_quadrature import integral, oscillating
from twofold.symbolic.context import Context
from twofold.symbolic.float_functions import compiled


def quadrature_agrees(value: Any, condition: Any, f: Any, x: Any, a: Any, b: Any, context: Context) -> bool | None:
    """Compares a claimed value with quadrature at admissible values of the parameters; `None` where quadrature cannot tell."""
    if value is sp.nan:
        return None
    names = (value.free_symbols | f.free_symbols | a.free_symbols | b.free_symbols) - {x}
    if f.has(sp.Integral, sp.Sum, sp.Product) or f.atoms(sp.core.function.AppliedUndef):
        return None
    if value.is_infinite and not names:
        return None
    counted, holds = 0, spot.admitted(condition)
    fast = _Fast(f, value, x, sorted(names, key=str))
    for point in spot.points(names, context, 12 if names else 1):
        if not holds(point):
            continue
        low, high = a.subs(point), b.subs(point)
        if not (low.is_extended_real and high.is_extended_real):
            continue
        measured = fast.quadrature(point, low, high) or by_mpmath(f.subs(point), x, low, high)
        if measured is None:
            continue
        if value.is_infinite:
            return None
        claimed = fast.claimed(point)
        if claimed is None or not spot.same(claimed, measured[0], 6):
            # What differs may have been lost to the rounding of floats.
            claimed = spot.value(value, point)
        if claimed is None:
            continue
        if not spot.same(claimed, measured[0], 6):
            apart = abs(claimed - measured[0])
            size = abs(measured[0])
            # An estimate of the error that is large itself says only that quadrature did not converge.
            settled = measured[1] < 1e-3 * (1 + size) and apart > 50 * measured[1] + 1e-3 * size
            if measured[1] < 1e-6 * (1 + size) or settled:
                return False
            continue
        counted += 1
        if counted >= 2:
            return True
    return True if counted else None


class _Fast:
    """An integrand and the claimed value as functions of floats; without a value where some part of them has none."""

    def __init__(self, f: Any, value: Any, x: Any, names: list[Any]) -> None:
        self.f, self.value, self.x, self.names = f, value, x, names
        self.integrand = attempt(compiled, f, [*names, x])
        self.bent = f.has(*_BENT)

    def quadrature(self, point: dict[Any, Any], low: Any, high: Any) -> tuple[float, float] | None:
        """The integral and its estimated error."""
        if self.integrand is None or low == high:
            return None
        held, g = tuple(float(point[s]) for s in self.names), self.integrand
        at = self.f.subs(point) if self.bent or self.f.has(sp.sin, sp.cos) else self.f
        return _in_floats(lambda v: g((*held, v)), at, self.x, low, high)

    def claimed(self, point: dict[Any, Any]) -> float | None:
        """The claimed value there."""
        made = attempt(compiled, self.value, self.names)
        try:
            found = None if made is None else made(tuple(float(point[s]) for s in self.names))
        except (*BROKEN, OverflowError):
            return None
        return found if found is not None and math.isfinite(found) else None


def _in_floats(g: Callable[[float], float], f: Any, x: Any, low: Any, high: Any) -> tuple[float, float] | None:
    """The integral of a function of floats, which is f; `None` where it does not converge well."""
    if _runs_away(f, x, low, high):
        return None
    if low > high:
        turned = _in_floats(g, f, x, high, low)
        return None if turned is None else (-turned[0], turned[1])
    a, b = float(low), float(high)
    frequency = _frequency(f, x) if low.is_infinite or high.is_infinite else 0
    if frequency:
        omega = float(frequency)
        if not 1e-3 < omega < 1e3:
            return None
        # The whole line as two halves: each is an oscillating integral from 0 or from its end.
        parts = []
        if math.isinf(b):
            parts.append(oscillating(g, max(a, 0.0) if math.isinf(a) else a, omega))
        if math.isinf(a):
            parts.append(oscillating(lambda v: g(-v), 0.0 if math.isinf(b) else -b, omega))
        return None if None in parts else (sum(p[0] for p in parts if p), sum(p[1] for p in parts if p))
    found = integral(g, a, b, tuple(map(float, _kinks(f, x, low, high))))
    if found is None and low.is_finite and high.is_finite and not f.has(*_BENT):
        return _from_both_ends(f, x, low, high)
    return found


def _from_both_ends(f: Any, x: Any, low: Any, high: Any) -> tuple[float, float] | None:
    """The integral in two halves, each in terms of the distance from its end, so that a singular end keeps all digits."""
    if f.free_symbols != {x}:
        return None
    y, total, error = sp.Dummy("y", positive=True), 0.0, 0.0
    for end, sign in ((low, 1), (high, -1)):
        moved = _expanded(f.subs(x, end + sign * y), y)
        made = attempt(compiled, moved, [y])
        part = None if made is None else integral(lambda v, made=made: made((v,)), 0.0, float(high - low) / 2)
        if part is None:
            return None
        total, error = total + part[0], error + part[1]
    return total, error


def _expanded(f: Any, y: Any) -> Any:
    """Sums that are polynomials in the variable without the constant parts that cancel."""
    sums = {e: sp.expand(e) for e in f.atoms(sp.Add) if e.is_polynomial(y)}
    return f.xreplace({e: made for e, made in sums.items() if made != e})


_BENT = (sp.Abs, sp.sign, sp.Heaviside, sp.Max, sp.Min, sp.Piecewise, sp.floor, sp.ceiling)


def _runs_away(f: Any, x: Any, low: Any, high: Any) -> bool:
    """Whether there are oscillations that grow ever faster: these defeat the rules without their noticing."""
    return bool(
        (low.is_infinite or high.is_infinite)
        and not f.has(sp.exp)
        and any(sp.diff(g.args[0], x).has(x) for g in f.atoms(sp.sin, sp.cos) if g.has(x))
    )


def _kinks(f: Any, x: Any, low: Any, high: Any) -> list[Any]:
    """Places inside where an absolute value or a sign of a polynomial changes."""
    return [
        c
        for g in f.atoms(sp.Abs, sp.sign, sp.Heaviside)
        for c in (sp.solve(g.args[0], x) if g.args[0].is_polynomial(x) else [])
        if c.is_real and (low < c) == True and (c < high) == True  # noqa: E712
    ]


def quadrature(f: Any, x: Any, low: Any, high: Any) -> tuple[Any, Any] | None:
    """A value and its estimated error, in floats where these do; `None` where the integrand has no value somewhere."""
    if f.free_symbols <= {x} and low.is_extended_real and high.is_extended_real:
        found = float_quadrature(f, x, low, high)
        if found is not None:
            return found
    return by_mpmath(f, x, low, high)


def float_quadrature(f: Any, x: Any, low: Any, high: Any) -> tuple[float, float] | None:
    """A value and its estimated error in floats, for an integrand without parameters; `None` where these do not settle."""
    return _Fast(f, sp.S.Zero, x, []).quadrature({}, low, high)


def by_mpmath(f: Any, x: Any, low: Any, high: Any) -> tuple[Any, Any] | None:
    """A value by tanh-sinh quadrature in 20 digits and its estimated error; `None` where the integrand has no value somewhere."""
    if _runs_away(f, x, low, high):
        return None
    if low > high:
        turned = by_mpmath(f, x, high, low)
        return None if turned is None else (-turned[0], turned[1])
    try:
        function = sp.lambdify(x, f, "mpmath")
        ends = [mpmath.mpf(str(e.evalf(20))) if e.is_finite else mpmath.inf * (1 if e > 0 else -1) for e in (low, high)]
        inside = [0.0] if ends[0] == -mpmath.inf and ends[1] == mpmath.inf else []
        kinks = [mpmath.mpf(str(c.evalf(20))) for c in _kinks(f, x, low, high)]
        with mpmath.workdps(20):
            frequency = _frequency(f, x)
            if frequency and mpmath.inf in (-ends[0], ends[1]):
                return _oscillating(function, ends, frequency)
            if 0 <= ends[0] < ends[1] == mpmath.inf and not kinks and all(isinstance(g, sp.log) for g in f.atoms(sp.Function)):
                # Powers at both ends: in the logarithm of the variable they die away exponentially, however slow they are.
                def inner(s: Any) -> Any:
                    at = mpmath.exp(s)
                    return function(at) * at

                places = [-mpmath.inf, 0, mpmath.inf] if ends[0] == 0 else [mpmath.log(ends[0]), mpmath.inf]
                found, error = mpmath.quad(inner, places, error=True, maxdegree=7)
                return (found, error) if mpmath.isfinite(found) else None
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
