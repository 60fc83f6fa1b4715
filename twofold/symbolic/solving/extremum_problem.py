"""A function of several variables on a region: its critical points, with active constraints as equations, and what is known of the
whole: convexity, boundedness of the region, growth."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, product
from typing import Any

import sympy as sp
from flint import fmpq

from twofold.core.diagnostic import fail
from twofold.grammar.term import MISSING, App, Array, Symbol, Term, free_symbols, num, var, vector
from twofold.symbolic import spot
from twofold.symbolic.algebra.matrices import vanishes
from twofold.symbolic.calculus.derivatives import variables_of
from twofold.symbolic.condition_form import negation
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import within
from twofold.symbolic.entries import explicit
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower
from twofold.symbolic.solving.equations import solve
from twofold.symbolic.solving.extremum_shape import compact
from twofold.symbolic.solving.rational_equations import one_unknown, polynomial_solutions
from twofold.symbolic.solving.reading import INCOMPLETE, Problem, holds, parts_of
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
from twofold.symbolic.sympy_order import place_of
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
        self.multipliers: dict[tuple[Any, ...], list[tuple[tuple[Any, ...], tuple[Any, ...]]]] = {}
        """For points: the inequalities that were taken for equations, and the multipliers of all equations, those of inequalities last."""
        self.equalities: list[Any] = []
        self.bounds: list[Any] = []
        self.strict: set[Any] = set()
        self.polynomials: dict[Any, Any] = {}
        self.bounded: dict[tuple[Any, ...], bool] = {}
        self.smoothness: dict[tuple[Any, ...], bool] = {}
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
        inner = Context(self.context.assumptions, self.context.reading, seed=self.context.seed, seconds=self.context.seconds)
        inner.symbols.update(self.context.symbols)
        inner.terms.update(self.context.terms)
        factors = [var(Symbol(f"lambda{k}")) for k in range(len(tied))]
        multipliers = [lower(t, inner) for t in factors]
        lagrangian = self.f + sum((m * g for m, g in zip(multipliers, tied, strict=True)), sp.S.Zero)
        equations = [sp.diff(lagrangian, v) for v in self.variables] + tied
        equations = [e for e in equations if e != 0]
        if any(not e.free_symbols & {*self.variables, *multipliers} for e in equations):
            return []
        unknowns = (*self.variables, *multipliers)
        if not equations:
            return []
        if self.context.reading == "real" and not all(e.is_polynomial(*unknowns) for e in equations):
            names = (*(inner.terms[v] for v in self.variables), *factors)
            zeros = tuple(App("eq", (lift(e, inner), num(0)), (), "truth") for e in equations)
            made = solve(inner, App("set", zeros, (), "set"), names[0] if len(names) == 1 else App("tuple", names, (), "tuple"))
        else:
            problem = Problem(tuple(equations), (), unknowns, () if len(unknowns) == 1 else None)
            made = one_unknown(problem, unknowns[0], inner) if len(unknowns) == 1 == len(equations) else system(problem, inner)
        if INCOMPLETE in inner.notes:
            self.context.note(INCOMPLETE)
            self.levels.append((None, False))
        while isinstance(made, App) and made.op == "piecewise":
            # The other cases hold for special values of parameters only.
            for condition in made.args[1:-1:2]:
                self.context.require(negation(condition))
            made = made.args[-1]
        if not isinstance(made, App) or made.op != "set" or inner.rounded:
            raise NoClosedForm("the critical points are not finitely many formulas")
        if not active and made.args:
            own = {s for t in factors for s in free_symbols(t)}
            for condition in inner.conditions:
                if not own & set(free_symbols(condition)):
                    self.context.require(condition)
        if len(unknowns) == 1:
            return [{unknowns[0]: v} for t in made.args for v in _instances(lower(t, inner), self.context)]
        points = []
        for p in made.args:
            if not isinstance(p, Array):
                raise NoClosedForm("the critical points are not finitely many")
            values = tuple(lower(x, inner) for row in p.rows for x in row)
            n = len(self.variables)
            self.multipliers.setdefault(values[:n], []).append((active, values[n:]))
            points.append(dict(zip(unknowns, values, strict=True)))
        return points

    def affine(self, e: Any) -> tuple[list[Fraction], Fraction] | None:
        """The coefficients of the variables and the constant of an expression of first degree over the rationals; `None` for others."""
        p = self.polynomial(e)
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
        p = self.polynomial(self.f)
        return all(_is_zero(sp.diff(self.f, v)) for v in self.variables) if p is None else bool(p.is_ground)

    def polynomial(self, e: Any) -> Any:
        """The expression in the ring of the variables, multipliers and the value; `None` where it is no polynomial."""
        if e not in self.polynomials:
            self.polynomials[e] = polynomial_in(e, tuple(self.variables), self.ring)
        return self.polynomials[e]

    def _with_values(self, active: tuple[Any, ...]) -> list[dict[Any, Any]] | None:
        """The solutions of polynomial conditions, the exact value of the function with each; `None` where there are not finitely many.

        Of infinitely many in a region with bounds some are given, see `partial`.
        """
        n, tied = len(self.variables), [*self.equalities, *active]
        made = [self.polynomial(e) for e in (self.f, *tied)]
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
            found = [] if isinstance(error, Free) and compact(self) else self._sliced(whole)
            level = within(self.context.seconds, constant_on, f, conditions, self.ring)
            self.levels.append((level, any(self.inside(p[:n]) for p in found) or isinstance(error, Free) and compact(self)))
        except NoClosedForm:
            return None
        if found is None:
            return None
        for p in found:
            self.known[p[:n]] = p[-1]
            self.multipliers.setdefault(p[:n], []).append((active, p[n : n + len(ties)]))
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
                    found_as = tuple(p[v] for v in self.variables)
                    values = tuple(short(v, self.context) for v in found_as)
                    if found_as in self.multipliers:
                        self.multipliers[values] = self.multipliers[found_as]
                    # What stays free may be written with a multiplier, which is a name like any other to those who solve.
                    free = any(isinstance(s, sp.Dummy) or s in self.variables for v in values for s in v.free_symbols)
                    if free and self.bounds:
                        self.levels.append((None, False))
                    elif self.inside(values):
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
                    self.levels.append((None, False))
                    continue
                rows = [self.polynomial(e) for e in tied]
                try:
                    found += self._dependent(tied) if any(p is None for p in rows) else self._dependent_in_ring(rows)
                except (NotFinite, NoClosedForm):
                    self.levels.append((None, False))
        return found

    def _dependent(self, tied: list[Any]) -> list[tuple[Any, ...]]:
        """The points of constraints with parameters at which their gradients depend on each other."""
        jacobian = sp.Matrix([[sp.diff(e, v) for v in self.variables] for e in tied])
        m, n = len(tied), len(self.variables)
        minors = [jacobian.extract(list(range(m)), list(c)).det() for c in combinations(range(n), m)]
        if any(e.is_number and e != 0 for e in minors):
            return []
        return solutions([*tied, *(sp.expand(e) for e in minors)], tuple(self.variables), self.context, True)

    def _dependent_in_ring(self, tied: list[Any]) -> list[tuple[Any, ...]]:
        """The same for constraints with rational coefficients."""
        m, n, gens = len(tied), len(self.variables), self.ring.gens
        slopes = [[p.diff(gens[k]) for k in range(n)] for p in tied]
        minors = [_determinant([[row[k] for k in c] for row in slopes]) for c in combinations(range(n), m)]
        if any(e.is_ground and e for e in minors):
            return []
        found = within(self.context.seconds, common_zeros, [*tied, *minors, *gens[n:]], self.ring, self.context, True)
        if found is None:
            raise NotFinite
        return [p[:n] for p in found]

    def has_degree(self, e: Any, n: int) -> bool:
        """Whether an expression is a polynomial of at most this degree, whatever its coefficients."""
        return bool(e.is_polynomial(*self.variables)) and sp.Poly(e, *self.variables).total_degree() <= n

    def _put(self, e: Any, values: tuple[Any, ...]) -> Any:
        """An expression at a point."""
        p = self.polynomial(e) if all(v.is_Rational for v in values) else None
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
        """Whether a point may lie in the closed region."""
        return not any(_is_positive(self._put(b, values)) for b in self.bounds)

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


def _determinant(rows: list[list[Any]]) -> Any:
    """The determinant of a small matrix of polynomials, by its first row."""
    if len(rows) == 1:
        return rows[0][0]
    return sum(
        ((-1) ** k * x * _determinant([r[:k] + r[k + 1 :] for r in rows[1:]]) for k, x in enumerate(rows[0])), 0 * rows[0][0]
    )


def _is_positive(e: Any) -> bool:
    """Whether an expression certainly is positive. SymPy would also say so of zeros that are written with roots of polynomials."""
    if e.is_number and not e.is_Rational and (v := spot.value(e, {})) is not None:
        return bool(v.real > 1e-20)
    return sp.sympify(e <= 0) == sp.false


def _is_zero(e: Any) -> bool:
    return e == 0 or holds(e, Context()) is not False and sp.simplify(e) == 0


def _instances(value: Any, context: Context) -> list[Any]:
    """The members of a periodic family nearest to 0; a single value as it is."""
    families = [s for s in value.free_symbols if s.name == "k" and s.is_integer and s not in context.terms]
    if not families:
        return [value]
    context.note(INCOMPLETE)
    return [value.subs(families[0], j) for j in (-1, 0, 1)]


def point(problem: Extremum, values: tuple[Any, ...]) -> Term:
    lifted = tuple(lift(v, problem.context) for v in values)
    return lifted[0] if problem.single else vector(lifted)
