"""Steps about unknown functions: polynomials with free coefficients stand for them, and equations of functions may be differentiated.

At one point a polynomial takes any values of the function and of its derivatives, so a step between differential equations has a
counterexample only if it has one among polynomials. People read an equation of y(x) as holding for every x. What follows at a point
and what follows from the equation around it differ where the conclusion has derivatives that the premise has not: there the derived
equations are a premise too, and a counterexample is one only if it satisfies them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from twofold.catalogue.conjunctions import conjuncts, together
from twofold.catalogue.derivatives import derivative_by
from twofold.catalogue.display import show
from twofold.catalogue.goal import Goal
from twofold.catalogue.method import NotApplicable
from twofold.catalogue.resolve import Scope, resolve
from twofold.catalogue.shapes import app, bound
from twofold.grammar.parse import parse_expression
from twofold.grammar.term import App, Array, Bound, Num, Symbol, Term, Var, free_symbols, num, substitute, var

Decide = Callable[[Goal, Any], Any]
_HIGHEST = 4
_MOST_COEFFICIENTS = 10
_PLACES = (1, 2)


@dataclass(frozen=True, slots=True)
class Use:
    """A value or derivative of an unknown function in a term: all orders of differentiation together."""

    function: Symbol
    point: tuple[Term, ...]
    order: int


def uses(t: Term) -> Iterator[Use]:
    """The values and derivatives of unknown functions. Raises `NotApplicable` where one stands under an integral, a sum or a limit."""
    if isinstance(t, App):
        for k, a in enumerate(t.args):
            if k or t.op != "apply" or not isinstance(a, Var):
                yield from uses(a)
        if t.op == "apply" and isinstance(t.args[0], Var):
            yield Use(t.args[0].symbol, t.args[1:], 0)
    elif isinstance(t, Array):
        for row in t.rows:
            for x in row:
                yield from uses(x)
    elif isinstance(t, Bound):
        inner = list(uses(t.body))
        if inner and not (t.op == "diff" and isinstance(t.args[1], Num)):
            raise NotApplicable(f"an unknown function stands under {t.op}")
        for u in inner:
            assert isinstance(t.args[1], Num)
            point = tuple(substitute(a, {t.symbols[0]: t.args[0]}) for a in u.point)
            yield Use(u.function, point, u.order + int(t.args[1].value))
        for a in t.args:
            yield from uses(a)
    elif isinstance(t, Var) and t.symbol.kind == "function":
        raise NotApplicable("an unknown function stands as a whole")


def unknown(goal: Goal) -> bool:
    """Whether a goal has unknown functions."""
    return any(s.kind == "function" for t in (goal.left, goal.right, *goal.assumptions) for s in free_symbols(t))


def counterexample(goal: Goal, context: Any, decide: Decide, strict: bool = False) -> tuple[dict[str, str], bool] | None:
    """Values at which one side holds and the other does not, and whether the left one does.

    Unless `strict`, only where the false side has no derivatives of higher order than the true one.
    """
    if not unknown(goal):
        return None
    sides = [list(uses(t)) for t in (goal.left, goal.right)]
    if any(True for t in goal.assumptions for _ in uses(t)) or len({u.point for side in sides for u in side}) != 1:
        return None
    left, right = ({u.function: max(v.order for v in side if v.function is u.function) for u in side} for side in sides)
    ways = [(goal, left, right, True)]
    if goal.relation == "<=>":
        ways.append((replace(goal, left=goal.right, right=goal.left), right, left, False))
    for way, premise, conclusion, first in ways:
        named = {s for t in (way.left, *way.assumptions) for s in free_symbols(t)}
        if not strict and not named.issuperset(free_symbols(way.right)):
            continue  # A name that only the conclusion has is a constant of integration to whoever wrote it.
        if not strict and any(order > premise.get(f, -1) for f, order in conclusion.items()):
            continue
        order = {f: max(premise.get(f, 0), conclusion.get(f, 0)) for f in (*premise, *conclusion)}
        values = _among_polynomials(replace(way, relation="=>"), order, context, decide)
        if values is not None:
            return values, first
    return None


def _among_polynomials(goal: Goal, order: dict[Symbol, int], context: Any, decide: Decide) -> dict[str, str] | None:
    put: dict[Symbol, Term] = {}
    for f, highest in order.items():
        if f.properties or highest > _HIGHEST:
            return None
        made = _polynomial(f, highest)
        if made is None:
            return None
        put[f] = made
    tried = replace(goal, left=substitute(goal.left, put), right=substitute(goal.right, put))
    values = _found(tried, {}, context, decide)
    for q in _PLACES if values is None and (x := _place(goal)) is not None else ():
        values = values or _found(tried, {x: num(q)}, context, decide)
    if values is None:
        return None
    coefficients = {s for t in put.values() for s in free_symbols(t)}
    known = {s: resolve(parse_expression(values.get(s.name, "0"), "<value>"), Scope({})) for s in coefficients}
    names = {s.name for s in coefficients}
    out = {name: value for name, value in values.items() if name not in names}
    return {**out, **{f.name: show(_tidied(substitute(t, known))) for f, t in put.items()}}


def _place(goal: Goal) -> Symbol | None:
    """The name at which all functions are taken, if any number may be put for it."""
    points = {u.point for t in (goal.left, goal.right) for u in uses(t)}
    (point,) = points
    if len(point) != 1 or not isinstance(point[0], Var):
        return None
    x = point[0].symbol
    free = x.kind == "real" and x.lower is None and x.upper is None and not x.properties and x.law is None
    return x if free and not any(x in free_symbols(t) for t in goal.assumptions) else None


def _found(goal: Goal, known: dict[Symbol, Term], context: Any, decide: Decide) -> dict[str, str] | None:
    """The values of a counterexample, with those that are put in beforehand."""
    try:
        found = decide(replace(goal, left=substitute(goal.left, known), right=substitute(goal.right, known)), context)
    except NotApplicable:
        return None
    return None if found.values is None else {**found.values, **{s.name: show(t) for s, t in known.items()}}


def _polynomial(f: Symbol, highest: int) -> Bound | None:
    """All monomials up to a degree, with free coefficients; the function of several variables has their products too."""
    count = max(1, f.arity)
    variables = tuple(Symbol(n) for n in (("t",) if count == 1 else tuple(f"t{k + 1}" for k in range(count))))
    degrees = [d for d in product(range(highest + 1), repeat=count) if sum(d) <= max(1, highest)]
    if len(degrees) > _MOST_COEFFICIENTS:
        return None
    body: Term | None = None
    for d in degrees:
        part: Term = var(Symbol(f"{f.name}_coefficient_{'_'.join(map(str, d))}"))
        for s, n in zip(variables, d, strict=True):
            if n:
                part = app("mul", part, var(s) if n == 1 else app("pow", var(s), num(n)))
        body = part if body is None else app("add", body, part)
    assert body is not None
    return bound("lambda", variables, body)


def _tidied(t: Term) -> Term:
    """Without the terms whose coefficient is 0."""
    if isinstance(t, Bound):
        return replace(t, body=_tidied(t.body))
    if isinstance(t, App) and t.op == "add":
        a, b = map(_tidied, t.args)
        return b if a == num(0) else a if b == num(0) else app("add", a, b)
    if isinstance(t, App) and t.op == "mul":
        a, b = map(_tidied, t.args)
        return num(0) if num(0) in (a, b) else b if a == num(1) else a if b == num(1) else app("mul", a, b)
    return t


def derived(goal: Goal) -> tuple[Term, ...]:
    """The equations of the left side differentiated, as often as the right side has derivatives of higher order; empty where the
    functions are not all taken at one name."""
    if goal.relation != "=>" or not unknown(goal):
        return ()
    left, right = list(uses(goal.left)), list(uses(goal.right))
    points = {u.point for u in (*left, *right)}
    if not left or not right or len(points) != 1 or any(True for t in goal.assumptions for _ in uses(t)):
        return ()
    (point,) = points
    if len(point) != 1 or not isinstance(point[0], Var) or point[0].symbol.kind != "real" or point[0].symbol.properties:
        return ()
    x = point[0].symbol
    times = max(u.order for u in right) - max(u.order for u in left)
    out: list[Term] = []
    latest = [t for t in conjuncts(goal.left) if isinstance(t, App) and t.op == "eq" and not t.args[0].shape and list(uses(t))]
    for _ in range(min(times, _HIGHEST)):
        latest = [
            App("eq", tuple(derivative_by(a, x) if x in free_symbols(a) else num(0) for a in t.args), (), "truth") for t in latest
        ]
        out += latest
    return tuple(out)


def stronger(goal: Goal, facts: tuple[Term, ...]) -> Goal:
    """The goal whose left side says these facts too."""
    return replace(goal, left=together((goal.left, *facts)))
