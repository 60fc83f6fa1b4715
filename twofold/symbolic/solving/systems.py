"""Systems of equations: elimination where they are linear, Groebner bases and SymPy otherwise, every solution checked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sympy as sp

from twofold.catalogue.display import show
from twofold.grammar.term import Term
from twofold.symbolic.algebra.cases import Region, by_cases
from twofold.symbolic.algebra.elimination import echelon
from twofold.symbolic.algebra.matrices import over_domain
from twofold.symbolic.attempt import attempt
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import within
from twofold.symbolic.lift import lift
from twofold.symbolic.solving.equations import INCOMPLETE, in_domain
from twofold.symbolic.solving.reading import Problem, answer, holds
from twofold.symbolic.tidy import short


def system(problem: Problem, context: Context) -> Term:
    """A system: linear by elimination, polynomial through Groebner bases, otherwise by SymPy with every solution checked."""
    equations = [sp.numer(sp.together(e)) for e in problem.equations]
    unknowns = problem.unknowns
    if all(e.is_polynomial(*unknowns) and sp.Poly(e, *unknowns).total_degree() <= 1 for e in equations):
        return linear(problem, equations, context)
    if all(e.is_polynomial(*unknowns) for e in equations):
        names = [sp.Dummy(u.name) for u in unknowns]
        swapped = [e.xreplace(dict(zip(unknowns, names, strict=True))) for e in equations]
        basis = within(context.seconds, attempt, sp.groebner, swapped, *names, order="grevlex")
        if basis is not None and basis.exprs == [1]:
            return answer(problem, [], context)
    found = within(2 * context.seconds, _attempt_system, equations, unknowns)
    if not found:
        raise NoClosedForm("no solution method applies to this system")
    solutions = []
    for s in found:
        values = tuple(sp.sympify(s.get(u, u)) for u in unknowns)
        if _solves(values, problem, context):
            solutions.append(values)
    if not solutions and context.reading == "real" and all(e.is_polynomial(*unknowns) for e in equations):
        context.note("over the complex numbers there are solutions")
    elif not solutions:
        raise NoClosedForm("no solution method applies to this system")
    if not all(e.is_polynomial(*unknowns) for e in equations):
        context.note(INCOMPLETE)
    return answer(problem, solutions, context)


def _attempt_system(equations: list[Any], unknowns: tuple[Any, ...]) -> list[dict[Any, Any]] | None:
    plain = {u: sp.Dummy(u.name) for u in unknowns}
    back = {v: k for k, v in plain.items()}
    found = attempt(sp.solve, [e.xreplace(plain) for e in equations], list(plain.values()), dict=True)
    if found is None:
        return None
    return [{back[k]: sp.sympify(v).xreplace(back) for k, v in s.items()} for s in found]


def _solves(values: tuple[Any, ...], problem: Problem, context: Context) -> bool:
    """Whether values lie in the domains of the unknowns, satisfy every equation and meet the conditions."""
    point = dict(zip(problem.unknowns, values, strict=True))
    for u, v in point.items():
        if v != u and not in_domain(v, u, context):
            return False
    if any(holds(e.subs(point, simultaneous=True), context) is False for e in problem.equations):
        return False
    verdicts = [sp.sympify(c).subs(point) for c in problem.conditions]
    if any(c == sp.false for c in verdicts):
        return False
    for c in verdicts:
        if c != sp.true:
            context.require(lift(c, context))
    return True


def linear(problem: Problem, equations: list[Any], context: Context) -> Term:
    """Elimination over the field of the coefficients; free unknowns stay as they are."""
    unknowns = problem.unknowns
    rows = []
    for e in equations:
        poly = sp.Poly(e, *unknowns)
        rows.append([*(poly.coeff_monomial(u) for u in unknowns), -poly.coeff_monomial(1)])
    n = len(unknowns)

    def found(region: Region) -> Term:
        here = [[region.at(e) for e in r] for r in rows]
        table, pivots = echelon(over_domain(here), region, leading=n)
        if n in pivots:
            return answer(problem, [], context)
        values: dict[Any, Any] = {}
        for i, p in enumerate(pivots):
            rest = sum((table[i][j] * unknowns[j] for j in range(n) if j not in pivots), sp.S.Zero)
            values[unknowns[p]] = short(table[i][n] - rest, context)
        free = [u for k, u in enumerate(unknowns) if k not in pivots]
        if free:
            where = " and ".join(show(lift(e, context)) for e in region.equations)
            context.note(f"{', '.join(str(u) for u in free)} free" + (f" where {where}" if where else ""))
        point = tuple(values.get(u, u) for u in unknowns)
        special = replace(problem, equations=tuple(region.at(e) for e in problem.equations))
        return answer(problem, [point] if _solves(point, special, context) else [], context)

    return by_cases(context, found)
