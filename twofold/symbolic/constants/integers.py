"""Values of the functions of whole numbers, from FLINT."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

from flint import fmpq, fmpz

from twofold.symbolic.constants.constant import Constant

LARGEST = 1000
"""The largest argument of what grows fast."""


def _of(rule: Callable[..., object], least: int = 0, most: int = LARGEST) -> Callable[..., Constant | None]:
    """A rule for whole numbers in a range."""

    def value(*args: Constant) -> Constant | None:
        found = [a.whole() for a in args]
        if any(n is None or not least <= n <= most for n in found):
            return None
        made = rule(*found)
        return None if made is None else Constant.of(_fraction(made))

    return value


def _fraction(value: object) -> Fraction:
    if isinstance(value, fmpq):
        return Fraction(int(value.p), int(value.q))
    return Fraction(int(value))  # type: ignore[call-overload]


def _binomial(n: int, k: int) -> object:
    return math.comb(n, k)


def _bernoulli(n: int) -> object:
    return fmpq(1, 2) if n == 1 else fmpq.bernoulli(n)


def _divisor(rule: Callable[..., int]) -> Callable[..., Constant | None]:
    def value(*args: Constant) -> Constant | None:
        found = [a.whole() for a in args]
        return None if None in found else Constant.of(rule(*found))

    return value


def _remainder(a: Constant, b: Constant) -> Constant | None:
    x, y = a.rational(), b.rational()
    return None if x is None or not y else Constant.of(x - y * (x // y))


def _floor(a: Constant) -> Constant | None:
    x = a.rational()
    return None if x is None else Constant.of(math.floor(x))


def _ceiling(a: Constant) -> Constant | None:
    x = a.rational()
    return None if x is None else Constant.of(math.ceil(x))


def _consecutive(step: int) -> Callable[[Constant, Constant], Constant | None]:
    """Products of so many numbers, each by a step from the one before."""

    def value(x: Constant, k: Constant) -> Constant | None:
        first, count = x.rational(), k.whole()
        if first is None or count is None or not 0 <= count <= LARGEST:
            return None
        return Constant.of(math.prod((first + step * j for j in range(count)), start=Fraction(1)))

    return value


_WIDE = 1 << 60
RULES: dict[str, Callable[..., Constant | None]] = {
    "gcd": _divisor(math.gcd),
    "lcm": _divisor(math.lcm),
    "mod": _remainder,
    "floor": _floor,
    "ceil": _ceiling,
    "factorial": _of(math.factorial),
    "binomial": _of(_binomial),
    "rising": _consecutive(1),
    "falling": _consecutive(-1),
    "bernoulli": _of(_bernoulli),
    "euler": _of(lambda n: fmpz.euler_number(n)),
    "harmonic": _of(lambda n: fmpq.harmonic(n)),
    "fibonacci": _of(lambda n: fmpz.fib_ui(n), most=10_000),
    "totient": _of(lambda n: fmpz(n).euler_phi(), least=1, most=_WIDE),
    "stirling": _of(lambda n, k: fmpz.stirling_s2(n, k)),
    "bell": _of(lambda n: fmpz.bell_number(n)),
}
ARITY = dict.fromkeys(("mod", "binomial", "rising", "falling", "stirling"), 2)
ANY = frozenset(("gcd", "lcm"))
