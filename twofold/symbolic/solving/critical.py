"""Critical points, their kinds, and Lagrange points."""

from __future__ import annotations

from typing import Any

import sympy as sp

from twofold.catalogue.display import show
from twofold.catalogue.method import NotApplicable
from twofold.grammar.term import App, Term, Var, free_symbols
from twofold.symbolic.arithmetic import text
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import within
from twofold.symbolic.equations.enclose import NoEnclosure
from twofold.symbolic.lift import lift
from twofold.symbolic.solving import degenerate
from twofold.symbolic.solving.extremum_problem import Extremum, point
from twofold.symbolic.solving.line_extrema import critical
from twofold.symbolic.tidy import short


def _critical_on_the_line(context: Context, f: Term, names: Term) -> list[tuple[Term, str]] | None:
    """The critical points in one real variable without parameters; `None` where the exact method does not apply."""
    if not isinstance(names, Var) or names.shape or names.symbol.kind != "real" or f.shape or context.reading != "real":
        return None
    if set(free_symbols(f)) != {names.symbol}:
        return None
    remarks = list(context.notes), list(context.rounded)
    try:
        found = within(context.seconds, critical, f, names.symbol, context)
    except (NotApplicable, NoEnclosure, NoClosedForm):
        found = None
    if found is None:
        context.notes[:], context.rounded[:] = remarks
    return found


def critical_points(context: Context, f: Term, names: Term) -> Term:
    """The points where all first derivatives are 0."""
    direct = _critical_on_the_line(context, f, names)
    if direct is not None:
        return App("set", tuple(t for t, _ in direct), (), "set")
    problem = Extremum(context, f, names)
    problem.bounds, kept = [], problem.bounds
    found = within(4 * context.seconds, problem.candidates)
    if found is None:
        raise NoClosedForm("the critical points take too long to find")
    problem.bounds = kept
    return App("set", tuple(point(problem, p) for p in found if problem.inside(p)), (), "set")


def classify(context: Context, f: Term, names: Term) -> Term:
    """The critical points, each with `"local minimum"`, `"local maximum"`, `"saddle point"` or `"degenerate point"` by the
    second derivatives, in one variable by the signs of the first beside the point (also `"inflection point"`)."""
    direct = _critical_on_the_line(context, f, names)
    if direct is not None:
        return App("set", tuple(App("tuple", (t, text(k)), (), "tuple") for t, k in direct), (), "set")
    problem = Extremum(context, f, names)
    points = within(4 * context.seconds, problem.candidates)
    if points is None:
        raise NoClosedForm("the critical points take too long to find")
    h = problem.hessian()
    pairs = []
    for p in points:
        at = h.subs(dict(zip(problem.variables, p, strict=True)), simultaneous=True)
        word = _kind(at)
        if word == degenerate.OPEN:
            word = degenerate.kind(problem.f, problem.variables, p)
        pairs.append(App("tuple", (point(problem, p), text(word)), (), "tuple"))
    return App("set", tuple(pairs), (), "set")


def _kind(h: Any) -> str:
    minors = [sp.simplify(h[:k, :k].det()) for k in range(1, h.rows + 1)]
    if all(m.is_positive for m in minors):
        return "local minimum"
    if all((m * (-1) ** (k + 1)).is_positive for k, m in enumerate(minors)):
        return "local maximum"
    if minors[-1].is_zero is False and (h.rows == 2 and minors[-1].is_negative or all(m.is_nonzero for m in minors)):
        return "saddle point"
    values = [v for v in h.eigenvals() if v.is_real]
    if any(v.is_positive for v in values) and any(v.is_negative for v in values):
        return "saddle point"
    return "degenerate point"


def lagrange(context: Context, f: Term, constraints: Term, names: Term) -> Term:
    """The points where the gradient of f is a combination of those of the constraints, with the value of f: a set of (point,
    value)."""
    problem = Extremum(context, f, names, constraints)
    problem.bounds = []
    found = within(4 * context.seconds, problem.candidates, False)
    if found is None:
        raise NoClosedForm("the Lagrange equations take too long to solve")
    for p in problem.singular():
        if p not in found:
            context.note(f"at {show(point(problem, p))} the gradients of the constraints depend on each other: look there too")
    pairs = [App("tuple", (point(problem, p), lift(problem.value(p), context)), (), "tuple") for p in found]
    if any(problem.multipliers.get(p) for p in found):
        shown = [", ".join(show(lift(short(-m, context), context)) for m in problem.multipliers.get(p, ())) for p in found]
        context.note(f"multipliers: {'; '.join(shown)}")
    return App("set", tuple(pairs), (), "set")
