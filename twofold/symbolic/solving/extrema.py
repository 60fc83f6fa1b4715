"""Critical points and extrema, free and under constraints.

A minimum is global where that is shown: the function is convex (its Hessian has no negative eigenvalue for any values), the
region is compact (all its candidates are compared), or, in one variable, the limits at the ends are no lower. Otherwise the
lowest candidate is given with the remark that it is the lowest of the critical points.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import sympy as sp

from twofold.catalogue.conjunctions import together
from twofold.catalogue.display import show
from twofold.catalogue.method import NotApplicable
from twofold.core.diagnostic import fail
from twofold.core.meter import spent
from twofold.grammar.term import MISSING, TRUE, App, Num, Symbol, Term, Var, free_symbols, substitute, vector
from twofold.symbolic import spot
from twofold.symbolic.algebra.matrices import vanishes
from twofold.symbolic.arithmetic import text
from twofold.symbolic.calculus.derivatives import variables_of
from twofold.symbolic.calculus.limits import limit_at
from twofold.symbolic.context import Context, NoClosedForm, Range
from twofold.symbolic.effort import within
from twofold.symbolic.entries import explicit
from twofold.symbolic.equations.enclose import NoEnclosure
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower
from twofold.symbolic.solving.branched_extrema import by_branches
from twofold.symbolic.solving.extrema_by_cases import extremum_by_cases
from twofold.symbolic.solving.extrema_by_sign import by_sign
from twofold.symbolic.solving.extremum_order import certainly_inside, require_inside
from twofold.symbolic.solving.extremum_order import lowest as lowest_of
from twofold.symbolic.solving.extremum_problem import Extremum, point
from twofold.symbolic.solving.extremum_shape import coercive, compact, low_at_ends
from twofold.symbolic.solving.globality import along_curves, definite_if, escapes, falls, infeasible, is_global, lower_elsewhere
from twofold.symbolic.solving.line_extrema import EMPTY, NOT_ATTAINED, UNBOUNDED, extremum
from twofold.symbolic.solving.linear_programs import Program, optimum
from twofold.symbolic.solving.monotone_outer import of_increasing
from twofold.symbolic.solving.oscillating import swings
from twofold.symbolic.solving.parametric_programs import of_linear_cost
from twofold.symbolic.solving.reading import parts_of
from twofold.symbolic.solving.real_solutions import tidied
from twofold.symbolic.solving.substitution import eliminated
from twofold.symbolic.solving.whole_extrema import over_whole_numbers
from twofold.symbolic.solving.zero_extrema import of_zeros
from twofold.symbolic.tidy import short

_ALL_CASES = 3.0
"""Seconds of processor time for all cases of a parameter."""


def minimize(context: Context, f: Term, names: Term, subject_to: Term = MISSING) -> Term:
    """The least value and where it is taken: (value, point), or (value, {points})."""
    return _extreme(context, f, names, subject_to, 1)


def maximize(context: Context, f: Term, names: Term, subject_to: Term = MISSING) -> Term:
    """The greatest value and where it is taken: (value, point), or (value, {points})."""
    return _extreme(context, f, names, subject_to, -1)


def _on_the_line(context: Context, f: Term, names: Term, subject_to: Term, sign: int) -> Term | None:
    """The answer of the exact method in one real variable without parameters; `None` where it does not apply."""
    if not isinstance(names, Var) or names.shape or names.symbol.kind != "real" or f.shape or context.reading != "real":
        return None
    parts = [] if subject_to == MISSING else parts_of(subject_to)
    if any(set(free_symbols(t)) - {names.symbol} for t in (f, *parts)) or names.symbol not in free_symbols(f):
        return None
    whole = together(parts) if parts else None
    remarks = list(context.notes), list(context.rounded)
    try:
        found = within(context.seconds, extremum, f, names.symbol, whole, sign, context)
    except (NotApplicable, NoEnclosure, NoClosedForm):
        found = None
    if found is None:
        context.notes[:], context.rounded[:] = remarks
        found = None if whole is not None else within(context.seconds, of_zeros, f, names.symbol, sign, context)
    return found


def _by_cases(context: Context, f: Term, names: Term, subject_to: Term, sign: int) -> Term | None:
    """The answer in all cases of one parameter; `None` where it does not apply, or one formula says it all."""
    if not isinstance(names, Var) or names.shape or names.symbol.kind != "real" or f.shape or context.reading != "real":
        return None
    parts, symbol = ([] if subject_to == MISSING else parts_of(subject_to)), names.symbol
    if len({s for t in (f, *parts) for s in free_symbols(t)} - {symbol}) != 1 or symbol not in free_symbols(f):
        return None
    if not parts and context.range(symbol) == Range():
        e, x = lower(f, context), lower(names, context)
        if e.is_polynomial(x) and sp.degree(e, x) <= 2:
            return None

    def sought(g: Term, constraints: list[Term], inner: Context) -> Term:
        return _extreme(inner, g, names, App("set", tuple(constraints), (), "set") if constraints else MISSING, sign)

    remarks = list(context.notes), list(context.conditions), list(context.rounded)
    try:
        found = within(min(_ALL_CASES, context.seconds), extremum_by_cases, f, symbol, parts, sign, context, sought)
    except (NotApplicable, NoEnclosure, NoClosedForm):
        found = None
    if found is None:
        context.notes[:], context.conditions[:], context.rounded[:] = remarks
    return found


def _of_inside(context: Context, f: Term, names: Term, subject_to: Term, sign: int) -> Term | None:
    """The answer for an increasing function of something by the extremum of that; `None` where it does not apply."""
    remarks = list(context.notes), list(context.conditions), list(context.rounded)
    try:
        return of_increasing(f, context, lambda inner: _extreme(context, inner, names, subject_to, sign))
    except (NotApplicable, NoClosedForm):
        context.notes[:], context.conditions[:], context.rounded[:] = remarks
        return None


def _reduced(context: Context, f: Term, names: Term, subject_to: Term, sign: int) -> Term | None:
    """The answer where the constraints give all variables but one; `None` where they do not."""
    parts = variables_of(names)
    if subject_to == MISSING or len(parts) < 2 or f.shape or context.reading != "real":
        return None
    symbols = [t.symbol for t in parts if isinstance(t, Var) and not t.shape and t.symbol.kind == "real"]
    relations = parts_of(explicit(subject_to, context))
    if len(symbols) < len(parts) or any(set(free_symbols(t)) - set(symbols) for t in (f, *relations)):
        return None
    remarks = list(context.notes), list(context.rounded)

    def work() -> Term:
        made = eliminated(relations, symbols, context, free=True)
        found = extremum(substitute(f, made.given), made.kept, made.relation, sign, context)
        if not isinstance(found, App) or found.op != "tuple":
            return found
        value, place = found.args
        x = made.kept

        def point(t: Term) -> Term:
            return vector(tuple(t if s is x else tidied(substitute(made.given[s], {x: t}), context) for s in symbols))

        if place.sort == "truth":
            context.note(f"for {show(place)}")
            return App("tuple", (value, point(Var(x))), (), "tuple")
        if context.rounded:
            raise NotApplicable("the place has no closed form")
        where = (
            App("set", tuple(map(point, place.args)), (), "set") if isinstance(place, App) and place.op == "set" else point(place)
        )
        return App("tuple", (value, where), (), "tuple")

    try:
        found = within(context.seconds, work)
    except (NotApplicable, NoEnclosure, NoClosedForm):
        found = None
    if found is None:
        context.notes[:], context.rounded[:] = remarks
    return found


def restricted(names: Term, subject_to: Term) -> tuple[Term, Term]:
    """Names given with a range (`x = 0..3`) or a set (`x in [0, 3]`), as names and constraints."""
    parts = list(names.args) if isinstance(names, App) and names.op in ("tuple", "set", "and") else [names]
    facts: list[Term] = []
    for k, p in enumerate(parts):
        if isinstance(p, App) and p.op == "eq" and isinstance(p.args[1], App) and p.args[1].op == "range":
            parts[k] = p.args[0]
            low, high = p.args[1].args
            facts += [App("le", (low, p.args[0]), (), "truth"), App("le", (p.args[0], high), (), "truth")]
        elif isinstance(p, App) and p.op == "in" and isinstance(p.args[1], App) and p.args[1].op.startswith("interval_"):
            parts[k] = p.args[0]
            ends = p.args[1].op[-2:]
            low, high = p.args[1].args
            facts += [
                App("le" if ends[0] == "c" else "lt", (low, p.args[0]), (), "truth"),
                App("le" if ends[1] == "c" else "lt", (p.args[0], high), (), "truth"),
            ]
    if not facts:
        return names, subject_to
    known = [] if subject_to == MISSING else [subject_to]
    made = parts[0] if len(parts) == 1 else App("tuple", tuple(parts), (), "tuple")
    return made, App("set", (*known, *facts), (), "set")


def constrained(question: App, said: tuple[Term, ...]) -> Term:
    """A question for an extremum `given` conditions on its variables: these are constraints."""
    f, names, *rest = question.args
    varied = {p.symbol for p in variables_of(restricted(names, MISSING)[0]) if isinstance(p, Var)}
    facts = [c for c in said if varied & set(free_symbols(c))]
    if not facts:
        return question
    known = [r for t in rest if t != MISSING for r in parts_of(t)]
    return replace(question, args=(f, names, App("set", (*known, *facts), (), "set")))


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


_LONG = 2.0
"""Processor seconds after which an extremum is not looked for once more for every sign of its parameters."""


def _extreme(context: Context, f: Term, names: Term, subject_to: Term, sign: int, cases: bool = True) -> Term:
    """The answer by the first way that leads to one; by the signs of parameters only with `cases`."""
    names, subject_to = restricted(names, subject_to)
    if f.shape or f.sort != "number":
        kind = f"a {f.sort}" if f.sort != "number" else "a vector" if len(f.shape) == 1 else "a matrix"
        raise fail(
            "wrong-kind",
            f"the least and the greatest value are those of a number, but this is {kind}",
            f.span,
            "write f(x)" if f.sort == "function" else "",
        )
    if any(isinstance(t, Var) and t.symbol.kind == "integer" for t in variables_of(names)):
        return over_whole_numbers(f, names, subject_to, sign, context, _extreme)
    marks = [list(row) for row in _rows(context)]
    began = spent()
    try:
        found, failed = _sought(context, f, names, subject_to, sign), None
    except NoClosedForm as error:
        found, failed = None, error
    if found is not None and context.tentative == marks[-1]:
        return found
    now = [list(row) for row in _rows(context)]
    _reset(context, marks)
    other = _eliminated(context, f, names, subject_to, sign)
    if other is not None and context.tentative == marks[-1]:
        return other
    if found is not None:
        _reset(context, now)
        return found
    assert failed is not None
    if spent() - began > _LONG:
        # Every sign would take as long again.
        _reset(context, now)
        raise failed
    found = _by_sign(context, f, names, subject_to, sign) if cases else None
    if found is not None:
        return found
    try:
        return _sought(context, f, names, subject_to, sign, True)
    except NoClosedForm:
        _reset(context, now)
        raise failed from None


def _by_sign(context: Context, f: Term, names: Term, subject_to: Term, sign: int) -> Term | None:
    """The answer by the signs of parameters; `None` where there is none."""
    varied = {t.symbol for t in variables_of(names) if isinstance(t, Var)}

    def solver(inner: Context, put: dict[Symbol, Term]) -> Term:
        return _extreme(inner, substitute(f, put), names, substitute(subject_to, put), sign)

    return by_sign(context, (f, subject_to), varied, solver)


def _rows(context: Context) -> tuple[list[Any], ...]:
    return context.notes, context.conditions, context.rounded, context.tentative


def _reset(context: Context, rows: list[list[Any]]) -> None:
    for row, kept in zip(_rows(context), rows, strict=True):
        row[:] = kept


def _eliminated(context: Context, f: Term, names: Term, subject_to: Term, sign: int) -> Term | None:
    """The answer with parameters where the constraints give all variables but one; `None` where they do not."""
    symbols = [t.symbol for t in variables_of(names) if isinstance(t, Var) and not t.shape and t.symbol.kind == "real"]
    if subject_to == MISSING or len(symbols) < 2 or len(symbols) < len(variables_of(names)) or context.reading != "real":
        return None
    relations = parts_of(explicit(subject_to, context))
    if not any(isinstance(r, App) and r.op == "eq" for r in relations) or f.shape:
        return None
    try:
        made = eliminated(relations, symbols, context, free=True)
        left = MISSING if made.relation == TRUE else App("set", tuple(parts_of(made.relation)), (), "set")
        found = _extreme(context, substitute(f, made.given), Var(made.kept), left, sign, False)
    except (NotApplicable, NoEnclosure, NoClosedForm):
        return None

    def point(t: Term) -> Term:
        return vector(tuple(t if s is made.kept else tidied(substitute(made.given[s], {made.kept: t}), context) for s in symbols))

    def placed(answer: Term) -> Term | None:
        if not isinstance(answer, App) or answer.op not in ("tuple", "piecewise"):
            return answer
        if answer.op == "piecewise":
            cases = [a if k % 2 and k < len(answer.args) - 1 else placed(a) for k, a in enumerate(answer.args)]
            return None if None in cases else replace(answer, args=tuple(c for c in cases if c is not None))
        value, place = answer.args
        if place.sort == "truth":
            return None
        several = isinstance(place, App) and place.op == "set"
        where = App("set", tuple(map(point, place.args)), (), "set") if several else point(place)  # type: ignore[attr-defined]
        return App("tuple", (value, where), (), "tuple")

    return placed(found)


def _sought(context: Context, f: Term, names: Term, subject_to: Term, sign: int, lenient: bool = False) -> Term:
    """The answer; where parameters decide whether a critical point lies in the region, only if `lenient`, under that condition."""
    direct = _on_the_line(context, f, names, subject_to, sign) or _reduced(context, f, names, subject_to, sign)
    direct = direct or _by_cases(context, f, names, subject_to, sign)
    if direct is None:
        made = within(4 * context.seconds, lambda: (by_branches(context, f, names, subject_to, sign, _extreme),))
        if made is None:
            raise NoClosedForm("the branches of the function take too long")
        direct = made[0]
    if direct is None and len(variables_of(names)) > 1:
        direct = _of_inside(context, f, names, subject_to, sign)
    if direct is not None:
        return direct
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
