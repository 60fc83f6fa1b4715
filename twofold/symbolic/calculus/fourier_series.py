"""Sums of sines and cosines of multiples over powers: Bernoulli polynomials, and the logarithm of a sine.

With 0 <= a <= 2*pi, sum(cos(j*a)/j^(2n)) is (-1)^(n-1)*(2*pi)^(2n)*B_2n(a/(2*pi))/(2*(2n)!), the same with sines for odd powers; sum(cos(j*a)/j) is
-log(2*sin(a/2)) for 0 < a < 2*pi. Over odd j it is the sum over all less that over even ones, and signs turn the angle. With a factor r^j it is the
logarithm of 1 - r*exp(im*a). Source: DLMF 24.8.1, 24.8.2, 4.6.1.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import sympy as sp
from sympy.simplify.fu import TR7, TR8

from twofold.symbolic.calculus.rational_series import rational_sum
from twofold.symbolic.summation.geometric import geometric

_LATEST = 20


class Waves(NamedTuple):
    """factor*ratio^j*wave(j*angle)/j^power over all j from 1 on, or over the odd ones."""

    factor: Any
    ratio: Any
    wave: Any
    angle: Any
    power: int
    odd: bool


def fourier_series(body: Any, k: Any, low: Any) -> tuple[Any, Any] | None:
    """The sum over k = low..oo and its condition on the angle, or `None`."""
    if not body.has(sp.sin, sp.cos):
        return None
    plain = _series(body, k, low)
    if plain is not None:
        return plain
    total, condition = sp.S.Zero, sp.true
    for t in sp.Add.make_args(sp.expand_mul(TR8(TR7(body)))):
        found = _series(t, k, low) if t.has(sp.sin, sp.cos) else (rational_sum(t, k, low), sp.true)
        if found is None or found[0] is None:
            return None
        total, condition = total + found[0], sp.And(condition, found[1])
    return None if condition == sp.false else (total, condition)


def _series(body: Any, k: Any, low: Any) -> tuple[Any, Any] | None:
    """The same for one wave."""
    found = _read(body, k, low)
    if found is None:
        return None
    if isinstance(found, int):
        # From the first term on, less those before the start.
        whole = _series(body, k, low - found)
        return None if whole is None else (whole[0] - sum(body.subs(k, low - i) for i in range(1, found + 1)), whole[1])
    if found.ratio != 1:
        return _damped(found)
    c, _, wave, a, m, odd = found
    turn = sp.pi if odd else 2 * sp.pi
    if a.is_number and a.is_real:
        # Into one turn, or half of one.
        a = a - 2 * sp.pi * sp.floor(a / (2 * sp.pi))
        if odd and a > sp.pi:
            a, c = 2 * sp.pi - a, (-c if wave is sp.sin else c)
    if m > 1 and (m % 2 == 0) is not (wave is sp.cos):
        return None
    value = _all(wave, a, m)
    if odd:
        value = _tangent(a) if m == 1 and wave is sp.cos else value - _all(wave, 2 * a, m) / 2**m
    inside = sp.And(a > 0, a < turn) if m == 1 else sp.And(a >= 0, a <= turn)
    return c * sp.expand(value) if m > 1 or wave is sp.sin else c * value, inside


def _tangent(a: Any) -> Any:
    return -sp.log(sp.tan(a / 2)) / 2


def _all(wave: Any, a: Any, m: int) -> Any:
    """The sum over all j for an angle in one turn."""
    if m == 1:
        return (sp.pi - a) / 2 if wave is sp.sin else -sp.log(2 * sp.sin(a / 2))
    whole = 2 * sp.pi
    return (-1) ** (m // 2 - 1) * whole**m * sp.bernoulli(m, a / whole) / (2 * sp.factorial(m))


def _damped(found: Waves) -> tuple[Any, Any] | None:
    """The real or imaginary part of -log(1 - r*exp(im*a))."""
    c, r, wave, a, m, odd = found
    if m != 1 or odd:
        return None
    if wave is sp.cos:
        value = -sp.log(1 - 2 * r * sp.cos(a) + r**2) / 2
    else:
        value = sp.atan(r * sp.sin(a) / (1 - r * sp.cos(a)))
    return c * value, sp.Abs(r) < 1


def _read(body: Any, k: Any, low: Any) -> Waves | int | None:
    """The parts of a term, or how many terms stand before the start."""
    c, wave, below = sp.S.One, None, []
    r, rest = geometric(body, k)
    signs = r == -1
    for f in sp.Mul.make_args(rest):
        base, e = f.as_base_exp()
        if not f.has(k):
            c *= f
        elif isinstance(f, (sp.sin, sp.cos)) and wave is None:
            wave = f
        elif base.is_polynomial(k) and base.has(k) and e.is_Integer and e < 0:
            below.append((base, -int(e)))
        else:
            return None
    if wave is None or len(below) != 1:
        return None
    ((base, m),) = below
    step = sp.diff(base, k)
    a = sp.cancel(wave.args[0] / base)
    start = sp.sympify(base.subs(k, low))
    if step not in (1, 2) or not start.is_Integer or not 0 < start <= _LATEST or (start - 1) % step or a.has(k):
        return None
    if start > 1:
        return int((start - 1) / step)
    odd, kind = step == 2, type(wave)
    # r^k is r^(j - shift) with j the index that starts at 1.
    shift = base.subs(k, 0)
    if odd and not signs and r != 1:
        return None
    if signs and not odd:
        # (-1)^j turns the angle by half a turn.
        return Waves(c * (-1) ** shift, sp.S.One, kind, a + sp.pi, m, False)
    if signs:
        # With j = 2*i + 1, cos(j*(a + pi/2)) is -(-1)^i*sin(j*a), and sin(j*(a + pi/2)) is (-1)^i*cos(j*a).
        first = (-1) ** ((shift - 1) // 2)
        turned = sp.cos if kind is sp.sin else sp.sin
        return Waves(first * (-c if kind is sp.sin else c), sp.S.One, turned, a + sp.pi / 2, m, True)
    return Waves(c * r ** (-shift), r, kind, a, m, odd)
