"""Derivative zero along one name, and the claim at one place of that name, which may depend on the others: atan(x) + atan(y) at x = 0.

For all values of the other names the values left to that name are an interval that has the place in it, both sides are differentiable there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

from twofold.catalogue.conjunctions import conjuncts
from twofold.catalogue.constants import rational
from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import app
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import App, Symbol, Term, free_symbols, num, substitute, subterms, var
from twofold.symbolic.context import NoClosedForm
from twofold.symbolic.derivative import derivative
from twofold.symbolic.methods import derivative_zero, equal_squares
from twofold.symbolic.methods import normal_form as plain
from twofold.symbolic.methods_in_turn import proved_by
from twofold.symbolic.normal import GIVES_UP, Converter, converter
from twofold.symbolic.normal.dependence import depends
from twofold.symbolic.normal.specials import decide
from twofold.symbolic.theorems.continuity import ANALYTIC, is_defined, is_made_of

_NUMBERS = (0, 1, -1, 2, -2, Fraction(1, 2), Fraction(-1, 2))
_ORDERS = ("lt", "le", "gt", "ge")
_NAMES, _DEEP = 3, 2
"""Names of a claim, and names that are given a place one after another."""


def run(goal: Goal, context: Any) -> Evidence:
    """Tries each name, and places for it."""
    if goal.left.shape or goal.reading != "real" or not all(is_made_of(t, ANALYTIC) for t in (goal.left, goal.right)):
        raise NotApplicable("not an equation of real analytic functions")
    if any(isinstance(t, App) and t.op == "pow" and rational(t.args[1]) is None for s in _sides(goal) for t in subterms(s)):
        raise NotApplicable("a power with an exponent that is not a number")
    found = _along(goal, context, _DEEP)
    if found is None:
        raise NotApplicable("no derivative is seen to vanish, or no place is found at which the claim is proved")
    return Evidence(
        "derivative zero along a name", Truth.PROVED, Strength.PROOF, f"by {found.name}", independent_of="numeric evaluation"
    )


def _sides(goal: Goal) -> tuple[Term, Term]:
    return goal.left, goal.right


def _along(goal: Goal, context: Any, deep: int) -> Symbol | None:
    names = list(dict.fromkeys(s for t in _sides(goal) for s in free_symbols(t)))
    if not deep or not 1 < len(names) <= _NAMES or any(s.kind != "real" or s.properties for s in names):
        return None
    facts = tuple(f for a in goal.assumptions for f in conjuncts(a))
    for s in names:
        if any(s in free_symbols(end) for n in names for end in (n.lower, n.upper) if end is not None):
            continue  # The range of another name asks for more than an interval.
        try:
            if _is_level(goal, s, facts) and any(
                _holds_at(goal, s, place, facts, context, deep) for place in _places(s, names, facts)
            ):
                return s
        except (*GIVES_UP, NoClosedForm):
            continue
    return None


def _is_level(goal: Goal, s: Symbol, facts: tuple[Term, ...]) -> bool:
    """Whether what is left to a name is an interval on which both sides have the same derivative."""
    c = converter((), goal.assumptions, goal.reading)
    if not all(_is_half_line(c, f, s) for f in facts if s in free_symbols(f)):
        return False
    slopes = [derivative(t, s) for t in _sides(goal)]
    if not all(is_defined(converter((), goal.assumptions, goal.reading), t) for t in (*_sides(goal), *slopes)):
        return False
    return c.field.equal(*map(c, slopes))


def _is_half_line(c: Converter, f: Term, s: Symbol) -> bool:
    """Whether a fact is an inequality whose sides differ by a*s + b."""
    if not isinstance(f, App) or f.op not in _ORDERS:
        return False
    e = c(app("sub", *f.args))
    g = c.field.kernel(("sym", s))
    if len(e.den) > 1 or any(dict(m).get(g, 0) not in (0, 1) for m in e.num):
        return False
    return not any(depends(c, h, g) for m in e.num for h, _ in m if h != g)


def _places(s: Symbol, names: list[Symbol], facts: tuple[Term, ...]) -> Iterator[Term]:
    """Numbers, and places that depend on another name."""
    yield from map(num, _NUMBERS)
    for other in (n for n in names if n is not s):
        y = var(other)
        yield from (
            y,
            app("neg", y),
            app("div", num(1), y),
            app("div", num(2), y),
            app("div", y, num(2)),
            app("div", num(1), app("mul", num(2), y)),
        )


def _holds_at(goal: Goal, s: Symbol, place: Term, facts: tuple[Term, ...], context: Any, deep: int) -> bool:
    """Whether a place is always one that the name may take, both sides have a value there, and the claim is proved there."""
    others = tuple(f for f in facts if s not in free_symbols(f))
    asked = [substitute(f, {s: place}) for f in facts if s in free_symbols(f)]
    for end, is_open, small in ((s.lower, s.open_lower, True), (s.upper, s.open_upper, False)):
        if end is not None:
            pair = (end, place) if small else (place, end)
            asked.append(app("lt" if is_open else "le", *pair))
    at = replace(goal, left=substitute(goal.left, {s: place}), right=substitute(goal.right, {s: place}), assumptions=others)
    c = converter((), others, goal.reading)
    try:
        if not all(is_defined(c, place) and decide(c, a) is True for a in asked) or not all(is_defined(c, t) for t in _sides(at)):
            return False
    except GIVES_UP:
        return False
    return proved_by((plain, equal_squares, derivative_zero), at, context) or _along(at, context, deep - 1) is not None


SPEC = Method(
    name="derivative zero along a name",
    relations=frozenset({"=="}),
    cost=11,
    concludes=frozenset({Truth.PROVED}),
    soundness="a differentiable function with zero derivative on an interval is constant there; whatever the other names are, it is known at one place",
    run=run,
    holds=(
        "atan(x) + atan(y) == atan((x + y)/(1 - x*y)) given x*y < 1",
        "atan(x) + atan(y) == atan((x + y)/(1 - x*y)) + pi given x*y > 1, x > 0",
    ),
    fails=(),
    open=(
        "atan(x) + atan(y) == atan((x + y)/(1 - x*y))",
        "atan(x) + atan(y) == atan((x + y)/(1 - x*y)) + pi given x*y > 1",
        "atan(x) + atan(y) == atan((x + y)/(1 - x*y)) given x^2*y^2 < 1/2, x < 2",
    ),
)
