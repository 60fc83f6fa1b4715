"""The order in which SymPy values are listed and the terms of a sum are written."""

from __future__ import annotations

from typing import Any

import sympy as sp


def place_of(e: Any) -> Any:
    """Real numbers by value, everything else by SymPy's own order."""
    if getattr(e, "is_number", False) and e.is_real:
        value = sp.N(e, 30)
        if value.is_Float or value.is_Integer:
            return (0, float(value), sp.default_sort_key(e))
    return (1, 0.0, sp.default_sort_key(e))


def ordered(values: list[Any]) -> list[Any]:
    """SymPy numbers, the real ones first and ascending."""
    return sorted(values, key=place_of)


def in_order(e: Any) -> list[Any]:
    """The terms of a sum in the order of SymPy's `as_ordered_terms`, without it where every term is a product of whole powers of names: by
    their exponents, the names in alphabetical order."""
    rows = []
    for t in e.args:
        powers: dict[str, int] = {}
        for f in t.args if t.is_Mul else (t,):
            base, exponent = (f.args[0], f.args[1]) if f.is_Pow else (f, None)
            if base.is_Symbol and base.is_commutative and (exponent is None or exponent.is_Integer):
                powers[base.name] = 1 if exponent is None else int(exponent)
            elif not f.is_Rational:
                return list(e.as_ordered_terms())
        rows.append((powers, t))
    if len(rows) == 2 and not all(powers for powers, _ in rows):
        return list(e.as_ordered_terms())  # A number before a difference has a rule of its own.
    names = sorted({name for powers, _ in rows for name in powers})
    if len(names) < len(e.free_symbols):
        return list(e.as_ordered_terms())
    rows.sort(key=lambda row: [-row[0].get(name, 0) for name in names])
    return [t for _, t in rows]
