"""Places on the real line, with enclosures to any precision and a closed form where there is one, and the spans between them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from flint import arb, fmpq

from twofold.catalogue.display import show
from twofold.catalogue.method import NotApplicable
from twofold.grammar.term import Num, Term
from twofold.symbolic.equations.enclose import PRECISIONS, NoEnclosure, precision
from twofold.symbolic.equations.points import Point
from twofold.symbolic.equations.reading import Reading
from twofold.symbolic.equations.ring import fraction
from twofold.symbolic.equations.solution import simplest
from twofold.symbolic.equations.terms import term_of

_APART = (64, 256, 1024)


@dataclass(slots=True, eq=False)
class Place:
    """A real number: a ball at a number of bits, and a term where it has a closed form."""

    enclosure: Callable[[int], arb]
    term: Term | None = None

    @property
    def value(self) -> Fraction | None:
        """The number where it is rational and known to be."""
        return self.term.value if isinstance(self.term, Num) else None


@dataclass(frozen=True, slots=True)
class Span:
    """The numbers between two places (`None`: an infinite end); a single number where both are the same."""

    low: Place | None
    high: Place | None
    low_in: bool = False
    high_in: bool = False

    @property
    def single(self) -> bool:
        return self.low is not None and self.low is self.high


EVERYTHING = Span(None, None)


def at(q: Fraction) -> Place:
    """A rational number as a place."""

    def enclosure(bits: int) -> arb:
        with precision(bits + 16):
            return arb(fmpq(q.numerator, q.denominator))

    return Place(enclosure, Num(q))


def place_of(r: Reading, p: Point) -> Place:
    """The place of a point of a line."""

    def enclosure(bits: int) -> arb:
        with precision(bits + 16):
            return p.enclosure()

    term = p.term
    if p.exact is not None:
        q = p.exact.value()
        term = Num(q) if q is not None else term_of(r.ring, p.exact)
    return Place(enclosure, term)


def same(a: Place, b: Place) -> bool:
    """Whether two places have the same closed form (bound names may differ)."""
    return a.term is not None and b.term is not None and (a.term == b.term or show(a.term) == show(b.term))


def before(a: Place, b: Place) -> bool:
    """Whether one place lies before another; `False` also where they are the same. Raises `NotApplicable` where neither is known."""
    if a is b:
        return False
    if a.value is not None and b.value is not None:
        return a.value < b.value
    for bits in _APART:
        x, y = a.enclosure(bits), b.enclosure(bits)
        if x < y:
            return True
        if x > y or bits == _APART[0] and same(a, b):
            return False
        if x.is_exact() and y.is_exact():
            return False
    raise NotApplicable("two numbers are not told apart")


def ordered(places: list[Place]) -> list[Place]:
    """Places in ascending order, each once."""
    out: list[Place] = []
    for p in places:
        k = len(out)
        while k and before(p, out[k - 1]):
            k -= 1
        if not k or before(out[k - 1], p):
            out.insert(k, p)
    return out


def between(low: Place | None, high: Place | None) -> Fraction:
    """A simple rational number strictly between two places."""
    for bits in PRECISIONS:
        try:
            with precision(bits + 32):
                a = None if low is None else low.value if low.value is not None else fraction(low.enclosure(bits).upper().fmpq())
                b = (
                    None
                    if high is None
                    else high.value
                    if high.value is not None
                    else fraction(high.enclosure(bits).lower().fmpq())
                )
        except NoEnclosure:
            continue
        if a is None or b is None or a < b:
            return simplest(a, b)
    raise NotApplicable("two numbers are not told apart")


def inside(p: Place, s: Span) -> bool:
    """Whether a place belongs to a span."""
    if s.single:
        assert s.low is not None
        return not before(p, s.low) and not before(s.low, p)
    low = s.low is None or before(s.low, p) or (s.low_in and not before(p, s.low))
    return low and (s.high is None or before(p, s.high) or (s.high_in and not before(s.high, p)))


def meet(a: Span, b: Span) -> Span | None:
    """What two spans have in common; `None` where that is nothing."""
    if a.single or b.single:
        single, other = (a, b) if a.single else (b, a)
        assert single.low is not None
        return single if inside(single.low, other) else None
    low, low_in = _later(a.low, a.low_in, b.low, b.low_in)
    high, high_in = _earlier(a.high, a.high_in, b.high, b.high_in)
    if low is None or high is None or before(low, high):
        return Span(low, high, low_in, high_in)
    if before(high, low) or not (low_in and high_in):
        return None
    return Span(low, low, True, True)


def _later(p: Place | None, p_in: bool, q: Place | None, q_in: bool) -> tuple[Place | None, bool]:
    if p is None or q is None:
        return (q, q_in) if p is None else (p, p_in)
    if before(p, q):
        return q, q_in
    return (p, p_in) if before(q, p) else (p, p_in and q_in)


def _earlier(p: Place | None, p_in: bool, q: Place | None, q_in: bool) -> tuple[Place | None, bool]:
    if p is None or q is None:
        return (q, q_in) if p is None else (p, p_in)
    if before(p, q):
        return p, p_in
    return (q, q_in) if before(q, p) else (p, p_in and q_in)


def union(spans: list[Span]) -> list[Span]:
    """Spans in ascending order, those that touch or overlap put together."""
    out: list[Span] = []
    for s in _by_low(spans):
        if out and _touch(out[-1], s):
            out[-1] = _joined(out[-1], s)
        else:
            out.append(s)
    return out


def _by_low(spans: list[Span]) -> list[Span]:
    out: list[Span] = []
    for s in spans:
        k = len(out)
        while k and _starts_before(s, out[k - 1]):
            k -= 1
        out.insert(k, s)
    return out


def _starts_before(a: Span, b: Span) -> bool:
    if a.low is None or b.low is None:
        return a.low is None and b.low is not None
    if before(a.low, b.low):
        return True
    return not before(b.low, a.low) and a.low_in and not b.low_in


def _touch(a: Span, b: Span) -> bool:
    if a.high is None or b.low is None:
        return True
    if before(b.low, a.high):
        return True
    return not before(a.high, b.low) and (a.high_in or b.low_in)


def _joined(a: Span, b: Span) -> Span:
    if a.high is None or b.high is None:
        return Span(a.low, None, a.low_in, False)
    if before(a.high, b.high):
        high, high_in = b.high, b.high_in
    elif before(b.high, a.high):
        high, high_in = a.high, a.high_in
    else:
        high, high_in = a.high, a.high_in or b.high_in
    same = a.low is not None and not before(a.low, high)
    return Span(a.low, a.low if same else high, a.low_in, high_in)
