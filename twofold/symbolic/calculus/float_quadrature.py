"""Integrals of real functions in plain floats, for guards: ten digits in about a millisecond, or nothing.

A double-exponential change of variables takes care of singular and infinite ends; the trapezoidal rule is refined until two steps agree, and where it
does not settle the transformed integrand is integrated by panels that are halved. An oscillation of one frequency over an infinite range is summed
over its half periods with Levin's transformation. Sources: Takahasi and Mori, "Double exponential formulas for numerical integration" (1974); Levin,
"Development of non-linear transformations for improving convergence of sequences" (1973).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from typing import TypeAlias

Function: TypeAlias = Callable[[float], float]
Found: TypeAlias = "tuple[float, float] | None"

REACH = 4.7
FIRST, LAST = 3, 5
"""Binary logarithms of the number of nodes in a unit of the transformed variable, at first and at last."""
SETTLED = 1e-10
ACCEPTED = 1e-8
"""Relative differences between two steps below which the rule has settled, and up to which a value is of use."""
NEGLIGIBLE = 1e-11
MOST_PANELS = 400
ORDER = 12
PERIODS = 26

_FAULTS = (ValueError, ZeroDivisionError, OverflowError, TypeError)


def integral(f: Function, a: float, b: float, cuts: tuple[float, ...] = ()) -> Found:
    """The integral over a < b, either of which may be infinite, and an estimate of the error; `None` where it does not converge well."""
    inside = {0.0} if math.isinf(a) and math.isinf(b) else set()
    places = [a, *sorted(c for c in inside | set(cuts) if a < c < b), b]
    total = error = 0.0
    for low, high in zip(places, places[1:], strict=False):
        found = _between(f, low, high)
        if found is None:
            return None
        total, error = total + found[0], error + found[1]
    return total, error


def _between(f: Function, a: float, b: float) -> Found:
    if math.isinf(a):
        return _between(lambda x: f(-x), -b, math.inf)
    transformed = _on_half_line(f, a) if math.isinf(b) else _on_interval(f, a, b)
    return _trapezoidal(transformed) or _by_panels(transformed)


@cache
def _scale(t: float) -> tuple[float, float]:
    """pi/2*sinh(t) and its derivative."""
    return math.pi / 2 * math.sinh(t), math.pi / 2 * math.cosh(t)


def _on_half_line(f: Function, a: float) -> Function:
    def g(t: float) -> float:
        u, du = _scale(t)
        e = math.exp(u)
        return f(a + e) * du * e

    return g


def _on_interval(f: Function, a: float, b: float) -> Function:
    width = b - a

    def g(t: float) -> float:
        u, du = _scale(t)
        near = 1 / (1 + math.exp(2 * abs(u)))
        return f(a + width * near if t < 0 else b - width * near) * width * 2 * du * near * (1 - near)

    return g


def _value(g: Function, t: float) -> float | None:
    try:
        found = g(t)
    except _FAULTS:
        return None
    return found if type(found) is float and math.isfinite(found) else None


def _reach(g: Function) -> tuple[float, float, float] | None:
    """Where the transformed integrand begins and stops to count, and its largest value seen; `None` where it is large at an end or has no value
    inside."""
    n = int(REACH * 4)
    ts = [k / 4 for k in range(-n, n + 1)]
    row = [_value(g, t) for t in ts]
    good = [k for k, v in enumerate(row) if v is not None]
    if len(good) < 6:
        return None
    largest = max(abs(v) for v in row if v is not None)
    if largest == 0:
        return None
    counts = [k for k in good if abs(row[k] or 0.0) > NEGLIGIBLE * largest]
    first, last = counts[0], counts[-1]
    if any(row[k] is None for k in range(first, last + 1)):
        return None
    if first - 1 < 0 or last + 1 >= len(row) or row[first - 1] is None or row[last + 1] is None:
        return None
    return ts[first - 1], ts[last + 1], largest


def _trapezoidal(g: Function) -> Found:
    reach = _reach(g)
    if reach is None:
        return None
    low, high, _ = reach
    h = 2.0**-FIRST
    total = size = 0.0
    ts = [low + k * h for k in range(1, round((high - low) / h))]
    before: float | None = None
    for level in range(FIRST, LAST + 1):
        for t in ts:
            v = _value(g, t)
            if v is None:
                return None
            total += v
            size += abs(v)
        now = total * h
        if before is not None and abs(now - before) <= SETTLED * size * h:
            return now, abs(now - before) + 1e-14 * size * h
        before = now
        if level < LAST:
            h /= 2
            ts = [low + (2 * k + 1) * h for k in range(round((high - low) / (2 * h)))]
    return None


@cache
def gauss(n: int) -> tuple[tuple[float, float], ...]:
    """Nodes and weights of Gauss and Legendre on -1..1."""
    out = []
    for k in range(n):
        x = math.cos(math.pi * (k + 0.75) / (n + 0.5))
        for _ in range(6):
            p, q = 1.0, 0.0
            for j in range(n):
                p, q = ((2 * j + 1) * x * p - j * q) / (j + 1), p
            slope = n * (x * p - q) / (x * x - 1)
            x -= p / slope
        out.append((x, 2 / ((1 - x * x) * slope * slope)))
    return tuple(out)


@cache
def _beyond(n: int) -> tuple[tuple[float, ...], float]:
    """Lagrange's weights for the value at 1 by those at the nodes, and how far 1 is from the next of them."""
    nodes = [x for x, _ in gauss(n)]
    return tuple(math.prod((1 - y) / (x - y) for y in nodes if y != x) for x in nodes), 1 - max(nodes)


