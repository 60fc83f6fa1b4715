"""Repairs: one local edit of the right side that makes the step hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import numpy as np

from twofold.catalogue.display import number
from twofold.catalogue.goal import Goal
from twofold.core.diagnostic import TwofoldError
from twofold.core.evidence import Diagnosis
from twofold.core.truth import Truth
from twofold.engine.diagnosis.edits import Edit, edits, minus, plus
from twofold.engine.diagnosis.parts import terms
from twofold.engine.diagnosis.pieces import Match, Pieces, Resolve
from twofold.engine.diagnosis.place import TextEdit, local, locate, put
from twofold.engine.diagnosis.points import Points, rational
from twofold.engine.diagnosis.relations import Judge
from twofold.engine.diagnosis.solutions import Solutions
from twofold.grammar import tree
from twofold.grammar.parse import parse_expression
from twofold.grammar.term import Term

MOST_SHOWN = 2
_MOST_TRIED = 420
_MOST_JUDGED = 5
_HOLDING = (Truth.PROVED, Truth.SUPPORTED)


def repairs(
    goal: Goal, left: tree.Expr, right: tree.Expr, points: Points | Solutions, pieces: Pieces | None, resolve: Resolve, judge: Judge
) -> list[Diagnosis]:
    """At most two repairs, the smallest edits first; each was judged to hold after it was read back from the edited text."""
    found: list[Diagnosis] = []
    judged = 0
    seen: set[tuple[int, int, str]] = set()
    for edit in _fitting(goal, left, right, points, pieces, resolve):
        place = locate(right, edit.old, edit.new)
        if place is None or not _is_local(right, place):
            continue
        key = (place.line, place.column, place.replacement)
        if key in seen:
            continue
        seen.add(key)
        judged += 1
        if _confirmed(goal, place, resolve, judge):
            found.append(
                Diagnosis("repair", f"this would hold with {place.shown}", place.line, place.column, place.length, place.replacement)
            )
        if len(found) >= MOST_SHOWN or judged >= _MOST_JUDGED:
            break
    return found


def _is_local(right: tree.Expr, place: TextEdit) -> bool:
    return local(place, right.span.source.line(place.line))


def _confirmed(goal: Goal, place: TextEdit, resolve: Resolve, judge: Judge) -> bool:
    """Whether the step holds with the edited text, read anew."""
    try:
        term = resolve(parse_expression(place.whole, ""))
        return judge(replace(goal, right=term)).truth in _HOLDING
    except TwofoldError:
        return False


def _fitting(
    goal: Goal, left: tree.Expr, right: tree.Expr, points: Points | Solutions, pieces: Pieces | None, resolve: Resolve
) -> Iterator[Edit]:
    """Edits after which both sides agree at the points, likely ones first."""
    candidates = edits(right, left)
    if pieces is not None and isinstance(points, Points) and not points.groups:
        candidates = sorted([*_found(points, pieces, right, resolve), *candidates], key=lambda e: e.cost)
    tried: set[Term] = {goal.right}
    for edit in candidates[:_MOST_TRIED]:
        try:
            term = resolve(put(right, edit.old, edit.new))
        except TwofoldError:
            continue
        if term in tried or term.sort != goal.right.sort:
            continue
        tried.add(term)
        if points.fits(term):
            yield edit


# --- edits read off the values -----------------------------------------------------------------------------------------------------


def _found(points: Points, pieces: Pieces, right: tree.Expr, resolve: Resolve) -> Iterator[Edit]:
    """A factor, a term, or a factor of one term, found from the ratio or the difference of the two sides."""
    if any(a.size != 1 or b.size != 1 for a, b in zip(points.left, points.right, strict=True)):
        return
    a, b = (np.array([v.reshape(()) for v in side]) for side in (points.left, points.right))
    if np.iscomplexobj(a) or np.iscomplexobj(b):
        return
    summands = terms(right)
    with np.errstate(all="ignore"):
        ratio, gap = a / b, a - b
    if np.all(np.isfinite(ratio)) and np.all(ratio != 0):
        m = pieces.match(ratio)
        if m is not None:
            if len(summands) == 1:
                yield Edit(right, m.onto(right), 1.15 if m.factor.denominator == 1 else 1.2)
            elif m == Match(Fraction(-1)):
                yield Edit(right, tree.Prefix("-", right), 1.4)
    m = pieces.match(gap)
    if m is not None and not any(_proportional(points, t, gap, resolve) for _, t in summands):
        yield Edit(right, (plus if m.factor > 0 else minus)(right, m.tree()), 1.45)
    if len(summands) > 1:
        for _, t in summands:
            yield from _scaled(points, pieces, t, gap, right, resolve)
    q = rational(a)
    if q is not None and len(points) > 1 or (q is not None and max(abs(q.numerator), q.denominator) < 1000):
        assert q is not None
        yield Edit(right, number(q), 1.9)


def _proportional(points: Points, t: tree.Expr, gap: np.ndarray, resolve: Resolve) -> bool:
    """Whether what is missing is a multiple of a term that is there: then that term has a wrong factor."""
    try:
        values = points.scalars(resolve(t))
    except TwofoldError:
        return False
    return values is not None and not np.any(values == 0) and rational(gap / values) is not None


def _scaled(points: Points, pieces: Pieces, t: tree.Expr, gap: np.ndarray, right: tree.Expr, resolve: Resolve) -> Iterator[Edit]:
    """A term of a sum with another factor."""
    try:
        values = points.scalars(resolve(t))
    except TwofoldError:
        return
    if values is None or np.any(values == 0):
        return
    signed = points.scalars(resolve(right))
    without = points.scalars(resolve(put(right, t, tree.Number("0"))))
    if signed is None or without is None:
        return
    share = signed - without
    with np.errstate(all="ignore"):
        factor = 1 + gap / share
    if not np.all(np.isfinite(factor)) or np.any(factor == 0):
        return
    m = pieces.match(factor)
    if m is not None and m.factor > 0:
        yield Edit(t, m.onto(t), 1.3)
