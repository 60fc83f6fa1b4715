"""Sums in closed form by theorems: powers, geometric and arithmetic-geometric sums, finite and infinite."""

from __future__ import annotations

from fractions import Fraction
from math import comb

from flint import fmpq

from twofold.catalogue.shapes import app
from twofold.grammar.term import (
    Bound,
    Symbol,
    num,
)
from twofold.symbolic.normal import polynomials as P
from twofold.symbolic.normal.bound_names import s_key
from twofold.symbolic.normal.convert import Converter
from twofold.symbolic.normal.dependence import depends, separate
from twofold.symbolic.normal.exponentials import exp_of
from twofold.symbolic.normal.field import UNIT, Element
from twofold.symbolic.normal.pieces import is_positive, is_real, pieces
from twofold.symbolic.normal.polygammas import polygamma_of
from twofold.symbolic.normal.polynomials import Mono
from twofold.symbolic.normal.power_series import logarithmic
from twofold.symbolic.normal.powers import power
from twofold.symbolic.normal.rational_sums import rational_series
from twofold.symbolic.normal.sums import nonnegative
from twofold.symbolic.normal.telescoping import telescoped

_HIGHEST = 8
"""The power of the index up to which finite sums with powers of a number are closed."""


def sum_of(c: Converter, inner: Element, g: int, s: Symbol, lower: Element, upper: Element, count: Element) -> Element:
    f = c.field
    known = nonnegative(c, count)
    if inner.rational() == 1:
        if known:
            return count
        return c.opaque("count", [count.key])
    if len(inner.num) == 1 and len(inner.den) == 1 and known:
        (m, v) = next(iter(inner.num.items()))
        if m == ((g, -1),) and v == 1 and lower.rational() == 1:
            return f.add(polygamma_of(c, 0, f.add(upper, f.number(1))), f.atom(("sym", "euler_gamma")))
        if len(m) == 1 and m[0][0] == g and isinstance(m[0][1], int) and 0 < m[0][1] <= 16:
            return f.mul(
                f.number(Fraction(int(v.p), int(v.q))),
                f.sub(_faulhaber(c, upper, m[0][1]), _faulhaber(c, f.sub(lower, f.number(1)), m[0][1])),
            )
        ratio = ratio_of(c, m, g)
        if ratio is not None and v == 1:
            degree, r, first = ratio
            if (
                degree <= _HIGHEST
                and f.zeroed(f.sub(r, f.number(1)).num)
                and (not _turns(c, r) or c.continuous(r) or c.nonzero(f.sub(r, f.number(1))))
            ):
                after = f.add(upper, f.number(1))
                if degree:
                    # What is summed without an end for |r| < 1 is, as a rational function, right for finite sums with any r but 1.
                    return f.mul(first, f.sub(geometric(c, degree, r, lower), geometric(c, degree, r, after)))
                top = f.sub(power(c, r, lower), power(c, r, after))
                return f.mul(first, f.div(top, f.sub(f.number(1), r)))
        whole = _whole_law(c, m, g, lower, upper)
        if whole is not None:
            return whole
    return _with_sign(c, c.opaque("sum", [s_key(s), inner.key, lower.key, upper.key]), inner, count)


def _with_sign(c: Converter, total: Element, inner: Element, count: Element) -> Element:
    """The kernel of a sum, which is positive where its terms are and there is one, and not negative where they are not."""
    one = len(inner.den) == 1 and len(total.num) == 1 and len(total.den) == 1
    sign = c.signs.of(inner.num) if one else None
    if sign in ("+", "0+") and all(v > 0 for v in total.num.values()):
        some = len(count.den) == 1 and c.signs.of(count.num) == "+"
        c.signs.learn(total.num, sign if some else "0+")
    return total


def _turns(c: Converter, r: Element) -> bool:
    """Whether roots of unity with names in them stand in a ratio: it is 1 at some whole numbers then."""
    kinds = {c.field.kernels[g][:2] for p in (r.num, r.den) for g in P.generators(p)}
    return any(k[0] in ("cis", "phase") or k == ("ipow", "minus") for k in kinds)


def _whole_law(c: Converter, m: Mono, g: int, lower: Element, upper: Element) -> Element | None:
    """The sum of all entries of a probability vector is 1."""
    if len(m) != 1 or m[0][1] != 1 or lower.rational() != 1:
        return None
    key = c.field.kernels[m[0][0]]
    if key[0] != "index" or len(key) != 3 or key[2] != c.field.monomial(((g, 1),)).key:
        return None
    s = key[1]
    if not ({"probability", "onehot"} & s.properties):
        return None
    d = s.shape[0]
    size = c.field.number(d) if isinstance(d, int) else c(d)
    return c.field.number(1) if c.field.equal(size, upper) else None


def _faulhaber(c: Converter, n: Element, p: int) -> Element:
    """1^p + … + n^p as a polynomial in n."""
    from flint import fmpq as q

    f = c.field
    bernoulli = [q(1)]
    for m in range(1, p + 1):
        total = q(0)
        for k in range(m):
            total += comb(m + 1, k) * bernoulli[k]
        bernoulli.append(-total / (m + 1))
    out = f.number(0)
    for k in range(p + 1):
        b = bernoulli[k] if k != 1 else q(1, 2)
        coefficient = b * comb(p + 1, k) / (p + 1)
        out = f.add(out, f.mul(f.number(Fraction(int(coefficient.p), int(coefficient.q))), f.power(n, p + 1 - k)))
    return out


