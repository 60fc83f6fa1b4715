"""Values of the circular functions at multiples of pi/12 and, where no root stands under another, of pi/5, and of their inverses there."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache

from twofold.symbolic.constants.constant import PI, Constant, Monomial


def _sum(*parts: tuple[int, int, int]) -> Constant:
    """The sum of p/q*sqrt(n) over (p, q, n)."""
    return Constant({Monomial(n): Fraction(p, q) for p, q, n in parts})


@cache
def _sines() -> dict[Fraction, Constant]:
    """At multiples of pi in 0..1/2."""
    return {
        Fraction(0): Constant({}),
        Fraction(1, 12): _sum((1, 4, 6), (-1, 4, 2)),
        Fraction(1, 10): _sum((-1, 4, 1), (1, 4, 5)),
        Fraction(1, 6): _sum((1, 2, 1)),
        Fraction(1, 4): _sum((1, 2, 2)),
        Fraction(3, 10): _sum((1, 4, 1), (1, 4, 5)),
        Fraction(1, 3): _sum((1, 2, 3)),
        Fraction(5, 12): _sum((1, 4, 6), (1, 4, 2)),
        Fraction(1, 2): Constant.of(1),
    }


@cache
def _tangents() -> dict[Fraction, Constant]:
    """At multiples of pi in 0..1/2."""
    return {
        Fraction(0): Constant({}),
        Fraction(1, 12): _sum((2, 1, 1), (-1, 1, 3)),
        Fraction(1, 6): _sum((1, 3, 3)),
        Fraction(1, 4): Constant.of(1),
        Fraction(1, 3): _sum((1, 1, 3)),
        Fraction(5, 12): _sum((2, 1, 1), (1, 1, 3)),
    }


_PI_ALONE = Monomial(1, ((PI, 2),))


def _turns(a: Constant) -> Fraction | None:
    """The number of which the angle is the multiple of pi."""
    if not a:
        return Fraction(0)
    return a.terms.get(_PI_ALONE) if len(a.terms) == 1 else None


def _sine_at(t: Fraction) -> Constant | None:
    t %= 2
    if t >= 1:
        found = _sine_at(t - 1)
        return None if found is None else -found
    return _sines().get(min(t, 1 - t))


def _tangent_at(t: Fraction) -> Constant | None:
    t %= 1
    found = _tangents().get(min(t, 1 - t))
    return found if found is None or t <= Fraction(1, 2) else -found


def _at(rule: Callable[[Fraction], Constant | None]) -> Callable[[Constant], Constant | None]:
    def value(a: Constant) -> Constant | None:
        t = _turns(a)
        return None if t is None else rule(t)

    return value


@cache
def _angles(odd: str) -> dict[Constant, Fraction]:
    table = _sines() if odd == "sin" else _tangents()
    return {v: t for u, x in table.items() for v, t in ((x, u), (-x, -u))}


def _arc(odd: str, start: Fraction = Fraction(0)) -> Callable[[Constant], Constant | None]:
    """The angle in -1/2..1/2 of pi; with a start, that less the angle."""

    def value(a: Constant) -> Constant | None:
        t = _angles(odd).get(a)
        if t is None:
            return None
        t = start - t if start else t
        return Constant.power_of(PI, 2, t) if t else Constant({})

    return value


RULES: dict[str, Callable[..., Constant | None]] = {
    "sin": _at(_sine_at),
    "cos": _at(lambda t: _sine_at(t + Fraction(1, 2))),
    "tan": _at(_tangent_at),
    "asin": _arc("sin"),
    "acos": _arc("sin", Fraction(1, 2)),
    "atan": _arc("tan"),
}
