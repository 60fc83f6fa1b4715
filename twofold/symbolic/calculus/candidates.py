"""Candidates for an antiderivative against their integrand in doubles: the derivative by our own rules, real values, no jumps.

What is accepted here agrees to some ten digits at several places; what is not may have been lost to rounding, and is looked at again by whoever asks.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from twofold.grammar.term import App, Symbol, Term, free_symbols, subterms
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.derivative import derivative
from twofold.symbolic.term_floats import Program, Unknown, Value, program

_PLACES = 96
_ENOUGH, _PLENTY = 4, 12
_CLOSE, _APART = 1e-9, 1e-5
_NOT_REAL = 1e-10

_MAY_JUMP = frozenset(
    "tan cot sec csc atan acot asec acsc floor ceil sign piecewise arg mod atan2 re im polylog elliptic_f elliptic_einc".split()
)
_FIRST, _LAST, _STEP = -24, 25, 0.25
_SHIFT = 1 / 7
_HALVINGS = 16


class Integrand:
    """An integrand with places at which to look."""

    def __init__(self, body: Term, symbol: Symbol, context: Context) -> None:
        self.body, self.symbol, self.context = body, symbol, context

    def accepts(self, candidate: Term) -> bool:
        """Whether the derivative has the values of the integrand, the candidate is real where the integrand is (in the reading over the reals), and it
        does not jump where the integrand does not. `False` says only that this was not seen."""
        try:
            slope = derivative(candidate, self.symbol)
        except NoClosedForm:
            return False
        made = program([self.body, slope, candidate])
        if made is None:
            return False
        try:
            return self._agrees(made, candidate) and not self.jumps(candidate)
        except Unknown:
            return False

    def _agrees(self, made: Program, candidate: Term) -> bool:
        real = self.context.reading == "real"
        names = sorted({*free_symbols(self.body), *free_symbols(candidate)}, key=lambda s: s.name)
        counted = 0
        for place in places(names, self.symbol, self.context):
            wanted, found, value = made.values(place)
            if wanted is None or real and not _is_real(wanted):
                continue
            if real and value is not None and not _is_real(value):
                return False
            if found is None or value is None:
                continue
            apart, size = abs(found - wanted), max(abs(found), abs(wanted), 1e-6)
            if apart > _APART * size:
                return False
            # What lies between has lost digits to cancellation, and does not count.
            counted += apart <= _CLOSE * size
            if counted == _PLENTY:
                break
        return counted >= _ENOUGH

    def jumps(self, candidate: Term) -> bool:
        """Whether a candidate without parameters jumps where the integrand is bounded: halving a step does not make its change smaller."""
        if {*free_symbols(candidate), *free_symbols(self.body)} != {self.symbol}:
            return False
        if not any(isinstance(t, App) and t.op in _MAY_JUMP for t in subterms(candidate)):
            return False
        made = program([self.body, candidate])
        if made is None:
            return False
        row = [(at, self._pair(made, at)) for at in (_SHIFT + _STEP * k for k in range(_FIRST, _LAST))]
        for (a, left), (b, right) in zip(row, row[1:], strict=False):
            if left is not None and right is not None and self._jumps_within(made, a, left, b, right):
                return True
        return False

    def _pair(self, made: Program, at: float) -> tuple[float, float] | None:
        """Integrand and antiderivative where both are real."""
        values = made.values({self.symbol: at})
        if any(v is None or not _is_real(v) for v in values):
            return None
        f, big = values
        assert f is not None and big is not None
        return f.real, big.real

    def _jumps_within(self, made: Program, a: float, left: tuple[float, float], b: float, right: tuple[float, float]) -> bool:
        for _ in range(_HALVINGS):
            change, steepest = abs(right[1] - left[1]), max(abs(left[0]), abs(right[0]))
            if change <= 1.5 * steepest * (b - a) + 1e-9 * (1 + abs(left[1])):
                return False
            middle = (a + b) / 2
            inside = self._pair(made, middle)
            if inside is None:
                return False
            # On with the half in which the change is least explained by the integrand.
            first = abs(inside[1] - left[1] - (left[0] + inside[0]) / 2 * (middle - a))
            second = abs(right[1] - inside[1] - (inside[0] + right[0]) / 2 * (b - middle))
            if first >= second:
                b, right = middle, inside
            else:
                a, left = middle, inside
        return abs(right[1] - left[1]) > 20 * max(abs(left[0]), abs(right[0])) * (b - a) + 1e-6 * (1 + abs(left[1]))


def _is_real(v: Value) -> bool:
    return isinstance(v, float) or abs(v.imag) <= _NOT_REAL * (1 + abs(v))


def places(names: list[Symbol], x: Symbol, context: Context) -> Iterator[dict[Symbol, Value]]:
    """Values for names within their declared ranges; the variable near and far, on both sides of 0."""
    source = random.Random(context.seed)
    scales = (1.0, 1 / 3, 1.0, 3.0, 1.0, 10.0, 1 / 20, 3.0)
    draws = {s: _draw(s, context) for s in names}
    known = context.range(x)
    free = known.lower in (None, 0) and known.upper is None
    for k in range(_PLACES):
        point: dict[Symbol, Value] = {s: draw(source) for s, draw in draws.items()}
        if free and x in point:
            point[x] *= scales[k % len(scales)]
        yield point


def _draw(symbol: Symbol, context: Context) -> Callable[[random.Random], float]:
    """How a value within the declared range is drawn."""
    known = context.range(symbol)
    low, high = known.lower, known.upper
    if symbol.kind == "integer":
        first = int(low) + known.open_lower if low is not None else -4
        last = max(first, int(high) if high is not None else first + 6)
        return lambda source: float(source.randint(first, last))
    start, width = (
        (float(low), float(high - low))
        if low is not None and high is not None
        else (float(low), 3.0)
        if low is not None
        else (float(high), -3.0)
        if high is not None
        else (-3.0, 6.0)
    )
    return lambda source: start + width * source.randint(1, 999) / 1000
