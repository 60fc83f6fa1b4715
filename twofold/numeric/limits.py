"""Limits: by continuity, by Laurent-like germs next to the point, and by approach in floats.

Certified are a limit where the body is differentiable at the point (its value there), and one where the germ of the body next to the point (or near
infinity) closes in on one number. Nothing else is: a sequence that seems to settle proves nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import flint
import numpy as np
from flint import arb, fmpq

from twofold.grammar.term import Bound, Symbol, Term
from twofold.numeric.balls import Balls
from twofold.numeric.containers import entrywise
from twofold.numeric.derivatives import along
from twofold.numeric.doubles import Doubles
from twofold.numeric.germs import Germ, Germs
from twofold.numeric.outcomes import CannotEvaluate, NoValue, Undefined, Unresolved
from twofold.numeric.quadrature import infinite
from twofold.numeric.series import Series, base

if TYPE_CHECKING:
    from twofold.numeric.evaluator import Evaluator

Value = Any

DISTANCES = (2**8, 2**16, 2**32, 2**64, 2**128, 2**256, 2**512, 2**1024, 2**4096)


def _limit(e: Evaluator, t: Bound) -> Value:
    point = e.value(t.args[0])
    sides = {"+": (1,), "-": (-1,)}.get(t.side, (1, -1))
    return limit(e, t.symbols[0], t.body, point, sides)


def at_end(e: Evaluator, symbol: Symbol, body: Term, point: Value, side: int) -> Value:
    """The value at an end of a bracket: the limit from inside where the end is infinite or the body has no value there."""
    if isinstance(e.arithmetic, Balls) and infinite(base(point)):
        return limit(e, symbol, body, point, (side,))
    if isinstance(e.arithmetic, Doubles):
        direct = None
        if not np.any(np.isinf(base(point))):
            direct = e.inner({symbol: point}).value(body)
            if not np.any(np.isnan(base(direct) if not isinstance(direct, tuple) else 0.0)):
                return direct
        return limit(e, symbol, body, point, (side,))
    try:
        return e.inner({symbol: point}).value(body)
    except Undefined:
        return limit(e, symbol, body, point, (side,))


def limit(e: Evaluator, symbol: Symbol, body: Term, point: Value, sides: tuple[int, ...]) -> Value:
    """The limit as the symbol tends to the point from the given sides."""
    if isinstance(e.arithmetic, Doubles):
        return _in_floats(e, symbol, body, point, sides)
    if not isinstance(e.arithmetic, Balls):
        raise CannotEvaluate("a limit inside an asymptotic bound")
    far = infinite(base(point))
    if not far:
        try:
            inner, _ = along(e, symbol, point, point, None, 1)
            value = inner.value(body)
            return entrywise(lambda x: _still(x), value)
        except NoValue:
            pass
    if isinstance(point, Series) or any(isinstance(v, Series) for v in e.values.values()):
        raise CannotEvaluate("the derivative of a limit")
    found = [_one_sided(e, symbol, body, point, far, far or side) for side in ((far,) if far else sides)]
    out = found[0]
    for other in found[1:]:
        out = entrywise(_agreed, out, other)
    return out


def _still(x: Value) -> Value:
    """The value of the outermost series at its point."""
    return x.coefficients[0] if isinstance(x, Series) else x


def _agreed(a: Value, b: Value) -> Value:
    """Limits from both sides, which must not differ."""
    x, y = arb(a), arb(b)
    if not x.is_finite() or not y.is_finite():
        if not x.is_finite() and not y.is_finite() and (x > 0) == (y > 0):
            return a
        raise Undefined("different limits from both sides")
    if not x.overlaps(y):
        raise Undefined("different limits from both sides")
    return x.intersection(y)


def _one_sided(e: Evaluator, symbol: Symbol, body: Term, point: Value, far: int, side: int) -> Value:
    """Proved by a germ; estimated where that is what the arithmetic is for."""
    try:
        return _by_germs(e, symbol, body, point, side)
    except NoValue:
        if not isinstance(e.arithmetic, Balls) or not e.arithmetic.approximation:
            raise
        from twofold.numeric.approximate import limit as approximate

        return approximate(e, symbol, body, point, side, far)


def _by_germs(e: Evaluator, symbol: Symbol, body: Term, point: Value, side: int) -> Value:
    if body.shape:
        raise CannotEvaluate("the limit of an array")
    m = e.arithmetic
    if m.reading != "real" or getattr(m, "mode", "plain") != "plain":
        raise CannotEvaluate("a complex limit without continuity")
    far = infinite(point)
    reason: NoValue = Unresolved("a limit")
    best: Value = None
    for distance in DISTANCES:
        germs = Germs(distance)
        place = germs.variable(far) if far else germs.add(point, germs.div(germs.number(side), germs.variable()))
        try:
            value = e.over(germs, {**e.values, symbol: place}).value(body)
        except Unresolved as r:
            reason = r
            continue
        best = _value(germs, value) if isinstance(value, Germ) else value
        if type(best) is fmpq or not best.is_finite() or best.rad() < arb(2) ** (-flint.ctx.prec // 2) * (1 + abs(best)):
            return best
    if best is None:
        raise CannotEvaluate(f"a limit that is not enclosed: {reason}")
    if best.rad() < arb(2) ** -16:
        return best
    raise CannotEvaluate("a limit that is not enclosed")


def _value(germs: Germs, g: Germ) -> Value:
    """What a germ tends to."""
    way = germs.tendency(g.terms[0])
    if way > 0:
        c = germs.collapsed(g).c
        return arb.pos_inf() if germs.sign(c) > 0 else arb.neg_inf()
    if way < 0 and all(type(t.c) is fmpq or t.c.is_finite() for t in g.terms):
        return fmpq(0)
    # Terms that decay vanish in the limit; the coefficient of the constant one holds all its values.
    return g.terms[0].c


# --- floats --------------------------------------------------------------------------------------------------------------------------------


def _in_floats(e: Evaluator, symbol: Symbol, body: Term, point: Value, sides: tuple[int, ...]) -> Value:
    """By approach along two geometric sequences with Richardson's extrapolation; NaN where they do not settle on the same number."""
    m = e.arithmetic
    results = []
    far = bool(np.all(np.isinf(np.real(base(point)))))
    whole = far and symbol.kind == "integer"
    for side in (1,) if far else sides:
        for ratio in (2, 3) if whole else (0.5, 0.37):
            if whole:
                results.append(_along_numbers(e, symbol, body, ratio))
                continue
            results.append(_approach(e, symbol, body, point, side, ratio, far))
    out = results[0]

    def same(a: Value, b: Value) -> Value:
        if isinstance(a, Series) or isinstance(b, Series):
            raise CannotEvaluate("the derivative of a limit")
        near = np.abs(a - b) <= 1e-6 * (1 + np.abs(a))
        return np.where(near | (a == b), a, m.dtype(np.nan))[()]

    for other in results[1:]:
        out = entrywise(same, out, other)
    return out


