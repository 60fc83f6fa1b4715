"""Rational arithmetic on constant terms: enough to refuse an impossible parameter or to know a whole number when one is written."""

from __future__ import annotations

import operator
from collections.abc import Callable
from fractions import Fraction

from twofold.grammar.term import App, Const, Num, Term

_ARITHMETIC: dict[str, Callable[[Fraction, Fraction], Fraction]] = {"add": operator.add, "sub": operator.sub, "mul": operator.mul}
_ORDER: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "eq": operator.eq, "ne": operator.ne, "lt": operator.lt, "le": operator.le, "gt": operator.gt, "ge": operator.ge,
}  # fmt: skip


def rational(term: Term) -> Fraction | None:
    """The value of a rational constant, or None where it is not one (or would be very long)."""
    if isinstance(term, Num):
        return term.value
    if not isinstance(term, App):
        return None
    values: list[Fraction] = []
    for a in term.args:
        part = rational(a)
        if part is None:
            return None
        values.append(part)
    if term.op in _ARITHMETIC:
        return _ARITHMETIC[term.op](values[0], values[1])
    if term.op == "neg":
        return -values[0]
    if term.op == "div":
        return values[0] / values[1] if values[1] else None
    if term.op == "pow" and values[1].denominator == 1:
        base, exponent = values[0], int(values[1])
        size = max(abs(base.numerator), base.denominator).bit_length() * abs(exponent)
        return None if size > 4096 or (base == 0 and exponent < 0) else base**exponent
    return None


def truth_value(term: Term) -> bool | None:
    """Whether a constant condition holds, or None where that is not plain rational arithmetic."""
    if isinstance(term, Const) and term.sort == "truth":
        return term.name == "true"
    if not isinstance(term, App):
        return None
    if term.op in _ORDER:
        a, b = rational(term.args[0]), rational(term.args[1])
        return None if a is None or b is None else _ORDER[term.op](a, b)
    if term.op in ("and", "or"):
        parts = [truth_value(a) for a in term.args]
        decisive = term.op == "or"
        if decisive in parts:
            return decisive
        return None if None in parts else not decisive
    if term.op == "in" and isinstance(term.args[1], App) and term.args[1].op == "range":
        value, low, high = rational(term.args[0]), rational(term.args[1].args[0]), rational(term.args[1].args[1])
        if value is not None and low is not None and high is not None:
            return value.denominator == 1 and low <= value <= high
    return None
