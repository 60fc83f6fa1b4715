"""Derivatives of index expressions: the entries of the derivative by a symbol, at new indices.

The rule of products, the chain rule through functions, and the differentials `d inv(M) = -inv(M) dM inv(M)`, `d det(M) = det(M)
tr(inv(M) dM)`, in indices (Laue, Mitterreiter and Giesen 2018; Magnus and Neudecker). All entries of a symbol are independent:
a symbol with properties is to be replaced by one without. Where a function has a kink or a jump, the result is the derivative
beside it; `strict` refuses conditions that depend on the symbol, since an expression may have a derivative at a place where its
branches change that no branch gives.
"""

from __future__ import annotations

from twofold.grammar.term import Symbol
from twofold.symbolic.tensors.algebra import INDICATORS, add, build, multiply, negative, scale, subtract
from twofold.symbolic.tensors.entrywise import partials
from twofold.symbolic.tensors.functions import construct
from twofold.symbolic.tensors.inverse import inverse
from twofold.symbolic.tensors.node import (
    ZERO,
    Call,
    Delta,
    Entry,
    Factor,
    Index,
    Monomial,
    Number,
    Poly,
    Slot,
    Tensor,
    Unsupported,
    scalar,
    single,
)
from twofold.symbolic.tensors.powers import power
from twofold.symbolic.tensors.reduce import reduced
from twofold.symbolic.tensors.renaming import at, depends, factor_depends, fresh_axes, rename


def differential(poly: Poly, symbol: Symbol, places: tuple[Index, ...], strict: bool = False) -> Poly:
    """The derivative by the entry of a symbol at some places: one index for each of its dimensions of a size other than 1."""
    return _Differential(symbol, places, strict).of(poly)


class _Differential:
    def __init__(self, symbol: Symbol, places: tuple[Index, ...], strict: bool) -> None:
        self.symbol = symbol
        self.places = places
        self.strict = strict

    def of(self, poly: Poly) -> Poly:
        if not depends(poly, self.symbol):
            return ZERO
        return add(*[scale(self.monomial(m), c) for m, c in poly.terms])

    def monomial(self, m: Monomial) -> Poly:
        parts: list[Poly] = []
        for f, e in m.powers:
            if not factor_depends(f, self.symbol):
                continue
            rest = [(g, d) for g, d in m.powers if g is not f]
            trace = self.trace_of_exponential(f, e, m)
            if trace is not None:
                outside = Poly(((Monomial((), tuple(rest)), 1),))
                assert isinstance(f, Call)
                kept = tuple(i for i in m.bound if i is not f.slots[0])
                parts.append(multiply(outside, trace, kept))
                continue
            outside = Poly(((Monomial((), (*rest, *([(f, e - 1)] if e != 1 else []))), e),))
            parts.append(multiply(outside, self.factor(f), m.bound))
        return add(*parts)

    def factor(self, f: Factor) -> Poly:
        if isinstance(f, Entry):
            if f.symbol is not self.symbol or any(isinstance(s, Poly) and depends(s, self.symbol) for s in f.slots):
                raise Unsupported("the variable stands in an index")
            return build(1, (), [(Delta(s, p), 1) for s, p in zip(f.slots, self.places, strict=True)])
        if not isinstance(f, Call) or any(isinstance(s, Poly) and depends(s, self.symbol) for s in f.slots):
            raise Unsupported("the variable stands in an index")
        if f.op in INDICATORS:
            if self.strict or f.op == "zero":
                raise Unsupported("a condition depends on the variable")
            return ZERO
        rule = getattr(self, f"of_{f.op.split(':')[0]}", None)
        if rule is not None:
            return rule(f)  # type: ignore[no-any-return]
        if f.slots or any(t.axes for t in f.arguments):
            raise Unsupported(f"no derivative of {f.op} is known")
        return add(
            *[multiply(p, self.of(t.poly)) for p, t in zip(partials(f), f.arguments, strict=True) if depends(t.poly, self.symbol)]
        )

    def of_group(self, f: Call) -> Poly:
        return self.of(f.inner)

    def of_let(self, f: Call) -> Poly:
        t = fresh_axes(f.arguments[0])
        return rename(self.of(t.poly), dict(zip(t.live, f.slots, strict=True)))

    def matrix(self, t: Tensor) -> tuple[Tensor, Poly]:
        """A matrix with new axes, and the derivative of its entries."""
        t = fresh_axes(t)
        return t, self.of(t.poly)

    def of_inv(self, f: Call) -> Poly:
        m, d = self.matrix(f.arguments[0])
        k, j = m.live
        s, t = f.slots
        left, right = single(Call("inv", f.arguments, (s, k))), single(Call("inv", f.arguments, (j, t)))
        return negative(multiply(multiply(left, d, (k,)), right, (j,)))

    def of_det(self, f: Call) -> Poly:
        m, d = self.matrix(f.arguments[0])
        k, j = m.live
        return multiply(single(f), multiply(at(inverse(m), (j, k)), d, (k, j)))

    def of_prod(self, f: Call) -> Poly:
        t = fresh_axes(f.arguments[0])
        return multiply(single(f), multiply(self.of(t.poly), power(t.poly, -1), t.live))

    def of_array(self, f: Call) -> Poly:
        entries = [self.of(t.poly) for t in f.arguments]
        return construct(f.op, tuple(map(scalar, entries)), f.slots) if any(e.terms for e in entries) else ZERO

    def of_apply(self, f: Call) -> Poly:
        """An unknown function: `apply:k` is its k-th derivative where it has one argument."""
        order = int(f.op.partition(":")[2] or 0)
        if len(f.arguments) != 2 or f.arguments[1].axes:
            raise Unsupported("the partial derivatives of an unknown function have no name")
        inner = f.arguments[1].poly
        return multiply(single(Call(f"apply:{order + 1}", f.arguments)), self.of(inner))

    def of_expm(self, f: Call) -> Poly:
        """`d exp(M) = exp(M) dM` where M and dM commute."""
        m, d = self.matrix(f.arguments[0])
        k, j = m.live
        i = k.fresh()
        first = multiply(rename(m.poly, {j: i}), rename(d, {k: i}), (i,))
        other = multiply(rename(d, {j: i}), rename(m.poly, {k: i}), (i,))
        if reduced(subtract(first, other)).terms:
            raise Unsupported(
                "the derivative of a matrix exponential has no closed form unless the matrix commutes with its derivative"
            )
        s, t = f.slots
        return multiply(single(Call("expm", f.arguments, (s, k))), rename(d, {j: t}), (k,))

    def trace_of_exponential(self, f: Factor, e: Number, m: Monomial) -> Poly | None:
        """`d tr exp(M) = tr(exp(M) dM)`."""
        if not (isinstance(f, Call) and f.op == "expm" and e == 1 and f.slots[0] is f.slots[1]):
            return None
        i: Slot = f.slots[0]
        if i not in m.bound or any(i in g.indices for g, _ in m.powers if g is not f):
            return None
        t, d = self.matrix(f.arguments[0])
        k, j = t.live
        return multiply(single(Call("expm", f.arguments, (j, k))), d, (k, j))
