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
from twofold.symbolic.solving.real_solutions import ALL, NONE
from twofold.symbolic.solving.zero_dimensional import NotFinite, solutions
from twofold.symbolic.tidy import short


def system(problem: Problem, context: Context) -> Term:
    """A system: linear by elimination, polynomial through Groebner bases, otherwise by SymPy with every solution checked."""
    equations = [sp.numer(sp.together(e)) for e in problem.equations]
    unknowns = problem.unknowns
    if all(e.is_polynomial(*unknowns) and sp.Poly(e, *unknowns).total_degree() <= 1 for e in equations):
        return linear(problem, equations, context)
    if all(e.is_polynomial(*unknowns) for e in equations):
        found = _finite(problem, equations, context)
        if found is not None:
            return found
        names = [sp.Dummy(u.name) for u in unknowns]
        swapped = [e.xreplace(dict(zip(unknowns, names, strict=True))) for e in equations]
        basis = within(context.seconds, attempt, sp.groebner, swapped, *names, order="grevlex")
        if basis is not None and basis.exprs == [1]:
            return answer(problem, [], context)
    found = within(2 * context.seconds, _attempt_system, equations, unknowns)
    if not found:
        raise NoClosedForm("no solution method applies to this system")
    solutions_of: list[tuple[Any, ...]] = []
    for s in found:
        values = tuple(sp.sympify(s.get(u, u)) for u in unknowns)
        if context.reading == "real":
            made = _real_part(values, unknowns)
            if made is None:
                continue
            values = made
        if values not in solutions_of and _solves(values, problem, context):
            solutions_of.append(values)
    if not solutions_of and context.reading == "real" and all(e.is_polynomial(*unknowns) for e in equations):
        context.note("over the complex numbers there are solutions")
    elif not solutions_of:
        raise NoClosedForm("no solution method applies to this system")
    if not all(e.is_polynomial(*unknowns) for e in equations):
        context.note(INCOMPLETE)
    return answer(problem, solutions_of, context)


def _real_part(values: tuple[Any, ...], unknowns: tuple[Any, ...]) -> tuple[Any, ...] | None:
    """The real members of a family that is written with the imaginary unit; `None` where there are none."""
    for _ in range(3):
        parts = [sp.im(sp.expand_complex(v)) for v in values if v.has(sp.I)]
        parts = [p for p in parts if p != 0]
        if not parts:
            return values
        free = [u for u in unknowns if any(p.has(u) for p in parts)]
        if not free or any(not p.has(*free) for p in parts):
            return None
        u = free[0]
        p = next(p for p in parts if p.has(u))
        if not p.is_polynomial(u) or sp.degree(p, u) != 1:
            return None
        found = sp.solve(p, u)
        values = tuple(sp.expand(v.subs(u, found[0])) for v in values)
    return None


def _finite(problem: Problem, equations: list[Any], context: Context) -> Term | None:
    """The answer where there are finitely many solutions and all coefficients are rational."""
    real = context.reading == "real" and all(u.is_real for u in problem.unknowns)
    try:
        found = within(context.seconds, solutions, equations, problem.unknowns, context, real)
    except (NotFinite, NoClosedForm):
        return None
    if found is None:
        return None
    kept = [s for s in found if _solves(s, problem, context, polynomial=True)]
    context.note(NONE if not kept else ALL if len(kept) > 1 else "the only solution")
    if not kept and not found and real and solutions_exist(equations, problem.unknowns):
        context.note("over the complex numbers there are solutions")
    return answer(problem, kept, context)


def solutions_exist(equations: list[Any], unknowns: tuple[Any, ...]) -> bool:
    """Whether polynomials have a common zero over the complex numbers."""
    names = [sp.Dummy(u.name) for u in unknowns]
    basis = attempt(
        sp.groebner, [e.xreplace(dict(zip(unknowns, names, strict=True))) for e in equations], *names, order="grevlex"
    )
    return basis is not None and basis.exprs != [1]


def _attempt_system(equations: list[Any], unknowns: tuple[Any, ...]) -> list[dict[Any, Any]] | None:
    plain = {u: sp.Dummy(u.name) for u in unknowns}
    back = {v: k for k, v in plain.items()}
    found = attempt(sp.solve, [e.xreplace(plain) for e in equations], list(plain.values()), dict=True)
    if found is None:
        return None
    return [{back[k]: sp.sympify(v).xreplace(back) for k, v in s.items()} for s in found]


def _solves(values: tuple[Any, ...], problem: Problem, context: Context, polynomial: bool = False) -> bool:
    """Whether values lie in the domains of the unknowns, satisfy every equation and meet the conditions. `polynomial`: the numerators
    are known to vanish."""
    point = dict(zip(problem.unknowns, values, strict=True))
    for u, v in point.items():
        if v != u and not in_domain(v, u, context):
            return False
    if polynomial:
        below = [sp.denom(sp.together(e)) for e in problem.equations]
        if any(not d.is_number and holds(d.subs(point, simultaneous=True), context) is not False for d in below):
            return False
    elif any(holds(e.subs(point, simultaneous=True), context) is False for e in problem.equations):
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
        return answer(problem, [point] if _solves(point, special, context, polynomial=True) else [], context)

    return by_cases(context, found)
