"""Closed forms recognised from decimals: a number as a combination of known constants with small coefficients, by PSLQ.

A recognised value is a conjecture, and is shown as such. It must hold to many more digits than it took to find it. Source: Ferguson, Bailey,
"A polynomial time, numerically stable integer relation algorithm" (1992); Bailey, Borwein, "Experimental Mathematics" (2004).
"""

from __future__ import annotations

from typing import Any

import mpmath
import sympy as sp
from sympy.core.function import AppliedUndef

from twofold.symbolic.asymptotic.expressions import limit_of
from twofold.symbolic.attempt import attempt
from twofold.symbolic.calculus.asymptotics import at_infinity
from twofold.symbolic.context import Context
from twofold.symbolic.effort import within

DIGITS = 30
_LARGEST = 400

_BASES: tuple[tuple[Any, ...], ...] = (
    (sp.S.One, sp.pi),
    (sp.pi, sp.pi * sp.sqrt(2), sp.pi * sp.sqrt(3)),
    (sp.S.One, sp.log(2), sp.pi),
    (sp.pi**2, sp.pi * sp.log(2), sp.log(2) ** 2),
    (sp.Catalan, sp.pi * sp.log(2), sp.pi),
    (sp.S.One, sp.pi**2, sp.log(2)),
    (sp.S.One, sp.sqrt(2), sp.log(1 + sp.sqrt(2))),
    (sp.zeta(3), sp.pi**2 * sp.log(2), sp.log(2) ** 3),
    (sp.zeta(3), sp.pi**2, sp.pi * sp.Catalan),
    (sp.EulerGamma, sp.S.One, sp.log(2)),
    (sp.pi**3, sp.pi * sp.log(2) ** 2),
    (sp.pi**4, sp.zeta(3)),
    (sp.S.One, sp.E, sp.exp(-1)),
    (sp.S.One, sp.log(2), sp.log(3), sp.pi * sp.sqrt(3)),
    (sp.log(2), sp.log(3), sp.log(5)),
)
_FACTORS = (sp.Integer(2), sp.Integer(3), sp.pi, sp.gamma(sp.Rational(1, 4)))


def recognised_integral(f: Any, x: Any, a: Any, b: Any, context: Context) -> Any:
    """The closed form of an integral between numbers, found from its decimals and noted as such; `None` where none is recognised."""
    if f.free_symbols != {x} or not (a.is_number and b.is_number) or f.has(sp.Integral, sp.Sum, sp.Product, AppliedUndef):
        return None
    found = within(0.5, attempt, _measured, f, x, a, b)
    value = None if found is None else within(0.4, attempt, recognised, found)
    if value is not None:
        context.note(f"recognised from {DIGITS} decimals, not proved")
    return value


def recognised_sum(body: Any, k: Any, low: Any, context: Context) -> Any:
    """The closed form of a sum over k = low..oo of numbers, found from its decimals and noted as such; `None` where none is recognised."""
    if body.free_symbols != {k} or not low.is_Integer or body.has(sp.Sum, sp.Product, sp.Integral, sp.sin, sp.cos, AppliedUndef):
        return None

    # Extrapolation sums divergent series as well; only absolute convergence, or terms that alternate and die away, let it be believed.
    y = sp.Dummy("k", positive=True)
    alternating = [p for p in body.atoms(sp.Pow) if p.base == -1 and p.exp.has(k)]
    size = (body / sp.Mul(*alternating) if alternating else body * k ** sp.Rational(11, 10)).subs(k, y)
    if size.has(sp.S.NegativeOne**y):
        return None
    if within(0.4, limit_of, size, y, sp.oo) != 0 and within(0.4, attempt, at_infinity, size, y) != 0:
        return None

    def measure() -> Any:
        with mpmath.workdps(DIGITS + 5):
            function = sp.lambdify(k, body, "mpmath")
            found, check = (
                mpmath.nsum(lambda j: function(mpmath.mpf(j)), [start, mpmath.inf]) for start in (int(low), int(low) + 3)
            )
            head = sum((function(mpmath.mpf(int(low) + j)) for j in range(3)), mpmath.mpf(0))
            return +found if abs(found - check - head) < mpmath.mpf(10) ** (2 - DIGITS) * (1 + abs(found)) else None

    found = within(0.8, attempt, measure)
    value = None if found is None else within(0.4, attempt, recognised, found)
    if value is not None:
        context.note(f"recognised from {DIGITS} decimals, not proved")
    return value


def _measured(f: Any, x: Any, a: Any, b: Any) -> Any:
    """The integral to `DIGITS` digits by tanh-sinh quadrature, `None` where it does not settle."""
    with mpmath.workdps(DIGITS + 5):
        function = sp.lambdify(x, f, "mpmath")
        ends = [mpmath.mpf(str(e.evalf(DIGITS + 10))) if e.is_finite else mpmath.inf * (1 if e > 0 else -1) for e in (a, b)]
        middle = [mpmath.mpf(0)] if ends == [-mpmath.inf, mpmath.inf] else []
        found, error = mpmath.quad(function, [ends[0], *middle, ends[1]], error=True, maxdegree=8)
        return +found if error < mpmath.mpf(10) ** (2 - DIGITS) * (1 + abs(found)) and mpmath.im(found) == 0 else None


def recognised(value: Any) -> Any:
    """The closed form of a number given to `DIGITS` digits as an mpmath float, or `None`."""
    with mpmath.workdps(DIGITS):
        if not mpmath.isfinite(value) or abs(value) < mpmath.mpf(10) ** -8:
            return None
        for base in _BASES:
            found = _relation(value, base)
            if found is not None:
                return found
        return _product(value)


def _relation(value: Any, base: tuple[Any, ...]) -> Any:
    numbers = [mpmath.mpf(str(c.evalf(DIGITS + 5))) for c in base]
    found = mpmath.pslq([value, *numbers], maxcoeff=_LARGEST, maxsteps=400, tol=mpmath.mpf(10) ** (4 - DIGITS))
    if found is None or found[0] == 0:
        return None
    # The relation must be much shorter than the digits that it explains.
    if sum(abs(c).bit_length() for c in found) * 0.31 > DIGITS / 3:
        return None
    return sp.Add(*(sp.Rational(-c, found[0]) * b for c, b in zip(found[1:], base, strict=True)))


def _product(value: Any) -> Any:
    """A rational power product of 2, 3, pi and gamma(1/4)."""
    logs = [mpmath.log(mpmath.mpf(str(c.evalf(DIGITS + 5)))) for c in _FACTORS]
    found = mpmath.pslq([mpmath.log(abs(value)), *logs], maxcoeff=24, maxsteps=400, tol=mpmath.mpf(10) ** (5 - DIGITS))
    if found is None or found[0] == 0 or abs(found[0]) > 4:
        return None
    made = sp.Mul(*(c ** sp.Rational(-k, found[0]) for k, c in zip(found[1:], _FACTORS, strict=True)))
    return made if value > 0 else -made
