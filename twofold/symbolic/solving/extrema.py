"""Critical points and extrema, free and under constraints.

A minimum is global where that is shown: the function is convex (its Hessian has no negative eigenvalue for any values), the
region is compact (all its candidates are compared), or, in one variable, the limits at the ends are no lower. Otherwise the
lowest candidate is given with the remark that it is the lowest of the critical points.
"""

from __future__ import annotations

from itertools import combinations, product
from typing import Any

import sympy as sp

from twofold.catalogue.display import show
from twofold.catalogue.goal import Goal
from twofold.catalogue.method import NotApplicable
from twofold.core.diagnostic import fail
from twofold.grammar.term import FALSE, App, Term, Var, free_symbols, substitute, vector
from twofold.symbolic import spot
from twofold.symbolic.algebra.matrices import vanishes
from twofold.symbolic.arithmetic import text
from twofold.symbolic.calculus.derivatives import variables_of
from twofold.symbolic.calculus.limits import limit_at
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import within
from twofold.symbolic.entries import explicit
from twofold.symbolic.equations.decide import proves
from twofold.symbolic.equations.enclose import NoEnclosure
from twofold.symbolic.lift import lift, place_of
from twofold.symbolic.lower import lower
from twofold.symbolic.solving import degenerate
from twofold.symbolic.solving.equations import INCOMPLETE, one_unknown, polynomial_solutions
from twofold.symbolic.solving.line_extrema import EMPTY, NOT_ATTAINED, UNBOUNDED, critical, extremum
from twofold.symbolic.solving.reading import MISSING, Problem, parts_of
from twofold.symbolic.solving.real_solutions import tidied
from twofold.symbolic.solving.substitution import eliminated
from twofold.symbolic.solving.systems import system
from twofold.symbolic.solving.zero_dimensional import NotFinite, solutions
from twofold.symbolic.tidy import short


