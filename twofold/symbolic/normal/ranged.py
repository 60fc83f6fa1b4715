"""Sums and products over ranges."""

from __future__ import annotations

from fractions import Fraction

from flint import fmpq

from twofold.catalogue.shapes import app
from twofold.grammar.term import (
    INFINITE,
    OO,
    App,
    Bound,
    Symbol,
    num,
    substitute,
    subterms,
    var,
)
from twofold.symbolic.normal import polynomials as P
from twofold.symbolic.normal.bound_names import canonical, inside, opaque_bound, s_key
from twofold.symbolic.normal.closed_sums import endless_sum, sum_of
from twofold.symbolic.normal.convert import Converter
from twofold.symbolic.normal.dependence import depends, separate
from twofold.symbolic.normal.exponentials import exp_of
from twofold.symbolic.normal.field import UNIT, Element, Key
from twofold.symbolic.normal.power_series import of_halves
from twofold.symbolic.normal.powers import logarithm, power
from twofold.symbolic.normal.sums import from_zero, nonnegative
from twofold.symbolic.normal.wave_series import wave_series

_EXPANDED = 400


def ranged(c: Converter, t: Bound) -> Element:
    f = c.field
    lower, upper = t.args
    low = c(lower).rational() if lower != OO else None
    high = c(upper).rational() if upper != OO else None
    if low is not None and high is not None:
        if low.denominator != 1 or high.denominator != 1:
            return opaque_bound(c, t)
        if high - low >= _EXPANDED:
            return _symbolic(c, t)
        out = f.number(0 if t.op == "sum" else 1)
        for k in range(int(low), int(high) + 1):
            e = c(substitute(t.body, {t.symbols[0]: num(k)}))
            out = f.add(out, e) if t.op == "sum" else f.mul(out, e)
        return out
    return _symbolic(c, t)


def _shifted(c: Converter, t: Bound) -> Bound:
    """The same sum from 1, where its lower end is another whole number."""
    low = c(t.args[0]).rational()
    if low is None or low == 1 or low.denominator != 1:
        return t
    s = t.symbols[0]
    step = num(low - 1)
    upper = t.args[1] if t.args[1] == OO else app("sub", t.args[1], step)
    new = Symbol(s.name, "integer", lower=num(1), upper=upper)
    body = substitute(t.body, {s: app("add", var(new), step)})
    return Bound(t.op, (new,), body, (num(1), upper), t.side, t.shape, t.sort, span=t.span)


def _symbolic(c: Converter, t: Bound) -> Element:
    f = c.field
    if t.args[0] in INFINITE:
        return opaque_bound(c, t)
    if t.op == "sum" and t.args[1] == OO and (made := wave_series(c, t)) is not None:
        return made
    if c(t.args[0]).rational() == 0:
        s, body = canonical(c, t)
        g = _index_kernel(c, s)
        e = inside(c, body)
        known = from_zero(c, t, e, g, None if t.args[1] == OO else c(t.args[1]))
        if known is None and t.op == "sum" and t.args[1] == OO and e.num:
            known = of_halves(c, e, g)
        if known is not None:
            return known
    elif t.op == "sum" and any(isinstance(u, App) and u.op in _FACTORIALS for u in subterms(t.body)):
        known = _from_near_zero(c, t)
        if known is not None:
            return known
    t = _shifted(c, t)
    s, body = canonical(c, t)
    g = _index_kernel(c, s)
    e = inside(c, body)
    lower = c(t.args[0])
    if t.args[1] == OO:
        return endless_sum(c, t, s, e, g, lower)
    upper = c(t.args[1])
    if _turned_round(c, t, e, upper):
        body = substitute(body, {s: app("sub", app("add", t.args[0], t.args[1]), var(s))})
        e = inside(c, body)
    count = f.add(f.sub(upper, lower), f.number(1))
    if t.op == "prod":
        return _product(c, e, g, s, lower, upper, count)
    out = f.number(0)
    for outer, inner in separate(c, e, g, split=True):
        out = f.add(out, f.mul(outer, sum_of(c, inner, g, s, lower, upper, count)))
    return out


_FACTORIALS = frozenset("factorial gamma binomial rising falling".split())
_NEAR = 6
"""Sums that start at most so far above 0 are completed by the terms that are missing."""


