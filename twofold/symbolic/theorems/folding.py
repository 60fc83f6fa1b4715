"""Integrals of even functions over a range that is symmetric about 0, as twice those from 0 on: they converge together."""

from __future__ import annotations

from twofold.catalogue.shapes import app
from twofold.grammar.term import MINUS_OO, OO, App, Bound, Term, copy_symbol, num, substitute, transform, var
from twofold.symbolic.normal import GIVES_UP, converter
from twofold.symbolic.normal.domains import Domain


def folded(t: Bound, assumptions: tuple[Term, ...]) -> Bound | None:
    """The integral from 0 on of twice the integrand, in which the absolute value of the variable is the variable; `None` for others."""
    lower, upper = t.args
    x = copy_symbol(t.symbols[0], lower=None, upper=None, open_lower=True, open_upper=True)
    body = substitute(t.body, {t.symbols[0]: var(x)})
    try:
        c = converter((), assumptions)
        if (lower, upper) != (MINUS_OO, OO) and (OO in (lower, upper) or not c.field.equal(c(lower), c.field.neg(c(upper)))):
            return None
        mirrored = substitute(body, {x: App("neg", (var(x),))})
        if not c.field.equal(c(body), c(mirrored)) or set(Domain(c).read(body).atoms) != set(Domain(c).read(mirrored).atoms):
            return None
        if upper != OO:
            half = c(upper)
            if len(half.den) != 1 or c.signs.of(half.num) != "+":
                return None
    except GIVES_UP:
        return None
    positive = transform(body, lambda u: var(x) if isinstance(u, App) and u.op == "abs" and u.args == (var(x),) else None)
    return Bound("integrate", (x,), app("mul", num(2), positive), (num(0), upper), shape=t.shape)
