"""Extrema by comparing the values at critical points and on the edges of a region.

A minimum is global where that is shown: the function is convex (its Hessian has no negative eigenvalue for any values), the
region is compact (all its candidates are compared), or, in one variable, the limits at the ends are no lower. Otherwise the
lowest candidate is given with the remark that it is the lowest of the critical points."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy as sp

from twofold.catalogue.display import show
from twofold.core.diagnostic import fail
from twofold.grammar.term import App, Num, Term
from twofold.symbolic import spot
from twofold.symbolic.algebra.matrices import vanishes
from twofold.symbolic.arithmetic import text
from twofold.symbolic.calculus.limits import limit_at
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import within
from twofold.symbolic.lift import lift
from twofold.symbolic.solving.extremum_order import certainly_inside, require_inside
from twofold.symbolic.solving.extremum_order import lowest as lowest_of
from twofold.symbolic.solving.extremum_problem import Extremum, point
from twofold.symbolic.solving.extremum_shape import coercive, compact, low_at_ends
from twofold.symbolic.solving.globality import along_curves, definite_if, escapes, falls, infeasible, is_global, lower_elsewhere
from twofold.symbolic.solving.line_extrema import EMPTY, NOT_ATTAINED, UNBOUNDED
from twofold.symbolic.solving.linear_programs import Program, optimum
from twofold.symbolic.solving.oscillating import swings
from twofold.symbolic.solving.parametric_programs import of_linear_cost
from twofold.symbolic.tidy import short


def of_candidates(context: Context, f: Term, names: Term, subject_to: Term, sign: int, lenient: bool) -> Term:
    """The answer by comparing the values at critical points and on edges; where parameters decide whether a point lies in the region, only if
    `lenient`, under that condition."""
    problem = Extremum(context, f, names, subject_to)
    problem.f = sign * problem.f
    if not problem.f.free_symbols & set(problem.variables):
        raise fail("not-a-variable", "the function does not depend on these variables", names.span)
    if len(problem.variables) == 1 and not problem.bounds and not problem.equalities and context.reading == "real":
        x = problem.variables[0]
        if swings(problem.f, x, context) or _follows_steps(problem):
            context.note(f"it {'falls' if sign > 0 else 'grows'} beyond all bounds")
            return text(UNBOUNDED)
    linear = _linear(problem, sign) or of_linear_cost(problem, sign)
    if linear is not None:
        return linear
    found = within(4 * context.seconds, problem.candidates)
    if found is None:
        raise NoClosedForm("the critical points take too long to find")
    word = "minimum" if sign > 0 else "maximum"
    if len(problem.variables) == 1 and not problem.equalities and not problem.bounds and not found:
        ends = low_at_ends(problem, sp.oo)
        if ends is not None and falls(problem):
            return text(UNBOUNDED)
        slope = sp.diff(problem.f, problem.variables[0])
        if slope.free_symbols and not slope.has(*problem.variables) and slope.is_zero is None:
            context.require(App("ne", (lift(short(slope, context), context), Num(Fraction(0))), (), "truth"))
            return text(UNBOUNDED)
        if ends is not None and (problem.f.free_symbols == set(problem.variables) or slope.is_zero is False):
            return text(NOT_ATTAINED)
        if ends is not None:
            raise NoClosedForm("whether the values fall at the ends depends on parameters")
    if not found and infeasible(context, subject_to):
        return text(EMPTY)
    values = [problem.value(p) for p in found]
    kept = [
        (p, v)
        for p, v in zip(found, values, strict=True)
        if not v.has(*problem.variables) and _has_value(v, context) and not any(c.is_real is False for c in p)
    ]
    found, values = [p for p, _ in kept], [v for _, v in kept]
    ordered = len(set(values)) == 1 or not any(v.free_symbols for v in values)
    lowest = (
        (min(values, key=lambda v: float(v.evalf(30))) if len(set(values)) > 1 else values[0]) if values and ordered else None
    )
    if lowest is None and (not (problem.bounds or problem.equalities) or compact(problem) or coercive(problem)):
        lowest = lowest_of(problem, found, values)
    places = [
        p for p, v in zip(found, values, strict=True) if v == lowest or lowest is not None and vanishes(v - lowest, context)
    ]
    if len(places) > 1:
        places = [p for p in places if certainly_inside(problem, p) is not False]
    proved = lowest is not None and is_global(problem, lowest, places)
    lowest_along, direction = (None, "") if proved else along_curves(problem)
    if lowest_along == -sp.oo:
        context.note(f"{direction}, it {'falls' if sign > 0 else 'grows'} beyond all bounds")
        return text(UNBOUNDED)
    if not found and escapes(problem):
        return text(UNBOUNDED)
    if not found:
        raise NoClosedForm(f"no candidate for a {word} was found")
    if lowest is None:
        raise NoClosedForm("the critical values depend on parameters and cannot be ordered")
    if lowest_along is not None and lowest.is_number and lowest_along < lowest:
        low = sp.sympify(sign * lowest_along)
        if (problem.f - lowest_along).is_nonnegative:
            context.note(f"the {'infimum' if sign > 0 else 'supremum'} is {low}, approached {direction}; it is not attained")
            return text(NOT_ATTAINED)
        raise NoClosedForm(f"no critical point is a global {word}: the values approach {low} {direction}")
    if problem.strict and not any(problem.reached(p) for p in places):
        if not proved:
            raise NoClosedForm("the lowest candidates lie on an edge that does not belong to the region")
        low = show(lift(short(sign * lowest, context), context))
        context.note(
            f"the {'infimum' if sign > 0 else 'supremum'} is {low}, approached at {show(point(problem, places[0]))}; it is not attained"
        )
        return text(NOT_ATTAINED)
    places = [p for p in places if problem.reached(p)] if problem.strict else places
    if not lenient and any(certainly_inside(problem, p) is None for p in places[:1]):
        raise NoClosedForm("whether the critical point lies in the region depends on parameters")
    for p in places[:1]:
        require_inside(problem, p)
    if any(level is None or level == lowest for level, _ in problem.levels):
        context.note("there may be other points with this value")
    free = sorted({str(s) for p in places for v in p for s in v.free_symbols & set(problem.variables)})
    if free:
        context.note(f"{', '.join(free)} free")
    if not proved and not definite_if(problem):
        if escapes(problem):
            return text(UNBOUNDED)
        if lower_elsewhere(problem, lowest):
            side = "lower" if sign > 0 else "higher"
            where = " for some values of the parameters" if problem.f.free_symbols - set(problem.variables) else ""
            raise NoClosedForm(f"no critical point is a global {word}: there are {side} values elsewhere{where}")
        if not all(_curved(problem, p) for p in places):
            raise NoClosedForm(f"the critical point is no {word}")
        context.note(f"the {'lowest' if sign > 0 else 'highest'} of the critical points; not shown to be the global {word}")
        context.tentative.append(f"the global {word}")
    points = [point(problem, p) for p in places]
    place = points[0] if len(points) == 1 else App("set", tuple(points), (), "set")
    return App("tuple", (lift(short(sign * lowest, context), context), place), (), "tuple")


def _linear(problem: Extremum, sign: int) -> Term | None:
    """The answer where the function and all constraints are linear with rational coefficients and no strict inequality; `None` elsewhere."""
    if problem.strict or problem.context.reading != "real" or not (problem.bounds or problem.equalities):
        return None
    rows = [problem.affine(e) for e in (problem.f, *problem.equalities, *problem.bounds)]
    if (
        any(r is None for r in rows)
        or not all(v.is_real for v in problem.variables)
        or any(v.is_integer for v in problem.variables)
    ):
        return None
    (cost, start), *constraints = [r for r in rows if r is not None]
    made = optimum(Program(cost, [c for c, _ in constraints], [-b for _, b in constraints], len(problem.equalities)))
    context = problem.context
    if made.value is None and not made.points:
        return text(EMPTY)

    def shown(p: tuple[Fraction, ...]) -> Term:
        return point(problem, tuple(sp.Rational(v.numerator, v.denominator) for v in p))

    if made.value is None:
        assert made.ray is not None
        along = f"{show(shown(made.points[0]))} + t*{show(shown(made.ray))}"
        context.note(f"along {along} as t -> oo, it {'falls' if sign > 0 else 'grows'} beyond all bounds")
        return text(UNBOUNDED)
    points = [shown(p) for p in made.points]
    if not made.whole:
        context.note("there are other points with this value")
    elif len(points) > 1:
        context.note("and at every point between these")
    place = points[0] if len(points) == 1 else App("set", tuple(points), (), "set")
    return App("tuple", (Num(sign * (made.value + start)), place), (), "tuple")


def _follows_steps(problem: Extremum) -> bool:
    """Whether a function with floors as terms falls beyond all bounds: a floor is within 1 of what stands in it."""
    f, (x,) = problem.f, problem.variables
    steps = list(f.atoms(sp.floor, sp.ceiling))
    names = {s: sp.Dummy("n", real=True) for s in steps}
    made = f.xreplace(names)
    if (
        not steps
        or not made.is_polynomial(*names.values())
        or any(sp.diff(made, n).has(x, *names.values()) for n in names.values())
    ):
        return False
    return any(
        limit_at(f.xreplace({s: s.args[0] for s in steps}), x, end, "", problem.context) == -sp.oo for end in (sp.oo, -sp.oo)
    )


def _has_value(v: Any, context: Context) -> bool:
    """Whether a value is none that is certainly not a real number."""
    if v.has(sp.nan, sp.zoo, sp.oo):
        return False
    if not v.is_number or context.reading != "real" or v.is_real:
        return True
    found = spot.value(v, {})
    return found is not None and bool(abs(found.imag) <= 1e-20)


def _curved(problem: Extremum, place: tuple[Any, ...]) -> bool:
    """Whether a function may have a minimum at a critical point inside, by its second derivatives there; what that needs of parameters
    becomes a condition."""
    f, names, context = problem.f, problem.variables, problem.context
    at = dict(zip(names, place, strict=True))
    parameters = f.free_symbols - set(names)
    if not parameters or problem.equalities or any(v.free_symbols & set(names) for v in place):
        return True
    if not all(vanishes(sp.diff(f, x).subs(at, simultaneous=True), context) for x in names):
        return True
    second = sp.hessian(f, names).subs(at, simultaneous=True)
    if second.has(sp.DiracDelta):
        raise NoClosedForm("whether a corner is extreme depends on parameters")
    for k in range(1, len(names) + 1):
        minor = sp.factor(short(second[:k, :k].det(), context))
        over, under = sp.fraction(sp.together(minor))
        # A square root has the sign of what is under it.
        parts = (g.base if g.is_Pow and g.exp == sp.S.Half else g for g in sp.Mul.make_args(sp.factor(over * under)))
        signed = sp.Mul(*(g for g in parts if not g.is_positive))
        if signed.is_negative:
            return False
        if signed.free_symbols and not signed.is_nonnegative:
            context.require(lift(signed > 0, context))
    return True
