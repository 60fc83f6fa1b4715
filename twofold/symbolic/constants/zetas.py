"""Values of the zeta function and the polylogarithm (DLMF 25.6, 25.12)."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

from flint import fmpq

from twofold.symbolic.constants.constant import PI, Constant, Generator

LARGEST = 300
LOG2 = Generator("log", 2)


def of_even(s: int) -> Constant:
    """zeta(s) = abs(B(s))*(2*pi)^s/(2*s!) for an even s > 0."""
    b = fmpq.bernoulli(s)
    return Constant.power_of(PI, 2 * s, Fraction(abs(int(b.p)) * 2 ** (s - 1), int(b.q) * math.factorial(s)))


def zeta(x: Constant) -> Constant | None:
    """At even numbers, and at 0 and below: (-1)^n*B(n + 1)/(n + 1) at -n."""
    s = x.whole()
    if s is None or abs(s) > LARGEST or s > 0 and s % 2:
        return None
    if s > 0:
        return of_even(s)
    b = fmpq(1, 2) if s == 0 else fmpq.bernoulli(1 - s)
    return Constant.of(Fraction(int(b.p), int(b.q)) * (-1) ** (-s) / (1 - s) * (-1 if s == 0 else 1))


def polylog(order: Constant, z: Constant) -> Constant | None:
    """Of order 2 at 1/2, -1 and 1; of even order at 1 and -1; of order 1 where the logarithm is one of a prime."""
    s, at = order.whole(), z.rational()
    if s is None or not 0 < s <= LARGEST or at not in (Fraction(1, 2), 1, -1):
        return None
    if at == Fraction(1, 2):
        if s > 2:
            return None
        log = Constant.power_of(LOG2)
        return log if s == 1 else Constant.power_of(PI, 4, Fraction(1, 12)) - (log * log).scaled(Fraction(1, 2))
    if s % 2:
        return None
    return of_even(s) if at == 1 else of_even(s).scaled(Fraction(1, 2 ** (s - 1)) - 1)


RULES: dict[str, Callable[..., Constant | None]] = {"zeta": zeta, "polylog": polylog}
ARITY = {"polylog": 2}
