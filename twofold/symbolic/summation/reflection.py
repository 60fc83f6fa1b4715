"""Sums of rational functions whose poles come in pairs c + r, c - r, by the reflection formulas of the polygamma functions.

With f = 1/2 or 1 the difference digamma(f + r) - digamma(f - r) is pi*tan(pi*r) or 1/r - pi*cot(pi*r), and its derivatives by r say the same of the other
polygamma functions. Poles that differ by a whole number are brought together first. Source: DLMF 5.5.3, 5.5.4, 5.15.6.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import sympy as sp

_FARTHEST = 200
"""Terms that are added one by one to bring two poles together."""
_HIGHEST = 4


class Pair(NamedTuple):
    """The poles c + r and c - r of an order."""

    centre: Any
    radius: Any
    order: int


def reflected_sum(p: Any, q: Any, k: Any, low: Any) -> Any:
    """The sum of p/q over k = low..oo for polynomials with rational coefficients, the degree of q at least 2 above that of p; `None` where a factor of q is
    neither linear nor quadratic nor of the form a*k^4 + b*k^2 + c, or where a polygamma function would be left."""
    if not (low.is_Integer and all(c.is_Rational for e in (p, q) for c in e.all_coeffs())):
        return None
    pairs: list[Pair] = []
    for pair in _pairs(q):
        if pair is None or pair.radius == 0 and pair.centre.is_Integer and pair.centre >= low:
            return None
        pairs.append(pair)
    total, kept = sp.S.Zero, {}
    for centre, radius, order in pairs:
        fraction = sp.Mod(low - centre, 1) or sp.S.One
        if fraction not in (1, sp.S.Half):
            return None
        start = int(centre + fraction)
        if abs(start - low) > _FARTHEST:
            return None
        for sign in (1, -1) if radius != 0 else (1,):
            root = centre + sign * radius
            for j, c in _principal_part(p, q, k, root, order):
                key = fraction, radius, j
                row = kept.setdefault(key, [sp.S.Zero, sp.S.Zero])
                row[0 if sign == 1 else 1] += c
                between = range(min(start, int(low)), max(start, int(low)))
                total += (1 if low < start else -1) * sum((c / (i - root) ** j for i in between), sp.S.Zero)
    constant = sp.S.Zero
    for (fraction, radius, j), (upper, lower) in kept.items():
        upper, lower = (sp.radsimp(sp.expand(c)) for c in (upper, lower))
        if radius == 0:
            if j == 1:
                # Up to a constant that all simple poles share, as their residues add up to 0.
                constant += upper * (2 * sp.log(2) if fraction == sp.S.Half else 0)
            else:
                total += upper * ((2**j - 1) * sp.zeta(j) if fraction == sp.S.Half else sp.zeta(j))
            continue
        if sp.expand(upper - (-1) ** j * lower) != 0:
            return None
        # The sum at f - r and (-1)^j times that at f + r: the derivative of the gap between two digamma functions.
        total += lower * _gap(fraction, radius, j - 1) * (-1) ** j / sp.factorial(j - 1)
    if sp.expand(sum((row[0] for (_, radius, j), row in kept.items() if radius == 0 and j == 1), sp.S.Zero)) != 0:
        return None
    return sp.expand(sp.radsimp(sp.expand(total + constant)))


def _gap(fraction: Any, radius: Any, order: int) -> Any:
    """A derivative of digamma(f + r) - digamma(f - r) by r."""
    t = sp.Dummy("t")
    gap = sp.pi * sp.tan(sp.pi * t) if fraction == sp.S.Half else 1 / t - sp.pi * sp.cot(sp.pi * t)
    made = sp.diff(gap, t, order).subs(t, radius)
    x, y = radius.as_real_imag()
    if x == 0 or y == 0:
        return made
    # By sines and hyperbolic sines of real angles.
    a, b = 2 * sp.pi * x, 2 * sp.pi * y
    tangent = (sp.sin(a) + sp.I * sp.sinh(b)) / (sp.cosh(b) + sp.cos(a))
    cotangent = (sp.sin(a) - sp.I * sp.sinh(b)) / (sp.cosh(b) - sp.cos(a))
    return made.replace(lambda e: isinstance(e, sp.tan), lambda e: tangent).replace(
        lambda e: isinstance(e, sp.cot), lambda e: cotangent
    )


def _root(square: Any) -> Any:
    """A square root of an algebraic number, a + b*im with a > 0 where it is not real."""
    x, y = square.as_real_imag()
    if y == 0:
        return sp.sqrt(square)
    size = sp.sqrt(sp.expand(x**2 + y**2))
    return sp.sqrt((size + x) / 2) + sp.I * sp.sign(y) * sp.sqrt((size - x) / 2)


def _pairs(q: Any) -> Iterator[Pair | None]:
    for g, m in q.factor_list()[1]:
        if g.degree() == 1:
            yield Pair(-g.TC() / g.LC(), sp.S.Zero, m)
        elif g.degree() == 2 and m <= _HIGHEST:
            a, b, c = g.all_coeffs()
            yield Pair(-b / (2 * a), sp.sqrt((b / (2 * a)) ** 2 - c / a), m)
        elif g.degree() == 4 and m == 1 and g.nth(3) == g.nth(1) == 0:
            a, b, c = g.nth(4), g.nth(2), g.nth(0)
            for sign in (1, -1):
                yield Pair(sp.S.Zero, _root((-b + sign * sp.sqrt(b**2 - 4 * a * c)) / (2 * a)), 1)
        else:
            yield None


def _principal_part(p: Any, q: Any, k: Any, root: Any, order: int) -> Iterator[tuple[int, Any]]:
    """The coefficients of (k - root)^-j in p/q."""
    t = sp.Dummy("t")
    above = sp.Poly(p.as_expr().subs(k, root + t), t)
    below = sp.Poly(sp.expand(q.as_expr().subs(k, root + t)), t)
    rest = [sp.radsimp(sp.expand(c)) for c in reversed(below.all_coeffs())][order:]
    top = [sp.expand(c) for c in reversed(above.all_coeffs())]
    # The first coefficients of the quotient of the two series.
    series: list[Any] = []
    for i in range(order):
        value = (top[i] if i < len(top) else sp.S.Zero) - sum(
            (rest[i - j] * series[j] for j in range(i) if i - j < len(rest)), sp.S.Zero
        )
        series.append(sp.radsimp(sp.expand(value / rest[0])))
    for i, c in enumerate(series):
        if c != 0:
            yield order - i, c
