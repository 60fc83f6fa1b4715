"""Linear systems: over the rationals straight from terms, otherwise by elimination over the field of the coefficients."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sympy as sp
from flint import fmpq, fmpq_mat

from twofold.catalogue.display import show
from twofold.grammar.term import MISSING, App, Num, Term, Var, subterms, vector
from twofold.symbolic.algebra.cases import by_cases
from twofold.symbolic.algebra.elimination import echelon
from twofold.symbolic.algebra.flint_matrices import Polynomials, fraction
from twofold.symbolic.algebra.matrices import over_domain
from twofold.symbolic.algebra.regions import Region
from twofold.symbolic.calculus.derivatives import variables_of
from twofold.symbolic.context import Context, Range
from twofold.symbolic.lift import lift
from twofold.symbolic.solving.admission import solves
from twofold.symbolic.solving.completeness import ALL, NONE, ONLY
from twofold.symbolic.solving.reading import Problem, answer, parts_of
from twofold.symbolic.tidy import short


def of_rationals(relation: Term, unknowns: Term, context: Context) -> Term | None:
    """The solution of a linear system with rational coefficients where there is one or none; `None` for other systems, and where
    something is known of the unknowns."""
    names = [] if unknowns == MISSING or isinstance(unknowns, Var) else variables_of(unknowns)
    symbols = [t.symbol for t in names if isinstance(t, Var) and not t.shape and t.symbol.kind in ("real", "complex")]
    if len(names) < 2 or len(set(symbols)) < len(names) or any(context.range(s) != Range() for s in symbols):
        return None
    rows = [_row(p, Polynomials(symbols)) for p in parts_of(relation)]
    if any(r is None for r in rows):
        return None
    n = len(symbols)
    table, rank = fmpq_mat(len(rows), n + 1, [x for r in rows if r is not None for x in r]).rref()
    pivots = [next(j for j in range(n + 1) if table[i, j]) for i in range(rank)]
    if n in pivots:
        context.note(NONE)
        return App("set", (), (), "set")
    if rank < n:
        return None
    context.note(ONLY)
    return App("set", (vector(tuple(Num(fraction(table[i, n])) for i in range(n))),), (), "set")


def _row(part: Term, ring: Polynomials) -> list[fmpq] | None:
    """The coefficients of an equation of first degree, and its right side."""
    if part.sort == "truth" and not (isinstance(part, App) and part.op == "eq"):
        return None
    found = ring.polynomial(App("sub", part.args) if isinstance(part, App) and part.op == "eq" else part)
    if found is None or any(sum(m) > 1 for m in found[0].monoms()):
        return None
    row = [fmpq(0)] * (len(ring.symbols) + 1)
    for m, c in zip(found[0].monoms(), found[0].coeffs(), strict=True):
        row[m.index(1) if any(m) else -1] = fmpq(int(c)) if any(m) else -fmpq(int(c))
    return row


def linear(problem: Problem, equations: list[Any], context: Context) -> Term:
    """Elimination over the field of the coefficients; free unknowns stay as they are."""
    unknowns = problem.unknowns
    rows = []
    for e in equations:
        poly = sp.Poly(e, *unknowns)
        rows.append([*(poly.coeff_monomial(u) for u in unknowns), -poly.coeff_monomial(1)])
    n, notes = len(unknowns), list(context.notes)

    def found(region: Region) -> Term:
        here = [[region.at(e) for e in r] for r in rows]
        table, pivots = echelon(over_domain(here), region, leading=n)
        if n in pivots:
            return answer(problem, [], context)
        if region.generic:
            context.notes[:] = notes  # Those are of the cases that were given up.
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
        return answer(problem, [point] if solves(point, special, context, polynomial=True) else [], context)

    solutions = by_cases(context, found)
    if isinstance(solutions, App) and solutions.op == "set":
        free = {lift(u, context) for u in unknowns} & set(subterms(solutions))
        context.note(NONE if not solutions.args else ALL if free else ONLY)
    return solutions
