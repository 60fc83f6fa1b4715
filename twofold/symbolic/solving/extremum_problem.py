"""A function of several variables on a region: its critical points, with active constraints as equations, and what is known of the
whole: convexity, boundedness of the region, growth."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, product
from typing import Any

import sympy as sp
from flint import fmpq, fmpq_mat, fmpq_poly

from twofold.core.diagnostic import fail
from twofold.grammar.term import App, Array, Term, vector
from twofold.symbolic import spot
from twofold.symbolic.algebra.matrices import vanishes
from twofold.symbolic.calculus.derivatives import variables_of
from twofold.symbolic.calculus.limits import limit_at
from twofold.symbolic.condition_form import negation
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import within
from twofold.symbolic.entries import explicit
from twofold.symbolic.lift import lift, place_of
from twofold.symbolic.lower import lower
from twofold.symbolic.solving.rational_equations import one_unknown, polynomial_solutions
from twofold.symbolic.solving.reading import INCOMPLETE, MISSING, Problem, holds, parts_of
from twofold.symbolic.solving.systems import system
from twofold.symbolic.solving.zero_dimensional import (
    Free,
    NotFinite,
    common_zeros,
    constant_on,
    polynomial_in,
    ring_of,
    solutions,
)
from twofold.symbolic.tidy import short

_SLICES = (Fraction(0), Fraction(1), Fraction(-1), Fraction(1, 2), Fraction(2), Fraction(-2), Fraction(1, 4))
"""Coordinates of the points that are looked at where there are infinitely many."""


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
        self.strict: set[Any] = set()
        self.polynomials: dict[Any, Any] = {}
        self._compact: dict[tuple[Any, ...], bool] = {}
        self.levels: list[tuple[Any, bool]] = []
        """Where infinitely many points satisfy the conditions: the value of the function at all of them, `None` where it is not known, and
        whether the points of the region among them are sure to be at no other value than that of a candidate."""
        if subject_to != MISSING:
            for part in parts_of(explicit(subject_to, context)):
                self._constrain(part)
        for v in self.variables:
            known = spot.range_of(v, context)
            if known.lower is not None:
                self.bounds.append(sp.Rational(known.lower.numerator, known.lower.denominator) - v)
                self.strict |= {self.bounds[-1]} if known.open_lower else set()
            if known.upper is not None:
                self.bounds.append(v - sp.Rational(known.upper.numerator, known.upper.denominator))
                self.strict |= {self.bounds[-1]} if known.open_upper else set()
        self.ring = ring_of(2 * len(self.variables) + len(self.equalities) + 1)

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
            if part.op in ("lt", "gt"):
                self.strict.add(self.bounds[-1])

    # --- candidates ---

    def stationary(self, active: tuple[Any, ...]) -> list[dict[Any, Any]]:
        """Points where the Lagrange conditions hold with these inequalities as equations. Raises `NoClosedForm`."""
        direct = self._with_values(active)
        if direct is not None:
            return direct
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
        inner = Context(self.context.assumptions, self.context.reading, seed=self.context.seed, seconds=self.context.seconds)
        inner.symbols.update(self.context.symbols)
        inner.terms.update(self.context.terms)
        problem = Problem(tuple(equations), (), unknowns, () if len(unknowns) == 1 else None)
        made = one_unknown(problem, unknowns[0], inner) if len(unknowns) == 1 == len(equations) else system(problem, inner)
        if INCOMPLETE in inner.notes:
            self.context.note(INCOMPLETE)
        while isinstance(made, App) and made.op == "piecewise":
            # The other cases hold for special values of parameters only.
            for condition in made.args[1:-1:2]:
                self.context.require(negation(condition))
            made = made.args[-1]
        if not isinstance(made, App):
            return []
        if len(unknowns) == 1:
            return [{unknowns[0]: v} for t in made.args for v in _instances(lower(t, inner), unknowns[0], self.context)]
        points = []
        for p in made.args:
            if not isinstance(p, Array):
                raise NoClosedForm("the critical points are not finitely many")
            values = [lower(x, inner) for row in p.rows for x in row]
            points.append(dict(zip(unknowns, values, strict=True)))
        return points

    def affine(self, e: Any) -> tuple[list[Fraction], Fraction] | None:
        """The coefficients of the variables and the constant of an expression of first degree over the rationals; `None` for others."""
        p = self._polynomial(e)
        if p is None or any(sum(m) > 1 for m in p.itermonoms()):
            return None
        n = len(self.variables)
        slopes = [Fraction(0)] * n
        start = Fraction(0)
        for m, c in p.iterterms():
            value = Fraction(int(c.numerator), int(c.denominator))
            if any(m):
                slopes[m.index(1)] = value
            else:
                start = value
        return slopes, start

    def flat(self) -> bool:
        """Whether all first derivatives are 0 everywhere."""
        p = self._polynomial(self.f)
        return all(_is_zero(sp.diff(self.f, v)) for v in self.variables) if p is None else bool(p.is_ground)

    def _polynomial(self, e: Any) -> Any:
        """The expression in the ring of the variables, multipliers and the value; `None` where it is no polynomial."""
        if e not in self.polynomials:
            self.polynomials[e] = polynomial_in(e, tuple(self.variables), self.ring)
        return self.polynomials[e]

    def _with_values(self, active: tuple[Any, ...]) -> list[dict[Any, Any]] | None:
        """The solutions of polynomial conditions, the exact value of the function with each; `None` where there are not finitely many.

        Of infinitely many in a region with bounds some are given, see `partial`.
        """
        n, tied = len(self.variables), [*self.equalities, *active]
        made = [self._polynomial(e) for e in (self.f, *tied)]
        if any(p is None for p in made) or self.context.reading != "real":
            return None
        gens = self.ring.gens
        f, *ties = made
        lagrangian = f
        for k, g in enumerate(ties):
            lagrangian = lagrangian + gens[n + k] * g
        conditions = [lagrangian.diff(gens[k]) for k in range(n)] + ties
        if any(p.is_ground and p for p in conditions):
            return []
        # Unused multipliers stand for 0.
        idle = list(gens[n + len(ties) : -1])
        whole = [*conditions, gens[-1] - f, *idle]
        try:
            found = within(self.context.seconds, common_zeros, whole, self.ring, self.context, True)
        except NotFinite as error:
            if not self.bounds:
                return None
            # A set that runs to infinity meets the edge of a bounded region, where other conditions find its points.
            found = [] if isinstance(error, Free) and self.compact() else self._sliced(whole)
            level = within(self.context.seconds, constant_on, f, conditions, self.ring)
            self.levels.append((level, any(self.inside(p[:n]) for p in found) or isinstance(error, Free) and self.compact()))
        except NoClosedForm:
            return None
        if found is None:
            return None
        for p in found:
            self.known[p[:n]] = p[-1]
            self.multipliers[p[:n]] = p[n : n + len(ties)]
        return [dict(zip(self.variables, p, strict=False)) for p in found]

    def _sliced(self, conditions: list[Any]) -> list[Any]:
        """Some solutions of conditions that have infinitely many: those with given coordinates."""
        gens = self.ring.gens
        for count in (1, 2):
            for places in combinations(range(len(self.variables)), count):
                found: list[Any] = []
                for at in product(_SLICES, repeat=count):
                    cut = [gens[k] - sp.QQ(c.numerator, c.denominator) for k, c in zip(places, at, strict=True)]
                    try:
                        found += within(1, common_zeros, [*conditions, *cut], self.ring, self.context, True) or []
                    except (NotFinite, NoClosedForm):
                        continue
                    if any(self.inside(p[: len(self.variables)]) for p in found):
                        return found
        return []

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
                    self.levels.append((None, False))
                    continue
                for p in points:
                    values = tuple(short(p[v], self.context) for v in self.variables)
                    # What stays free may be written with a multiplier, which is a name like any other to those who solve.
                    free = any(v.has(sp.Dummy, *self.variables) for v in values)
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
                if not tied or all(self.affine(e) is not None or self.has_degree(e, 1) for e in tied):
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

    def has_degree(self, e: Any, n: int) -> bool:
        """Whether an expression is a polynomial of at most this degree, whatever its coefficients."""
        return bool(e.is_polynomial(*self.variables)) and sp.Poly(e, *self.variables).total_degree() <= n

    def _put(self, e: Any, values: tuple[Any, ...]) -> Any:
        """An expression at a point."""
        p = self._polynomial(e) if all(v.is_Rational for v in values) else None
        if p is None:
            return e.subs(dict(zip(self.variables, values, strict=True)))
        numbers = [fmpq(int(v.p), int(v.q)) for v in values]
        total = fmpq(0)
        for m, c in p.iterterms():
            t = fmpq(int(c.numerator), int(c.denominator))
            for x, d in zip(numbers, m, strict=False):
                t *= x**d if d else 1
            total += t
        return sp.Rational(int(total.p), int(total.q))

    def inside(self, values: tuple[Any, ...]) -> bool:
        return all(sp.sympify(self._put(b, values) <= 0) != sp.false for b in self.bounds)

    def reached(self, values: tuple[Any, ...]) -> bool:
        """Whether a point of the closed region satisfies the strict inequalities too."""
        return not any(vanishes(e, self.context) for b in self.strict if (e := self._put(b, values)).is_number)

    # --- what is known of the whole ---

    def settled(self, lowest: Any) -> bool:
        """Whether no point that satisfies the conditions is lower than the candidates."""
        return all(level is not None and (met or level >= lowest) for level, met in self.levels)

    def value(self, values: tuple[Any, ...]) -> Any:
        if values in self.known:
            return self.known[values]
        return short(self.f.subs(dict(zip(self.variables, values, strict=True)), simultaneous=True), self.context)

    def hessian(self) -> Any:
        return sp.hessian(self.f, self.variables)

    def convex(self) -> bool:
        """Whether the Hessian is positive semidefinite everywhere: all principal minors are nonnegative as they stand."""
        if not self._convex_domain():
            return False
        flat = [self.affine(e) for e in self.equalities]
        second = self._second()
        if second is not None and all(line is not None for line in flat):
            return all(c >= 0 for c in _symmetric_functions(_restricted(second, [line[0] for line in flat if line is not None])))
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

    def _second(self) -> fmpq_mat | None:
        """The second derivatives of a polynomial of the second degree; `None` for other functions."""
        p, n = self._polynomial(self.f), len(self.variables)
        if p is None or any(sum(m) > 2 for m in p.itermonoms()):
            return None
        h = fmpq_mat(n, n)
        for m, c in p.iterterms():
            if sum(m) == 2:
                i, j = [k for k, d in enumerate(m) for _ in range(d)]
                h[i, j] = h[j, i] = fmpq(int(c.numerator), int(c.denominator)) * (2 if i == j else 1)
        return h

    def _convex_domain(self) -> bool:
        """Whether the function is seen to be smooth on a convex set that holds the region: logarithms and roots of affine expressions, and
        denominators that are positive there."""
        if not self.f.atoms(sp.Function) and self.f.is_polynomial(*self.variables):
            return True
        names = {v: sp.Dummy(v.name, positive=True) for v in self.variables if self._is_positive(v)}

        def affine(u: Any) -> bool:
            return bool(u.is_polynomial(*self.variables)) and sp.Poly(u, *self.variables).total_degree() <= 1

        inside = {u for g in self.f.atoms(sp.log) for u in g.args if u.has(*self.variables)}
        if any(not isinstance(g, (sp.log, sp.exp, sp.sin, sp.cos, sp.sinh, sp.cosh, sp.atan)) for g in self.f.atoms(sp.Function)):
            return False
        if not all(affine(u) or u.xreplace(names).is_positive for u in inside):
            return False
        for p in self.f.atoms(sp.Pow):
            if not p.base.has(*self.variables) or p.exp.is_Integer and p.exp > 0:
                continue
            positive = p.base.xreplace(names).is_positive or p.base in inside
            if p.exp.has(*self.variables) or not positive and (p.exp.is_Integer or not affine(p.base)):
                return False
        return True

    def _never_negative(self, e: Any) -> bool:
        """Sums of terms that are not negative inside the region, over a denominator that is not negative either: even powers, and
        products of variables that are bounded below by 0."""
        names = {v: sp.Dummy(v.name, positive=True) for v in self.variables if self._is_positive(v)}
        above, below = sp.fraction(sp.together(e.xreplace(names)))
        made = sp.expand(above * below)
        if all(t.is_nonnegative for t in sp.Add.make_args(made)):
            return True
        return all(t.is_nonnegative for p in (above, below) for t in sp.Add.make_args(sp.expand(p)))

    def _is_positive(self, v: Any) -> bool:
        """Whether a bound says that a variable is at least a number that is not negative."""
        return bool(v.is_nonnegative) or any((c := b + v).is_number and c.is_nonnegative for b in self.bounds)

    def compact(self) -> bool:
        """Whether the region is bounded: every variable between numbers, or an equation with definite even leading terms."""
        key = tuple(self.bounds)
        if key not in self._compact:
            self._compact[key] = self._is_bounded()
        return self._compact[key]

    def _is_bounded(self) -> bool:
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
            if (line := self.affine(e)) is not None and any(line[0]):
                rows += [line[0], [-c for c in line[0]]] if both else [line[0]]
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
        second = self._second()
        if second is not None:
            return all(c > 0 for c in _symmetric_functions(second))
        if not self.f.is_polynomial(*self.variables):
            return False
        terms = sp.Poly(self.f, *self.variables).terms()
        degree = max(sum(m) for m, _ in terms)
        if degree == 2:
            h = self.hessian()
            return all(h[:k, :k].det().is_positive for k in range(1, len(self.variables) + 1))
        top = [(m, c) for m, c in terms if sum(m) == degree]
        pure = {next(k for k, d in enumerate(m) if d) for m, _ in top if sum(map(bool, m)) == 1}
        rising = all(sp.Mul(c, *(v**d for v, d in zip(self.variables, m, strict=True))).is_nonnegative for m, c in top)
        return rising and len(pure) == len(self.variables) or _dominated(terms, len(self.variables))


def _symmetric_functions(h: fmpq_mat) -> list[fmpq]:
    """The elementary symmetric functions of the eigenvalues of a symmetric matrix: none is negative where no eigenvalue is, and all are
    positive where all eigenvalues are."""
    n = h.nrows()
    row = h.charpoly() if n else fmpq_poly([1])
    return [row[n - k] * (-1) ** k for k in range(1, n + 1)]


def _restricted(h: fmpq_mat, rows: list[list[Fraction]]) -> fmpq_mat:
    """A quadratic form on the vectors that are orthogonal to all rows."""
    if not rows:
        return h
    n = h.nrows()
    table, rank = fmpq_mat(len(rows), n, [fmpq(c.numerator, c.denominator) for r in rows for c in r]).rref()
    pivots = [next(j for j in range(n) if table[i, j]) for i in range(rank)]
    free = [j for j in range(n) if j not in pivots]
    ways = fmpq_mat(n, len(free))
    for k, j in enumerate(free):
        ways[j, k] = fmpq(1)
        for i, p in enumerate(pivots):
            ways[p, k] = -table[i, j]
    return ways.transpose() * h * ways


def _dominated(terms: list[tuple[tuple[int, ...], Any]], n: int) -> bool:
    """Whether even powers, one of every variable, with positive coefficients outgrow all other terms: the sum of a_i/d_i over the
    exponents a of a term is below 1, or equal to 1 and then, by the weighted inequality of means, covered by what is left of the
    coefficients."""
    powers: dict[int, tuple[int, Any]] = {}
    for m, c in terms:
        if sum(map(bool, m)) == 1:
            k = next(i for i, e in enumerate(m) if e)
            if m[k] > powers.get(k, (0, 0))[0]:
                powers[k] = (m[k], c)
    if len(powers) < n or any(d % 2 or not c.is_positive for d, c in powers.values()):
        return False
    left = [powers[k][1] for k in range(n)]
    for m, c in terms:
        weights = [sp.Rational(e, powers[k][0]) for k, e in enumerate(m)]
        if sum(map(bool, m)) <= 1 or sum(weights) < 1 or sum(weights) == 1 and c.is_nonnegative and all(e % 2 == 0 for e in m):
            continue
        if sum(weights) > 1:
            return False
        left = [rest - sp.Abs(c) * u for rest, u in zip(left, weights, strict=True)]
    return all(rest.is_positive for rest in left)


def _is_zero(e: Any) -> bool:
    return e == 0 or holds(e, Context()) is not False and sp.simplify(e) == 0


def _instances(value: Any, x: Any, context: Context) -> list[Any]:
    """The members of a periodic family nearest to 0; a single value as it is."""
    families = [s for s in value.free_symbols if s.name == "k" and s.is_integer and s not in context.terms]
    if not families:
        return [value]
    context.note(INCOMPLETE)
    return [value.subs(families[0], j) for j in (-1, 0, 1)]


def point(problem: Extremum, values: tuple[Any, ...]) -> Term:
    lifted = tuple(lift(v, problem.context) for v in values)
    return lifted[0] if problem.single else vector(lifted)
