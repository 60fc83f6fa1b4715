"""SymPy's relations as they are written: bounds of one thing as a chain, and the cases of a unit step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from twofold.catalogue.shapes import app
from twofold.grammar.term import Term


def chained(parts: list[Any], go: Callable[[Any], Term]) -> list[Term]:
    """Relations that hold together, a lower and an upper bound of one thing as a chain: a > 0 and a < 1 as 0 < a < 1."""
    out: list[Term] = []
    left = list(parts)
    while left:
        p = left.pop(0)
        other = next((q for q in left if _encloses(p, q) or _encloses(q, p)), None)
        if other is None:
            out.append(go(p))
            continue
        left.remove(other)
        below, above = (p, other) if _encloses(p, other) else (other, p)
        low, x, high = go(below.rhs), go(below.lhs), go(above.rhs)
        first = app("le" if isinstance(below, sp.Ge) else "lt", low, x)
        out.append(app("and", first, app("le" if isinstance(above, sp.Le) else "lt", x, high)))
    return out


def _encloses(below: Any, above: Any) -> bool:
    """Whether two relations are a lower and an upper bound of one thing by numbers."""
    if not isinstance(below, (sp.Gt, sp.Ge)) or not isinstance(above, (sp.Lt, sp.Le)):
        return False
    return below.lhs == above.lhs and not below.lhs.is_number and below.rhs.is_number and above.rhs.is_number


def unit_step(e: Any) -> Any:
    """What a unit step with 1/2 at its place is of; `None` for other cases."""
    if [v for v, _ in e.args] != [1, sp.S.Half, 0]:
        return None
    begun, met, _ = (c for _, c in e.args)
    if not isinstance(begun, (sp.StrictGreaterThan, sp.StrictLessThan)) or not isinstance(met, sp.Eq):
        return None
    u = begun.gts - begun.lts
    gap = met.lhs - met.rhs
    return u if sp.expand(u - gap) == 0 or sp.expand(u + gap) == 0 else None
