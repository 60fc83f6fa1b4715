"""Determinants and ranks of small matrices of constants such as roots of whole numbers, without SymPy."""

from __future__ import annotations

from twofold.grammar.term import Array, Term
from twofold.symbolic.constants import Constant, read
from twofold.symbolic.constants.constant import TooLong

MOST_ROWS = 4
Rows = list[list[Constant]]


def rows_of_constants(a: Term) -> Rows | None:
    """A matrix of at most four rows and columns whose entries are constants; `None` for any other."""
    if not isinstance(a, Array) or len(a.shape) != 2 or max(len(a.rows), len(a.rows[0])) > MOST_ROWS:
        return None
    out: Rows = []
    for r in a.rows:
        out.append([])
        for x in r:
            c = read(x)
            if c is None:
                return None
            out[-1].append(c)
    return out


def determinant(rows: Rows) -> Constant | None:
    """By the first row; `None` where it grows too long."""
    try:
        return _by_first_row(rows)
    except TooLong:
        return None


def _by_first_row(rows: Rows) -> Constant:
    if len(rows) == 1:
        return rows[0][0]
    out = Constant({})
    for j, c in enumerate(rows[0]):
        if c:
            part = c * _by_first_row([[x for k, x in enumerate(r) if k != j] for r in rows[1:]])
            out = out + part if j % 2 == 0 else out - part
    return out


def rank(rows: Rows) -> int | None:
    """By elimination in the field of one root; `None` where the entries need a larger one."""
    rows, done = [list(r) for r in rows], 0
    for j in range(len(rows[0])):
        place = next((i for i in range(done, len(rows)) if rows[i][j]), None)
        if place is None:
            continue
        rows[done], rows[place] = rows[place], rows[done]
        head = rows[done][j].reciprocal()
        if head is None:
            return None
        for i in range(done + 1, len(rows)):
            if rows[i][j]:
                factor = rows[i][j] * head
                rows[i] = [x - factor * y for x, y in zip(rows[i], rows[done], strict=True)]
        done += 1
        if done == len(rows):
            break
    return done
