"""The value of a definite integral by one of the theorems of this package."""

from __future__ import annotations

from collections.abc import Callable

from twofold.catalogue.shapes import app
from twofold.grammar.term import OO, App, Bound, Const, Symbol, Term, copy_symbol, num, substitute, var
from twofold.symbolic.normal import GIVES_UP, Converter, converter
from twofold.symbolic.normal.field import Element
from twofold.symbolic.normal.raising import raised
from twofold.symbolic.theorems import beta, bose, circle, fourier, frullani, oscillations
from twofold.symbolic.theorems.folding import folded
from twofold.symbolic.theorems.ranges import has_values

Theorem = Callable[[Converter, Term, Symbol], Element | None]
QUARTER = app("div", Const("pi"), num(2))

_HALF_LINE: tuple[Theorem, ...] = (
    frullani.half_line,
    fourier.half_line,
    beta.damped,
    beta.over_half_line,
    bose.half_line,
    oscillations.half_line,
)


def by_theorem(t: Bound, assumptions: tuple[Term, ...], sides: tuple[Term, ...] = ()) -> Term | None:
    """The value of an integral, linear in its integrand, with every hypothesis checked under the assumptions; `None` where no theorem applies."""
    try:
        if not has_values(t, assumptions):
            return None
        c = converter(sides, assumptions)
        value = _value(c, folded(t, assumptions) or t)
        return None if value is None else raised(c, value)
    except GIVES_UP:
        return None


def _value(c: Converter, t: Bound) -> Element | None:
    lower, upper = t.args
    x = copy_symbol(t.symbols[0], lower=None, upper=None, open_lower=True, open_upper=True)
    body = substitute(t.body, {t.symbols[0]: var(x)})
    f = c.field
    if OO not in (lower, upper) and app("neg", OO) not in (lower, upper):
        length, turn = f.sub(c(upper), c(lower)), c(Const("pi"))
        if f.equal(length, f.mul(f.number(2), turn)):
            return circle.whole_turn(c, body, x)
        if lower == num(0) and f.equal(length, turn):
            return circle.half_turn(c, body, x)
    if lower != num(0):
        return None
    if upper == OO:
        return _sum(c, body, x, _HALF_LINE)
    if upper == num(1):
        return _sum(c, body, x, (beta.over_unit,))
    if c.field.equal(c(upper), c(QUARTER)):
        return _sum(c, body, x, (beta.over_quarter,))
    return None


def _sum(c: Converter, body: Term, x: Symbol, theorems: tuple[Theorem, ...]) -> Element | None:
    """By terms, every one of which converges by itself."""
    for theorem in theorems:
        whole = theorem(c, body, x)
        if whole is not None:
            return whole
    if isinstance(body, App) and body.op in ("add", "sub", "neg") and not body.shape:
        parts = [_sum(c, a, x, theorems) for a in body.args]
        if any(p is None for p in parts):
            return None
        first, *rest = (p for p in parts if p is not None)
        f = c.field
        if body.op == "neg":
            return f.neg(first)
        return f.add(first, rest[0]) if body.op == "add" else f.sub(first, rest[0])
    return None


__all__ = ["by_theorem"]
