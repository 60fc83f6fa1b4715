"""The kind of a critical point at which the second derivatives do not decide, for polynomials: what is proved, or nothing.

Along a curve `p + (a1*t^e1, …)` the sign of the lowest power of t tells the sign of f - f(p) near p. Both signs make a saddle point.
A minimum is shown by the lowest form: positive definite, or f - f(p) a sum of even powers with positive coefficients.
"""

from __future__ import annotations

from itertools import product
from typing import Any

import sympy as sp

MINIMUM, MAXIMUM, SADDLE, OPEN = "local minimum", "local maximum", "saddle point", "degenerate point"
_EXPONENTS, _SCALES = (1, 2, 3, 4), (1, -1, 0, 2, -2, 1.5, 0.5)


def kind(f: Any, variables: list[Any], point: tuple[Any, ...]) -> str:
    """What kind of critical point a polynomial has at a point."""
    if not f.is_polynomial(*variables) or len(variables) > 3 or any(v.has(*variables) for v in point):
        return OPEN
    moved = sp.expand(f.subs({v: v + p for v, p in zip(variables, point, strict=True)}, simultaneous=True))
    poly = sp.Poly(moved, *variables)
    rows = {m: c for m, c in poly.terms() if any(m)}
    if not rows or not all(c.is_number and c.is_real for c in rows.values()):
        return OPEN
    signs = _signs_along_curves(rows, len(variables))
    if signs >= {1, -1}:
        return SADDLE
    for sign, word in ((1, MINIMUM), (-1, MAXIMUM)):
        if -sign not in signs and _definite({m: sign * c for m, c in rows.items()}, variables):
            return word
    return OPEN


def _signs_along_curves(rows: dict[Any, Any], n: int) -> set[int]:
    found: set[int] = set()
    numbers = [(m, c, float(c)) for m, c in rows.items()]
    for exponents in product(_EXPONENTS, repeat=n):
        for scales in product(_SCALES, repeat=n):
            totals: dict[int, float] = {}
            for m, _, c in numbers:
                for a, s in zip(m, scales, strict=True):
                    c *= s**a
                e = sum(a * b for a, b in zip(m, exponents, strict=True))
                totals[e] = totals.get(e, 0.0) + c
            lowest = min((e for e, c in totals.items() if abs(c) > 1e-9), default=None)
            if lowest is not None:
                found.add(1 if totals[lowest] > 0 else -1)
        if len(found) == 2:
            break
    return found


def _definite(rows: dict[Any, Any], variables: list[Any]) -> bool:
    """Whether a polynomial without constant term is nonnegative near 0, for one of two reasons."""
    if all(c > 0 and all(a % 2 == 0 for a in m) for m, c in rows.items()):
        return True
    degree = min(map(sum, rows))
    form = {m: c for m, c in rows.items() if sum(m) == degree}
    if degree % 2 or len(variables) != 2:
        return False
    # The form is positive where it is on the line y = t*x and on the axis x = 0.
    t = sp.Dummy("t")
    line = sp.Poly(sum(c * t ** m[1] for m, c in form.items()), t)
    top = form.get((0, degree), sp.S.Zero)
    return bool(top > 0) and line.count_roots() == 0 and bool(line.eval(0) > 0)


__all__ = ["MAXIMUM", "MINIMUM", "OPEN", "SADDLE", "kind"]
