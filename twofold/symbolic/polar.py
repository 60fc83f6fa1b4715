"""Claims about arguments: with magnitude and argument for complex names, z = r*exp(im*t), r > 0 and -pi < t <= pi, and with the values of arguments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from twofold.catalogue.comparisons import MIRRORED
from twofold.catalogue.conjunctions import conjuncts
from twofold.catalogue.goal import Goal
from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Const, Num, Symbol, Term, free_symbols, num, substitute, subterms, var
from twofold.symbolic.normal import GIVES_UP, Converter, converter, equal
from twofold.symbolic.normal.domains import Domain
from twofold.symbolic.normal.raising import raised

_BY_ARGUMENTS = frozenset("arg log sqrt".split())
_OF_COMPLEX = frozenset("arg conjugate re im".split())
_MOST = 3


class End(NamedTuple):
    """An end of a range of arguments, in multiples of pi."""

    turns: Fraction
    is_open: bool


_SECTORS: dict[tuple[str, str], tuple[End | None, End | None]] = {
    ("re", "gt"): (End(Fraction(-1, 2), True), End(Fraction(1, 2), True)),
    ("re", "ge"): (End(Fraction(-1, 2), False), End(Fraction(1, 2), False)),
    ("im", "gt"): (End(Fraction(0), True), End(Fraction(1), True)),
    ("im", "ge"): (End(Fraction(0), False), None),
    ("im", "lt"): (None, End(Fraction(0), True)),
    ("im", "ne"): (None, End(Fraction(1), True)),
}
"""Between what the argument lies where a part compares so with 0. Of `im(z) <= 0` nothing follows: the argument may be pi."""


def in_polar_form(goal: Goal) -> Goal | None:
    """The claim for names other than 0; `None` where no complex name stands in it, or nothing that goes by arguments."""
    terms = (goal.left, goal.right)
    if not any(_goes_by_arguments(t) for side in terms for t in subterms(side)):
        return None
    names = sorted((s for s in free_symbols(app("tuple", *terms)) if s.kind == "complex" and not s.shape), key=lambda s: s.name)
    if not names or len(names) > _MOST:
        return None
    made = {s: _point(s, goal.assumptions) for s in names}
    if not all(_holds_at_zero(goal, s) for s in names):
        return None
    left, right, *facts = (substitute(t, made) for t in (*terms, *goal.assumptions))
    polar = replace(goal, left=left, right=right, assumptions=tuple(facts))
    return polar if goal.relation == "==" else over_the_reals(polar)


def over_the_reals(goal: Goal) -> Goal | None:
    """A claim in which an argument stands, where its sides come out as real terms; `None` for another."""
    if goal.reading == "real" or not any(_goes_by_arguments(t) for side in (goal.left, goal.right) for t in subterms(side)):
        return None
    try:
        c = converter((), goal.assumptions, goal.reading)
        left, right = (raised(c, c(t)) for t in (goal.left, goal.right))
        if not all(_is_real(c, t) for side in (left, right) for t in subterms(side)):
            return None
    except GIVES_UP:
        return None
    return replace(goal, left=left, right=right, reading="real")


def _is_real(c: Converter, t: Term) -> bool:
    """Whether an operation means the same over the reals."""
    if not isinstance(t, App):
        return t != Const("im")
    if t.op in ("log", "sqrt") or (t.op == "pow" and not (isinstance(t.args[1], Num) and t.args[1].value.denominator == 1)):
        e = c(t.args[0])
        return len(e.den) == 1 and c.signs.of(e.num) == "+"
    return t.op not in _OF_COMPLEX


def _holds_at_zero(goal: Goal, s: Symbol) -> bool:
    """Whether a side has no value where the name is 0, or both are equal there."""
    left, right = (substitute(t, {s: num(0)}) for t in (goal.left, goal.right))
    try:
        there = Domain(converter((), goal.assumptions, goal.reading)).read(app("tuple", left, right))
    except GIVES_UP:
        return False
    return there.impossible or (goal.relation == "==" and equal(left, right, (), goal.reading))


def _goes_by_arguments(t: Term) -> bool:
    return isinstance(t, App) and (t.op in _BY_ARGUMENTS or t.op == "pow")


def _point(s: Symbol, assumptions: tuple[Term, ...]) -> Term:
    """r*exp(im*t) for a name, or -r*exp(im*t) for one that is assumed to lie in the left half plane, with the bounds of t that follow."""
    known = list(_compared_parts(s, assumptions))
    is_left = any(part == "re" and op in ("lt", "le") for part, op in known)
    low, high = End(Fraction(-1), True), End(Fraction(1), False)
    for part, op in known:
        below, above = _SECTORS.get((part, MIRRORED[op] if is_left else op), (None, None))
        low = max(low, below or low, key=lambda e: (e.turns, e.is_open))
        high = min(high, above or high, key=lambda e: (e.turns, not e.is_open))
    lower, upper = (app("mul", Num(e.turns), Const("pi")) for e in (low, high))
    size = Symbol(f"size of {s.name}", lower=num(0), open_lower=True)
    turn = Symbol(f"argument of {s.name}", lower=lower, open_lower=low.is_open, upper=upper, open_upper=high.is_open)
    point = app("mul", var(size), app("exp", app("mul", Const("im"), var(turn))))
    return app("neg", point) if is_left else point


def _compared_parts(s: Symbol, assumptions: tuple[Term, ...]) -> Iterator[tuple[str, str]]:
    """The comparisons with 0 that are assumed of the parts of a name: ("re", "gt") where its real part is positive."""
    for fact in (part for a in assumptions for part in conjuncts(a)):
        if isinstance(fact, App) and fact.op in MIRRORED and len(fact.args) == 2:
            for (a, b), op in ((fact.args, fact.op), (fact.args[::-1], MIRRORED[fact.op])):
                if b == num(0) and isinstance(a, App) and a.op in ("re", "im") and a.args == (var(s),):
                    yield a.op, op


__all__ = ["in_polar_form", "over_the_reals"]
