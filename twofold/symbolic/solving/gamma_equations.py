"""Equations in one gamma function (or factorial) of something linear in the unknown: all solutions, or those near 0 of infinitely many.

Between neighbouring poles, and from 0 on, the digamma function rises from minus to plus infinity, so that the gamma function has one turning point
there and its absolute value falls to it and rises from it, without bound at the poles and towards infinity. The absolute values at the turning points
tend to 0 on the left (by reflection, abs(gamma(-n - 1/2)) = pi/gamma(n + 3/2)): every value but 0 is taken infinitely often.
Source: DLMF 5.2, 5.5.3, 5.4(iii).
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import count

from flint import arb

from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Num, Symbol, Term, free_symbols, num, subterms, transform, var
from twofold.symbolic.arithmetic import plus
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.equations.enclose import precision
from twofold.symbolic.equations.reading import Reading
from twofold.symbolic.equations.ring import Ring, coefficients, constant_value, fraction
from twofold.symbolic.equations.solution import simplest
from twofold.symbolic.lower import lower
from twofold.symbolic.solving.isolation import ball, hull
from twofold.symbolic.solving.monotone_pieces import relation_spans
from twofold.symbolic.solving.places import Place, Span, at, inside, ordered
from twofold.symbolic.solving.reading import INCOMPLETE, MANY, REACH

_MOST_POLES = 200
_NARROW = Fraction(1, 2**70)
_BITS = (64, 256, 1024)


def gamma_places(relation: Term, symbol: Symbol, context: Context) -> list[Place] | None:
    """The solutions of an equation, ascending, with a remark where there are others; `None` where it is of another kind. Raises `NotApplicable`."""
    found = {t for t in subterms(relation) if isinstance(t, App) and t.op in ("gamma", "factorial") and symbol in free_symbols(t)}
    if len(found) != 1 or not isinstance(relation, App) or relation.op != "eq" or symbol.kind != "real":
        return None
    (g,) = found
    value = Symbol("w", "real")
    outer = transform(relation, lambda t: var(value) if t == g else None)
    known = context.range(symbol)
    if symbol in free_symbols(outer) or any(symbol in free_symbols(f) and not _is_bound(f) for f in context.assumptions):
        return None
    assert isinstance(g, App)
    slope, offset = _line(g.args[0] if g.op == "gamma" else plus(g.args[0], num(1)), symbol, context)
    levels = relation_spans(outer, value, context)
    if not all(s.single for s in levels):
        raise NotApplicable("the values of the gamma function are no single numbers")
    # The end of the declared range that lies on the side of the poles.
    end = known.lower if slope > 0 else known.upper
    least = slope * (end if end is not None else Fraction(-REACH if slope > 0 else REACH)) + offset
    if -least > _MOST_POLES:
        raise NotApplicable("too many poles")
    declared = Span(
        None if known.lower is None else at(known.lower),
        None if known.upper is None else at(known.upper),
        not known.open_lower,
        not known.open_upper,
    )
    places = []
    for s in levels:
        assert s.low is not None
        for p in _at_level(s.low, least):
            here = _named(_moved(p, slope, offset), relation, symbol, context)
            if inside(here, declared):
                places.append(here)
    if end is None and any(s.low is not None and s.low.value != 0 for s in levels):
        side = "from" if slope > 0 else "to"
        context.note(f"{MANY}; these are the ones {side} {-REACH if slope > 0 else REACH} on")
        context.note(INCOMPLETE)
        edge = at(Fraction(-REACH if slope > 0 else REACH))
        near = Span(edge, None, True, False) if slope > 0 else Span(None, edge, False, True)
        places = [p for p in places if inside(p, near)]
    return ordered(places)


def _is_bound(fact: Term) -> bool:
    """Whether a condition is a bound of a name by a number, which its range tells."""
    return isinstance(fact, App) and fact.op in ("lt", "le", "gt", "ge") and any(isinstance(a, Num) for a in fact.args)


def _line(u: Term, symbol: Symbol, context: Context) -> tuple[Fraction, Fraction]:
    """The slope and the offset of what is linear in the unknown, both rational."""
    ring = Ring()
    made = Reading(ring, context, "plain").scalar(u)
    row = coefficients(made.top, ring.keys["symbol", symbol])
    below = constant_value(made.bottom)
    numbers = [constant_value(c) for c in row]
    if len(row) != 2 or not below or numbers[0] is None or numbers[1] is None:
        raise NotApplicable("the argument is not linear with rational coefficients")
    return numbers[1] / below, numbers[0] / below


def _moved(p: Place, slope: Fraction, offset: Fraction) -> Place:
    """The place where slope*x + offset is at another one."""

    def enclosure(bits: int) -> arb:
        inner = p.enclosure(bits + 16)
        with precision(bits + 32):
            return (inner - ball(offset)) / ball(slope)

    return Place(enclosure)


def _named(p: Place, relation: App, symbol: Symbol, context: Context) -> Place:
    """The place as a simple rational number where the equation holds there exactly."""
    near = p.enclosure(100)
    q = simplest(fraction(near.lower().fmpq()) - _WIDTH, fraction(near.upper().fmpq()) + _WIDTH)
    if q.denominator > 64:
        return p
    put = transform(app("sub", *relation.args), lambda t: Num(q) if t == var(symbol) else None)
    try:
        return at(q) if lower(put, context) == 0 else p
    except NoClosedForm:
        return p


_WIDTH = Fraction(1, 2**60)


# --- one value ---------------------------------------------------------------------------------------------------------------------


def _at_level(level: Place, least: Fraction) -> Iterator[Place]:
    """Where the gamma function takes a value: everywhere from the pole below `least` on."""
    sign = _sign(level)
    if sign == 0:
        return
    if sign > 0:
        yield from _between(level, Fraction(0), None)
    for n in range(max(0, -(least.__floor__()))):
        if (sign > 0) == (n % 2 == 1):
            yield from _between(level, Fraction(-n - 1), Fraction(-n))


def _sign(level: Place) -> int:
    if level.value is not None:
        return (level.value > 0) - (level.value < 0)
    for bits in _BITS:
        v = level.enclosure(bits)
        if v > 0 or v < 0:
            return 1 if v > 0 else -1
    raise NotApplicable("the sign of a value is not found")


def _between(level: Place, low: Fraction, high: Fraction | None) -> Iterator[Place]:
    """Where the gamma function takes a value between a pole and the next one (or infinity): nowhere, or on both sides of the turning point."""
    a, b = _turning(low, high)
    with precision(256):
        least, wanted = abs(hull(a, b).gamma()), abs(level.enclosure(256))
    if least > wanted:
        return
    if not least < wanted:
        raise NotApplicable("a value may be that at a turning point")
    # Far out the turning point lies nearer to the pole than a quarter.
    left = next(q for k in count(2) if (q := low + Fraction(1, 2**k)) < a and _is_beyond(level, q))
    right = next(q for k in count(2) if _is_beyond(level, q := Fraction(2**k) if high is None else high - Fraction(1, 2**k)))
    yield _Branch(level, left, a).place()
    yield _Branch(level, right, b).place()


def _turning(low: Fraction, high: Fraction | None) -> tuple[Fraction, Fraction]:
    """A narrow interval around the zero of the digamma function between two poles."""
    a, b = (Fraction(1), Fraction(2)) if high is None else (low + Fraction(1, 2**20), high - Fraction(1, 2**20))
    with precision(256):
        while b - a > _NARROW:
            middle = (a + b) / 2
            slope = ball(middle).digamma()
            if slope < 0:
                a = middle
            elif slope > 0:
                b = middle
            else:
                raise NotApplicable("a turning point is not enclosed")
        if not (ball(a).digamma() < 0 and ball(b).digamma() > 0):
            raise NotApplicable("a turning point is not enclosed")
    return a, b


def _is_beyond(level: Place, q: Fraction) -> bool | None:
    """Whether the absolute value at a number is above that of a level; `None` where these are not told apart."""
    for bits in _BITS:
        with precision(bits + 32):
            here, wanted = abs(ball(q).gamma()), abs(level.enclosure(bits))
        if here > wanted or here < wanted:
            return bool(here > wanted)
    return None


class _Branch:
    """The solution between a number at which the absolute value is above that of the level and one at which it is below, by bisection."""

    def __init__(self, level: Place, above: Fraction, below: Fraction) -> None:
        self.level, self.above, self.below = level, above, below

    def place(self) -> Place:
        return Place(self.enclosure)

    def enclosure(self, bits: int) -> arb:
        goal = Fraction(1, 2**bits)
        while abs(self.above - self.below) > goal:
            middle = (self.above + self.below) / 2
            beyond = _is_beyond(self.level, middle)
            if beyond is None:
                # The solution itself may be there.
                middle = self.above + (self.below - self.above) * Fraction(3, 7)
                beyond = _is_beyond(self.level, middle)
            if beyond is None:
                raise NotApplicable("a value is not told apart from another")
            if beyond:
                self.above = middle
            else:
                self.below = middle
        with precision(bits + 32):
            return hull(min(self.above, self.below), max(self.above, self.below))


__all__ = ["gamma_places"]
