"""Arithmetic of index expressions: sums, products, summation.

Products are simplified as they are made: equal factors merge, a Kronecker delta with a summed index is carried out, an index
that no factor carries gives the size of its range, whole positive powers of sums are multiplied out. Everything holds wherever
the expression it replaces is defined, over the reals.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import reduce

from twofold.symbolic.tensors.node import (
    ONE,
    ZERO,
    Call,
    Delta,
    Entry,
    Factor,
    Index,
    Monomial,
    Number,
    Place,
    Poly,
    Renaming,
    Slot,
    Unsupported,
    single,
)
from twofold.symbolic.tensors.signs import always_nonnegative

LARGEST = 4000
"""The number of terms past which products are not multiplied out."""

LONGEST = 16
"""The number of summed indices past which a product is refused, and powers of sums are not multiplied out."""

INDICATORS = ("positive", "zero")
"""Calls whose value is 1 or 0: a condition on their argument."""


def add(*polys: Poly) -> Poly:
    """The sum."""
    return Poly([t for p in polys for t in p.terms])


def scale(poly: Poly, factor: Number) -> Poly:
    """A rational multiple."""
    return Poly([(m, c * factor) for m, c in poly.terms]) if factor else ZERO


def negative(poly: Poly) -> Poly:
    return scale(poly, -1)


def subtract(a: Poly, b: Poly) -> Poly:
    return Poly([*a.terms, *((m, -c) for m, c in b.terms)])


def multiply(a: Poly, b: Poly, over: Iterable[Index] = ()) -> Poly:
    """The product, summed over some indices that are free in the factors."""
    if len(a.terms) * len(b.terms) > LARGEST:
        raise Unsupported("the product has too many terms")
    summed = tuple(over)
    out: list[tuple[Monomial, Number]] = []
    for m, c in a.terms:
        for n, d in b.terms:
            left, right = m.apart(summed), n
            if n.bound:
                right = n.apart(summed, left.bound, left.indices)
            if left.bound and not right.indices.isdisjoint(left.bound):
                left = left.apart(right.indices)
            out.extend(build(c * d, (*left.bound, *right.bound, *summed), (*left.powers, *right.powers)).terms)
    return Poly(out)


def product(polys: Iterable[Poly]) -> Poly:
    """The product of several."""
    return reduce(multiply, polys, ONE)


def total(poly: Poly, index: Index) -> Poly:
    """The sum over a free index."""
    return multiply(poly, ONE, (index,))


def size(index: Index) -> Poly:
    """The number of places of an index."""
    return add(index.upper, negative(index.lower), ONE)


def as_slot(poly: Poly) -> Slot:
    """The slot for a place given by its value: a plain index where it is one."""
    if len(poly.terms) == 1:
        m, c = poly.terms[0]
        if c == 1 and len(m.powers) == 1 and m.powers[0][1] == 1 and isinstance(m.powers[0][0], Place):
            return m.powers[0][0].index
    return poly


def build(coefficient: Number, bound: tuple[Index, ...], items: Iterable[tuple[Factor, Number]]) -> Poly:
    """The simplified product of powers, summed over `bound`."""
    if len(bound) > 2 * LONGEST:
        raise Unsupported("the product has too many summed indices")
    powers: dict[Factor, Number] = {}
    for f, e in items:
        powers[f] = powers.get(f, 0) + e
    for f, e in list(powers.items()):
        if not e:
            del powers[f]
        elif isinstance(f, Delta):
            if e < 0:
                raise Unsupported("division by a Kronecker delta")
            powers[f] = 1
        elif isinstance(f, Call):
            if f.op in INDICATORS and e > 0:
                powers[f] = 1
            elif f.op == "group" and _expands(f, e):
                del powers[f]
                return _times(coefficient, bound, powers, _expansion(f, e))
            elif f.op == "abs" and e % 2 == 0:
                del powers[f]
                return _times(coefficient, bound, powers, _power(f.inner, e))
    for f in powers:
        if isinstance(f, Delta):
            done = _carry_out(f, coefficient, bound, powers)
            if done is not None:
                return done
            powers = _at_first(f, powers)
    if bound:
        used: frozenset[Index] = frozenset().union(*[f.indices for f in powers]) if powers else frozenset()
        idle = [i for i in bound if i not in used]
        if idle:
            rest = Poly(((Monomial(tuple(i for i in bound if i in used), tuple(powers.items())), coefficient),))
            return product([rest, *map(size, idle)])
    return Poly(((Monomial(bound, tuple(powers.items())), coefficient),))


def _power(base: Poly, e: Number) -> Poly:
    from twofold.symbolic.tensors.powers import power

    return power(base, e)


def _rename(poly: Poly, names: Renaming) -> Poly:
    from twofold.symbolic.tensors.renaming import rename

    return rename(poly, names)


def _times(coefficient: Number, bound: tuple[Index, ...], powers: Mapping[Factor, Number], other: Poly) -> Poly:
    """A product with a polynomial inside the summation."""
    return multiply(Poly(((Monomial((), tuple(powers.items())), coefficient),)), other, bound)


def _expands(f: Call, e: Number) -> bool:
    if f.inner.constant is not None:
        return not 0 < e < 1
    return multiplied_out(f.inner, e)


def multiplied_out(base: Poly, e: Number) -> bool:
    """Whether a power is written as a product."""
    if not 0 < e <= 64 or e != int(e):
        return False
    summed = max((len(m.bound) for m, _ in base.terms), default=0)
    return len(base.terms) ** int(e) <= 64 and summed * e <= LONGEST


def _expansion(f: Call, e: Number) -> Poly:
    number = f.inner.constant
    if number is None:
        return _power(f.inner, e)
    whole = e // 1
    rest = e - whole
    return scale(single(f, rest) if rest else ONE, Fraction(number) ** int(whole))


def _carry_out(d: Delta, coefficient: Number, bound: tuple[Index, ...], powers: dict[Factor, Number]) -> Poly | None:
    """The product with one delta carried out, or nothing if it has to stay."""
    a, b = d.slots
    rest = {f: e for f, e in powers.items() if f is not d}
    if a is b or (isinstance(a, Poly) and isinstance(b, Poly) and a == b):
        return build(coefficient, bound, rest.items())
    if isinstance(a, Poly) and isinstance(b, Poly):
        apart = subtract(a, b).constant
        return ZERO if apart is not None and apart != 0 else None
    for old, new in ((a, b), (b, a)):
        if isinstance(old, Index) and old in bound and within(new, old, rest):
            body = Poly(((Monomial((), tuple(rest.items())), coefficient),))
            moved = _rename(body, {old: new})
            kept = tuple(i for i in bound if i is not old)
            return multiply(moved, ONE, kept)
    return None


def _at_first(d: Delta, powers: dict[Factor, Number]) -> dict[Factor, Number]:
    """A delta that stays: the other factors stand at the older of its two places, so that equal products look the same."""
    a, b = d.slots
    if not (isinstance(a, Index) and isinstance(b, Index)):
        return powers
    old, new = (a, b) if a.serial > b.serial else (b, a)
    rest = {f: e for f, e in powers.items() if f is not d}
    if not any(old in f.indices for f in rest):
        return powers
    moved = _rename(Poly(((Monomial((), tuple(rest.items())), 1),)), {old: new})
    if len(moved.terms) != 1 or moved.terms[0][1] != 1 or moved.terms[0][0].bound:
        return powers
    return {d: 1, **dict(moved.terms[0][0].powers)}


def within(slot: Slot, index: Index, powers: Iterable[Factor] = ()) -> bool:
    """Whether a place is surely one of the places of an index: its range lies inside, or it is used as a place of such a
    dimension.
    """
    if isinstance(slot, Index):
        return slot.range == index.range or (_at_least(slot.lower, index.lower) and _at_least(index.upper, slot.upper))
    number = slot.constant
    if number is not None and number == int(number) and _at_least(slot, index.lower) and _at_least(index.upper, slot):
        return True
    return _declared_within(slot, index) or any(isinstance(f, Entry) and _indexes(f, slot, index) for f in powers)


def _declared_within(slot: Poly, index: Index) -> bool:
    """A whole number whose declared bounds lie inside the range."""
    from twofold.symbolic.tensors.sizes import dimension

    if len(slot.terms) != 1 or slot.terms[0][1] != 1 or len(slot.terms[0][0].powers) != 1:
        return False
    f, e = slot.terms[0][0].powers[0]
    if (
        e != 1
        or not isinstance(f, Entry)
        or f.slots
        or f.symbol.kind != "integer"
        or f.symbol.lower is None
        or f.symbol.upper is None
    ):
        return False
    return _at_least(dimension(f.symbol.lower), index.lower) and _at_least(index.upper, dimension(f.symbol.upper))


def _indexes(f: Entry, slot: Poly, index: Index) -> bool:
    """An entry `v[k]` is defined only where k is a place of v."""
    if index.lower.constant != 1:
        return False
    live = [d for d in f.symbol.shape if d != 1]
    from twofold.symbolic.tensors.sizes import dimension

    return any(isinstance(s, Poly) and s == slot and dimension(d) == index.upper for s, d in zip(f.slots, live, strict=True))


def _at_least(a: Poly, b: Poly) -> bool:
    """Whether a >= b for all sizes."""
    return always_nonnegative(subtract(a, b))
