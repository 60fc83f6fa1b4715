"""Checks of extrema that are not there: values that fall beyond all bounds further out or nearer to a place, and constraints that no start can meet."""

from __future__ import annotations

from typing import Any

import numpy as np

from twofold.core.evidence import Check
from twofold.engine.checks.optimiser import dimension, excess, valuation
from twofold.engine.checks.questions import residual
from twofold.engine.checks.sampling import EXACT_ROUTE, points
from twofold.grammar.term import Symbol, Term
from twofold.numeric.evaluate import floats
from twofold.numeric.outcomes import NoValue
from twofold.symbolic.context import Context
from twofold.symbolic.solving.line_extrema import EMPTY, UNBOUNDED

_RINGS = range(-12, 13)
_PLACES, _STARTS = 100, 5


def without_extremum(f: Term, stated: list[Term], names: list[Symbol], answer: Term, context: Context, sign: int) -> Check:
    """What random points and SciPy say of `"not bounded"`, `"no point satisfies the constraints"` and `"not attained"`."""
    text = getattr(answer, "name", "")
    if text == EMPTY:
        return _empty(f, stated, names, context)
    if text == UNBOUNDED and all(residual(r) is None for r in stated):
        return _unbounded(f, stated, names, context, sign)
    return Check("values at random points", None, None, EXACT_ROUTE, "no value to compare")


def _empty(f: Term, stated: list[Term], names: list[Symbol], context: Context) -> Check:
    """No start of SciPy's optimiser ends where all constraints hold."""
    from scipy.optimize import minimize

    method = "search for a point that satisfies the constraints"
    rng = np.random.default_rng(context.seed)
    edges = [excess(r) for r in stated]
    for p in points([f, *stated], context, 1, without=names):
        for _ in range(_STARTS):
            start = rng.normal(0, 3, dimension(names))
            made = minimize(lambda z, p=p: _outside(edges, names, z, p, context), start, method="Nelder-Mead", tol=1e-12)
            if made.fun < 1e-20:
                return Check(method, False, None, EXACT_ROUTE, f"one is {', '.join(f'{v:.6g}' for v in made.x)}")
        return Check(method, True, None, EXACT_ROUTE, f"none from {_STARTS} starts")
    return Check(method, None, None, EXACT_ROUTE, "no point could be evaluated")


def _outside(edges: list[tuple[Term, bool]], names: list[Symbol], z: Any, p: Any, context: Context) -> float:
    """The sum of the squares by which constraints are violated."""
    total = 0.0
    for term, equal in edges:
        (found,) = values_at(term, names, [z], p, context)
        if not np.isfinite(found):
            return 1e300
        total += found**2 if equal else max(0.0, found) ** 2
    return total


def values_at(term: Term, names: list[Symbol], places: Any, p: Any, context: Context) -> Any:
    """Real values at places, NaN where there is none."""
    try:
        found = np.asarray(floats(term, [valuation(names, z, p) for z in places], context.reading), dtype=complex)
    except (NoValue, TypeError, ValueError):
        return np.full(len(places), np.nan)
    return np.where(np.isfinite(found) & (np.abs(found.imag) <= 1e-12 * np.abs(found)), found.real, np.nan)


def _unbounded(f: Term, stated: list[Term], names: list[Symbol], context: Context, sign: int) -> Check:
    """The least values on rings around some centres, each ten times as far out (or in) as the one before: their steps do not get smaller."""
    method = "values further and further out"
    rng = np.random.default_rng(context.seed)
    n = dimension(names)
    for p in points([f, *stated], context, 1, without=names):
        for centre in (np.zeros(n), *np.round(rng.normal(0, 2, (2, n)))):
            ways = rng.normal(0, 1, (_PLACES, n))
            ways /= np.linalg.norm(ways, axis=1)[:, None]
            least = [_least(f, stated, names, centre + 10.0**k * ways, p, context, sign) for k in _RINGS]
            outwards, inwards = least[len(least) // 2 :], least[: len(least) // 2][::-1]
            if _falls(outwards) or _falls(inwards):
                return Check(method, True, None, EXACT_ROUTE, "they fall beyond all bounds")
    return Check(method, None, None, EXACT_ROUTE, "values alone do not show it")


def _least(f: Term, stated: list[Term], names: list[Symbol], places: Any, p: Any, context: Context, sign: int) -> float:
    """The least of sign*f at places where the constraints hold; infinite where there is none."""
    found = sign * values_at(f, names, places, p, context)
    for term, _ in map(excess, stated):
        found = np.where(values_at(term, names, places, p, context) <= 0, found, np.nan)
    return float(np.nanmin(found)) if np.any(np.isfinite(found)) else float("inf")


def _falls(least: list[float]) -> bool:
    """Whether the last values fall by steps that do not get smaller."""
    known = [v for v in least if np.isfinite(v)]
    steps = -np.diff(known)[-5:]
    return len(steps) == 5 and bool(np.all(steps > 0)) and bool(np.all(steps[1:] >= 0.99 * steps[:-1])) and known[-1] < 0
