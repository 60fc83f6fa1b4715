"""Matrices that fall apart into blocks after a change of the order: the exponential of each block, put back in its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from twofold.grammar.term import App, Array, Term
from twofold.symbolic.arithmetic import ZERO
from twofold.symbolic.entries import rows_of, shaped


def components(rows: list[list[Any]]) -> list[list[int]]:
    """The places that entries other than 0 connect, in ascending order."""
    left, out = set(range(len(rows))), []
    while left:
        todo, own = [min(left)], set()
        while todo:
            i = todo.pop()
            if i in own:
                continue
            own.add(i)
            todo += [j for j in left if j not in own and (rows[i][j] != 0 or rows[j][i] != 0)]
        left -= own
        out.append(sorted(own))
    return out


def by_blocks(a: Term, parts: list[list[int]], function: Callable[[Term], Term]) -> Term | None:
    """The values of a function of matrices on the blocks, in the places of these; `None` where more than one comes by cases."""
    rows, n = rows_of(a), len(rows_of(a))
    values = [function(shaped([[rows[i][j] for j in own] for i in own], (len(own), len(own)))) for own in parts]
    split = [k for k, v in enumerate(values) if not isinstance(v, Array)]
    if len(split) > 1 or any(not (isinstance(values[k], App) and values[k].op == "piecewise") for k in split):  # type: ignore[attr-defined]
        return None

    def whole(choice: Term | None) -> Term:
        out = [[ZERO] * n for _ in range(n)]
        for k, own in enumerate(parts):
            value = choice if k in split else values[k]
            assert value is not None
            for i, row in zip(own, rows_of(value), strict=True):
                for j, e in zip(own, row, strict=True):
                    out[i][j] = e
        return shaped(out, (n, n))

    if not split:
        return whole(None)
    cases = values[split[0]]
    assert isinstance(cases, App)
    args = tuple(t if k % 2 and k < len(cases.args) - 1 else whole(t) for k, t in enumerate(cases.args))
    return App("piecewise", args, (n, n), cases.sort)


__all__ = ["by_blocks", "components"]
