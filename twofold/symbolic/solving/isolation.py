"""Zeros of a function of one real variable, isolated with proof: all zeros on an interval lie in the brackets that are returned.

An interval is dropped where a ball around the values of the function excludes 0, and settled where one around the derivative
does (then the signs at its ends tell); otherwise it is halved. Source: Moore, Kearfott, Cloud, "Introduction to Interval
Analysis", ch. 8.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction

from flint import arb, fmpq

from twofold.catalogue.method import NotApplicable
from twofold.grammar.term import Num, Symbol, Term, substitute
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.derivative import nth
from twofold.symbolic.equations import enclose
from twofold.symbolic.equations.enclose import PRECISIONS, NoEnclosure, precision
from twofold.symbolic.equations.reading import Reading
from twofold.symbolic.equations.ring import Ratio, Restart, Ring, fraction
from twofold.symbolic.equations.solution import simplest
from twofold.symbolic.lower import lower

_MOST_BOXES = 6000
_SMALLEST = Fraction(1, 2**44)
_NARROW = Fraction(1, 4)
_MOST_READINGS = 12


@dataclass(slots=True)
class Zero:
    """A zero in (low, high), or at `exact`. The function changes its sign there unless `exact` is given."""

    low: Fraction
    high: Fraction
    exact: Fraction | None = None


class Curve:
    """A function with its derivatives over one ring, evaluated in balls at numbers or intervals."""

    def __init__(self, term: Term, symbol: Symbol, context: Context, order: int = 2) -> None:
        self.symbol = symbol
        self.context = context
        try:
            self.terms = [nth(term, symbol, k) for k in range(order + 1)]
        except NoClosedForm as error:
            raise NotApplicable("a derivative is not found") from error
        steps: dict[object, Fraction] = {}
        for _ in range(_MOST_READINGS):
            self.ring = Ring(steps=steps)
            reading = Reading(self.ring, context, "plain")
            try:
                self.values: list[Ratio] = [reading.scalar(t) for t in self.terms]
                break
            except Restart:
                steps = self.ring.steps
        else:
            raise NotApplicable("the multiples of an angle or exponent have no common measure")
        self.unknown = self.ring.keys.get(("symbol", symbol), -1)
        if len(self.ring.symbols()) > (self.unknown >= 0):
            raise NotApplicable("there are other names")

    def at(self, x: arb, order: int = 0) -> arb | None:
        """A ball around the value; `None` where there is none."""
        try:
            v = enclose.quotient(self.ring, self.values[order], {self.unknown: x})
        except (NoEnclosure, KeyError):
            return None
        return v if v.is_finite() else None

    def sign(self, q: Fraction, order: int = 0) -> int | None:
        """The sign at a rational number; `None` where the function has no value or no precision tells."""
        for bits in PRECISIONS:
            with precision(bits):
                v = self.at(ball(q), order)
            if v is None:
                continue
            if v > 0:
                return 1
            if v < 0:
                return -1
            if v.is_zero():
                return 0
        return 0 if self.vanishes(q, order) else None

    def vanishes(self, q: Fraction, order: int = 0) -> bool:
        """Whether the function is exactly 0 at a rational number, by algebra."""
        put = substitute(self.terms[order], {self.symbol: Num(q)})
        value = None
        with suppress(NotApplicable, Restart, NoClosedForm):
            value = Reading(Ring(), self.context, "plain").scalar(put).value()
        if value is not None:
            return value == 0
        # Special values of functions: erf(0), asin(1/2).
        try:
            return bool(lower(put, self.context) == 0)
        except NoClosedForm:
            return False

    def over(self, low: Fraction, high: Fraction, order: int = 0) -> arb | None:
        """A ball around the values on an interval: the smaller of the direct one and the mean value form."""
        x = hull(low, high)
        v = self.at(x, order)
        if order + 1 < len(self.values):
            slope, middle = self.at(x, order + 1), self.at(ball((low + high) / 2), order)
            if slope is not None and middle is not None and v is not None:
                w = middle + slope * (x - ball((low + high) / 2))
                return w if w.rad() < v.rad() else v
        return v

    def refine(self, z: Zero, bits: int) -> arb:
        """A ball around a zero, of about so many bits."""
        if z.exact is not None:
            return ball(z.exact)
        s = self.sign(z.low)
        goal = Fraction(1, 2**bits) * max(Fraction(1), abs(z.low))
        with precision(bits + 40):
            while z.high - z.low > goal:
                step = self._newton(z)
                if step is not None and step[1] - step[0] < (z.high - z.low) / 4:
                    a, b = step
                    signs = self.sign(a), self.sign(b)
                    if s and signs[0] == s and signs[1] == -s:
                        z.low, z.high = a, b
                        continue
                middle = dyadic((z.low + z.high) / 2, z.high - z.low)
                m = self.sign(middle)
                if m is None:
                    # The zero itself may be there, and no precision tells.
                    middle = dyadic(z.low + (z.high - z.low) * Fraction(3, 7), z.high - z.low)
                    m = self.sign(middle)
                if m == 0:
                    z.low = z.high = z.exact = middle
                    return ball(middle)
                if m is None or s is None:
                    raise NotApplicable("the sign of a number is not found")
                if m == s:
                    z.low = middle
                else:
                    z.high = middle
            return hull(z.low, z.high)

    def _newton(self, z: Zero) -> tuple[Fraction, Fraction] | None:
        """An interval around the Newton step from the middle of a bracket, inside the bracket."""
        middle = dyadic((z.low + z.high) / 2, z.high - z.low)
        slope, value = self.at(hull(z.low, z.high), 1), self.at(ball(middle))
        if slope is None or value is None or slope.contains(0):
            return None
        step = ball(middle) - value / slope
        if not step.is_finite():
            return None
        width = (fraction(step.upper().fmpq()) - fraction(step.lower().fmpq())) / 8 + (z.high - z.low) / 2**60
        a, b = fraction(step.lower().fmpq()) - width, fraction(step.upper().fmpq()) + width
        a, b = max(a, z.low), min(b, z.high)
        return (a, b) if a < b else None


def ball(q: Fraction) -> arb:
    return arb(fmpq(q.numerator, q.denominator))


def hull(low: Fraction, high: Fraction) -> arb:
    """A ball that holds an interval."""
    middle, radius = (low + high) / 2, (high - low) / 2
    return ball(middle) + arb(0, 1) * ball(radius)


def dyadic(q: Fraction, scale: Fraction) -> Fraction:
    """A number near q with a denominator that is a power of 2, at a distance small beside the scale."""
    bits = max(4, scale.denominator.bit_length() - scale.numerator.bit_length() + 6)
    return Fraction(round(q * 2**bits), 2**bits)


def zeros_between(f: Curve, low: Fraction, high: Fraction) -> list[Zero]:
    """All zeros on a closed interval on which the function has values, ascending. Raises `NotApplicable` where the proof is not found."""
    found: list[Zero] = []
    for q in dict.fromkeys((low, high)):
        if f.sign(q) == 0:
            found.append(Zero(q, q, q))
    if low == high:
        if not found and f.sign(low) is None:
            raise NotApplicable("the sign of a number is not found")
        return found
    boxes = 0
    stack = [(low, high)]
    with precision(80):
        while stack:
            a, b = stack.pop()
            boxes += 1
            if boxes > _MOST_BOXES:
                raise NotApplicable("the zeros are not isolated")
            v = f.over(a, b)
            if v is not None and (v > 0 or v < 0):
                continue
            slope = f.at(hull(a, b), 1)
            if v is not None and slope is not None and (slope > 0 or slope < 0):
                signs = f.sign(a), f.sign(b)
                if None in signs:
                    raise NotApplicable("the sign of a number is not found")
                if signs[0] * signs[1] < 0:  # type: ignore[operator]
                    found.append(Zero(a, b))
                found.extend(Zero(q, q, q) for q, s in zip((a, b), signs, strict=True) if s == 0)
                continue
            multiple = _multiple(f, a, b) if b - a < _NARROW else None
            if multiple is not None:
                found.append(multiple)
                continue
            if b - a < _SMALLEST * max(1, abs(a)):
                found.append(_double(f, a, b))
                continue
            middle = dyadic(a + (b - a) * Fraction(497, 1000), b - a)
            stack += [(a, middle), (middle, b)]
    return _distinct(found)


def _multiple(f: Curve, a: Fraction, b: Fraction) -> Zero | None:
    """A multiple zero at a simple number, where a derivative that is not 0 on the interval shows that it is the only one (Taylor)."""
    return next((z for q in dict.fromkeys((simplest(a, b), a, b)) if (z := _multiple_at(f, q, a, b)) is not None), None)


def _multiple_at(f: Curve, q: Fraction, a: Fraction, b: Fraction) -> Zero | None:
    if q.denominator > 16 or not f.vanishes(q) or not f.vanishes(q, 1):
        return None
    for order in range(2, len(f.values)):
        bend = f.at(hull(a, b), order)
        if bend is not None and (bend > 0 or bend < 0):
            return Zero(q, q, q)
        if not f.vanishes(q, order):
            return None
    return None


def _double(f: Curve, a: Fraction, b: Fraction) -> Zero:
    """The only zero of a tiny interval on which the slope vanishes too: exact, with a second derivative that keeps its sign."""
    width = b - a
    q = simplest(a - width, b + width)
    if f.vanishes(q) and f.vanishes(q, 1) and len(f.values) > 2:
        bend = f.at(hull(min(a, q), max(b, q)), 2)
        if bend is not None and (bend > 0 or bend < 0):
            return Zero(q, q, q)
    raise NotApplicable("a zero may be a multiple one")


def _distinct(found: list[Zero]) -> list[Zero]:
    out: list[Zero] = []
    for z in sorted(found, key=lambda z: (z.low, z.high)):
        if not any(z.exact is not None and z.exact == w.exact for w in out):
            out.append(z)
    return out


__all__ = ["Curve", "Zero", "ball", "dyadic", "hull", "zeros_between"]
