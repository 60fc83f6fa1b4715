"""Spot checks of what SymPy claims: two expressions compared at a few points in multiple precision.

A disagreement throws a result away; agreement never proves it (the other route checks the answer again, by other means).
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import Any

import mpmath
import sympy as sp

from twofold.grammar.term import App, Var
from twofold.symbolic.context import Context, Range
from twofold.symbolic.float_functions import compiled

_DIGITS = 25
_STEPS = (sp.floor, sp.ceiling, sp.sign, sp.Heaviside, sp.Piecewise)


def range_of(symbol: Any, context: Context) -> Range:
    """What is known of the real number that a SymPy symbol stands for."""
    meaning = context.terms.get(symbol)
    if isinstance(meaning, Var):
        return context.range(meaning.symbol)
    if isinstance(meaning, App) and meaning.op == "index" and isinstance(meaning.args[0], Var):
        return context.range(meaning.args[0].symbol)
    return Range(lower=Fraction(0), open_lower=True) if symbol.is_positive else Range()


def admits(symbol: Any, value: Any, context: Context) -> bool:
    """Whether a name may have a rational value, as far as its bounds tell."""
    known = range_of(symbol, context)
    at = Fraction(int(value.p), int(value.q))
    met = known.meet(Range(at, at))
    ends = met.lower == at == met.upper and not met.open_lower and not met.open_upper and not (at == 0 and known.nonzero)
    return ends and (at.denominator == 1 or not symbol.is_integer)


def draw(symbol: Any, context: Context, source: random.Random) -> Any:
    """A value that the symbol may take, as a SymPy rational (an integer for integers)."""
    known = range_of(symbol, context)
    if symbol.is_integer:
        low = (
            int(known.lower) + (known.open_lower and 1)
            if known.lower is not None
            else -4
            if not symbol.is_nonnegative
            else int(bool(symbol.is_positive))
        )
        high = int(known.upper) if known.upper is not None else low + 6
        return sp.Integer(source.randint(low, max(low, high)))
    low_q = known.lower if known.lower is not None else (Fraction(0) if symbol.is_nonnegative else None)
    high_q = known.upper if known.upper is not None else (Fraction(0) if symbol.is_nonpositive else None)
    step = Fraction(source.randint(1, 999), 1000)
    if low_q is not None and high_q is not None:
        value = low_q + (high_q - low_q) * step
    elif low_q is not None:
        value = low_q + 3 * step
    elif high_q is not None:
        value = high_q - 3 * step
    else:
        value = 6 * step - 3
    return sp.Rational(value.numerator, value.denominator)


def points(symbols: Iterable[Any], context: Context, count: int) -> Iterator[dict[Any, Any]]:
    """Values for SymPy symbols that their declarations and the assumptions about single names admit."""
    source = random.Random(context.seed)
    names = sorted(symbols, key=str)
    for _ in range(count):
        yield {s: draw(s, context, source) for s in names}


def admitted(condition: Any) -> Callable[[dict[Any, Any]], bool]:
    """Whether a condition holds at a point, in doubles where it is known in these: SymPy takes long to compare numbers."""
    if condition == sp.true:
        return lambda point: True
    names = sorted(condition.free_symbols, key=str)
    made = compiled(sp.Piecewise((1, condition), (0, True)), names)

    def holds(point: dict[Any, Any]) -> bool:
        if made is not None:
            try:
                return made([float(point[s]) for s in names]) == 1
            except (ArithmeticError, ValueError):
                return False
        return bool(condition.subs(point) == sp.true)

    return holds


def value(expression: Any, point: dict[Any, Any]) -> Any:
    """The value as an mpmath number, or `None` where there is none (undefined, infinite, an unknown function)."""
    try:
        made = sp.sympify(expression)
        if made.has(sp.Integral, sp.Sum, sp.Product, sp.Limit, sp.Derivative):
            return None
        if made.has(sp.factorial, sp.gamma, sp.binomial, sp.harmonic):
            point = {s: v.evalf(_DIGITS + 10) if abs(v) > 1000 else v for s, v in point.items()}
        # Not by exact substitution: (1 + 1/10^6)^(10^6) as a fraction has six million digits.
        found = made.evalf(_DIGITS, subs=point)
        if not found.is_number:
            found = made.subs({s: v.evalf(_DIGITS + 10) for s, v in point.items() if not v.is_Integer}).subs(point).evalf(_DIGITS)
        if found.is_number and found.is_finite:
            real, imaginary = found.as_real_imag()
            return mpmath.mpc(mpmath.mpmathify(str(real)), mpmath.mpmathify(str(imaginary)))
    except (
        TypeError,
        ValueError,
        ArithmeticError,
        NotImplementedError,
        AttributeError,
        mpmath.libmp.NoConvergence,
    ):
        return None
    return None


def same(a: Any, b: Any, digits: int = 8) -> bool:
    """Whether two numbers agree to so many digits, relative to the larger one."""
    return bool(abs(a - b) <= mpmath.mpf(10) ** (-digits) * max(abs(a), abs(b), mpmath.mpf(10) ** -6))


def _quick(a: Any, b: Any, names: list[Any]) -> Callable[[dict[Any, Any]], bool] | None:
    """Whether two expressions have the same real value in double precision at a point; that they have not says nothing.

    `None` where they have steps, whose side rounding would decide, or parts that are not known in double precision.
    """
    if a.has(*_STEPS) or b.has(*_STEPS):
        return None
    left, right = compiled(a, names), compiled(b, names)
    if left is None or right is None:
        return None

    def same_at(point: dict[Any, Any]) -> bool:
        try:
            row = [float(point[s]) for s in names]
            u, v = left(row), right(row)
        except (ArithmeticError, ValueError):
            return False
        return math.isfinite(v) and abs(u - v) <= 1e-9 * max(abs(u), abs(v))

    return same_at


def agree(a: Any, b: Any, context: Context, tries: int = 8, enough: int = 3, real: bool = True) -> bool | None:
    """Whether two expressions have the same values: `False` at the first that differ, `None` where too few points counted.

    With `real`, a point counts only where the second expression, the given one, has a real value.
    """
    counted = 0
    names = sorted(a.free_symbols | b.free_symbols, key=str)
    quick = _quick(a, b, names)
    for point in points(names, context, tries):
        if quick is not None and quick(point):
            counted += 1
            continue
        right = value(b, point)
        if right is None or (real and abs(right.imag) > mpmath.mpf(10) ** -15 * (1 + abs(right))):
            continue
        left = value(a, point)
        if left is None:
            continue
        if not same(left, right):
            return False
        counted += 1
    return True if counted >= enough else None
