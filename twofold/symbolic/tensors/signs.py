"""Signs that are known for all values (of factors from their declarations, of sums of products term by term), and whole numbers."""

from __future__ import annotations

from twofold.grammar.term import Num
from twofold.symbolic.context import declared_range
from twofold.symbolic.tensors.node import Call, Delta, Entry, Factor, Number, Place, Poly

POSITIVE = frozenset(("exp", "cosh", "sigmoid", "softplus", "norm"))
NONNEGATIVE = frozenset(("abs", "positive", "zero", "relu", "heaviside", "indicator"))


def always_positive(poly: Poly) -> bool:
    """Whether the value is surely positive wherever it is defined."""
    least = _least(poly)
    if least is not None and (least[0] > 0 or least[0] == 0 and least[1]):
        return True
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
    least = _least(poly)
    return least is not None and least[0] >= 0


def _least(poly: Poly) -> tuple[Number, bool] | None:
    """What a value is never less than, by the declared bounds of single names, and whether it is always more."""
    total: Number = 0
    above = False
    for m, c in poly.terms:
        if not m.powers:
            total += c
            continue
        f, e = m.powers[0]
        if len(m.powers) == 1 and not m.bound and e == 1 and isinstance(f, Entry):
            s = f.symbol
            end, opened = (s.lower, s.open_lower) if c > 0 else (s.upper, s.open_upper)
            if isinstance(end, Num):
                total, above = total + c * end.value, above or opened
                continue
        if c > 0 and all(isinstance(g, Entry) and g.symbol.size and d >= 1 for g, d in m.powers):
            total += c
        elif c < 0 or not all(_nonnegative(g, d) for g, d in m.powers):
            return None
    return total, above


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
