"""Linear equations for a vector or matrix of any size: A*x == b, A*X == B and X*A == B, where A is a sum of products of matrices."""

from __future__ import annotations

from functools import reduce

from twofold.catalogue.shapes import app, dim_term, full
from twofold.catalogue.summands import summands
from twofold.grammar.term import App, Term, Var, free_symbols, num
from twofold.symbolic.algebra.square import require_nonzero
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.definiteness import chain, spread
from twofold.symbolic.entries import is_explicit
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower
from twofold.symbolic.methods.quadratic_forms import has_property
from twofold.symbolic.solving.completeness import ONLY
from twofold.symbolic.tidy import short


def of_any_size(relation: Term, unknowns: Term, context: Context) -> Term | None:
    """The solution inv(A)*b, or B*inv(A), under the condition that A is invertible unless that is known; `None` for other equations. Raises `NoClosedForm`."""
    if not (isinstance(unknowns, Var) and unknowns.shape and not is_explicit(unknowns.shape)):
        return None
    if not (isinstance(relation, App) and relation.op == "eq" and context.reading == "real"):
        return None
    terms = list(summands(spread(app("sub", *relation.args)), 1))
    held = [t for t in terms if unknowns.symbol in free_symbols(t[1])]
    if not held:
        return None
    constant = [_signed(-sign, t) for sign, t in terms if unknowns.symbol not in free_symbols(t)]
    value = reduce(_plus, constant) if constant else app("mul", num(0), unknowns)
    for last in (True, False):
        parts = [(sign, _beside(t, unknowns, last)) for sign, t in held]
        if all(m is not None for _, m in parts):
            break
    else:
        raise NoClosedForm("the unknown does not end, or begin, every product in which it stands")
    if all(m is not None and not m[1] for _, m in parts):
        total = reduce(_plus, (_signed(sign, reduce(_times, m[0], num(1))) for sign, m in parts if m is not None))
        slope = short(lower(total, context), context)
        require_nonzero(slope, context)
        context.note(ONLY)
        return App("set", (app("div", value, lift(slope, context)),), (), "set")
    rows = full(unknowns.shape)[0 if last else 1]
    whole = reduce(_plus, (_signed(sign, _product(*m, dim_term(rows))) for sign, m in parts if m is not None))
    if len(set(full(whole.shape))) != 1:
        raise NoClosedForm("the matrix of the equation is not square")
    square = app("is_invertible", whole)
    if has_property(square, context.assumptions):
        context.note(ONLY)
    else:
        context.require(square)
    inverse = app("inv", whole)
    return App("set", (app("mul", inverse, value) if last else app("mul", value, inverse),), (), "set")


def _plus(a: Term, b: Term) -> Term:
    return app("add", a, b)


def _times(a: Term, b: Term) -> Term:
    return app("mul", a, b)


def _signed(sign: int, t: Term) -> Term:
    return t if sign > 0 else app("neg", t)


def _beside(t: Term, unknown: Var, last: bool) -> tuple[tuple[Term, ...], list[Term]] | None:
    """The scalars and matrices beside an unknown that ends a product, or begins it; `None` where it stands elsewhere."""
    scalars, factors = chain(t)
    own, others = (factors[-1:], factors[:-1]) if last else (factors[:1], factors[1:])
    if own != ((unknown, False),) or any(unknown.symbol in free_symbols(f) for f, _ in others):
        return None
    if any(unknown.symbol in free_symbols(s) for s in scalars):
        raise NoClosedForm("the equation is not linear in the unknown")
    return scalars, [app("transpose", f) if turned else f for f, turned in others]


def _product(scalars: tuple[Term, ...], matrices: list[Term], size: Term) -> Term:
    return reduce(lambda a, s: app("mul", s, a), scalars, reduce(_times, matrices) if matrices else app("eye", size))
