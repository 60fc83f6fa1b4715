"""Sample points of an `up to` claim, two and two: what changes between them is compared, as differences or as logarithms of ratios."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from twofold.engine.diagnosis.arithmetic import minus, over, plus, raised, times
from twofold.engine.diagnosis.edits import Edit
from twofold.engine.diagnosis.pieces import Pieces
from twofold.engine.diagnosis.points import Points, rational
from twofold.grammar import tree
from twofold.grammar.term import Term
from twofold.grammar.tree import Number


class Paired:
    """The points of a claim up to a constant or a scale, each beside the first of its group.

    `left`, `right` and `scalars` are changes: of values up to a constant, of logarithms of their sizes up to a scale. So a side that is
    right up to the clause changes as the other does, and a factor or an exponent that is wrong shows as in an equation.
    """

    groups: tuple[()] = ()

    def __init__(self, points: Points) -> None:
        self.points = points
        self.goal = points.goal
        self.pairs = [(g[0], k) for g in points.groups for k in g[1:]]
        self.left = self._arrays(points.left)
        self.right = self._arrays(points.right)

    def __len__(self) -> int:
        return len(self.pairs)

    def scalars(self, term: Term) -> np.ndarray | None:
        """The changes of a scalar term."""
        found = self.points.scalars(term)
        return None if found is None or np.iscomplexobj(found) else self._changes(found)

    def own(self, term: Term) -> np.ndarray | None:
        """The values of a scalar term themselves, at the second point of every pair."""
        found = self.points.scalars(term)
        return None if found is None else found[[k for _, k in self.pairs]]

    def _arrays(self, values: list[Any]) -> list[Any]:
        if any(v is None or v.size != 1 or np.iscomplexobj(v) for v in values):
            return [None] * len(self.pairs)
        return list(self._changes(np.array([float(v.reshape(())) for v in values])))

    def _changes(self, values: np.ndarray) -> np.ndarray:
        if self.goal.up_to == "scale":
            with np.errstate(all="ignore"):
                values = np.log(np.abs(values))
        with np.errstate(invalid="ignore"):  # Infinite at both points: no number, and no match.
            return np.array([values[k] - values[first] for first, k in self.pairs])


def left_out(points: Paired, pieces: Pieces, right: tree.Expr) -> Iterator[Edit]:
    """A piece that is missing: a multiple of it as a term, up to a scale a power of it as a factor."""
    gap = np.array(points.left) - np.array(points.right)
    for p in pieces.found:
        change = points.scalars(pieces.resolve(p.node))
        if change is None or np.any(change == 0):
            continue
        with np.errstate(all="ignore"):
            q = rational(gap / change, 12)
        if q is None or q == 0:
            continue
        size = Number(str(abs(q))) if q.denominator == 1 else over(Number(str(abs(q.numerator))), Number(str(q.denominator)))
        if points.goal.up_to == "scale":
            factor = p.node if abs(q) == 1 else raised(p.node, size)
            yield Edit(right, (times if q > 0 else over)(right, factor), 1.5)
        else:
            yield Edit(right, (plus if q > 0 else minus)(right, p.node if abs(q) == 1 else times(size, p.node)), 1.5)
