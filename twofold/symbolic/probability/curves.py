"""Density, distribution function, survival and quantile of a law at a point, on and off the support."""

from __future__ import annotations

from twofold.catalogue.conjunctions import together
from twofold.catalogue.shapes import app
from twofold.grammar.term import MINUS_OO, OO, App, Num, Term, num
from twofold.symbolic.arithmetic import ONE, ZERO, minus, plus, times
from twofold.symbolic.context import NoClosedForm
from twofold.symbolic.probability import signs
from twofold.symbolic.probability.laws import (
    Known,
    closed,
    density,
    integer_valued,
    is_discrete,
    is_vector,
    listed,
    spec_of,
    support,
)
from twofold.symbolic.probability.reading import Reader

_SUMMED = 60


def density_at(law: Term, x: Term, reader: Reader) -> Term:
    """The density or mass: 0 off the support."""
    if is_vector(law):
        return density(law, x)
    if listed(law) is not None and (spec_of(law) is not None and spec_of(law).atoms):  # type: ignore[union-attr]
        return density(law, x)
    body = density(law, x)
    low, high = support(law)
    inside = [c for c in (_at_least(x, low), _at_most(x, high)) if c is not None and signs.decide(c, reader.context) is not True]
    if any(signs.decide(c, reader.context) is False for c in inside):
        return ZERO
    if is_discrete(law) and not integer_valued(x):
        if isinstance(x, Num):
            return ZERO
        inside.append(App("eq", (App("floor", (x,)), x), sort="truth"))
    return App("piecewise", (body, together(inside), ZERO)) if inside else body


def _at_least(x: Term, low: Term) -> Term | None:
    return None if low == MINUS_OO else App("ge", (x, low), sort="truth")


def _at_most(x: Term, high: Term) -> Term | None:
    return None if high == OO else App("le", (x, high), sort="truth")


def below(law: Term, x: Term, reader: Reader, strict: bool = False) -> Term:
    """P(X <= x), or P(X < x) where strict. Raises `NoClosedForm`."""
    if is_discrete(law):
        values = listed(law)
        if values is not None:
            return _listed_below(values, x, reader, strict)
        if not integer_valued(x):
            x = minus(app("ceil", x), ONE) if strict else app("floor", x)
            x = reader.term(x)
        elif strict:
            x = reader.term(minus(x, ONE))
    low, high = support(law)
    above_low = signs.decide(App("ge", (x, low), sort="truth"), reader.context) if low != MINUS_OO else True
    if above_low is None and _reaches_before(law, "cdf", x, low, ZERO, reader):
        above_low = True
    under_high = signs.decide(App("le", (x, high), sort="truth"), reader.context) if high != OO else True
    if x == OO or (under_high is False):
        return ONE
    if x == MINUS_OO or (above_low is False):
        return ZERO
    if is_discrete(law) and isinstance(x, Num) and isinstance(low, Num) and x.value - low.value < _SUMMED:
        out: Term = ZERO
        for k in range(int(low.value), int(x.value) + 1):
            out = plus(out, reader.term(density(law, num(k))))
        return out
    body = _inside(law, "cdf", x)
    if body is None:
        body = _inside(law, "survival", x)
        if body is None:
            raise NoClosedForm("the distribution function has no closed form")
        body = minus(ONE, body)
    return _piecewise(body, x, low, high, above_low, under_high, ZERO, ONE)


def _reaches_before(law: Term, key: str, x: Term, low: Term, value: Term, reader: Reader) -> bool:
    """Whether x is at least one less than the first value of a discrete law, and the closed form is right there too."""
    if not is_discrete(law) or low == MINUS_OO:
        return False
    before = minus(low, ONE)
    if signs.decide(App("ge", (x, before), sort="truth"), reader.context) is not True:
        return False
    there = _inside(law, key, before)
    return there is not None and not (reader.read(there) - reader.read(value))


def above(law: Term, x: Term, reader: Reader, strict: bool = True) -> Term:
    """P(X > x), or P(X >= x) where not strict."""
    if not is_discrete(law):
        low, high = support(law)
        body = _inside(law, "survival", x)
        if body is not None:
            above_low = signs.decide(App("ge", (x, low), sort="truth"), reader.context) if low != MINUS_OO else True
            under_high = signs.decide(App("le", (x, high), sort="truth"), reader.context) if high != OO else True
            if above_low is False:
                return ONE
            if under_high is False:
                return ZERO
            return _piecewise(body, x, low, high, above_low, under_high, ONE, ZERO)
    elif listed(law) is None and not (isinstance(x, Num) and isinstance(support(law)[0], Num)):
        low, high = support(law)
        last = (
            reader.term(x if strict else minus(app("ceil", x), ONE))
            if integer_valued(x) or not strict
            else reader.term(app("floor", x))
        )
        body = _inside(law, "survival", last)
        if body is not None and high == OO:
            inside = signs.decide(App("ge", (last, low), sort="truth"), reader.context) is True
            if inside or _reaches_before(law, "survival", last, low, ONE, reader):
                return body
    return minus(ONE, below(law, x, reader, strict=not strict))


def _piecewise(
    body: Term, x: Term, low: Term, high: Term, above_low: bool | None, under_high: bool | None, left: Term, right: Term
) -> Term:
    parts: list[Term] = []
    if above_low is not True:
        parts += [left, App("lt", (x, low), sort="truth")]
    if under_high is not True:
        parts += [right, App("gt", (x, high), sort="truth")]
    return App("piecewise", (*parts, body)) if parts else body


def _inside(law: Term, key: str, x: Term) -> Term | None:
    known = closed(law, key, x=x)
    return known.value if isinstance(known, Known) else None


def _listed_below(values: list[tuple[Term, Term]], x: Term, reader: Reader, strict: bool) -> Term:
    out: Term = ZERO
    for v, mass in values:
        condition = App("lt" if strict else "le", (v, x), sort="truth")
        known = signs.decide(condition, reader.context)
        if known is True:
            out = plus(out, mass)
        elif known is None:
            out = plus(out, times(mass, App("indicator", (condition,))))
    return out


def equal_to(law: Term, x: Term, reader: Reader) -> Term:
    """P(X = x)."""
    if not is_discrete(law):
        return ZERO
    values = listed(law)
    if values is not None:
        out: Term = ZERO
        for v, mass in values:
            condition = App("eq", (v, x), sort="truth")
            known = signs.decide(condition, reader.context)
            if known is True:
                out = plus(out, mass)
            elif known is None:
                out = plus(out, times(mass, App("indicator", (condition,))))
        return out
    return density_at(law, x, reader)


def quantile(law: Term, q: Term) -> Term:
    """The quantile, where it has a closed form. Raises `NoClosedForm`."""
    body = closed(law, "quantile", q=q)
    if isinstance(body, Known):
        return body.value
    values = listed(law)
    if values is not None and all(isinstance(v, Num) for v, _ in values):
        ordered = sorted(values, key=lambda p: p[0].value)  # type: ignore[attr-defined]
        parts: list[Term] = []
        total: Term = ZERO
        for v, mass in ordered[:-1]:
            total = plus(total, mass)
            parts += [v, App("le", (q, total), sort="truth")]
        return App("piecewise", (*parts, ordered[-1][0]))
    raise NoClosedForm("the quantile has no closed form; it is the number where the distribution function reaches q")
