"""Derivatives at a point, by power-series arithmetic: exact to rounding in floats, enclosed in balls. Any order, any nesting."""

from __future__ import annotations

from math import factorial
from typing import TYPE_CHECKING, Any

from twofold.grammar.term import Bound, Symbol
from twofold.numeric.arithmetic import Arithmetic
from twofold.numeric.containers import entrywise, flat, like, shaped, total
from twofold.numeric.doubles import Doubles
from twofold.numeric.outcomes import CannotEvaluate
from twofold.numeric.series import Series, base, new_tag

if TYPE_CHECKING:
    from twofold.numeric.evaluator import Evaluator

Value = Any

LARGEST_ORDER = 64


def coefficient(arithmetic: Arithmetic, value: Value, tag: int, order: int) -> Value:
    """The derivative of the given order out of a series of that tag; a value without it does not depend on the variable."""

    def pick(x: Value) -> Value:
        if not isinstance(x, Series) or x.tag != tag:
            if isinstance(x, Series) and x.tag > tag:
                raise AssertionError("an inner variable escaped")
            return _masked(arithmetic, arithmetic.zero, x)
        c = x.coefficients[order]
        if order > 1:
            c = arithmetic.mul(c, arithmetic.number(factorial(order)))
        return _masked(arithmetic, c, x)

    return entrywise(pick, value)


def _masked(arithmetic: Arithmetic, c: Value, x: Value) -> Value:
    """A derivative has no value where the function has none."""
    if not isinstance(arithmetic, Doubles) or isinstance(c, Series):
        return c
    import numpy as np

    undefined = np.isnan(base(x))
    return np.where(undefined, np.nan, c)[()] if np.any(undefined) else c


def along(e: Evaluator, symbol: Symbol, value: Value, point: Value, entry: int | None, order: int) -> tuple[Evaluator, int]:
    """An evaluator in which the symbol moves from the point, along one entry of it where it has entries."""
    m = e.arithmetic
    tag = new_tag()
    if symbol.kind == "complex":
        m.complex_tags.add(tag)
    cells = flat(value)
    k = 0 if entry is None else entry
    cells[k] = Series(tag, (cells[k], m.one, *(m.zero,) * (order - 1)))
    return e.inner({symbol: like(point, cells)}), tag


def _diff(e: Evaluator, t: Bound) -> Value:
    point = e.value(t.args[0])
    order = e.arithmetic.integer(e.value(t.args[1]))
    if order == 0:
        return e.inner({t.symbols[0]: point}).value(t.body)
    if not 0 < order <= LARGEST_ORDER:
        raise CannotEvaluate(f"a derivative of order {order}")
    inner, tag = along(e, t.symbols[0], point, point, None, order)
    return coefficient(e.arithmetic, inner.value(t.body), tag, order)


def _partials(e: Evaluator, t: Bound) -> list[Value]:
    """The derivatives of the body by every entry of the point."""
    point = e.value(t.args[0])
    out = []
    for k in range(len(flat(point))):
        inner, tag = along(e, t.symbols[0], point, point, k, 1)
        out.append(coefficient(e.arithmetic, inner.value(t.body), tag, 1))
    return out


def _grad(e: Evaluator, t: Bound) -> Value:
    return like(e.value(t.args[0]), _partials(e, t))


def _jacobian(e: Evaluator, t: Bound) -> Value:
    """Outputs as rows, entries of the point as columns."""
    columns = [flat(p) for p in _partials(e, t)]
    return shaped(tuple(zip(*columns, strict=True)), len(t.shape))


def second(e: Evaluator, t: Bound, i: int, j: int) -> Value:
    """The second derivative of the body by entries i and j of the point."""
    m, symbol = e.arithmetic, t.symbols[0]
    point = e.value(t.args[0])
    if i == j:
        inner, tag = along(e, symbol, point, point, i, 2)
        return coefficient(m, inner.value(t.body), tag, 2)
    first, outer_tag = along(e, symbol, point, point, i, 1)
    inner, tag = along(first, symbol, first.values[symbol], point, j, 1)
    return coefficient(m, coefficient(m, inner.value(t.body), tag, 1), outer_tag, 1)


def _hessian(e: Evaluator, t: Bound) -> Value:
    n = len(flat(e.value(t.args[0])))
    half = {(i, j): second(e, t, i, j) for i in range(n) for j in range(i, n)}
    return shaped(tuple(tuple(half[min(i, j), max(i, j)] for j in range(n)) for i in range(n)), len(t.shape))


def _laplacian(e: Evaluator, t: Bound) -> Value:
    n = len(flat(e.value(t.args[0])))
    return total(e.arithmetic, [second(e, t, i, i) for i in range(n)])


def _divergence(e: Evaluator, t: Bound) -> Value:
    columns = [flat(p) for p in _partials(e, t)]
    return total(e.arithmetic, [c[k] for k, c in enumerate(columns)])


BINDERS = {
    "diff": _diff, "grad": _grad, "jacobian": _jacobian, "hessian": _hessian, "laplacian": _laplacian, "divergence": _divergence,
}  # fmt: skip

__all__ = ["BINDERS", "along", "coefficient"]
