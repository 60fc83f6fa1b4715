"""Functions that are strictly monotone, with their enclosures and inverses, and what their differences say of their arguments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from flint import arb

from twofold.symbolic.equations.bounds import Interval
from twofold.symbolic.equations.ring import Polynomial, Ratio, fraction, rational

if TYPE_CHECKING:
    from twofold.symbolic.equations.reading import Reading

_HALF_PI = Fraction(15708, 10000)


@dataclass(frozen=True, slots=True)
class Monotone:
    """`value` encloses the function; `direction` is 1 or -1 where it is strictly monotone on all of its domain, else 0; `range` holds
    its values; `inverse` encloses its inverse, which is the trigonometric function `name` where there is one."""

    value: Callable[[arb], arb]
    direction: int = 1
    range: Interval = Interval()
    inverse: Callable[[arb], arb] | None = None
    name: str = ""


FUNCTIONS: dict[str, Monotone] = {
    "atan": Monotone(arb.atan, 1, Interval(-_HALF_PI, _HALF_PI), arb.tan, "tan"),
    "asin": Monotone(arb.asin, 1, Interval(-_HALF_PI, _HALF_PI), arb.sin, "sin"),
    "acos": Monotone(arb.acos, -1, Interval(Fraction(0), 2 * _HALF_PI, True), arb.cos, "cos"),
    "asinh": Monotone(arb.asinh, 1, Interval(), arb.sinh, "sinh"),
    "erf": Monotone(arb.erf, 1, Interval(Fraction(-1), Fraction(1)), arb.erfinv),
    "erfc": Monotone(arb.erfc, -1, Interval(Fraction(0), Fraction(2)), arb.erfcinv),
    "gamma": Monotone(arb.gamma, 0),
    "loggamma": Monotone(arb.lgamma, 0),
    "digamma": Monotone(arb.digamma, 0),
    "zeta": Monotone(arb.zeta, 0),
}


def difference(r: Reading, f: Polynomial) -> Ratio | None:
    """For a difference of two exponentials, or of two values of one monotone function: the difference of their arguments, turned so
    that it has the same sign; None for other polynomials."""
    if len(f) != 2:
        return None
    (m, c), (n, d) = ((tuple(map(int, x)), fraction(y)) for x, y in f.terms())
    if (c > 0) == (d > 0):
        return None
    sides = [_logarithm(r, m, abs(c)), _logarithm(r, n, abs(d))]
    if sides[0] is not None and sides[1] is not None:
        w = sides[0] - sides[1]
        return w if c > 0 else -w
    if abs(c) != abs(d) or sum(m) != 1 or sum(n) != 1:
        return None
    g, h = (r.ring.generators[x.index(1)] for x in (m, n))
    if g.kind != "function" or h.kind != "function" or g.argument is None or h.argument is None:
        return None
    names = {getattr(x.term, "op", "") for x in (g, h)}
    direction = FUNCTIONS[names.pop()].direction if len(names) == 1 else 0
    if not direction:
        return None
    w = g.argument - h.argument
    return w if (c > 0) == (direction > 0) else -w


def _logarithm(r: Reading, m: tuple[int, ...], c: Fraction) -> Ratio | None:
    """The logarithm of a rational times powers of exponentials."""
    from twofold.symbolic.equations.kernels import log_of_rational

    out = log_of_rational(r, c)
    for k, d in enumerate(m):
        if d:
            g = r.ring.generators[k]
            if g.kind not in ("power", "constant") or g.argument is None:
                return None
            out = out + rational(d) * g.argument
    return out
