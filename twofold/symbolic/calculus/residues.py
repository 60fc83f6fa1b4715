"""Definite integrals by residues: rational functions of sine and cosine over a period, rational functions over the line, also
times a sine or cosine.

Which poles lie inside is decided by their values at several admissible points of the parameters; where these differ, nothing is
claimed. On which side of the line a pole lies is a condition where it is a polynomial in the parameters whose sign is not known. What is found is compared with quadrature by the caller like any other candidate. Source: any text on complex analysis,
e.g. Ahlfors, chapter 4.5.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from twofold.symbolic import spot
from twofold.symbolic.algebra.radicals import polynomial_roots
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.lift import lift
from twofold.symbolic.tidy import short

_MOST_POLES = 8


def by_residues(f: Any, x: Any, a: Any, b: Any, context: Context) -> Any:
    """The integral of f over x = a..b, or `None` where it is of none of these kinds."""
    try:
        if a.is_finite and b.is_finite and sp.expand(b - a - 2 * sp.pi) == 0:
            return _over_period(f, x, context)
        if a is -sp.oo and b is sp.oo:
            return _over_line(f, x, context)
        if a == 0 and b is sp.oo and sp.expand(f - f.subs(x, -x, simultaneous=True)) == 0:
            whole = _over_line(f, x, context)
            return None if whole is None else whole / 2
    except (NoClosedForm, sp.PolynomialError, NotImplementedError):
        return None
    return None


def _over_period(f: Any, x: Any, context: Context) -> Any:
    """With z = exp(im*x) an integral over the unit circle."""
    z = sp.Dummy("z")
    on_circle = {sp.sin(x): (z - 1 / z) / (2 * sp.I), sp.cos(x): (z + 1 / z) / 2}
    swapped = f.subs(on_circle, simultaneous=True)
    if swapped.has(x):
        swapped = sp.expand_trig(f).subs(on_circle, simultaneous=True)
    if swapped.has(x) or not swapped.is_rational_function(z):
        return None
    total, _ = _sum_of_residues(swapped / (sp.I * z), z, lambda r: abs(r) < 1, lambda r: abs(abs(r) - 1) < 1e-9, context)
    return None if total is None else _real(2 * sp.pi * sp.I * total, context)


def _over_line(f: Any, x: Any, context: Context) -> Any:
    """Closed in the upper half plane."""
    z = sp.Dummy("z")
    wave, rest, part = _wave(f, x)
    if wave is None or not rest.is_rational_function(x):
        return None
    numerator, denominator = (sp.Poly(p, x) for p in sp.fraction(sp.cancel(rest)))
    if denominator.degree() < numerator.degree() + (2 if wave == 0 else 1):
        return None
    frequency = sp.Abs(wave)
    inside = (rest * sp.exp(sp.I * frequency * x)).subs(x, z)
    total, poles = _sum_of_residues(inside, z, lambda r: r.imag > 0, lambda r: abs(r.imag) < 1e-9, context)
    if total is None:
        return None
    _require_sides(poles, context)
    value = 2 * sp.pi * sp.I * total
    if part == "sin":
        odd = sp.im(value) if value.is_number else (value - sp.conjugate(value)) / (2 * sp.I)
        return _real(odd, context) * sp.sign(wave)
    if part == "cos":
        return _real(sp.re(value) if value.is_number else (value + sp.conjugate(value)) / 2, context)
    return _real(value, context)


def _wave(f: Any, x: Any) -> tuple[Any, Any, str]:
    """Frequency, rational factor and kind of a product of a rational function with a sine or cosine."""
    waves = [g for g in f.atoms(sp.sin, sp.cos) if g.has(x)]
    if not waves:
        return sp.S.Zero, f, ""
    if len(waves) != 1:
        return None, f, ""
    (wave,) = waves
    rest, frequency = sp.cancel(f / wave), wave.args[0] / x
    if rest.has(wave) or sp.cancel(frequency).has(x):
        return None, f, ""
    return sp.cancel(frequency), rest, "sin" if isinstance(wave, sp.sin) else "cos"


def _sum_of_residues(
    g: Any, z: Any, inside: Callable[[complex], bool], on_path: Callable[[complex], bool], context: Context
) -> tuple[Any, list[Any]]:
    """The sum over the poles inside, or `None` where these are not known; and all poles."""
    smooth, rational = sp.S.One, g
    if g.has(sp.exp):
        smooth = sp.Mul(*(t for t in sp.Mul.make_args(g) if t.has(sp.exp)))
        rational = sp.Mul(*(t for t in sp.Mul.make_args(g) if not t.has(sp.exp)))
    numerator, denominator = sp.fraction(sp.cancel(sp.together(rational)))
    if not denominator.has(z):
        return sp.S.Zero, []
    factors = sp.factor_list(denominator, z)[1] if not denominator.has(sp.I) else sp.factor_list(denominator, z, gaussian=True)[1]
    poles = [(r, m) for p, m in factors for r in polynomial_roots(p, z, context)]
    places = [r for r, _ in poles]
    if len(poles) > _MOST_POLES or any(r.has(sp.CRootOf) for r in places):
        return None, places
    chosen: list[tuple[Any, int]] | None = None
    for point in spot.points(g.free_symbols - {z}, context, 5):
        values = [spot.value(r, point) for r in places]
        if any(v is None or on_path(complex(v)) for v in values):
            return None, places
        now = [pole for pole, v in zip(poles, values, strict=True) if inside(complex(v))]
        if chosen is not None and now != chosen:
            return None, places
        chosen = now
    total = sp.S.Zero
    for r, m in chosen or []:
        if m == 1:
            total += (numerator * smooth / sp.diff(denominator, z)).subs(z, r)
        else:
            others = sp.Mul(*((z - q) ** k for q, k in poles if q is not r))
            cleared = numerator * smooth / (sp.Poly(denominator, z).LC() * others)
            total += sp.diff(cleared, z, m - 1).subs(z, r) / sp.factorial(m - 1)
    return (None if total.has(sp.nan, sp.zoo, sp.oo) else total), places


def _require_sides(poles: list[Any], context: Context) -> None:
    """That poles stay on the side of the line on which they are at a point of the parameters."""
    for r in poles:
        names = r.free_symbols
        if not names:
            continue
        height = sp.expand(sp.im(r, evaluate=True).doit() if not r.is_polynomial(*names) else r.as_real_imag()[1])
        if not height.free_symbols or not height.is_polynomial(*names) or height.is_positive or height.is_negative:
            continue
        (point,) = spot.points(names, context, 1)
        sign = spot.value(height, point)
        if sign is not None:
            context.require(lift(sp.Gt(height if sign.real > 0 else -height, 0), context))


def _real(value: Any, context: Context) -> Any:
    """A real value without the imaginary unit, where expansion shows it."""
    made = sp.expand(value, complex=True) if value.is_number else sp.simplify(value)
    if made.has(sp.I, sp.Pow) and not made.is_number:
        number, rest = made.as_independent(*made.free_symbols, as_Add=False)
        made = sp.expand(number, complex=True) * rest if not number.is_real or number.has(sp.I) else made
    return short(made, context)
