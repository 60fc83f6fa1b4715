"""A relation that does hold instead of the one claimed."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from twofold.catalogue.display import show
from twofold.catalogue.goal import Goal
from twofold.catalogue.shapes import ShapeError, app
from twofold.core.evidence import Diagnosis, Verdict
from twofold.core.truth import Truth
from twofold.engine.diagnosis.points import CLOSE, Points, equal, rational
from twofold.grammar.term import Const, Num, Term, num

Judge = Callable[[Goal], Verdict]
_HOLDING = (Truth.PROVED, Truth.SUPPORTED)
_PI = Const("pi")


def _constants() -> list[tuple[Term, float]]:
    two_pi = app("mul", num(2), _PI)
    made: list[Term] = [
        _PI,
        app("sqrt", _PI),
        app("sqrt", num(2)),
        app("sqrt", two_pi),
        app("pow", _PI, num(2)),
        app("log", num(2)),
        app("log", _PI),
        app("log", two_pi),
        Const("e"),
        app("sqrt", num(3)),
        app("log", num(3)),
        app("log", num(10)),
    ]
    pi = float(np.pi)
    values = [
        pi,
        pi**0.5,
        2**0.5,
        (2 * pi) ** 0.5,
        pi**2,
        np.log(2),
        np.log(pi),
        np.log(2 * pi),
        np.e,
        3**0.5,
        np.log(3),
        np.log(10),
    ]
    return list(zip(made, map(float, values), strict=True))


def constant(values: np.ndarray | None) -> Term | None:
    """The constant that all values are, as a term: a rational, or a rational multiple of a usual constant or its inverse."""
    q = rational(values)
    if q is not None:
        return Num(q)
    if values is None or np.iscomplexobj(values) or np.max(np.abs(values - values[0])) > CLOSE * abs(values[0]):
        return None
    for term, c in _constants():
        for scale, build in ((values / c, "mul"), (values * c, "div")):
            q = rational(scale, 12)
            if q is not None and q != 0 and max(abs(q.numerator), q.denominator) <= 12:
                if build == "mul":
                    return term if q == 1 else app("mul", Num(q), term)
                return app("div", Num(q), term)
    return None


def relation(goal: Goal, points: Points, judge: Judge) -> Diagnosis | None:
    """A factor, an additive constant, a transpose or the opposite inequality that makes the two sides fit."""
    if goal.relation in ("<", "<=", ">", ">="):
        turned = {"<": ">=", "<=": ">=", ">": "<=", ">=": "<="}[goal.relation]
        made = Goal(turned, goal.left, goal.right, goal.assumptions, goal.reading, span=goal.span, seed=goal.seed)
        return (
            Diagnosis("relation", f"the opposite holds: the left side is {turned} the right side")
            if _holds(made, judge)
            else None
        )
    if goal.relation != "==" or goal.up_to or not len(points):
        return None
    found = _factor(goal, points)
    if found is None:
        return None
    right, message = found
    made = Goal("==", goal.left, right, goal.assumptions, goal.reading, span=goal.span, seed=goal.seed)
    return Diagnosis("relation", message) if _holds(made, judge) else None


def _holds(goal: Goal, judge: Judge) -> bool:
    return judge(goal).truth in _HOLDING


def _factor(goal: Goal, points: Points) -> tuple[Term, str] | None:
    left, right = points.left, points.right
    if all(a.shape == b.T.shape and a.ndim == 2 and equal(a, b.T) for a, b in zip(left, right, strict=True)):
        return app("transpose", goal.right), "the left side is the transpose of the right side"
    if any(a.shape != b.shape for a, b in zip(left, right, strict=True)):
        return None
    ratios: list[complex] = []
    for a, b in zip(left, right, strict=True):
        place = int(np.argmax(np.abs(b)))
        y = b.reshape(-1)[place]
        if y == 0 and not a.any():
            continue
        if y == 0:
            ratios = []
            break
        r = a.reshape(-1)[place] / y
        if not equal(a, r * b):
            ratios = []
            break
        ratios.append(r)
    try:
        if len(ratios) > 1 or (ratios and not goal.left.shape):
            c = constant(np.array(ratios))
            if c is not None and c not in (num(0), num(1)):
                return app("mul", c, goal.right), f"the left side is {_times(c)} the right side"
        if not goal.left.shape:
            c = constant(np.array([(a - b).reshape(()) for a, b in zip(left, right, strict=True)]))
            if c is not None and c != num(0) and len(points) > 1:
                return app("add", goal.right, c), f"the left side is the right side {_plus(c)}"
    except ShapeError:
        return None
    return None


def _times(c: Term) -> str:
    if isinstance(c, Num) and c.value == -1:
        return "minus"
    return f"{show(c)} times"


def _plus(c: Term) -> str:
    if isinstance(c, Num) and c.value < 0:
        return f"minus {show(Num(-c.value))}"
    return f"plus {show(c)}"
