"""Integrals over a period, or half of one, of exponentials and logarithms of sines and cosines, and of quotients by p + q*cos(x).

Source: Gradshteyn and Ryzhik 3.338, 3.613, 3.715, 4.224, 4.225.
"""

from __future__ import annotations

from typing import Any

import sympy as sp

from twofold.symbolic import spot
from twofold.symbolic.antiderivatives.waves import sums
from twofold.symbolic.context import Context


def over_period(f: Any, x: Any, a: Any, b: Any, context: Context) -> tuple[Any, Any] | None:
    """Value and condition for an integrand of the list, `None` otherwise."""
    if a == -sp.pi and b == sp.pi and f.subs(x, x + 2 * sp.pi) == f:
        a, b = sp.S.Zero, 2 * sp.pi
    if a != 0 or b not in (sp.pi / 2, sp.pi, 2 * sp.pi):
        return None
    constant, rest = f.as_independent(x, as_Add=False)
    for rule in (_powers, _reciprocal, _of_squares, _over_wave, _poisson, _exponential, _circle):
        found = rule(rest, x, b, context)
        if found is not None:
            return constant * found[0], found[1]
    return None


def _reciprocal(f: Any, x: Any, b: Any, context: Context) -> tuple[Any, Any] | None:
    """1/(p + q*cos(x) + r*sin(x)) over 0..2*pi: 2*pi/sqrt(p^2 - q^2 - r^2), and for its square 2*pi*p/(p^2 - q^2 - r^2)^(3/2), where
    p > sqrt(q^2 + r^2); without the sine over 0..pi half of that."""
    if not (f.is_Pow and f.exp in (-1, -2)) or b == sp.pi / 2:
        return None
    u = sp.expand(f.base)
    q, r = u.coeff(sp.cos(x)), u.coeff(sp.sin(x))
    p = sp.expand(u - q * sp.cos(x) - r * sp.sin(x))
    if any(e.has(x) for e in (p, q, r)) or b == sp.pi and r != 0 or not (p.free_symbols | q.free_symbols | r.free_symbols):
        return None
    square = sp.factor(p**2 - q**2 - r**2)
    value = _sign(p, square) * b / sp.sqrt(square) if f.exp == -1 else b * sp.Abs(p) / square ** sp.Rational(3, 2)
    if square.is_nonnegative:
        return value, sp.And(*(sp.Ne(g, 0) for g, _ in sp.factor_list(square)[1]))
    return value, square > 0


def _sign(p: Any, square: Any) -> Any:
    """The sign of p where p^2 - q^2, the square, is positive, in few words. It is negative where p is 0.

    So for a square that is linear in a name the sign is the same everywhere, and for a parabola that opens upwards it is that of the name outside of the
    zeros if one of these is 0.
    """
    if p.is_nonnegative:
        return sp.S.One
    for s in (s for s in p.free_symbols if p.is_polynomial(s) and square.is_polynomial(s) and sp.degree(p, s) == 1):
        slope, (lead, *_) = sp.diff(p, s), sp.Poly(square, s).all_coeffs()
        if sp.degree(square, s) == 1 and (slope * lead).is_nonzero and sp.sign(slope * lead).is_number:
            return sp.sign(slope * lead)
        if sp.degree(square, s) == 2 and lead.is_positive and slope.is_positive and square.subs(s, 0) == 0:
            return sp.sign(s)
    return sp.sign(p)


def _powers(f: Any, x: Any, b: Any, context: Context) -> tuple[Any, Any] | None:
    """sin(x)^p*cos(x)^q with a name in an exponent over 0..pi/2, and sin(x)^p over 0..pi: Euler's beta function."""
    found = dict(g.as_base_exp() for g in sp.Mul.make_args(f))
    p, q = (found.pop(wave, sp.S.Zero) for wave in (sp.sin(x), sp.cos(x)))
    if found or p.has(x) or q.has(x) or not (p.free_symbols | q.free_symbols) or b == 2 * sp.pi or b == sp.pi and q != 0:
        return None
    p, q = (p + 1) / 2, (q + 1) / 2
    return sp.gamma(p) * sp.gamma(q) / sp.gamma(p + q) * b / sp.pi, sp.And(p > 0, q > 0)


def _of_squares(f: Any, x: Any, b: Any, context: Context) -> tuple[Any, Any] | None:
    """A reciprocal of squares and products of sin(x) and cos(x), which is one of cosines and sines of 2*x, with their period."""
    if not (f.is_Pow and f.exp in (-1, -2)) or not f.base.has(sp.sin, sp.cos):
        return None
    s, c, u = sp.Dummy("s"), sp.Dummy("c"), sp.Dummy("u", real=True)
    base = sp.expand(f.base).subs({sp.sin(x): s, sp.cos(x): c}, simultaneous=True)
    if base.has(x) or not base.is_polynomial(s, c) or any(sum(m) not in (0, 2) for m in sp.Poly(base, s, c).monoms()):
        return None
    made = base.subs({s**2: (1 - sp.cos(u)) / 2, c**2: (1 + sp.cos(u)) / 2}).subs(s * c, sp.sin(u) / 2)
    if made.has(s, c):
        return None
    # Over 0..pi/2 this is half a period, over which the sine does not cancel.
    found = _reciprocal(sp.expand(made) ** f.exp, u, sp.pi if b == sp.pi / 2 else 2 * sp.pi, context)
    return None if found is None else (found[0] * (sp.S.Half if b == sp.pi / 2 else b / (2 * sp.pi)), found[1])


