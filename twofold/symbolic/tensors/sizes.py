"""Dimensions as polynomials over size symbols, and indices for them."""

from __future__ import annotations

from functools import cache

from twofold.grammar.term import App, Dim, Num, Shape, Term, Var
from twofold.symbolic.tensors.algebra import add, multiply, negative
from twofold.symbolic.tensors.node import ONE, Axis, Entry, Index, Poly, Unsupported, constant, single
from twofold.symbolic.tensors.powers import power


@cache
def dimension(d: Dim) -> Poly:
    """A dimension as a polynomial."""
    if isinstance(d, int):
        return constant(d)
    if isinstance(d, Num):
        return constant(d.value)
    if isinstance(d, Var) and not d.shape:
        return single(Entry(d.symbol, ()))
    if isinstance(d, App) and d.op in _RULES:
        return _RULES[d.op](*map(dimension, d.args))  # type: ignore[operator, no-any-return]
    raise Unsupported("a dimension that is not an expression of sizes")


_RULES = {
    "add": add,
    "sub": lambda a, b: add(a, negative(b)),
    "neg": negative,
    "mul": multiply,
    "div": lambda a, b: multiply(a, power(b, -1)),
}


def axis(d: Dim) -> Axis:
    """A new index for a dimension; none for a dimension of size 1."""
    size = dimension(d)
    return () if size == ONE else (Index(ONE, size),)


def axes(shape: Shape) -> tuple[Axis, ...]:
    """New indices for a shape."""
    return tuple(map(axis, shape))


def same(a: Term | int, b: Term | int) -> bool:
    """Whether two dimensions are the same expression of sizes."""
    return a == b or dimension(a) == dimension(b)
