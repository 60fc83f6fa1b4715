"""How closely `~=` must agree: to the digits that the right side was written with."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from twofold.catalogue.constants import rational
from twofold.catalogue.shapes import app
from twofold.grammar.term import Array, Num, Term, num, subterms

DEFAULT_DIGITS = 10
"""Significant digits asked for where neither side has a decimal."""


def tolerance(left: Term, right: Term) -> Term:
    """The greatest difference that rounding explains.

    A lone number allows half a unit of its last digit, a list of such half a unit of the coarsest one. An expression allows
    half a unit of the last significant digit of its value, to as many digits as its least precise decimal has.
    """
    lone = [right] if isinstance(right, Num) else list(_entries(right))
    if lone and all(isinstance(x, Num) for x in lone):
        return num(max(_unit(x.text or str(x.value)) for x in lone if isinstance(x, Num)) / 2)
    digits = min([*_significant(right)] or [*_significant(left)] or [DEFAULT_DIGITS])
    value = rational(right)
    if value:
        return num(Fraction(10) ** (_magnitude(value) - digits + 1) / 2)
    return (
        app("mul", num(Fraction(10) ** (1 - digits) / 2), app("abs", right))
        if not right.shape
        else num(Fraction(10) ** (1 - digits) / 2)
    )


def _entries(term: Term) -> Iterator[Term]:
    if isinstance(term, Array):
        for row in term.rows:
            yield from row


def _unit(text: str) -> Fraction:
    """One unit of the last digit of a number as written: 1/100 for `4.65`, 1 for `120`, 100 for `1.2e3`."""
    mantissa, _, power = text.lower().partition("e")
    if "/" in mantissa:
        return Fraction(1, 10**DEFAULT_DIGITS)
    _, _, decimals = mantissa.partition(".")
    return Fraction(10) ** (int(power or 0) - len(decimals))


def _significant(term: Term) -> Iterator[int]:
    """The significant digits of every decimal in a term."""
    for t in subterms(term):
        if isinstance(t, Num) and "." in t.text:
            mantissa = t.text.lower().partition("e")[0].lstrip("-").replace(".", "").lstrip("0")
            yield max(1, len(mantissa))


def _magnitude(value: Fraction) -> int:
    """The place of the first digit: 0 for 4.65, 2 for 105, -1 for 0.9998."""
    size = abs(value)
    guess = len(str(size.numerator)) - len(str(size.denominator))
    while Fraction(10) ** guess > size:
        guess -= 1
    while Fraction(10) ** (guess + 1) <= size:
        guess += 1
    return guess
