"""Systems of equations: elimination where they are linear, Groebner bases and SymPy otherwise, every solution checked."""

from __future__ import annotations

from typing import Any

import sympy as sp

from twofold.catalogue.display import show
from twofold.grammar.term import Term
from twofold.symbolic.attempt import attempt
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import within
from twofold.symbolic.lift import lift
from twofold.symbolic.solving.admission import is_never_real, solves
from twofold.symbolic.solving.completeness import ALL, NONE, complete
from twofold.symbolic.solving.families import Family, families
from twofold.symbolic.solving.linear_systems import linear
from twofold.symbolic.solving.parametric_systems import needs_real_roots, real_solutions
from twofold.symbolic.solving.reading import INCOMPLETE, Problem, answer, as_fraction
from twofold.symbolic.solving.zero_dimensional import NotFinite, solutions


def system(problem: Problem, context: Context) -> Term:
    """A system: linear by elimination, polynomial through Groebner bases, otherwise by SymPy with every solution checked."""
    equations = [as_fraction(e)[0] for e in problem.equations]
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
            context.note(NONE)
            return answer(problem, [], context)
        free = within(context.seconds, families, equations, unknowns)
        if free is not None:
            return _of_families(free, problem, context)
    found = within(context.seconds, _attempt_system, equations, unknowns)
    if not found:
        raise NoClosedForm("no solution method applies to this system")
    solutions_of: list[tuple[Any, ...]] = []
    rows = [tuple(sp.sympify(s.get(u, u)) for u in unknowns) for s in found]
    if context.reading == "real" and all(e.is_polynomial(*unknowns) for e in equations) and any(map(needs_real_roots, rows)):
        made_real = within(context.seconds, real_solutions, equations, unknowns)
        rows = rows if made_real is None else made_real
        context.settled.update(v for r in made_real or () for v in r)
        rows = [r for r in rows if not _is_never_real(r, unknowns, context)]
    for values in rows:
        if context.reading == "real":
            made = _real_part(values, unknowns)
            if made is None:
                continue
            values = made
        if values not in solutions_of and solves(values, problem, context):
            solutions_of.append(values)
    if not solutions_of and context.reading == "real" and all(e.is_polynomial(*unknowns) for e in equations):
        context.note("over the complex numbers there are solutions")
    elif not solutions_of:
        raise NoClosedForm("no solution method applies to this system")
    context.note(INCOMPLETE)
    return answer(problem, solutions_of, context)


def _is_never_real(values: tuple[Any, ...], unknowns: tuple[Any, ...], context: Context) -> bool:
    """Whether one of the values is not real for any parameters that are tried; of those with free unknowns nothing is said."""
    try:
        return not any(v.has(*unknowns) for v in values) and any(
            is_never_real(v, u, context) for v, u in zip(values, unknowns, strict=True)
        )
    except NoClosedForm:
        return False


def _of_families(found: list[Family], problem: Problem, context: Context) -> Term:
    """The answer where unknowns are free."""
    points = [tuple(f.get(u, u) for u in problem.unknowns) for f in found]
    kept = [p for p in points if solves(p, problem, context, polynomial=True)]
    for p in kept:
        free = [u for u, v in zip(problem.unknowns, p, strict=True) if u == v]
        if free:
            context.note(
                f"{', '.join(map(str, free))} free" + (f" in {show(lift(sp.Matrix(p), context))}" if len(kept) > 1 else "")
            )
    context.note(INCOMPLETE if len(kept) < len(points) else ALL if kept else NONE)
    return answer(problem, kept, context)


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
    kept = [s for s in found if solves(s, problem, context, polynomial=True)]
    context.note(complete(len(kept)))
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
