"""Rational multiples of pi, kept exact: the sine of a whole multiple is 0 and not merely near it, and a pole of the tangent is seen.

A `Turn` is a ball like any other to what does not know it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flint import arb, fmpq

from twofold.numeric.outcomes import Undefined


class Turn(arb):
    """q pi for a rational q other than 0."""

    __slots__ = ("q",)

    def __init__(self, q: fmpq) -> None:
        super().__init__(arb.pi() * q)
        self.q = q

    def here(self) -> arb:
        """The ball at the current precision."""
        return arb.pi() * self.q


def turn(q: fmpq) -> Any:
    return Turn(q) if q != 0 else q


_SINES = {fmpq(0): fmpq(0), fmpq(1, 6): fmpq(1, 2), fmpq(1, 2): fmpq(1), fmpq(5, 6): fmpq(1, 2), fmpq(1): fmpq(0)}


def sine(q: fmpq) -> Any:
    """sin(q pi), exact where it is rational (Niven)."""
    r = q - 2 * (q / 2).floor()
    sign = 1
    if r > 1:
        r, sign = r - 1, -1
    return _SINES[r] * sign if r.q in (1, 2, 6) and r in _SINES else arb.sin_pi_fmpq(r) * sign


def cosine(q: fmpq) -> Any:
    return sine(q + fmpq(1, 2))


def _quotient(top: Callable[[fmpq], Any], bottom: Callable[[fmpq], Any]) -> Callable[[fmpq], Any]:
    def value(q: fmpq) -> Any:
        a, b = top(q), bottom(q)
        if type(b) is fmpq:
            if b == 0:
                raise Undefined("a pole of a trigonometric function")
            return a / b
        return a / b if type(a) is not fmpq or a != 0 else fmpq(0)

    return value


def _one(q: fmpq) -> fmpq:
    return fmpq(1)


FUNCTIONS: dict[str, Callable[[fmpq], Any]] = {
    "sin": sine, "cos": cosine, "tan": _quotient(sine, cosine), "cot": _quotient(cosine, sine), "sec": _quotient(_one, cosine), "csc": _quotient(_one, sine),
}  # fmt: skip
