"""That the entries of a claimed answer are values which the unknowns may have, as goals: an equivalence says nothing of other values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from twofold.catalogue.goal import Goal
from twofold.catalogue.shapes import app
from twofold.grammar.term import TRUE, App, Num, Symbol, Term, Var, free_symbols, substitute, subterms

Point = Mapping[Symbol, Term]
_COMPARED = {"eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}
_TOTAL = frozenset(("add", "sub", "neg", "mul", "exp", "sin", "cos", "atan", "abs"))
"""Have a value wherever their arguments have one."""


def admitted(goal: Goal, points: Sequence[Point]) -> tuple[Goal, ...]:
    """The goals that the points have values, and that these are in the declared ranges, are whole where the unknowns are, and satisfy what is
    assumed of the unknowns."""
    return tuple(dict.fromkeys(g for p in points for g in (*_valued(goal, p), *_declared(goal, p), *_assumed(goal, p))))


def holding(goal: Goal, statements: Sequence[Term], points: Sequence[Point]) -> tuple[Goal, ...]:
    """The goals that statements hold at the points, wherever these have values."""
    return tuple(_at(goal, s, p) for p in points for s in statements)


def _valued(goal: Goal, point: Point) -> Iterator[Goal]:
    return (replace(goal, relation="==", left=v, right=v) for v in point.values() if not _is_total(v))


def _declared(goal: Goal, point: Point) -> Iterator[Goal]:
    for s, v in point.items():
        if s.kind == "complex":
            continue
        for end, strict, relation in ((s.lower, s.open_lower, ">"), (s.upper, s.open_upper, "<")):
            if end is not None:
                yield replace(goal, relation=relation if strict else f"{relation}=", left=v, right=substitute(end, point))
        if s.kind == "integer" and not (isinstance(v, Num) and v.value.denominator == 1):
            yield replace(goal, relation="==", left=app("floor", v), right=v)


def _assumed(goal: Goal, point: Point) -> Iterator[Goal]:
    return (_at(goal, a, point) for a in goal.assumptions if any(s in point for s in free_symbols(a)))


def _at(goal: Goal, statement: Term, point: Point) -> Goal:
    """That a statement holds at a point, if this has a value. A statement is false where a part of it has none."""
    said = substitute(statement, point)
    partial = [v for v in point.values() if not _is_total(v) and free_symbols(v)]
    if not partial:
        return replace(goal, relation="holds", left=said, right=TRUE)
    if isinstance(statement, App) and statement.op in _COMPARED and isinstance(said, App):
        others = [a for a in statement.args if not isinstance(a, Var)]
        if all(_is_total(a) for a in others):
            return replace(goal, relation=_COMPARED[statement.op], left=said.args[0], right=said.args[1])
    valued = app("eq", partial[0], partial[0])
    for v in partial[1:]:
        valued = app("and", valued, app("eq", v, v))
    return replace(goal, relation="=>", left=valued, right=said)


def _is_total(t: Term) -> bool:
    """Whether a term is seen to have a value wherever its names have."""
    return all(not isinstance(x, App) or x.op in _TOTAL or x.op in ("pow", "div", "sqrt") and _is_defined(x) for x in subterms(t))


def _is_defined(t: App) -> bool:
    last = t.args[-1]
    if not isinstance(last, Num):
        return False
    if t.op == "pow":
        return last.value.denominator == 1 and last.value >= 0
    return last.value != 0 if t.op == "div" else last.value >= 0
