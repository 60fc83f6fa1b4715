"""Checks at points of antiderivatives that SymPy finds: the derivative is the integrand, real where that is, and there are no jumps where it has none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import mpmath
import sympy as sp

from twofold.grammar.term import Symbol
from twofold.symbolic import spot
from twofold.symbolic.attempt import BROKEN, attempt
from twofold.symbolic.calculus.quadrature import quadrature
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.derivative import derivative
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower


def differentiates_back(candidate: Any, f: Any, x: Any, context: Context, symbol: Symbol | None) -> bool:
    """Whether the derivative by our own rules has the values of the integrand."""
    try:
        if symbol is None:
            back = sp.diff(candidate, x)
        else:
            back = lower(derivative(lift(candidate, context), symbol), context)
    except NoClosedForm:
        return False
    if back == f or (back - f).is_zero:
        return True
    if back.is_rational_function(x) and f.is_rational_function(x) and sp.count_ops(back) < 300:
        return bool(sp.cancel(sp.together(back - f)) == 0)
    counted = 0
    for point in _places(f, back, x, context):
        right = spot.value(f, point)
        if right is None or (context.reading == "real" and abs(right.imag) > mpmath.mpf(10) ** -15 * (1 + abs(right))):
            continue
        left = spot.value(back, point)
        if left is None:
            continue
        if not spot.same(left, right):
            return False
        counted += 1
        if counted == 4:
            return True
    return counted >= 2


def leaves_the_reals(candidate: Any, f: Any, x: Any, context: Context) -> bool:
    """Whether an antiderivative takes a value that is not real where the integrand is real, in the reading over the reals.

    A derivative does not see this: that of loggamma is real on both sides of 0, loggamma itself is not.
    """
    if context.reading != "real":
        return False
    rooted = any(not p.exp.is_Integer and p.base.has(x) for p in candidate.atoms(sp.Pow))
    if not rooted and not any(g.has(x) for g in candidate.atoms(*_MAY_BE_COMPLEX)):
        return False
    counted = 0
    for point in _places(f, candidate, x, context):
        right = spot.value(f, point)
        if right is None or abs(right.imag) > mpmath.mpf(10) ** -15 * (1 + abs(right)):
            continue
        left = spot.value(candidate, point)
        if left is not None and abs(left.imag) > mpmath.mpf(10) ** -12 * (1 + abs(left)):
            return True
        counted += left is not None
        if counted == 8:
            break
    return False


def jumps(candidate: Any, f: Any, x: Any) -> bool:
    """Whether an antiderivative jumps where the integrand does not: differences over short steps against Simpson's rule, what differs against
    quadrature."""
    if not candidate.has(*_MAY_JUMP) or f.free_symbols != {x}:
        return False
    step = sp.Rational(1, 4)
    places = [step * k + sp.Rational(1, 7) for k in range(-24, 25)]
    library = "math" if all(g.func in _IN_DOUBLES for e in (f, candidate) for g in e.atoms(sp.Function)) else "mpmath"
    functions = attempt(lambda: [sp.lambdify(x, e, library) for e in (f, candidate)])
    if functions is None:
        return False
    low = _measured(functions, places[0])
    for a, b in zip(places, places[1:], strict=False):
        middle, high = _measured(functions, (a + b) / 2), _measured(functions, b)
        if low is not None and middle is not None and high is not None and max(abs(low[0]), abs(middle[0]), abs(high[0])) < 50:
            simpson = (low[0] + 4 * middle[0] + high[0]) * float(step) / 6
            if abs(high[1] - low[1] - simpson) > 0.2 * (abs(simpson) + 0.05):
                measured = quadrature(f, x, a, b)
                if (
                    measured is not None
                    and measured[1] < 1e-8
                    and abs(high[1] - low[1] - measured[0]) > 1e-5 * (1 + abs(measured[0]))
                ):
                    return True
        low = high
    return False


_MAY_JUMP = (
    sp.tan,
    sp.cot,
    sp.sec,
    sp.csc,
    sp.atan,
    sp.acot,
    sp.asec,
    sp.acsc,
    sp.floor,
    sp.ceiling,
    sp.sign,
    sp.Piecewise,
    sp.arg,
)


_IN_DOUBLES = {
    sp.exp,
    sp.log,
    sp.sin,
    sp.cos,
    sp.tan,
    sp.asin,
    sp.acos,
    sp.atan,
    sp.sinh,
    sp.cosh,
    sp.tanh,
    sp.asinh,
    sp.Abs,
    sp.floor,
    sp.erf,
}


def _measured(functions: list[Any], at: Any) -> tuple[Any, Any] | None:
    """Integrand and antiderivative at a place where both are real."""
    try:
        found = [mpmath.mpmathify(g(float(at))) for g in functions]
    except (*BROKEN, OverflowError, mpmath.libmp.NoConvergence, NameError):
        return None
    if all(mpmath.isfinite(v) and abs(mpmath.im(v)) < 1e-12 for v in found):
        return mpmath.re(found[0]), mpmath.re(found[1])
    return None


_MAY_BE_COMPLEX = (
    sp.log,
    sp.loggamma,
    sp.asin,
    sp.acos,
    sp.asec,
    sp.acsc,
    sp.acosh,
    sp.atanh,
    sp.acoth,
    sp.asech,
    sp.li,
    sp.Ci,
    sp.Chi,
    sp.polylog,
    sp.LambertW,
    sp.uppergamma,
    sp.lowergamma,
    sp.elliptic_f,
    sp.elliptic_e,
    sp.bessely,
    sp.besselk,
)


def _places(f: Any, back: Any, x: Any, context: Context) -> Iterator[dict[Any, Any]]:
    """Values for all names: the variable near and far, on both sides of 0."""
    names = f.free_symbols | back.free_symbols
    scales = (1, sp.Rational(1, 3), 1, 3, 1, 10, sp.Rational(1, 20), 3)
    for k, point in enumerate(spot.points(names, context, 24)):
        if x in point and not spot.range_of(x, context).upper:
            yield {**point, x: point[x] * scales[k % len(scales)]} if spot.range_of(x, context).lower in (None, 0) else point
        else:
            yield point
