"""Checks of what has no finite value: pieces of an integral or a sum, each twice as far out or half as far from a point, that do not get smaller.

Pieces that keep their size add up beyond all bounds: 1/x has log 2 on every range from 2^k to 2^(k + 1). Pieces that get smaller slowly say nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import takewhile
from typing import Any

import numpy as np

from twofold.core.evidence import Check
from twofold.engine.checks.sampling import EXACT_ROUTE, points, value
from twofold.engine.comparison import compare
from twofold.grammar.term import INFINITE, OO, App, Bound, Num, Term, num, subterms
from twofold.numeric.evaluate import along
from twofold.numeric.outcomes import NoValue
from twofold.symbolic.context import Context

_NEAR, _FAR = 4, 16
"""Powers of 2 between which pieces are taken."""
_GRID = 2001
_PEAKS = 4
_LEAST = 0.5
"""How much of the first piece the others must keep."""


def series(question: Term, answer: Term, context: Context) -> Check | None:
    """A sum or product: by value, or by its blocks of terms where it has none."""
    vanishes = isinstance(question, Bound) and question.op == "prod" and answer == num(0)
    if not isinstance(question, Bound) or not (answer in INFINITE or answer.sort == "text" or vanishes):
        return compare(question, answer, context)
    method = "size of blocks of terms" if question.op == "sum" else "size of blocks of logarithms"
    body = question.body if question.op == "sum" else App("log", (App("abs", (question.body,)),))
    ends = [(1, end) for end in question.args[1:] if end == OO] + [(-1, end) for end in question.args[:1] if end in INFINITE]
    for p in points([question], context, 2):
        blocks = [[_block(body, question, way * 2**k, way, p, context) for k in range(_NEAR, _FAR - 4)] for way, _ in ends]
        if answer.sort == "text":
            sizes = [[None if b is None else float(np.min(np.abs(b))) for b in row] for row in blocks]
            largest = [[None if b is None else float(np.max(np.abs(b))) for b in row] for row in blocks]
            if any(map(_signs, sizes)) or any(map(_signs, largest)):
                return Check("size of terms", True, None, EXACT_ROUTE, "they do not tend to 0")
        with np.errstate(all="ignore"):
            pieces = [[None if b is None else float(np.sum(b)) for b in row] for row in blocks]
        return _said(pieces, answer, method, question.op == "prod") or compare(question, answer, context)
    return None


def _block(body: Term, question: Bound, start: int, way: int, p: Any, context: Context) -> Any:
    """The terms from `start` to twice as far out; `None` where not all are finite."""
    x = question.symbols[0]
    places = start + way * np.arange(abs(start), dtype=float)
    try:
        found = np.asarray(along(body, {x: places}, context.reading, p), dtype=complex)
    except (NoValue, TypeError, ValueError):
        return None
    return found.real if np.all(np.isfinite(found)) else None


def divergent(question: Term, answer: Term, context: Context) -> Check | None:
    """An integral over one variable without a finite value, by pieces towards each end and each point where the integrand is not bounded; `None` where
    they say nothing."""
    if not isinstance(question, Bound) or question.op != "integrate" or question.shape or _is_nested(question.body):
        return None
    for p in points([question], context, 2):
        ends = [_end(a, p, context) for a in question.args]
        if None in ends:
            continue
        low, high = (float(e) for e in ends if e is not None)
        if not low < high:
            return None
        pieces = [_pieces(question, place, way, low, high, p, context) for place, way in _places(question, low, high, p, context)]
        return _said(pieces, answer, "size of pieces", False)
    return None


def _is_nested(body: Term) -> bool:
    return any(isinstance(t, Bound) and t.op in ("integrate", "sum", "prod", "limit") for t in subterms(body))


def _end(t: Term, p: Any, context: Context) -> float | None:
    if t in INFINITE:
        return float("inf") if t == OO else float("-inf")
    found = value(t, p, context)
    return None if found is None or found.size != 1 else float(np.real(found))


def _places(question: Bound, low: float, high: float, p: Any, context: Context) -> list[tuple[float, int]]:
    """Places to come near to, with the side from which: infinite ends, and points where the integrand is largest."""
    out: list[tuple[float, int]] = []
    out += [(float("-inf"), 1)] if low == float("-inf") else []
    out += [(float("inf"), -1)] if high == float("inf") else []
    a, b = max(low, -50.0), min(high, 50.0)
    if not a < b:
        return out
    for place in _peaks(question, a, b, p, context):
        out += [(place, 1)] if place < b - 1e-9 else []
        out += [(place, -1)] if place > a + 1e-9 else []
    return out


def _peaks(question: Bound, a: float, b: float, p: Any, context: Context) -> list[float]:
    """Numbers with few digits at or next to which the integrand is much larger than elsewhere; the ends are among those tried."""
    grid = np.unique(np.concatenate([np.linspace(a, b, _GRID), np.arange(np.ceil(a * 4), np.floor(b * 4) + 1) / 4]))
    sizes = np.abs(_values(question, grid, p, context))
    rough = float(np.median(sizes[np.isfinite(sizes)])) if np.any(np.isfinite(sizes)) else 0.0
    sizes = np.where(np.isfinite(sizes), sizes, np.inf)
    found = [
        float(grid[k])
        for k in range(len(grid))
        if sizes[k] > 30 * rough and sizes[k] >= sizes[max(k - 1, 0)] and sizes[k] >= sizes[min(k + 1, len(grid) - 1)]
    ]
    return [_sharpened(question, x, (b - a) / _GRID, a, b, p, context) for x in found[:_PEAKS]]


def _sharpened(question: Bound, x: float, step: float, a: float, b: float, p: Any, context: Context) -> float:
    """The place near a number where the integrand is largest or undefined, by ever finer grids."""
    for _ in range(12):
        near = np.clip(np.linspace(x - step, x + step, 21), a, b)
        sizes = np.abs(_values(question, near, p, context))
        x, step = float(near[int(np.argmax(np.where(np.isfinite(sizes), sizes, np.inf)))]), step / 8
    return round(x, 12)


def _values(question: Bound, places: Any, p: Any, context: Context) -> Any:
    x = question.symbols[0]
    try:
        return np.asarray(along(question.body, {x: np.asarray(places, dtype=float)}, context.reading, p), dtype=complex)
    except (NoValue, TypeError, ValueError):
        return np.full(len(places), np.nan)


def _pieces(question: Bound, place: float, way: int, low: float, high: float, p: Any, context: Context) -> list[float | None]:
    """Integrals over ranges next to one another, each half as long and half as far from the place as the one before, or twice where the place is
    infinite."""
    out: list[float | None] = []
    for k in range(_NEAR, _FAR) if np.isfinite(place) else range(_NEAR - 2, _FAR - 5):
        if np.isinf(place):
            a, b = (2.0**k, 2.0 ** (k + 1)) if place > 0 else (-(2.0 ** (k + 1)), -(2.0**k))
        else:
            a, b = sorted((place + way * 2.0 ** -(k + 1), place + way * 2.0**-k))
        if a < low or b > high:
            continue
        found = value(Bound("integrate", question.symbols, question.body, (Num(Fraction(a)), Num(Fraction(b)))), p, context)
        out.append(None if found is None else float(np.real(found)))
    return out


def _said(groups: Sequence[Sequence[float | None]], answer: Term, method: str, logarithms: bool) -> Check | None:
    """What the pieces say of an answer: signs where they keep their size."""
    signs = {s for g in groups for s in _signs(g)}
    if not signs:
        return None
    if logarithms and answer.sort != "text":  # To 0 the logarithms fall beyond all bounds.
        agrees = signs == {1} if answer in INFINITE else signs == {-1}
    elif answer.sort == "text":
        agrees = signs == {-1, 1}
    else:
        agrees = signs == {1 if answer == OO else -1}
    return Check(method, True, None, EXACT_ROUTE, "they do not get smaller") if agrees else None


def _signs(pieces: Sequence[Any]) -> set[int]:
    """The signs of pieces that keep their size; none where they get smaller, or too few are known."""
    known = list(takewhile(lambda v: v is not None and np.isfinite(v), pieces))
    overflows = len(known) > 2 and abs(known[-1]) > 1e6 * abs(known[0])
    if len(known) < (3 if overflows else 5):
        return set()
    first, least = abs(known[0]), min(map(abs, known))
    if first == 0 or least < _LEAST * first:
        # Waves have pieces of any size; some of the last ones are as large as the first ones.
        tail = known[len(known) // 2 :]
        waves = len({np.sign(v) for v in tail}) == 2 and first > 0 and max(map(abs, tail)) >= 0.9 * max(map(abs, known))
        return {-1, 1} if waves else set()
    return {int(np.sign(v)) for v in known}
