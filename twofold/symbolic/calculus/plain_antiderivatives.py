"""Antiderivatives of sums of powers, exponentials, sines and cosines of linear arguments."""

from __future__ import annotations

from typing import Any

import sympy as sp


def by_table(f: Any, x: Any) -> Any:
    """Term by term from a short table: powers, exponentials, sines and cosines of linear arguments. `None` beyond it."""
    total = sp.S.Zero
    for part in sp.Add.make_args(f.expand() if f.is_polynomial(x) else f):
        constant, rest = part.as_independent(x, as_Add=False)
        found = _table(rest, x)
        if found is None:
            return None
        total += constant * found
    return total


def _table(f: Any, x: Any) -> Any:
    if f is sp.S.One:
        return x
    if f == x:
        return x**2 / 2
    if f.is_Pow and not f.exp.has(x):
        slope = sp.diff(f.base, x) if f.base.is_Add or f.base.is_Mul or f.base == x else None
        if slope is None or slope.has(x) or slope.is_zero is not False:
            return None
        if f.exp == -1:
            return sp.log(f.base) / slope
        return f.base ** (f.exp + 1) / ((f.exp + 1) * slope) if f.exp.is_number else None
    if isinstance(f, sp.log) and isinstance(f.args[0] - 1, sp.exp):
        slope = sp.diff((f.args[0] - 1).args[0], x)
        return None if slope.has(x) or slope == 0 else -sp.polylog(2, 1 - f.args[0]) / slope
    if len(f.args) == 1 and isinstance(f, (sp.exp, sp.sin, sp.cos, sp.sinh, sp.cosh)):
        slope = sp.diff(f.args[0], x)
        if slope.has(x) or slope.is_zero is not False:
            return None
        head = {sp.exp: sp.exp, sp.sin: lambda u: -sp.cos(u), sp.cos: sp.sin, sp.sinh: sp.cosh, sp.cosh: sp.sinh}[type(f)]
        return head(f.args[0]) / slope
    return None
