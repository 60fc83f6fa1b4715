"""Whether a system of linear equations has a solution without negative entries: the simplex method in rational numbers, Bland's rule."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

MOST_PIVOTS = 400


def has_nonnegative_solution(rows: Sequence[Sequence[Fraction]], right: Sequence[Fraction]) -> bool:
    """Whether `rows` x = `right` has a solution x >= 0. False also where the pivots run out: False proves nothing.

    One artificial unknown a row is driven out (phase one of the simplex method); Bland's rule never cycles.
    """
    width = len(rows[0]) if rows else 0
    table = []
    for k, (row, value) in enumerate(zip(rows, right, strict=True)):
        sign = -1 if value < 0 else 1
        table.append([*(sign * x for x in row), *(Fraction(int(k == i)) for i in range(len(rows))), sign * value])
    basis = [width + k for k in range(len(rows))]
    cost = [-sum((t[j] for t in table), Fraction(0)) for j in range(width)] + [Fraction(0)] * len(rows)
    cost.append(-sum((t[-1] for t in table), Fraction(0)))
    for _ in range(MOST_PIVOTS):
        if cost[-1] == 0:
            return True
        enter = next((j for j in range(width) if cost[j] < 0), None)
        if enter is None:
            return False
        ratios = [(t[-1] / t[enter], basis[k], k) for k, t in enumerate(table) if t[enter] > 0]
        if not ratios:
            return False
        leave = min(ratios)[2]
        pivot = table[leave][enter]
        table[leave] = [x / pivot for x in table[leave]]
        for k, t in enumerate(table):
            if k != leave and t[enter]:
                table[k] = [x - t[enter] * y for x, y in zip(t, table[leave], strict=True)]
        if cost[enter]:
            cost = [x - cost[enter] * y for x, y in zip(cost, table[leave], strict=True)]
        basis[leave] = enter
    return False
