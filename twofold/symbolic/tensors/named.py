"""Exact values of functions of vectors and matrices whose entries are listed; with symbolic sizes they stand for themselves."""

from __future__ import annotations

from twofold.catalogue.shapes import app
from twofold.grammar.term import Num, Term, num, vector
from twofold.symbolic.arithmetic import over, total
from twofold.symbolic.context import Context
from twofold.symbolic.entries import is_explicit, rows_of, shaped


def rowsoftmax(context: Context, a: Term) -> Term:
    """The exponentials of the entries of each row over their sum."""
    if not is_explicit(a.shape):
        return app("rowsoftmax", a)
    out = []
    for row in rows_of(a):
        powers: list[Term] = [app("exp", x) for x in row]
        whole = total(powers)
        out.append([over(p, whole) for p in powers])
    return shaped(out, a.shape)


def onehot(context: Context, k: Term, n: Term) -> Term:
    """The unit vector with a one at place k; a place that is not a number gives deltas."""
    if not isinstance(n, Num):
        return app("onehot", k, n)
    size = int(n.value)
    if isinstance(k, Num):
        return vector(tuple(num(int(j == k.value)) for j in range(1, size + 1)))
    return vector(tuple(app("delta", k, num(j)) for j in range(1, size + 1)))
