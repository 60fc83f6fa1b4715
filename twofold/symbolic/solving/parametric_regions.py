"""Inequalities between rational functions of one unknown, linear or quadratic in it, with parameters: the solutions by cases of the signs of a
leading coefficient and of a discriminant."""

from __future__ import annotations

from typing import Any, NamedTuple

import sympy as sp

from twofold.catalogue.comparisons import MIRRORED
from twofold.catalogue.conjunctions import together
from twofold.catalogue.shapes import app
from twofold.grammar.term import FALSE, TRUE, App, Term, num, transform
from twofold.symbolic.arithmetic import negate
from twofold.symbolic.condition_form import plain
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.lift import lift
from twofold.symbolic.open_conditions import is_proved
from twofold.symbolic.solving.reading import Problem

_NONE = "inequalities with parameters have no method here"
_STRICT = {"ge": "gt", "le": "lt"}


class _Case(NamedTuple):
    """What holds of the unknown, and of the parameters, where that is so; cases before it do not hold."""

    value: Term
    where: tuple[Term, ...] = ()


def region_by_cases(problem: Problem, context: Context) -> Term:
    """The condition on the unknown, in cases where signs of parameters decide. Raises `NoClosedForm`."""
    parts = [FALSE if c == sp.false else _Region(problem, c, context).term() for c in problem.conditions]
    if len(parts) > 1 and any(isinstance(p, App) and p.op == "piecewise" for p in parts):
        raise NoClosedForm(_NONE)
    return together(parts)


