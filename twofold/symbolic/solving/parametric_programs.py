"""Linear programs over a bounded region with one parameter in the cost: the least value is that of one vertex on each of finitely many intervals.

The values at the vertices are linear in the parameter, and which is the least changes only where two of them are equal. Source: Gass and Saaty, "The
computational algorithm for the parametric objective function" (1955).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

import sympy as sp

from twofold.catalogue.conjunctions import together
from twofold.catalogue.display import show
from twofold.grammar.term import App, Num, Term, Var
from twofold.symbolic.context import Range
from twofold.symbolic.lift import lift
from twofold.symbolic.solving.extremum_problem import Extremum, point
from twofold.symbolic.solving.linear_programs import Program, bounded, dot, vertices

Point = tuple[Fraction, ...]
_MOST = 60


@dataclass(frozen=True, slots=True)
class Part:
    """Values of the parameter between two ends (`None` is none), or one value where both are the same, and the vertices that are the best there."""

    low: Fraction | None
    high: Fraction | None
    best: tuple[Point, ...]


def parts(program: Program, slope: Sequence[Fraction], low: Fraction | None, high: Fraction | None) -> list[Part] | None:
    """The parts between two ends of the parameter a, for the cost program.cost + a*slope; `None` where the region is empty, not bounded or has many
    vertices."""
    corners = vertices(program)
    if not corners or len(corners) > _MOST or not bounded(program):
        return None
    lines = {p: (dot(program.cost, p), dot(slope, p)) for p in corners}
    ends = {(c - d) / (n - m) for (c, m), (d, n) in combinations(lines.values(), 2) if m != n}
    ends = {e for e in ends if (low is None or e > low) and (high is None or e < high)}
    row: list[Fraction | None] = [low, *sorted(ends), high]
    found: list[Part] = []
    for k, (a, b) in enumerate(zip(row, row[1:], strict=False)):
        if k and a is not None:
            found.append(Part(a, a, _best(lines, a)))
        middle = (
            (a + b) / 2
            if a is not None and b is not None
            else a + 1
            if a is not None
            else b - 1
            if b is not None
            else Fraction(0)
        )
        found.append(Part(a, b, _best(lines, middle)))
    joined: list[Part] = []
    for p in found:
        if joined and joined[-1].best == p.best:
            joined[-1] = Part(joined[-1].low, p.high, p.best)
        else:
            joined.append(p)
    return joined


def _best(lines: dict[Point, tuple[Fraction, Fraction]], a: Fraction) -> tuple[Point, ...]:
    least = min(c + m * a for c, m in lines.values())
    return tuple(sorted(p for p, (c, m) in lines.items() if c + m * a == least))


def of_linear_cost(problem: Extremum, sign: int) -> Term | None:
    """The answer in all cases of one parameter that the coefficients of a linear function are linear in, over a bounded region with rational edges."""
    context, variables = problem.context, problem.variables
    names = [s for s in problem.f.free_symbols - set(variables) if s in context.terms]
    if (
        problem.strict
        or context.reading != "real"
        or len(names) != 1
        or not problem.bounds
        or not all(v.is_real for v in variables)
    ):
        return None
    (a,) = names
    rows = [problem.affine(e) for e in (*problem.equalities, *problem.bounds)]
    known = context.terms[a]
    if not isinstance(known, Var) or known.symbol.kind != "real" or None in rows or not problem.f.is_polynomial(a, *variables):
        return None
    p = sp.Poly(problem.f, *variables)
    if p.total_degree() != 1 or any(v.is_integer for v in variables):
        return None
    costs = [sp.Poly(p.coeff_monomial(v), a) for v in (*variables, 1)]
    if any(c.degree() > 1 or not all(k.is_Rational for k in c.all_coeffs()) for c in costs):
        return None
    start, slope = ([Fraction(int(c.nth(k).p), int(c.nth(k).q)) for c in costs] for k in (0, 1))
    constraints = [r for r in rows if r is not None]
    program = Program(start[:-1], [c for c, _ in constraints], [-b for _, b in constraints], len(problem.equalities))
    span = context.range(known.symbol)
    made = parts(program, slope[:-1], span.lower, span.upper)
    if made is None or len(made) == 1 and len(made[0].best) > 1:
        return None
    rows_of: dict[Term, list[Part]] = {}
    for part in made:
        points = [point(problem, tuple(sp.Rational(v.numerator, v.denominator) for v in q)) for q in part.best]
        value = sign * problem.f.subs(
            dict(zip(variables, (sp.Rational(v.numerator, v.denominator) for v in part.best[0]), strict=True))
        )
        if part.low is not None and part.low == part.high:
            value = value.subs(a, sp.Rational(part.low.numerator, part.low.denominator))
        place = points[0] if len(points) == 1 else App("set", tuple(points), (), "set")
        rows_of.setdefault(App("tuple", (lift(sp.expand(value), context), place), (), "tuple"), []).append(part)
        if len(points) > 1:
            where = "" if part.low is None else f"where {show(known)} == {show(Num(part.low))}: "
            context.note(f"{where}and at every point between these")
    if len(rows_of) == 1:
        return next(iter(rows_of))
    cases = sorted(rows_of.items(), key=lambda kv: kv[1][0].low is not None and kv[1][0].low == kv[1][0].high)
    told = [x for answer, spans in cases[:-1] for x in (answer, together([_between(known, spans[0], span)]))]
    return App("piecewise", (*told, cases[-1][0]))


def _between(a: Term, part: Part, known: Range) -> Term:
    """That a parameter lies in a part."""
    if part.low is not None and part.low == part.high:
        return App("eq", (a, Num(part.low)), (), "truth")
    facts = []
    if part.low is not None and part.low != known.lower:
        facts.append(
            App("lt", (Num(part.low), a), (), "truth")
            if part.high not in (None, known.upper)
            else App("gt", (a, Num(part.low)), (), "truth")
        )
    if part.high is not None and part.high != known.upper:
        facts.append(App("lt", (a, Num(part.high)), (), "truth"))
    return together(facts)


__all__ = ["Part", "of_linear_cost", "parts"]
