"""Systems of equations: elimination where they are linear, Groebner bases and SymPy otherwise, every solution checked."""

from __future__ import annotations

from typing import Any

import sympy as sp

from twofold.grammar.term import Term
from twofold.symbolic.algebra.matrices import over_domain
from twofold.symbolic.algebra.spaces import special_factors
from twofold.symbolic.algebra.square import require_nonzero
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
    m = over_domain(rows, field=True)
    reduced, pivots = m.rref()
    n = len(unknowns)
    if n in pivots:
        if any(c.free_symbols for r in rows for c in r):
            context.note("for general values of the parameters; special values may have solutions")
        return answer(problem, [], context)
    for p in special_factors(over_domain([r[:n] for r in rows]), len(pivots)):
        require_nonzero(p, context)
    table = [[m.domain.to_sympy(x) for x in r] for r in reduced.to_dense().rep.to_ddm()]
    values: dict[Any, Any] = {}
    for i, p in enumerate(pivots):
        values[unknowns[p]] = short(
            table[i][n] - sum((table[i][j] * unknowns[j] for j in range(n) if j not in pivots), sp.S.Zero), context
        )
    free = [u for k, u in enumerate(unknowns) if k not in pivots]
    if free:
        context.note(f"{', '.join(str(u) for u in free)} free")
    point = tuple(values.get(u, u) for u in unknowns)
    return answer(problem, [point] if _solves(point, problem, context) else [], context)
