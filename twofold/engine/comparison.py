"""The default check of an answer: the question evaluated as it stands against the exact answer, at several valuations."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import flint

from twofold.core.evidence import Check
from twofold.engine.environment import involved
from twofold.engine.indefinite import indefinite
from twofold.engine.recast import slope
from twofold.grammar.term import Bound, Num, Term, children, subterms
from twofold.numeric.evaluate import ball, floats
from twofold.numeric.outcomes import CannotEvaluate, NoValue, Undefined, Unresolved
from twofold.numeric.valuation import Valuation, draw
from twofold.symbolic.context import Context
from twofold.symbolic.derivative import NotDifferentiable

POINTS = 8
CLOSE = 1e-8
APART = 1e-4
TINY = 1e-300
ENOUGH = 0.5
"""Relative differences in double precision below which two values agree, and above which they cannot both be right; what a difference is relative to at
least; the nominal seconds that one enclosure may take."""


def compare(question: Term, answer: Term, context: Context) -> Check | None:
    """Both values at several points. `agrees` is None where too little could be evaluated; a disagreement is either certified
    at one point or coarse at two."""
    if question == answer:
        return None
    if any(isinstance(t, Bound) and t.op == "antiderivative" for t in subterms(question)):
        sloped = _slopes(question, answer)
        if sloped is None:
            return Check("numeric value", None, note="the constant of an indefinite integral matters")
        question, answer = sloped
    symbols = involved([question, answer])
    reading = context.reading
    facts = (*context.assumptions, *context.conditions)
    points: list[Valuation] = list(draw(symbols, facts, context.seed, POINTS, (question, answer))) if symbols else [{}]
    try:
        pairs = list(_pairs(question, answer, points, reading))
    except CannotEvaluate as error:
        return Check("numeric value", None, note=f"the question cannot be evaluated: {error}")
    if not pairs and not symbols and (said := certainly(question, answer, {}, reading)):
        return Check("certified enclosures", said == "agree", 10 if said == "agree" else None, "the exact route")
    if not pairs and symbols and _is_nowhere(question, answer, points, reading):
        return Check("certified enclosures", False, None, "the exact route", "it has no value where the question has one")
    if not pairs:
        return Check("numeric value", None, note="no point could be evaluated")
    apart: list[tuple[Any, Any, float]] = []
    worst = 0.0
    for k, a, b, gap in pairs:
        said = certainly(question, answer, points[k], reading) if gap > CLOSE else "agree"
        if said == "apart":
            return Check("certified enclosures", False, None, "the exact route", f"the question is {a}, the answer {b}")
        if said != "agree":
            apart.append((a, b, gap))
        elif gap <= CLOSE:
            worst = max(worst, gap)
    if not apart:
        digits = min(15, int(-math.log10(worst)) if worst > 0 else 15)
        return Check(f"numeric value, at {len(pairs)} points" if symbols else "numeric value", True, digits, "the exact route")
    coarse = [(a, b) for a, b, gap in apart if gap > APART]
    if len(coarse) == len(pairs) and (len(coarse) > 1 or not symbols):
        a, b = coarse[0]
        return Check("numeric value", False, None, "the exact route", f"the question is {a}, the answer {b}")
    return Check("numeric value", None, note=f"{len(pairs) - len(apart)} of {len(pairs)} points agree to 8 digits")


def _slopes(question: Term, answer: Term) -> tuple[Term, Term] | None:
    """The derivatives of both by the variable of the indefinite integrals that are added up in a question, whose constant is free; the two as they are
    where every such integral is differentiated itself, `None` where one stands in any other way."""
    variables = set(indefinite(question))
    if len(variables) > 1:
        return None
    try:
        for s in variables:
            question, answer = slope(question, s), slope(answer, s)
    except NotDifferentiable:
        return None
    return None if any(isinstance(t, Bound) and t.op == "antiderivative" for t in _bare(question)) else (question, answer)


def _bare(term: Term) -> Iterator[Term]:
    """The parts of a term that do not stand below a derivative."""
    yield term
    if not (isinstance(term, Bound) and term.op == "diff"):
        for t in children(term):
            yield from _bare(t)


def _is_nowhere(question: Term, answer: Term, points: list[Valuation], reading: str) -> bool:
    """Whether the question has a value at most points, and the answer certainly has none at any of them."""
    import numpy as np

    try:
        values = floats(question, points, reading)
    except NoValue:
        return False
    if values.dtype == object:
        return False
    finite = [p for p, v in zip(points, values, strict=True) if np.isfinite(np.asarray(v, complex)).all()]
    if 2 * len(finite) < POINTS:
        return False
    for point in finite:
        try:
            ball(answer, point, 64, reading)
        except Undefined:
            continue
        except NoValue:
            return False
        return False
    return True


def _pairs(question: Term, answer: Term, points: list[Valuation], reading: str) -> Iterator[tuple[int, Any, Any, float]]:
    """The points at which both have a finite value, with the values and their relative difference."""
    import numpy as np

    left = floats(question, points, reading)
    right = np.full(len(points), _double(answer)) if isinstance(answer, Num) else floats(answer, points, reading)
    if left.ndim == right.ndim == 1 and object not in (left.dtype, right.dtype):
        with np.errstate(all="ignore"):
            gaps = np.abs(left - right) / np.maximum(np.maximum(np.abs(left), np.abs(right)), TINY)
        finite = np.isfinite(left) & np.isfinite(right)
        yield from ((k, left[k], right[k], float(gaps[k])) for k in finite.nonzero()[0])
        return
    for k, (x, y) in enumerate(zip(left, right, strict=True)):
        a, b = np.asarray(x), np.asarray(y)
        if a.size and a.shape == b.shape and object not in (a.dtype, b.dtype) and np.isfinite(a).all() and np.isfinite(b).all():
            yield k, a, b, float(np.abs(a - b).max() / max(np.abs(a).max(), np.abs(b).max(), TINY))


def _double(number: Num) -> float:
    try:
        return float(number.value)
    except OverflowError:
        return math.inf


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
