"""Laplace transforms of periodic functions with jumps and corners: square waves, sawtooths, rectified sines.

For f of period T the transform is the integral of f(t)*exp(-s*t) over one period, divided by 1 - exp(-s*T).
Source: Doetsch, "Introduction to the Theory and Application of the Laplace Transformation", chapter 8.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import gcd, lcm
from typing import Any

import sympy as sp
from sympy.functions.elementary.trigonometric import TrigonometricFunction

from twofold.symbolic.calculus.kinks import pieces, whole_parts

_BENT = (sp.Abs, sp.sign, sp.Max, sp.Min, sp.floor, sp.ceiling, sp.Mod, sp.Piecewise, sp.Heaviside)


def by_period(f: Any, x: Any, z: Any, value: Callable[..., Any]) -> tuple[Any, Any, Any] | None:
    """The transform, the number that s must be above, and a further condition, with `value` for integrals over finite ranges; `None` for what
    has no corner or no period."""
    if not f.has(*_BENT):
        return None
    t = sp.Dummy("t", real=True)
    rate, g = sp.S.Zero, sp.S.One
    for factor in sp.Mul.make_args(f):
        if isinstance(factor, sp.exp) and factor.args[0].is_polynomial(x) and sp.degree(factor.args[0], x) == 1:
            rate, g = rate + factor.args[0].coeff(x, 1), g * sp.exp(factor.args[0].coeff(x, 0))
        else:
            g *= factor
    g = whole_parts(g.xreplace({x: t})).replace(sp.ceiling, lambda u: -sp.floor(-u)).replace(sp.Piecewise, _by_signs)
    period = _period(g, t)
    if period is None:
        return None
    cut = pieces(g, t, sp.S.Zero, period)
    total = sp.S.Zero
    for h, low, high in cut or [(g, sp.S.Zero, period)]:
        one = value(h * sp.exp(-z * t), t, low, high)
        if one is None:
            return None
        total += one
    return _fraction(total / (1 - sp.exp(-z * period)), z).subs(z, z - rate), rate, sp.true


def _by_signs(*branches: Any) -> Any:
    """A function by cases as one with signs, the same but for single places."""
    out: Any = sp.S.Zero
    for value, condition in reversed(branches):
        share = _share(condition)
        out = share * value + (1 - share) * out
    return out


def _share(condition: Any) -> Any:
    """1 where a condition holds and 0 where not, but for single places."""
    if condition in (True, False, sp.true, sp.false):
        return sp.S.One if condition == True else sp.S.Zero  # noqa: E712
    if isinstance(condition, sp.And):
        return sp.Mul(*map(_share, condition.args))
    if isinstance(condition, sp.Or):
        return 1 - sp.Mul(*(1 - _share(a) for a in condition.args))
    if isinstance(condition, sp.Not):
        return 1 - _share(condition.args[0])
    if isinstance(condition, (sp.StrictLessThan, sp.LessThan, sp.StrictGreaterThan, sp.GreaterThan)):
        return (1 + sp.sign(condition.gts - condition.lts)) / 2
    return sp.S.Zero if isinstance(condition, sp.Eq) else sp.S.One


def _period(g: Any, t: Any) -> Any:
    """A period of an expression, from those of its parts."""
    lengths = list(dict.fromkeys(_lengths(g, t)))
    if not lengths or None in lengths:
        return None
    ratios = [sp.cancel(v / lengths[0]) for v in lengths]
    if not all(q.is_Rational for q in ratios):
        return None
    whole = lengths[0] * sp.Rational(lcm(*(q.p for q in ratios)), gcd(*(q.q for q in ratios)))
    return next((whole * m for m in (sp.S.Half, 1, 2) if sp.expand(g.subs(t, t + whole * m) - g) == 0), None)


def _lengths(g: Any, t: Any) -> Iterator[Any]:
    for e in g.atoms(sp.floor, TrigonometricFunction):
        slope = sp.diff(e.args[0], t)
        if slope.has(t) or not slope.is_number:
            yield None
        elif slope != 0:
            yield (1 if isinstance(e, sp.floor) else 2 * sp.pi) / sp.Abs(slope)


def _fraction(e: Any, z: Any) -> Any:
    """A rational function of z and an exponential of it as one fraction in lowest terms."""
    rates = [sp.cancel(w.args[0] / z) for w in e.atoms(sp.exp) if w.has(z)]
    ratios = [sp.cancel(r / rates[0]) for r in rates]
    if not rates or not all(q.is_Rational for q in ratios):
        return e
    step = sp.Abs(rates[0]) * sp.Rational(gcd(*(abs(q.p) for q in ratios)), lcm(*(q.q for q in ratios)))
    w = sp.Dummy("w", positive=True)
    made = e.replace(lambda u: isinstance(u, sp.exp) and u.has(z), lambda u: w ** sp.cancel(u.args[0] / (z * step)))
    made = sp.cancel(sp.together(made))
    half = sp.S.One
    for above, below, name in ((w + 1, w - 1, sp.coth), (w - 1, w + 1, sp.tanh)):
        top, bottom = sp.fraction(made)
        if sp.rem(top, above, w) == 0 and sp.rem(bottom, below, w) == 0:
            made, half = sp.cancel(made * below / above), name(step * z / 2)
    return half * sp.factor(made).subs(w, sp.exp(step * z))


__all__ = ["by_period"]
