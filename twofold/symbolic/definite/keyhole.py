"""Integrals over 0..oo of a rational function times a power of x and a power of its logarithm, by residues around a keyhole.

With log(z) of argument in (0, 2*pi): the integral of x^p*R(x) is -pi*exp(-im*pi*p)/sin(pi*(p + 1)) times the sum of the residues of z^p*R(z),
for p not whole; those with logarithms come from the residues with one power of the logarithm more. Source: Ahlfors, "Complex Analysis", 4.5.3.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from twofold.symbolic.algebra.radicals import polynomial_roots
from twofold.symbolic.context import Context

_MOST_POLES = 8


def by_keyhole(f: Any, x: Any, a: Any, b: Any, context: Context) -> Any:
    """The value over 0..oo, or `None` where the integrand is not of this kind or a pole lies on the way."""
    if a != 0 or b is not sp.oo:
        return None
    power, logs, rational = sp.S.Zero, 0, sp.S.One
    for t in sp.Mul.make_args(f):
        base, exponent = t.as_base_exp()
        if base == x and not exponent.has(x):
            power += exponent
        elif t == sp.log(x):
            logs += 1
        elif base == sp.log(x) and exponent.is_Integer and exponent > 0:
            logs += int(exponent)
        else:
            rational *= t
    whole = sp.floor(power) if power.is_number else sp.S.Zero
    rational, power = sp.cancel(sp.together(rational * x**whole)), power - whole
    if not rational.is_rational_function(x) or logs > 2:
        return None
    numerator, denominator = (sp.Poly(e, x) for e in sp.fraction(rational))
    if denominator.degree() == 0:
        return None
    gap = denominator.degree() - numerator.degree() - power
    if gap.is_number and not gap > 1:
        return None
    poles = _poles(denominator, x, context)
    if poles is None:
        return None
    z = sp.Symbol("z")
    log = sp.Function("L")(z)
    if power == 0:
        # From the residues of R*log^(k + 1): the integrals of lower powers of the logarithm come along.
        values: list[Any] = []
        for k in range(logs + 1):
            total = _residues(rational.subs(x, z) * log ** (k + 1), z, log, poles, denominator)
            # int R (L^(k+1) - (L + 2 pi i)^(k+1)) = 2 pi i * total
            rest = 2 * sp.pi * sp.I * total
            for j in range(k):
                rest += sp.binomial(k + 1, j) * (2 * sp.pi * sp.I) ** (k + 1 - j) * values[j]
            values.append(sp.expand(-rest / ((k + 1) * 2 * sp.pi * sp.I), complex=True))
        return _real(values[-1])
    s = sp.Dummy("s", real=True) if logs else power
    total = _residues(rational.subs(x, z) * sp.exp(s * log), z, log, poles, denominator)
    value = 2 * sp.pi * sp.I * total / (1 - sp.exp(2 * sp.pi * sp.I * s))
    if logs:
        value = sp.diff(value, s, logs).subs(s, power)
    return _real(value) if not value.free_symbols or power.is_number else _by_sine(total, power)


def _by_sine(total: Any, p: Any) -> Any:
    """-pi*exp(-im*pi*p)/sin(pi*(p + 1)) times the sum."""
    made = sp.expand(total * sp.exp(-sp.I * sp.pi * p))
    made = sp.simplify(made)
    if made.has(sp.I):
        made = sp.simplify(made.rewrite(sp.cos))
    return None if made.has(sp.I) else sp.pi * made / sp.sin(sp.pi * p)


def _poles(denominator: Any, x: Any, context: Context) -> list[tuple[Any, int, Any]] | None:
    """Poles with their order and their logarithm."""
    out = []
    for p, m in denominator.factor_list()[1]:
        if p.degree() > 2 and len(p.terms()) == 2 and p.TC() / p.LC() > 0 if p.TC().is_Rational and p.LC().is_Rational else False:
            n, c = p.degree(), p.TC() / p.LC()
            found = [
                (sp.root(c, n) * sp.exp(sp.I * t), sp.log(c) / n + sp.I * t) for t in (sp.pi * (2 * k + 1) / n for k in range(n))
            ]
        else:
            found = []
            for r in polynomial_roots(p, x, context):
                if r.has(sp.CRootOf):
                    return None
                angle = sp.arg(r)
                if angle.has(sp.arg) or r.is_zero:
                    return None
                if angle == 0:
                    return None
                found.append((r, sp.log(sp.Abs(r)) + sp.I * (angle + 2 * sp.pi if angle.is_negative else angle)))
        out += [(r, m, log) for r, log in found]
    return out if len(out) <= _MOST_POLES else None


def _residues(g: Any, z: Any, log: Any, poles: list[tuple[Any, int, Any]], denominator: Any) -> Any:
    total = sp.S.Zero
    x = denominator.gen
    for r, m, value in poles:
        if m == 1:
            slope = denominator.diff(x).as_expr().subs(x, r)
            rational = g * denominator.as_expr().subs(x, z)
            total += sp.cancel(rational).subs(log, value).subs(z, r) / slope
            continue
        others = denominator.LC() * sp.Mul(*((z - q) ** k for q, k, _ in poles if q is not r))
        cleared = sp.cancel(g * denominator.as_expr().subs(x, z)) / others
        for _ in range(m - 1):
            cleared = sp.diff(cleared, z).subs(sp.Derivative(log, z), 1 / z)
        total += cleared.subs(log, value).subs(z, r) / sp.factorial(m - 1)
    return total


def _real(value: Any) -> Any:
    """A value known to be real in a form that shows it."""
    if value.is_number:
        return sp.re(sp.expand(value, complex=True))
    made = sp.expand(value, complex=True)
    return sp.simplify(sp.re(made)) if made.has(sp.I) else made
