"""Solutions that are missing: sign changes of an equation in one unknown that no solution explains."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np
from flint import arb, fmpq

from twofold.engine.checks.questions import relations, residual
from twofold.engine.checks.sampling import items, value
from twofold.grammar.term import (
    App,
    Symbol,
    Term,
    Var,
    free_symbols,
    subterms,
)
from twofold.numeric.evaluate import along, ball, floats
from twofold.numeric.outcomes import NoValue
from twofold.symbolic.context import Context
from twofold.symbolic.solving.reading import INCOMPLETE

_MEMBERS = 60
"""Members of a family on either side of 0 that a sign change is compared with."""


GRID = 601
_STEPS = 33
"""Points on an interval that is made smaller."""


def lost_near(question: App, answer: Term, names: list[Term], context: Context) -> float | bool | None:
    """A place where the equation changes its sign continuously and no solution lies near it; `True` where there is none at the
    points tried, `None` where these say nothing."""
    rows = relations(question.args[0])
    zero = residual(rows[0])
    if len(rows) != 1 or zero is None or len(names) != 1 or not isinstance(names[0], Var) or names[0].shape:
        return None
    x = names[0].symbol
    if INCOMPLETE in context.notes or set(free_symbols(zero)) != {x} or x.kind != "real":
        return None
    known = context.range(x)
    low = float(known.lower) if known.lower is not None else -15.0
    high = float(known.upper) if known.upper is not None else max(15.0, low + 15.0)
    step = (high - low) / GRID
    places = low + step * (np.arange(GRID) + 0.5)
    # Numbers with few bits are evaluated fast by balls.
    scale = 2.0 ** math.ceil(8 - math.log2(step))
    places = np.round(places * scale) / scale if scale >= 1 else places
    try:
        heights = np.real(along(zero, {x: places}))
    except NoValue:
        return None
    known_values = _values(answer)
    if known_values is None:
        return None
    found, reach = known_values
    with np.errstate(all="ignore"):
        turns = np.flatnonzero(np.isfinite(heights[:-1]) & np.isfinite(heights[1:]) & (heights[:-1] * heights[1:] < 0))
    known_places = np.array(found)
    open_turns = [j for j in turns if abs(places[j]) < reach and not np.any(np.abs(known_places - places[j]) < 3 * step)]
    for low, high in _without_poles(zero, x, places[open_turns], places[[j + 1 for j in open_turns]]) if open_turns else ():
        if _is_admitted(low, x, context) and _crosses(zero, x, Fraction(low), Fraction(high)):
            return low
    return True if np.count_nonzero(np.isfinite(heights)) > GRID // 20 else None


def _is_admitted(place: float, x: Symbol, context: Context) -> bool:
    """Whether what is assumed of the unknown alone holds at a place."""
    facts = [f for f in context.assumptions if set(free_symbols(f)) == {x}]
    return all((v := value(f, {x: Fraction(place)}, context)) is not None and bool(v) for f in facts)


_WITH_POLES = frozenset("tan cot sec csc coth csch div pow log gamma digamma zeta atanh".split())


def _is_large(term: Term, x: Symbol, place: Fraction) -> bool:
    try:
        (found,) = floats(term, [{x: place}], "real")
    except NoValue:
        return False
    return not np.isfinite(found) or bool(abs(found) > 1e9)


def _without_poles(zero: Term, x: Symbol, low: Any, high: Any) -> list[tuple[float, float]]:
    """The intervals that the first two steps of `_crosses` leave, made for all of them at once."""
    ends = list(zip(map(float, low), map(float, high), strict=True))
    rows, last = ends, [math.inf] * len(ends)
    for _ in range(2):
        grid: Any = np.linspace([a for a, _ in rows], [b for _, b in rows], _STEPS, axis=1)
        try:
            heights = np.real(along(zero, {x: grid.reshape(-1)})).reshape(grid.shape)
        except NoValue:
            return []
        left = []
        for k, (own, there) in enumerate(zip(heights, grid, strict=True)):
            turns = np.flatnonzero(own[:-1] * own[1:] <= 0)
            if not np.all(np.isfinite(own)) or not len(turns):
                continue
            here = max(abs(own[turns[0]]), abs(own[turns[0] + 1]))
            if here <= 4 * last[k]:
                left.append((ends[k], (float(there[turns[0]]), float(there[turns[0] + 1])), here))
        ends, rows, last = [e for e, _, _ in left], [r for _, r, _ in left], [h for _, _, h in left]
        if not ends:
            break
    return ends


def _crosses(zero: Term, x: Symbol, low: Fraction, high: Fraction) -> bool:
    """Whether the equation certainly changes its sign between two numbers, without a jump and without a gap in its domain."""
    try:
        signs = [ball(zero, {x: q}, 256, "real") for q in (low, high)]
    except NoValue:
        return False
    if not all(isinstance(s, (arb, fmpq)) for s in signs) or not bool(arb(signs[0]) * arb(signs[1]) < 0):
        return False
    a, b, start, last = float(low), float(high), None, math.inf
    while b - a > 1e-13 * max(1.0, abs(a), abs(b)):
        places = np.linspace(a, b, _STEPS)
        try:
            heights = np.real(along(zero, {x: places}))
        except NoValue:
            return False
        if not np.all(np.isfinite(heights)):
            return False
        turns = np.flatnonzero(heights[:-1] * heights[1:] <= 0)
        if not len(turns):
            return False
        j = int(turns[0])
        here = max(abs(heights[j]), abs(heights[j + 1]))
        start = abs(heights[0]) if start is None else start
        if here > 4 * last:
            # A pole: the values grow towards it.
            return False
        a, b, last = float(places[j]), float(places[j + 1]), here
    low = Fraction(a)
    near = low.limit_denominator(10**6)
    try:
        last, at = (float(np.real(v)) for v in floats(zero, [{x: low}, {x: near}], "real"))
    except NoValue:
        return False
    # A simple number at which a part is undefined is a hole, not a solution; and so is a place where a part grows beyond all bounds.
    if any(_is_large(t, x, low) for t in subterms(zero) if isinstance(t, App) and t.op in _WITH_POLES and x in free_symbols(t)):
        return False
    return abs(last) < 1e-6 * max(1.0, float(start or 1.0)) and bool(np.isfinite(at))


def _values(answer: Term) -> tuple[list[float], float] | None:
    """The solutions as numbers, families over a range of their integer; and how far from 0 these are all."""
    found: list[float] = []
    reach = math.inf
    for s in items(answer):
        names = free_symbols(s)
        if len(names) > 1 or names and names[0].kind != "integer":
            return None
        try:
            members = {n: np.arange(-_MEMBERS, _MEMBERS + 1) for n in names}
            made = np.real(along(s, members, "complex") if members else floats(s, [{}], "complex"))
        except NoValue:
            continue
        if names:
            ends = [abs(float(v)) for v in (made[0], made[-1]) if np.isfinite(v)]
            reach = min([reach, *ends])
        found += [float(v) for v in made if np.isfinite(v)]
    return found, reach
