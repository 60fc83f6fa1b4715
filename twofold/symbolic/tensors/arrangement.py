"""Axes of tensors: matching those of two operands, products of matrices."""

from __future__ import annotations

from twofold.symbolic.tensors.algebra import add, multiply, product, size, subtract
from twofold.symbolic.tensors.node import (
    ONE,
    ZERO,
    Axis,
    Delta,
    Index,
    Place,
    Poly,
    Slot,
    Tensor,
    Unsupported,
    single,
)
from twofold.symbolic.tensors.powers import power
from twofold.symbolic.tensors.renaming import fresh_axes, rename


def full(t: Tensor) -> tuple[Axis, Axis]:
    """Rows and columns, a vector standing upright."""
    if not t.axes:
        return (), ()
    return (t.axes[0], ()) if len(t.axes) == 1 else (t.axes[0], t.axes[1])


def onto(t: Tensor, target: tuple[Axis, ...]) -> Tensor:
    """The tensor with its axes renamed to those of another of the same shape."""
    mine, other = [a for a in t.axes if a], [a for a in target if a]
    if len(mine) != len(other):
        raise Unsupported("sizes that are not the same expression")
    names: dict[Index, Slot] = {}
    for a, b in zip(mine, other, strict=True):
        names |= places(a, b)
    return Tensor(target, rename(t.poly, names))


def places(axis: Axis, target: Axis) -> dict[Index, Slot]:
    """Where the indices of an axis stand for an axis of the same length: one index may run over pairs."""
    if [i.range for i in axis] == [i.range for i in target]:
        return dict(zip(axis, target, strict=True))
    if len(axis) == 1 and axis[0].lower == ONE and product(map(size, target)) == axis[0].upper:
        place = ZERO
        for i in target:
            place = add(multiply(place, size(i)), subtract(single(Place(i)), i.lower))
        return {axis[0]: add(place, ONE)}
    raise Unsupported("sizes that are not the same expression")


def times(x: Tensor, y: Tensor) -> Tensor:
    """The matrix product; a scalar multiplies everything."""
    if not x.axes or not y.axes:
        return Tensor(x.axes or y.axes, multiply(x.poly, y.poly))
    y = fresh_axes(y)
    (m, n), (k, p) = full(x), full(y)
    if len(n) < len(k):
        poly = multiply(rename(x.poly, places(n, k)), y.poly, k)
    else:
        poly = multiply(x.poly, rename(y.poly, places(k, n)), n)
    if len(x.axes) == 2 and len(y.axes) == 1:
        return Tensor((m,) if m else (), poly)
    return Tensor((m, p), poly)


def identity(t: Tensor) -> Tensor:
    """The identity matrix of the size of a square matrix."""
    rows, _ = full(t)
    columns = tuple(i.fresh() for i in rows)
    return Tensor((rows, columns), product([single(Delta(i, j)) for i, j in zip(rows, columns, strict=True)]))


def count(t: Tensor) -> Poly:
    """One over the number of entries."""
    return power(product(map(size, t.live)), -1)
