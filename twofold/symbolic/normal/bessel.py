"""Bessel and Airy functions in normal form: orders shifted to two neighbouring ones, half-odd orders elementary, values at 0.

Sources: DLMF 10.6, 10.29 (recurrences), 10.16, 10.39 (half-odd orders), 9.2 (Airy functions at 0).
"""

from __future__ import annotations

from fractions import Fraction

from twofold.grammar.term import App, Const
from twofold.symbolic.normal import polynomials as P
from twofold.symbolic.normal.convert import Converter, rule
from twofold.symbolic.normal.exponentials import circular, exp_of
from twofold.symbolic.normal.field import Element
from twofold.symbolic.normal.polygammas import constant_part
from twofold.symbolic.normal.powers import power
from twofold.symbolic.normal.specials import gamma_of

HALF = Fraction(1, 2)
_FAR = 30
_SIGNS = {"besselj": (1, -1), "bessely": (1, -1), "besseli": (-1, 1), "besselk": (1, 1)}
"""The next order as a*(2*n/x) times the present one and b times the one before."""


@rule("besselj", "bessely", "besseli", "besselk")
def _bessel(c: Converter, t: App) -> Element:
    if not c.field.real:
        return c.function(t)
    return bessel_of(c, t.op, c(t.args[0]), c(t.args[1]))


def bessel_of(c: Converter, op: str, order: Element, x: Element) -> Element:
    """A Bessel function over two orders whose rational terms lie in [0, 2), or over -1/2 and 1/2."""
    f = c.field
    r = order.rational()
    if op == "besselk" and (P.leading_sign(order.num) < 0 if order.num else False):
        return bessel_of(c, op, f.neg(order), x)
    sign = 1
    if r is not None and r.denominator == 1:
        if r < 0:
            order, r, sign = f.neg(order), -r, 1 if op in ("besseli", "besselk") or r % 2 == 0 else -1
        if x.num and P.leading_sign(x.num) < 0 and op in ("besselj", "besseli"):
            x, sign = f.neg(x), sign * (1 if r % 2 == 0 else -1)
        if not x.num and op in ("besselj", "besseli"):
            return f.number(1 if r == 0 else 0)
    shift = constant_part(order)
    whole = int(shift // 1)
    base = f.sub(order, f.number(whole))
    if base.rational() == HALF:
        base, whole = f.sub(base, f.number(1)), whole + 1
    if abs(whole) > _FAR or not x.num:
        return c.opaque(op, [order.key, x.key])
    pair = [_kernel(c, op, base, x), _kernel(c, op, f.add(base, f.number(1)), x)]
    a, b = _SIGNS[op]
    at = 1  # The order of pair[1] above the base.
    while at < whole:
        step = f.div(f.mul(f.number(2 * a), f.add(base, f.number(at))), x)
        pair = [pair[1], f.add(f.mul(step, pair[1]), f.mul(f.number(b), pair[0]))]
        at += 1
    while at - 1 > whole:
        step = f.div(f.mul(f.number(2 * a), f.add(base, f.number(at - 1))), x)
        pair = [f.mul(f.number(b), f.sub(pair[1], f.mul(step, pair[0]))), pair[0]]
        at -= 1
    out = pair[0] if at > whole else pair[1]
    return f.neg(out) if sign < 0 else out


def _kernel(c: Converter, op: str, order: Element, x: Element) -> Element:
    f = c.field
    r = order.rational()
    if r not in (HALF, -HALF):
        return c.opaque(op, [order.key, x.key])
    pi = c(Const("pi"))
    if op == "besselk":
        return f.mul(power(c, f.div(pi, f.mul(f.number(2), x)), f.number(HALF)), exp_of(c, f.neg(x)))
    scale = power(c, f.div(f.number(2), f.mul(pi, x)), f.number(HALF))
    if op == "besseli":
        up, down = exp_of(c, x), exp_of(c, f.neg(x))
        both = f.sub(up, down) if r == HALF else f.add(up, down)
        return f.mul(scale, f.mul(f.number(HALF), both))
    cos, sin = circular(c, x)
    if op == "besselj":
        return f.mul(scale, sin if r == HALF else cos)
    return f.mul(scale, f.neg(cos) if r == HALF else sin)


_AIRY = {
    "airyai": (1, Fraction(-2, 3), Fraction(2, 3)),
    "airybi": (1, Fraction(-1, 6), Fraction(2, 3)),
    "airyaiprime": (-1, Fraction(-1, 3), Fraction(1, 3)),
    "airybiprime": (1, Fraction(1, 6), Fraction(1, 3)),
}
"""The value at 0: a sign, a power of 3, and what gamma is divided by at."""


@rule("airyai", "airybi", "airyaiprime", "airybiprime")
def _airy(c: Converter, t: App) -> Element:
    f = c.field
    x = c(t.args[0])
    if x.num:
        return c.opaque(t.op, [x.key])
    sign, exponent, at = _AIRY[t.op]
    return f.div(f.mul(f.number(sign), power(c, f.number(3), f.number(exponent))), gamma_of(c, f.number(at)))
