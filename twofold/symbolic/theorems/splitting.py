"""Integrals of functions with kinks, as sums of integrals between these: absolute values, larger and smaller ones of linear functions."""

from __future__ import annotations

from twofold.catalogue.constants import rational
from twofold.catalogue.shapes import app
from twofold.grammar.term import (
    INFINITE,
    MINUS_OO,
    OO,
    App,
    Bound,
    Num,
    Symbol,
    Term,
    free_symbols,
    num,
    substitute,
    subterms,
    transform,
)
from twofold.symbolic.lines import is_line

_MOST = 4


def split(t: Bound) -> list[Bound] | None:
    """The integrals between the places where a kink lies, in each of which the functions with kinks are resolved; `None` where none lies inside."""
    x, (lower, upper) = t.symbols[0], t.args
    low, high = (None if e in INFINITE else rational(e) for e in (lower, upper))
    if (low is None and lower != MINUS_OO) or (high is None and upper != OO):
        return None
    if low is not None and high is not None and low >= high:
        return None
    places = set()
    for u in subterms(t.body):
        inside = _kinked(u)
        if inside is None or x not in free_symbols(inside):
            continue
        place = _zero(inside, x)
        if place is None:
            return None
        places.add(place.value)
    inner = sorted(p for p in places if (low is None or p > low) and (high is None or p < high))
    if not places or len(inner) > _MOST:
        return None
    ends: list[Term] = [lower, *map(Num, inner), upper]
    out = []
    for a, b in zip(ends, ends[1:], strict=False):
        at = _between(a, b)
        body = transform(t.body, lambda u, at=at: _resolved(u, x, at))  # type: ignore[misc]
        out.append(Bound("integrate", t.symbols, body, (a, b), shape=t.shape))
    return out


def _kinked(u: Term) -> Term | None:
    """What vanishes at the kink of a function."""
    if not isinstance(u, App) or u.shape:
        return None
    if u.op in ("abs", "sign") and len(u.args) == 1:
        return u.args[0]
    return app("sub", *u.args) if u.op in ("max", "min") and len(u.args) == 2 else None


def _resolved(u: Term, x: Symbol, at: Num) -> Term | None:
    """A function with a kink as what it is on the side of it on which a place lies."""
    inside = _kinked(u)
    if inside is None or x not in free_symbols(inside) or not isinstance(u, App):
        return None
    positive = (_value(inside, x, at) or num(0)).value > 0
    if u.op in ("max", "min"):
        return u.args[0] if positive == (u.op == "max") else u.args[1]
    if u.op == "sign":
        return num(1 if positive else -1)
    return u.args[0] if positive else app("neg", u.args[0])


def _zero(inside: Term, x: Symbol) -> Num | None:
    """The zero of a linear function with rational coefficients."""
    at = [_value(inside, x, num(k)) for k in range(3)]
    if None in at or not is_line(inside):
        return None
    a, b, c = (v.value for v in at if v is not None)
    return Num(-a / (b - a)) if b - a == c - b and b != a else None


def _value(t: Term, x: Symbol, at: Num) -> Num | None:
    found = rational(substitute(t, {x: at}))
    return None if found is None else Num(found)


def _between(a: Term, b: Term) -> Num:
    low, high = (None if e in INFINITE else rational(e) for e in (a, b))
    if low is None:
        return Num(high - 1) if high is not None else num(0)
    return Num(low + 1) if high is None else Num((low + high) / 2)