class _Region:
    """One comparison of a rational function with 0, as that of a polynomial without multiple zeros, and the zeros of denominators."""

    def __init__(self, problem: Problem, relation: Any, context: Context) -> None:
        self.context, self.x = context, problem.unknowns[0]
        compared = isinstance(relation, (sp.Gt, sp.Ge, sp.Lt, sp.Le))
        if not (compared or relation == sp.true) or any(kind != "ne" for _, kind in problem.domain):
            raise NoClosedForm(_NONE)
        self.op = "ge" if isinstance(relation, (sp.Ge, sp.Le)) else "gt"
        above, below = sp.fraction(sp.together(relation.gts - relation.lts)) if compared else (sp.S.One, sp.S.One)
        if not all(p.is_polynomial(*p.free_symbols) for p in (above, below)):
            raise NoClosedForm(_NONE)
        self.facts: list[Term] = []
        """What holds of the parameters in the case at hand."""
        self.below: list[Any] = []
        """Denominators that are functions of the parameters alone; that they are not 0 is a condition."""
        self.polynomial: Any = sp.S.One
        self.excluded: list[Any] = []
        self.added: list[Any] = []
        """Linear functions of the unknown at whose zeros the comparison does not hold, and does, whatever the polynomial is there."""
        for p, divides in ((above, False), (below, True)):
            self._take(p, divides)
        for e, _ in problem.domain:
            self._exclude(e)

    def _take(self, p: Any, divides: bool) -> None:
        constant, factors = sp.factor_list(p)
        self.polynomial *= constant
        for f, k in factors:
            if divides and not f.has(self.x):
                self.below.append(f)
                self.context.require(app("ne", lift(f, self.context), num(0)))
            if k % 2:
                self.polynomial *= f
            if f.has(self.x) and (k % 2 == 0 or divides and self.op == "ge"):
                if sp.degree(f, self.x) != 1:
                    raise NoClosedForm(_NONE)
                (self.excluded if divides or self.op == "gt" else self.added).append(f)

    def _exclude(self, e: Any) -> None:
        """The zeros of a denominator as it was written, that may have been cancelled."""
        for f, _ in sp.factor_list(e)[1] if e.is_polynomial(*e.free_symbols) else [(e, 1)]:
            if not f.has(self.x):
                if f not in self.below:
                    self.context.require(app("ne", lift(f, self.context), num(0)))
            elif f not in self.excluded and (self.op == "ge" or sp.rem(self.polynomial, f, self.x) != 0):
                if not f.is_polynomial(self.x) or sp.degree(f, self.x) != 1:
                    raise NoClosedForm(_NONE)
                self.excluded.append(f)

    def term(self) -> Term:
        p = sp.Poly(self.polynomial, self.x)
        if p.degree() > 2:
            raise NoClosedForm(_NONE)
        cases = [_Case(self._without_poles(self._with_zeros(c.value)), c.where) for c in self._cases(p.all_coeffs(), self.op)]
        cases = cases[: 1 + next((k for k, c in enumerate(cases) if not c.where), len(cases))]
        while len(cases) > 1 and cases[-2].value == cases[-1].value:
            del cases[-2]
        if len(cases) == 1:
            return cases[0].value
        return app(
            "piecewise", *(t for c in cases for t in ((c.value, together(map(plain, c.where))) if c.where else (c.value,)))
        )

    def _with_zeros(self, value: Term) -> Term:
        """A condition on the unknown that admits the zeros of squares too."""
        for f in self.added:
            a, b = sp.Poly(f, self.x).all_coeffs()
            if self._sign(a) not in (1, -1):
                raise NoClosedForm(_NONE)
            zero = app("eq", self._written(self.x), self._written(sp.factor(-b / a)))
            value = value if value == TRUE else zero if value == FALSE else App("or", (value, zero), (), "truth")
        return value

    def _without_poles(self, value: Term) -> Term:
        """A condition on the unknown that excludes the zeros of denominators."""
        if value == FALSE:
            return value
        x = self._written(self.x)
        for f in self.excluded:
            a, b = sp.Poly(f, self.x).all_coeffs()
            if self._sign(a) not in (1, -1):
                value = together([value, app("ne", self._written(f), num(0))])
                continue
            place = self._written(sp.factor(-b / a))

            def strict(t: Term, place: Term = place) -> Term | None:
                if isinstance(t, App) and t.op in _STRICT and {*t.args} == {x, place}:
                    return App(_STRICT[t.op], t.args, (), "truth")
                return None

            changed = transform(value, strict)
            value = together([value, app("ne", x, place)]) if changed == value else changed
        return value

    def _cases(self, row: list[Any], op: str) -> list[_Case]:
        """The cases of `a*x^2 + b*x + c op 0`, where a may be 0 for some parameters."""
        if len(row) == 1:
            return self._constant(row[0], op)
        known = self._sign(row[0])
        solved = self._linear if len(row) == 2 else self._quadratic
        if known:
            return solved([known * e for e in row], op if known > 0 else MIRRORED[op])
        if known == 0:
            return self._cases(row[1:], op)
        constant, factors = sp.factor_list(row[0])
        odd = sp.Mul(constant, *(f for f, k in factors if k % 2))
        apart = tuple(app("ne", self._written(f), num(0)) for f, k in factors if not k % 2 and self._sign(f) not in (1, -1))
        both = (-1, 1) if odd.could_extract_minus_sign() else (1, -1)
        ways = [s for s in both if self._sign(odd) in (s, None)]
        out: list[_Case] = []
        for sign in ways:
            where = (*((app("gt" if sign > 0 else "lt", self._written(odd), num(0)),) if len(ways) > 1 else ()), *apart)
            self.facts = list(where)
            found = solved([sign * e for e in row], op if sign > 0 else MIRRORED[op])
            out += [_Case(c.value, (*where, *c.where)) for c in found]
        self.facts = []
        *others, last = [f for f, _ in factors if self._sign(f) not in (1, -1)]
        for f in others:
            zero = app("eq", self._written(f), num(0))
            out += [_Case(c.value, (zero, *c.where)) for c in self._where_zero(f, row[1:], op)]
        return [*out, *self._where_zero(last, row[1:], op)]

    def _where_zero(self, f: Any, row: list[Any], op: str) -> list[_Case]:
        """The cases where a factor of the leading coefficient is 0; the value of a parameter is put in if that gives one."""
        if f in self.below:
            return []
        for s in sorted(f.free_symbols, key=str):
            if sp.degree(f, s) == 1 and f.coeff(s).is_number:
                row = [sp.factor(e.subs(s, -f.subs(s, 0) / f.coeff(s))) for e in row]
                break
        return self._cases(row[next((k for k, e in enumerate(row) if e != 0), len(row) - 1) :], op)

    def _constant(self, c: Any, op: str) -> list[_Case]:
        known = self._sign(c)
        if known is None:
            return [_Case(plain(app(op, self._written(c), num(0))))]
        return [_Case(TRUE if {"gt": known > 0, "ge": known >= 0, "lt": known < 0, "le": known <= 0}[op] else FALSE)]

    def _linear(self, row: list[Any], op: str) -> list[_Case]:
        a, b = row
        return [_Case(app(op, self._written(self.x), self._written(sp.factor(-b / a))))]

    def _quadratic(self, row: list[Any], op: str) -> list[_Case]:
        """The cases for a > 0."""
        a, b, c = row
        d = sp.factor(b**2 - 4 * a * c)
        root = sp.sqrt(d).replace(lambda e: isinstance(e, sp.Abs), lambda e: e.args[0])
        if d.is_nonpositive and d != 0:
            return self._never_negative(sp.factor(-b / (2 * a)), d, op)
        if not _has_radical(root):
            return [_Case(self._between(*self._ordered([sp.factor((-b + s * root) / (2 * a)) for s in (-1, 1)]), op))]
        low, high = (self._written(sp.simplify((-b + s * sp.sqrt(d)) / (2 * a))) for s in (-1, 1))
        inside, outside = self._between(low, high, op), TRUE if op in ("gt", "ge") else FALSE
        known = self._sign(d)
        if known == 1:
            return [_Case(inside)]
        if known == -1:
            return [_Case(outside)]
        where = app("gt" if op == "lt" else "ge", self._written(d.as_coeff_Mul()[1] if d.as_coeff_Mul()[0] > 0 else d), num(0))
        return [_Case(inside, (where,)), _Case(outside)]

    def _never_negative(self, zero: Any, d: Any, op: str) -> list[_Case]:
        """The cases of a quadratic that has one zero, where the discriminant is 0, or none."""
        otherwise = TRUE if op in ("gt", "ge") else FALSE
        if op in ("ge", "lt") or d.is_negative:
            return [_Case(otherwise)]
        vanishing = sp.Mul(*(f for f, _ in sp.factor_list(d)[1] if self._sign(f) not in (1, -1)))
        where = app("eq", self._written(vanishing), num(0))
        return [_Case(app("ne" if op == "gt" else "eq", self._written(self.x), self._written(zero)), (where,)), _Case(otherwise)]

    def _ordered(self, roots: list[Any]) -> tuple[Term, Term]:
        """Two rational functions of the parameters, the smaller one first."""
        gap = self._sign(sp.factor(roots[1] - roots[0]))
        if gap is not None:
            low, high = map(self._written, roots if gap >= 0 else roots[::-1])
            return low, high
        if sp.expand(roots[0] + roots[1]) == 0:
            size = app("abs", self._written(roots[0] if roots[1].could_extract_minus_sign() else roots[1]))
            return negate(size), size
        first, second = map(self._written, sorted(roots, key=sp.default_sort_key))
        return app("min", first, second), app("max", first, second)

    def _between(self, low: Term, high: Term, op: str) -> Term:
        x = self._written(self.x)
        if op in ("gt", "ge"):
            return App("or", (app(MIRRORED[op], x, low), app(op, x, high)), (), "truth")
        return App("and", (app(op, low, x), app(op, x, high)), (), "truth")

    def _written(self, e: Any) -> Term:
        return lift(e, self.context)

    def _sign(self, e: Any) -> int | None:
        """1, 0 or -1 where that is known of a function of the parameters."""
        if e.is_zero:
            return 0
        if e.is_positive:
            return 1
        if e.is_negative:
            return -1
        known, t = [*self.context.assumptions, *self.facts], self._written(e)
        return next((s for s, op in ((1, "gt"), (-1, "lt")) if is_proved(app(op, t, num(0)), known, self.context)), None)


def _has_radical(e: Any) -> bool:
    return any(not p.exp.is_Integer for p in e.atoms(sp.Pow))
