"""Other places for the free indices of an expression, and values for its symbols; what becomes equal or known is simplified."""

from __future__ import annotations

from collections.abc import Iterable

from twofold.grammar.term import Symbol
from twofold.symbolic.tensors.algebra import as_slot, build, multiply, product
from twofold.symbolic.tensors.node import Call, Delta, Entry, Factor, Index, Monomial, Number, Place, Poly, Renaming, Slot, Tensor
from twofold.symbolic.tensors.powers import power


def _slot(slot: Slot, names: Renaming) -> Slot:
    if isinstance(slot, Index):
        return names.get(slot, slot)
    return as_slot(rename(slot, names))


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
    """The polynomial with every factor replaced by what the rule makes of it (a polynomial, or None to keep it), simplified
    again.
    """
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
