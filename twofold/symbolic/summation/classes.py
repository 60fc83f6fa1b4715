"""Sums of powers b^k and powers of the index with floors, ceilings and remainders of k: a geometric series for each remainder of the common period."""

from __future__ import annotations

from typing import Any

import sympy as sp

from twofold.symbolic.summation.periods import classes

_HIGHEST = 4


def sum_by_classes(body: Any, k: Any, low: Any, high: Any) -> tuple[Any, Any] | None:
    """The sum over k = low..high and its condition: that the ratios are less than 1 in size, or are not 1 where the range is finite."""
    if not low.is_Integer or not (high is sp.oo or high.is_integer):
        return None
    j = sp.Dummy("j", integer=True)
    rows = classes(body, k, j)
    if rows is None:
        return None
    period = len(rows)
    total, asked = sp.S.Zero, sp.true
    for r, row in enumerate(rows):
        first = -((r - int(low)) // period)
        last = sp.oo if high is sp.oo else sp.floor((high - r) / sp.Integer(period))
        for t in sp.Add.make_args(sp.powsimp(sp.expand(row))):
            found = _geometric(t, j, first, last)
            if found is None:
                return None
            total, asked = total + found[0], sp.And(asked, found[1])
    return None if asked == sp.false else (total, asked)


def _geometric(t: Any, j: Any, first: int, last: Any) -> tuple[Any, Any] | None:
    """The sum of c*j^m*b^(s*j) over a range."""
    c, m, q, size = sp.S.One, 0, sp.S.One, sp.true
    for f in sp.Mul.make_args(t):
        base, e = (sp.E, f.args[0]) if isinstance(f, sp.exp) else f.as_base_exp()
        if not f.has(j):
            c *= f
        elif base == j and e.is_Integer and 0 < e <= _HIGHEST:
            m = int(e)
        elif base.has(j) or not sp.diff(e, j).is_Integer:
            return None
        else:
            slope = sp.diff(e, j)
            c, q = c * base ** e.subs(j, 0), q * base**slope
            size = sp.And(size, sp.Abs(base) < 1 if slope > 0 else sp.Abs(base) > 1)
    if c == 0:
        return sp.S.Zero, sp.true
    if q == 1:
        return None if last is sp.oo else (c * sp.summation(j**m, (j, first, last)), sp.true)
    x, bound = sp.Dummy("x"), sp.Dummy("n")
    value = x**first / (1 - x) if last is sp.oo else (x**first - x ** (bound + 1)) / (1 - x)
    for _ in range(m):
        value = x * sp.diff(value, x)
    return c * value.subs({x: q, bound: last}), (
        size if q.free_symbols or sp.Abs(q) >= 1 else sp.true
    ) if last is sp.oo else sp.Ne(q, 1)
