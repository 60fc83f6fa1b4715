"""Checks of inequalities: the condition or the numbers found against the truth at points."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np

from twofold.catalogue.conjunctions import together
from twofold.core.evidence import Check
from twofold.engine.checks.questions import relations, residual
from twofold.engine.checks.sampling import EXACT_ROUTE, items, points, value, values, verdict
from twofold.grammar.term import (
    App,
    Symbol,
    Term,
    Var,
    free_symbols,
    substitute,
)
from twofold.numeric.evaluate import ball
from twofold.numeric.outcomes import NoValue, Undefined
from twofold.symbolic.context import Context

_TURNS = 30
"""Members of a family on either side of 0 that are tried."""


def members(rows: list[Term], answer: Term, names: list[Term], context: Context) -> Check:
    """Inequalities with single numbers for solutions: they hold there, and for no other number that is tried."""
    errors: list[float] = []
    if len(names) != 1 or not isinstance(names[0], Var):
        return Check("points", None, None, EXACT_ROUTE)
    x = names[0].symbol
    for s in items(answer):
        for p in points([s], context, 2):
            errors += [
                float(t is not None and not bool(np.all(t)))
                for r in rows
                if (t := value(substitute(r, {x: s}), p, context)) is not None
            ]
    turns = [s for s in free_symbols(answer) if s.kind == "integer"]
    each: list[Any] = [{turns[0]: k} for k in range(-_TURNS, _TURNS + 1)] if turns else [{}]
    found = [v for s in items(answer) for p in each if (v := value(s, p, context)) is not None]
    reach = max((abs(float(v)) for v in found), default=0.0) if turns else math.inf
    places = [
        p
        for p in points(rows, context, 40)
        if (place := value(names[0], p, context)) is not None
        and abs(float(place)) <= reach
        and not any(abs(float(place) - float(v)) < 1e-9 for v in found)
    ]
    if places:
        truths = [values(r, places, context) for r in rows]
        errors += [float(all(t is not None and bool(np.all(t)) for t in column)) for column in zip(*truths, strict=True)]
    return verdict("truth at points", errors)


def region(question: App, answer: Term, context: Context) -> Check | None:
    """Whether the condition found holds at the same points as the inequality."""
    asked = together(relations(question.args[0]))
    if asked.sort != "truth":
        return Check("points", None, None, EXACT_ROUTE)
    turns = [s for s in free_symbols(answer) if s.kind == "integer" and s not in free_symbols(question)]
    places = points([asked], context, 40)
    if turns:
        places = [p for p in places if all(abs(float(v)) <= 20 for v in p.values() if isinstance(v, (int, float, Fraction)))]
    if not places:
        return verdict("truth at the same points", [])
    truths, claimed = _all(relations(question.args[0]), places, context), _hold(answer, places, turns, context)
    if claimed is None:
        return verdict("truth at the same points", [])
    errors = [
        float(a != b and (bool(turns) or _differ(asked, answer, p, context)))
        for a, b, p in zip(truths, claimed, places, strict=True)
        if b is not None
    ]
    return verdict("truth at the same points", errors)


def _differ(asked: Term, answer: Term, point: Any, context: Context) -> bool:
    """Whether two conditions certainly differ at a point where they do in double precision, which may underflow or overflow; what is undefined does not
    hold."""
    try:
        return bool(_certain(asked, point, context)) != bool(_certain(answer, point, context))
    except NoValue:
        return False


def _certain(condition: Term, point: Any, context: Context) -> Any:
    try:
        return ball(condition, point, 128, context.reading)
    except Undefined:
        return False


def _all(rows: list[Term], places: list[Any], context: Context) -> list[bool]:
    """Whether all relations hold at each point, equations up to rounding."""
    out = [True] * len(places)
    for r in rows:
        zero = residual(r)
        if zero is None:
            out = [o and v is not None and bool(v) for o, v in zip(out, values(r, places, context), strict=True)]
            continue
        parts = list(r.args) if isinstance(r, App) and r.op == "eq" else [zero]
        for k, (left, *sides) in enumerate(zip(*(values(t, places, context) for t in (zero, *parts)), strict=True)):
            near = left is not None and all(v is not None for v in sides)
            out[k] = (
                out[k] and near and float(np.max(np.abs(left))) <= 1e-9 * max(1.0, *(float(np.max(np.abs(v))) for v in sides))
            )
    return out


def _hold(answer: Term, places: list[Any], turns: list[Symbol], context: Context) -> list[bool | None] | None:
    """Whether a condition holds at each point; for some whole number where it has one of its own."""
    if not turns:
        return [None if v is None else bool(v) for v in values(answer, places, context)]
    whole = range(-8, 9)
    tried = values(answer, [{**p, turns[0]: k} for p in places for k in whole], context)
    rows = [tried[j : j + len(whole)] for j in range(0, len(tried), len(whole))]
    return [None if any(t is None for t in row) else any(bool(t) for t in row) for row in rows]
