"""Counterexamples as people read them."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from twofold.catalogue.display import show
from twofold.grammar.term import Symbol, Term
from twofold.numeric.valuation import Complex, Valuation


def complexity(at: Valuation) -> tuple[int, int, int]:
    """How hard a point is to read: denominators, then sizes, then signs. The simplest counterexample has the least."""
    denominators = sizes = signs = 0

    def add(value: Any) -> None:
        nonlocal denominators, sizes, signs
        if isinstance(value, tuple):
            for v in value:
                add(v)
        elif isinstance(value, (int, Fraction)) and not isinstance(value, bool):
            q = Fraction(value)
            denominators += q.denominator - 1
            sizes += abs(q.numerator) if q.numerator else 2
            signs += q < 0
        elif isinstance(value, Term):
            sizes += len(show(value))

    for v in at.values():
        add(v)
    return denominators, sizes, signs


def described(at: Valuation, symbols: Iterable[Symbol]) -> dict[str, str]:
    """The values of the names that matter, as twofold text."""
    wanted = set(symbols)
    return {s.name: value_text(v) for s, v in at.items() if s in wanted}


def value_text(value: Any) -> str:
    """A value of a valuation as twofold text."""
    if isinstance(value, Complex):
        real, imag = value_text(value.real), value_text(value.imag)
        return real if imag == "0" else f"{real} + {imag}*im" if not imag.startswith("-") else f"{real} - {imag[1:]}*im"
    if isinstance(value, tuple):
        if value and isinstance(value[0], tuple) and not isinstance(value[0], Complex):
            return "[" + "; ".join(", ".join(value_text(x) for x in row) for row in value) + "]"
        return "[" + ", ".join(value_text(x) for x in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, Fraction)):
        return str(value)
    if isinstance(value, Term):
        return show(value)
    return str(value)
