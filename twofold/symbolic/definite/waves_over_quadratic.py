"""A sine or cosine of a linear angle times a polynomial over a power of a quadratic, along the whole line, or half of it where the integrand is even.

With the vertex at 0 the quadratic is p*(y^2 + s^2), and for w > 0
integrate(cos(w*y)/(y^2 + s^2), y = -oo..oo) = pi*exp(-w*s)/s and integrate(y*sin(w*y)/(y^2 + s^2), y = -oo..oo) = pi*exp(-w*s);
higher powers are derivatives of these by s^2. Source: Gradshteyn and Ryzhik 3.723, 3.729.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from twofold.symbolic.calculus.poles import positive
from twofold.symbolic.definite.quadratic import over_a_power

_HIGHEST = 6


def wave_over_quadratic(f: Any, x: Any, a: Any, b: Any) -> tuple[Any, Any] | None:
    """Value and condition; `None` for any other integrand or range."""
    half = a == 0
    if b is not sp.oo or not (half or a is -sp.oo):
        return None
    waves = [g for g in sp.Mul.make_args(f) if isinstance(g, (sp.sin, sp.cos)) and g.has(x)]
    if len(waves) != 1 or not waves[0].args[0].is_polynomial(x) or sp.degree(waves[0].args[0], x) != 1:
        return None
    (wave,) = waves
    parts = over_a_power(f / wave, x)
    if parts is None or not parts[2].is_Integer or parts[2] > _HIGHEST:
        return None
    over, (p, q, r), m = parts
    frequency, phase = (wave.args[0].coeff(x, k) for k in (1, 0))
    if not frequency.is_real or over.degree() >= 2 * m or half and not _even(over, q, phase, wave):
        return None
    vertex = -q / (2 * p)
    s = sp.Dummy("s", positive=True)
    size = sp.Abs(frequency)
    even, odd = _powers(sp.pi * sp.exp(-size * s) / s, s, m), _powers(sp.pi * sp.exp(-size * s), s, m)
    angle, turn = sp.expand(frequency * vertex + phase), sp.sign(frequency)
    straight, crossed = (sp.cos(angle), -sp.sin(angle)) if isinstance(wave, sp.cos) else (sp.sin(angle), sp.cos(angle))
    total = sp.S.Zero
    rest = sp.Poly(over.as_expr().subs(x, x + vertex), x) if vertex != 0 else over
    for k in range(m, 0, -1):
        rest, line = sp.div(rest, sp.Poly(x**2 + s**2, x))
        total += line.coeff_monomial(1) * straight * even[k - 1] + line.coeff_monomial(x) * crossed * turn * odd[k - 1]
    discriminant = sp.expand(4 * p * r - q**2)
    root = sp.sqrt(sp.factor(discriminant)) / (2 * sp.Abs(p))
    condition = positive(discriminant, [])
    vanishes = phase == 0 and isinstance(wave, sp.sin)
    if 2 * m <= over.degree() + 1 and not (frequency.is_nonzero or vanishes):
        condition = sp.And(condition, sp.Ne(frequency, 0))
    value = total.subs(s, root) / p**m
    return (value / 2 if half else value), condition


def _even(over: Any, q: Any, phase: Any, wave: Any) -> bool:
    """Whether the integrand is even."""
    parity = 0 if isinstance(wave, sp.cos) else 1
    return bool(q == 0 and phase == 0 and all(k % 2 == parity for (k,) in over.monoms()))


def _powers(first: Any, s: Any, m: int) -> list[Any]:
    """The integrals over the first m powers: that over the next is -1/(2*k*s) times the derivative by s."""
    found = [first]
    for k in range(1, m):
        found.append(sp.expand(-sp.diff(found[-1], s) / (2 * k * s)))
    return found
