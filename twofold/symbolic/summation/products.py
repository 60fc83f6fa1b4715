"""Products of rational functions of an index: quotients of gamma functions, pairs of roots by reflection.

Source: DLMF 5.8.5 (infinite products), 5.4.3, 5.5.3 (reflection).
"""

from __future__ import annotations

from fractions import Fraction

from twofold.grammar.term import Const, var
from twofold.symbolic.normal.exponentials import HALF, circular, exp_of
from twofold.symbolic.normal.field import Element
from twofold.symbolic.normal.powers import power
from twofold.symbolic.normal.specials import gamma_of
from twofold.symbolic.summation.index import Index, NoRule, Row


def finite(x: Index, upper: Element) -> Element:
    """The product from `x.low` to an upper end of a rational function with factors of the first degree."""
    f = x.f
    above, below = (x.linear_factors(r) for r in x.quotient(x.at(var(x.symbol))))
    count = f.add(f.sub(upper, x.low), f.number(1))
    out = power(x.c, f.div(above[0], below[0]), count)
    for roots, way in ((above[1], 1), (below[1], -1)):
        for r in roots:
            start = f.add(x.low, r)
            _above_zero(x, start)
            part = f.div(gamma_of(x.c, f.add(start, count)), gamma_of(x.c, start))
            out = f.mul(out, part) if way > 0 else f.div(out, part)
    return out


def _above_zero(x: Index, start: Element) -> None:
    """Raises `NoRule` where the first factor is not known to be positive: gamma functions have poles there."""
    r = start.rational()
    if (r is not None and r > 0) or (r is None and len(start.den) == 1 and x.c.signs.of(start.num) == "+"):
        return
    raise NoRule


def infinite(x: Index) -> Element:
    """The product from `x.low` to infinity of a rational function that is 1 + O(1/k^2)."""
    f = x.f
    top, bottom = x.quotient(x.at(var(x.symbol)))
    if len(top) != len(bottom) or len(top) < 2:
        raise NoRule
    if not (f.equal(top[-1], bottom[-1]) and f.equal(top[-2], bottom[-2])):
        raise NoRule
    above, below = _from_roots(x, top), _from_roots(x, bottom)
    if not f.zeroed(above.num):
        raise NoRule
    return f.div(below, above)


def _from_roots(x: Index, row: Row) -> Element:
    """The product of gamma(low - root) over the roots, quadratic factors (k + h)^2 - s by reflection."""
    f = x.f
    out = f.number(1)
    for p, times in x.factors(row):
        if len(p) == 2:
            start = f.add(x.low, f.div(p[0], p[1]))
            r = start.rational()
            if r is None or (r.denominator == 1 and r <= 0):
                raise NoRule
            part = gamma_of(x.c, start)
        elif len(p) == 3:
            part = _pair(x, p)
        else:
            raise NoRule
        out = f.mul(out, f.power(part, times))
    return out


def _pair(x: Index, p: Row) -> Element:
    """gamma(u + s)*gamma(u - s) with s^2 rational times a square, u a half or whole number."""
    f = x.f
    half = f.div(p[1], f.mul(f.number(2), p[2]))
    start = f.add(x.low, half).rational()
    square = f.sub(f.mul(half, half), f.div(p[0], p[2]))
    if start is None or start.denominator > 2 or abs(start) > 40:
        raise NoRule
    pi = x.c(Const("pi"))
    sign = _sign(x, square)
    size = power(x.c, square if sign > 0 else f.neg(square), f.number(HALF))
    angle = f.mul(pi, size)
    if sign > 0:
        cos, sin = circular(x.c, angle)
    else:
        up, down = exp_of(x.c, angle), exp_of(x.c, f.neg(angle))
        cos, sin = (f.mul(f.number(HALF), e) for e in (f.add(up, down), f.sub(up, down)))
    if not f.zeroed((cos if start.denominator == 2 else sin).num):
        raise NoRule
    if start.denominator == 2:
        out, first = f.div(pi, cos), HALF
    else:
        out, first = f.div(f.mul(pi, size), sin), Fraction(1)
    for i in range(int(start - first)):
        out = f.mul(out, f.sub(f.number((first + i) ** 2), square))
    for i in range(int(start - first), 0):
        out = f.div(out, f.sub(f.number((first + i) ** 2), square))
    return out


def _sign(x: Index, e: Element) -> int:
    r = e.rational()
    if r is not None and r:
        return 1 if r > 0 else -1
    s = x.c.signs.of(e.num) if e.num and len(e.den) == 1 else None
    if s not in ("+", "-"):
        raise NoRule
    return 1 if s == "+" else -1
