"""Polynomials of low degree in one variable whose coefficients are terms in other names."""

from __future__ import annotations

from fractions import Fraction

from twofold.catalogue.method import NotApplicable
from twofold.grammar.term import App, Num, Symbol, Term, Var, subterms
from twofold.symbolic.arithmetic import ONE, ZERO, is_number, minus, negate, over, plus, times
from twofold.symbolic.context import Context
from twofold.symbolic.equations.reading import Reading
from twofold.symbolic.equations.ring import Restart, Ring
from twofold.symbolic.normal import GIVES_UP, converter
from twofold.symbolic.primitives.reading import NotRead, depends
from twofold.symbolic.simplifying import near
from twofold.symbolic.weight import place

_HIGHEST = 6


def coefficients(t: Term, x: Symbol) -> list[Term]:
    """The coefficients of a polynomial in x, the constant first. Raises `NotRead`."""
    if not depends(t, x):
        return [t]
    if isinstance(t, Var):
        return [ZERO, ONE]
    if not isinstance(t, App) or t.shape:
        raise NotRead
    if t.op == "neg":
        return [negate(c) for c in coefficients(t.args[0], x)]
    if t.op in ("add", "sub"):
        a, b = (coefficients(s, x) for s in t.args)
        n = max(len(a), len(b))
        a, b = (c + [ZERO] * (n - len(c)) for c in (a, b))
        return [(plus if t.op == "add" else minus)(p, q) for p, q in zip(a, b, strict=True)]
    if t.op == "mul":
        return _product(*(coefficients(s, x) for s in t.args))
    if t.op == "div" and not depends(t.args[1], x):
        return [over(c, t.args[1]) for c in coefficients(t.args[0], x)]
    if t.op == "pow" and isinstance(t.args[1], Num) and t.args[1].value in range(1, _HIGHEST + 1):
        base, out = coefficients(t.args[0], x), [ONE]
        for _ in range(int(t.args[1].value)):
            out = _product(out, base)
        return out
    raise NotRead


def _product(a: list[Term], b: list[Term]) -> list[Term]:
    if len(a) + len(b) > _HIGHEST + 2:
        raise NotRead
    out = [ZERO] * (len(a) + len(b) - 1)
    for j, p in enumerate(a):
        for k, q in enumerate(b):
            out[j + k] = plus(out[j + k], times(p, q))
    return out


def linear(t: Term, x: Symbol) -> tuple[Term, Term] | None:
    """a and b of a*x + b; `None` for anything else."""
    try:
        rows = coefficients(t, x)
    except NotRead:
        return None
    return (rows[1], rows[0]) if len(rows) == 2 and not is_number(rows[1], 0) else None


def short(t: Term, context: Context) -> Term:
    """A short form of a coefficient."""
    if not any(isinstance(s, App) for s in subterms(t)):
        return t
    try:
        return min([t, *near(t, context)], key=place)
    except NotApplicable:
        return t


def sign_of(t: Term, context: Context) -> set[int]:
    """The signs that a term may have, as the declarations and assumptions say."""
    if isinstance(t, Num):
        return {(t.value > 0) - (t.value < 0)}
    reading = Reading(Ring(), context, "plain")
    try:
        value = reading.scalar(t)
        found = set(reading.bounds.sign(value.top * value.bottom))
    except (NotApplicable, Restart):
        found = {-1, 0, 1}
    return found & _by_assumptions(t, context) if len(found) > 1 and context.assumptions else found


def _by_assumptions(t: Term, context: Context) -> set[int]:
    try:
        known = converter((t,), context.assumptions)
        e = known(t)
        signs = known.signs.of(known.field.zeroed(e.num)), known.signs.of(e.den) if len(e.den) > 1 else "+"
    except GIVES_UP:
        return {-1, 0, 1}
    if signs[0] not in _SIGNS or signs[1] not in ("+", "-"):
        return {-1, 0, 1}
    flip = -1 if signs[1] == "-" else 1
    return {flip * s for s, mark in ((1, "+"), (-1, "-"), (0, "0")) if mark in signs[0]}


_SIGNS = frozenset(("+", "-", "0", "0+", "0-", "+0", "-0"))


def root(t: Term) -> Term:
    """A square root, of a square its base up to sign."""
    if isinstance(t, App) and t.op == "pow" and is_number(t.args[1], 2):
        return t.args[0]
    if isinstance(t, Num) and t.value >= 0:
        a, b = t.value.numerator, t.value.denominator
        p, q = round(a**0.5), round(b**0.5)
        if p * p == a and q * q == b:
            return Num(Fraction(p, q))
    return App("sqrt", (t,))
