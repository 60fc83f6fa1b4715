"""Norms, condition numbers, determinants and angles of small real arrays that are written out, by what defines them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial, reduce

from twofold.catalogue.shapes import app, full
from twofold.grammar.term import OO, App, Array, Const, Term, free_symbols, num, subterms

_LARGEST = 3
Rows = Sequence[Sequence[Term]]


def _norm(t: App) -> Term | None:
    """The largest sum of a column or row, and the root of the larger eigenvalue of the 2x2 Gram matrix."""
    rows = _rows(t.args[0])
    if rows is None or len(t.args) != 2 or len(t.args[0].shape) != 2:
        return None
    if t.args[1] in (num(1), OO):
        lines = rows if t.args[1] == OO else list(zip(*rows, strict=True))
        sums = [_total([app("abs", x) for x in line]) for line in lines]
        return reduce(partial(app, "max"), sums)
    if t.args[1] == num(2) and (found := _extreme_squares(rows)) is not None:
        return app("sqrt", found[0])
    return None


def _cond(t: App) -> Term | None:
    """The root of the quotient of the eigenvalues of the 2x2 Gram matrix."""
    rows = _rows(t.args[0])
    if rows is None or len(t.args) != 1 or len(rows) != 2 or len(rows[0]) != 2 or (found := _extreme_squares(rows)) is None:
        return None
    return app("sqrt", app("div", *found))


def _extreme_squares(rows: Rows) -> tuple[Term, Term] | None:
    """The squares of the two singular values of a matrix with two rows or columns: (T ± sqrt(T^2 - 4*D))/2 for the trace T and the determinant
    D of the Gram matrix."""
    if len(rows) != 2:
        rows = list(zip(*rows, strict=True))
    if len(rows) != 2:
        return None
    a, b, c = (_total([app("mul", x, y) for x, y in zip(u, v, strict=True)]) for u, v in ((rows[0],) * 2, rows, (rows[1],) * 2))
    trace = app("add", a, c)
    gap = app("sqrt", app("add", app("pow", app("sub", a, c), num(2)), app("mul", num(4), app("pow", b, num(2)))))
    large, small = (app("div", app(op, trace, gap), num(2)) for op in ("add", "sub"))
    return large, small


def _angle(t: App) -> Term | None:
    """The arccosine of the inner product over the lengths."""
    if any(_rows(a) is None for a in t.args):
        return None
    u, v = t.args
    return app("acos", app("div", app("dot", u, v), app("mul", app("norm", u), app("norm", v))))


def _cross(t: App) -> Term | None:
    """The vector of the 2x2 determinants."""
    a, b = (u.rows[0] if isinstance(u, Array) and u.shape == (3,) else () for u in t.args)
    if not a or not b:
        return None
    places = ((1, 2), (2, 0), (0, 1))
    return Array((tuple(app("sub", app("mul", a[i], b[j]), app("mul", a[j], b[i])) for i, j in places),), (3,))


def _det(t: App) -> Term | None:
    """The determinant by its first row."""
    rows = _rows(t.args[0])
    if rows is None or len(rows) > _LARGEST or len(rows) != len(rows[0]) or not free_symbols(t):
        return None
    return _expanded(rows)


def _expanded(rows: Rows) -> Term:
    if len(rows) == 1:
        return rows[0][0]
    out: Term | None = None
    for j, x in enumerate(rows[0]):
        part = app("mul", x, _expanded([[*r[:j], *r[j + 1 :]] for r in rows[1:]]))
        out = part if out is None else app("sub" if j % 2 else "add", out, part)
    assert out is not None
    return out


def _rows(t: Term) -> Rows | None:
    """The entries of an array of real numbers that is written out."""
    if not isinstance(t, Array) or any(x.shape or x.sort != "number" for r in t.rows for x in r):
        return None
    if Const("im") in subterms(t) or any(s.kind not in ("real", "integer") for s in free_symbols(t)):
        return None
    return [[x] for x in t.rows[0]] if len(full(t.shape)) == 1 else t.rows


def _total(parts: Sequence[Term]) -> Term:
    return reduce(partial(app, "add"), parts)


RULES: dict[str, Callable[[App], Term | None]] = {"norm": _norm, "cond": _cond, "angle": _angle, "det": _det, "cross": _cross}
