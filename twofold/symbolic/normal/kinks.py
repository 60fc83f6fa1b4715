"""Integrals of functions with corners and jumps: cut where an absolute value, an extreme or an indicator changes its branch."""

from __future__ import annotations

from twofold.catalogue.shapes import app
from twofold.grammar.term import (
    INFINITE,
    MINUS_OO,
    OO,
    App,
    Bound,
    Symbol,
    Term,
    Var,
    free_symbols,
    num,
    substitute,
    subterms,
    transform,
    var,
)
from twofold.symbolic.normal.convert import Converter, Outside
from twofold.symbolic.normal.field import Element

_KINKED = frozenset(("abs", "max", "min", "sign", "indicator"))
_ORDERS = {"lt": -1, "le": -1, "gt": 1, "ge": 1}


def cut(c: Converter, t: Bound) -> list[Bound] | None:
    """Integrals that add up to the given one, with one kink less; `None` where there is none, or where it lies is not known."""
    if t.op != "integrate":
        return None
    s = t.symbols[0]
    if t.args == (MINUS_OO, OO):
        return _at_a_distance(c, t)
    kinks = [u for u in subterms(t.body) if isinstance(u, App) and u.op in _KINKED and not u.shape and s in free_symbols(u)]
    inside = {id(v) for u in subterms(t.body) if isinstance(u, Bound) for v in subterms(u)}
    for kink in kinks:
        if id(kink) in inside or any(k is not kink and k in kinks for k in subterms(kink)):
            continue
        try:
            found = _cut_at(c, t, kink)
        except Outside:
            continue
        if found is not None:
            return found
    return _bounded(c, t)


def _bounded(c: Converter, t: Bound) -> list[Bound] | None:
    """The same integral over a name that is known to lie in its range, where a kink further in asks where it lies."""
    s = t.symbols[0]
    ends = [None if a in INFINITE else c(a).rational() for a in t.args]
    if s.lower is not None or s.upper is not None or None in ends or ends[0] >= ends[1]:  # type: ignore[operator]
        return None
    inner = [u for u in subterms(t.body) if isinstance(u, Bound) and u.op == "integrate"]
    if not any(isinstance(v, App) and v.op in _KINKED for u in inner for v in subterms(u)):
        return None
    low, high = (num(e) for e in ends if e is not None)
    new = Symbol(s.name, "real", lower=low, upper=high)
    return [Bound(t.op, (new,), substitute(t.body, {s: var(new)}), t.args, t.side, t.shape, t.sort, span=t.span)]


def _difference(kink: App) -> Term | None:
    """What changes its sign at the kink, and its branches are chosen by."""
    if kink.op in ("abs", "sign"):
        return kink.args[0]
    if kink.op in ("max", "min"):
        return app("sub", *kink.args) if len(kink.args) == 2 else None
    (event,) = kink.args
    return app("sub", *event.args) if isinstance(event, App) and event.op in _ORDERS and not event.args[0].shape else None


def _branch(kink: App, sign: int) -> Term:
    """What a kinked part is where the difference has a sign."""
    if kink.op == "abs":
        return kink.args[0] if sign > 0 else app("neg", kink.args[0])
    if kink.op == "sign":
        return num(sign)
    if kink.op in ("max", "min"):
        return kink.args[0] if (kink.op == "max") == (sign > 0) else kink.args[1]
    (event,) = kink.args
    assert isinstance(event, App)
    return num(int(_ORDERS[event.op] == sign))


def _cut_at(c: Converter, t: Bound, kink: App) -> list[Bound] | None:
    s = t.symbols[0]
    u = _difference(kink)
    line = None if u is None else _linear(c, u, s)
    if line is None:
        return None
    place, slope = line
    low, high = t.args
    before = True if low in INFINITE else _ordered(c, low, place)
    after = True if high in INFINITE else _ordered(c, place, high)

    def piece(a: Term, b: Term, sign: int) -> Bound:
        body = transform(t.body, lambda v: _branch(kink, sign) if v == kink else None)
        return Bound(t.op, t.symbols, body, (a, b), t.side, t.shape, t.sort, span=t.span)

    if before is True and after is True:
        return [piece(low, place, -slope), piece(place, high, slope)]
    straight = low in INFINITE or high in INFINITE or _ordered(c, low, high) is True
    if straight and after is False and before is not False:
        return [piece(low, high, -slope)]
    if straight and before is False and after is not False:
        return [piece(low, high, slope)]
    return None


def _linear(c: Converter, u: Term, s: Symbol) -> tuple[Term, int] | None:
    """(root, sign of the slope) of a linear function of s."""
    zero, one = (substitute(u, {s: num(k)}) for k in (0, 1))
    if s in free_symbols(zero):
        return None
    f = c.field
    slope = f.sub(c(one), c(zero))
    if not slope.num or not f.equal(c(u), f.add(c(zero), f.mul(slope, c(var(s))))):
        return None
    sign = _sign(c, slope)
    if sign not in ("+", "-"):
        return None
    return app("div", app("neg", zero), app("sub", one, zero)), 1 if sign == "+" else -1


def _sign(c: Converter, e: Element) -> str | None:
    top = "0+" if not e.num else c.signs.of(e.num)
    below = "+" if len(e.den) == 1 else c.signs.of(e.den)
    if top is None or below not in ("+", "-"):
        return None
    return top if below == "+" else {"+": "-", "-": "+", "0+": "0-", "0-": "0+"}.get(top)


def _ordered(c: Converter, a: Term, b: Term) -> bool | None:
    """Whether a <= b; false where b <= a is known instead."""
    sign = _sign(c, c.field.sub(c(b), c(a)))
    return True if sign in ("+", "0+") else False if sign in ("-", "0-") else None


def _at_a_distance(c: Converter, t: Bound) -> list[Bound] | None:
    """An integral over the line with |x - m| in it as two from m on, in the distance from there."""
    s = t.symbols[0]
    found = {u.args[0] for u in subterms(t.body) if isinstance(u, App) and u.op == "abs" and s in free_symbols(u.args[0])}
    if len(found) != 1:
        return None
    (size,) = found
    if isinstance(size, Var) and not any(
        isinstance(u, App) and u.op == "exp" and any(isinstance(v, App) and v.op == "abs" for v in subterms(u))
        for u in subterms(t.body)
    ):
        return None
    zero, one = (substitute(size, {s: num(k)}) for k in (0, 1))
    slope = c.field.sub(c(one), c(zero)).rational()
    if not slope or not c.field.equal(c(size), c(app("add", zero, app("mul", num(slope), var(s))))):
        return None
    centre = app("div", app("neg", zero), num(slope))
    y = Symbol(s.name, "real", lower=num(0))
    distance = app("mul", num(abs(slope)), var(y))
    marked = transform(t.body, lambda u: distance if isinstance(u, App) and u.op == "abs" and u.args[0] == size else None)
    return [
        Bound(
            "integrate",
            (y,),
            substitute(marked, {s: app(op, centre, var(y))}),
            (num(0), OO),
            t.side,
            t.shape,
            t.sort,
            span=t.span,
        )
        for op in ("add", "sub")
    ]
