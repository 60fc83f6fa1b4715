"""Vectors and matrices of values: a vector is a tuple of scalars, a matrix a tuple of rows. Shapes follow the terms they come from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from twofold.numeric.arithmetic import Arithmetic
from twofold.numeric.outcomes import CannotEvaluate, Undefined

Value = Any
Matrix = tuple[tuple[Any, ...], ...]

LARGEST_SIDE = 60


def rank(v: Value) -> int:
    """0 for a scalar, 1 for a vector, 2 for a matrix."""
    if not isinstance(v, tuple):
        return 0
    return 2 if v and isinstance(v[0], tuple) else 1


def entrywise(f: Callable[..., Value], *values: Value) -> Value:
    """A scalar function applied entry by entry; scalars fit everything, a column fits a vector."""
    ranks = [rank(v) for v in values]
    deepest = max(ranks, default=0)
    if deepest == 0:
        return f(*values)
    if deepest == 2 and 1 in ranks:
        values = tuple(full(v) if r == 1 else v for v, r in zip(values, ranks, strict=True))
    lengths = {len(v) for v in values if isinstance(v, tuple)}
    if len(lengths) > 1:
        raise Undefined("arrays of different sizes at this point")
    n = lengths.pop()
    return tuple(entrywise(f, *(v[k] if isinstance(v, tuple) else v for v in values)) for k in range(n))


def full(v: Value) -> Matrix:
    """A value as a matrix: a vector stands upright, a scalar is 1 x 1."""
    r = rank(v)
    return ((v,),) if r == 0 else tuple((x,) for x in v) if r == 1 else v


def shaped(m: Matrix, dimensions: int) -> Value:
    """A matrix as a value of a term with that many dimensions."""
    if dimensions == 2:
        return m
    if dimensions == 1:
        return tuple(r[0] for r in m) if not m or len(m[0]) == 1 else m[0]
    if len(m) != 1 or len(m[0]) != 1:
        raise Undefined("a scalar is needed at this point")
    return m[0][0]


def flat(v: Value) -> list[Value]:
    """All entries, row by row."""
    if not isinstance(v, tuple):
        return [v]
    return [x for part in v for x in flat(part)]


def like(v: Value, entries: Sequence[Value]) -> Value:
    """The entries in the structure of a value."""
    items = iter(entries)

    def build(x: Value) -> Value:
        return tuple(build(y) for y in x) if isinstance(x, tuple) else next(items)

    return build(v)


def transposed(m: Matrix) -> Matrix:
    return tuple(zip(*m, strict=True))


def square(m: Matrix) -> int:
    """The side of a square matrix."""
    if any(len(r) != len(m) for r in m):
        raise Undefined("a square matrix is needed at this point")
    return len(m)


def identity(arithmetic: Arithmetic, n: int) -> Matrix:
    return tuple(tuple(arithmetic.one if i == j else arithmetic.zero for j in range(n)) for i in range(n))


def total(arithmetic: Arithmetic, items: Sequence[Value]) -> Value:
    """The sum of scalars."""
    out = None
    for x in items:
        out = x if out is None else arithmetic.add(out, x)
    return arithmetic.zero if out is None else out


def product(arithmetic: Arithmetic, a: Matrix, b: Matrix) -> Matrix:
    if a and len(a[0]) != len(b):
        raise Undefined("matrices of sizes that do not fit at this point")
    if max(len(a), len(b), len(b[0]) if b else 0) > LARGEST_SIDE:
        raise CannotEvaluate("matrices too large to multiply here")
    columns = transposed(b)
    return tuple(
        tuple(total(arithmetic, [arithmetic.mul(x, y) for x, y in zip(row, col, strict=True)]) for col in columns) for row in a
    )
