"""The default check of an answer: the question evaluated as it stands against the exact answer, at several valuations."""

from __future__ import annotations

import cmath
import math
from collections.abc import Iterator
from typing import Any

import flint

from twofold.core.evidence import Check
from twofold.engine.environment import involved
from twofold.grammar.term import Num, Term
from twofold.numeric.evaluate import ball, floats
from twofold.numeric.outcomes import CannotEvaluate, NoValue, Unresolved
from twofold.numeric.valuation import Valuation, draw
from twofold.symbolic.context import Context

POINTS = 8
CLOSE = 1e-8
APART = 1e-4
ENOUGH = 0.5
"""Relative differences in double precision below which two values agree, and above which they cannot both be right; the nominal seconds that
one enclosure may take."""


def compare(question: Term, answer: Term, context: Context) -> Check | None:
    """Both values at several points. `agrees` is None where too little could be evaluated; a disagreement is either certified
    at one point or coarse at two."""
    if question == answer:
        return None
    symbols = involved([question, answer])
    reading = context.reading
    points: list[Valuation] = (
        list(draw(symbols, (*context.assumptions, *context.conditions), context.seed, POINTS)) if symbols else [{}]
    )
    try:
        pairs = list(_pairs(question, answer, points, reading))
    except CannotEvaluate as error:
        return Check("numeric value", None, note=f"the question cannot be evaluated: {error}")
    if not pairs and not symbols and (said := certainly(question, answer, {}, reading)):
        return Check("certified enclosures", said == "agree", 10 if said == "agree" else None, "the exact route")
    if not pairs:
        return Check("numeric value", None, note="no point could be evaluated")
    apart = [(points[k], a, b) for k, a, b in pairs if _difference(a, b) > CLOSE]
    certified = {id(point): certainly(question, answer, point, reading) for point, _, _ in apart}
    pairs = [(k, a, a if certified.get(id(points[k])) == "agree" else b) for k, a, b in pairs]
    apart = [(point, a, b) for point, a, b in apart if certified[id(point)] != "agree"]
    where = f"at {len(pairs)} points" if symbols else "the value"
    if not apart:
        worst = max(_difference(a, b) for _, a, b in pairs)
        digits = min(15, int(-math.log10(worst)) if worst > 0 else 15)
        return Check(f"numeric value, {where}" if symbols else "numeric value", True, digits, "the exact route")
    for point, a, b in apart:
        if certified[id(point)] == "apart":
            return Check("certified enclosures", False, None, "the exact route", f"the question is {a}, the answer {b}")
    coarse = [(a, b) for _, a, b in apart if _difference(a, b) > APART]
    if len(coarse) == len(pairs) and (len(coarse) > 1 or not symbols):
        a, b = coarse[0]
        return Check("numeric value", False, None, "the exact route", f"the question is {a}, the answer {b}")
    return Check("numeric value", None, note=f"{len(pairs) - len(apart)} of {len(pairs)} points agree to 8 digits")


def _pairs(question: Term, answer: Term, points: list[Valuation], reading: str) -> Iterator[tuple[int, Any, Any]]:
    """The points at which both have a finite value, with the values."""
    import numpy as np

    left = floats(question, points, reading)
    right = floats(answer, points, reading) if not isinstance(answer, Num) else [_double(answer)] * len(points)
    for k in range(len(points)):
        if isinstance(left[k], float | complex) and isinstance(right[k], float | complex):
            if cmath.isfinite(left[k]) and cmath.isfinite(right[k]):
                yield k, left[k], right[k]
            continue
        a, b = np.asarray(left[k]), np.asarray(right[k])
        if (
            a.size
            and a.shape == b.shape
            and a.dtype != object
            and b.dtype != object
            and np.all(np.isfinite(a))
            and np.all(np.isfinite(b))
        ):
            yield k, a, b


def _double(number: Num) -> float:
    try:
        return float(number.value)
    except OverflowError:
        return math.inf


def _difference(a: Any, b: Any) -> float:
    """The greatest difference, relative to the greatest entry."""
    if isinstance(a, float | complex):
        return float(abs(a - b) / max(abs(a), abs(b), 1e-300))
    import numpy as np

    scale = max(float(np.max(np.abs(a))), float(np.max(np.abs(b))), 1e-300)
    return float(np.max(np.abs(a - b))) / scale


def certainly(left: Term, right: Term, point: Valuation, reading: str) -> str:
    """What certified enclosures of both values at a point say: `apart`, `agree` (to ten digits), or nothing."""
    for precision in (64, 256, 1024):
        try:
            b = ball(right, point, precision, reading, ENOUGH)
            a = ball(left, point, precision, reading, ENOUGH)
        except Unresolved:
            continue
        except NoValue:
            return ""  # more digits would take longer still
        if _any_excluded(a, b):
            return "apart"
        if _close(a, b):
            return "agree"
    return ""


def _any_excluded(a: Any, b: Any) -> bool:
    if isinstance(a, tuple) and isinstance(b, tuple):
        return len(a) == len(b) and any(_any_excluded(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, tuple) or isinstance(b, tuple) or isinstance(a, bool) or isinstance(b, bool):
        return False
    return not flint.acb(a).overlaps(flint.acb(b))


def _close(a: Any, b: Any) -> bool:
    if isinstance(a, tuple) and isinstance(b, tuple):
        return len(a) == len(b) and all(_close(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, tuple) or isinstance(b, tuple) or isinstance(a, bool) or isinstance(b, bool):
        return a is b
    x, y = flint.acb(a), flint.acb(b)
    gap = abs(x - y)
    return bool(gap.is_finite()) and bool(gap.abs_upper() * 10**10 <= flint.arb(1).max(abs(x).abs_lower()))
