"""Factors of the line above that are missing here, and products that stand upside down."""

from __future__ import annotations

from collections.abc import Iterator

from twofold.engine.diagnosis.arithmetic import divided, over, times
from twofold.engine.diagnosis.edits import Edit
from twofold.engine.diagnosis.parts import factors, terms
from twofold.grammar import tree
from twofold.grammar.tree import Call, Infix, Number

_LOST, _INVERTED = 1.45, 1.55
_MOST = 6


def lost_factors(left: tree.Expr, right: tree.Expr) -> Iterator[Edit]:
    """Every term with one more factor, above or below, that is a sum, a power of one or a call in the line above; and every product inverted.

    Names alone as factors are tried among the small edits. What is put in stands in the line above, so that its length does not count against it.
    """
    above = [f for f in _composite(left) if f not in _composite(right)][:_MOST]
    for _, term in terms(right):
        for f in above:
            yield Edit(
                term, divided(term, f) if not _is_over(term) else over(term.left, times(term.right, f)), _LOST, worked=True
            )
            yield Edit(term, over(times(term.left, f), term.right) if _is_over(term) else times(term, f), _LOST, worked=True)
        if isinstance(term, Infix) and term.operator == "*":
            yield Edit(term, over(Number("1"), term), _INVERTED)


def _is_over(node: tree.Expr) -> bool:
    return isinstance(node, Infix) and node.operator == "/"


def _composite(side: tree.Expr) -> list[tree.Expr]:
    """The factors of the terms of a side that are neither numbers nor names, with the bases of powers."""
    found: dict[tree.Expr, None] = {}
    for _, term in terms(side):
        for _, f in factors(term):
            if isinstance(f, Infix) and f.operator == "^" and isinstance(f.left, (Infix, Call)):
                found.setdefault(f.left)
            if isinstance(f, (Infix, Call)):
                found.setdefault(f)
    return list(found)
