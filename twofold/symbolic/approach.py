"""Whether values on the way to a point speak for or against a limit that was found there."""

from __future__ import annotations

from typing import Any

import sympy as sp

from twofold.symbolic import spot
from twofold.symbolic.effort import within

_SECONDS = 0.5
"""Processor seconds for all values of one question: SymPy's own evaluation of special functions far out may never end."""


def probe(target: Any, side: str, k: int) -> Any:
    """A point beside the target, nearer for larger k."""
    if target.is_infinite:
        return (1 if target is sp.oo else -1) * sp.Integer(10) ** k
    return target + (1 if side == "+" else -1) * sp.Rational(1, 10**k)


def approached(e: Any, x: Any, target: Any, side: str, found: Any) -> bool:
    """Whether values on the way do not speak against a limit; what cannot be evaluated does not."""
    return speaks(e, x, target, side, found) is not False


def speaks(e: Any, x: Any, target: Any, side: str, found: Any) -> bool | None:
    """Whether values on the way speak for a limit (`True`) or against it (`False`); `None` where too few are known, or names stand in it."""
    if e.free_symbols != {x} or found.free_symbols or not (found.is_finite or found in (sp.oo, -sp.oo)):
        return None
    if found.is_infinite:
        return _grows(e, x, target, side, 1 if found is sp.oo else -1)
    limit = spot.value(found, {})
    said = None if limit is None else _nearer(e, x, target, side, limit, (3, 6, 9))
    if said is not False or not e.has(sp.log) or e.has(sp.exp, sp.gamma, sp.factorial, sp.Integral):
        return said
    # Logarithms are slow: much further out they must come nearer.
    return bool(_nearer(e, x, target, side, limit, (150, 300, 600)))


def _values(e: Any, x: Any, target: Any, side: str, places: tuple[int, ...]) -> list[Any]:
    found: list[Any] = []
    within(_SECONDS, lambda: found.extend(v for k in places if (v := spot.value(e, {x: probe(target, side, k)})) is not None))
    return found


def _nearer(e: Any, x: Any, target: Any, side: str, limit: Any, places: tuple[int, ...]) -> bool | None:
    """Whether the last of the values at these places is near the limit, or nearer than the one before."""
    errors = [abs(v - limit) for v in _values(e, x, target, side, places)]
    if len(errors) < 2:
        return None
    return bool(errors[-1] < 1e-3 * (1 + abs(limit)) or errors[-1] < 0.9 * errors[-2])


def _grows(e: Any, x: Any, target: Any, side: str, sign: int) -> bool | None:
    """Whether the values have the sign and get larger."""
    sizes = [sign * v.real for v in _values(e, x, target, side, (2, 4, 6, 8))]
    if len(sizes) < 2:
        return None
    return bool(sizes[-1] > 0 and sizes[-1] > sizes[-2])
