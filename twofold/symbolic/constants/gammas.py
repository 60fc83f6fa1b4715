"""Values of the gamma function and its kin at whole numbers and halves (DLMF 5.4)."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

from flint import fmpq

from twofold.symbolic.constants.constant import EULER, PI, Constant, Generator

LARGEST = 1000
HALF = Fraction(1, 2)
LOG2 = Generator("log", 2)


def gamma(x: Constant) -> Constant | None:
    """(n - 1)!, and (2n)!/(4^n n!)*sqrt(pi) at n + 1/2, from there on by steps of one."""
    value = x.rational()
    if value is None or abs(value) > LARGEST:
        return None
    if value.denominator == 1:
        return Constant.of(math.factorial(int(value) - 1)) if value > 0 else None
    if value.denominator != 2:
        return None
    factor, here = Fraction(1), HALF
    while here < value:
        factor, here = factor * here, here + 1
    while here > value:
        here -= 1
        factor /= here
    return Constant.power_of(PI, 1, factor)


def beta(a: Constant, b: Constant) -> Constant | None:
    """gamma(a)*gamma(b)/gamma(a + b) where all three are finite."""
    x, y, below = gamma(a), gamma(b), gamma(a + b)
    if x is None or y is None or below is None:
        return None
    inverse = below.inverse()
    return None if inverse is None else x * y * inverse


def digamma(x: Constant) -> Constant | None:
    """-euler_gamma + H(n - 1) at n, and -euler_gamma - 2*log(2) at 1/2, from there on by steps of one."""
    value = x.rational()
    if value is None or not 0 < value <= LARGEST or value.denominator > 2:
        return None
    euler = Constant.power_of(EULER, 2, Fraction(-1))
    if value.denominator == 1:
        found = fmpq.harmonic(int(value) - 1)
        return euler + Constant.of(Fraction(int(found.p), int(found.q)))
    steps = sum((1 / (HALF + k) for k in range(int(value - HALF))), Fraction(0))
    return euler - Constant.power_of(LOG2, 2, Fraction(2)) + Constant.of(steps)


def polygamma(n: Constant, x: Constant) -> Constant | None:
    """Of odd order at whole numbers and halves: m!*(zeta(m + 1) - H), by the zeta function at even numbers."""
    from twofold.symbolic.constants.zetas import of_even

    order, value = n.whole(), x.rational()
    if order == 0:
        return digamma(x)
    if order is None or value is None or not 0 < order <= 60 or order % 2 == 0 or not 0 < value <= 60 or value.denominator > 2:
        return None
    s = order + 1
    whole = of_even(s)
    if value.denominator == 2:
        whole = whole.scaled(Fraction(2**s - 1))
    first = Fraction(1) if value.denominator == 1 else HALF
    steps = sum((1 / (first + k) ** s for k in range(int(value - first))), Fraction(0))
    return (whole - Constant.of(steps)).scaled(Fraction(math.factorial(order)))


RULES: dict[str, Callable[..., Constant | None]] = {"gamma": gamma, "beta": beta, "digamma": digamma, "polygamma": polygamma}
ARITY = {"beta": 2, "polygamma": 2}