def _approach(e: Evaluator, symbol: Symbol, body: Term, point: Value, side: int, ratio: float, far: bool) -> Value:
    m = e.arithmetic
    steps = [0.1 * ratio**k for k in range(12)]
    values = []
    for h in steps:
        place = np.sign(np.real(point)) * (3.0 / h) if far else m.add(point, m.dtype(side * h))
        values.append(e.inner({symbol: place + m.zero if far else place}).value(body))
    return entrywise(lambda *column: _extrapolated(column, ratio), *values)


def _along_numbers(e: Evaluator, symbol: Symbol, body: Term, ratio: int) -> Value:
    """The same for a sequence: along even numbers, or along odd ones, so that what alternates does not seem to settle."""
    m = e.arithmetic
    start, count = (6, 9) if ratio == 2 else (7, 6)
    values = [e.inner({symbol: m.dtype(start * ratio**k) + m.zero}).value(body) for k in range(count)]
    return entrywise(lambda *column: _extrapolated(column, 1 / ratio), *values)


def _extrapolated(column: tuple[Value, ...], ratio: float) -> Value:
    """Neville's table for a value that is a power series in the step; the entry whose neighbours differ least."""
    rows = [np.asarray(c) for c in np.broadcast_arrays(*column)]
    best, error = rows[-1], np.abs(rows[-1] - rows[-2])
    previous = rows
    for k in range(1, len(rows)):
        factor = ratio**k
        current = [(b - factor * a) / (1 - factor) for a, b in zip(previous, previous[1:], strict=False)]
        if len(current) > 1:
            for a, b in zip(current, current[1:], strict=False):
                gap = np.abs(a - b)
                better = gap < error
                best, error = np.where(better, b, best), np.where(better, gap, error)
        previous = current
    # What has died out beside the first values is as good as 0.
    best = np.where(np.abs(best) <= 1e-13 * np.max(np.abs(np.stack(rows)), axis=0), 0.0, best)
    settled = error <= 1e-6 * (1 + np.abs(best))
    last = rows[-1]
    return np.where(np.isinf(last), last, np.where(settled, best, np.nan))[()]


BINDERS = {"limit": _limit}
