"""Vectors and matrices made and taken apart: identities, diagonals, entries, sums over entries or along an axis, softmax."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from twofold.grammar.term import App
from twofold.numeric.arithmetic import Arithmetic
from twofold.numeric.containers import LARGEST_SIDE, flat, full, identity, rank, shaped, total, transposed
from twofold.numeric.outcomes import CannotEvaluate

if TYPE_CHECKING:
    from twofold.numeric.evaluator import Evaluator

Value = Any
Rule = Callable[["Evaluator", App], Value]


def _size(e: Evaluator, t: App, k: int) -> int:
    n = e.arithmetic.integer(e.value(t.args[k]))
    if not 0 <= n <= 2 * LARGEST_SIDE:
        raise CannotEvaluate("a size too large")
    return n


def _eye(e: Evaluator, t: App) -> Value:
    return identity(e.arithmetic, _size(e, t, 0))


def _filled(value: int) -> Rule:
    def rule(e: Evaluator, t: App) -> Value:
        x = e.arithmetic.number(value)
        sides = [_size(e, t, k) for k in range(len(t.args))]
        return (x,) * sides[0] if len(sides) == 1 else ((x,) * sides[1],) * sides[0]

    return rule


def _diag(e: Evaluator, t: App) -> Value:
    """The diagonal matrix of a vector, the diagonal of a matrix."""
    v = e.value(t.args[0])
    if rank(v) == 2:
        return tuple(v[i][i] for i in range(min(len(v), len(v[0]))))
    cells = flat(v)
    return tuple(tuple(x if i == j else e.arithmetic.zero for j in range(len(cells))) for i, x in enumerate(cells))


def _vec(e: Evaluator, t: App) -> Value:
    """The columns one below the other."""
    return tuple(x for column in transposed(full(e.value(t.args[0]))) for x in column)


def _length(e: Evaluator, t: App) -> Value:
    return e.arithmetic.number(len(flat(e.value(t.args[0]))))


def _side(k: int) -> Rule:
    def rule(e: Evaluator, t: App) -> Value:
        m = full(e.value(t.args[0]))
        return e.arithmetic.number(len(m) if k == 0 else len(m[0]))

    return rule


def _onehot(e: Evaluator, t: App) -> Value:
    """`onehot(k, n)`: the vector of length n with a single one, at place k."""
    k, n = e.arithmetic.integer(e.value(t.args[0])), _size(e, t, 1)
    return tuple(e.arithmetic.one if j == k else e.arithmetic.zero for j in range(1, n + 1))


def _softmax(e: Evaluator, cells: tuple[Value, ...]) -> tuple[Value, ...]:
    m = e.arithmetic
    powers = [m.call("exp", [x]) for x in cells]
    whole = total(m, powers)
    return tuple(m.div(p, whole) for p in powers)


def _softmax_rule(e: Evaluator, t: App) -> Value:
    v = e.value(t.args[0])
    return _softmax(e, v) if rank(v) < 2 else shaped((_softmax(e, tuple(flat(v))),), len(t.shape))


def _rowsoftmax(e: Evaluator, t: App) -> Value:
    return tuple(_softmax(e, row) for row in full(e.value(t.args[0])))


def _entries(op: str) -> Rule:
    """Sum or product over all entries, or along an axis: 1 runs down the columns, 2 along the rows."""

    def rule(e: Evaluator, t: App) -> Value:
        v = e.value(t.args[0])
        if len(t.args) == 1:
            return _joined(e.arithmetic, flat(v), op)
        axis = e.arithmetic.integer(e.value(t.args[1]))
        m = full(v)
        if axis == 1:
            return shaped((tuple(_joined(e.arithmetic, c, op) for c in transposed(m)),), len(t.shape))
        return tuple(_joined(e.arithmetic, r, op) for r in m)

    return rule


def _joined(m: Arithmetic, cells: Any, op: str) -> Value:
    if op == "sum":
        return total(m, cells)
    out = m.one
    for x in cells:
        out = m.mul(out, x)
    return out


def _mean(e: Evaluator, t: App) -> Value:
    cells = flat(e.value(t.args[0]))
    return e.arithmetic.div(total(e.arithmetic, cells), e.arithmetic.number(len(cells)))


APPLICATIONS: dict[str, Rule] = {
    "eye": _eye, "ones": _filled(1), "zeros": _filled(0), "diag": _diag, "vec": _vec, "length": _length, "rows": _side(0), "columns": _side(1), "onehot": _onehot,
    "softmax": _softmax_rule, "rowsoftmax": _rowsoftmax, "sum": _entries("sum"), "prod": _entries("prod"), "mean": _mean,
}  # fmt: skip
