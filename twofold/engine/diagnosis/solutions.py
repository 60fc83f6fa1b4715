"""Points on the solution set of an equation, by bisection in double precision: where edits of an equation step are tried
first."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
from flint import acb, arb

from twofold.catalogue.conjunctions import conjuncts
from twofold.catalogue.goal import Goal
from twofold.catalogue.method import NotApplicable
from twofold.catalogue.resolve import Scope, resolve
from twofold.core.diagnostic import TwofoldError
from twofold.grammar.parse import parse_expression
from twofold.grammar.term import FALSE, App, Bound, Symbol, Term
from twofold.numeric.array_solutions import solving
from twofold.numeric.evaluate import ball, floats
from twofold.numeric.outcomes import CannotEvaluate, NoValue, Split
from twofold.numeric.sample import involved
from twofold.numeric.statement_truth import truth
from twofold.numeric.valuation import Valuation, draw
from twofold.symbolic.context import Context
from twofold.symbolic.equations.decide import decide

_GRID = 48
_ROUNDS = 44
_KEPT, _MANY, _ARRAYS = 6, 16, 40
_CLOSE = 1e-7


class Solutions:
    """Points at which the left side of a step between equations is true: the right side must be true there as well. For `<=>`
    also `others`, where both must be false."""

    def __init__(self, goal: Goal) -> None:
        self.goal = goal
        self.points: list[Valuation] = []
        self.others: list[Valuation] = []
        equations = _equations(goal.left)
        names = involved(goal.left, goal.right, *goal.assumptions)
        self._exact()
        if any(s.shape for s in names) and all(s.kind in ("real", "integer") and s.law is None for s in names):
            drawn = draw(names, goal.assumptions, goal.seed, _GRID, (goal.left, goal.right))
            found = list(solving(goal.left, goal.assumptions, drawn, goal.seed, truth, True))
            self.points.extend(
                found[:: 1 + len(found) // _ARRAYS]
            )  # The first ones are small, so that nearly anything holds there.
        if goal.relation == "<=>" and names:
            ordinary = draw(names, goal.assumptions, goal.seed, 12, (goal.left, goal.right))[-4:]
            self.others = [p for p in ordinary if not self._true(goal.left, p)]
        if not equations and names and goal.left.sort == "truth":
            # Of inequalities ordinary points are solutions, and others are not.
            drawn = draw(names, goal.assumptions, goal.seed, _GRID, (goal.left, goal.right))
            holding = [self._true(goal.left, p) for p in drawn]
            self.points = [*self.points, *(p for p, true in zip(drawn, holding, strict=True) if true)][
                : max(_MANY, len(self.points))
            ]
            if goal.relation == "<=>":
                self.others = [p for p, true in zip(drawn, holding, strict=True) if not true][:_MANY]
            return
        scalars = [s for s in names if not s.shape and s.kind == "real" and s.law is None and not s.size]
        if len(equations) != 1 or not scalars:
            return
        drawn = list(draw(names, goal.assumptions, goal.seed, _GRID, (goal.left, goal.right)))
        known = len(self.points)
        for unknown in _occurring(equations[0], scalars)[:2]:
            for base in drawn[-3:]:
                self.points.extend(self._along(equations[0], unknown, base, drawn))
            if len(self.points) >= _KEPT:
                break
        self.points = self.points[: max(_KEPT, known)]

    def _exact(self) -> None:
        """A point of the left side from the method that decides such steps."""
        try:
            found = decide(Goal("=>", self.goal.left, FALSE, self.goal.assumptions, self.goal.reading), Context())
        except NotApplicable:
            return
        names = {s.name: s for s in involved(self.goal.left, self.goal.right, *self.goal.assumptions)}
        if found.values is None or set(found.values) != set(names):
            return
        try:
            self.points.append({names[n]: _value(text) for n, text in found.values.items()})
        except (TwofoldError, NoValue):
            return

    def __len__(self) -> int:
        return len(self.points)

    def _along(self, equation: App, unknown: Symbol, base: Valuation, drawn: list[Valuation]) -> list[Valuation]:
        """Solutions with all names but one fixed, between values that the declarations admit."""
        places = sorted({float(p[unknown]) for p in drawn if unknown in p})
        if len(places) < 2:
            return []
        grid = np.unique(np.concatenate([np.linspace(a, b, 5) for a, b in zip(places, places[1:], strict=False)]))
        values = np.sign(self._gap(equation, unknown, base, grid))
        out: list[Valuation] = []
        for k in range(len(grid) - 1):
            if values[k] == 0 and len(out) < 3 and _vanishes(equation, point := {**base, unknown: Fraction(float(grid[k]))}):
                out.append(point)
            if np.isfinite(values[k]) and np.isfinite(values[k + 1]) and values[k] * values[k + 1] < 0 and len(out) < 3:
                root = self._bisect(equation, unknown, base, grid[k], grid[k + 1])
                if root is not None:
                    out.append({**base, unknown: root})
        return out

    def _bisect(self, equation: App, unknown: Symbol, base: Valuation, low: float, high: float) -> Any:
        at_low = float(self._gap(equation, unknown, base, np.array([low]))[0])
        for _ in range(_ROUNDS):
            middle = (low + high) / 2
            value = self._gap(equation, unknown, base, np.array([middle]))[0]
            if not np.isfinite(value):
                return None
            if (value > 0) == (at_low > 0):
                low = middle
            else:
                high = middle
        end = self._gap(equation, unknown, base, np.array([low]))[0]
        # A pole changes sign as well: the values must be small where a zero is claimed.
        return Fraction((low + high) / 2) if abs(end) <= abs(at_low) * 1e-6 else None

    def _gap(self, equation: App, unknown: Symbol, base: Valuation, grid: np.ndarray) -> np.ndarray:
        points = [{**base, unknown: Fraction(float(x))} for x in grid]
        try:
            a, b = (np.asarray(floats(t, points, "real"), dtype=float) for t in equation.args)
        except (CannotEvaluate, Split, TypeError, ValueError):
            return np.full(len(grid), np.nan)
        with np.errstate(all="ignore"):
            gap: np.ndarray = a - b
        return gap

    def fits(self, term: Term) -> bool:
        """Whether a statement seems true at the points, as far as it can be told in double precision."""
        if not self.points or term.sort != "truth":
            return term.sort == "truth"
        return all(self._true(term, p) for p in self.points) and not any(self._true(term, p) for p in self.others)

    def _true(self, term: Term, point: Valuation) -> bool:
        if isinstance(term, App) and term.op == "and":
            return all(self._true(t, point) for t in term.args)
        if isinstance(term, App) and term.op == "or":
            return any(self._true(t, point) for t in term.args)
        if isinstance(term, App) and term.op == "eq" and any(a.shape for a in term.args):
            return truth(term, point) is True  # What is inverted here is not exact in double precision.
        if isinstance(term, App) and term.op == "eq" and not any(a.shape for a in term.args):
            try:
                a, b = (float(np.asarray(floats(t, [point], "real"))[0]) for t in term.args)
            except (CannotEvaluate, Split, TypeError, ValueError):
                return False
            scale = max(abs(a), abs(b), self._size(term, point))
            return bool(np.isfinite(a) and np.isfinite(b) and abs(a - b) <= _CLOSE * scale)
        try:
            return bool(np.asarray(floats(term, [point], "real"))[0] == 1)
        except (CannotEvaluate, Split, TypeError, ValueError):
            return False

    def _size(self, term: App, point: Valuation) -> float:
        """How large the terms of an equation are, so that cancellation to 0 counts as equality."""
        best = 0.0
        for side in term.args:
            parts = side.args if isinstance(side, App) and side.op in ("add", "sub") else ()
            for p in parts:
                try:
                    v = abs(float(np.asarray(floats(p, [point], "real"))[0]))
                except (CannotEvaluate, Split, TypeError, ValueError):
                    continue
                if np.isfinite(v):
                    best = max(best, v)
        return best


def _vanishes(equation: App, point: Valuation) -> bool:
    """Whether the sides may be equal at a point: in double precision exp(-1000) is 0."""
    try:
        gap = ball(App("sub", equation.args), point, 64, "real")
    except NoValue:
        return False
    return not isinstance(gap, arb) or bool(gap.contains(0))


def _value(text: str) -> Any:
    """A value of a counterexample as exact numbers, rounded where it is irrational."""
    return _rounded(ball(resolve(parse_expression(text, "<value>"), Scope({})), {}, 128))


def _rounded(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(map(_rounded, value))
    if isinstance(value, acb):
        raise NoValue("points are real")
    if isinstance(value, Bound):
        return value  # What an unknown function is.
    q = value.mid().fmpq() if isinstance(value, arb) else value
    return Fraction(int(q.p), int(q.q))


def _equations(t: Term) -> list[App]:
    return [p for p in conjuncts(t) if isinstance(p, App) and p.op == "eq" and not p.args[0].shape]


def _occurring(equation: App, scalars: list[Symbol]) -> list[Symbol]:
    inside = set(involved(equation))
    return [s for s in scalars if s in inside]
