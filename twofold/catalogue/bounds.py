"""Conditions on the size of a real name as bounds: abs(x) < 1 and x^2 < 1 say -1 < x < 1."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from math import isqrt

from twofold.catalogue.comparisons import MIRRORED, ORDERS
from twofold.catalogue.conjunctions import conjuncts
from twofold.catalogue.constants import rational
from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Num, Symbol, Term, Var, num


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


SIGNS = {"positive": "gt", "nonnegative": "ge", "negative": "lt", "nonzero": "ne"}
"""Words that compare a name with 0."""


def declared(s: Symbol, value: Term) -> Iterator[Term]:
    """What the declaration of a scalar says of its size, of a value in its place."""
    for end, op in ((s.lower, "gt" if s.open_lower else "ge"), (s.upper, "lt" if s.open_upper else "le")):
        if end is not None:
            yield app(op, value, end)
    if s.size:
        yield app("ge", value, num(1))
    yield from (app(op, value, num(0)) for word, op in SIGNS.items() if word in s.properties)


def facts(conditions: Iterable[Term]) -> tuple[Term, ...]:
    """What conditions say, each part once, with the bounds on single names that follow from comparisons of names: 0 < h and h < r say 0 < r too."""
    found = dict.fromkeys(b for condition in conditions for b in bounds(condition))
    below = [pair for fact in found if (pair := _pair(fact)) is not None]
    links = [row for row in below if _is_name(row[1]) and _is_name(row[2])]
    for sign in (1, -1):  # Lower bounds upwards, upper bounds downwards.
        ends = dict[Term, tuple[Fraction, bool]]()
        for op, low, high in below:
            end, name = (low, high) if sign > 0 else (high, low)
            value = rational(end)
            if value is not None and _is_name(name):
                ends[name] = max(ends.get(name, (sign * value, False)), (sign * value, op == "lt"))
        said = dict(ends)
        for _ in links:
            for op, low, high in links:
                near, far = (low, high) if sign > 0 else (high, low)
                if near in ends:
                    value, strict = ends[near]
                    ends[far] = max(ends.get(far, (value, False)), (value, strict or op == "lt"))
        for name, (value, strict) in ends.items():
            if said.get(name) != (value, strict):
                end = num(sign * value)
                found[app("lt" if strict else "le", *((end, name) if sign > 0 else (name, end)))] = None
    return tuple(found)


def _pair(t: Term) -> tuple[str, Term, Term] | None:
    """A comparison of numbers as the relation lt or le, the lower side and the upper side."""
    if not isinstance(t, App) or t.op not in ORDERS or any(a.shape or a.sort != "number" for a in t.args):
        return None
    left, right = t.args
    return (t.op, left, right) if t.op in ("lt", "le") else (MIRRORED[t.op], right, left)


def _is_name(t: Term) -> bool:
    return isinstance(t, Var) and not t.shape and t.symbol.kind in ("real", "integer")


def _size(t: Term) -> tuple[str, Term, Term] | None:
    """The relation, the name and the number that its size is compared with; `None` for other conditions."""
    op, size, c = _pair(t) or ("", None, None)
    if not isinstance(size, App) or c is None:
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
