"""The interval that bounds leave to a name: its ends as terms, and whether a place lies in it."""

from __future__ import annotations

from collections.abc import Iterator

from twofold.catalogue.conjunctions import conjuncts
from twofold.catalogue.goal import Goal
from twofold.catalogue.shapes import app
from twofold.grammar.term import INFINITE, App, Symbol, Term, Var, free_symbols, num
from twofold.symbolic.asymptotic.balls import sign
from twofold.symbolic.methods.equal_squares import sign_of
from twofold.symbolic.normal import converter
from twofold.symbolic.normal.convert import Converter
from twofold.symbolic.normal.field import Element

End = tuple[Term, bool, str]
"""An end, whether it is left out, and the sign of place - end inside."""
_WAYS = {"gt": "+", "ge": "+", "lt": "-", "le": "-"}


def in_range(goal: Goal, s: Symbol, place: Term, closed: bool = False) -> bool:
    """Whether a place is known to lie in the range of a name under bounds alone, or (with `closed`) to be an end that is left out of it."""
    c = converter((), goal.assumptions, goal.reading)
    c(Var(s))
    low, open_low, high, open_high = c.signs.bounds.get(c.field.kernel(("sym", s)), (None, True, None, True))
    ends = [(num(x), is_open, way) for x, is_open, way in ((low, open_low, "+"), (high, open_high, "-")) if x is not None]
    return all(
        known_sign(c, c(app("sub", place, end))) in ((way,) if is_open and not closed else (way, f"0{way}", "0"))
        for end, is_open, way in (*ends, *declared_ends(s), *(e for a in goal.assumptions for e in assumed_ends(a, s)))
    )


def declared_ends(s: Symbol) -> Iterator[End]:
    for end, is_open, way in ((s.lower, s.open_lower, "+"), (s.upper, s.open_upper, "-")):
        if end is not None and end not in INFINITE:
            yield end, is_open, way


def assumed_ends(a: Term, s: Symbol) -> Iterator[End]:
    """The ends that an assumption says, if it is a bound (see `derivative_zero.is_bound`)."""
    for part in conjuncts(a):
        if not isinstance(part, App) or s not in free_symbols(part):
            continue
        if part.op == "in" and part.args[0] == Var(s) and isinstance(part.args[1], App):
            kinds = part.args[1].op.removeprefix("interval_")
            for end, kind, way in zip(part.args[1].args, kinds, "+-", strict=True):
                if end not in INFINITE:
                    yield end, kind == "o", way
        elif part.op in _WAYS:
            x, end = part.args
            way = _WAYS[part.op] if x == Var(s) else "-" if _WAYS[part.op] == "+" else "+"
            end = end if x == Var(s) else x
            if end not in INFINITE:
                yield end, part.op in ("gt", "lt"), way


def known_sign(c: Converter, e: Element) -> str | None:
    """The sign of an element by what is known of its parts, or of a number by its enclosure; 0 where it is that."""
    if not e.num or not c.field.zeroed(e.num):
        return "0"
    return sign_of(c, e) or {1: "+", -1: "-", None: None}[sign(c.field, e)]
