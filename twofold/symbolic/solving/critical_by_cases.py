"""Critical points of a function of one real variable with one real parameter, and their kinds, in all cases of the parameter.

The formulas are the zeros of the derivative. The kind of a point can change only where two of them meet, and where one of them begins or ceases to be.
"""

from __future__ import annotations

from fractions import Fraction

import sympy as sp

from twofold.catalogue.display import show
from twofold.catalogue.method import NotApplicable
from twofold.grammar.term import App, Num, Symbol, Term, free_symbols, substitute
from twofold.symbolic.arithmetic import text
from twofold.symbolic.context import Context
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower
from twofold.symbolic.solving.branch_roots import roots_by_branches
from twofold.symbolic.solving.line_critical import critical
from twofold.symbolic.solving.parameter_cases import ParameterCases
from twofold.symbolic.solving.places import Span

_NONE = App("set", (), (), "set")
_JUMPS = (sp.floor, sp.ceiling, sp.sign, sp.Heaviside, sp.Piecewise, sp.Abs, sp.Max, sp.Min)


def critical_by_cases(f: Term, symbol: Symbol, context: Context, every: Term, kinds: bool) -> Term:
    """The set of the points, with their kinds where these are asked for; `every` where all derivatives are 0. Raises `NotApplicable`, `NoEnclosure`,
    `NoClosedForm`."""
    return _Critical(f, symbol, context, every, kinds).term()


class _Critical(ParameterCases):
    def __init__(self, f: Term, symbol: Symbol, context: Context, every: Term, kinds: bool) -> None:
        super().__init__(symbol, (f,), context)
        self.f, self.every, self.kinds = f, every, kinds
        e = lower(f, context)
        if e.has(*_JUMPS):
            raise NotApplicable("a function with corners")
        found = roots_by_branches(sp.diff(e, self.x), self.x, (*self.domain(), *self.declared()))
        self.take(found.found, found.special, True)

    def solved(self, value: Term) -> Term:
        inner = self.alone.aside()
        f = lift(lower(substitute(self.f, {self.parameter: value}), inner), inner)
        if self.symbol not in free_symbols(f):
            return self.every
        found = critical(f, self.symbol, inner)
        if inner.rounded:
            raise NotApplicable("a point has no closed form")
        return App("set", tuple(self._row(t, text(k)) for t, k in found), (), "set")

    def _row(self, place: Term, kind: Term) -> Term:
        return App("tuple", (place, kind), (), "tuple") if self.kinds else place

    def _parts(self, found: Term) -> list[tuple[Term, Term | None]]:
        rows = found.args if isinstance(found, App) else ()
        return [(t.args[0], t.args[1]) if self.kinds and isinstance(t, App) else (t, None) for t in rows]

    def around(self, middle: Fraction, span: Span) -> Term:
        found, there = self.solved(Num(middle)), self.values(middle)
        if found == self.every:
            raise NotApplicable("the function stays the same")
        parts = self._parts(found)
        if len(parts) != len(there):
            raise NotApplicable("the formulas are not the critical points")
        made = [(self.formula(t, there), kind) for t, kind in parts]
        return App("set", tuple(self._row(t, k) if k is not None else t for t, k in made), (), "set")

    def agrees(self, own: Term, put: Term) -> bool:
        if self.every in (own, put):
            return False
        one, other = self._parts(own), self._parts(put)
        return len(one) == len(other) and all(
            self.same_values([t for t, k in one if k == kind], [t for t, k in other if k == kind])
            for kind in {k for _, k in (*one, *other)}
        )

    def term(self) -> Term:
        groups = self.groups()
        kept = {t: s for t, s in groups.items() if t not in (_NONE, self.every)}
        if self.every in groups:
            self.context.note(f"where {show(self.condition(groups[self.every]))}: {show(self.every).strip(chr(34))}")
        if not kept:
            raise NotApplicable("no critical points")
        if len(kept) == 1:
            ((made, spans),) = kept.items()
            if len(groups) > 1:
                self.context.require(self.condition(spans))
            return made
        if self.every in groups:
            self.require({t: s for t, s in groups.items() if t != self.every})
        return self.by_cases(kept, _NONE if _NONE in groups else None)


__all__ = ["critical_by_cases"]
