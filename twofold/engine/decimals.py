"""Exact values as decimals: text to as many digits as were asked for, lists nested as the value is."""

from __future__ import annotations

import time
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal
from fractions import Fraction
from typing import Any

from twofold.grammar.term import App, Array, Const, Num, Term, Var, free_symbols

MOST_BITS = 40_000
PATIENT = 3.0
"""Processor seconds for the decimals of an answer that nobody asked for."""
GROWTH = 2.5
"""How much longer an evaluation takes at twice the precision, about."""


def of_rational(value: Fraction, digits: int) -> str:
    """A rational to so many significant digits, rounded half to even; whole numbers that fit are written whole.

    A value that goes on keeps the zeros at its end: all digits asked for are shown.
    """
    if value.denominator == 1 and abs(value.numerator) < 10 ** max(digits, 15):
        return str(value.numerator)
    context = Context(prec=digits, Emin=MIN_EMIN, Emax=MAX_EMAX)
    found = context.divide(Decimal(value.numerator), Decimal(value.denominator))
    return _written(found)


def _written(value: Decimal) -> str:
    return format(value, "f") if -7 < value.adjusted() < 21 else str(value).lower().replace("e+", "e")


def decimals(term: Term, digits: int, reading: str = "real", seconds: float = PATIENT) -> Any:
    """A constant term as decimal text; lists for vectors, matrices (by rows), tuples and sets; None for what is no number.

    Raises `twofold.numeric.outcomes.NoValue` where the value cannot be had to that many digits, or not in about so many processor seconds.
    """
    return _decimals(term, digits, reading, time.thread_time() + seconds)


def _decimals(term: Term, digits: int, reading: str, until: float) -> Any:
    if isinstance(term, Num):
        return of_rational(term.value, digits)
    if isinstance(term, Array):
        rows = [[_decimals(x, digits, reading, until) for x in row] for row in term.rows]
        return (rows[0] if rows else []) if len(term.shape) == 1 else rows
    if _named(term):
        assert isinstance(term, App)
        return _decimals(term.args[1], digits, reading, until)
    if isinstance(term, App) and (term.op in ("set", "tuple") or term.op.startswith("interval_")):
        return [_decimals(a, digits, reading, until) for a in term.args]
    if term.sort != "number" or free_symbols(term):
        return None
    if isinstance(term, Const) and term.name in ("oo", "undefined"):
        return None
    return of_value(_ball(term, digits, reading, until), digits)


def _named(term: Term) -> bool:
    """Whether this is one of the named values of an answer, `t == 3/2`."""
    return (
        isinstance(term, App)
        and term.op == "eq"
        and (isinstance(term.args[0], Const) and term.args[0].sort == "text" or isinstance(term.args[0], Var))
    )


def _ball(term: Term, digits: int, reading: str, until: float) -> Any:
    """An enclosure with so many digits, at a precision doubled until it has them. What is under way is never interrupted, so nothing is begun that is
    likely to take too long."""
    from twofold.numeric.evaluate import ball
    from twofold.numeric.evaluator import SECONDS
    from twofold.numeric.outcomes import Undefined, Unresolved

    bits = int(digits * 3.33) + 32
    began = time.thread_time()
    while True:
        if began > until:
            raise Unresolved("they take too long")
        try:
            found = ball(term, {}, bits, reading, min(SECONDS, until - began))
        except Unresolved:
            found = None
        except Undefined:
            if reading == "complex":
                raise
            reading, found = "complex", None
            bits //= 2
        if found is not None and _accurate(found, digits):
            return found
        bits *= 2
        if bits > MOST_BITS + 4 * digits:
            raise Unresolved("the digits could not be settled")
        now = time.thread_time()
        if now + GROWTH * (now - began) > until:
            raise Unresolved("they take too long")
        began = now


def _accurate(value: Any, digits: int) -> bool:
    """Whether every number is known to so many digits; the parts of a complex one to the digits of its size."""
    import flint

    if isinstance(value, tuple):
        return all(_accurate(v, digits) for v in value)
    if isinstance(value, flint.acb):
        size = abs(value)
        return all(_settled(part, size, digits) for part in (value.real, value.imag))
    return _settled(value, abs(value), digits) if isinstance(value, flint.arb) else True


def _settled(part: Any, size: Any, digits: int) -> bool:
    return bool(part.is_exact()) or (bool(part.is_finite()) and bool(part.rad() * 10**digits <= size.abs_lower()))


def of_value(value: Any, digits: int) -> Any:
    """A value of the certified evaluation as decimal text."""
    import flint

    if isinstance(value, tuple):
        return [of_value(v, digits) for v in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, flint.acb):
        real, imaginary = value.real, value.imag
        if imaginary.contains(0):
            return _arb(real, digits)
        sized = _imaginary(_arb(abs(imaginary), digits))
        if real.contains(0):
            return f"-{sized}" if imaginary < 0 else sized
        return f"{_arb(real, digits)} {'-' if imaginary < 0 else '+'} {sized}"
    return _arb(value, digits) if isinstance(value, flint.arb) else of_rational(Fraction(int(value.p), int(value.q)), digits)


def _imaginary(size: str | None) -> str:
    return "im" if size == "1" else f"{size}*im"


def _arb(value: Any, digits: int) -> str | None:
    if not value.is_finite():
        return None if value.is_nan() else "-oo" if value < 0 else "oo"
    _, exponent = value.mid().man_exp()
    if abs(int(exponent)) > 20_000:
        # As a fraction it would be longer than it is worth.
        return _written(
            Context(prec=digits, Emin=MIN_EMIN, Emax=MAX_EMAX).create_decimal(Decimal(value.str(digits + 5, radius=False)))
        )
    middle = value.mid().fmpq()
    return of_rational(Fraction(int(middle.p), int(middle.q)), digits)


def of_floats(value: Any, digits: int = 15) -> Any:
    """Values in double precision as decimal text; None where there is none."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, list | tuple):
        return [of_floats(v, digits) for v in value]
    if isinstance(value, complex):
        if value.imag == 0:
            return of_floats(value.real, digits)
        return (
            f"{of_floats(value.real, digits)} {'-' if value.imag < 0 else '+'} {_imaginary(of_floats(abs(value.imag), digits))}"
        )
    if value != value:
        return None
    return f"{value:.{min(digits, 15)}g}"
