"""Sums with one binomial coefficient: every c-th one by roots of unity, alternating ones with polynomials, one half of a row, and columns and diagonals.

Over all k the sum of binomial(N, c*k + d) is the mean of (1 + w)^N*w^(-d) over the c-th roots of unity w, that of (-1)^k*k*(k - 1)*…*binomial(N, k) has one N at
which it is not 0. Source: Graham, Knuth, Patashnik, "Concrete Mathematics", sections 5.1 and 5.7 (exercise 75).
"""

from __future__ import annotations

from math import factorial
from typing import Any

import sympy as sp

from twofold.symbolic.summation.geometric import geometric

_WIDEST, _HIGHEST = 6, 4


def binomial_sum(body: Any, k: Any, low: Any, high: Any) -> Any:
    """The sum over k = low..high, high >= low - 1, for names that are whole and not negative in the upper place; `None` for other terms."""
    factor, rest = body.as_independent(k, as_Add=False)
    chosen = [f for f in sp.Mul.make_args(rest) if isinstance(f, sp.binomial)]
    if len(chosen) != 1:
        found = _squares(rest, k, low, high)
        return None if found is None else factor * found
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


def _squares(body: Any, k: Any, low: Any, high: Any) -> Any:
    """(-1)^k*binomial(N, k)^2 over a whole row, which is what (1 - x^2)^N has at x^N."""
    found = [
        f for f in sp.Mul.make_args(body) if f.is_Pow and f.exp == 2 and isinstance(f.base, sp.binomial) and f.base.args[1] == k
    ]
    if len(found) != 1 or sp.cancel(body / found[0] / sp.S.NegativeOne**k) != 1 or low != 0:
        return None
    row = found[0].base.args[0]
    whole = row.is_integer and row.is_nonnegative and not row.has(k) and _reaches(row, 1, sp.S.Zero, high)
    return sp.cos(sp.pi * row / 2) * sp.binomial(row, row / 2) if whole else None


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
    if (step, shift, low) == (1, 0, 0) and beside == (-1) ** k and not _reaches(row, step, shift, high):
        # For any row: with the one above it the sum telescopes, and above that of 0 is that of (1 + x)^(-1).
        return (-1) ** high * sp.binomial(row - 1, high)
    if not (row.is_integer and row.is_nonnegative and shift.is_Integer and low.is_Integer) or step * low + shift > step - 1:
        return None
    if not _reaches(row, step, shift, high):
        return _half(row, sp.expand(row - 2 * high)) if (step, beside, shift) == (1, 1, 0) else None
    polynomial = sp.expand(beside / sp.S.NegativeOne**k)
    if (step, shift) == (1, 0) and polynomial.is_polynomial(k) and sp.degree(polynomial, k) <= _HIGHEST:
        return _alternating(row, sp.Poly(polynomial, k))
    if not 1 < step <= _WIDEST or beside.has(sp.binomial):
        return None
    base, front = geometric(beside, k)
    if base != 1:
        return front * _every_second(row, int(shift), base) if step == 2 and base.is_Rational and not front.has(k) else None
    polynomial = sp.expand(front)
    if not polynomial.is_polynomial(k) or sp.degree(polynomial, k) > _HIGHEST:
        return None
    return _every_with(row, step, int(shift), sp.Poly(polynomial, k))


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


def _every_second(row: Any, shift: int, base: Any) -> Any:
    """The sum of binomial(N, 2*k + d)*z^k for a rational z: of the two powers (1 + sqrt(z))^N and (1 - sqrt(z))^N."""
    if base == 1 or base == 0:
        return None
    size = sp.sqrt(abs(base))
    if base > 0:
        return ((1 + size) ** row + (-1) ** shift * (1 - size) ** row) / (2 * size**shift)
    # With its conjugate: sqrt(1 - z) at the angle atan(sqrt(-z)), and im^d below.
    return sp.sqrt(1 - base) ** row * sp.cos(row * sp.atan(size) - sp.pi * shift / 2) / size**shift


def _every_with(row: Any, step: int, shift: int, polynomial: Any) -> Any:
    """The sum of P(k)*binomial(N, c*k + d): with falling factorials of the lower place, which come out as those of N with lower rows."""
    i = sp.Dummy("i")
    falling = _falling(sp.Poly(polynomial.as_expr().subs(polynomial.gen, (i - shift) / step), i))
    front, total, cases = sp.S.One, sp.S.Zero, []
    for j, c in enumerate(falling):
        total += c * front * _every(row - j, step, shift - j)
        if c != 0 and step % 2 == 0 and not (row - j).is_positive:
            # 1 + w is 0 for w = -1, and its power is 1 in the row of 0.
            cases.append((j, c * factorial(j) * sp.S.NegativeOne ** (shift - j) / step))
        front *= row - j
    if not cases:
        return total
    total = sp.factor_terms(total) if len(falling) > 1 else total
    name = min(row.free_symbols, key=str)
    at = [(total.subs(name, sp.solve(row - j, name)[0]) + more, sp.Eq(row, j)) for j, more in cases]
    return sp.Piecewise(*at, (total, True))


def _every(row: Any, step: int, shift: int) -> Any:
    """The sum of every `step`-th coefficient of a row, but for what -1 among the roots of unity has in the row of 0."""
    total = _power_of_two(row)
    for j in range(1, (step + 1) // 2):
        # 1 + w is 2*cos(pi*j/step) at the angle pi*j/step; with its conjugate.
        half = sp.pi * sp.Rational(j, step)
        total += 2 * (2 * sp.cos(half)) ** row * sp.cos(half * (row - 2 * shift))
    return total / step


def _power_of_two(exponent: Any) -> Any:
    """2^(2*n + 1) as 2*4^n."""
    constant, rest = exponent.as_coeff_Add()
    times, rest = rest.as_coeff_Mul()
    return sp.Integer(2) ** constant * (sp.Integer(2) ** times) ** rest


def _alternating(row: Any, polynomial: Any) -> Any:
    """The sum of (-1)^k*P(k)*binomial(N, k) over all k: 0 but where N is at most the degree of P."""
    parts = _falling(polynomial)
    cases = [(c * (-1) ** i * factorial(i), sp.Eq(row, i)) for i, c in enumerate(parts) if c != 0]
    return sp.Piecewise(*cases, (sp.S.Zero, True))


def _falling(polynomial: Any) -> list[Any]:
    """The coefficients of a polynomial by falling factorials."""
    x, rest, parts = polynomial.gen, polynomial.as_expr(), []
    for i in range(polynomial.degree() + 1):
        c = rest.subs(x, i)
        parts.append(c)
        rest = sp.cancel((rest - c) / (x - i))
    return parts