def _panel(g: Function, a: float, b: float) -> tuple[float, float, list[float]]:
    """The integral, that of the size, and the values at the nodes, from right to left."""
    middle, half = (a + b) / 2, (b - a) / 2
    total = size = 0.0
    values = []
    for x, w in gauss(ORDER):
        v = g(middle + half * x)
        total += w * v
        size += w * abs(v)
        values.append(v)
    return total * half, size * half, values


def _unseen(g: Function, a: float, b: float, values: list[float]) -> float:
    """What a jump or kink between an end of a panel and the next node may change: what is found at the end is not what the nodes foretell then."""
    weights, gap = _beyond(ORDER)
    at_ends = zip((b, a), (values, values[::-1]), strict=True)
    missed = [
        abs(v - sum(w * y for w, y in zip(weights, row, strict=True))) for e, row in at_ends if (v := _value(g, e)) is not None
    ]
    return sum(missed) * gap * (b - a) / 2


def _by_panels(g: Function) -> Found:
    reach = _reach(g)
    if reach is None:
        return None
    low, high, _ = reach
    edges = [low + (high - low) * k / 8 for k in range(9)]
    try:
        panels = [(a, b, *_panel(g, a, b)) for a, b in zip(edges, edges[1:], strict=False)]
        scale = sum(p[3] for p in panels)
        total = size = error = 0.0
        made = len(panels)
        while panels:
            a, b, whole, *_ = panels.pop()
            middle = (a + b) / 2
            left, right = _panel(g, a, middle), _panel(g, middle, b)
            made += 2
            gap = abs(left[0] + right[0] - whole)
            scale = max(scale, size)
            if gap <= 1e-3 * SETTLED * scale:
                gap += _unseen(g, a, middle, left[2]) + _unseen(g, middle, b, right[2])
            if gap <= 1e-3 * SETTLED * scale or b - a < 1e-9:
                total, size, error = total + left[0] + right[0], size + left[1] + right[1], error + gap
            elif made > MOST_PANELS:
                return None
            else:
                panels += [(a, middle, *left), (middle, b, *right)]
    except _FAULTS:
        return None
    if not math.isfinite(total) or error > ACCEPTED * size:
        return None
    return total, error + 1e-13 * size


def oscillating(f: Function, a: float, frequency: float) -> Found:
    """The integral over a..oo of a function that oscillates with this frequency: half period by half period, their sum transformed."""
    half = math.pi / frequency
    start = (math.floor(a / half) + 2) * half
    head = _between(f, a, start)
    if head is None:
        return None
    terms = []
    for k in range(PERIODS):
        low = start + k * half
        try:
            terms.append(_panel(f, low, low + half)[0])
        except _FAULTS:
            return None
    found = [_levin(terms[:n]) for n in range(PERIODS - 3, PERIODS + 1)] + [_levin(terms[: PERIODS // 2 + n]) for n in range(4)]
    values = [v for v in found if v is not None]
    if len(values) < 4:
        return None
    pairs = [(abs(a - b), a) for a, b in zip(values, values[1:], strict=False)]
    gap, tail = min(pairs)
    size = abs(head[0]) + abs(tail)
    if gap > ACCEPTED * size:
        return None
    return head[0] + tail, head[1] + 10 * gap + 1e-12 * size


def _levin(terms: list[float]) -> float | None:
    """Levin's u transform of the sum of the terms; `None` where one of them is 0."""
    n = len(terms) - 1
    partial, above, below = 0.0, 0.0, 0.0
    for j, term in enumerate(terms):
        partial += term
        if term == 0:
            return None
        weight = (-1) ** j * math.comb(n, j) * ((j + 1) / (n + 1)) ** (n - 1) / ((j + 1) * term)
        above += weight * partial
        below += weight
    return above / below if below else None
