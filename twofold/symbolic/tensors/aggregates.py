"""Sums and means over entries, softmax, and cases, as index expressions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twofold.grammar.term import Num, Term
from twofold.symbolic.tensors.algebra import add, multiply, product, subtract
from twofold.symbolic.tensors.arrangement import count, onto
from twofold.symbolic.tensors.functions import call, condition_zero
from twofold.symbolic.tensors.node import (
    ONE,
    ZERO,
    Axis,
    Call,
    Poly,
    Tensor,
    Unsupported,
    scalar,
    single,
)
from twofold.symbolic.tensors.powers import power
from twofold.symbolic.tensors.renaming import fresh_axes

if TYPE_CHECKING:
    from twofold.symbolic.tensors.read import Reader


def sum(reader: Reader, a: Term, along: Term | None = None) -> Tensor:
    x = reader.read(a)
    if along is None:
        return scalar(multiply(x.poly, ONE, x.live))
    if not isinstance(along, Num) or along.value not in (1, 2) or len(x.axes) != 2:
        raise Unsupported("a sum along an axis that is not 1 or 2")
    gone = x.axes[int(along.value) - 1]
    kept = x.axes[2 - int(along.value)]
    return Tensor((kept,), multiply(x.poly, ONE, gone))


def prod(reader: Reader, a: Term) -> Tensor:
    x = reader.read(a)
    if len(x.axes) != 1 or not x.live:
        raise Unsupported("the product of the entries of a matrix")
    return scalar(single(Call("prod", (fresh_axes(x),))))


def mean(reader: Reader, a: Term) -> Tensor:
    x = reader.read(a)
    return scalar(multiply(multiply(x.poly, ONE, x.live), count(x)))


def softmax(reader: Reader, a: Term) -> Tensor:
    x = reader.read(a)
    if len(x.live) != len(x.axes) and x.live or len(x.live) > 1:
        raise Unsupported("the softmax of something that is not a vector")
    return Tensor(x.axes, softened(x, x.live))


def rowsoftmax(reader: Reader, a: Term) -> Tensor:
    x = reader.read(a)
    return Tensor(x.axes, softened(x, x.axes[-1]))


def logsumexp(reader: Reader, a: Term) -> Tensor:
    x = reader.read(a)
    return scalar(call("log", multiply(call("exp", x.poly), ONE, x.live)))


def indicator(reader: Reader, a: Term) -> Tensor:
    return scalar(reader.condition(a))


def delta(reader: Reader, a: Term, b: Term) -> Tensor:
    return scalar(condition_zero(subtract(reader.scalar(a), reader.scalar(b))))


def piecewise(reader: Reader, *parts: Term) -> Tensor:
    """Each value times its condition times the complements of those before; without a value otherwise the conditions have to
    cover everything.
    """
    first = reader.read(parts[0])
    out, left = ZERO, ONE
    for k in range(0, len(parts) - 1, 2):
        holds = reader.condition(parts[k + 1])
        value = onto(reader.read(parts[k]), first.axes).poly
        out = add(out, product([left, holds, value]))
        left = multiply(left, subtract(ONE, holds))
    if len(parts) % 2:
        out = add(out, multiply(left, onto(reader.read(parts[-1]), first.axes).poly))
    elif left.terms:
        raise Unsupported("a case distinction that leaves something out")
    return Tensor(first.axes, out)


def largest(reader: Reader, *parts: Term) -> Tensor:
    if len(parts) < 2:
        raise Unsupported("the largest entry of an array")
    out, *rest = reader.together(*map(reader.read, parts))
    value = out.poly
    for p in rest:
        value = add(p.poly, call("relu", subtract(value, p.poly)))
    return Tensor(out.axes, value)


def smallest(reader: Reader, *parts: Term) -> Tensor:
    if len(parts) < 2:
        raise Unsupported("the smallest entry of an array")
    out, *rest = reader.together(*map(reader.read, parts))
    value = out.poly
    for p in rest:
        value = subtract(value, call("relu", subtract(value, p.poly)))
    return Tensor(out.axes, value)


def softened(x: Tensor, along: Axis) -> Poly:
    """The exponentials of the entries over their sum along an axis."""
    poly = call("exp", x.poly)
    other = fresh_axes(Tensor((along,), poly))
    return multiply(poly, power(multiply(other.poly, ONE, other.live), -1))


RULES = {
    "sum": sum,
    "prod": prod,
    "mean": mean,
    "softmax": softmax,
    "rowsoftmax": rowsoftmax,
    "logsumexp": logsumexp,
    "indicator": indicator,
    "delta": delta,
    "piecewise": piecewise,
    "max": largest,
    "min": smallest,
}
