"""Arithmetic of index expressions: sums, products, powers, summation, renaming of indices, values for symbols.

Products are simplified as they are made: equal factors merge, a Kronecker delta with a summed index is carried out, an index that no factor carries gives
the size of its range, whole positive powers of sums are multiplied out. Everything holds wherever the expression it replaces is defined, over the reals.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import reduce
from math import gcd, lcm

from twofold.grammar.term import Symbol
from twofold.symbolic.tensors.label import components
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
    Tensor,
    Unsupported,
    constant,
    scalar,
    single,
)
from twofold.symbolic.tensors.signs import always_nonnegative, always_positive

LARGEST = 4000
"""The number of terms past which products are not multiplied out."""

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


def _slot(slot: Slot, names: Renaming) -> Slot:
    if isinstance(slot, Index):
        return names.get(slot, slot)
    return as_slot(rename(slot, names))


def as_slot(poly: Poly) -> Slot:
    """The slot for a place given by its value: a plain index where it is one."""
    if len(poly.terms) == 1:
        m, c = poly.terms[0]
        if c == 1 and len(m.powers) == 1 and m.powers[0][1] == 1 and isinstance(m.powers[0][0], Place):
            return m.powers[0][0].index
    return poly


# --- products ------------------------------------------------------------------------------------------------------------------


def build(coefficient: Number, bound: tuple[Index, ...], items: Iterable[tuple[Factor, Number]]) -> Poly:
    """The simplified product of powers, summed over `bound`."""
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
                return _times(coefficient, bound, powers, power(f.inner, e))
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


def _times(coefficient: Number, bound: tuple[Index, ...], powers: Mapping[Factor, Number], other: Poly) -> Poly:
    """A product with a polynomial inside the summation."""
    return multiply(Poly(((Monomial((), tuple(powers.items())), coefficient),)), other, bound)


def _expands(f: Call, e: Number) -> bool:
    if f.inner.constant is not None:
        return not 0 < e < 1
    return multiplied_out(f.inner, e)


def multiplied_out(base: Poly, e: Number) -> bool:
    """Whether a power is written as a product."""
    return 0 < e <= 64 and e == int(e) and len(base.terms) ** int(e) <= 64


def _expansion(f: Call, e: Number) -> Poly:
    number = f.inner.constant
    if number is None:
        return power(f.inner, e)
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
            moved = rename(body, {old: new})
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
    moved = rename(Poly(((Monomial((), tuple(rest.items())), 1),)), {old: new})
    if len(moved.terms) != 1 or moved.terms[0][1] != 1 or moved.terms[0][0].bound:
        return powers
    return {d: 1, **dict(moved.terms[0][0].powers)}


def within(slot: Slot, index: Index, powers: Iterable[Factor] = ()) -> bool:
    """Whether a place is surely one of the places of an index: its range lies inside, or it is used as a place of such a dimension."""
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


# --- powers --------------------------------------------------------------------------------------------------------------------


def power(base: Poly, e: Number) -> Poly:
    """A rational power: `b^e` over the reals, where it is defined."""
    if e == 1:
        return base
    if e == 0:
        return ONE
    if not base.terms:
        if e > 0:
            return ZERO
        raise Unsupported("division by zero")
    if multiplied_out(base, e):
        half = power(base, int(e) // 2)
        square = multiply(half, half)
        return multiply(square, base) if e % 2 else square
    if len(base.terms) == 1:
        return _power_of_product(base.terms[0], e)
    outside, rest = content(base, e)
    group = single(Call("group", (scalar(rest),)), e)
    return multiply(outside, group) if outside.ident != ONE.ident else group


def _power_of_product(term: tuple[Monomial, Number], e: Number) -> Poly:
    m, c = term
    whole = e == int(e)
    found: list[Poly] = []
    stuck: list[Poly] = []
    for linked, inside in components(m.powers, m.bound):
        if linked:
            part = Poly(((Monomial(tuple(linked), tuple(inside)), 1),))
            free = whole or always_nonnegative(part)
            (found if free else stuck).append(single(Call("group", (scalar(part),)), e) if free else part)
            continue
        f, k = inside[0]
        if whole or k != int(k) or always_nonnegative(single(f)):
            found.append(_factor_power(f, k * e))
        elif k % 2 == 0:
            found.append(_factor_power(Call("abs", (scalar(single(f)),)), k * e))
        else:
            stuck.append(single(f, k))
    if stuck:
        rest = product(stuck)
        found.append(number_power(abs(c), e))
        found.append(single(Call("group", (scalar(scale(rest, 1 if c > 0 else -1)),)), e))
    else:
        found.append(number_power(c, e))
    return product(found)


def _factor_power(f: Factor, e: Number) -> Poly:
    """`f^e` where the exponents of a power of a power may be multiplied."""
    return build(1, (), ((f, e),))


def number_power(c: Number, e: Number) -> Poly:
    """A power of a rational number, roots kept as powers of primes between 0 and 1."""
    if e == int(e):
        return constant(Fraction(c) ** int(e))
    if c < 0:
        raise Unsupported("a root of a negative number")
    value = Fraction(c)
    out = ONE
    for n, sign in ((value.numerator, 1), (value.denominator, -1)):
        for p, k in primes(n):
            out = multiply(out, build(1, (), ((Call("group", (scalar(constant(p)),)), sign * k * e),)))
    return out


def primes(n: int) -> list[tuple[int, int]]:
    """The prime factors of a number; what is left after trial division to a thousand is kept whole."""
    found = []
    p = 2
    while p * p <= n and p < 1000:
        k = 0
        while n % p == 0:
            n //= p
            k += 1
        if k:
            found.append((p, k))
        p += 1
    if n > 1:
        found.append((n, 1))
    return found


def content(poly: Poly, e: Number) -> tuple[Poly, Poly]:
    """What comes out of a power of a sum: the common factors to the power e, and the sum without them (whole, with no common divisor)."""
    whole = e == int(e)
    numbers = [Fraction(c) for _, c in poly.terms]
    common = Fraction(reduce(gcd, [c.numerator for c in numbers]), reduce(lcm, [c.denominator for c in numbers]))
    if whole and leading(poly) < 0:
        common = -common
    least: dict[Factor, Number] = {}
    loose = [{f: k for f, k in m.powers if f.indices.isdisjoint(m.bound)} for m, _ in poly.terms]
    for f in {f for part in loose for f in part}:
        k = min(part.get(f, 0) for part in loose)
        if k and (whole or always_positive(single(f))) and not isinstance(f, Delta):
            least[f] = k
    if common == 1 and not least:
        return ONE, poly
    inverse = Poly(((Monomial((), tuple((f, -k) for f, k in least.items())), 1 / common),))
    outside = product([number_power(common, e), *[_factor_power(f, k * e) for f, k in least.items()]])
    return outside, multiply(poly, inverse)


def leading(poly: Poly) -> Number:
    """The coefficient of the term that comes first, whatever the free indices are called."""
    blank = dict.fromkeys(poly.indices, "?")
    return min(poly.terms, key=lambda t: (t[0].key(blank, 0), t[0].ident))[1]


# --- renaming and values -------------------------------------------------------------------------------------------------------


def rename(poly: Poly, names: Renaming) -> Poly:
    """The polynomial with other places for free indices, simplified again."""
    names = {i: s for i, s in names.items() if i in poly.indices and i is not s}
    if not names:
        return poly
    if _harmless(names, poly):
        return poly.moved({i: s for i, s in names.items() if isinstance(s, Index)})
    return visit(poly, lambda f: _replaced(f, names), names)


def _harmless(names: Renaming, poly: Poly) -> bool:
    """Whether new names are all different and unused, so that nothing can merge."""
    targets = list(names.values())
    if any(isinstance(f, Delta) and not f.indices.isdisjoint(names) for m, _ in poly.terms for f, _ in m.powers):
        return False
    return all(isinstance(t, Index) and t not in poly.indices for t in targets) and len({id(t) for t in targets}) == len(targets)


def visit(poly: Poly, rule, names: Renaming | None = None) -> Poly:  # type: ignore[no-untyped-def]
    """The polynomial with every factor replaced by what the rule makes of it (a polynomial, or None to keep it), simplified again."""
    taken = [] if names is None else [*names, *(i for s in names.values() for i in ((s,) if isinstance(s, Index) else s.indices))]
    out: list[tuple[Monomial, Number]] = []
    for m, c in poly.terms:
        m = m.apart(taken)
        parts: list[Poly] = []
        kept: list[tuple[Factor, Number]] = []
        for f, e in m.powers:
            new = rule(f)
            if new is None:
                kept.append((f, e))
            elif isinstance(new, Factor):
                kept.append((new, e))
            else:
                parts.append(power(new, e))
        if not parts:
            out.extend(build(c, m.bound, kept).terms)
            continue
        out.extend(multiply(Poly(((Monomial((), tuple(kept)), c),)), product(parts), m.bound).terms)
    return Poly(out)


def _replaced(f: Factor, names: Renaming) -> Poly | Factor | None:
    if f.indices.isdisjoint(names):
        return None
    if isinstance(f, Place):
        new = names[f.index]
        return new if isinstance(new, Poly) else Place(new)
    if isinstance(f, Entry):
        return Entry(f.symbol, tuple(_slot(s, names) for s in f.slots))
    if isinstance(f, Delta):
        return Delta(_slot(f.slots[0], names), _slot(f.slots[1], names))
    assert isinstance(f, Call)
    arguments = tuple(rename_tensor(t, names) for t in f.arguments)
    slots = tuple(_slot(s, names) for s in f.slots)
    if all(a is b for a, b in zip(arguments, f.arguments, strict=True)) and not f.op.startswith("array"):
        return Call(f.op, arguments, slots)
    return remake(f, arguments, slots)


def remake(f: Call, arguments: tuple[Tensor, ...], slots: tuple[Slot, ...]) -> Poly:
    """The same function of other arguments, simplified."""
    from twofold.symbolic.tensors.functions import construct

    return construct(f.op, arguments, slots)


def rename_tensor(t: Tensor, names: Renaming) -> Tensor:
    """The tensor with other places for the indices it depends on."""
    names = {i: s for i, s in names.items() if i in t.indices}
    if not names:
        return t
    targets = {i for s in names.values() for i in ((s,) if isinstance(s, Index) else s.indices)}
    if not targets.isdisjoint(t.live):
        t = fresh_axes(t)
    return Tensor(t.axes, rename(t.poly, names))


def fresh_axes(t: Tensor) -> Tensor:
    """The same tensor with new axes."""
    names = {a: a.fresh() for a in t.live}
    return Tensor(tuple(tuple(names[i] for i in a) for a in t.axes), rename(t.poly, names))


def at(t: Tensor, slots: Iterable[Slot]) -> Poly:
    """The entry of a tensor at the given places, one for each axis of a size other than 1."""
    return rename(t.poly, dict(zip(t.live, slots, strict=True)))


def depends(poly: Poly, symbol: Symbol) -> bool:
    """Whether a symbol occurs."""
    return any(factor_depends(f, symbol) for m, _ in poly.terms for f, _ in m.powers)


def factor_depends(f: Factor, symbol: Symbol) -> bool:
    if isinstance(f, Entry):
        return f.symbol is symbol or any(isinstance(s, Poly) and depends(s, symbol) for s in f.slots)
    if isinstance(f, Delta):
        return any(isinstance(s, Poly) and depends(s, symbol) for s in f.slots)
    if isinstance(f, Call):
        return any(depends(t.poly, symbol) for t in f.arguments) or any(
            isinstance(s, Poly) and depends(s, symbol) for s in f.slots
        )
    return False


def replace(poly: Poly, symbol: Symbol, value: Tensor) -> Poly:
    """The polynomial with a tensor of the same shape for a symbol."""
    if not depends(poly, symbol):
        return poly

    def slot(s: Slot) -> Slot:
        return s if isinstance(s, Index) else as_slot(replace(s, symbol, value))

    def rule(f: Factor) -> Poly | Factor | None:
        if not factor_depends(f, symbol):
            return None
        if isinstance(f, Entry):
            places = tuple(map(slot, f.slots))
            return at(value, places) if f.symbol is symbol else Entry(f.symbol, places)
        if isinstance(f, Delta):
            return Delta(slot(f.slots[0]), slot(f.slots[1]))
        assert isinstance(f, Call)
        inside = tuple(Tensor(t.axes, replace(t.poly, symbol, value)) for t in f.arguments)
        return remake(f, inside, tuple(map(slot, f.slots)))

    return visit(poly, rule)
