"""Solutions of an equation that no exact method solves, as certified enclosures on a part of the line around 0: all there are on it, which is said, with
nothing said of the rest of the line."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from twofold.catalogue.constants import rational
from twofold.catalogue.method import NotApplicable
from twofold.grammar.term import App, Symbol, Term, free_symbols, subterms
from twofold.symbolic.context import Context
from twofold.symbolic.equations.ring import fraction
from twofold.symbolic.equations.solution import simplest
from twofold.symbolic.solving.fraction_balls import FractionCurve
from twofold.symbolic.solving.isolation import Zero, zeros_between
from twofold.symbolic.solving.monotone_pieces import domain_of
from twofold.symbolic.solving.places import Place, Span, at, inside, ordered
from twofold.symbolic.solving.reading import REACH


def near_zero(f: Term, symbol: Symbol, context: Context) -> tuple[list[Place], Fraction, Fraction]:
    """All zeros between two numbers, of a size of at most `REACH`, where a function has values and the declared range of the unknown lies.
    Raises `NotApplicable` where they are not isolated."""
    known = context.range(symbol)
    low = Fraction(-REACH) if known.lower is None else max(known.lower, Fraction(-REACH))
    high = Fraction(REACH) if known.upper is None else min(known.upper, Fraction(REACH))
    if symbol.kind != "real" or low >= high:
        raise NotApplicable("no part of the line around 0 belongs to the unknown")
    declared = Span(at(low), at(high), not known.open_lower, not known.open_upper)
    return [p for p in zeros_on(f, symbol, low, high, context) if inside(p, declared)], low, high


def zeros_on(f: Term, symbol: Symbol, low: Fraction, high: Fraction, context: Context) -> list[Place]:
    """All zeros from a number to another, ascending, where a function has values. Raises `NotApplicable` where they are not isolated."""
    curve = FractionCurve(f, symbol, context)
    places = []
    for a, b in _parts(f, symbol, low, high, context):
        for z in zeros_between(curve, a, b):
            p = _place(curve, z)
            below = curve.below(p.enclosure(80))
            if below is not None and below.is_zero():
                continue  # a pole
            if below is None or below.contains(0):
                raise NotApplicable("the denominator may vanish")
            places.append(p)
    return ordered(places)


def _place(curve: FractionCurve, z: Zero) -> Place:
    """The place of a zero, as a simple rational number where it is one."""
    near = curve.refine(z, 100)
    q = z.exact if z.exact is not None else simplest(fraction(near.lower().fmpq()), fraction(near.upper().fmpq()))
    if z.exact is not None or q.denominator <= _LARGEST and curve.vanishes(q):
        return at(q)
    return Place(lambda bits: curve.refine(z, bits))


_LARGEST = 64


def _parts(f: Term, symbol: Symbol, low: Fraction, high: Fraction, context: Context) -> Iterator[tuple[Fraction, Fraction]]:
    """Intervals on which a function has values, poles aside, ends with values too."""
    if not any(_is_partial(t) and symbol in free_symbols(t) for t in subterms(f)):
        yield low, high
        return
    for s in domain_of(f, symbol, context):
        a = low if s.low is None else _end(s.low, s.low_in)
        b = high if s.high is None else _end(s.high, s.high_in)
        a, b = max(a, low), min(b, high)
        if a < b:
            yield a, b


def _end(p: Place, closed: bool) -> Fraction:
    if p.value is None or not closed:
        raise NotApplicable("an end of the domain does not belong to it")
    return p.value


def _is_partial(t: Term) -> bool:
    """Whether a function is not real on the whole line, poles aside."""
    if not isinstance(t, App):
        return False
    if t.op == "pow":
        n = rational(t.args[1])
        return n is None or n.denominator != 1
    return t.op in _PARTLY


_PARTLY = frozenset("log ln sqrt root asin acos acosh atanh loggamma Ei Ci Chi li lambertw besselk bessely".split())

__all__ = ["near_zero", "zeros_on"]