class Extremum:
    """A function of several variables on the region that declarations and constraints describe."""

    def __init__(self, context: Context, f: Term, names: Term, subject_to: Term = MISSING) -> None:
        self.context = context
        self.variables = [lower(v, context) for v in variables_of(names)]
        self.single = not names.shape and not (isinstance(names, App) and names.op in ("set", "tuple"))
        self.shape = names.shape
        self.f = lower(explicit(f, context), context)
        if not all(v.is_Symbol for v in self.variables):
            raise fail("not-a-variable", "the variables of an extremum are names", names.span, "write minimize(f, [x, y])")
        self.known: dict[tuple[Any, ...], Any] = {}
        self.multipliers: dict[tuple[Any, ...], tuple[Any, ...]] = {}
        self.equalities: list[Any] = []
        self.bounds: list[Any] = []
        if subject_to != MISSING:
            for part in parts_of(explicit(subject_to, context)):
                self._constrain(part)
        for v in self.variables:
            known = spot.range_of(v, context)
            if known.lower is not None:
                self.bounds.append(sp.Rational(known.lower.numerator, known.lower.denominator) - v)
            if known.upper is not None:
                self.bounds.append(v - sp.Rational(known.upper.numerator, known.upper.denominator))

    def _constrain(self, part: Term) -> None:
        if not isinstance(part, App) or part.op not in ("eq", "le", "lt", "ge", "gt"):
            raise fail(
                "not-a-constraint",
                "constraints are equations and inequalities",
                part.span,
                "write subject_to = {x + y == 1, x >= 0}",
            )
        a, b = (lower(x, self.context) for x in part.args)
        if part.op == "eq":
            self.equalities.append(a - b)
        else:
            self.bounds.append(a - b if part.op in ("le", "lt") else b - a)

    # --- candidates ---

    def stationary(self, active: tuple[Any, ...]) -> list[dict[Any, Any]]:
        """Points where the Lagrange conditions hold with these inequalities as equations. Raises `NoClosedForm`."""
        tied = [*self.equalities, *active]
        multipliers = [sp.Dummy(f"lambda{k}", real=True) for k in range(len(tied))]
        lagrangian = self.f + sum((m * g for m, g in zip(multipliers, tied, strict=True)), sp.S.Zero)
        equations = [sp.diff(lagrangian, v) for v in self.variables] + tied
        equations = [e for e in equations if e != 0]
        if any(not e.free_symbols & {*self.variables, *multipliers} for e in equations):
            return []
        unknowns = (*self.variables, *multipliers)
        if not equations:
            return []
        direct = self._with_values(equations, unknowns)
        if direct is not None:
            return direct
        inner = Context(self.context.assumptions, self.context.reading, seed=self.context.seed, seconds=self.context.seconds)
        inner.symbols.update(self.context.symbols)
        inner.terms.update(self.context.terms)
        problem = Problem(tuple(equations), (), unknowns, () if len(unknowns) == 1 else None)
        made = one_unknown(problem, unknowns[0], inner) if len(unknowns) == 1 == len(equations) else system(problem, inner)
        if INCOMPLETE in inner.notes:
            self.context.note(INCOMPLETE)
        if not isinstance(made, App):
            return []
        if len(unknowns) == 1:
            return [{unknowns[0]: v} for t in made.args for v in _instances(lower(t, inner), unknowns[0], self.context)]
        points = []
        for p in made.args:
            values = [lower(x, inner) for row in p.rows for x in row]  # type: ignore[attr-defined]
            points.append(dict(zip(unknowns, values, strict=True)))
        return points

    def _with_values(self, equations: list[Any], unknowns: tuple[Any, ...]) -> list[dict[Any, Any]] | None:
        """The solutions of polynomial conditions, the exact value of the function with each; `None` where there are not finitely many."""
        value = sp.Dummy("value", real=True)
        if not all(e.is_polynomial(*unknowns) for e in (*equations, self.f)) or self.context.reading != "real":
            return None
        try:
            found = within(self.context.seconds, solutions, [*equations, value - self.f], (*unknowns, value), self.context, True)
        except (NotFinite, NoClosedForm):
            return None
        if found is None:
            return None
        n = len(self.variables)
        for p in found:
            self.known[p[:n]] = p[-1]
            self.multipliers[p[:n]] = p[n:-1]
        return [dict(zip(unknowns, p, strict=False)) for p in found]

    def kinks(self) -> list[tuple[Any, ...]]:
        """In one variable: where the function has no derivative."""
        (x,) = self.variables
        inside = [a for g in self.f.atoms(sp.Abs, sp.sign) for a in g.args]
        inside += [a - b for g in self.f.atoms(sp.Max, sp.Min) for a, b in combinations(g.args, 2)]
        found = []
        for e in inside:
            values = polynomial_solutions(e, x, self.context)
            found += [(v,) for v in values or [] if v.is_real]
        return found

    def candidates(self, singular: bool = True) -> list[tuple[Any, ...]]:
        """All points that satisfy the conditions for some set of active constraints, inside the region."""
        found: dict[tuple[Any, ...], None] = {}
        n = len(self.variables)
        if n == 1 and not self.equalities:
            found.update((p, None) for p in self.kinks() if self.inside(p))
        for k in range(min(len(self.bounds), n) + 1):
            for active in combinations(self.bounds, k):
                if len(self.equalities) + k > n:
                    continue
                try:
                    points = self.stationary(active)
                except NoClosedForm:
                    if k == 0 and not found:
                        raise
                    continue
                for p in points:
                    values = tuple(short(p[v], self.context) for v in self.variables)
                    free = any(v.has(*self.variables) for v in values)
                    if not (free and self.bounds) and self.inside(values):
                        found.setdefault(values)
        for p in self.singular() if singular else ():
            if self.inside(p):
                found.setdefault(p)
        return sorted(found, key=lambda p: [place_of(v) for v in p])

    def singular(self) -> list[tuple[Any, ...]]:
        """Points at which the gradients of polynomial constraints depend on each other: Lagrange's conditions need not hold there."""
        found: list[tuple[Any, ...]] = []
        n = len(self.variables)
        for k in range(max(0, n - len(self.equalities)) + 1):
            for active in combinations(self.bounds, k):
                tied = [*self.equalities, *active]
                if not tied or all(
                    e.is_polynomial(*self.variables) and sp.Poly(e, *self.variables).total_degree() <= 1 for e in tied
                ):
                    continue
                if not all(e.is_polynomial(*self.variables) for e in tied):
                    continue
                jacobian = sp.Matrix([[sp.diff(e, v) for v in self.variables] for e in tied])
                m = len(tied)
                minors = [jacobian.extract(list(range(m)), list(c)).det() for c in combinations(range(n), m)]
                if any(e.is_number and e != 0 for e in minors):
                    continue
                try:
                    found += solutions([*tied, *(sp.expand(e) for e in minors)], tuple(self.variables), self.context, True)
                except (NotFinite, NoClosedForm):
                    continue
        return found

    def inside(self, values: tuple[Any, ...]) -> bool:
        point = dict(zip(self.variables, values, strict=True))
        return all(sp.sympify(b.subs(point) <= 0) != sp.false for b in self.bounds)

    # --- what is known of the whole ---

    def value(self, values: tuple[Any, ...]) -> Any:
        if values in self.known:
            return self.known[values]
        return short(self.f.subs(dict(zip(self.variables, values, strict=True)), simultaneous=True), self.context)

    def hessian(self) -> Any:
        return sp.hessian(self.f, self.variables)

    def convex(self) -> bool:
        """Whether the Hessian is positive semidefinite everywhere: all principal minors are nonnegative as they stand."""
        h = self.hessian()
        if self.equalities and all(
            e.is_polynomial(*self.variables) and sp.Poly(e, *self.variables).total_degree() <= 1 for e in self.equalities
        ):
            # Along the flat region that linear equations leave, only the directions inside it matter.
            directions = sp.Matrix([[sp.diff(e, v) for v in self.variables] for e in self.equalities]).nullspace()
            h = (
                sp.Matrix([[sp.expand((u.T * h * w)[0]) for w in directions] for u in directions])
                if directions
                else sp.zeros(0, 0)
            )
        n = h.rows
        for k in range(1, n + 1):
            for rows in combinations(range(n), k):
                minor = sp.factor(h.extract(list(rows), list(rows)).det())
                if not minor.is_nonnegative and not self._never_negative(minor):
                    return False
        return all(
            sp.Poly(e, *self.variables).total_degree() <= 1 for e in self.equalities if e.is_polynomial(*self.variables)
        ) and all(e.is_polynomial(*self.variables) for e in self.equalities)

    def _never_negative(self, e: Any) -> bool:
        """Sums of even powers with positive coefficients."""
        made = sp.expand(e)
        return all(t.is_nonnegative for t in sp.Add.make_args(made))

    def compact(self) -> bool:
        """Whether the region is bounded: every variable between numbers, or an equation with definite even leading terms."""
        if self._bounded_by_lines():
            return True
        boxed = {v for v in self.variables for b in self.bounds if (b - v).is_number} & {
            v for v in self.variables for b in self.bounds if (b + v).is_number
        }
        if boxed == set(self.variables):
            return True
        for g in [*self.equalities, *self.bounds]:
            if g.is_polynomial(*self.variables):
                poly = sp.Poly(g, *self.variables)
                top = [m for m in poly.terms() if sum(m[0]) == poly.total_degree()]
                pure = {next(i for i, p in enumerate(m[0]) if p) for m in top if sum(1 for p in m[0] if p) == 1}
                even = all(all(p % 2 == 0 for p in m[0]) and sp.sympify(m[1]).is_positive for m in top)
                if even and pure == set(range(len(self.variables))):
                    return True
        return False

    def _bounded_by_lines(self) -> bool:
        """Whether linear constraints bound every variable: bounds are passed on from one constraint to the next."""
        rows = []
        for e, both in [(b, False) for b in self.bounds] + [(e, True) for e in self.equalities]:
            if e.is_polynomial(*self.variables):
                p = sp.Poly(e, *self.variables)
                if p.total_degree() == 1 and all(c.is_Rational for c in p.coeffs()):
                    row = [p.coeff_monomial(v) for v in self.variables]
                    rows += [row, [-c for c in row]] if both else [row]
        known: set[tuple[int, int]] = set()
        while True:
            # A row says that the sum of c*v is at most a number: the side of v with the sign of c is bounded if the others are.
            new = {
                (i, 1 if c > 0 else -1)
                for row in rows
                for i, c in enumerate(row)
                if c and all(not d or j == i or (j, -1 if d > 0 else 1) in known for j, d in enumerate(row))
            }
            if new <= known:
                return len(known) == 2 * len(self.variables)
            known |= new

    def low_at_ends(self, lowest: Any) -> bool | None:
        """In one variable: whether an end of the region (or a limit there) is lower than a value."""
        (x,) = self.variables
        known = spot.range_of(x, self.context)
        ends = []
        for bound, side, default in ((known.lower, "+", -sp.oo), (known.upper, "-", sp.oo)):
            end = default if bound is None else sp.Rational(bound.numerator, bound.denominator)
            ends.append(limit_at(self.f, x, end, side if end.is_finite else "", self.context))
        if any(e is None for e in ends):
            return None
        return any(sp.sympify(e < lowest) == sp.true for e in ends)

    def coercive(self) -> bool:
        """A polynomial whose leading terms are even powers with positive coefficients, one of every variable: it grows in all
        directions."""
        if not self.f.is_polynomial(*self.variables):
            return False
        poly = sp.Poly(self.f, *self.variables)
        degree = poly.total_degree()
        form = sp.Add(
            *(c * sp.Mul(*(v**p for v, p in zip(self.variables, m, strict=True))) for m, c in poly.terms() if sum(m) == degree)
        )
        if degree == 2:
            h = sp.hessian(form, self.variables)
            return all(h[:k, :k].det().is_positive for k in range(1, len(self.variables) + 1))
        parts = sp.Add.make_args(sp.expand(form))
        pure = {
            v for v in self.variables if any(t.has(v) and not t.has(*(u for u in self.variables if u is not v)) for t in parts)
        }
        return pure == set(self.variables) and all(t.is_nonnegative for t in parts)


