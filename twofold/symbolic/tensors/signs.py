"""Signs that are known for all values (of factors from their declarations, of sums of products term by term), and whole numbers."""

from __future__ import annotations

from twofold.symbolic.context import declared_range
from twofold.symbolic.tensors.node import Call, Delta, Entry, Factor, Number, Place, Poly

POSITIVE = frozenset(("exp", "cosh", "sigmoid", "softplus", "norm"))
NONNEGATIVE = frozenset(("abs", "positive", "zero", "relu", "heaviside", "indicator"))


def always_positive(poly: Poly) -> bool:
    """Whether the value is surely positive wherever it is defined."""
    return (
        bool(poly.terms)
        and all(c > 0 for _, c in poly.terms)
        and all(all(_nonnegative(f, e) for f, e in m.powers) for m, _ in poly.terms)
        and any(all(_positive(f, e) for f, e in m.powers) and all(_inhabited(i) for i in m.bound) for m, _ in poly.terms)
    )


def always_nonnegative(poly: Poly) -> bool:
    """Whether the value is surely not negative; a size counts as at least 1."""
    if all(c > 0 and all(_nonnegative(f, e) for f, e in m.powers) for m, c in poly.terms):
        return True
    least: Number = 0
    for m, c in poly.terms:
        if not m.powers or c > 0 and all(isinstance(f, Entry) and f.symbol.size and e >= 1 for f, e in m.powers):
            least += c
        elif c < 0 or not all(_nonnegative(f, e) for f, e in m.powers):
            return False
    return least >= 0


def whole(p: Poly) -> bool:
    """Whether the value is surely an integer: a polynomial in sizes and integers with whole coefficients."""
    return all(
        c == int(c)
        and all(
            e == int(e)
            and e > 0
            and (isinstance(f, Place) or isinstance(f, Entry) and (f.symbol.size or f.symbol.kind == "integer"))
            for f, e in m.powers
        )
        for m, c in p.terms
    )


def _inhabited(index: object) -> bool:
    """Whether a range surely has a place."""
    from twofold.symbolic.tensors.algebra import subtract
    from twofold.symbolic.tensors.node import Index

    assert isinstance(index, Index)
    return always_nonnegative(subtract(index.upper, index.lower))


def _positive(f: Factor, e: Number) -> bool:
    if e != int(e):
        # A broken power is defined for a nonnegative base only; it vanishes where the base does.
        return e < 0 or _positive(f, 1)
    if e % 2 == 0 and e < 0:
        return True
    if isinstance(f, Entry):
        known = declared_range(f.symbol)
        return known.positive or (known.nonzero and e % 2 == 0)
    if isinstance(f, Place):
        return always_nonnegative_lower(f)
    if isinstance(f, Call):
        if f.op in POSITIVE:
            return True
        if f.op == "group":
            return always_positive(f.inner)
        if f.op == "power":
            return always_positive(f.inner)
        if f.op == "det":
            return _posdef(f)
    return False


def always_nonnegative_lower(f: Place) -> bool:
    """Whether the places of an index are positive numbers."""
    low = f.index.lower.constant
    return low is not None and low > 0


def _nonnegative(f: Factor, e: Number) -> bool:
    if e != int(e) or e % 2 == 0 or isinstance(f, Delta):
        return True
    if _positive(f, e):
        return True
    if isinstance(f, Entry):
        return declared_range(f.symbol).nonnegative
    if isinstance(f, Place):
        low = f.index.lower.constant
        return low is not None and low >= 0
    if isinstance(f, Call):
        return f.op in NONNEGATIVE or (f.op in ("group", "power") and always_nonnegative(f.inner))
    return False


def _posdef(f: Call) -> bool:
    """Whether the matrix of a determinant is one symbol that is declared positive definite."""
    terms = f.inner.terms
    if len(terms) != 1 or terms[0][1] <= 0 or len(terms[0][0].powers) != 1:
        return False
    g, e = terms[0][0].powers[0]
    return e == 1 and isinstance(g, Entry) and "posdef" in g.symbol.properties and len(set(g.slots)) == 2
