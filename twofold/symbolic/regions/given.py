"""The names on whose values a region depends: which values they may have, and which change its form."""

from __future__ import annotations

from fractions import Fraction

from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app
from twofold.grammar.term import Symbol, Term, num
from twofold.symbolic.algebra.flint_matrices import Polynomials
from twofold.symbolic.context import Context
from twofold.symbolic.normal import GIVES_UP, converter
from twofold.symbolic.regions.region import Condition


class Given:
    """Names under the assumptions of a context. `strict`: values at which the form of a region may change are none of theirs;
    otherwise they are excluded by a condition of the context."""

    def __init__(self, names: list[Symbol], context: Context, strict: bool = False) -> None:
        self.names, self.context, self.strict = names, context, strict

    def admits(self, at: dict[Symbol, Fraction]) -> bool:
        """Whether the names may have these values, as far as can be told."""
        if not at:
            return True
        for s, v in at.items():
            known = self.context.range(s)
            if known.lower is not None and v < known.lower or known.upper is not None and v > known.upper:
                return False
        ring = Polynomials(list(at))
        places = {ring.symbols.index(s): v for s, v in at.items()}
        for fact in self.context.assumptions:
            try:
                condition = Condition(fact, ring)
            except NotApplicable:
                continue
            if not condition.holds_at(places):
                return False
        return True

    def apart(self, p: Term) -> None:
        """Values of the names at which a polynomial is 0 are set aside. Raises `NotApplicable` where they may not be."""
        try:
            c = converter((), self.context.assumptions)
            known = c.signs.of(c(p).num) in ("+", "-")
        except GIVES_UP:
            known = False
        if known:
            return
        if self.strict:
            raise NotApplicable("the region may have another form for single values of the names")
        self.context.require(app("ne", p, num(0)))
