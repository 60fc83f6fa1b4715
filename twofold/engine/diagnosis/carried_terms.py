"""Several terms of the line above that are missing here, where the others stand in both, perhaps in another form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from twofold.core.diagnostic import TwofoldError
from twofold.engine.diagnosis.arithmetic import minus, plus
from twofold.engine.diagnosis.edits import Edit
from twofold.engine.diagnosis.parts import terms
from twofold.engine.diagnosis.pieces import Resolve
from twofold.engine.diagnosis.points import Points, equal
from twofold.grammar import tree

_COST = 1.2
_MOST = 8


@dataclass(frozen=True, slots=True)
class _Term:
    sign: str
    node: tree.Expr
    values: list[Any]


def carried_terms(points: Points, left: tree.Expr, right: tree.Expr, resolve: Resolve) -> Iterator[Edit]:
    """The right side with the terms of the left one that have no counterpart in it, where each of its own has one there."""
    ours, theirs = _terms(points, left, resolve), _terms(points, right, resolve)
    if ours is None or theirs is None:
        return
    missing = list(ours)
    for t in theirs:
        same = next((o for o in missing if _same(o, t)), None)
        if same is None:
            return
        missing.remove(same)
    if len(missing) > 1:
        new = right
        for t in missing:
            new = (plus if t.sign == "+" else minus)(new, t.node)
        yield Edit(right, new, _COST)


def _terms(points: Points, side: tree.Expr, resolve: Resolve) -> list[_Term] | None:
    parts = terms(side)
    if not 1 <= len(parts) <= _MOST:
        return None
    found = []
    for sign, node in parts:
        try:
            values = points.values(resolve(node))
        except TwofoldError:
            return None
        if not values or any(v is None for v in values):
            return None
        found.append(_Term(sign, node, [v if sign == "+" else -v for v in values]))
    return found


def _same(one: _Term, other: _Term) -> bool:
    return all(equal(a, b) for a, b in zip(one.values, other.values, strict=True))
