"""Entries of a vector or matrix that is written out, each compared with that of the other side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from twofold.catalogue.display import number
from twofold.core.diagnostic import TwofoldError
from twofold.engine.diagnosis.edits import Edit, edits
from twofold.engine.diagnosis.parts import terms
from twofold.engine.diagnosis.pieces import Match, Pieces, Resolve
from twofold.engine.diagnosis.place import put
from twofold.engine.diagnosis.points import Points, equal, rational
from twofold.grammar import tree

_COST = 1.1
_LARGEST = 1000
_LIKELY, _MOST_TRIED = 1.25, 40


def entry_edits(points: Points, left: tree.Expr, right: tree.Expr, resolve: Resolve) -> Iterator[Edit]:
    """The right side with all entries that differ mended, each by a number, a term or a factor; nothing where one cannot be."""
    if not isinstance(right, tree.Matrix) or not len(points):
        return
    rows = len(right.rows[0]) if right.vector else len(right.rows)
    columns = 1 if right.vector else len(right.rows[0])
    if any(v is None or v.size != rows * columns or np.iscomplexobj(v) for v in (*points.left, *points.right)):
        return
    a, b = (np.array([v.reshape(-1) for v in side]) for side in (points.left, points.right))
    wrong = [k for k in range(rows * columns) if not equal(a[:, k], b[:, k])]
    if not wrong or len(wrong) == rows * columns > 2:
        return
    pieces = Pieces(points, left, right, resolve)
    cells: list[list[Any]] = [list(row) for row in right.rows]
    for k in wrong:
        i, j = (0, k) if right.vector else divmod(k, columns)
        made = _edited(cells[i][j], a[:, k], points, left, resolve) or _mended(cells[i][j], a[:, k], b[:, k], pieces)
        if made is None:
            return
        if len(wrong) == 1:
            yield Edit(cells[i][j], made, _COST)
        cells[i][j] = made
    if len(wrong) > 1:
        yield Edit(right, replace(right, rows=tuple(tuple(row) for row in cells)), _COST)


def _edited(entry: tree.Expr, wanted: np.ndarray, points: Points, left: tree.Expr, resolve: Resolve) -> tree.Expr | None:
    """The entry after one of the likeliest edits that give it the wanted values."""
    for edit in [e for e in edits(entry, left) if e.cost <= _LIKELY][:_MOST_TRIED]:
        new: tree.Expr = put(entry, edit.old, edit.new)
        try:
            values = points.scalars(resolve(new))
        except TwofoldError:
            continue
        if values is not None and equal(values, wanted):
            return new
    return None


def _mended(entry: tree.Expr, wanted: np.ndarray, here: np.ndarray, pieces: Pieces) -> tree.Expr | None:
    q = rational(wanted)
    if q is not None and max(abs(q.numerator), q.denominator) <= _LARGEST:
        return number(q)
    with np.errstate(all="ignore"):
        factor = wanted / here
    m = pieces.match(factor) if np.all(np.isfinite(factor)) and np.all(factor != 0) else None
    if m is not None and (len(terms(entry)) == 1 or m == Match(m.factor)):
        return m.onto(entry)
    m = pieces.match(wanted - here)
    if m is not None:
        return m.added_to(entry)
    m = pieces.match(wanted)
    return None if m is None else m.alone()
