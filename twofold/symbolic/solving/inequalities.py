"""Inequalities in one unknown: the solution set as a condition, `x < 1 or x > 2`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sympy as sp

from twofold.grammar.term import FALSE, Term
from twofold.symbolic import spot
from twofold.symbolic.attempt import attempt
from twofold.symbolic.calculus.conditions import without_infinity
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import within
from twofold.symbolic.lift import lift
from twofold.symbolic.solving.parametric_regions import region_by_cases
from twofold.symbolic.solving.reading import Problem


def region(problem: Problem, context: Context) -> Term:
    """The values of the unknown that satisfy all relations, compared with them at sample points before it is believed."""
    if len(problem.unknowns) != 1:
        raise NoClosedForm("inequalities are solved for one unknown")
    x = problem.unknowns[0]
    y = sp.Dummy(x.name, real=True)
    relation = sp.And(*problem.conditions)
    if relation in (sp.true, sp.false):
        return lift(problem.defined, context) if relation == sp.true else FALSE
    if relation.free_symbols != {x}:
        return region_by_cases(problem, context)
    found = within(context.seconds, attempt, _solution_set, [sp.sympify(c).xreplace({x: y}) for c in problem.conditions], y)
    if found is None or found.has(sp.ConditionSet):
        raise NoClosedForm("no method applies to this inequality")
    if found is sp.S.EmptySet:
        if any(_truth(relation, x, p) for p in _points(x, context)):
            raise NoClosedForm("the solution set found does not agree with the inequality")
        return FALSE
    condition = sp.true if found == sp.S.Reals else without_infinity(found.as_relational(x))
    for p in _points(x, context):
        given, claimed = _truth(relation, x, p), _truth(condition, x, p)
        if None not in (given, claimed) and given != claimed:
            raise NoClosedForm("the solution set found does not agree with the inequality")
    # Of a condition that excludes its zeros a denominator adds nothing.
    open_parts = [d for d in problem.domain if not _is_outside(d[0], x, condition)]
    return lift(sp.And(condition, replace(problem, domain=tuple(open_parts)).defined), context)


def _is_outside(e: Any, x: Any, condition: Any) -> bool:
    """Whether a condition excludes all zeros of a polynomial."""
    roots = attempt(sp.real_roots, sp.Poly(e, x)) if e.is_polynomial(x) else None
    return roots is not None and all(condition.subs(x, r) == sp.false for r in roots)


def _truth(relation: Any, x: Any, p: Any) -> bool | None:
    """Whether a relation holds at a point; `None` where a part is undefined or cannot be compared."""
    try:
        found = relation.subs(x, p)
    except (TypeError, ValueError):  # What is not real, and what is infinite, cannot be compared.
        return None
    return bool(found) if found in (sp.true, sp.false) else None


def _solution_set(conditions: list[Any], y: Any) -> Any:
    found = sp.S.Reals
    for c in conditions:
        for part in sp.And.make_args(c):
            found = found.intersect(part.as_set() if not part.has(sp.sin, sp.cos, sp.tan) else sp.solveset(part, y, sp.S.Reals))
    return found


def _points(x: Any, context: Context) -> list[Any]:
    return [p[x] for p in spot.points([x], context, 40)] + [sp.Integer(k) for k in range(-12, 13)]
