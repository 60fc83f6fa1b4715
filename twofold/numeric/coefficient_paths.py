"""Coefficients of values that carry derivatives, one inside the other, and their places."""

from __future__ import annotations

from typing import Any

from flint import arb, fmpq

from twofold.numeric.series import Series

Scalar = Any

Path = tuple[tuple[int, int], ...]
"""Which coefficient of a value that carries derivatives: pairs of a series' tag and an order, the outermost first."""


def along(value: Scalar, path: Path, zero: Scalar) -> Scalar:
    """One coefficient of a value that carries derivatives."""
    for tag, order in path:
        if isinstance(value, Series) and value.tag == tag:
            value = value.coefficients[order]
        elif order:
            return zero
    return value


def spread(v: Scalar) -> Scalar:
    """A moving value with its base point replaced by a small ball around it."""
    if isinstance(v, tuple):
        return tuple(map(spread, v))
    if not isinstance(v, Series):
        return v
    first = v.coefficients[0]
    if isinstance(first, Series):
        return Series(v.tag, (spread(first), *v.coefficients[1:]))
    x = arb(first) if type(first) is fmpq else first
    return Series(v.tag, (x + arb(0, 1) * (1 + abs(x)) / 2**30, *v.coefficients[1:]))


def paths(values: list[Scalar]) -> list[tuple[Path, int]]:
    """The coefficients of a result that carries the derivatives of these values, with the orders of the series."""
    orders: dict[int, int] = {}

    def visit(v: Scalar) -> None:
        if isinstance(v, tuple):
            for x in v:
                visit(x)
        elif isinstance(v, Series):
            orders[v.tag] = v.order
            for c in v.coefficients:
                visit(c)

    for v in values:
        visit(v)
    tags = sorted(orders, reverse=True)
    found: list[Path] = [()]
    for tag in tags:
        found = [(*p, (tag, k)) for p in found for k in range(orders[tag] + 1)]
    return [(p, len(tags)) for p in found]


def assembled(made: dict[Path, Scalar], every: list[Path]) -> Scalar:
    """Coefficients by their paths, as a nested series."""
    if len(every) == 1 and not every[0]:
        return made[()]
    tag = every[0][0][0]
    orders = sorted({p[0][1] for p in every})
    inner = [[p for p in every if p[0][1] == k] for k in orders]
    parts = [assembled({p[1:]: made[p] for p in group}, [p[1:] for p in group]) for group in inner]
    return Series(tag, tuple(parts))
