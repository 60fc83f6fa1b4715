"""A function of one real variable on a part of the line: the signs of its derivative cut that into intervals on which it rises, falls or stays the
same; its values at their ends and its limits at open ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sympy as sp
from flint import arb

from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Num, Symbol, Term, num, substitute, subterms, transform
from twofold.symbolic.calculus.limits import limit_at
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.derivative import nth
from twofold.symbolic.equations.enclose import precision
from twofold.symbolic.lower import lower, symbol_for
from twofold.symbolic.solving.branches import by_cases, chosen, is_branched
from twofold.symbolic.solving.isolation import Curve
from twofold.symbolic.solving.monotone_pieces import domain_of, relation_spans, turning
from twofold.symbolic.solving.places import Place, Span, at, before, between, inside, meet, ordered, union
from twofold.symbolic.tidy import short


@dataclass(slots=True)
class Value:
    """A value of the function or a limit of it, with a ball; `place` is where (an end that is not reached for limits)."""

    ball: arb
    exact: Any
    place: Place | None
    attained: bool
    toward: int = 0
    span: Span | None = None


class LineProblem:
    """A function on the part of the line that declarations and constraints leave. Raises `NotApplicable`."""

    def __init__(self, f: Term, symbol: Symbol, constraint: Term | None, context: Context) -> None:
        f = transform(f, by_cases)
        self.f, self.symbol, self.context = f, symbol, context
        if any(isinstance(t, App) and t.op in ("floor", "ceil", "mod") for t in subterms(f)):
            raise NotApplicable("a step function")
        try:
            self.slope = nth(f, symbol, 1)
        except NoClosedForm as error:
            raise NotApplicable("a derivative is not found") from error
        domain = domain_of(f, symbol, context)
        if constraint is not None:
            allowed = relation_spans(constraint, symbol, context)
            domain = [s for a in domain for b in allowed if (s := meet(a, b)) is not None]
        self.region = union(domain)
        if is_branched(f):
            self.rising, self.falling = self._spans("gt"), self._spans("lt")
            self.cuts = ordered([*self._ends(), *self._jumps()])
            return
        ends = [p for s in [*self.region, *domain_of(self.slope, symbol, context)] for p in (s.low, s.high) if p is not None]
        self.cuts = ordered([*ends, *turning(self.slope, symbol, context, 0)])
        curve = Curve(self.slope, symbol, context, 0)
        self.rising, self.falling = [], []
        gaps: list[Place | None] = [None, *self.cuts, None]
        for a, b in zip(gaps, gaps[1:], strict=False):
            s = curve.sign(between(a, b))
            if s:
                (self.rising if s > 0 else self.falling).append(Span(a, b))

    def _spans(self, relation: str) -> list[Span]:
        return relation_spans(app(relation, self.slope, num(0)), self.symbol, self.context)

    def _ends(self) -> Iterator[Place]:
        level = relation_spans(app("eq", self.slope, num(0)), self.symbol, self.context)
        for s in [*self.region, *self.rising, *self.falling, *level, *domain_of(self.slope, self.symbol, self.context)]:
            yield from (p for p in (s.low, s.high) if p is not None)

    def _jumps(self) -> Iterator[Place]:
        """Where the branches of the function meet."""
        for t in subterms(self.f):
            conditions: list[Term] = []
            if isinstance(t, App) and t.op == "piecewise":
                conditions = list(t.args[1::2])
            elif isinstance(t, App) and t.op in ("sign", "heaviside", "abs"):
                conditions = [app("gt", t.args[0], num(0)), app("lt", t.args[0], num(0))]
            elif isinstance(t, App) and t.op == "indicator":
                conditions = [t.args[0]]
            elif isinstance(t, App) and t.op in ("max", "min") and len(t.args) == 2:
                conditions = [app("gt", *t.args)]
            for c in conditions:
                for s in relation_spans(c, self.symbol, self.context):
                    yield from (p for p in (s.low, s.high) if p is not None)

    # --- values ---

    def value(self, p: Place) -> Value:
        """The value at a point of the region."""
        if p.term is not None:
            put = substitute(self.f, {self.symbol: p.term})
            try:
                exact = short(lower(put, self.context), self.context)
            except NoClosedForm:
                exact = None
        else:
            exact = None
        ball = self.ball(p)
        return Value(ball, exact, p, True)

    def ball(self, p: Place) -> arb:
        curve = Curve(self.f, self.symbol, self.context, 0) if not is_branched(self.f) else None
        for bits in (128, 512):
            with precision(bits):
                if curve is not None:
                    found = curve.at(p.enclosure(bits))
                    if found is not None and found.rad() < 1e-15:
                        return found
                elif p.term is not None:
                    e = lower(substitute(self.f, {self.symbol: p.term}), self.context)
                    v = e.evalf(40)
                    if v.is_Float or v.is_Rational:
                        return arb(str(v)) + arb(0, 1e-30)
        raise NotApplicable("a value cannot be enclosed")

    def limit(self, end: Place | None, toward: int) -> Value:
        """The limit at an end that does not belong to the region; `toward` is 1 where it is approached from below."""
        x = symbol_for(self.symbol, self.context)
        if end is not None and end.term is None:
            raise NotApplicable("the limit at an end is not found")
        target = (sp.oo if toward > 0 else -sp.oo) if end is None else lower(end.term, self.context)  # type: ignore[arg-type]
        e = lower(self._branch(end, toward), self.context)
        remarks = list(self.context.notes)
        if end is None and e.is_polynomial(x):
            top = sp.Poly(e, x)
            grows = bool(top.LC() > 0) == (toward > 0 or top.degree() % 2 == 0)
            if top.degree() > 0:
                return Value(arb("inf") if grows else -arb("inf"), sp.oo if grows else -sp.oo, None, False, toward)
        try:
            found = limit_at(e, x, target, "" if end is None else "-" if toward > 0 else "+", self.context)
        except (NoClosedForm, TypeError):
            found = None
        self.context.notes[:] = remarks
        if found is None or not (found.is_real or found.is_infinite):
            raise NotApplicable("the limit at an end is not found")
        if found.is_infinite:
            return Value(arb("inf") if found > 0 else -arb("inf"), found, end, False, toward)
        return Value(arb(str(found.evalf(40))) + arb(0, 1e-30), found, end, False, toward)

    def _branch(self, end: Place | None, toward: int) -> Term:
        """The function without its branches, as it is beside an end."""
        if not is_branched(self.f):
            return self.f
        inner = [p for p in self.cuts if end is None or p is not end]
        if toward > 0:
            below = [p for p in inner if end is None or before(p, end)]
            q = between(below[-1] if below else None, end)
        else:
            above = [p for p in inner if end is None or before(end, p)]
            q = between(end, above[0] if above else None)
        return chosen(self.f, self.symbol, Num(q), self.context)

    def candidates(self) -> Iterator[Value]:
        """The values at the cuts inside the region and the limits at its open ends, and beside jumps."""
        jumping = any(isinstance(t, App) and t.op in _JUMPS for t in subterms(self.f))
        for s in self.region:
            for p in self.cuts:
                if inside(p, s):
                    yield self.value(p)
                    if jumping and not s.single:
                        for side in (1, -1):
                            if (side > 0 and (s.low is None or before(s.low, p))) or (
                                side < 0 and (s.high is None or before(p, s.high))
                            ):
                                yield self.limit(p, side)
            inner = [p for p in self.cuts if inside(p, s)]
            if not s.single:
                yield from self._constant(s, inner)
            if (s.low is None or not s.low_in) and not self._within(s.low, inner[0] if inner else s.high, self.falling):
                yield self.limit(s.low, -1)
            if (s.high is None or not s.high_in) and not self._within(inner[-1] if inner else s.low, s.high, self.rising):
                yield self.limit(s.high, 1)

    def _constant(self, s: Span, inner: list[Place]) -> Iterator[Value]:
        """The values on intervals on which the function stays the same."""
        ends = [s.low, *(p for p in inner if p is not s.low and p is not s.high), s.high]
        for a, b in zip(ends, ends[1:], strict=False):
            middle = at(between(a, b))
            if not any(inside(middle, t) for t in (*self.rising, *self.falling)):
                found = self.value(middle)
                yield Value(found.ball, found.exact, None, True, 0, Span(a, b))

    def _within(self, low: Place | None, high: Place | None, spans: list[Span]) -> bool:
        """Whether an interval without cuts belongs to some spans: towards an end at which the function rises no infimum lies."""
        middle = at(between(low, high))
        return any(inside(middle, s) for s in spans)


_JUMPS = frozenset("sign floor ceil mod heaviside indicator piecewise".split())
