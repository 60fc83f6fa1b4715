"""Solutions that repeat with a period, on a bounded interval: those of one period, shifted as often as they reach into it."""

from __future__ import annotations

import math

from flint import arb

from twofold.catalogue.method import NotApplicable
from twofold.grammar.term import Symbol, Term
from twofold.symbolic.context import Context
from twofold.symbolic.equations import enclose
from twofold.symbolic.equations.enclose import precision
from twofold.symbolic.equations.reading import Reading
from twofold.symbolic.equations.ring import Ratio
from twofold.symbolic.equations.terms import term_of
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower
from twofold.symbolic.solving.places import EVERYTHING, Place, Span, meet, place_of
from twofold.symbolic.solving.real_sets import pieces_of
from twofold.symbolic.tidy import short

_MOST = 60


def spans_within(relation: Term, x: Symbol, inside: Span, context: Context) -> list[Span]:
    """The solutions of a relation that lie between two places, with proof. Raises `NotApplicable`."""
    if inside.low is None or inside.high is None:
        raise NotApplicable("the solutions are periodic")
    found: list[Span] = []
    for part in pieces_of(relation, x, context):
        for p in part.pieces:
            low = None if p.low is None else place_of(part.reading, p.low)
            high = low if p.single else None if p.high is None else place_of(part.reading, p.high)
            if part.period is None or low is None or high is None:
                found.append(Span(low, high, p.low_in, p.high_in) if part.period is None else EVERYTHING)
                continue
            for k in _shifts(part.reading, part.period, low, high, inside):
                a = _shifted(low, part.reading, part.period, k, context)
                b = a if p.single else _shifted(high, part.reading, part.period, k, context)
                found.append(Span(a, b, p.low_in, p.high_in))
    return [s for t in found if (s := meet(t, inside)) is not None]


def _shifts(r: Reading, period: Ratio, low: Place, high: Place, inside: Span) -> range:
    assert inside.low is not None and inside.high is not None
    with precision(96):
        turn = enclose.quotient(r.ring, period, {})
        first = math.floor(float((inside.low.enclosure(64) - high.enclosure(64)) / turn) - 0.01)
        last = math.ceil(float((inside.high.enclosure(64) - low.enclosure(64)) / turn) + 0.01)
    if last - first > _MOST:
        raise NotApplicable("there are too many periods on the interval")
    return range(first, last + 1)


def _shifted(p: Place, r: Reading, period: Ratio, k: int, context: Context) -> Place:
    if k == 0:
        return p
    term = None
    if p.term is not None:
        term = lift(short(lower(p.term, context) + k * lower(term_of(r.ring, period), context), context), context)

    def enclosure(bits: int) -> arb:
        with precision(bits + 16):
            return p.enclosure(bits) + k * enclose.quotient(r.ring, period, {})

    return Place(enclosure, term)