def _instances(value: Any, x: Any, context: Context) -> list[Any]:
    """The members of a periodic family nearest to 0; a single value as it is."""
    families = [s for s in value.free_symbols if s.name == "k" and s.is_integer and s not in context.terms]
    if not families:
        return [value]
    context.note(INCOMPLETE)
    return [value.subs(families[0], j) for j in (-1, 0, 1)]


def _point(problem: Extremum, values: tuple[Any, ...]) -> Term:
    lifted = tuple(lift(v, problem.context) for v in values)
    return lifted[0] if problem.single else vector(lifted)


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
    whole: Term | None = None
    for p in parts:
        whole = p if whole is None else App("and", (whole, p), (), "truth")
    remarks = list(context.notes), list(context.rounded)
    try:
        found = within(context.seconds, extremum, f, names.symbol, whole, sign, context)
    except (NotApplicable, NoEnclosure, NoClosedForm):
        found = None
    if found is None:
        context.notes[:], context.rounded[:] = remarks
    return found


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


def _restricted(names: Term, subject_to: Term) -> tuple[Term, Term]:
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


def _extreme(context: Context, f: Term, names: Term, subject_to: Term, sign: int) -> Term:
    names, subject_to = _restricted(names, subject_to)
    direct = _on_the_line(context, f, names, subject_to, sign) or _reduced(context, f, names, subject_to, sign)
    if direct is not None:
        return direct
    problem = Extremum(context, f, names, subject_to)
    problem.f = sign * problem.f
    if not problem.f.free_symbols & set(problem.variables):
        raise fail("not-a-variable", "the function does not depend on these variables", names.span)
    found = within(4 * context.seconds, problem.candidates)
    if found is None:
        raise NoClosedForm("the critical points take too long to find")
    word = "minimum" if sign > 0 else "maximum"
    if len(problem.variables) == 1 and not problem.equalities and not problem.bounds and not found:
        ends = problem.low_at_ends(sp.oo)
        if ends is not None:
            return text(UNBOUNDED) if _falls(problem) else text(NOT_ATTAINED)
    if not found and _infeasible(context, subject_to):
        return text(EMPTY)
    values = [problem.value(p) for p in found]
    kept = [(p, v) for p, v in zip(found, values, strict=True) if not v.has(*problem.variables)]
    found, values = [p for p, _ in kept], [v for _, v in kept]
    lowest_along, direction = _along_curves(problem)
    if lowest_along == -sp.oo:
        context.note(f"{direction}, it {'falls' if sign > 0 else 'grows'} beyond all bounds")
        return text(UNBOUNDED)
    if not found and _escapes(problem, None):
        return text(UNBOUNDED)
    if not found:
        raise NoClosedForm(f"no candidate for a {word} was found")
    if any(v.free_symbols for v in values) and len(values) > 1:
        raise NoClosedForm("the critical values depend on parameters and cannot be ordered")
    lowest = min(values, key=lambda v: float(v.evalf(30))) if len(values) > 1 else values[0]
    places = [p for p, v in zip(found, values, strict=True) if v == lowest or vanishes(v - lowest, context)]
    if lowest_along is not None and lowest.is_number and lowest_along < lowest:
        low = sp.sympify(sign * lowest_along)
        if (problem.f - lowest_along).is_nonnegative:
            context.note(f"the {'infimum' if sign > 0 else 'supremum'} is {low}, approached {direction}; it is not attained")
            return text(NOT_ATTAINED)
        raise NoClosedForm(f"no critical point is a global {word}: the values approach {low} {direction}")
    free = sorted({str(s) for p in places for v in p for s in v.free_symbols & set(problem.variables)})
    if free:
        context.note(f"{', '.join(free)} free")
    if not _is_global(problem, lowest) and not _definite_if(problem):
        if _escapes(problem, lowest):
            return text(UNBOUNDED)
        context.note(f"the {'lowest' if sign > 0 else 'highest'} of the critical points; not shown to be the global {word}")
    points = [_point(problem, p) for p in places]
    place = points[0] if len(points) == 1 else App("set", tuple(points), (), "set")
    return App("tuple", (lift(short(sign * lowest, context), context), place), (), "tuple")


