"""Exact differential equations M + N*y' = 0: a function F with dF/dx = M and dF/dy = N is constant on every solution. An integrating factor of one
variable is found where there is one; separable and homogeneous equations are of this kind too.

Source: any text on the subject, e.g. Ince, "Ordinary Differential Equations", chapter 2.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import sympy as sp

from twofold.symbolic.attempt import attempt
from twofold.symbolic.solving.unsigned_logarithms import unsigned

Primitive = Callable[[Any, Any], Any]
"""The antiderivative of an expression by a variable, or `None`."""


def potential(f: Any, x: Any, y: Any, primitive: Primitive) -> Any:
    """A function of x and y that is constant on the solutions of y' = f; `None` where none is found."""
    for rule in (_with_factor, _separated, _of_quotient, _of_lines):
        found = attempt(rule, f, x, y, primitive)
        if found is not None and found.has(y) and _is_constant(found, f, x, y):
            # Any multiple is constant too: one without fractions reads best.
            return sp.expand(found).primitive()[1]
    return None


def _is_constant(found: Any, f: Any, x: Any, y: Any) -> bool:
    """Whether a function does not change along y' = f."""
    plain = unsigned(found)  # log(abs(u)) has the derivative of log(u)
    return bool(sp.simplify(plain.diff(x) + plain.diff(y) * f) == 0)


def solved(found: Any, constant: Any, y: Any) -> list[Any] | None:
    """The y with F(x, y) = constant, where F is a polynomial of first or second degree in y; `None` for others."""
    if not found.is_polynomial(y) or sp.degree(found, y) > 2:
        return None
    *high, low = sp.Poly(found, y).all_coeffs()
    if len(high) == 1:
        return [(constant - low) / high[0]]
    a, b = high
    number, parts = sp.factor_list(b**2 - 4 * a * (low - constant))
    # Both signs of the root are taken: what is squared comes out of it as it is.
    outside = sp.Mul(*(p ** (n // 2) for p, n in parts))
    inside = sp.expand(number * sp.Mul(*(p ** (n % 2) for p, n in parts)))
    return [sp.cancel(-b / (2 * a)) + s * sp.cancel(outside / (2 * a)) * sp.sqrt(inside) for s in (1, -1)]


def _with_factor(f: Any, x: Any, y: Any, primitive: Primitive) -> Any:
    top, n = sp.fraction(sp.together(f))
    m = -top
    for factor in _factors(m, n, x, y, primitive):
        total = primitive(sp.expand(factor * m), x)
        if total is None:
            continue
        rest = sp.simplify(sp.expand(factor * n) - total.diff(y))
        if rest.has(x):
            continue
        other = primitive(rest, y)
        if other is not None:
            return sp.expand(total + other)
    return None


def _factors(m: Any, n: Any, x: Any, y: Any, primitive: Primitive) -> Iterator[Any]:
    """What makes m + n*y' exact: 1, or a function of x or of y alone."""
    gap = sp.simplify(m.diff(y) - n.diff(x))
    if gap == 0:
        yield sp.S.One
        return
    for slope, by, other in ((sp.simplify(gap / n), x, y), (sp.simplify(-gap / m), y, x)):
        exponent = None if slope.has(other) else primitive(slope, by)
        if exponent is not None:
            # The sign of a factor does not matter.
            yield sp.powsimp(sp.exp(sp.expand_log(unsigned(exponent), force=True)))


def _separated(f: Any, x: Any, y: Any, primitive: Primitive) -> Any:
    from twofold.symbolic.solving.first_order import separated

    parts = separated(f, x, y)
    if parts is None:
        return None
    left, right = primitive(1 / parts[1], y), primitive(parts[0], x)
    return None if left is None or right is None else left - right


def _of_quotient(f: Any, x: Any, y: Any, primitive: Primitive) -> Any:
    """y' = g(v) with v = y/x: x*v' = g(v) - v."""
    v = sp.Dummy("v", real=True)
    g = sp.simplify(f.subs(y, v * x))
    left = None if g.has(x) else primitive(sp.cancel(1 / (g - v)), v)
    return None if left is None else left.subs(v, y / x) - sp.log(sp.Abs(x))


def _of_lines(f: Any, x: Any, y: Any, primitive: Primitive) -> Any:
    """y' = f where f is a quotient of two linear functions: homogeneous about the point where both are 0."""
    lines = sp.fraction(sp.cancel(f))
    if not all(e.is_polynomial(x, y) and sp.Poly(e, x, y).total_degree() == 1 for e in lines):
        return None
    at = sp.solve(lines, [x, y], dict=True)
    if not at or set(at[0]) != {x, y}:
        return None
    found = _of_quotient(sp.cancel(f.subs({x: x + at[0][x], y: y + at[0][y]}, simultaneous=True)), x, y, primitive)
    return None if found is None else found.subs({x: x - at[0][x], y: y - at[0][y]}, simultaneous=True)


__all__ = ["potential", "solved"]
