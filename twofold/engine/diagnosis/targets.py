"""The points of a line that gives a name a value, `p == (a - 1)/(a + b)`: what the name is where the line above holds is what the value should be."""

from __future__ import annotations

from typing import Any

import numpy as np

from twofold.catalogue.goal import Goal
from twofold.engine.diagnosis.solutions import Solutions
from twofold.grammar.term import App, Symbol, Term, Var, free_symbols
from twofold.numeric.evaluate import floats
from twofold.numeric.outcomes import CannotEvaluate, Split


class Targets:
    """Solutions of the line above as points of an equation between a name and its value here."""

    groups: tuple[()] = ()

    def __init__(self, goal: Goal, solutions: Solutions) -> None:
        assert isinstance(goal.right, App) and isinstance(goal.right.args[0], Var)
        name, value = goal.right.args
        self.goal = Goal("==", name, value, goal.assumptions, goal.reading, seed=goal.seed)
        self.points = [p for p in solutions.points if goal.right.args[0].symbol in p]
        self.left = self._rows(name)
        self.right = self._rows(value)

    def __len__(self) -> int:
        return len(self.points)

    def scalars(self, term: Term) -> np.ndarray | None:
        """The values of a scalar term, None where it has none at a point."""
        if term.shape or not self.points:
            return None
        try:
            found = np.asarray(floats(term, self.points, "real"), dtype=float)
        except (CannotEvaluate, Split, TypeError, ValueError):
            return None
        return found if found.shape == (len(self.points),) and bool(np.all(np.isfinite(found))) else None

    own = scalars

    def _rows(self, term: Term) -> list[Any]:
        found = self.scalars(term)
        return [None] * len(self.points) if found is None else list(found)


def solved_for(goal: Goal) -> Symbol | None:
    """The scalar that stands alone on the left of an equation, and not in its value."""
    t = goal.right
    if not isinstance(t, App) or t.op != "eq" or any(a.shape for a in t.args) or not isinstance(t.args[0], Var):
        return None
    s = t.args[0].symbol
    return None if s in free_symbols(t.args[1]) or s.kind != "real" else s
