"""Checks of convexity: chords between random pairs of points."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from twofold.core.evidence import Check
from twofold.engine.checks.optimiser import names_of
from twofold.engine.checks.questions import relations
from twofold.engine.checks.sampling import EXACT_ROUTE, points, value
from twofold.grammar.term import MISSING, TRUE, App, Term
from twofold.symbolic.context import Context
from twofold.symbolic.solving.extremum_names import restricted

_POINTS = 60


def convexity(question: Term, answer: Term, context: Context) -> Check | None:
    """None lies below the graph of a convex function, one does for a function that is not. The names may be arrays of any size."""
    if not isinstance(question, App):
        return None
    variables, constraint = restricted(question.args[1], question.args[2] if len(question.args) > 2 else MISSING)
    names = names_of(variables)
    if names is None:
        return None
    f, sign = question.args[0], 1 if question.op == "is_convex" else -1
    rows = [] if constraint == MISSING else relations(constraint)
    drawn = [p for p in points([f], context, _POINTS) if set(names) <= set(p) and all(bool(value(r, p, context)) for r in rows)]
    tried = below = 0
    for p, q in zip(drawn, drawn[1:], strict=False):
        if any(_size(p[s]) != _size(q[s]) for s in names):
            continue
        # Parameters are the same at both ends of a chord.
        ends = [p, {**p, **{s: q[s] for s in names}}]
        middle = {**p, **{s: _middle(p[s], q[s]) for s in names}}
        found = [value(f, at, context) for at in (ends[0], middle, ends[1])]
        if any(v is None for v in found):
            continue
        low, inner, high = (float(np.real(v)) for v in found)
        tried += 1
        scale = max(1e-300, abs(low), abs(high), abs(inner))
        below += sign * (inner - (low + high) / 2) > 1e-9 * scale
    if not tried:
        return Check("chords", None, None, EXACT_ROUTE, "no point could be evaluated")
    agrees = below == 0 if answer == TRUE else True if below else None
    return Check("chords", agrees, None, EXACT_ROUTE, f"{below} of {tried} chords lie below the graph")


def _size(v: Any) -> tuple[int, ...]:
    return (len(v), *_size(v[0])) if isinstance(v, tuple) and v else ()


def _middle(a: Any, b: Any) -> Any:
    """The mean of two values, entry by entry."""
    if isinstance(a, tuple):
        return tuple(_middle(x, y) for x, y in zip(a, b, strict=True))
    return (Fraction(a) + Fraction(b)) / 2
