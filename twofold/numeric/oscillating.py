"""Integrals of oscillating functions to infinity in double precision: periods one by one, and the limit of their sums by extrapolation.

The range is cut where the phase has run through half a period; Levin's u-transform takes sums by halves, by periods and by periods half a one later
to their limits. Where no two of them agree the value is NaN. Source: Weniger, Computer Physics Reports 10 (1989), section 7.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import comb, gcd, lcm, pi
from typing import TYPE_CHECKING, Any

import numpy as np

from twofold.grammar.term import App, Symbol, Term, free_symbols, subterms
from twofold.numeric.outcomes import NoValue
from twofold.numeric.series import Series

if TYPE_CHECKING:
    from twofold.numeric.evaluator import Evaluator

Value = Any

_TURNING = frozenset("sin cos tan cot sec csc".split())
PIECES = 26
"""Periods that are summed before the limit is taken."""
ORDER = 40
"""Nodes on each half period."""
AGREED = 5e-8
NOWHERE = (float("nan"), float("inf"))
_MOST = 12
"""The largest quotient of two frequencies of one integrand."""


def tail(e: Evaluator, symbol: Symbol, body: Term, start: float, way: int) -> float:
    """The integral from `start` to infinity (`way` 1) or from minus infinity to `start` (-1); NaN where it is not reached.

    `start` is the end of a part without singularities; every phase in the body is linear, or all of them are multiples of one power.
    """
    found = _phase(e, symbol, body, start, way)
    if found is None:
        return float("nan")
    frequency, power = found
    full = 2 * pi / frequency
    first = np.ceil(abs(start) ** power / full) + 1
    marks = (np.arange(2 * PIECES + 1) / 2 + first) * full
    edges = np.concatenate([[abs(start)], marks ** (1 / power)])
    parts = _integrals(e, symbol, body, edges, way)
    if parts is None:
        return float("nan")
    halves = parts[1:]
    # By halves, by periods, and by periods half a one later: terms that alternate, and terms that fall slowly.
    found = [
        _limit(halves[: PIECES + 1]),
        _limit(halves[0::2] + halves[1::2]),
        _limit(np.concatenate([halves[:1], halves[1:-1:2] + halves[2::2]])),
    ]
    best, other = sorted((x for x in (*found, NOWHERE, NOWHERE) if x is not None), key=lambda x: x[1])[:2]
    size = float(np.max(np.abs(np.cumsum(halves)))) + abs(parts[0])
    agreed = abs(best[0] - other[0]) <= AGREED * size and best[1] <= AGREED * size
    return float(parts[0] + best[0]) if agreed else float("nan")


def _phase(e: Evaluator, symbol: Symbol, body: Term, start: float, way: int) -> tuple[float, int] | None:
    """A frequency and a power: every phase in the body is a multiple of frequency*x^power, plus a constant."""
    phases = [
        t.args[0]
        for t in subterms(body)
        if isinstance(t, App) and t.op in _TURNING and t.args and symbol in free_symbols(t.args[0])
    ]
    if not phases:
        return None
    x = way * (abs(start) + np.array([1.0, 2.0, 3.0, 5.0, 9.0]))
    for power in (1, 2, 3):
        slopes = []
        for u in dict.fromkeys(phases):
            v = _at(e, symbol, u, x)
            if v is None:
                return None
            steps = np.diff(v) / np.diff(np.abs(x) ** power)
            if not np.allclose(steps, steps[0], rtol=1e-9, atol=0) or steps[0] == 0:
                break
            slopes.append(abs(float(steps[0])))
        else:
            ratios = [Fraction(s / slopes[0]).limit_denominator(_MOST) for s in slopes]
            if any(abs(float(r) * slopes[0] - s) > 1e-9 * s or not 0 < r <= _MOST for r, s in zip(ratios, slopes, strict=True)):
                return None
            bottom = lcm(*(r.denominator for r in ratios))
            return slopes[0] * gcd(*(int(r * bottom) for r in ratios)) / bottom, power
    return None


def _at(e: Evaluator, symbol: Symbol, t: Term, x: np.ndarray) -> np.ndarray | None:
    try:
        value = e.inner({**e.values, symbol: x.astype(e.arithmetic.dtype)}).value(t)  # type: ignore[attr-defined]
    except NoValue:
        return None
    if isinstance(value, (Series, tuple)):
        return None
    out = np.broadcast_to(np.real(np.asarray(value)), x.shape)
    return out if np.isfinite(out).all() and not np.iscomplex(np.asarray(value)).any() else None


@lru_cache(maxsize=4)
def _gauss(n: int) -> tuple[np.ndarray, np.ndarray]:
    return np.polynomial.legendre.leggauss(n)


def _integrals(e: Evaluator, symbol: Symbol, body: Term, edges: np.ndarray, way: int) -> np.ndarray | None:
    """The integrals between neighbouring edges. The first part may be several periods long."""
    nodes, weights = _gauss(ORDER)
    first = np.linspace(edges[0], edges[1], 9)
    marks = np.concatenate([first, edges[2:]])
    middle, half = (marks[1:] + marks[:-1]) / 2, (marks[1:] - marks[:-1]) / 2
    x = middle[:, None] + half[:, None] * nodes
    e.work.spend(max(1, x.size // 20))
    values = _at(e, symbol, body, way * x.ravel())
    if values is None:
        return None
    sums = (values.reshape(x.shape) * weights).sum(axis=1) * half
    return np.concatenate([[sums[:8].sum()], sums[8:]])


def _limit(terms: np.ndarray) -> tuple[float, float] | None:
    """The limit of the partial sums by Levin's u-transform, and how far the last steps towards it lie apart."""
    size = np.abs(terms)
    if not size.all() or size[-3:].max() > 0.95 * size[:3].max():
        return None  # the extrapolation would give a divergent sum a value
    partial = np.cumsum(terms)
    found = []
    for n in range(6, min(len(terms), 24)):
        j = np.arange(n)
        weight = (
            np.array([(-1) ** k * float(comb(n - 1, k)) for k in range(n)]) * ((j + 1) / n) ** (n - 2) / ((j + 1) * terms[:n])
        )
        bottom = weight.sum()
        if bottom == 0 or not np.isfinite(bottom):
            return None
        found.append(float((weight * partial[:n]).sum() / bottom))
    gaps = [max(abs(a - b), abs(b - c)) for a, b, c in zip(found, found[1:], found[2:], strict=False)]
    best = int(np.argmin(gaps))
    return found[best + 2], gaps[best]
