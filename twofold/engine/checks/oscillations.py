"""Oscillating integrals over infinite ranges: quadrature up to ever later whole periods, the limit by extrapolation.

Where the oscillation has one frequency, what is left beyond T whole periods is a series of powers of 1/T, so the values at T, 2T, 4T, … approach the limit as
sums of geometric sequences do, and the epsilon algorithm finds it. Source: Wynn, "On a device for computing the e_m(S_n) transformation" (1956).
"""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np

from twofold.core.evidence import Check
from twofold.engine.checks.sampling import distance, points, value, verdict
from twofold.grammar.term import INFINITE, OO, App, Bound, Num, Symbol, Term, free_symbols, num, substitute, subterms, var
from twofold.numeric.valuation import Valuation
from twofold.symbolic.context import Context

_STEPS = 7
_CHUNK = 8
"""Periods to a piece of quadrature."""


def oscillates(question: Bound) -> bool:
    """Whether an integral over an infinite range has sines or cosines of its variable and nothing that makes them die away fast."""
    if (
        question.op != "integrate"
        or len(question.symbols) != 1
        or not any(a in INFINITE for a in question.args)
        or question.body.shape
    ):
        return False
    x = question.symbols[0]
    ops = {t.op for t in subterms(question.body) if isinstance(t, App) and x in free_symbols(t)}
    return (
        bool(ops & {"sin", "cos", "sinc"})
        and not ops & {"exp", "cosh", "sinh", "sech", "csch", "pow_e", "abs"}
        and not _exponential(question.body, x)
    )


def _exponential(body: Term, x: Symbol) -> bool:
    return any(isinstance(t, App) and t.op == "pow" and x in free_symbols(t.args[1]) for t in subterms(body))


def oscillating(question: Bound, answer: Term, context: Context) -> Check:
    """The integral by extrapolation against the answer, at a few points."""
    errors = []
    for p in points([question, answer], context, 3):
        found, claimed = _extrapolated(question, p, context), value(answer, p, context)
        if found is not None and claimed is not None:
            errors.append(distance(found, claimed) if abs(claimed) > 1e-3 else float(abs(found - claimed)))
    return verdict("quadrature over whole periods, extrapolated", errors, close=1e-4, apart=3e-2)


def _extrapolated(question: Bound, p: Valuation, context: Context) -> float | None:
    x, (low, high) = question.symbols[0], question.args
    if low in INFINITE:
        turned = substitute(question.body, {x: App("neg", (var(x),))})
        left = _half(
            Bound("integrate", question.symbols, turned, (num(0) if high in INFINITE else App("neg", (high,)), OO)), p, context
        )
        if left is None or high not in INFINITE:
            return left
        right = _half(Bound("integrate", question.symbols, question.body, (num(0), OO)), p, context)
        return None if right is None else left + right
    return _half(question, p, context)


def _half(question: Bound, p: Valuation, context: Context) -> float | None:
    frequency = _frequency(question, p, context)
    start = value(question.args[0], p, context)
    if not frequency or start is None:
        return None
    start = float(np.real(start))  # Complex of kind where the answer is written with `im`.
    period = 2 * math.pi / frequency
    first = max(1, math.ceil((abs(start) + 1) / period))
    ends = [start, *(period * first * 2**k for k in range(_STEPS))]
    sums, total = [], 0.0
    for a, b in zip(ends, ends[1:], strict=False):
        count = max(1, round((b - a) / (period * _CHUNK)))
        cuts = [a + (b - a) * j / count for j in range(count + 1)]
        parts = []
        for c, d in zip(cuts, cuts[1:], strict=False):
            low, high = (question.args[0] if c == ends[0] else Num(Fraction(c))), Num(Fraction(d))
            parts.append(value(Bound("integrate", question.symbols, question.body, (low, high)), p, context))
            if parts[-1] is None:
                break
        if parts[-1] is None:
            break
        total += sum(float(np.real(v)) for v in parts)
        sums.append(total)
    return _epsilon(sums) if len(sums) >= 5 else None


def _frequency(question: Bound, p: Valuation, context: Context) -> float:
    """The greatest common divisor of the frequencies of sines and cosines of linear arguments; 0 where there is none."""
    x = question.symbols[0]
    found: list[float] = []
    for t in subterms(question.body):
        if isinstance(t, App) and t.op in ("sin", "cos", "sinc") and x in free_symbols(t):
            heights = [value(substitute(t.args[0], {x: num(k)}), p, context) for k in (1, 2, 5)]
            if any(h is None or np.iscomplexobj(h) and h.imag != 0 for h in heights):
                return 0.0
            one, two, five = (float(np.real(h)) for h in heights)
            slope = two - one
            if abs(five - two - 3 * slope) > 1e-9 * (1 + abs(slope)):
                return 0.0
            found.append(abs(slope))
    common = 0.0
    for w in found:
        common = _divisor(common, w)
    return common if common > 1e-2 else 0.0


def _divisor(a: float, b: float) -> float:
    while b > 1e-9:
        a, b = b, math.fmod(a, b)
        if b > 0 and a - b < 1e-9:
            b = 0.0
    return a


def _epsilon(sums: list[float]) -> float | None:
    """The limit by the epsilon algorithm, `None` where its last values are apart."""
    before, now, ends = [0.0] * (len(sums) + 1), list(sums), [sums[-1]]
    for k in range(1, len(sums)):
        following = []
        for j in range(len(now) - 1):
            gap = now[j + 1] - now[j]
            if abs(gap) < 1e-15 * (1 + abs(now[j])):
                return ends[-1] if k % 2 else now[j + 1]
            following.append(before[j + 1] + 1 / gap)
        before, now = now, following
        if k % 2 == 0:
            ends.append(now[-1])
    if len(ends) < 3 or abs(ends[-1] - ends[-2]) > 1e-4 * (1 + abs(ends[-1])):
        return None
    return ends[-1]
