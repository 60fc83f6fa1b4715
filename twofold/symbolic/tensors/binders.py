"""Operations with a bound variable as index expressions: sums, products, derivatives."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from twofold.grammar.term import Bound, Symbol, Term
from twofold.symbolic.tensors.algebra import multiply, size, total
from twofold.symbolic.tensors.differentiate import differential
from twofold.symbolic.tensors.node import (
    ONE,
    Axis,
    Call,
    Entry,
    Index,
    Place,
    Poly,
    Tensor,
    Unsupported,
    scalar,
    single,
)
from twofold.symbolic.tensors.reduce import reduced
from twofold.symbolic.tensors.renaming import rename, replace
from twofold.symbolic.tensors.signs import always_nonnegative
from twofold.symbolic.tensors.sizes import axes
from twofold.symbolic.tensors.symbols import independent, of_symbol

if TYPE_CHECKING:
    from twofold.symbolic.tensors.read import Reader


def of_sum(reader: Reader, term: Bound) -> Tensor:
    lower, upper = (reader.scalar(a) for a in term.args)
    index = Index(lower, upper)
    if not (_whole(lower) and _whole(upper) and always_nonnegative(size(index))):
        raise Unsupported("a range that may be empty or is not made of whole numbers")
    body = reader.inside({term.symbols[0]: index}).read(term.body)
    return Tensor(body.axes, total(body.poly, index))


def of_prod(reader: Reader, term: Bound) -> Tensor:
    lower, upper = (reader.scalar(a) for a in term.args)
    index = Index(lower, upper)
    if not (_whole(lower) and _whole(upper) and always_nonnegative(size(index))):
        raise Unsupported("a range that may be empty or is not made of whole numbers")
    body = reader.inside({term.symbols[0]: index}).scalar(term.body)
    return scalar(single(Call("prod", (Tensor(((index,),), body),))))


def body(reader: Reader, term: Bound) -> tuple[Symbol, Tensor]:
    """The body of a derivative over a symbol whose entries are independent."""
    symbol = independent(term.symbols[0])
    return symbol, reader.inside({term.symbols[0]: of_symbol(symbol)}).read(term.body)


def derived(reader: Reader, poly: Poly, symbol: Symbol) -> tuple[tuple[Axis, ...], Poly]:
    """The derivative, and the axes of the symbol it is taken by."""
    found = axes(symbol.shape)
    return found, reduced(differential(poly, symbol, tuple(i for a in found for i in a), reader.strict))


def valued(reader: Reader, t: Tensor, symbol: Symbol, point: Term) -> Tensor:
    """The tensor at a point."""
    return Tensor(t.axes, reduced(replace(t.poly, symbol, reader.read(point))))


def of_diff(reader: Reader, term: Bound) -> Tensor:
    symbol, x = body(reader, term)
    order = reader.scalar(term.args[1]).constant if len(term.args) > 1 else 1
    if order is None or order != int(order) or not 0 <= order <= 8:
        raise Unsupported("a derivative whose order is not a small whole number")
    poly = x.poly
    for _ in range(int(order)):
        _, poly = derived(reader, poly, symbol)
    return valued(reader, Tensor(x.axes, poly), symbol, term.args[0])


def of_grad(reader: Reader, term: Bound) -> Tensor:
    symbol, x = body(reader, term)
    found, poly = derived(reader, x.poly, symbol)
    return valued(reader, Tensor(found, poly), symbol, term.args[0])


def of_jacobian(reader: Reader, term: Bound) -> Tensor:
    symbol, x = body(reader, term)
    found, poly = derived(reader, x.poly, symbol)
    return valued(reader, Tensor((_vectorised(x.axes), _vectorised(found)), poly), symbol, term.args[0])


def of_hessian(reader: Reader, term: Bound) -> Tensor:
    symbol, x = body(reader, term)
    first, poly = derived(reader, x.poly, symbol)
    second, poly = derived(reader, poly, symbol)
    return valued(reader, Tensor((_vectorised(first), _vectorised(second)), poly), symbol, term.args[0])


def of_laplacian(reader: Reader, term: Bound) -> Tensor:
    symbol, x = body(reader, term)
    first, poly = derived(reader, x.poly, symbol)
    second, poly = derived(reader, poly, symbol)
    names = dict(zip((i for a in second for i in a), (i for a in first for i in a), strict=True))
    return valued(reader, scalar(multiply(rename(poly, names), ONE, tuple(i for a in first for i in a))), symbol, term.args[0])


def of_divergence(reader: Reader, term: Bound) -> Tensor:
    symbol, x = body(reader, term)
    found, poly = derived(reader, x.poly, symbol)
    places = tuple(i for a in found for i in a)
    if [i.range for i in places] != [i.range for i in x.live]:
        raise Unsupported("the divergence of a field of another dimension")
    return valued(
        reader, scalar(multiply(rename(poly, dict(zip(x.live, places, strict=True))), ONE, places)), symbol, term.args[0]
    )


def _vectorised(found: tuple[Axis, ...]) -> Axis:
    """The places of an array as one axis, column after column."""
    return tuple(i for a in reversed(found) for i in a)


def _whole(p: Poly) -> bool:
    """Whether an expression of sizes is surely a whole number."""
    return all(
        Fraction(c).denominator == 1
        and all(isinstance(g, Place) or isinstance(g, Entry) and g.symbol.kind == "integer" and e > 0 for g, e in m.powers)
        for m, c in p.terms
    )


RULES = {
    "sum": of_sum,
    "prod": of_prod,
    "diff": of_diff,
    "grad": of_grad,
    "jacobian": of_jacobian,
    "hessian": of_hessian,
    "laplacian": of_laplacian,
    "divergence": of_divergence,
}
