"""Antiderivatives of rational functions of sines and cosines of one argument, continuous wherever the integrand is.

The substitution is that of Bioche: u = cos, sin or tan where the integrand has the symmetry, tan(x/2) otherwise. An arctangent of
k*tan(v) + d jumps at the poles of the tangent; it is replaced by v plus an arctangent of what is periodic and never jumps.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sympy as sp
from sympy.functions.elementary.trigonometric import TrigonometricFunction

from twofold.symbolic.antiderivatives.rational import rational


def by_angles(f: Any, x: Any) -> Any:
    """An antiderivative of a rational function of sin(v) and cos(v), v linear in x; `None` for any other integrand."""
    angles = {g.args[0] for g in f.atoms(TrigonometricFunction) if g.has(x)}
    if not angles:
        return None
    slopes = [sp.diff(v, x) for v in angles]
    if any(s.has(x) or s == 0 for s in slopes):
        return None
    base = _common(slopes)
    if base is None:
        return None
    starts = {sp.expand(v - s * x) for v, s in zip(angles, slopes, strict=True)}
    if starts == {sp.S.Zero}:
        v = base * x
    elif len(angles) == 1:
        v, base = next(iter(angles)), slopes[0]
    else:
        return None
    s, c, t = (sp.Dummy(n, real=True) for n in "sct")
    place = sp.Dummy("v", real=True)
    inner = f.subs(
        {a: sp.cancel(k / base) * place if len(angles) > 1 or a != v else place for a, k in zip(angles, slopes, strict=True)}
    )
    if inner.has(x):
        return None
    inner = _multiples(inner, place)
    inner = inner.replace(
        lambda g: isinstance(g, TrigonometricFunction) and g.args[0] == place,
        lambda g: {sp.sin: s, sp.cos: c, sp.tan: s / c, sp.cot: c / s, sp.sec: 1 / c, sp.csc: 1 / s}[type(g)],
    )
    if inner.has(place) or not inner.is_rational_function(s, c):
        return None
    if inner.is_polynomial(s, c):
        made = _polynomial(inner, s, c, place)
        return None if made is None else made.subs(place, v) / base
    inner = sp.cancel(sp.together(inner))
    for found, back in _substituted(inner, s, c, t):
        result = rational(found, t)
        if result is None:
            continue
        result = result.subs(t, back(place))
        return untwisted(result).subs(place, v) / base
    return None


def _common(slopes: list[Any]) -> Any:
    """A slope of which all are whole multiples."""
    first = slopes[0]
    ratios = [sp.cancel(s / first) for s in slopes]
    if not all(r.is_Rational for r in ratios):
        return None
    step = (
        sp.Rational(sp.igcd(*(abs(r.p) for r in ratios)), sp.ilcm(*(r.q for r in ratios))) if len(ratios) > 1 else abs(ratios[0])
    )
    found = first * step
    return -found if found.could_extract_minus_sign() else found


def _multiples(e: Any, v: Any) -> Any:
    """Functions of multiples of v by those of v."""

    def rule(g: Any) -> Any:
        n = sp.cancel(g.args[0] / v)
        if n == 1 or not n.is_Integer:
            return g
        n = int(n)
        sign, n = (1, n) if n > 0 else (-1, -n)
        sine = sign * sp.sin(v) * sp.chebyshevu_poly(n - 1, sp.cos(v))
        cosine = sp.chebyshevt_poly(n, sp.cos(v))
        return {
            sp.sin: sine,
            sp.cos: cosine,
            sp.tan: sine / cosine,
            sp.cot: cosine / sine,
            sp.sec: 1 / cosine,
            sp.csc: 1 / sine,
        }[type(g)]

    return e.replace(lambda g: isinstance(g, TrigonometricFunction) and g.args[0] != v and g.args[0].has(v), rule)


def _substituted(r: Any, s: Any, c: Any, t: Any) -> Iterator[tuple[Any, Any]]:
    """Integrands in t with the function that t stands for."""
    if sp.cancel(r.subs(s, -s) + r) == 0:
        yield -_even(sp.cancel(r / s), s, 1 - c**2).subs(c, t), sp.cos
    if sp.cancel(r.subs(c, -c) + r) == 0:
        yield _even(sp.cancel(r / c), c, 1 - s**2).subs(s, t), sp.sin
    if sp.cancel(r.subs({s: -s, c: -c}, simultaneous=True) - r) == 0:
        yield _even(sp.cancel(r.subs(s, t * c)), c, 1 / (1 + t**2)) / (1 + t**2), sp.tan
    yield (
        (r.subs({s: 2 * t / (1 + t**2), c: (1 - t**2) / (1 + t**2)}, simultaneous=True) * 2 / (1 + t**2)),
        lambda v: sp.tan(v / 2),
    )


def _even(r: Any, s: Any, square: Any) -> Any:
    """An even function of s, its square replaced."""
    above, below = (sp.Poly(e, s) for e in sp.fraction(sp.together(r)))
    if any(k % 2 for (k,), _ in above.terms()) and any(k % 2 for (k,), _ in below.terms()):
        above, below = sp.Poly(above.as_expr() * s, s), sp.Poly(below.as_expr() * s, s)

    def swap(p: Any) -> Any:
        return sum((k * square ** (m // 2) for (m,), k in p.terms()), sp.S.Zero)

    return sp.cancel(sp.together(swap(above) / swap(below)))


def _polynomial(e: Any, s: Any, c: Any, v: Any) -> Any:
    """Powers: with an odd exponent by substitution, with even ones by multiples of the angle."""
    total = sp.S.Zero
    u = sp.Dummy("u")
    for (m, n), k in sp.Poly(e, s, c).terms():
        if m % 2:
            total -= k * sp.integrate(sp.expand((1 - u**2) ** (m // 2) * u**n), u).subs(u, sp.cos(v))
        elif n % 2:
            total += k * sp.integrate(sp.expand((1 - u**2) ** (n // 2) * u**m), u).subs(u, sp.sin(v))
        else:
            for multiple, weight in _waves(m, n).items():
                total += k * weight * (v if multiple == 0 else sp.sin(multiple * v) / multiple)
    return total


def _waves(m: int, n: int) -> dict[int, Any]:
    """sin^m*cos^n for even m, n as a sum of cosines of multiples."""
    z = sp.Dummy("z")
    sign = (-1) ** (m // 2)
    p = sp.Poly((z**2 - 1) ** m * (z**2 + 1) ** n, z)
    out: dict[int, Any] = {}
    for (k,), w in p.terms():
        place = k - m - n
        if place >= 0:
            out[place] = sp.Rational(sign * w * (2 if place else 1), 2 ** (m + n))
    return out


def untwisted(e: Any) -> Any:
    """Arctangents of linear functions of a tangent without their jumps, logarithms of its square plus one as those of the cosine."""

    def applies(g: Any) -> bool:
        if not isinstance(g, sp.atan) or len(g.args[0].atoms(sp.tan)) != 1:
            return False
        (tangent,) = g.args[0].atoms(sp.tan)
        u = sp.expand(g.args[0])
        return bool(u.is_polynomial(tangent) and sp.degree(u, tangent) == 1)

    def rule(g: Any) -> Any:
        (tangent,) = g.args[0].atoms(sp.tan)
        v, u = tangent.args[0], sp.expand(g.args[0])
        k = u.coeff(tangent)
        d = sp.expand(u - k * tangent)
        if k.is_negative:
            return -rule(sp.atan(-u))
        if not k.is_positive:
            return g
        sine, cosine = sp.sin(2 * v), sp.cos(2 * v)
        if d == 0:
            if k == 1:
                return v
            return v + sp.atan(sp.radsimp((k - 1) / (k + 1)) * sine / (1 + sp.radsimp((1 - k) / (1 + k)) * cosine))
        above = (k**2 - 1 - d**2) * sine + 2 * d * k * cosine
        below = (1 + k) ** 2 + d**2 + (1 - k**2 + d**2) * cosine + 2 * d * k * sine
        return v + sp.atan(sp.expand(above) / sp.expand(below))

    def square(g: Any) -> Any:
        (tangent,) = g.args[0].atoms(sp.tan)
        return -2 * sp.log(sp.Abs(sp.cos(tangent.args[0])))

    e = e.replace(applies, rule)
    return e.replace(
        lambda g: (
            isinstance(g, sp.log)
            and len(g.args[0].atoms(sp.tan)) == 1
            and g.args[0] == 1 + next(iter(g.args[0].atoms(sp.tan))) ** 2
        ),
        square,
    )
