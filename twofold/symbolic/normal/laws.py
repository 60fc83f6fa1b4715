"""Densities of declared laws, by their declarations, inside their supports."""

from __future__ import annotations

from twofold.catalogue.conjunctions import together
from twofold.catalogue.shapes import app
from twofold.grammar.term import INFINITE, App, Term, Var, num
from twofold.symbolic.normal.convert import Converter, rule
from twofold.symbolic.normal.field import Element


@rule("pdf", "pmf")
def _density(c: Converter, t: App) -> Element:
    """The density of a law at a point: the declared formula inside the support, 0 outside."""
    from twofold.symbolic.probability import laws

    law, x = t.args[0], t.args[1]
    if isinstance(law, Var) and law.symbol.law is not None:
        law = law.symbol.law
    spec = laws.spec_of(law)
    if spec is None or spec.kind != "univariate" or x.shape or laws.has_listed_parameters(law):
        return c.function(t)
    if spec.discrete and not _whole(c, x):
        return c.function(t)
    inside = [app(op, x, end) for op, end in zip(("ge", "le"), laws.support(law), strict=True) if end not in INFINITE]
    value = laws.density(law, x)
    return c(app("piecewise", value, together(inside), num(0)) if inside else value)


def _whole(c: Converter, x: Term) -> bool:
    e = c(x)
    if len(e.den) > 1:
        return False
    return all(v.q == 1 and c.is_integer(m) for m, v in e.num.items())
