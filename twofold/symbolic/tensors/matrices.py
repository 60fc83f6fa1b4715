"""Functions of linear algebra as index expressions."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from twofold.grammar.term import Const, Num, Term
from twofold.symbolic.tensors.algebra import add, as_slot, multiply
from twofold.symbolic.tensors.arrangement import full, onto
from twofold.symbolic.tensors.functions import call
from twofold.symbolic.tensors.inverse import determinant, inverse
from twofold.symbolic.tensors.label import components
from twofold.symbolic.tensors.node import (
    ONE,
    ZERO,
    Delta,
    Factor,
    Index,
    Monomial,
    Number,
    Poly,
    Tensor,
    Unsupported,
    constant,
    matrix,
    scalar,
    single,
)
from twofold.symbolic.tensors.powers import power
from twofold.symbolic.tensors.renaming import fresh_axes, rename
from twofold.symbolic.tensors.sizes import axes

if TYPE_CHECKING:
    from twofold.symbolic.tensors.read import Reader


def inv(reader: Reader, a: Term) -> Tensor:
    return inverse(reader.read(a))


def det(reader: Reader, a: Term) -> Tensor:
    return scalar(determinant(reader.read(a)))


def logdet(reader: Reader, a: Term) -> Tensor:
    return scalar(call("log", determinant(reader.read(a))))


def tr(reader: Reader, a: Term) -> Tensor:
    rows, columns = full(x := reader.read(a))
    names = dict(zip(columns, rows, strict=True))
    if any(i.range != j.range for i, j in names.items()):
        raise Unsupported("the trace of a matrix that is not square")
    return scalar(multiply(rename(x.poly, names), ONE, rows))


def dot(reader: Reader, a: Term, b: Term) -> Tensor:
    x = reader.read(a)
    y = onto(reader.read(b), x.axes)
    return scalar(multiply(x.poly, y.poly, x.live))


def norm(reader: Reader, a: Term, kind: Term | None = None) -> Tensor:
    x = reader.read(a)
    vector = len(x.live) <= 1
    if isinstance(kind, Num) and kind.value == 1 and vector:
        return scalar(multiply(call("abs", x.poly), ONE, x.live))
    if kind is None or kind == Num(Fraction(2)) and vector or isinstance(kind, Const) and kind.name == "fro":
        outside, body = _scalar_factor(x)
        return scalar(multiply(call("abs", outside), power(multiply(body, body, x.live), Fraction(1, 2))))
    raise Unsupported("a norm that is not a sum over the entries")


def _scalar_factor(x: Tensor) -> tuple[Poly, Poly]:
    """A scalar and an array whose product an array is, where all its terms are multiples of one."""
    split: list[tuple[Poly, Poly]] = []
    for m, c in x.poly.terms:
        inside: tuple[list[Index], list[tuple[Factor, Number]]] = [], []
        outside = constant(c)
        for linked, powers in components(m.powers, m.bound):
            if any(i in f.indices for f, _ in powers for i in x.live):
                inside[0].extend(linked)
                inside[1].extend(powers)
            else:
                outside = multiply(outside, Poly(((Monomial(tuple(linked), tuple(powers)), 1),)))
        split.append((outside, Poly(((Monomial(tuple(inside[0]), tuple(inside[1])), 1),))))
    if not x.live or len({body.ident for _, body in split}) != 1:
        return ONE, x.poly
    return add(*(outside for outside, _ in split)), split[0][1]


def outer(reader: Reader, a: Term, b: Term) -> Tensor:
    x, y = reader.read(a), fresh_axes(reader.read(b))
    return Tensor((x.live, y.live), multiply(x.poly, y.poly))


def kron(reader: Reader, a: Term, b: Term) -> Tensor:
    x, y = reader.read(a), fresh_axes(reader.read(b))
    (m, n), (p, q) = full(x), full(y)
    return Tensor((m + p, n + q), multiply(x.poly, y.poly))


def vec(reader: Reader, a: Term) -> Tensor:
    x = reader.read(a)
    rows, columns = full(x)
    return Tensor((columns + rows,), x.poly)


def diag(reader: Reader, *entries: Term) -> Tensor:
    if len(entries) != 1:
        raise Unsupported("a diagonal matrix of listed entries")
    x = reader.read(entries[0])
    if len(x.live) == 2 and len(x.axes) == 2:
        rows, columns = x.axes
        if len(rows) != 1 or rows[0].range != columns[0].range:
            raise Unsupported("the diagonal of a matrix that is not square")
        return Tensor((rows,), rename(x.poly, {columns[0]: rows[0]}))
    if not x.live:
        return Tensor(((), ()), x.poly)
    (i,) = x.live
    j = i.fresh()
    return matrix(i, j, multiply(single(Delta(i, j)), x.poly))


def eye(reader: Reader, n: Term) -> Tensor:
    rows, columns = axes((n, n))
    return Tensor((rows, columns), single(Delta(rows[0], columns[0])) if rows else ONE)


def ones(reader: Reader, *dims: Term) -> Tensor:
    return Tensor(axes(dims), ONE)


def zeros(reader: Reader, *dims: Term) -> Tensor:
    return Tensor(axes(dims), ZERO)


def onehot(reader: Reader, k: Term, n: Term) -> Tensor:
    (a,) = axes((n,))
    return Tensor((a,), single(Delta(a[0], as_slot(reader.scalar(k)))) if a else ONE)


RULES = {
    "inv": inv,
    "det": det,
    "logdet": logdet,
    "tr": tr,
    "dot": dot,
    "norm": norm,
    "outer": outer,
    "kron": kron,
    "vec": vec,
    "diag": diag,
    "eye": eye,
    "ones": ones,
    "zeros": zeros,
    "onehot": onehot,
    "trace": tr,
}
