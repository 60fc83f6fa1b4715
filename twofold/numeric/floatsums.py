"""Infinite sums and products in double precision: partial sums, accelerated where they converge slowly. NaN where two estimates differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from twofold.grammar.term import Bound
from twofold.numeric.floatquad import integral, taken
from twofold.numeric.outcomes import NoValue
from twofold.numeric.series import Series, aligned, new_tag
from twofold.numeric.wave_sums import levin, wave_sums

if TYPE_CHECKING:
    from twofold.numeric.evaluator import Evaluator

Value = Any

TERMS = 400
LENGTHS = (24, 40)
ACCEPTED = 1e-10


def infinite(e: Evaluator, t: Bound) -> Value:
    """The sum or product over a range with an infinite end."""
    m = e.arithmetic
    lower, upper = (e.value(a) for a in t.args)
    low, high = np.all(np.isinf(np.real(lower))), np.all(np.isinf(np.real(upper)))
    combine = m.add if t.op == "sum" else m.mul
    parts = []
    if low and high:
        parts = [_from(e, t, 0, 1), _from(e, t, -1, -1)]
    elif high:
        parts = [_from(e, t, m.integer(lower), 1)]
    else:
        parts = [_from(e, t, m.integer(upper), -1)]
    out = parts[0]
    for p in parts[1:]:
        out = combine(out, p)
    return out


def _from(e: Evaluator, t: Bound, start: int, way: int) -> Value:
    """All terms at once: the batch is repeated for every index."""
    m = e.arithmetic
    count = max([1, *(v.shape[0] for v in _arrays(list(e.values.values())))])
    index = np.tile(np.arange(TERMS), count)
    places = np.repeat(np.arange(count), TERMS)
    values = {s: taken(v, places) for s, v in e.values.items()}
    e.work.spend(TERMS * count // 100 + 1)
    terms = e.inner({**values, t.symbols[0]: m.dtype(1) * (start + way * index)}).value(t.body)
    out = _each(m, terms, count, t.op)
    if t.op == "prod" or isinstance(out, (tuple, Series)) or not np.any(np.isnan(out)):
        return out
    waves = wave_sums(e, t, start, way, count)
    if waves is not None:
        out = np.where(np.isnan(out), waves, out)
        if not np.any(np.isnan(out)):
            return out
    try:
        closed = [_maclaurin(e, t, start, way, n) for n in LENGTHS]
    except NoValue:
        return out
    agree = np.abs(closed[0] - closed[1]) <= ACCEPTED * (np.abs(closed[1]) + 1e-300)
    return np.where(np.isnan(out), np.where(agree, closed[1], np.nan), out)


def _maclaurin(e: Evaluator, t: Bound, start: int, way: int, n: int) -> Value:
    """The first n terms, and Euler and Maclaurin's formula for the rest, with derivatives from power series."""
    m = e.arithmetic
    symbol = t.symbols[0]
    total: Value = m.zero
    for k in range(n):
        total = total + e.inner({symbol: m.dtype(start + way * k)}).value(t.body)
    tag = new_tag()
    edge = m.dtype(start + way * n)
    row = e.inner({symbol: Series(tag, (edge, m.dtype(way), *(m.zero,) * 6))}).value(t.body)
    c = aligned(row, tag, 7, m.zero)
    # Bernoulli numbers over 2j, times the Taylor coefficients of odd order.
    total = total + c[0] / 2 - c[1] / 12 + c[3] / 120 - c[5] / 252 + c[7] / 240
    if way > 0:
        return total + integral(e, symbol, t.body, edge, m.dtype(np.inf))
    return total + integral(e, symbol, t.body, m.dtype(-np.inf), edge)


def _arrays(values: list[Value]) -> list[np.ndarray]:
    out: list[np.ndarray] = []
    for v in values:
        if isinstance(v, tuple):
            out += _arrays(list(v))
        elif isinstance(v, Series):
            out += _arrays(list(v.coefficients))
        elif isinstance(v, np.ndarray) and v.ndim:
            out.append(v)
    return out


def _each(m: Any, terms: Value, count: int, op: str) -> Value:
    if isinstance(terms, tuple):
        return tuple(_each(m, x, count, op) for x in terms)
    if isinstance(terms, Series):
        if op == "prod":
            logs = m.call("log", [terms])
            return m.call("exp", [_each(m, logs, count, "sum")])
        return Series(terms.tag, tuple(_each(m, c, count, op) for c in terms.coefficients))
    rows = np.broadcast_to(terms, (count * TERMS,)).reshape(count, TERMS)
    if op == "prod":
        if np.iscomplexobj(rows):
            return np.exp(_limits(np.cumsum(np.log(rows), axis=1)))
        # An error of a logarithm is a relative one of the product.
        sizes = _limits(np.cumsum(np.log(np.abs(rows)), axis=1), 1.0, 10 * ACCEPTED)
        return np.sign(rows).prod(axis=1) * np.exp(sizes)
    return _limits(np.cumsum(rows, axis=1))


def _limits(partial: np.ndarray, least: float = 1e-300, accepted: float = ACCEPTED) -> np.ndarray:
    """The limit of partial sums: the last one where they have settled, else by Levin's u-transform at two lengths."""
    last = partial[:, -1]
    scale = np.abs(partial).max(axis=1) + 1e-300
    settled = np.abs(partial[:, -1] - partial[:, -40]) <= 1e-13 * scale
    a, b = levin(partial[:, :13]), levin(partial[:, :14])
    agree = np.abs(a - b) <= accepted * (np.abs(b) + least)
    vanishing = np.abs(partial[:, -1] - partial[:, -2]) <= 0.9 * np.abs(partial[:, 100] - partial[:, 99])
    return np.where(settled, last, np.where(agree & vanishing, b, np.nan))