def _definite_if(problem: Extremum) -> bool:
    """A quadratic with parameters, without constraints: it has a least value where its Hessian is positive definite, which becomes a
    condition."""
    if problem.equalities or problem.bounds or not problem.f.is_polynomial(*problem.variables):
        return False
    if sp.Poly(problem.f, *problem.variables).total_degree() != 2:
        return False
    h = problem.hessian()
    minors = [sp.factor(h[:k, :k].det()) for k in range(1, h.rows + 1)]
    if any(not m.free_symbols and not m.is_positive for m in minors) or not any(m.free_symbols for m in minors):
        return False
    for m in minors:
        if not m.is_positive:
            numbers = sp.Mul(*(x for x in sp.Mul.make_args(m) if x.is_positive))
            problem.context.require(lift(sp.Gt(sp.cancel(m / numbers), 0), problem.context))
    return True


def _falls(problem: Extremum) -> bool:
    (x,) = problem.variables
    return any(limit_at(problem.f, x, end, "", problem.context) == -sp.oo for end in (sp.oo, -sp.oo))


def _is_global(problem: Extremum, lowest: Any) -> bool:
    if problem.compact() or problem.coercive() or (problem.f - lowest).is_nonnegative:
        return True
    if problem.convex() and all(
        b.is_polynomial(*problem.variables) and sp.Poly(b, *problem.variables).total_degree() <= 1 for b in problem.bounds
    ):
        return True
    if len(problem.variables) == 1 and not problem.equalities and problem.f.free_symbols == set(problem.variables):
        return problem.low_at_ends(lowest) is False
    return False


