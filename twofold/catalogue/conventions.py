"""Conventions about derivatives by vectors and matrices, spelled out in the term, so that every route reads the same.

Terms as resolved follow the numerator layout (a jacobian has the outputs as rows) and count the entries of a matrix as independent. Other settings are
rewritten to that: a jacobian in denominator layout is the transpose, and the gradient G by a symmetric matrix whose two equal entries move together is
G + G' - diag(diag(G)) (Magnus and Neudecker; Minka); by a diagonal matrix it is diag(diag(G)).
"""

from __future__ import annotations

from twofold.catalogue.shapes import app
from twofold.grammar.term import Bound, Term, Var, transform

SYMMETRIC = frozenset(("symmetric", "posdef"))
DIAGONAL = frozenset(("diagonal",))


def conventional(term: Term, layout: str = "numerator", symmetric: bool = False) -> Term:
    """The term with derivatives in a layout (`numerator`, `denominator`) and, with `symmetric`, by symmetric matrices as such, written out."""
    if layout == "numerator" and not symmetric:
        return term

    def rule(t: Term) -> Term | None:
        if not isinstance(t, Bound):
            return None
        if t.op == "jacobian" and layout == "denominator":
            return app("transpose", inside(t))
        if t.op == "grad" and symmetric and _has(t.args[0], DIAGONAL):
            return app("diag", app("diag", inside(t)))
        if t.op == "grad" and symmetric and _has(t.args[0], SYMMETRIC):
            gradient = inside(t)
            return app("sub", app("add", gradient, app("transpose", gradient)), app("diag", app("diag", gradient)))
        return None

    def inside(t: Bound) -> Term:
        body, *args = (conventional(x, layout, symmetric) for x in (t.body, *t.args))
        return Bound(t.op, t.symbols, body, tuple(args), t.side, t.shape, t.sort, span=t.span)

    return transform(term, rule)


def _has(point: Term, properties: frozenset[str]) -> bool:
    return isinstance(point, Var) and len(point.shape) == 2 and not point.symbol.properties.isdisjoint(properties)
