"""Infinite sums of rational functions, with or without alternating signs, by partial fractions.

With a = n - r for the first index n and a pole r, the sum of 1/(k - r)^j from n on is (-1)^j/(j - 1)! psi^(j-1)(a) for j > 1; terms with j = 1 have residues
that add up to 0 and give -psi(a) each. With signs (-1)^k it is half of one at a/2 less one at (a + 1)/2, for j = 1 too. Two conjugate poles at a distance from a
whole or half number give cotangents. Sources: DLMF 5.7.6, 5.15.1, 25.11.1; Abramowitz and Stegun 6.3.13.
"""

from __future__ import annotations

from fractions import Fraction
from math import factorial

from flint import fmpq, fmpq_poly

from twofold.catalogue.shapes import app
from twofold.grammar.term import Const
from twofold.symbolic.normal.convert import Converter
from twofold.symbolic.normal.field import UNIT, Element
from twofold.symbolic.normal.polygammas import polygamma_of
from twofold.symbolic.normal.polynomials import Poly
from twofold.symbolic.normal.powers import power
from twofold.symbolic.normal.raising import raised

HALF = Fraction(1, 2)
_MOST_POLES = 12
_FAR = 60
"""Distances of poles from the first index up to which they are brought to it."""


def rational_series(c: Converter, e: Element, g: int, low: int) -> Element | None:
    """The sum of a rational function of kernel g, perhaps times (-1)^g, from `low` to infinity; `None` where it does not converge, a term has no value,
    or the poles are of another kind."""
    minus = c.field.kernel(("ipow", "minus", ((g, 1),)))
    signed = all(dict(m).get(minus) == 1 for m in e.num)
    top = _row({tuple(x for x in m if x[0] != minus): v for m, v in e.num.items()} if signed else e.num, g)
    below = _row(e.den, g)
    if top is None or below is None or below.degree() - top.degree() < (1 if signed else 2):
        return _of_square(c, e, g, low)
    constant, factors = _factors(below)
    if constant is None or sum(n for _, n in factors) > _MOST_POLES:
        return _of_square(c, e, g, low)
    if any(r.denominator == 1 and r >= low or abs(r - low) > _FAR for r, _ in factors):
        return None
    f = c.field
    out = f.number(0)
    for r, n in factors:
        rest = below
        line = fmpq_poly([fmpq(-r.numerator, r.denominator), 1])
        for _ in range(n):
            rest = rest // line
        for j, x in enumerate(_expanded(top, rest, r, n)):
            order = n - j
            if x:
                term = _signed(c, order, low - r) if signed else _plain(c, order, low - r)
                out = f.add(out, f.mul(f.number(x), term))
    return f.neg(out) if signed and low % 2 else out


def _row(p: Poly, g: int) -> fmpq_poly | None:
    """A polynomial in kernel g alone; powers of it below 0 are not of this kind."""
    row: dict[int, fmpq] = {}
    for m, v in p.items():
        if m == ():
            row[0] = v
        elif len(m) == 1 and m[0][0] == g and isinstance(m[0][1], int) and 0 < m[0][1] <= 40:
            row[m[0][1]] = v
        else:
            return None
    return fmpq_poly([row.get(k, fmpq(0)) for k in range(max(row, default=0) + 1)])


def _factors(p: fmpq_poly) -> tuple[Fraction | None, list[tuple[Fraction, int]]]:
    """The poles with their orders; no constant where one is not rational."""
    found = []
    _, parts = p.numer().factor()
    for q, n in parts:
        if q.degree() != 1:
            return None, []
        found.append((Fraction(-int(q[0]), int(q[1])), int(n)))
    return Fraction(1), found


def _expanded(top: fmpq_poly, below: fmpq_poly, r: Fraction, n: int) -> list[Fraction]:
    """The first n Taylor coefficients of a quotient at r."""
    shift = fmpq_poly([fmpq(r.numerator, r.denominator), 1])
    a, b = top(shift), below(shift)
    out: list[fmpq] = []
    for k in range(n):
        value = a[k] if k <= a.degree() else fmpq(0)
        for i in range(k):
            value -= out[i] * (b[k - i] if k - i <= b.degree() else fmpq(0))
        out.append(value / b[0])
    return [Fraction(int(v.p), int(v.q)) for v in out]


def _plain(c: Converter, j: int, a: Fraction) -> Element:
    return c.field.mul(c.field.number(Fraction((-1) ** j, factorial(j - 1))), polygamma_of(c, j - 1, c.field.number(a)))


def _signed(c: Converter, j: int, a: Fraction) -> Element:
    """The sum of (-1)^n/(n + a)^j over n >= 0."""
    f = c.field
    gap = f.sub(polygamma_of(c, j - 1, f.number(a / 2)), polygamma_of(c, j - 1, f.number((a + 1) / 2)))
    return f.mul(f.number(Fraction((-1) ** j, factorial(j - 1) * 2**j)), gap)


def _of_square(c: Converter, e: Element, g: int, low: int) -> Element | None:
    """The sum of x/((k - p)^2 + s) for a positive s, perhaps a name, and a whole or half number p: pi*coth(pi*q)/(2q) - 1/(2q^2) from k = p + 1 on,
    pi*tanh(pi*q)/(2q) from k = p + 1/2 on, with q^2 = s."""
    from twofold.symbolic.normal.dependence import depends

    f = c.field
    if len(e.num) != 1 or any(depends(c, h, g) for m in e.num for h, _ in m):
        return None
    row: dict[int, Poly] = {}
    for m, v in e.den.items():
        powers = dict(m)
        k = powers.pop(g, 0)
        if not isinstance(k, int) or any(depends(c, h, g) for h in powers):
            return None
        row.setdefault(k, {})[tuple(sorted(powers.items()))] = v
    if not set(row) <= {0, 1, 2} or 2 not in row:
        return None
    lead, middle, last = (Element(row.get(k, {}), UNIT) for k in (2, 1, 0))
    p = f.mul(f.number(-HALF), f.div(middle, lead)).rational()
    if p is None or (2 * p).denominator != 1 or abs(p - low) > _FAR:
        return None
    s = f.sub(f.div(last, lead), f.number(p * p))
    if not s.num or len(s.den) > 1 or c.signs.of(s.num) != "+":
        return None
    q = power(c, s, f.number(HALF))
    turn = app("mul", Const("pi"), raised(c, q))
    pi = c(Const("pi"))
    if p.denominator == 1:
        total = f.sub(f.div(f.mul(pi, c(app("coth", turn))), f.mul(f.number(2), q)), f.div(f.number(1), f.mul(f.number(2), s)))
        first = int(p) + 1
    else:
        total = f.div(f.mul(pi, c(app("tanh", turn))), f.mul(f.number(2), q))
        first = int(p + HALF)
    for k in range(min(first, low), max(first, low)):
        term = f.inverse(f.add(f.number((k - p) ** 2), s))
        total = f.add(total, term) if low < first else f.sub(total, term)
    return f.mul(f.div(Element(e.num, UNIT), lead), total)


__all__ = ["rational_series"]
