"""Extrema of functions a + b*w with a sine or cosine w whose size b falls away: a value that is taken somewhere leaves only a bounded part of the
line for lower ones, where all zeros of the derivative are isolated."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import sympy as sp
from flint import arb

from twofold.catalogue.display import show
from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Num, Symbol, Term, substitute
from twofold.symbolic.arithmetic import text
from twofold.symbolic.calculus.limits import limit_at
from twofold.symbolic.context import Context, NoClosedForm, Range
from twofold.symbolic.derivative import nth
from twofold.symbolic.equations.enclose import precision
from twofold.symbolic.equations.ring import fraction
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower, symbol_for
from twofold.symbolic.solving.branches import is_branched
from twofold.symbolic.solving.isolation import Curve, ball, zeros_between
from twofold.symbolic.solving.line_extrema import NOT_ATTAINED, UNBOUNDED
from twofold.symbolic.solving.monotone_pieces import domain_of, relation_spans
from twofold.symbolic.solving.oscillating import wave
from twofold.symbolic.solving.places import Place, Span, at, inside
from twofold.symbolic.solving.real_solutions import number
from twofold.symbolic.tidy import short

_SAMPLES = [Fraction(k, 4) for k in range(-80, 81)] + [Fraction(1, 64), Fraction(-1, 64)]
_FARTHEST = 400


@dataclass(slots=True)
class _Found:
    """A value with a ball: taken at a place, or a limit at one."""

    ball: arb
    place: Place
    attained: bool


def of_wave(f: Term, symbol: Symbol, sign: int, context: Context) -> Term:
    """(least value, places), or the greatest for sign -1; a text where it is not attained. Raises `NotApplicable`."""
    if context.range(symbol) != Range() or symbol.kind != "real":
        raise NotApplicable("a bounded range")
    g = f if sign > 0 else app("neg", f)
    x, e = symbol_for(symbol, context), lower(g, context)
    parts = wave(e, x)
    if parts is None or isinstance(parts[0], sp.tan) or is_branched(g):
        raise NotApplicable("no wave")
    curve = Curve(g, symbol, context, 0)
    domain = domain_of(g, symbol, context)
    even = sp.simplify(e.subs(x, -x) - e) == 0
    holes = _holes(e, x, domain, context)
    if holes is None:
        context.note(f"it {'falls' if sign > 0 else 'grows'} beyond all bounds")
        return text(UNBOUNDED)
    outline = lift(parts[1] - sp.Abs(parts[2]), context)
    windows = relation_spans(app("le", outline, Num(_level(curve))), symbol, context)
    found = [*_turning(g, curve, symbol, windows, domain, even, context), *holes]
    if not found:
        raise NotApplicable("no candidate")
    least = found[0]
    for v in found[1:]:
        if v.ball < least.ball:
            least = v
        elif not v.ball > least.ball and not (not v.attained and not least.attained):
            raise NotApplicable("two values are not told apart")
    if not least.attained:
        limit = limit_at(e, x, lower(least.place.term, context), "", context) if least.place.term else None
        if limit is None:
            raise NotApplicable("the limit at an end is not found")
        word, shown = "infimum" if sign > 0 else "supremum", lift(sign * limit, context)
        context.note(
            f"the {word} is {show(shown)}, approached as {symbol.name} -> {show(number(least.place, context))}; it is not attained"
        )
        return text(NOT_ATTAINED)
    place = least.place

    def value(bits: int) -> arb:
        with precision(bits + 32):
            made = curve.at(place.enclosure(bits + 32))
        if made is None:
            raise NotApplicable("a value cannot be enclosed")
        return sign * made

    exact = None if place.term is None else lower(substitute(f, {symbol: place.term}), context)
    worth = number(Place(value), context) if exact is None else lift(short(exact, context), context)
    places = [place]
    if even and place.value != 0:
        places.insert(0, Place(lambda bits: -place.enclosure(bits), None if place.term is None else app("neg", place.term)))
    where = [number(p, context) for p in places]
    return App(
        "tuple",
        (worth, where[0] if len(where) == 1 else App("set", tuple(where), (), "set")),
        (),
        "tuple",
    )


def _level(curve: Curve) -> Fraction:
    """A rational number just above the least of some values."""
    with precision(64):
        known = [v for q in _SAMPLES if (v := curve.at(ball(q))) is not None]
        if not known:
            raise NotApplicable("no value is found")
        least = min(known, key=lambda v: float(v.mid()))
        return fraction(least.upper().fmpq()).limit_denominator(10**6) + Fraction(1, 10**5)


def _turning(
    g: Term, curve: Curve, symbol: Symbol, windows: list[Span], domain: list[Span], even: bool, context: Context
) -> list[_Found]:
    """The values at the zeros of the derivative in the windows; of an even function at those that are not negative."""
    steep = nth(g, symbol, 1)
    curve_of = Curve(lift(sp.numer(sp.together(lower(steep, context))), context), symbol, context, 4)
    # Where the function has no derivative it may turn too.
    places = [p for s in domain_of(steep, symbol, context) for p in (s.low, s.high) if p is not None]
    for s in windows:
        if s.low is None or s.high is None:
            raise NotApplicable("the part of the line with low values is not bounded")
        low, high = fraction(s.low.enclosure(64).lower().fmpq()), fraction(s.high.enclosure(64).upper().fmpq())
        if high - low > _FARTHEST:
            raise NotApplicable("the part of the line with low values is long")
        for z in zeros_between(curve_of, low, high):
            places.append(at(z.exact) if z.exact is not None else Place(lambda bits, z=z: curve_of.refine(z, bits)))
    out = []
    for p in places:
        if even and p.enclosure(64) < 0 or not any(inside(p, d) for d in domain):
            continue
        with precision(160):
            v = curve.at(p.enclosure(128))
        if v is None:
            raise NotApplicable("a value cannot be enclosed")
        out.append(_Found(v, p, True))
    return out


def _holes(e: Any, x: Any, domain: list[Span], context: Context) -> list[_Found] | None:
    """The limits at the ends of the domain, those at infinity aside; `None` where the function falls beyond all bounds there."""
    out = []
    for s in domain:
        for end, side, closed in ((s.low, "+", s.low_in), (s.high, "-", s.high_in)):
            if end is None:
                continue
            if closed or end.term is None:
                raise NotApplicable("an end of the domain belongs to it, or has no closed form")
            try:
                limit = limit_at(e, x, lower(end.term, context), side, context)
            except NoClosedForm:
                limit = None
            if limit == -sp.oo:
                return None
            if limit == sp.oo:
                continue
            if limit is None or not limit.is_number or not limit.is_finite:
                raise NotApplicable("the limit at an end is not found")
            found = arb(str(limit.evalf(40)))
            out.append(_Found(found + arb(0, 1e-30) * (1 + abs(found)), end, False))
    return out


__all__ = ["of_wave"]
