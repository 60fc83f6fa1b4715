"""Polylogarithms of multiseries: power series at 0; the dilogarithm also at 1, at -infinity and at the points before 1.

Source: DLMF 25.12.2, 25.12.4 (with -1/z), 25.12.6.
"""

from __future__ import annotations

from flint import fmpq

from twofold.grammar.term import Const
from twofold.symbolic.asymptotic.constants import ONE, ZERO, NotReal, Number, Undecided
from twofold.symbolic.asymptotic.elementary import HALF
from twofold.symbolic.asymptotic.multiseries import Series, Value
from twofold.symbolic.asymptotic.special import Special


def polylog(r: Special, order: Value, v: Value) -> Value:
    """Li of an order that is a number. Raises `Undecided`, and `NotReal` beyond 1."""
    if not isinstance(order, fmpq):
        raise Undecided
    if order == 1:
        return r.neg(r.log(r.sub(ONE, v)))
    if not isinstance(v, Series):
        if r.k.compare(v, ONE) > 0:
            raise NotReal
        return r._constant("polylog", order, v)
    if r.trend(v) > 0:
        return _far(r, order, v)
    c = r.limit(v)
    assert c is not None
    if r.k.is_zero(c):
        if order.q != 1:
            raise Undecided
        return r._small_composed(v, [ZERO, *(fmpq(k) ** int(-order) for k in range(1, r.terms + 1))], None)
    if order != 2:
        raise Undecided
    side = r.k.compare(c, ONE)
    if side > 0 or (side == 0 and r.sign(r.sub(v, ONE)) > 0):
        raise NotReal
    return _beside_one(r, v) if side == 0 else r._small_composed(r.sub(v, c), _taylor(r, c), None)


def _far(r: Special, order: fmpq, v: Series) -> Value:
    """Li2(v) = -pi^2/6 - log(-v)^2/2 - Li2(1/v) for v < 0."""
    if r.sign(v) > 0:
        raise NotReal
    if order != 2:
        raise Undecided
    size = r.log(r.neg(v))
    return r.sub(r.sub(r.neg(_sixth(r)), r.mul(HALF, r.mul(size, size))), polylog(r, order, r.inverse(v)))


def _beside_one(r: Special, v: Series) -> Value:
    """Li2(v) = pi^2/6 - log(v) log(1 - v) - Li2(1 - v)."""
    gap = r.sub(ONE, v)
    return r.sub(r.sub(_sixth(r), r.mul(r.log(v), r.log(gap))), polylog(r, fmpq(2), gap))


def _sixth(r: Special) -> Number:
    return r.k.mul(fmpq(1, 6), r.k.power(r.k.of(Const("pi")), fmpq(2)))


def _taylor(r: Special, c: Number) -> list[Value]:
    """The coefficients of Li2 at a point before 1 that is not 0, by those of its derivative -log(1 - v)/v."""
    k, n = r.k, r.terms
    gap = k.sub(ONE, c)
    logs = [k.neg(k.log(gap)), *(k.mul(fmpq(1, i), k.power(k.inverse(gap), fmpq(i))) for i in range(1, n))]
    out: list[Value] = [r._constant("polylog", fmpq(2), c)]
    for i in range(n):
        total: Number = ZERO
        for j in range(i + 1):
            step = k.power(k.neg(k.inverse(c)), fmpq(i - j))
            total = k.add(total, k.mul(k.mul(logs[j], step), k.inverse(c)))
        out.append(k.mul(fmpq(1, i + 1), total))
    return out
