"""Linear systems over the rationals, solved modulo a prime."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

_PRIME = 2**61 - 1


def solved(columns: list[Any], wanted: Any) -> list[Fraction] | None:
    """Rational coefficients with which the columns add up to a polynomial, by elimination modulo a prime; free ones are 0."""
    n = len(columns)
    rows: dict[Any, dict[int, int]] = {}
    for k, p in enumerate([*columns, wanted]):
        for m, c in p.terms():
            value = int(c.p) * pow(int(c.q), -1, _PRIME) % _PRIME
            if value:
                rows.setdefault(m, {})[k] = value
    pivots: dict[int, dict[int, int]] = {}
    for row in sorted(rows.values(), key=len):
        row = dict(row)
        while True:
            column = min((k for k in row if k < n), default=None)
            if column is None:
                break
            pivot = pivots.get(column)
            if pivot is None:
                inverse = pow(row[column], -1, _PRIME)
                pivots[column] = {k: v * inverse % _PRIME for k, v in row.items()}
                break
            factor = row[column]
            for k, v in pivot.items():
                value = (row.get(k, 0) - factor * v) % _PRIME
                if value:
                    row[k] = value
                else:
                    row.pop(k, None)
        if column is None and row:
            return None
    found = [0] * n
    for column in sorted(pivots, reverse=True):
        pivot = pivots[column]
        value = pivot.get(n, 0)
        for k, v in pivot.items():
            if column < k < n:
                value -= v * found[k]
        found[column] = value % _PRIME
    out = [_rational(v) for v in found]
    return None if None in out else out  # type: ignore[return-value]


def _rational(v: int) -> Fraction | None:
    """The short fraction that a remainder stands for. Source: Wang (1981)."""
    a, b, s, t = _PRIME, v, 0, 1
    bound = 1 << 30
    while b > bound:
        k = a // b
        a, b, s, t = b, a - k * b, t, s - k * t
    return Fraction(b, t) if t and abs(t) <= bound else None