def _poisson(f: Any, x: Any, b: Any, context: Context) -> tuple[Any, Any] | None:
    """log(p + q*cos(x)) over 0..pi: pi*log((p + sqrt(p^2 - q^2))/2), p >= |q|."""
    if not isinstance(f, sp.log):
        return None
    inside = sp.expand(f.args[0])
    # Squares by the double angle.
    doubled = inside.replace(
        lambda e: e.is_Pow and e.exp == 2 and e.base in (sp.sin(x), sp.cos(x)),
        lambda e: (1 + (1 if e.base == sp.cos(x) else -1) * sp.cos(2 * x)) / 2,
    )
    waves = [g for g in doubled.atoms(sp.sin, sp.cos) if g.has(x)]
    if len(waves) != 1:
        return None
    (g,) = waves
    doubled = sp.expand(doubled)
    q, k = doubled.coeff(g), sp.cancel(g.args[0] / x)
    p = sp.expand(doubled - q * g)
    if p.has(x) or q.has(x) or not k.is_Integer:
        return None
    turns = k * b / sp.pi
    if isinstance(g, sp.sin) and turns % 2 or isinstance(g, sp.cos) and turns % 1:
        return None
    root = _root(sp.factor(p**2 - q**2), context)
    return b * sp.log(sp.factor((p + root) / 2)), sp.And(p > 0, *(() if (p**2 - q**2).is_nonnegative else (p**2 >= q**2,)))


def _root(e: Any, context: Context) -> Any:
    """A square root, of a square with the sign that its base has at all admissible points."""
    found = sp.sqrt(e)
    for g in found.atoms(sp.Abs):
        values = [spot.value(g.args[0], p) for p in spot.points(g.free_symbols, context, 8)]
        if None not in values and (all(v.real > 0 for v in values) or all(v.real < 0 for v in values)):
            found = found.xreplace({g: g.args[0] if values[0].real > 0 else -g.args[0]})
    return found


def _exponential(f: Any, x: Any, b: Any, context: Context) -> tuple[Any, Any] | None:
    """exp(p*cos(x)), cos(p*sin(x)) and cos(p*cos(x)) by Bessel functions."""
    waves = (sp.sin(x), sp.cos(x))
    if isinstance(f, sp.exp):
        u = sp.expand(f.args[0])
        p, q = u.coeff(waves[1]), u.coeff(waves[0])
        if sp.expand(u - p * waves[1] - q * waves[0]) != 0 or p.has(x) or q.has(x):
            return None
        if b == 2 * sp.pi or b == sp.pi and q == 0:
            return b * sp.besseli(0, sp.sqrt(sp.expand(p**2 + q**2))), sp.true
    if isinstance(f, sp.cos):
        c, rest = f.args[0].as_independent(x, as_Add=False)
        if rest in waves:
            return b * sp.besselj(0, c), sp.true
    return None


def _circle(f: Any, x: Any, b: Any, context: Context) -> tuple[Any, Any] | None:
    """exp(p*cos(x))*cos(p*sin(x)): the value of an entire function at the centre of a circle."""
    factors = sp.Mul.make_args(f)
    if len(factors) != 2 or b == sp.pi / 2:
        return None
    exponential = next((t for t in factors if isinstance(t, sp.exp)), None)
    cosine = next((t for t in factors if isinstance(t, sp.cos)), None)
    if exponential is None or cosine is None:
        return None
    p, q = sp.cancel(exponential.args[0] / sp.cos(x)), sp.cancel(cosine.args[0] / sp.sin(x))
    return (b, sp.true) if not p.has(x) and not q.has(x) and p**2 == q**2 else None


def _over_wave(f: Any, x: Any, b: Any, context: Context) -> tuple[Any, Any] | None:
    """cos(n*x)/(p + q*cos(x)) over 0..pi, and over 0..2*pi with a sine below or sines above too: pi/r*((r - p)/q)^n with r = sqrt(p^2 - q^2)."""
    if b == sp.pi / 2:
        return None
    below = [t for t in sp.Mul.make_args(f) if t.is_Pow and t.exp == -1 and t.base.has(sp.sin, sp.cos)]
    if len(below) != 1:
        return None
    inside = sp.expand(below[0].base)
    waves = [g for g in inside.atoms(sp.sin, sp.cos) if g.has(x)]
    if len(waves) != 1 or waves[0].args[0] != x:
        return None
    (g,) = waves
    q = inside.coeff(g)
    p = sp.expand(inside - q * g)
    above = sums(f / below[0])
    if p.has(x) or q.has(x) or isinstance(g, sp.sin) and (b == sp.pi or above.has(x)):
        return None
    root = _root(sp.factor(p**2 - q**2), context)
    total = sp.S.Zero
    for t in sp.Add.make_args(sp.expand(above)):
        c, wave = t.as_independent(x, as_Add=False)
        n = sp.S.Zero if wave == 1 else sp.cancel(wave.args[0] / x) if isinstance(wave, (sp.sin, sp.cos)) else None
        if n is None or not n.is_Integer or c.has(x):
            return None
        if isinstance(wave, sp.sin):
            if b == sp.pi:
                return None
            continue
        total += c * (sp.factor((root - p) / q) ** abs(n) if n else 1)
    return b * total / root, sp.And(p > q, p > -q)
