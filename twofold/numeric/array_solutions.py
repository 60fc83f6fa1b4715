"""Points with arrays at which a statement holds: where an equation is solved for a name, where small entries happen to satisfy it, and where the
entries of one array are solved for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from twofold.grammar.term import Term
from twofold.numeric.assigned import assigned
from twofold.numeric.evaluate import floats
from twofold.numeric.linear_points import on_equations
from twofold.numeric.outcomes import CannotEvaluate, Split
from twofold.numeric.small_arrays import small
from twofold.numeric.valuation import Valuation

_ASSIGNED = 8
"""Points at which a name gets the value that an equation gives it."""
_SATISFYING = 60
"""Points with small arrays at which both sides are looked at."""
_LINEAR = 60
"""Points with small arrays of which one is made to solve the equations of a side."""

Truth = Callable[[Term, Valuation], bool | None]


def solving(
    side: Term, given: Sequence[Term], drawn: Sequence[Valuation], seed: int, truth: Truth, arrays: bool
) -> Iterator[Valuation]:
    """The points at which a statement and what is assumed are certainly true; those with small arrays where there are arrays."""
    for point in _candidates(side, drawn, seed, arrays):
        if truth(side, point) is True and all(truth(t, point) is True for t in given):
            yield point


def _candidates(side: Term, drawn: Sequence[Valuation], seed: int, arrays: bool) -> Iterator[Valuation]:
    for point in drawn[:_ASSIGNED]:
        if (at := assigned(side, point)) is not None:
            yield at
    if arrays:
        near = small(drawn, seed)
        yield from _satisfying(side, near)
        yield from on_equations(side, near[:: 1 + len(near) // _LINEAR], seed)


def _satisfying(side: Term, points: list[Valuation]) -> list[Valuation]:
    """The points at which a statement seems true, in double precision."""
    try:
        found = np.asarray(floats(side, points, "real"), dtype=float) if points else np.zeros(0)
    except (CannotEvaluate, Split, TypeError, ValueError):
        return []
    return [points[k] for k in np.flatnonzero(found == 1)[:_SATISFYING]]
