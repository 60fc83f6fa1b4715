"""Conditions on the size of a real name as bounds: abs(x) < 1 and x^2 < 1 say -1 < x < 1."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import isqrt

from twofold.catalogue.conjunctions import conjuncts
from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Num, Term, Var, num

_OTHER_WAY = {"gt": "lt", "ge": "le"}


def bounds(condition: Term) -> Iterator[Term]:
    """What a condition says, its parts one by one and sizes as bounds."""
    for part in conjuncts(condition):
        found = _size(part)
        if found is None:
            yield part
            continue
        op, x, c = found
        yield app(op, app("neg", c), x, span=part.span)
        yield app(op, x, c, span=part.span)


def _size(t: Term) -> tuple[str, Term, Term] | None:
    """The relation, the name and the number that its size is compared with; `None` for other conditions."""
    if not isinstance(t, App) or t.op not in ("lt", "le", "gt", "ge"):
        return None
    op, (size, c) = (t.op, t.args) if t.op in ("lt", "le") else (_OTHER_WAY[t.op], t.args[::-1])
    if not isinstance(size, App) or size.shape or c.shape:
        return None
    x = size.args[0]
    if not isinstance(x, Var) or x.shape or x.symbol.kind not in ("real", "integer"):
        return None
    if size.op == "abs":
        return op, x, c
    if size.op == "pow" and size.args[1] == num(2) and isinstance(c, Num) and c.value > 0:
        root = Fraction(isqrt(c.value.numerator), isqrt(c.value.denominator))
        return (op, x, Num(root)) if root**2 == c.value else None
    return None
