"""The sign of a polynomial of degree two in any number of real unknowns, by completing squares (Lagrange's reduction, exact)."""

from __future__ import annotations

from fractions import Fraction

from twofold.symbolic.equations.ring import Polynomial, fraction, used

_MOST_UNKNOWNS = 24


def definite(f: Polynomial) -> int | None:
    """1 where f >= 0 for all real values, -1 where f <= 0; None where it takes both signs or is not of degree two.

    f is a form in its unknowns and 1. It has one sign exactly where the form has: the pivots of its symmetric matrix agree.
    """
    found = _squares(f)
    if found is None:
        return None
    signs = {(d > 0) - (d < 0) for d in found} - {0}
    return signs.pop() if len(signs) == 1 else None


def vanishes(f: Polynomial) -> bool:
    """Whether a polynomial with one sign may be zero: nothing is left over when its squares are complete."""
    found = _squares(f)
    return found is None or found[-1] == 0


def _squares(f: Polynomial) -> list[Fraction] | None:
    """The factors of the squares that f is a sum of, and the number that is left, last."""
    names = used(f)
    if not names or len(names) > _MOST_UNKNOWNS:
        return None
    place = {k: j + 1 for j, k in enumerate(names)}
    size = len(names) + 1
    a = [[Fraction(0)] * size for _ in range(size)]
    for m, c in f.terms():
        where = [place[k] for k in names for _ in range(int(m[k]))] if sum(map(int, m)) <= 2 else None
        if where is None:
            return None
        i, j = (*where, 0, 0)[:2]
        half = fraction(c) / 2
        a[i][j] += half
        a[j][i] += half
    pivots = []
    left = set(range(1, size))
    while left:
        k = next((k for k in sorted(left) if a[k][k]), None)
        if k is None:
            if any(a[i][j] for i in left for j in (0, *left)):
                return None
            break
        left.discard(k)
        pivots.append(a[k][k])
        rest = [0, *sorted(left)]
        row = {j: a[k][j] for j in rest}
        for i in rest:
            for j in rest:
                a[i][j] -= row[i] * row[j] / pivots[-1]
    return [*pivots, a[0][0]]