def ratio_of(c: Converter, m: Mono, g: int) -> tuple[int, Element, Element] | None:
    """(degree, r, factor) where the monomial is factor * k^degree * r^k."""
    f = c.field
    degree, r, first = 0, f.number(1), f.number(1)
    for h, e in m:
        if h == g:
            if not isinstance(e, int) or e < 0:
                return None
            degree = e
            continue
        key = f.kernels[h]
        if key[0] == "exp" and key[2] is None:
            rest = tuple(x for x in key[1] if x[0] != g)
            if dict(key[1]).get(g) != 1 or any(depends(c, x[0], g) for x in rest):
                return None
            r = f.mul(r, exp_of(c, f.mul(f.number(Fraction(e)), f.monomial(rest))))
        elif key[0] == "ipow" and len(key) == 3 and key[2] == ((g, 1),) and isinstance(e, int):
            base = f.number(-1) if key[1] == "minus" else Element(dict(key[1]), UNIT)
            if any(depends(c, x, g) for x in P.generators(base.num)):
                return None
            r = f.mul(r, f.power(base, e))
        else:
            return None
    return degree, r, first


def endless_sum(c: Converter, t: Bound, s: Symbol, e: Element, g: int, lower: Element) -> Element:
    """Infinite sums: polynomials times r^k with |r| < 1 are summed; anything else is a kernel as a whole."""
    f = c.field
    if t.op == "sum" and e.num:
        parts = []
        for outer, inner in separate(c, e, g, split=True):
            m = next(iter(inner.num)) if len(inner.num) == 1 and len(inner.den) == 1 else None
            shape = ratio_of(c, m, g) if m is not None and inner.num[m] == 1 else None
            part: Element | None = None
            if shape is not None and shape[0] <= 12 and contracts(c, shape[1]):
                part = geometric(c, shape[0], shape[1], lower)
            elif lower.rational() == 1:
                part = logarithmic(c, inner, g)
            if part is None:
                break
            parts.append(f.mul(outer, part))
        else:
            return f.sum(parts)
        if lower.rational() == 1 and len(e.num) == 1 and len(e.den) == 1:
            ((m, v),) = e.num.items()
            order = dict(m).get(g, 0)
            free = tuple(x for x in m if x[0] != g)
            if isinstance(order, int) and order <= -2 and not any(depends(c, h, g) for h, _ in free):
                return f.mul(f.monomial(free, v), c(app("zeta", num(-order))))
            if (zeta := _zeta(c, m, g)) is not None:
                return f.mul(f.number(Fraction(int(v.p), int(v.q))), zeta)
    if not e.num:
        return f.number(0 if t.op == "sum" else 1)
    if t.op == "sum":
        ((outer, inner),) = separate(c, e, g, split=False)
        low = lower.rational()
        if low is not None and low.denominator == 1 and len(inner.den) * len(inner.num) > 1:
            left = telescoped(_quotient(c, inner), g, int(low))
            if left is not None:
                return f.mul(outer, f.number(left))
        if low is not None and low.denominator == 1 and c.field.real:
            made = rational_series(c, _quotient(c, inner), g, int(low))
            if made is not None:
                return f.mul(outer, made)
        return f.mul(outer, c.opaque("sum", [s_key(s), inner.key, lower.key, "oo"]))
    return c.opaque("prod", [s_key(s), e.key, lower.key, "oo"])


def _zeta(c: Converter, m: Mono, g: int) -> Element | None:
    """The sum of k^(-s) over k >= 1, where s > 1 is known; `None` for another term."""
    f = c.field
    found = pieces(c, f.monomial(m), g)
    if found is None or len(found) != 1 or found[0].exponent or found[0].other is not None or found[0].growth is not None:
        return None
    (p,) = found
    if p.shift is None or not is_real(c, p.shift):
        return None
    order = f.neg(f.add(p.shift, f.number(Fraction(p.degree))))
    return f.mul(p.factor, c.opaque("zeta", [order.key])) if is_positive(c, f.sub(order, f.number(1))) else None


def _quotient(c: Converter, e: Element) -> Element:
    """The same quotient without negative powers in the numerator."""
    low = P.lowest(e.num)
    below = tuple((g, -k) for g, k in low if k < 0)
    if not below:
        return e
    return Element(P.scaled(e.num, fmpq(1), below), P.scaled(e.den, fmpq(1), below))


def contracts(c: Converter, r: Element) -> bool:
    """Whether |r| < 1 is known."""
    f = c.field
    for d in (f.sub(f.number(1), r), f.add(f.number(1), r)):
        top = c.signs.of(d.num) if d.num else None
        below = "+" if len(d.den) == 1 else c.signs.of(d.den)
        if top is None or below is None or top != below or top not in ("+", "-"):
            return False
    return True


def geometric(c: Converter, degree: int, r: Element, lower: Element) -> Element:
    """sum of k^degree * r^k over k >= lower, for |r| < 1: with k = lower + j, by the sums of j^i r^j."""
    f = c.field
    one = f.number(1)
    gap = f.sub(one, r)
    table = []
    for i in range(degree + 1):
        # sum_j j^i r^j = r * A_i(r) / (1 - r)^(i+1) with the Eulerian numbers; for i = 0 it is 1/(1 - r).
        if i == 0:
            table.append(f.inverse(gap))
            continue
        top = f.number(0)
        for k in range(i):
            eulerian = sum((-1) ** j * comb(i + 1, j) * (k + 1 - j) ** i for j in range(k + 1))
            top = f.add(top, f.mul(f.number(eulerian), f.power(r, k + 1)))
        table.append(f.div(top, f.power(gap, i + 1)))
    out = f.number(0)
    for i in range(degree + 1):
        out = f.add(out, f.mul(f.mul(f.number(comb(degree, i)), f.power(lower, degree - i)), table[i]))
    return f.mul(out, power(c, r, lower)) if r.num else (out if not lower.num else f.number(0))
