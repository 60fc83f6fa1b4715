"""Square roots of primes as sums of roots of unity (Gauss): sqrt(3) is exp(i*pi/6) + exp(-i*pi/6), so that both may stand in one relation."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from math import lcm

from flint import fmpq

from twofold.symbolic.normal import polynomials as P
from twofold.symbolic.normal.polynomials import Poly

_LARGEST = 13


def with_roots_of_unity(num: Poly, unit: int, prime: Callable[[int], int | None]) -> Poly:
    """The polynomial with sqrt(p) written in powers of `unit`, exp(i*pi), for each p that divides the order of a root of unity in it.

    `prime` gives the p of a kernel that is a prime, None for others.
    """
    order = lcm(*(Fraction(e).denominator for m in num for g, e in m if g == unit))
    if order < 3:
        return num
    out: Poly = {}
    changed = False
    for m, c in num.items():
        made: Poly = {tuple(x for x in m if not _splits(x, order, prime)): c}
        for g, e in m:
            if _splits((g, e), order, prime):
                p = prime(g)
                assert p is not None
                changed = True
                whole = Fraction(e) - Fraction(1, 2)
                root = {((unit, P.tidy(q)),) if q else (): v for q, v in _root(p)}
                made = P.scaled(P.mul(made, root), fmpq(p) ** int(whole))
        out = P.add(out, made)
    return out if changed else num


def _splits(factor: tuple[int, P.Exponent], order: int, prime: Callable[[int], int | None]) -> bool:
    g, e = factor
    p = prime(g)
    return p is not None and p <= _LARGEST and Fraction(e).denominator == 2 and 2 * order % (8 if p == 2 else p) == 0


@lru_cache
def _root(p: int) -> tuple[tuple[Fraction, fmpq], ...]:
    """sqrt(p) as exponents of exp(i*pi), between 0 and 1, with coefficients."""
    if p == 2:
        return (Fraction(1, 4), fmpq(1)), (Fraction(3, 4), fmpq(-1))
    squares = {a * a % p for a in range(1, p)}
    # The sum is sqrt(p), or i*sqrt(p) for p = 3 modulo 4.
    shift = Fraction(0) if p % 4 == 1 else Fraction(-1, 2)
    found: dict[Fraction, fmpq] = {}
    for a in range(1, p):
        q = (Fraction(2 * a, p) + shift) % 2
        sign = (1 if a in squares else -1) * (-1 if q >= 1 else 1)
        found[q % 1] = found.get(q % 1, fmpq(0)) + sign
    return tuple(found.items())
