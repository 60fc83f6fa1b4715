"""Sums with one binomial coefficient: every c-th one by roots of unity, alternating ones with polynomials, one half of a row, and columns and diagonals.

Over all k the sum of binomial(N, c*k + d) is the mean of (1 + w)^N*w^(-d) over the c-th roots of unity w, that of (-1)^k*k*(k - 1)*…*binomial(N, k) has one N at
which it is not 0. Source: Graham, Knuth, Patashnik, "Concrete Mathematics", sections 5.1 and 5.7 (exercise 75).
"""

from __future__ import annotations

from math import factorial
from typing import Any

import sympy as sp

_WIDEST, _HIGHEST = 6, 4


def binomial_sum(body: Any, k: Any, low: Any, high: Any) -> Any:
    """The sum over k = low..high, high >= low - 1, for names that are whole and not negative in the upper place; `None` for other terms."""
    factor, rest = body.as_independent(k, as_Add=False)
    chosen = [f for f in sp.Mul.make_args(rest) if isinstance(f, sp.binomial)]
    if len(chosen) != 1:
        return None
    (row, place), beside = chosen[0].args, sp.cancel(rest / chosen[0])
    if row.has(k):
        found = _column(row, place, k, low, high) if beside == 1 else None
    else:
        step = sp.diff(place, k)
        if not step.is_Integer or step < 1:
            return None
        found = _in_row(row, int(step), sp.expand(place - step * k), beside, k, low, high)
    return None if found is None else _times(factor, found)


def _times(factor: Any, value: Any) -> Any:
    if isinstance(value, sp.Piecewise):
        return sp.Piecewise(*((factor * v, c) for v, c in value.args))
    return factor * value


def _column(row: Any, place: Any, k: Any, low: Any, high: Any) -> Any:
    """binomial(k + a, r), summed up along its column, and binomial(r + k, k + a), along its diagonal."""
    if sp.expand(row - k).has(k):
        return None
    if not place.has(k):
        return sp.binomial(row.subs(k, high + 1), place + 1) - sp.binomial(row.subs(k, low), place + 1)
    if sp.expand(place - k).has(k):
        return None
    before = sp.expand(place.subs(k, low - 1))
    rest = sp.S.Zero if before.is_Integer and before < 0 else sp.binomial(row.subs(k, low), before)
    return sp.binomial(sp.expand(row.subs(k, high + 1)), sp.expand(place.subs(k, high))) - rest


def _in_row(row: Any, step: int, shift: Any, beside: Any, k: Any, low: Any, high: Any) -> Any:
    if not (row.is_integer and row.is_nonnegative and shift.is_Integer and low.is_Integer) or step * low + shift > step - 1:
        return None
    if not _reaches(row, step, shift, high):
        return _half(row, sp.expand(row - 2 * high)) if (step, beside, shift) == (1, 1, 0) else None
    polynomial = sp.expand(beside / sp.S.NegativeOne**k)
    if (step, shift) == (1, 0) and polynomial.is_polynomial(k) and sp.degree(polynomial, k) <= _HIGHEST:
        return _alternating(row, sp.Poly(polynomial, k))
    return _every(row, step, int(shift)) if beside == 1 and 1 < step <= _WIDEST else None


def _reaches(row: Any, step: int, shift: Any, high: Any) -> bool:
    """Whether all terms beyond the end are 0."""
    if high in (sp.floor((row - shift) / step), sp.floor(row / step)):
        return True
    gap = sp.expand(row - shift - step * high)
    return bool(gap.is_nonpositive or gap.is_Integer and gap < step)


def _half(row: Any, gap: Any) -> Any:
    """The first half of a row."""
    if gap == 1:
        return _power_of_two(row - 1)
    if gap in (0, 2):
        return (_power_of_two(row) + (1 if gap == 0 else -1) * sp.binomial(row, row / 2)) / 2
    return None


def _every(row: Any, step: int, shift: int) -> Any:
    """The sum of every `step`-th coefficient of a row."""
    total = _power_of_two(row)
    for j in range(1, (step + 1) // 2):
        # 1 + w is 2*cos(pi*j/step) at the angle pi*j/step; with its conjugate.
        half = sp.pi * sp.Rational(j, step)
        total += 2 * (2 * sp.cos(half)) ** row * sp.cos(half * (row - 2 * shift))
    if step % 2:
        return total / step
    # 1 + w is 0 for w = -1, and its power is 1 in the row of 0.
    if row.is_positive:
        return total / step
    name = min(row.free_symbols, key=str)
    first = (total.subs(name, sp.solve(row, name)[0]) + (-1) ** shift) / step
    return sp.Piecewise((first, sp.Eq(row, 0)), (total / step, True))


def _power_of_two(exponent: Any) -> Any:
    """2^(2*n + 1) as 2*4^n."""
    constant, rest = exponent.as_coeff_Add()
    times, rest = rest.as_coeff_Mul()
    return sp.Integer(2) ** constant * (sp.Integer(2) ** times) ** rest


def _alternating(row: Any, polynomial: Any) -> Any:
    """The sum of (-1)^k*P(k)*binomial(N, k) over all k: 0 but where N is at most the degree of P."""
    x, rest, parts = polynomial.gen, polynomial.as_expr(), []
    # P by falling factorials.
    for i in range(polynomial.degree() + 1):
        c = rest.subs(x, i)
        parts.append(c)
        rest = sp.cancel((rest - c) / (x - i))
    cases = [(c * (-1) ** i * factorial(i), sp.Eq(row, i)) for i, c in enumerate(parts) if c != 0]
    return sp.Piecewise(*cases, (sp.S.Zero, True))
