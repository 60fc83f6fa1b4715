"""Sums of polynomials in the index and in floor((p*k + q)/m), ceilings, remainders and signs of these: quasi-polynomials of the end.

The index is put as P*j + r for each remainder r of the common period P; the sums are polynomials then, one for each remainder of the end. Source: Graham,
Knuth, Patashnik, "Concrete Mathematics", section 3.4; Stanley, "Enumerative Combinatorics" I, section 4.4.
"""

from __future__ import annotations

from math import lcm
from typing import Any

import sympy as sp

_LONGEST, _WRITTEN = 24, 4
"""The longest period that is looked at, and the longest for which a remainder of the end is written."""
_STEPS = (sp.floor, sp.ceiling, sp.Mod)


def periodic_sum(body: Any, k: Any, low: Any, high: Any) -> Any:
    """The sum over k = low..high, for a whole number `low` and any whole `high` not below low - 1; `None` for other terms."""
    if not body.has(*_STEPS) or not low.is_Integer or not high.is_integer or not high.is_finite:
        return None
    j = sp.Dummy("j", integer=True, nonnegative=True)
    rows = classes(body, k, j)
    if rows is None or any(not row.is_polynomial(j) for row in rows):
        return None
    period = len(rows)
    first = int(low)
    before = sum((_at(rows, j, i) for i in range(first)), sp.S.Zero) - sum((_at(rows, j, i) for i in range(first, 0)), sp.S.Zero)
    whole = sp.summation(sp.expand(sp.Add(*rows)), (j, 0, j - 1))
    n = sp.Dummy("n", integer=True)
    ends = []
    for r in range(period):
        total = whole + sp.Add(*rows[: r + 1]) - before
        ends.append(sp.expand(total.subs(j, (n - r) / sp.Integer(period))))
    found = _written(ends, n)
    return None if found is None else found.subs(n, high)


def classes(body: Any, k: Any, j: Any) -> list[Any] | None:
    """The terms with k = P*j + r for each remainder r of the common period P; `None` where there is no step with a period."""
    period = _period(body, k) if body.has(*_STEPS) else None
    if period is None or period > _LONGEST:
        return None
    return [_on_class(body, k, period * j + r, j) for r in range(period)]


def _period(body: Any, k: Any) -> int | None:
    period = 1
    for step in body.atoms(*_STEPS):
        if not step.has(k):
            continue
        inside = step.args[0] / step.args[1] if isinstance(step, sp.Mod) else step.args[0]
        slope = sp.diff(inside, k)
        if step.args[0].has(*_STEPS) or not slope.is_Rational or not inside.subs(k, 0).is_Rational:
            return None
        period = lcm(period, int(slope.q))
    if any(p.base == -1 for p in body.atoms(sp.Pow)):
        period *= 2
    return period


def _on_class(body: Any, k: Any, index: Any, j: Any) -> Any:
    """The terms with the index of one class, as a polynomial in j where they are one."""

    def floor(u: Any) -> Any:
        constant, slope = u.subs(j, 0), sp.diff(u, j)
        return slope * j + sp.floor(constant)

    def step(e: Any) -> Any:
        u = sp.expand(e.args[0].subs(k, index))
        if isinstance(e, sp.floor):
            return floor(u)
        if isinstance(e, sp.ceiling):
            return -floor(-u)
        return u - e.args[1] * floor(sp.expand(u / e.args[1]))

    made = body.replace(lambda e: isinstance(e, _STEPS) and e.has(k), step).subs(k, index)
    made = made.replace(lambda e: e.is_Pow and e.base == -1, lambda e: _sign(sp.expand(e.exp), j))
    return sp.expand(made)


def _sign(exponent: Any, j: Any) -> Any:
    slope = sp.diff(exponent, j)
    return sp.S.NegativeOne ** (exponent - slope * j) if slope.is_Integer and slope % 2 == 0 else sp.S.NegativeOne**exponent


def _at(rows: list[Any], j: Any, i: int) -> Any:
    """The term at any whole number."""
    turn, r = divmod(i, len(rows))
    return rows[r].subs(j, turn)


def _written(ends: list[Any], n: Any) -> Any:
    """One expression in n for the polynomials of its remainders."""
    if all(e == ends[0] for e in ends):
        return sp.factor(ends[0])
    constants = [e.subs(n, 0) for e in ends]
    varying = {sp.expand(e - c) for e, c in zip(ends, constants, strict=True)}
    if len(varying) == 1 and all(c.is_Rational for c in constants) and max(constants) - min(constants) < 1:
        (main,) = varying
        # floor(main + c) for any c from the largest constant up to the smallest and 1; best one that makes a square.
        square = main.coeff(n, 1) ** 2 / (4 * main.coeff(n, 2)) if sp.degree(main, n) == 2 else sp.S.Zero
        choices = (sp.S.Zero, square, sp.S.Half)
        c = next((c for c in choices if max(constants) <= c < min(constants) + 1), max(constants))
        return sp.floor(sp.factor(main + c))
    period = len(ends)
    if period == 2:
        return sp.factor(sp.expand(sp.Add(*ends) / 2)) + sp.S.NegativeOne**n * sp.factor(sp.expand((ends[0] - ends[1]) / 2))
    if period > _WRITTEN:
        return None
    m = sp.Mod(n, period)
    powers = range(max(sp.degree(e, n) if e.has(n) else 0 for e in ends) + 1)
    x = sp.Dummy("x")
    parts = [sp.interpolate([(r, e.coeff(n, d)) for r, e in enumerate(ends)], x) for d in powers]
    return sp.Add(*(sp.factor(part).subs(x, m) * n**d for d, part in enumerate(parts)))
