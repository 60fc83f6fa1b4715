"""Where the entries of a claimed answer have values, and that these are values which the unknowns may have: an equivalence says nothing of others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from twofold.catalogue.goal import Goal
from twofold.catalogue.shapes import app
from twofold.grammar.term import TRUE, App, Bound, Num, Symbol, Term, Var, free_symbols, num, substitute, subterms

Point = Mapping[Symbol, Term]
_COMPARED = {"eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}


@dataclass(frozen=True, slots=True)
class Gated:
    """A claim as it is where the entries of its answer have values. Elsewhere one side of it has none, so that it says nothing."""

    goal: Goal
    """The goal with that among its assumptions."""
    valued: tuple[Goal, ...]
    """That there is such a place; the condition is what their verdicts say."""
    nowhere: bool = False
    """Whether an entry has a value nowhere."""


def gated(goal: Goal, entries: Sequence[Term]) -> Gated:
    """The claim where the entries have values."""
    from twofold.symbolic.normal import GIVES_UP, converter
    from twofold.symbolic.normal.domains import Domain

    where: dict[Term, None] = {}
    partial: list[Term] = []
    nowhere = False
    for entry in dict.fromkeys(entries):
        domain = Domain(converter((), goal.assumptions, goal.reading))
        try:
            domain.read(entry)
        except GIVES_UP:
            domain.unread = True
        unread = domain.unread or any(isinstance(t, Bound) for t in subterms(entry))
        if unread or domain.impossible or domain.atoms:
            partial.append(entry)
            nowhere |= domain.impossible
            where |= dict.fromkeys([app("eq", entry, entry)] if unread else domain.atoms.values())
    valued = tuple(replace(goal, relation="==", left=app("mul", num(0), w), right=num(0)) for w in partial)
    return Gated(replace(goal, assumptions=(*goal.assumptions, *where)), valued, nowhere)


def admitted(goal: Goal, points: Sequence[Point]) -> tuple[Goal, ...]:
    """The goals that the points are in the declared ranges, are whole where the unknowns are, and satisfy what is assumed of the unknowns."""
    return tuple(dict.fromkeys(g for p in points for g in (*_declared(goal, p), *_assumed(goal, p))))


def holding(goal: Goal, statements: Sequence[Term], points: Sequence[Point]) -> tuple[Goal, ...]:
    """The goals that statements hold at the points."""
    return tuple(_at(goal, s, p) for p in points for s in statements)


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
    """That a statement holds at a point. It is false where a part of it has no value."""
    said = substitute(statement, point)
    plain = isinstance(statement, App) and all(
        isinstance(a, Num) or isinstance(a, Var) and a.symbol in point for a in statement.args
    )
    if plain and isinstance(said, App) and said.op in _COMPARED:
        return replace(goal, relation=_COMPARED[said.op], left=said.args[0], right=said.args[1])
    return replace(goal, relation="holds", left=said, right=TRUE)
