"""Extrema of a function of one real variable with one real parameter, in all cases of the parameter.

The places that may be extreme are the zeros of the derivative, the ends of the range and the corners. Which of them is, can change only where one of
them enters or leaves the range, where two of them meet, and where the function has the same value at two of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

import sympy as sp

from twofold.catalogue.conjunctions import together
from twofold.catalogue.display import show
from twofold.catalogue.method import NotApplicable
from twofold.grammar.term import App, Num, Symbol, Term, free_symbols, substitute
from twofold.symbolic.arithmetic import minus, text
from twofold.symbolic.context import Context
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower
from twofold.symbolic.solving.branch_roots import Condition, Needed, branches, roots_by_branches
from twofold.symbolic.solving.line_extrema import extremum
from twofold.symbolic.solving.one_parameter import with_ends
from twofold.symbolic.solving.parameter_cases import ParameterCases
from twofold.symbolic.solving.places import Span
from twofold.symbolic.solving.reading import INCOMPLETE
from twofold.symbolic.solving.real_solutions import tidied
from twofold.symbolic.sympy_order import ordered
from twofold.symbolic.tidy import short

EVERYWHERE = text("every point")
_CLOSED = {"ge": "ge", "gt": "ge", "le": "le", "lt": "le"}


Sought = Callable[[Term, list[Term], Context], Term]
"""The extremum of a function of the variable alone, under constraints."""


def extremum_by_cases(f: Term, symbol: Symbol, constraints: list[Term], sign: int, context: Context, sought: Sought) -> Term:
    """(least value, place), or (greatest value, place) for sign -1, in cases of the parameter. Raises `NotApplicable`."""
    return _Extremum(f, symbol, constraints, sign, context, sought).term()


class _Extremum(ParameterCases):
    def __init__(self, f: Term, symbol: Symbol, constraints: list[Term], sign: int, context: Context, sought: Sought) -> None:
        super().__init__(symbol, (f, *constraints), context)
        self.f, self.constraints, self.sign, self.sought = f, constraints, sign, sought
        self.e = lower(f, context)
        bounds = [*self._bounds(constraints), *self.declared()]
        pieces = list(branches(self.e, self.x, ()))
        if not (all(e.is_polynomial(self.x) for e, _ in pieces) or self._is_between(bounds)):
            # What a function tends to at an end may be extreme too.
            raise NotApplicable("the range is not closed")
        if any(isinstance(t, (sp.floor, sp.ceiling, sp.sign, sp.Heaviside, sp.Piecewise)) for t in sp.preorder_traversal(self.e)):
            raise NotApplicable("a function with jumps")
        made: list[tuple[Any, tuple[Needed, ...]]] = []
        special: list[Any] = []
        candidates = [sp.diff(e, self.x) for e, _ in pieces] + [c for _, where in pieces for c, _ in where]
        for e in dict.fromkeys([*candidates, *(e for e, _ in (*bounds, *self.domain()))]):
            if not e.has(self.x):
                special += [e] if e.free_symbols else []
                continue
            found = roots_by_branches(e, self.x, tuple((b, _CLOSED[op]) for b, op in bounds))
            made += found.found
            special += found.special
        self.take(made, special, True)
        self.cut(self._ties(), intervals=True)

    def _bounds(self, constraints: list[Term]) -> Iterator[Condition]:
        for c in constraints:
            if not isinstance(c, App) or c.op not in _CLOSED:
                raise NotApplicable("a constraint that is no inequality")
            yield lower(minus(*c.args), self.context), c.op

    def _is_between(self, bounds: list[Condition]) -> bool:
        """Whether the range is a closed interval, by bounds that are linear in the variable with a known sign."""
        sides = set()
        for e, op in bounds:
            if not e.is_polynomial(self.x) or sp.degree(e, self.x) != 1 or op not in ("ge", "le"):
                return False
            slope = sp.Poly(e, self.x).LC()
            if not slope.is_number:
                return False
            sides.add((op == "ge") == (slope > 0))
        return len(sides) == 2

    def _ties(self) -> Iterator[Any]:
        """Differences of values of the function at two places that matter, where they depend on the parameter."""
        for f, g in self.neighbours():
            gap = sp.simplify(self.e.subs(self.x, f.value) - self.e.subs(self.x, g.value))
            if gap.free_symbols:
                yield gap

    def solved(self, value: Term) -> Term:
        put = {self.parameter: value}
        constraints = [substitute(c, put) for c in self.constraints]
        inner = self.alone.aside()
        f = lift(lower(substitute(self.f, put), inner), inner)
        if self.symbol not in free_symbols(f):
            return App("tuple", (f, EVERYWHERE), (), "tuple")
        try:
            found = extremum(f, self.symbol, together(constraints) if constraints else None, self.sign, inner)
        except NotApplicable:
            found = self.sought(f, constraints, inner)
            if inner.tentative or INCOMPLETE in inner.notes:
                raise
        if inner.rounded:
            raise NotApplicable("a place has no closed form")
        return found

    def around(self, middle: Fraction, span: Span) -> Term:
        found, there = self.solved(Num(middle)), self.values(middle)
        if not isinstance(found, App) or found.op != "tuple":
            return found
        _, place = found.args
        if place == EVERYWHERE:
            raise NotApplicable("the function stays the same")
        if place.sort == "truth":
            ends: list[Term] = []

            def end(t: Term) -> Term:
                ends.append(self.formula(t, there))
                return ends[-1]

            where = with_ends(place, end)
            return App("tuple", (self._level(lower(ends[0], self.context)), where), (), "tuple")
        several = isinstance(place, App) and place.op == "set"
        made = [lower(self.formula(t, there), self.context) for t in (place.args if several else (place,))]  # type: ignore[attr-defined]
        at = tuple(lift(v, self.context) for v in ordered(made))
        return App("tuple", (self._level(made[0]), App("set", at, (), "set") if several else at[0]), (), "tuple")

    def _level(self, place: Any) -> Term:
        """The value of the function at a place."""
        return lift(short(sp.simplify(self.e.subs(self.x, place)), self.context), self.context)

    def agrees(self, own: Term, put: Term) -> bool:
        if not all(isinstance(t, App) and t.op == "tuple" for t in (own, put)):
            return False
        if own.args[1] == EVERYWHERE:  # type: ignore[attr-defined]
            return self.same_values(own.args[:1], put.args[:1])  # type: ignore[attr-defined]
        if own.args[1].sort == put.args[1].sort == "truth":  # type: ignore[attr-defined]
            same = [with_ends(t.args[1], lambda e: tidied(e, self.context)) for t in (own, put)]  # type: ignore[attr-defined]
            return same[0] == same[1] and self.same_values(own.args[:1], put.args[:1])  # type: ignore[attr-defined]
        places = [t.args[1].args if isinstance(t.args[1], App) and t.args[1].op == "set" else (t.args[1],) for t in (own, put)]  # type: ignore[attr-defined]
        if any(t.sort != "number" for row in places for t in row):
            return False
        return self.same_values(places[0], places[1]) and self.same_values(own.args[:1], put.args[:1])  # type: ignore[attr-defined]

    def term(self) -> Term:
        groups = self.groups()
        kept = {t: s for t, s in groups.items() if isinstance(t, App) and t.op == "tuple"}
        if len(groups) == 1:
            return next(iter(groups))
        if not kept:
            raise NotApplicable("no case has a value")
        if len(kept) < len(groups):
            for t, spans in groups.items():
                if t not in kept:
                    self.context.note(f"where {show(self.condition(spans))}: {_said(t)}")
            self.require(kept)
        return next(iter(kept)) if len(kept) == 1 else self.by_cases(kept, None)


def _said(t: Term) -> str:
    return show(t).strip('"')
