"""Sizes that are refused before anything is computed."""

from __future__ import annotations

import math
from fractions import Fraction

from twofold.catalogue.constants import rational
from twofold.catalogue.shapes import describe
from twofold.core.diagnostic import TwofoldError, fail
from twofold.core.span import Span
from twofold.grammar.term import App, Num, Term, nodes

MOST_BITS = 300_000
"""Of a number that is written out."""

MOST_ENTRIES = 1_000_000

_GROWTH = {
    "factorial": lambda n: n * math.log2(n + 1),
    "fibonacci": lambda n: n,
    "bernoulli": lambda n: n * math.log2(n + 1),
    "euler": lambda n: n * math.log2(n + 1),
    "bell": lambda n: n * math.log2(n + 1),
    "harmonic": lambda n: 1.5 * n,
    "zeta": lambda n: n * math.log2(n + 1),
}
"""Bits of the value at a whole number."""


def guard_shapes(term: Term) -> None:
    """Raises `TwofoldError` for a vector or matrix with too many entries."""
    for t in nodes(term):
        count = math.prod(d for d in t.shape if isinstance(d, int))
        if count > MOST_ENTRIES:
            raise fail(
                "too-large", f"this is {describe(t.shape)}", t.span, f"at most {MOST_ENTRIES:,} entries can be worked with"
            )


def guard_numbers(term: Term) -> None:
    """Raises `TwofoldError` for a constant that would have too many digits to be written out."""
    for t in nodes(term):
        if isinstance(t, App) and _bits(t) > MOST_BITS:
            raise _too_long(t.span)


def _too_long(span: Span) -> TwofoldError:
    digits = int(MOST_BITS * math.log10(2))
    return fail(
        "too-large", f"this number has more than {digits:,} digits", span, "claims about it can be judged: write it in a `check`"
    )


def _bits(term: App) -> float:
    """About how long a constant is when written out; 0 for what is no such constant."""
    if term.op == "pow":
        base, exponent = (_value(a) for a in term.args)
        if base is None or exponent is None or abs(base) in (0, 1):
            return 0
        size = max(abs(base.numerator), base.denominator).bit_length()
        return size * float(abs(exponent)) if abs(exponent) < 10**300 else math.inf
    if term.op in _GROWTH:
        value = _value(term.args[-1])
        return (
            _GROWTH[term.op](float(value))
            if value is not None and 0 < value < 10**300
            else math.inf
            if value and value > 0
            else 0
        )
    if term.op == "binomial":
        top, part = (_value(a) for a in term.args)
        if top is None or part is None or not 0 < part < top < 10**300:
            return 0
        return min(float(top), float(min(part, top - part)) * math.log2(top + 1))
    return 0


def _value(term: Term) -> Fraction | None:
    """A whole number or fraction; a power of such that is too long to work out counts as very large."""
    if isinstance(term, Num):
        return term.value
    value = rational(term)
    if value is None and isinstance(term, App) and term.op == "pow" and _bits(term) > 4000:
        return Fraction(10) ** 400
    return value