def _from_near_zero(c: Converter, t: Bound) -> Element | None:
    """A sum of factorials from a small whole number: moved to 0, or completed there."""
    low = c(t.args[0]).rational()
    if low is None or low.denominator != 1 or not 0 < abs(low) <= _NEAR:
        return None
    f = c.field
    s = t.symbols[0]
    new = Symbol(s.name, "integer", lower=num(0))
    end = OO if t.args[1] == OO else app("sub", t.args[1], num(low))
    moved = Bound(t.op, (new,), substitute(t.body, {s: app("add", var(new), num(low))}), (num(0), end))
    k, body = canonical(c, moved)
    known = from_zero(c, moved, inside(c, body), _index_kernel(c, k), None if end == OO else c(end))
    if known is not None or low < 0:
        return known
    if t.args[1] != OO and not nonnegative(c, c(app("add", app("sub", t.args[1], t.args[0]), num(1)))):
        return None
    whole = Bound(t.op, (new,), substitute(t.body, {s: var(new)}), (num(0), t.args[1]))
    k, body = canonical(c, whole)
    known = from_zero(c, whole, inside(c, body), _index_kernel(c, k), None if t.args[1] == OO else c(t.args[1]))
    if known is None:
        return None
    return f.sub(known, f.sum([inside(c, substitute(t.body, {s: num(j)})) for j in range(int(low))]))


def _turned_round(c: Converter, t: Bound, e: Element, upper: Element) -> bool:
    """Whether a finite sum is simpler from its end to its start: its terms then do not mention the end."""
    ends = {g for p in (upper.num, upper.den) for g in P.generators(p)}
    if t.op != "sum" or not ends or not e.num:
        return False
    s = t.symbols[0]
    k, body = canonical(c, t)
    g = _index_kernel(c, k)

    def moved(body: Element) -> bool:
        return any(
            depends(c, h, end)
            for _, inner in separate(c, body, g, split=False)
            for p in (inner.num, inner.den)
            for h in P.generators(p)
            for end in ends
        )

    if not moved(e):
        return False
    back = substitute(t.body, {s: app("sub", app("add", t.args[0], t.args[1]), var(k))})
    return not moved(inside(c, back))


def _index_kernel(c: Converter, s: Symbol) -> int:
    """The kernel of a bound index, known to be whole."""
    c.symbol(s)
    g = c.field.kernel(s_key(s))
    c.integers.add(g)
    return g


def _product(c: Converter, e: Element, g: int, s: Symbol, lower: Element, upper: Element, count: Element) -> Element:
    """A product over a symbolic range: factors free of the index become powers, the others kernels one by one."""
    f = c.field
    if not e.num or not nonnegative(c, count):
        return c.opaque("prod", [s_key(s), e.key, lower.key, upper.key])
    value, found = c.split(e)
    out = f.number(1)
    if value != 1:
        out = f.mul(out, power(c, f.number(value), count))
    for key, k in found:
        gens = [key[1]] if key[0] == "gen" else P.generators(dict(key[1]))
        base = f.monomial(((key[1], 1),)) if key[0] == "gen" else Element(dict(key[1]), UNIT)
        if not any(depends(c, h, g) for h in gens):
            out = f.mul(out, power(c, base, f.mul(count, f.number(Fraction(k)))))
            continue
        kernel = f.kernels[key[1]] if key[0] == "gen" else None
        if kernel is not None and kernel[0] == "exp":
            exponent = f.made({kernel[1]: fmpq(1)}, dict(kernel[2]) if kernel[2] is not None else UNIT)
            total = f.number(0)
            for outer, inner in separate(c, f.mul(exponent, f.number(Fraction(k))), g, split=True):
                total = f.add(total, f.mul(outer, sum_of(c, inner, g, s, lower, upper, count)))
            out = f.mul(out, exp_of(c, total))
        elif isinstance(k, int):
            h = f.kernel(("product", s_key(s), base.key, lower.key, upper.key))
            if c.signs.of(base.num) == "+":
                f.positive.add(h)
            out = f.mul(out, f.monomial(((h, k),)))
        else:
            return c.opaque("prod", [s_key(s), e.key, lower.key, upper.key])
    return out


def log_of_product(c: Converter, kernel: Key) -> Element:
    """log of a product kernel: the sum of the logs."""
    f = c.field
    _, (_, s), base, lower, upper = kernel
    e = Element(dict(base[0]), dict(base[1]))
    g = f.kernel(s_key(s))
    low, high = (Element(dict(x[0]), dict(x[1])) for x in (lower, upper))
    count = f.add(f.sub(high, low), f.number(1))
    out = f.number(0)
    for outer, inner in separate(c, logarithm(c, e), g, split=True):
        out = f.add(out, f.mul(outer, sum_of(c, inner, g, s, low, high, count)))
    return out
