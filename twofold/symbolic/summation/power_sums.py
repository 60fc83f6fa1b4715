"""Infinite sums of R(k)*r^k with a rational function R of rational numbers: partial fractions, and the Lerch function at simple arguments.

Sources: DLMF 25.14 (Lerch), 5.7.6, 5.9.16 (alternating sums by digamma functions), 25.12 (polylogarithms).
"""

from __future__ import annotations

from fractions import Fraction
from math import factorial

from flint import fmpq, fmpq_poly

from twofold.grammar.term import App, num, var
from twofold.symbolic.normal.closed_sums import contracts, geometric, ratio_of
from twofold.symbolic.normal.dependence import depends
from twofold.symbolic.normal.exponentials import HALF
from twofold.symbolic.normal.field import Element
from twofold.symbolic.normal.polygammas import polygamma_of, zeta_of
from twofold.symbolic.normal.powers import logarithm, power
from twofold.symbolic.normal.raising import raised
from twofold.symbolic.summation.index import Index, NoRule

FAR = 40


def infinite(x: Index) -> Element:
    """The sum from `x.low`, a whole number, to infinity. Raises `NoRule`."""
    low = x.low.rational()
    if low is None or low.denominator != 1:
        raise NoRule
    outer, r, top, bottom = _parts(x)
    one = x.f.number(1)
    turning = x.f.equal(r, x.f.neg(one))
    if not turning and not contracts(x.c, r):
        raise NoRule
    whole, rest = divmod(top, bottom)
    if turning and whole != 0:
        raise NoRule
    polynomial, out = x.f.number(0), x.f.number(0)
    for i in range(whole.length()):
        if whole[i]:
            polynomial = x.f.add(polynomial, x.f.mul(_number(x, whole[i]), geometric(x.c, i, r, x.low)))
    for alpha, j, c in _fractions(rest, bottom):
        if alpha.q == 1 and low + int(alpha.p) <= 0:
            raise NoRule
        start = Fraction(int(alpha.p), int(alpha.q)) + low
        out = x.f.add(out, x.f.mul(_number(x, c), _lerch(x, r, j, start, turning)))
    return x.f.mul(outer, x.f.add(polynomial, x.f.mul(out, power(x.c, r, x.low))))


def _number(x: Index, q: fmpq) -> Element:
    return x.f.number(Fraction(int(q.p), int(q.q)))


def _parts(x: Index) -> tuple[Element, Element, fmpq_poly, fmpq_poly]:
    """outer, r, p, q with the terms outer*r^k*p(k)/q(k)."""
    f = x.f
    e = x.at(var(x.symbol))
    if not e.num:
        raise NoRule
    waves = {tuple(y for y in m if y[0] != x.g and depends(x.c, y[0], x.g)) for m in e.num}
    if len(waves) != 1:
        raise NoRule
    wave = waves.pop()
    shape = ratio_of(x.c, wave, x.g)
    if not wave or shape is None or shape[0] != 0:
        raise NoRule
    rest = f.div(e, f.monomial(wave))
    above, below = x.quotient(rest)
    outer = f.div(above[-1], below[-1])
    rows = []
    for row in (above, below):
        made = [f.div(v, row[-1]).rational() for v in row]
        if None in made:
            raise NoRule
        rows.append(fmpq_poly([fmpq(v.numerator, v.denominator) for v in made if v is not None]))
    return outer, shape[1], rows[0], rows[1]


def _fractions(top: fmpq_poly, bottom: fmpq_poly) -> list[tuple[fmpq, int, fmpq]]:
    """(alpha, j, c) of the partial fractions c/(k + alpha)^j. Raises `NoRule` for poles that are not rational."""
    scale, found = bottom.factor()
    out = []
    for p, m in found:
        if p.degree() != 1:
            raise NoRule
        alpha = p[0] / p[1]
        others = fmpq_poly([scale * p[1] ** m])
        for q, n in found:
            if q != p:
                others *= q**n
        # Coefficients of top/others in powers of k + alpha.
        step = fmpq_poly([-alpha, 1])
        u, v = top(step), others(step)
        series: list[fmpq] = []
        for i in range(m):
            total = u[i] - sum((series[j] * v[i - j] for j in range(i)), fmpq(0))
            series.append(total / v[0])
        out += [(alpha, m - i, s) for i, s in enumerate(series) if s]
    return out


def _lerch(x: Index, r: Element, j: int, start: Fraction, turning: bool) -> Element:
    """sum of r^i/(i + start)^j over i = 0, 1, …, start being no whole number below 1."""
    f = x.f
    steps = -(-start // 1) - 1
    base = start - steps
    if abs(steps) > FAR:
        raise NoRule
    out = _base(x, r, j, base, turning)
    for i in range(int(steps)):
        # Phi(r, j, s) = 1/s^j + r*Phi(r, j, s + 1).
        out = f.div(f.sub(out, f.number(1 / (base + i) ** j)), r)
    for i in range(int(-steps)):
        out = f.add(f.number(1 / (base - 1 - i) ** j), f.mul(r, out))
    return out


def _base(x: Index, r: Element, j: int, base: Fraction, turning: bool) -> Element:
    f, c, one = x.f, x.c, x.f.number(1)
    if base == 1 and j == 1:
        return f.neg(f.div(logarithm(c, f.sub(one, r)), r))
    if turning and base == 1:
        return f.mul(f.number(1 - Fraction(2) ** (1 - j)), zeta_of(c, j))
    if turning and base != HALF:
        raise NoRule  # Digamma functions of other fractions are not written by simpler ones here.
    if turning:
        parts = [polygamma_of(c, j - 1, f.number(s)) for s in (base / 2, (base + 1) / 2)]
        weight = Fraction((-1) ** j, factorial(j - 1) * 2**j)
        return f.mul(f.number(weight), f.sub(parts[0], parts[1]))
    if base == 1:
        return f.div(x.of(App("polylog", (num(j), raised(c, r)))), r)
    if base == HALF and j == 1:
        sign = c.signs.of(r.num) if len(r.den) == 1 else None
        known = r.rational()
        if known is not None:
            sign = "+" if known > 0 else "-"
        if sign == "+":
            s = power(c, r, f.number(HALF))
            return f.div(logarithm(c, f.div(f.add(one, s), f.sub(one, s))), s)
        if sign == "-":
            s = power(c, f.neg(r), f.number(HALF))
            return f.div(f.mul(f.number(2), x.of(App("atan", (raised(c, s),)))), s)
    raise NoRule
