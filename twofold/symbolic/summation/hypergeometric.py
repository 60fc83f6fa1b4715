"""Sums by theorems on hypergeometric series: the exponential and the binomial series, Gauss and Chu-Vandermonde.

Source: DLMF 15.4 (special values), 16.2 (definition).
"""

from __future__ import annotations

from twofold.grammar.term import App, Term
from twofold.symbolic.arithmetic import over, times
from twofold.symbolic.normal.closed_sums import contracts
from twofold.symbolic.normal.exponentials import exp_of
from twofold.symbolic.normal.field import Element
from twofold.symbolic.normal.powers import power
from twofold.symbolic.normal.raising import raised
from twofold.symbolic.normal.specials import gamma_of
from twofold.symbolic.normal.sums import nonnegative
from twofold.symbolic.summation.index import Index, NoRule


def summed(x: Index, upper: Element | None) -> Element | Term:
    """The sum from `x.low` to an upper end (`None`: infinity) where the series ends there by itself. Raises `NoRule`."""
    f = x.f
    p, q = x.ratio()
    above, below = x.linear_factors(p), x.linear_factors(q)
    z = f.div(above[0], below[0])
    a = [f.add(r, x.low) for r in above[1]]
    b = [f.add(r, x.low) for r in below[1]]
    one = f.number(1)
    if not _removed(x, b, one):
        a.append(one)
    for r in list(a):
        if _removed(x, b, r):
            a.remove(r)
    length = None if upper is None else f.sub(upper, x.low)
    if length is not None and (not _removed(x, list(a), f.neg(length)) or not nonnegative(x.c, length)):
        raise NoRule
    first = x.at(raised(x.c, x.low))
    found = _value(x, a, b, z, length)
    return times(raised(x.c, first), found) if isinstance(found, Term) else f.mul(first, found)


def _removed(x: Index, among: list[Element], e: Element) -> bool:
    """Whether an element stood in a list, from which it is taken."""
    for i, r in enumerate(among):
        if x.f.equal(r, e):
            del among[i]
            return True
    return False


def _value(x: Index, a: list[Element], b: list[Element], z: Element, length: Element | None) -> Element | Term:
    f, one = x.f, x.f.number(1)
    if not a and not b and length is None:
        return exp_of(x.c, z)
    if len(a) == 1 and not b:
        if length is None and not contracts(x.c, z):
            raise NoRule
        base = f.sub(one, z)
        if length is not None:
            return power(x.c, base, length)
        return power(x.c, base, f.neg(a[0]))
    if len(a) == 2 and len(b) == 1 and f.equal(z, one):
        (c,) = b
        if length is not None:
            other = list(a)
            _removed(x, other, f.neg(length))
            return _rising_quotient(x, f.sub(c, other[0]), c, length)
        gap = f.sub(f.sub(c, a[0]), a[1])
        if not _positive(x, gap):
            raise NoRule
        gammas = [_gamma(x, e) for e in (c, gap, f.sub(c, a[0]), f.sub(c, a[1]))]
        return over(times(gammas[0], gammas[1]), times(gammas[2], gammas[3]))
    raise NoRule


def _rising_quotient(x: Index, e: Element, d: Element, n: Element) -> Term:
    """e*(e + 1)*…*(e + n - 1) over the same of d, both positive."""
    if not (_positive(x, e) and _positive(x, d)):
        raise NoRule
    above = times(_gamma(x, x.f.add(e, n)), _gamma(x, d))
    return over(above, times(_gamma(x, e), _gamma(x, x.f.add(d, n))))


def _gamma(x: Index, e: Element) -> Term:
    """gamma(e), a number where it is one of whole numbers."""
    r = e.rational()
    known = r is not None and r.denominator == 1
    return raised(x.c, gamma_of(x.c, e)) if known else App("gamma", (raised(x.c, e),))


def _positive(x: Index, e: Element) -> bool:
    r = e.rational()
    if r is not None:
        return r > 0
    below = "+" if len(e.den) == 1 else x.c.signs.of(e.den)
    return bool(e.num) and below == "+" and x.c.signs.of(e.num) == "+"
