"""Sums from 0 by the binomial theorem and the exponential series, with powers of the index by falling factorials.

Sources: Graham, Knuth, Patashnik, Concrete Mathematics, 5.1 and 6.1.
"""

from __future__ import annotations

from twofold.grammar.term import Bound
from twofold.symbolic.normal import polynomials as P
from twofold.symbolic.normal.convert import Converter
from twofold.symbolic.normal.exponentials import exp_of
from twofold.symbolic.normal.field import UNIT, Element
from twofold.symbolic.normal.powers import power
from twofold.symbolic.normal.specials import gamma_of


def from_zero(c: Converter, t: Bound, e: Element, g: int, upper: Element | None) -> Element | None:
    """The sum of an element over kernel g from 0 to `upper` (None: infinity), or None where no theorem applies."""
    from twofold.symbolic.normal.closed_sums import ratio_of
    from twofold.symbolic.normal.dependence import separate

    if t.op != "sum" or not e.num or (upper is not None and not nonnegative(c, upper)):
        return None
    f = c.field
    k = f.monomial(((g, 1),))
    # Times the factorials: (n - 1)! below is kept as n!/n, so that they are not looked for as they stand.
    weight = gamma_of(c, f.add(k, f.number(1)))
    if upper is not None:
        weight = f.mul(weight, gamma_of(c, f.add(f.sub(upper, k), f.number(1))))
    out = f.number(0)
    for outer, inner in separate(c, f.mul(e, weight), g, split=True):
        if len(inner.den) > 1 or len(inner.num) != 1:
            return None
        ((m, v),) = inner.num.items()
        found = ratio_of(c, m, g)
        if found is None or found[0] > 12:
            return None
        degree, r, _ = found
        part = _exponential(c, degree, r) if upper is None else _binomial(c, degree, r, upper)
        out = f.add(out, f.mul(f.mul(outer, Element(P.constant(v), UNIT)), part))
    return out


def nonnegative(c: Converter, u: Element) -> bool:
    """Whether a count is known not to be negative, so that a range is not reversed."""
    return not u.num or (len(u.den) == 1 and c.signs.of(u.num) in ("+", "0+"))


def _stirling(j: int) -> list[int]:
    """Stirling numbers of the second kind S(j, 0), …, S(j, j)."""
    row = [1]
    for n in range(1, j + 1):
        row = [0] + [row[i - 1] + i * (row[i] if i < n else 0) for i in range(1, n + 1)]
    return row


def _exponential(c: Converter, degree: int, r: Element) -> Element:
    """sum k^j r^k/k! = exp(r) sum_i S(j, i) r^i."""
    f = c.field
    return f.mul(exp_of(c, r), f.sum([f.mul(f.number(s), f.power(r, i)) for i, s in enumerate(_stirling(degree)) if s]))


def _binomial(c: Converter, degree: int, r: Element, n: Element) -> Element:
    """sum k^j r^k/(k! (n-k)!) = sum_i S(j, i) r^i n(n-1)…(n-i+1) (1 + r)^(n-i) / n!."""
    f = c.field
    base = f.add(f.number(1), r)
    out = f.number(0)
    for i, s in enumerate(_stirling(degree)):
        if not s:
            continue
        falling = f.number(s)
        for j in range(i):
            falling = f.mul(falling, f.sub(n, f.number(j)))
        out = f.add(out, f.mul(f.mul(falling, f.power(r, i)), power(c, base, f.sub(n, f.number(i)))))
    return f.div(out, gamma_of(c, f.add(n, f.number(1))))