def _infeasible(context: Context, subject_to: Term) -> bool:
    """Whether it is proved that no point satisfies the constraints."""
    if subject_to == MISSING:
        return False
    whole: Term | None = None
    for p in parts_of(explicit(subject_to, context)):
        whole = p if whole is None else App("and", (whole, p), (), "truth")
    return whole is not None and bool(
        within(context.seconds, proves, Goal("=>", whole, FALSE, context.assumptions, "real"), context)
    )


_EXPONENTS = (-2, -1, 0, 1, 2)
_SCALES = (1, -1, 2, -2)


def _along_curves(problem: Extremum) -> tuple[Any, str]:
    """The least limit of a polynomial along the curves `c*t^p` as t grows, without constraints, with a curve that has it."""
    best: tuple[Any, str] = (None, "")
    n = len(problem.variables)
    if problem.equalities or problem.bounds or n > 3 or not problem.f.is_polynomial(*problem.variables):
        return best
    try:
        terms = [(m, float(c)) for m, c in sp.Poly(problem.f, *problem.variables).terms()]
        exact = dict(sp.Poly(problem.f, *problem.variables).terms())
    except TypeError:
        return best
    for exponents in sorted(product(_EXPONENTS, repeat=n), key=lambda e: (sum(map(abs, e)), sum(k < 0 for k in e))):
        if all(e <= 0 for e in exponents):
            continue
        for scales in product(_SCALES if n < 3 else _SCALES[:2], repeat=n):
            rows: dict[int, float] = {}
            for m, c in terms:
                e = sum(a * b for a, b in zip(m, exponents, strict=True))
                size = c
                for a, s in zip(m, scales, strict=True):
                    size *= s**a
                rows[e] = rows.get(e, 0.0) + size
            tops = [e for e, c in rows.items() if abs(c) > 1e-9]
            top = max(tops, default=0)
            if top > 0 and rows[top] > 0:
                continue
            curve = ", ".join(f"{v} = {_monomial(s, e)}" for v, s, e in zip(problem.variables, scales, exponents, strict=True))
            if top > 0:
                return -sp.oo, f"along {curve} as t -> oo"
            limit = sp.Add(
                *(
                    c * sp.Mul(*(sp.Integer(s) ** a for a, s in zip(m, scales, strict=True)))
                    for m, c in exact.items()
                    if sum(a * b for a, b in zip(m, exponents, strict=True)) == 0
                )
            )
            if best[0] is None or limit < best[0]:
                best = (limit, f"along {curve} as t -> oo")
    return best


