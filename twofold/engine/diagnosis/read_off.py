"""Edits read off the values of both sides: a factor, a term, or a factor of one term."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from twofold.catalogue.display import number
from twofold.catalogue.goal import Goal
from twofold.core.diagnostic import TwofoldError
from twofold.engine.diagnosis.arithmetic import in_front, minus, over, plus
from twofold.engine.diagnosis.edits import Edit
from twofold.engine.diagnosis.paired import Paired
from twofold.engine.diagnosis.parts import is_equation, terms
from twofold.engine.diagnosis.pieces import Match, Pieces, Resolve
from twofold.engine.diagnosis.place import put
from twofold.engine.diagnosis.points import Points, rational
from twofold.engine.diagnosis.targets import Targets
from twofold.grammar import tree
from twofold.grammar.term import App

_LARGEST, _FINEST = 1000, 60
"""The largest numbers that are offered, and the largest denominators of complex ones."""


def read_off(points: Points | Paired | Targets, pieces: Pieces, right: tree.Expr, resolve: Resolve) -> Iterator[Edit]:
    """A factor, a term, or a factor of one term, found from the ratio or the difference of the two sides."""
    if points.goal.left.shape or points.goal.right.shape or points.goal.left.sort != "number":
        return
    a, b = (np.array([v.reshape(()) for v in side]) for side in (points.left, points.right))
    if np.iscomplexobj(a) or np.iscomplexobj(b):
        yield from _complex_number(a, right)
        return
    summands = terms(right)
    with np.errstate(all="ignore"):
        ratio, gap = a / b, a - b
    if np.all(np.isfinite(ratio)) and np.all(ratio != 0):
        m = pieces.match(ratio)
        if m is not None:
            if len(summands) == 1:
                yield Edit(right, m.onto(right), 1.15 + m.complexity)
            elif m == Match(Fraction(-1)):
                yield Edit(right, tree.Prefix("-", right), 1.4)
            elif not m.above and not m.below and m.factor > 0:
                top, below = (tree.Number(str(k)) for k in (m.factor.numerator, m.factor.denominator))
                whole = right if m.factor.numerator == 1 else tree.Infix("*", top, right)
                yield Edit(right, whole if m.factor.denominator == 1 else over(whole, below), 1.15)
            elif m.below and not m.above and m.factor == 1:
                # A sum that was not divided, by a total for instance, stays as it is written.
                yield Edit(right, m.onto(right), 1.15 + m.complexity, worked=True)
    m = pieces.match(gap)
    if m is not None and not any(_proportional(points, t, gap, resolve) for _, t in summands):
        yield Edit(right, m.added_to(right), 1.4 + m.complexity)
    if len(summands) > 1:
        for _, t in summands:
            yield from _scaled(points, pieces, t, gap, right, resolve)
    q = rational(a)
    if q is not None and (len(points) > 1 or max(abs(q.numerator), q.denominator) < _LARGEST):
        yield Edit(right, number(q), 1.9)


def _complex_number(values: np.ndarray, right: tree.Expr) -> Iterator[Edit]:
    """A number a + b*im with small rational parts, its imaginary part also as 2im."""
    x, y = rational(values.real, _FINEST), rational(values.imag, _FINEST)
    if len(values) != 1 or x is None or y is None or max(abs(x), abs(y)) > _LARGEST:
        return
    if not y:
        yield Edit(right, number(x), 1.6)
        return
    size, im = number(abs(y)), tree.Name("im")
    yield Edit(right, _complex(x, im if abs(y) == 1 else in_front(size, im), y > 0), 1.6)
    if x and abs(y) != 1:
        yield Edit(right, _complex(x, tree.Infix("*", size, im, implicit=True), y > 0), 1.5)


def _complex(real: Fraction, imaginary: tree.Expr, is_added: bool) -> tree.Expr:
    if real:
        return (plus if is_added else minus)(number(real), imaginary)
    return imaginary if is_added else tree.Prefix("-", imaginary)


def missing_terms(goal: Goal, left: tree.Expr, right: tree.Expr, resolve: Resolve) -> Iterator[Edit]:
    """For a step between two equations: a term that makes their differences equal."""
    if not is_equation(right) or not isinstance(left, tree.Relation):
        return
    above, here = goal.left, goal.right
    if not all(isinstance(t, App) and t.op == "eq" and not t.args[0].shape for t in (above, here)):
        return
    assert isinstance(above, App) and isinstance(here, App)
    gaps = [App("sub", t.args) for t in (above, here)]
    points = Points(Goal("==", gaps[0], gaps[1], goal.assumptions, goal.reading, seed=goal.seed))
    if len(points) < 3:
        return
    a, b = (np.array([v.reshape(()) for v in side]) for side in (points.left, points.right))
    m = Pieces(points, left, right, resolve).match(a - b) if not np.iscomplexobj(a) and not np.iscomplexobj(b) else None
    if m is not None:
        first, last = right.operands
        if not m.above and not m.below and isinstance(last, tree.Number):
            value = Fraction(last.text) - m.factor
            yield Edit(last, number(value), 1.2)
            yield from (Edit(t, number(q), 1.0) for t, q in _constants(first, m.factor) if q > 0)
        yield Edit(first, m.added_to(first), 1.3)


def _constants(side: tree.Expr, missing: Fraction) -> Iterator[tuple[tree.Number, Fraction]]:
    """The numbers that are terms of a sum, and what each is when something is added to the sum."""
    for sign, t in terms(side):
        if isinstance(t, tree.Number):
            yield t, Fraction(t.text) + (missing if sign == "+" else -missing)


def _proportional(points: Points | Paired | Targets, t: tree.Expr, gap: np.ndarray, resolve: Resolve) -> bool:
    """Whether what is missing is a multiple of a term that is there: then that term has a wrong factor."""
    try:
        values = points.scalars(resolve(t))
    except TwofoldError:
        return False
    return values is not None and not np.any(values == 0) and rational(gap / values) is not None


def _scaled(
    points: Points | Paired | Targets, pieces: Pieces, t: tree.Expr, gap: np.ndarray, right: tree.Expr, resolve: Resolve
) -> Iterator[Edit]:
    """A term of a sum with another factor."""
    try:
        values = points.scalars(resolve(t))
        signed = points.scalars(resolve(right))
        without = points.scalars(resolve(put(right, t, tree.Number("0"))))
    except TwofoldError:
        return
    if values is None or np.any(values == 0):
        return
    if signed is None or without is None:
        return
    share = signed - without
    with np.errstate(all="ignore"):
        factor = 1 + gap / share
    if not np.all(np.isfinite(factor)) or np.any(factor == 0):
        return
    m = pieces.match(factor)
    if m is not None and m.factor > 0:
        yield Edit(t, m.onto(t), 1.2 + m.complexity)
