"""Questions about one real name with one real parameter, in all cases of the parameter.

Each formula for a place that matters holds where its conditions do: on intervals of the parameter with known ends. Between two neighbouring ends the
formulas that hold stay the same. In every such cell the question is answered once more for one value of the parameter, by the exact method without
parameters, and the answer is written with the formulas; at the ends themselves it is answered as it stands.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce
from itertools import combinations
from typing import Any

import sympy as sp

from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app
from twofold.grammar.term import Symbol, Term, free_symbols, num, substitute, var
from twofold.symbolic import spot
from twofold.symbolic.context import Context
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower
from twofold.symbolic.solving.branch_roots import Condition, Needed
from twofold.symbolic.solving.monotone_pieces import domain_of, relation_spans
from twofold.symbolic.solving.places import EVERYTHING, Place, Span, at, between, inside, meet, ordered, same, union
from twofold.symbolic.solving.reading import domain_of as needed_by
from twofold.symbolic.solving.real_solutions import bounded, number, tidied
from twofold.symbolic.tidy import short

_CLOSE = 1e-20
_TRIES = 6


@dataclass(frozen=True)
class Formula:
    """A place that matters, and the values of the parameter for which it is one."""

    value: Any
    where: tuple[Span, ...]


@dataclass(frozen=True)
class Cell:
    """Values of the parameter with the same answer."""

    span: Span
    answer: Term


class ParameterCases(ABC):
    """A question about `symbol` in terms with one other name. Raises `NotApplicable`, `NoEnclosure`, `NoClosedForm`."""

    def __init__(self, symbol: Symbol, terms: Iterable[Term], context: Context) -> None:
        self.terms = tuple(terms)
        others = {s for t in self.terms for s in free_symbols(t)} - {symbol}
        if len(others) != 1 or not all(s.kind == "real" and not s.shape and s.law is None for s in (symbol, *others)):
            raise NotApplicable("not one real parameter")
        self.symbol, self.context = symbol, context
        (self.parameter,) = others
        assumed = [(t, set(free_symbols(t))) for t in context.assumptions]
        if any({symbol, self.parameter} <= names for _, names in assumed):
            raise NotApplicable("an assumption on both names")
        self.aside = replace(context.aside(), assumptions=tuple(t for t, names in assumed if self.parameter in names))
        self.alone = replace(context.aside(), assumptions=tuple(t for t, names in assumed if symbol in names))
        """What is known of the parameter, and of the unknown."""
        self.x, self.a = lower(var(symbol), context), lower(var(self.parameter), context)
        self.allowed = self._allowed()
        self.formulas: list[Formula] = []
        self.looked_over: list[Place] = []
        self.ends: list[Place] = []

    # --- what the questions differ in ---

    @abstractmethod
    def solved(self, value: Term) -> Term:
        """The answer for one value of the parameter."""

    @abstractmethod
    def around(self, middle: Fraction, span: Span) -> Term:
        """The answer in a cell around one value of the parameter."""

    @abstractmethod
    def agrees(self, own: Term, put: Term) -> bool:
        """Whether the answer beside a single value of the parameter, put in there, is its own."""

    # --- the formulas and where they hold ---

    def take(self, made: Iterable[tuple[Any, tuple[Needed, ...]]], special: Iterable[Any], crossing: bool) -> None:
        """Sets formulas and the ends of cells: where formulas begin or end to hold, at zeros of `special` expressions, and where formulas cross."""
        found: dict[Any, Formula] = {}
        for value, conditions in made:
            where = tuple(self._where(conditions))
            if where:
                value = short(value, self.context)
                known = found.get(value)
                found[value] = Formula(value, tuple(union([*where, *known.where])) if known else where)
        self.formulas = list(found.values())
        ends = [p for f in self.formulas for s in f.where for p in (s.low, s.high)]
        ends += [p for s in self.allowed for p in (s.low, s.high)]
        self.ends = [p for p in (*ends, *self.looked_over) if p is not None]
        self.cut(special)
        if crossing:
            self.cut(f.value - g.value for f, g in self.neighbours())

    def cut(self, expressions: Iterable[Any], intervals: bool = False) -> None:
        """More ends of cells: the zeros of expressions in the parameter, and the ends of `intervals` on which they vanish."""
        self.ends = ordered(self._distinct([*self.ends, *(p for e in expressions for p in self._zeros(e, intervals))]))

    def _distinct(self, places: list[Place]) -> list[Place]:
        """Places without those that another closed form stands for too."""
        kept: list[Place] = []
        for p in places:
            if not any(p is q or self._is_same(p, q) for q in kept):
                kept.append(p)
        return kept

    def _is_same(self, p: Place, q: Place) -> bool:
        if p.term is None or q.term is None or p.value is not None and q.value is not None:
            return p.value is not None and p.value == q.value
        if not p.enclosure(192).overlaps(q.enclosure(192)):
            return False
        return same(p, q) or bool(sp.simplify(lower(p.term, self.context) - lower(q.term, self.context)) == 0)

    def neighbours(self) -> Iterator[tuple[Formula, Formula]]:
        """Pairs of formulas that hold for the same values of the parameter."""
        for f, g in combinations(self.formulas, 2):
            if any(meet(s, t) is not None for s in f.where for t in g.where):
                yield f, g

    def domain(self) -> list[Condition]:
        """What parts with the unknown need to have a value."""
        return [
            (lower(t, self.context), kind)
            for whole in self.terms
            for t, kind in needed_by(whole, self.context)
            if self.symbol in free_symbols(t)
        ]

    def declared(self) -> Iterator[Condition]:
        """What is declared of the unknown."""
        for s in domain_of(var(self.symbol), self.symbol, self.alone):
            if s.single or s.low is not None and s.low.term is None or s.high is not None and s.high.term is None:
                raise NotApplicable("the declared range is not one interval")
            if s.low is not None and s.low.term is not None:
                yield self.x - lower(s.low.term, self.context), "ge" if s.low_in else "gt"
            if s.high is not None and s.high.term is not None:
                yield self.x - lower(s.high.term, self.context), "le" if s.high_in else "lt"

    def _zeros(self, e: Any, intervals: bool) -> list[Place]:
        spans = self._holds(sp.sympify(e), "eq")
        if not intervals and not all(s.single for s in spans):
            raise NotApplicable("an expression that vanishes on an interval")
        return [p for s in spans for p in dict.fromkeys((s.low, s.high)) if p is not None]

    def _allowed(self) -> list[Span]:
        """The values of the parameter: as declared, and where the parts without the unknown have a value."""
        spans = domain_of(var(self.parameter), self.parameter, self.aside)
        for t, kind in (p for whole in self.terms for p in needed_by(whole, self.context)):
            if self.symbol not in free_symbols(t):
                other = relation_spans(app(kind, t, num(0)), self.parameter, self.aside)
                spans = [s for x in spans for y in other if (s := meet(x, y)) is not None]
        return union(spans)

    def _where(self, conditions: tuple[Needed, ...]) -> list[Span]:
        """The values of the parameter for which all conditions at a formula hold, without some single ones at which they are not looked at."""
        spans = self.allowed
        for e, op, zeros in conditions:
            if not spans:
                break
            if zeros is not None and e.free_symbols:
                spans = list(self._parted(spans, sp.sympify(e), op, zeros))
                continue
            other = self._holds(sp.sympify(e), op)
            spans = [s for x in spans for y in other if (s := meet(x, y)) is not None]
        return spans

    def _parted(self, spans: list[Span], e: Any, op: str, zeros: Any) -> Iterator[Span]:
        """The parts of spans between the zeros of a polynomial on which an expression, which is 0 at these alone, has the sign that is asked for."""
        cuts = self._zeros(zeros, False) if zeros.free_symbols else []
        # At single values the condition may hold too: these are ends of cells, at which the question is answered as it stands.
        self.looked_over += cuts
        for s in spans:
            if s.single:
                self.looked_over += [p for p in (s.low,) if p is not None]
                continue
            inner = [p for p in cuts if inside(p, Span(s.low, s.high))]
            ends = [s.low, *inner, s.high]
            for low, high in zip(ends, ends[1:], strict=False):
                v = complex(self.value(e, between(low, high)))
                if abs(v.imag) > 1e-12 * (1 + abs(v)) or not v.real:
                    raise NotApplicable("the sign of a number is not found")
                if op == "ne" or (op != "eq" and (v.real > 0) == (op in ("gt", "ge"))):
                    yield Span(low, high)

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

    # --- cells ---

    def groups(self) -> dict[Term, list[Span]]:
        """The answers, each with the values of the parameter for which it is one."""
        joined: list[Cell] = []
        cells = list(self._cells())
        for k, c in enumerate(cells):
            before, after = (joined[-1] if joined else None), (cells[k + 1] if k + 1 < len(cells) else None)
            for other in (after, before) if c.span.single else ():
                if other is not None and other.answer != c.answer and self._continues(other.answer, c):
                    c = Cell(c.span, other.answer)
                    break
            if before is not None and before.answer == c.answer and _next(before.span, c.span):
                joined[-1] = Cell(union([before.span, c.span])[0], c.answer)
            else:
                joined.append(c)
        out: dict[Term, list[Span]] = {}
        for c in joined:
            out.setdefault(c.answer, []).append(c.span)
        return out

    def _cells(self) -> Iterator[Cell]:
        gaps: list[Place | None] = [None, *self.ends, None]
        for k, (low, high) in enumerate(zip(gaps, gaps[1:], strict=False)):
            if k and low is not None and any(inside(low, s) for s in self.allowed):
                if low.term is None:
                    raise NotApplicable("an end of a case has no closed form")
                yield Cell(Span(low, low, True, True), self.solved(low.term))
            middle = self._middle(low, high)
            if any(inside(at(middle), s) for s in self.allowed):
                yield Cell(Span(low, high), self.around(middle, Span(low, high)))

    def _middle(self, low: Place | None, high: Place | None) -> Fraction:
        """A value of the parameter between two at which no two formulas agree by chance."""
        middle = between(low, high)
        for _ in range(_TRIES):
            values = [complex(v).real for v in self.values(middle).values()]
            if all(abs(v - w) > 1e-6 for v, w in combinations(values, 2)):
                return middle
            middle = between(at(middle), high)
        raise NotApplicable("two formulas agree")

    def _continues(self, answer: Term, cell: Cell) -> bool:
        assert cell.span.low is not None and cell.span.low.term is not None
        return self.agrees(cell.answer, substitute(answer, {self.parameter: cell.span.low.term}))

    def values(self, middle: Fraction) -> dict[Any, Any]:
        """The formulas that hold at a value of the parameter, each with its own value there."""
        out = {}
        for f in self.formulas:
            if any(inside(at(middle), s) for s in f.where):
                out[f.value] = self.value(f.value, middle)
        return out

    def value(self, e: Any, middle: Fraction) -> Any:
        v = spot.value(e, {self.a: sp.Rational(middle.numerator, middle.denominator)})
        if v is None:
            raise NotApplicable("a formula has no value")
        return v

    def formula(self, exact: Term, there: dict[Any, Any]) -> Term:
        """The formula with the value of a solution."""
        v = spot.value(lower(exact, self.context), {})
        near = [e for e, w in there.items() if v is not None and close(v, w)]
        if not near:
            raise NotApplicable("a solution is none of the formulas")
        return tidied(lift(min(near, key=sp.count_ops), self.context), self.context)

    def same_values(self, own: Iterable[Term], put: Iterable[Term]) -> bool:
        """Whether two rows of terms without names are the same set of real numbers."""
        one, other = ([spot.value(lower(t, self.context), {}) for t in row] for row in (own, put))
        if any(v is None or abs(v.imag) > _CLOSE for v in (*one, *other)):
            return False
        return all(any(close(v, w) for w in other) for v in one) and all(any(close(v, w) for v in one) for w in other)

    # --- the answer ---

    def condition(self, spans: list[Span]) -> Term:
        """The condition on the parameter that it lies in some spans."""
        a = var(self.parameter)
        below, above = spans[0].high, spans[-1].low
        if len(spans) == 2 and spans[0].low is None and spans[1].high is None and below is not None and below is above:
            return app("ne", a, number(below, self.context))
        return reduce(lambda p, q: app("or", p, q), (self._span(s, a) for s in spans))

    def require(self, groups: dict[Term, list[Span]]) -> None:
        """That the parameter has a value for which one of the answers is given becomes a condition."""
        self.context.require(self.condition(union([s for spans in groups.values() for s in spans])))

    def by_cases(self, groups: dict[Term, list[Span]], otherwise: Term | None) -> Term:
        """Several answers as a case distinction, simple conditions first; `otherwise` is the answer of the last case, if it is none of them."""
        cases = sorted(groups.items(), key=lambda kv: (len(kv[1]) > 1, kv[1][0].single))
        parts = [x for t, spans in cases for x in (t, self.condition(spans))]
        return app("piecewise", *parts, otherwise) if otherwise is not None else app("piecewise", *parts[:-1])

    def _span(self, s: Span, a: Term) -> Term:
        if s.single:
            assert s.low is not None
            return app("eq", a, number(s.low, self.context))
        low, high = (None if p is None else number(p, self.context) for p in (s.low, s.high))
        if self.context.rounded:
            raise NotApplicable("an end of a case has no closed form")
        if low is not None and any(q.low is not None and q.low is s.low for q in self.allowed) and high is not None:
            low = None  # The declarations say it.
        return bounded(low, high, s.low_in, s.high_in, a)


def close(v: Any, w: Any) -> bool:
    """Whether two numbers are the same but for the rounding of their evaluation to 30 digits."""
    return bool(abs(v - w) <= _CLOSE * (1 + abs(v)))


def _next(a: Span, b: Span) -> bool:
    return a.high is b.low and (a.high_in or b.low_in)
