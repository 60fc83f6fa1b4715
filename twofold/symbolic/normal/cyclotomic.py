"""Roots of unity modulo cyclotomic polynomials, so that sums of them that are zero are seen to be zero."""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from flint import fmpq, fmpz, fmpz_poly

from twofold.symbolic.normal import polynomials as P
from twofold.symbolic.normal.polynomials import Mono, Poly


def modulo_cyclotomic(num: Poly, unit: int) -> Poly:
    """Reduction of powers of `unit`, exp(i*pi), modulo the cyclotomic polynomial, so that zero is seen to be zero."""
    order = lcm(*(Fraction(e).denominator for m in num for g, e in m if g == unit))
    n = 2 * order
    phi = fmpz_poly.cyclotomic(n)
    degree = phi.degree()
    groups: dict[Mono, dict[int, fmpq]] = {}
    for m, c in num.items():
        powers = dict(m)
        e = int(Fraction(powers.pop(unit, 0)) * order) % n
        row = groups.setdefault(tuple(sorted(powers.items())), {})
        row[e] = row.get(e, fmpq(0)) + c
    out: Poly = {}
    for m, row in groups.items():
        for top in range(max(row), degree - 1, -1):
            c = row.pop(top, fmpq(0))
            if c:
                for k in range(degree):
                    if phi[k]:
                        row[top - degree + k] = row.get(top - degree + k, fmpq(0)) - c * fmpq(fmpz(int(phi[k])))
        for e, c in row.items():
            if c:
                out[tuple(sorted([*m, (unit, P.tidy(Fraction(e, order)))])) if e else m] = c
    return out
