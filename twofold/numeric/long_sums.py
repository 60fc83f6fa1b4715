"""Sums over long ranges of whole numbers, enclosed without going through them: the terms of a block by their Taylor expansion at its middle.

The sum of (k - c)^i over a block is a value of Bernoulli polynomials; the remainder of order n is the Taylor coefficient over the whole block times the
sum of (k - c)^n, n being even. Blocks that grow with the distance from 0 make few of them. Source of the sums of powers: DLMF 24.4.7.
"""

from __future__ import annotations

from functools import cache
from math import comb
from typing import TYPE_CHECKING, Any

from flint import arb, fmpq

from twofold.grammar.term import Bound
from twofold.numeric.balls import Balls
from twofold.numeric.constants import hoisted
from twofold.numeric.outcomes import CannotEvaluate, Undefined
from twofold.numeric.series import Series, new_tag

if TYPE_CHECKING:
    from twofold.numeric.evaluator import Evaluator

Value = Any

_ORDER = 24
_FIRST = 512
"""Terms that are added one by one on each side of 0, where a block would be as long as its distance from it."""
_LARGEST = 10**15
_BLOCKS = 400


def is_long(e: Evaluator, t: Bound, lower: int, upper: int) -> bool:
    """Whether a range may be summed by blocks: of real numbers without derivatives, and not too far out."""
    m = e.arithmetic
    return (
        isinstance(m, Balls)
        and m.reading == "real"
        and m.mode == "plain"
        and t.op == "sum"
        and not t.shape
        and not any(isinstance(v, Series) for v in e.values.values())
        and max(abs(lower), abs(upper)) <= _LARGEST
    )


def by_blocks(e: Evaluator, t: Bound, lower: int, upper: int) -> Value:
    """The sum of the terms. Raises what evaluating a term raises, and `CannotEvaluate` where a term is no analytic function of the index."""
    m = e.arithmetic
    e, body = hoisted(e, t.body, t.symbols)
    symbol = t.symbols[0]
    total: Value = m.zero
    for k in range(max(lower, -_FIRST), min(upper, _FIRST) + 1):
        total = m.add(total, e.inner({symbol: m.number(k)}).value(body))
    for low, high in (*_blocks(max(lower, _FIRST + 1), upper), *((-q, -p) for p, q in _blocks(max(-upper, _FIRST + 1), -lower))):
        centre, reach = fmpq(low + high, 2), fmpq(high - low, 2)
        tag = new_tag()

        def row(place: Value, tag: int = tag) -> Any:
            try:
                made = e.inner({symbol: Series(tag, (place, m.one, *(m.zero,) * (_ORDER - 1)))}).value(body)
            except Undefined as reason:  # Between whole numbers, as (-1)^k is: that says nothing about the terms.
                raise CannotEvaluate("a range too long to go through") from reason
            return made.coefficients if isinstance(made, Series) and made.tag == tag else (made, *(m.zero,) * _ORDER)

        near, whole = row(centre), row(arb(low).union(arb(high)))
        for i in range(0, _ORDER, 2):
            total = m.add(total, m.mul(near[i], _powers(i, reach)))
        total = m.add(total, m.mul(whole[_ORDER], _powers(_ORDER, reach)))
    return total


def _blocks(low: int, high: int) -> list[tuple[int, int]]:
    """A range of positive numbers cut into blocks that are short beside where they lie."""
    out = []
    while low <= high:
        end = min(high, low + low // 4)
        out.append((low, end))
        low = end + 1
        if len(out) > _BLOCKS:
            raise CannotEvaluate("a range too long to go through")
    return out


def _powers(i: int, reach: fmpq) -> fmpq:
    """The sum of x^i over x = -reach, -reach + 1, …, reach for even i: (B(reach + 1) - B(-reach))/(i + 1) with the Bernoulli polynomial of order i + 1."""
    return (_bernoulli(i + 1, reach + 1) - _bernoulli(i + 1, -reach)) / (i + 1)


def _bernoulli(n: int, x: fmpq) -> fmpq:
    value = fmpq(0)
    for weight in _weights(n):
        value = value * x + weight
    return value


@cache
def _weights(n: int) -> tuple[fmpq, ...]:
    """The coefficients of a Bernoulli polynomial, highest first."""
    return tuple(comb(n, k) * _number(k) for k in range(n + 1))


def _number(k: int) -> fmpq:
    return fmpq(-1, 2) if k == 1 else fmpq.bernoulli(k)


__all__ = ["by_blocks", "is_long"]
