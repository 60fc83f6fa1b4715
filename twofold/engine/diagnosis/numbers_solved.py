"""Numbers in an equation for which the solutions of the line above solve it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from twofold.catalogue.display import number
from twofold.catalogue.goal import Goal
from twofold.core.diagnostic import TwofoldError
from twofold.engine.diagnosis.edits import Edit, nodes
from twofold.engine.diagnosis.parts import is_equation
from twofold.engine.diagnosis.pieces import Resolve
from twofold.engine.diagnosis.place import put
from twofold.engine.diagnosis.points import rational
from twofold.engine.diagnosis.solutions import Solutions
from twofold.grammar import tree
from twofold.grammar.term import App
from twofold.numeric.evaluate import floats
from twofold.numeric.outcomes import CannotEvaluate, Split

_PROBES = ("2", "3", "5")
_MOST, _LARGEST = 8, 200
_CLOSE = 1e-7


def numbers_solved(goal: Goal, right: tree.Expr, solutions: Solutions, resolve: Resolve) -> Iterator[Edit]:
    """Edits of one number each in an equation that is linear in it; only whole numbers are offered, since one solution fits many fractions."""
    if not is_equation(right) or not len(solutions):
        return
    numbers = [n for n, _, role in nodes(right) if isinstance(n, tree.Number) and role != "index"]
    for node in numbers[:_MOST]:
        gaps = [_gaps(put(right, node, tree.Number(probe)), solutions, resolve) for probe in _PROBES]
        if any(g is None for g in gaps):
            continue
        at_two, at_three, at_five = (np.asarray(g) for g in gaps)
        slope = at_three - at_two
        if np.any(np.abs(at_five - at_two - 3 * slope) > _CLOSE * (1 + np.abs(at_five))) or np.any(np.abs(slope) < _CLOSE):
            continue
        q = rational(2 - at_two / slope, 1)
        if q is not None and 0 < q <= _LARGEST:
            yield Edit(node, number(q), 1.2)


def _gaps(right: tree.Expr, solutions: Solutions, resolve: Resolve) -> np.ndarray | None:
    """The left side minus the right one at the solutions."""
    try:
        term = resolve(right)
    except TwofoldError:
        return None
    if not isinstance(term, App) or term.op != "eq" or any(a.shape for a in term.args):
        return None
    try:
        a, b = (np.asarray(floats(t, solutions.points, "real"), dtype=float) for t in term.args)
    except (CannotEvaluate, Split, TypeError, ValueError):
        return None
    gap: np.ndarray = a - b
    return gap if np.all(np.isfinite(gap)) else None
