"""What is known of the variable of an integral between the ends, and whether the integrand has values there."""

from __future__ import annotations

from fractions import Fraction

from twofold.catalogue.shapes import app
from twofold.grammar.term import (
    INFINITE,
    OO,
    App,
    Bound,
    Num,
    Symbol,
    Term,
    Var,
    copy_symbol,
    free_symbols,
    substitute,
    subterms,
    var,
)
from twofold.symbolic.asymptotic.balls import NoEnclosure, enclosure
from twofold.symbolic.normal import GIVES_UP, converter
from twofold.symbolic.normal.domains import Domain


def has_values(t: Bound, assumptions: tuple[Term, ...]) -> bool:
    """Whether it is not known that the integrand has no real value between the ends: a normal form may have values where the term has none."""
    x = copy_symbol(t.symbols[0], lower=None, upper=None, open_lower=True, open_upper=True)
    body = substitute(t.body, {t.symbols[0]: var(x)})
    try:
        return not Domain(converter((), (*assumptions, *between(x, *t.args, assumptions)))).read(body).impossible
    except GIVES_UP:
        return False


def has_values_beside(t: Bound, assumptions: tuple[Term, ...]) -> bool:
    """Whether it is not known that the body of a one-sided limit, or of one at an infinity, has no real value on that side: then there is no limit."""
    (x, *others), point = t.symbols, t.args[0]
    if (
        others
        or t.body.shape
        or not (t.side or point in INFINITE)
        or not any(isinstance(u, App) and u.op in _PARTIAL for u in subterms(t.body))
    ):
        return True
    near = copy_symbol(x, lower=None, upper=None, open_lower=True, open_upper=True)
    if point in INFINITE:
        facts = [app("gt" if point == OO else "lt", var(near), Num(Fraction(_FINE if point == OO else -_FINE)))]
    else:
        way = 1 if t.side == "+" else -1
        end = app("add", point, Num(Fraction(way, _FINE)))
        facts = [app("gt" if way > 0 else "lt", var(near), point), app("lt" if way > 0 else "gt", var(near), end)]
    body = substitute(t.body, {x: var(near)})
    try:
        return not Domain(converter((), (*assumptions, *facts))).read(body).impossible
    except GIVES_UP:
        return True


def between(x: Symbol, lower: Term, upper: Term, assumptions: tuple[Term, ...]) -> tuple[Term, ...]:
    """Strictly between the ends, where their order is sure; nothing is known of the variable otherwise."""
    facts: list[Term] = []
    if lower not in INFINITE and upper not in INFINITE:
        c = converter((), assumptions)
        d = c.field.sub(c(upper), c(lower))
        sign = c.signs.of(d.num) if d.num and len(d.den) == 1 else None
        if sign in ("-", "0-"):
            lower, upper = upper, lower
        elif sign not in ("+", "0+"):
            return ()
    for op, end, side in (("gt", lower, -1), ("lt", upper, 1)):
        if end not in INFINITE:
            facts.append(app(op, var(x), end))
            rational = _beyond(end, side) or _beside(end, side)
            facts += [] if rational is None else [app(op, var(x), rational)]
    return tuple(facts)


def _beyond(end: Term, side: int) -> Num | None:
    """The number that is declared to bound an end from outside."""
    bound = (end.symbol.lower if side < 0 else end.symbol.upper) if isinstance(end, Var) else None
    return bound if isinstance(bound, Num) else None


def ordered(t: Bound, assumptions: tuple[Term, ...]) -> tuple[tuple[Term, ...], ...]:
    """The assumptions, with each of the two orders of the ends of an integral where neither is known."""
    lower, upper = t.args
    if lower in INFINITE or upper in INFINITE:
        return (assumptions,)
    c = converter((), assumptions)
    d = c.field.sub(c(upper), c(lower))
    if not d.num or (len(d.den) == 1 and c.signs.of(d.num) is not None) or not free_symbols(app("sub", upper, lower)):
        return (assumptions,)
    return (*assumptions, app("gt", upper, lower)), (*assumptions, app("lt", upper, lower))


def _beside(end: Term, side: int) -> Num | None:
    """A rational number just below or above a constant that is none itself."""
    if isinstance(end, Num) or free_symbols(end):
        return None
    try:
        c = converter((), ())
        near = enclosure(c.field, c(end)).real
    except (*GIVES_UP, NoEnclosure):
        return None
    if not near.is_finite():
        return None
    scaled = near * _FINE
    bound = scaled.floor().unique_fmpz() if side < 0 else scaled.ceil().unique_fmpz()
    return None if bound is None else Num(Fraction(int(bound), _FINE))


_FINE = 1 << 20
_PARTIAL = frozenset("sqrt log pow root asin acos acosh atanh loggamma".split())
"""Functions that have no value on parts of the real line."""
