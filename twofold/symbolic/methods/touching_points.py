"""Strict comparisons that fail where the two sides meet: sin(x^2) < 1 at sqrt(pi/2), acos(x) > 0 at 1."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

from twofold.catalogue.constants import rational
from twofold.catalogue.display import show
from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import app
from twofold.core.evidence import Counterexample, Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import App, Const, Num, Symbol, Term, free_symbols, num, substitute, subterms, var
from twofold.symbolic.asymptotic import balls
from twofold.symbolic.context import NoClosedForm
from twofold.symbolic.derivative import derivative
from twofold.symbolic.inverse_chain import preimages
from twofold.symbolic.methods import algebraic_numbers, arctangents, logarithms_and_angles, normal_form
from twofold.symbolic.methods.ranges import in_range
from twofold.symbolic.methods.turning_point import places_of
from twofold.symbolic.methods_in_turn import proved_by
from twofold.symbolic.normal import GIVES_UP, Converter, converter
from twofold.symbolic.normal.raising import raised
from twofold.symbolic.normal.specials import decide
from twofold.symbolic.theorems.existence import has_value

_TURNING = frozenset("sin cos tan cot sec csc asin acos atan mod floor".split())
_PLAIN = (0, 1, -1, 2, -2, Fraction(1, 2), Fraction(-1, 2))
_TURNS = tuple(Fraction(n, d) for d in (1, 2, 4, 3, 6) for n in (1, -1, 2, -2, 3, -3, 4, -4, 5, -5))
_MOST = 60
_RIGHT = app("div", Const("pi"), num(2))
_MARKS, _BESIDE, _FARTHEST = 4, 5, 10**9


def run(goal: Goal, context: Any) -> Evidence:
    """Refuted at a place at which the two sides are proved to have the same value."""
    names = list(dict.fromkeys(s for t in (goal.left, goal.right, *goal.assumptions) for s in free_symbols(t)))
    if goal.reading != "real" or len(names) != 1 or names[0].shape or names[0].kind != "real" or names[0].law is not None:
        raise NotApplicable("not about one real number")
    s, f = names[0], app("sub", goal.left, goal.right)
    if any(t.shape or t.sort != "number" for t in subterms(f)):
        raise NotApplicable("numbers alone")
    seen: set[Term] = set()
    for place in _places(goal, f, s, context):
        if place in seen:
            continue
        seen.add(place)
        try:
            if not _meet(goal, s, place, context):
                continue
            c = converter((), (), "real")
            common = show(raised(c, c(substitute(goal.right, {s: place}))))
        except GIVES_UP:
            continue
        witness = Counterexample({s.name: show(place)}, common, common, True)
        return Evidence("touching points", Truth.REFUTED, Strength.CERTIFIED, "the sides are equal there", 1, 1, witness=witness)
    raise NotApplicable("no place is known at which the sides meet")


def _places(goal: Goal, f: Term, s: Symbol, context: Any) -> Iterator[Term]:
    """Ends of the range, simple numbers, multiples of pi, and where the difference or its derivative may be 0."""
    numbers = {
        rational(t)
        for a in (*goal.assumptions, goal.left, goal.right)
        for t in subterms(a)
        if isinstance(t, App | Num) and not free_symbols(t)
    }
    ends = [t for t in (s.lower, s.upper) if t is not None and not free_symbols(t)]
    yield from (*ends, *map(num, _PLAIN), *(num(q) for q in sorted(n for n in numbers if n is not None)[:_MOST]))
    if any(isinstance(t, App) and t.op in _TURNING for t in subterms(f)):
        yield from (Const("pi") if q == 1 else app("mul", num(q), Const("pi")) for q in _TURNS)
    yield from _extremes_of_waves(f, s, [*ends, *(num(q) for q in numbers if q is not None)])
    yield from places_of(f, s, context)
    try:
        yield from places_of(derivative(f, s), s, context)
    except NoClosedForm:
        return


def _extremes_of_waves(f: Term, s: Symbol, marks: list[Term]) -> Iterator[Term]:
    """Where the argument of a sine or cosine is a multiple of a right angle, beside 0 and beside its values at the numbers of the claim."""
    for t in dict.fromkeys(subterms(f)):
        if not isinstance(t, App) or t.op not in ("sin", "cos") or s not in free_symbols(t) or t.args[0] == var(s):
            continue
        near = {0}
        for at in marks[:_MARKS]:
            try:
                c = converter((), (), "real")
                turns = balls.enclosure(c.field, c(app("div", substitute(t.args[0], {s: at}), _RIGHT))).real
            except (*GIVES_UP, balls.NoEnclosure):
                continue
            if abs(turns) < _FARTHEST:
                near.add(round(float(turns.mid())))
        for k in sorted({m + d for m in near for d in range(-_BESIDE, _BESIDE + 1)}, key=abs):
            yield from preimages(t.args[0], s, app("mul", num(k), _RIGHT))


def _meet(goal: Goal, s: Symbol, place: Term, context: Any) -> bool:
    """Whether both sides have a value at a place that is admitted, and it is proved to be the same."""
    c = converter((), (), "real")
    if not in_range(goal, s, place) or not all(_is_true(c, substitute(a, {s: place})) for a in goal.assumptions):
        return False
    left, right = (substitute(t, {s: place}) for t in (goal.left, goal.right))
    gap = c(app("sub", left, right))
    if c.field.zeroed(gap.num) and balls.apart(c.field, gap):
        return False
    if not has_value(left, ()) or not has_value(right, ()):
        return False
    there = replace(goal, relation="==", left=left, right=right, assumptions=())
    return proved_by((normal_form, algebraic_numbers, arctangents, logarithms_and_angles), there, context)


def _is_true(c: Converter, fact: Term) -> bool:
    """Whether a fact about numbers is known to hold, by their enclosures where the normal form does not tell."""
    known = decide(c, fact)
    if known is not None or not isinstance(fact, App):
        return known is True
    if fact.op == "and":
        return all(_is_true(c, a) for a in fact.args)
    side = {"lt": -1, "le": -1, "gt": 1, "ge": 1}.get(fact.op)
    return side is not None and balls.sign(c.field, c(app("sub", *fact.args))) == side


SPEC = Method(
    name="touching points",
    relations=frozenset(("<", ">", "!=")),
    cost=16,
    concludes=frozenset({Truth.REFUTED}),
    soundness="where both sides have the same value, proved in normal form, neither is greater and they are not different",
    run=run,
    holds=(),
    fails=(
        "sin(x^2) < 1",
        "cos(log(x)) < 1 given x > 2",
        "sin(1/x) < 1 given 0 < x, x < 1/1000",
        "acos(x/sqrt(1 + x^2)) > pi/4 given -1 <= x, x <= 1",
        "acos(cos(x)) - abs(x)/2 != pi/2 given x > 1",
    ),
    open=("sin(x^2) < 2", "acos(x) > 0 given x < 1", "x^5 - x - 1 != 0"),
)
