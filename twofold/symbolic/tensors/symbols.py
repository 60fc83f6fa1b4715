"""Symbols as tensors of their entries."""

from __future__ import annotations

from twofold.grammar.term import Symbol, copy_symbol
from twofold.symbolic.tensors.algebra import multiply
from twofold.symbolic.tensors.node import Delta, Entry, Tensor, Unsupported, single
from twofold.symbolic.tensors.sizes import axes

STRUCTURAL = frozenset(("symmetric", "posdef", "orthogonal", "diagonal", "onehot", "probability", "invertible"))
"""Properties that tie entries together; the symbol a derivative is taken by has none of them."""


def independent(symbol: Symbol) -> Symbol:
    """A symbol of the same shape and bounds whose entries are independent of each other."""
    return copy_symbol(symbol, properties=symbol.properties - STRUCTURAL, law=None)


def of_symbol(symbol: Symbol) -> Tensor:
    """The entries of a symbol."""
    if symbol.kind not in ("real", "integer"):
        raise Unsupported(f"{symbol.name} is not real")
    found = axes(symbol.shape)
    slots = tuple(i for a in found for i in a)
    if "diagonal" in symbol.properties and len(slots) == 2:
        entry = single(Entry(symbol, (slots[0], slots[0])))
        return Tensor(found, multiply(single(Delta(*slots)), entry))
    return Tensor(found, single(Entry(symbol, slots)))
