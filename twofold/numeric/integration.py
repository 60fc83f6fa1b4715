"""Integrals, antiderivatives and brackets, in balls and in floats."""

from __future__ import annotations

import time
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from twofold.catalogue.regions import RegionIntegral, region_integral
from twofold.grammar.term import Bound, Num, Symbol, Term, Var
from twofold.numeric.balls import Balls
from twofold.numeric.containers import entrywise
from twofold.numeric.doubles import Doubles
from twofold.numeric.outcomes import CannotEvaluate
from twofold.numeric.series import base

if TYPE_CHECKING:
    from twofold.numeric.evaluator import Evaluator

Value = Any
OVER_REGION = 3.0
"""Seconds of processor time for an integral over a region, at all points together."""
MOST_NAMES = 3
"""The most names of a region that can be sampled in that time."""

_ONE = Fraction(1009, 1024)


def _integrate(e: Evaluator, t: Bound) -> Value:
    region = region_integral(t)
    if region is not None:
        return _over_region(e, region)
    a, b = (e.value(x) for x in t.args)
    return over(e, t.symbols[0], t.body, a, b)


def _over_region(e: Evaluator, region: RegionIntegral) -> Value:
    """An integral over a region at every point of the batch; in doubles alone."""
    if not isinstance(e.arithmetic, Doubles):
        raise CannotEvaluate("an integral over a region has no enclosure")
    if len(region.names) > MOST_NAMES:
        # One inside the other they would miss the region, and be 0.
        raise CannotEvaluate(f"an integral over a region by more than {MOST_NAMES} names")
    from twofold.numeric.floatquad import batch_size, taken
    from twofold.numeric.regions.integral import integral

    count = batch_size(list(e.values.values()))
    until = time.thread_time() + OVER_REGION
    if count == 1:
        return integral(e, region, until)
    rows = [integral(e.inner({s: taken(v, np.array([k])) for s, v in e.values.items()}), region, until) for k in range(count)]
    return np.array(rows)


def over(e: Evaluator, symbol: Symbol, body: Term, a: Value, b: Value) -> Value:
    """The integral of a body over a..b by the arithmetic at hand; of an array entry by entry."""
    if body.shape:
        return _by_entries(e, symbol, body, a, b)
    if isinstance(e.arithmetic, Balls):
        if e.arithmetic.approximation:
            from twofold.numeric.approximate import integral as approximate

            return approximate(e, symbol, body, a, b)
        from twofold.numeric.quadrature import moving

        return moving(e, symbol, body, a, b)
    if isinstance(e.arithmetic, Doubles):
        from twofold.numeric.floatquad import integral as in_floats

        return in_floats(e, symbol, body, a, b)
    raise CannotEvaluate("an integral inside an asymptotic bound")


def _by_entries(e: Evaluator, symbol: Symbol, body: Term, a: Value, b: Value) -> Value:
    from twofold.grammar.term import App, num

    sides = [int(np.asarray(_size(e, d))) for d in body.shape]

    def entry(*places: int) -> Value:
        return over(e, symbol, App("index", (body, *(num(p) for p in places)), ()), a, b)

    if len(sides) == 1:
        return tuple(entry(i) for i in range(1, sides[0] + 1))
    return tuple(tuple(entry(i, j) for j in range(1, sides[1] + 1)) for i in range(1, sides[0] + 1))


def _size(e: Evaluator, d: Any) -> int:
    return d if isinstance(d, int) else e.arithmetic.integer(e.value(d))


def _antiderivative(e: Evaluator, t: Bound) -> Value:
    """The integral from the base point: the antiderivative that vanishes there.

    Only differences of values in one connected piece of the domain mean anything. The base point is 1 for a positive variable, -1 for a negative
    one, so that integrands that are singular at 0 keep to their side; 0 where the variable is 0. (The numbers are not quite 1, where integrands in
    textbooks are singular.) Of a variable that is declared to keep away from there it is as far inside its range.
    """
    point = e.value(t.args[0])
    return over(e, t.symbols[0], t.body, base_point(e, t.args[0], point), point)


def base_point(e: Evaluator, variable: Term, point: Value) -> Value:
    m = e.arithmetic
    ends = (variable.symbol.lower, variable.symbol.upper) if isinstance(variable, Var) else (None, None)
    low, high = (end.value if isinstance(end, Num) else None for end in ends)
    inside = None
    if low is not None and high is not None and low < high:
        inside = None if low < _ONE < high else (low + _ONE * (high - low) / 2)
    elif low is not None and low >= _ONE:
        inside = low + _ONE
    elif high is not None and high <= -_ONE:
        inside = high - _ONE
    if inside is not None:
        return m.add(m.mul(base(point), m.zero), m.rational(inside))
    return m.mul(m.call("sign", [base(point)]), m.rational(_ONE))


def _bracket(e: Evaluator, t: Bound) -> Value:
    """F at the upper end minus F at the lower one; limits where they are infinite."""
    from twofold.numeric.limits import at_end

    upper = at_end(e, t.symbols[0], t.body, e.value(t.args[1]), -1)
    lower = at_end(e, t.symbols[0], t.body, e.value(t.args[0]), 1)
    return entrywise(e.arithmetic.sub, upper, lower)


BINDERS = {"integrate": _integrate, "antiderivative": _antiderivative, "bracket": _bracket}
