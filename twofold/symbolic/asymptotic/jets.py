"""Taylor coefficients of functions at constants, by the differential equations they obey."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flint import fmpq

from twofold.grammar.term import App, Const
from twofold.symbolic.asymptotic.constants import ONE, ZERO, Constants, Number, Undecided

Jet = list[Number]


def product(k: Constants, a: Jet, b: Jet, n: int) -> Jet:
    out: Jet = []
    for i in range(n):
        total: Number = ZERO
        for j in range(max(0, i - len(b) + 1), min(i, len(a) - 1) + 1):
            total = k.add(total, k.mul(a[j], b[i - j]))
        out.append(total)
    return out


def reciprocal(k: Constants, a: Jet, n: int) -> Jet:
    first = k.inverse(a[0])
    out: Jet = [first]
    for i in range(1, n):
        total: Number = ZERO
        for j in range(1, min(i, len(a) - 1) + 1):
            total = k.add(total, k.mul(a[j], out[i - j]))
        out.append(k.neg(k.mul(first, total)))
    return out


def powered(k: Constants, a: Jet, r: fmpq, n: int) -> Jet:
    """a^r for a[0] > 0, by a*b' = r*a'*b."""
    out: Jet = [k.power(a[0], r)]
    first = k.inverse(a[0])
    for i in range(1, n):
        total: Number = ZERO
        for j in range(1, min(i, len(a) - 1) + 1):
            total = k.add(total, k.mul(fmpq(j) * r - fmpq(i - j), k.mul(a[j], out[i - j])))
        out.append(k.mul(fmpq(1, i), k.mul(first, total)))
    return out


def exponential(k: Constants, a: Jet, n: int) -> Jet:
    out: Jet = [k.exp(a[0])]
    for i in range(1, n):
        total: Number = ZERO
        for j in range(1, min(i, len(a) - 1) + 1):
            total = k.add(total, k.mul(fmpq(j), k.mul(a[j], out[i - j])))
        out.append(k.mul(fmpq(1, i), total))
    return out


def integrated(k: Constants, first: Number, slope: Sequence[Number]) -> Jet:
    return [first, *(k.mul(fmpq(1, i + 1), s) for i, s in enumerate(slope))]


def _square(k: Constants, c: Number) -> Jet:
    """(c + d)^2."""
    return [k.mul(c, c), k.mul(fmpq(2), c), ONE]


def _one_plus(k: Constants, c: Number, sign: int) -> Jet:
    """1 + sign*(c + d)^2."""
    made = [k.mul(fmpq(sign), x) for x in _square(k, c)]
    return [k.add(ONE, made[0]), *made[1:]]


def _gaussian(sign: int) -> Callable[[Constants, Number, int], Jet]:
    def slope(k: Constants, c: Number, n: int) -> Jet:
        weight = k.mul(fmpq(2), k.power(k.of(Const("pi")), fmpq(-1, 2)))
        return [k.mul(weight, x) for x in exponential(k, [k.mul(fmpq(sign), x) for x in _square(k, c)], n)]

    return slope


_SLOPES: dict[str, Callable[[Constants, Number, int], Jet]] = {
    "atan": lambda k, c, n: reciprocal(k, _one_plus(k, c, 1), n),
    "atanh": lambda k, c, n: reciprocal(k, _one_plus(k, c, -1), n),
    "asin": lambda k, c, n: powered(k, _one_plus(k, c, -1), fmpq(-1, 2), n),
    "asinh": lambda k, c, n: powered(k, _one_plus(k, c, 1), fmpq(-1, 2), n),
    "erf": _gaussian(-1),
    "erfi": _gaussian(1),
}


def jet(k: Constants, op: str, c: Number, n: int) -> Jet:
    """The first n coefficients of op(c + d) in d. Raises `Undecided` for functions without a rule."""
    slope = _SLOPES.get(op)
    if slope is None:
        raise Undecided
    first = k.of(App(op, (k.term(c),))) if not isinstance(c, fmpq) or c else ZERO
    return integrated(k, first, slope(k, c, n - 1))


def _atan(r: Any, u: Any) -> Any:
    return r.inverse(r.add(ONE, r.mul(u, u)))


def _atanh(r: Any, u: Any) -> Any:
    return r.inverse(r.sub(ONE, r.mul(u, u)))


DERIVATIVES: dict[str, Callable[[Any, Any], Any]] = {
    "atan": lambda r, u: _atan(r, u),
    "atanh": lambda r, u: _atanh(r, u),
    "asin": lambda r, u: r.power(r.sub(ONE, r.mul(u, u)), fmpq(-1, 2)),
    "asinh": lambda r, u: r.power(r.add(ONE, r.mul(u, u)), fmpq(-1, 2)),
    "erf": lambda r, u: r.mul(r.k.mul(fmpq(2), r.k.power(r.k.of(Const("pi")), fmpq(-1, 2))), r.exp(r.neg(r.mul(u, u)))),
}
"""Derivatives by rules on multiseries."""
