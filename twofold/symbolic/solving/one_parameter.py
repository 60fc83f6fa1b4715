"""Equations and inequalities in one real unknown with one real parameter, in all cases of the parameter.

Each formula for a solution holds where its conditions do: on intervals of the parameter with known ends. Between two neighbouring ends the formulas
that hold stay the same, and so does their order where they do not cross. In every such cell the relation is solved once more for one value of the
parameter, by the exact method for one unknown, which the formulas have to agree with; at the ends themselves it is solved as it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from itertools import combinations
from typing import Any

import sympy as sp

from twofold.catalogue.display import show
from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app
from twofold.grammar.term import FALSE, TRUE, App, Num, Symbol, Term, Var, free_symbols, num, substitute, var
from twofold.symbolic import spot
from twofold.symbolic.arithmetic import minus
from twofold.symbolic.condition_form import negation
from twofold.symbolic.context import Context
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower
from twofold.symbolic.solving.branch_roots import Condition, roots_by_branches
from twofold.symbolic.solving.completeness import ALL, NONE, complete
from twofold.symbolic.solving.monotone_pieces import domain_of, relation_spans
from twofold.symbolic.solving.places import EVERYTHING, Place, Span, at, between, inside, meet, ordered, union
from twofold.symbolic.solving.reading import domain_of as needed_by
from twofold.symbolic.solving.real_solutions import bounded, number, real_solutions, tidied
from twofold.symbolic.sympy_order import ordered as in_order
from twofold.symbolic.tidy import short

_CLOSE = 1e-20
_TRIES = 6


@dataclass(frozen=True)
class _Formula:
    """A solution, or another place at which the truth of the relation may change, and the values of the parameter for which it is one."""

    value: Any
    where: tuple[Span, ...]


@dataclass(frozen=True)
class _Cell:
    """Values of the parameter with the same answer."""

    span: Span
    answer: Term


def solved_by_cases(relation: Term, symbol: Symbol, context: Context) -> Term:
    """The solutions of a relation in a name with one other name in it. Raises `NotApplicable`, `NoEnclosure`, `NoClosedForm`."""
    return _Cases(relation, symbol, context).term()


class _Cases:
    def __init__(self, relation: Term, symbol: Symbol, context: Context) -> None:
        if not isinstance(relation, App) or relation.op not in ("eq", "lt", "le", "gt", "ge"):
            raise NotApplicable("not one relation")
        others = [s for s in free_symbols(relation) if s is not symbol]
        if len(others) != 1 or not all(s.kind == "real" and not s.shape and s.law is None for s in (symbol, *others)):
            raise NotApplicable("not one real parameter")
        self.relation, self.symbol, self.context = relation, symbol, context
        (self.parameter,) = others
        self.x, self.a = lower(var(symbol), context), lower(var(self.parameter), context)
        self.aside = context.aside()
        self.allowed = self._allowed()
        self.formulas, special = self._formulas()
        ends = [p for f in self.formulas for s in f.where for p in (s.low, s.high)]
        ends += [p for e in special for p in self._zeros(e)]
        ends += [p for s in self.allowed for p in (s.low, s.high)]
        if relation.op != "eq":
            ends += self._crossings()
        self.ends = ordered([p for p in ends if p is not None])

    # --- the formulas and where they hold ---

    def _allowed(self) -> list[Span]:
        """The values of the parameter: as declared, and where the parts without the unknown have a value."""
        spans = domain_of(var(self.parameter), self.parameter, self.aside)
        for t, kind in needed_by(self.relation, self.context):
            if self.symbol not in free_symbols(t):
                other = relation_spans(app(kind, t, num(0)), self.parameter, self.aside)
                spans = [s for x in spans for y in other if (s := meet(x, y)) is not None]
        return union(spans)

    def _formulas(self) -> tuple[list[_Formula], list[Any]]:
        assert isinstance(self.relation, App)
        equation = lower(minus(*self.relation.args), self.context)
        domain = [
            (lower(t, self.context), k) for t, k in needed_by(self.relation, self.context) if self.symbol in free_symbols(t)
        ]
        declared = tuple(self._declared())
        found = roots_by_branches(equation, self.x, (*domain, *declared))
        made, special = list(found.found), list(found.special)
        if self.relation.op != "eq":
            for e in [*(e for e, _ in domain), *(e for e, _ in declared)]:
                other = roots_by_branches(e, self.x, ())
                made += other.found
                special += other.special
        formulas: dict[Any, _Formula] = {}
        for value, conditions in made:
            where = tuple(self._where(conditions))
            if not where:
                continue
            value = short(value, self.context)
            known = formulas.get(value)
            formulas[value] = _Formula(value, tuple(union([*where, *known.where])) if known else where)
        return list(formulas.values()), special

    def _declared(self) -> Iterator[Condition]:
        """What is declared of the unknown, as conditions."""
        for s in domain_of(var(self.symbol), self.symbol, self.aside):
            if s.single or s.low is not None and s.low.term is None or s.high is not None and s.high.term is None:
                raise NotApplicable("the declared range is not one interval")
            if s.low is not None and s.low.term is not None:
                yield self.x - lower(s.low.term, self.context), "ge" if s.low_in else "gt"
            if s.high is not None and s.high.term is not None:
                yield self.x - lower(s.high.term, self.context), "le" if s.high_in else "lt"

    def _where(self, conditions: tuple[Condition, ...]) -> list[Span]:
        spans = self.allowed
        for e, op in conditions:
            if not spans:
                break
            other = self._holds(sp.sympify(e), op)
            spans = [s for x in spans for y in other if (s := meet(x, y)) is not None]
        return spans

    def _holds(self, e: Any, op: str) -> list[Span]:
        if e.free_symbols:
            if e.free_symbols != {self.a}:
                raise NotApplicable("a condition with another name")
            factors = [f for f in sp.Mul.make_args(sp.factor(e) if e.is_polynomial(self.a) else e) if not f.is_positive]
            return relation_spans(app(op, lift(sp.Mul(*factors), self.context), num(0)), self.parameter, self.aside)
        sign = sp.sign(e)
        if not sign.is_Integer:
            raise NotApplicable("the sign of a number is not found")
        holds = {"eq": sign == 0, "ne": sign != 0, "gt": sign > 0, "ge": sign >= 0, "lt": sign < 0, "le": sign <= 0}[op]
        return [EVERYTHING] if holds else []

    def _zeros(self, e: Any) -> list[Place]:
        spans = self._holds(sp.sympify(e), "eq")
        if not all(s.single for s in spans):
            raise NotApplicable("an expression that vanishes on an interval")
        return [s.low for s in spans if s.low is not None]

    def _crossings(self) -> Iterator[Place]:
        """The values of the parameter at which two formulas agree."""
        for k, f in enumerate(self.formulas):
            for g in self.formulas[k + 1 :]:
                if any(meet(s, t) is not None for s in f.where for t in g.where):
                    yield from self._zeros(f.value - g.value)

    # --- cells ---

    def _cells(self) -> Iterator[_Cell]:
        gaps: list[Place | None] = [None, *self.ends, None]
        for k, (low, high) in enumerate(zip(gaps, gaps[1:], strict=False)):
            if k and low is not None and any(inside(low, s) for s in self.allowed):
                yield _Cell(Span(low, low, True, True), self._at(low))
            middle = self._middle(low, high)
            if any(inside(at(middle), s) for s in self.allowed):
                yield _Cell(Span(low, high), self._around(middle))

    def _middle(self, low: Place | None, high: Place | None) -> Fraction:
        """A value of the parameter between two at which no two formulas agree by chance."""
        middle = between(low, high)
        for _ in range(_TRIES):
            values = [complex(self._value(f, middle)).real for f in self._holding(middle)]
            if all(abs(v - w) > 1e-6 for v, w in combinations(values, 2)):
                return middle
            middle = between(at(middle), high)
        raise NotApplicable("two formulas agree")

    def _holding(self, middle: Fraction) -> list[_Formula]:
        return [f for f in self.formulas if any(inside(at(middle), s) for s in f.where)]

    def _at(self, p: Place) -> Term:
        """The answer at one value of the parameter."""
        if p.term is None:
            raise NotApplicable("an end of a case has no closed form")
        return self._solved(p.term)

    def _solved(self, value: Term) -> Term:
        put = substitute(self.relation, {self.parameter: value})
        found = real_solutions(put, self.symbol, self.context.aside())
        if self.relation.op == "eq" or not (isinstance(found, App) and found.op == "set"):  # type: ignore[attr-defined]
            return found
        points = [app("eq", var(self.symbol), t) for t in found.args]
        return reduce(lambda a, b: app("or", a, b), points) if points else FALSE

    def _around(self, middle: Fraction) -> Term:
        """The answer on an interval around one value of the parameter, whose exact solutions the formulas have to be."""
        found = self._solved(Num(middle))
        there = {f.value: self._value(f, middle) for f in self._holding(middle)}

        def formula(t: Term) -> Term:
            exact = spot.value(lower(t, self.context), {})
            near = [f for f, v in there.items() if exact is not None and abs(v - exact) <= _CLOSE * (1 + abs(v))]
            if not near:
                raise NotApplicable("a solution is none of the formulas")
            return tidied(lift(min(near, key=sp.count_ops), self.context), self.context)

        if isinstance(found, App) and found.op == "set":
            if self.relation.op == "eq" and len(found.args) != len(there):  # type: ignore[attr-defined]
                raise NotApplicable("the formulas are not the solutions")
            made = in_order([lower(formula(t), self.context) for t in found.args])
            return App("set", tuple(lift(v, self.context) for v in made), (), "set")
        return _with_ends(found, formula)

    def _value(self, f: _Formula, middle: Fraction) -> Any:
        v = spot.value(f.value, {self.a: sp.Rational(middle.numerator, middle.denominator)})
        if v is None:
            raise NotApplicable("a formula has no value")
        return v

    # --- the answer ---

    def term(self) -> Term:
        joined: list[_Cell] = []
        cells = list(self._cells())
        for k, c in enumerate(cells):
            before, after = (joined[-1] if joined else None), (cells[k + 1] if k + 1 < len(cells) else None)
            for other in (after, before) if c.span.single else ():
                if other is not None and other.answer != c.answer and self._agrees(other.answer, c):
                    c = _Cell(c.span, other.answer)
                    break
            if before is not None and before.answer == c.answer and _next(before.span, c.span):
                joined[-1] = _Cell(union([before.span, c.span])[0], c.answer)
            else:
                joined.append(c)
        groups: dict[Term, list[Span]] = {}
        for c in joined:
            groups.setdefault(c.answer, []).append(c.span)
        return self._written(groups)

    def _agrees(self, answer: Term, cell: _Cell) -> bool:
        """Whether the answer beside a single value of the parameter is right there too."""
        assert cell.span.low is not None and cell.span.low.term is not None
        own, put = cell.answer, substitute(answer, {self.parameter: cell.span.low.term})
        if own.sort == put.sort == "truth":

            def short_end(t: Term) -> Term:
                return tidied(t, self.context)

            return _with_ends(own, short_end) == _with_ends(put, short_end)
        if not (isinstance(own, App) and isinstance(put, App) and own.op == put.op == "set" and own.args):
            return False
        values = [[spot.value(lower(t, self.context), {}) for t in s.args] for s in (own, put)]
        if any(v is None or abs(v.imag) > _CLOSE for row in values for v in row):
            return False
        return all(any(abs(v - w) <= _CLOSE * (1 + abs(v)) for w in values[1]) for v in values[0]) and all(
            any(abs(v - w) <= _CLOSE * (1 + abs(v)) for v in values[0]) for w in values[1]
        )

    def _written(self, groups: dict[Term, list[Span]]) -> Term:
        equation = isinstance(self.relation, App) and self.relation.op == "eq"
        none = App("set", (), (), "set") if equation else FALSE
        kept = {t: s for t, s in groups.items() if t != none}
        if equation:
            for t in [t for t in kept if not (isinstance(t, App) and t.op == "set")]:
                # All numbers of an interval solve it there, which is no set of values.
                where = self._condition(kept.pop(t))
                self.context.note(f"where {show(where)}: {'every ' + self.symbol.name if t == TRUE else show(t)}")
                self.context.require(negation(where))
        if not kept:
            self.context.note(NONE)
            return none
        if len(kept) == 1:
            ((made, spans),) = kept.items()
            if equation or none not in groups:
                if none in groups:
                    self.context.require(self._condition(spans))
                self.context.note(complete(len(made.args)) if equation and isinstance(made, App) else ALL)
                return made
        self.context.note(ALL)
        cases = sorted(kept.items(), key=lambda kv: (len(kv[1]) > 1, kv[1][0].single))
        parts = [x for t, spans in cases for x in (t, self._condition(spans))]
        if none in groups:
            return app("piecewise", *parts, none)
        return app("piecewise", *parts[:-1])

    def _condition(self, spans: list[Span]) -> Term:
        a = var(self.parameter)
        made = [self._span(s, a) for s in spans]
        below, above = spans[0].high, spans[-1].low
        if len(spans) == 2 and spans[0].low is None and spans[1].high is None and below is not None and below is above:
            return app("ne", a, number(below, self.context))
        out = made[0]
        for c in made[1:]:
            out = app("or", out, c)
        return out

    def _span(self, s: Span, a: Term) -> Term:
        if s.single:
            assert s.low is not None
            return app("eq", a, number(s.low, self.context))
        ends = [None if p is None else number(p, self.context) for p in (s.low, s.high)]
        if any(t is not None and self.context.rounded for t in ends):
            raise NotApplicable("an end of a case has no closed form")
        low, high = ends
        if low is not None and any(q.low is not None and q.low is s.low for q in self.allowed) and high is not None:
            low = None  # The declarations say it.
        return bounded(low, high, s.low_in, s.high_in, a)


def _next(a: Span, b: Span) -> bool:
    return a.high is b.low and (a.high_in or b.low_in)


def _with_ends(found: Term, formula: Callable[[Term], Term]) -> Term:
    """A condition on the unknown with the formulas for its ends."""
    if isinstance(found, App) and found.op in ("and", "or"):
        return App(found.op, tuple(_with_ends(t, formula) for t in found.args), (), "truth")
    if isinstance(found, App) and found.op in ("lt", "le", "gt", "ge", "eq", "ne"):
        sides = tuple(t if isinstance(t, Var) else formula(t) for t in found.args)
        return App(found.op, sides, (), "truth")
    return found
