"""Arithmetic in double precision on constant terms, with nothing to import: the second opinion on plain fractions."""

from __future__ import annotations

import operator
from collections.abc import Callable

from twofold.grammar.term import App, Num, Term

_OPERATIONS: dict[str, Callable[..., float]] = {
    "add": operator.add, "sub": operator.sub, "mul": operator.mul, "div": operator.truediv,
    "pow": operator.pow, "neg": operator.neg,
}  # fmt: skip


def in_double_precision(term: Term) -> float | None:
    """The value of a term of numbers and arithmetic, None where it has none or is too large."""
    if isinstance(term, Num):
        try:
            return float(term.value)
        except OverflowError:
            return None
    if not isinstance(term, App) or term.op not in _OPERATIONS:
        return None
    parts = [in_double_precision(a) for a in term.args]
    if any(p is None for p in parts):
        return None
    try:
        value = _OPERATIONS[term.op](*parts)
    except (OverflowError, ZeroDivisionError):
        return None
    return value if isinstance(value, float) else None