def _monomial(scale: int, exponent: int) -> str:
    """`2*t`, `-1/t`, `t^2`."""
    if exponent == 0:
        return str(scale)
    power = "t" if abs(exponent) == 1 else f"t^{abs(exponent)}"
    if exponent < 0:
        return f"{scale}/{power}"
    return power if scale == 1 else f"-{power}" if scale == -1 else f"{scale}*{power}"


def _escapes(problem: Extremum, lowest: Any) -> bool:
    """Whether the function falls below a value along an axis or a diagonal, without constraints."""
    if problem.equalities or problem.bounds:
        return False
    t = sp.Symbol("t", positive=True)
    n = len(problem.variables)
    directions = [[int(i == k) for i in range(n)] for k in range(n)] + [[1] * n, [(-1) ** i for i in range(n)]]
    for d in directions:
        for s in (1, -1):
            along = problem.f.subs(dict(zip(problem.variables, [s * c * t for c in d], strict=True)), simultaneous=True)
            try:
                if limit_at(along, t, sp.oo, "", problem.context) == -sp.oo:
                    return True
            except NoClosedForm:
                continue
    return False


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
    return App("set", tuple(_point(problem, p) for p in found if problem.inside(p)), (), "set")


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
        pairs.append(App("tuple", (_point(problem, p), text(word)), (), "tuple"))
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
            context.note(f"at {show(_point(problem, p))} the gradients of the constraints depend on each other: look there too")
    pairs = [App("tuple", (_point(problem, p), lift(problem.value(p), context)), (), "tuple") for p in found]
    if any(problem.multipliers.get(p) for p in found):
        shown = [", ".join(show(lift(short(-m, context), context)) for m in problem.multipliers.get(p, ())) for p in found]
        context.note(f"multipliers: {'; '.join(shown)}")
    return App("set", tuple(pairs), (), "set")
