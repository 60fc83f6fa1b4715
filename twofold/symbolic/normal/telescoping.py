"""Infinite sums of rational functions that telescope: simple rational poles whose residues add up to 0 in every class modulo 1."""

from __future__ import annotations

from fractions import Fraction

from twofold.symbolic.normal import polynomials as P
from twofold.symbolic.normal.field import Element
from twofold.symbolic.normal.polynomials import Poly

LONGEST = 200
"""Terms that may be left over at the beginning."""


def telescoped(e: Element, g: int, lower: int) -> Fraction | None:
    """The sum of a rational function of kernel g from `lower` to infinity; `None` where it does not telescope or a term has no value.

    With e = sum A_j/(k + a_j) and sum A_j = 0 over the a_j that differ by whole numbers, what is left of A_j/(k + a_j) beside the smallest of
    them, a, is -A_j times the sum of 1/(i + a) for lower <= i < lower + a_j - a.
    """
    top = _coefficients(e.num, g)
    constant, m, found = P.factors(e.den)
    if top is None or any(h != g for h, _ in m) or any(k != 1 for _, k in found):
        return None
    poles = []
    if m:
        if m[0][1] != 1:
            return None
        poles.append(Fraction(0))
    for p, _ in found:
        line = _coefficients(p, g)
        if line is None or set(line) - {0, 1}:
            return None
        poles.append(line.get(0, Fraction(0)) / line[1])
        constant *= p[((g, 1),)]
    if len(poles) < 2 or max(top) > len(poles) - 2 or any(a.denominator == 1 and lower + a <= 0 for a in poles):
        return None
    scale = Fraction(int(constant.p), int(constant.q))
    residues = []
    for a in poles:
        value = sum((v * (-a) ** k for k, v in top.items()), Fraction(0)) / scale
        for b in poles:
            if b != a:
                value /= b - a
        residues.append(value)
    total = Fraction(0)
    for kind in {a % 1 for a in poles}:
        own = [(a, r) for a, r in zip(poles, residues, strict=True) if a % 1 == kind]
        first = min(a for a, _ in own)
        if sum(r for _, r in own) != 0 or any(a - first > LONGEST for a, _ in own):
            return None
        total -= sum(
            (r * sum((1 / (lower + i + first) for i in range(int(a - first))), Fraction(0)) for a, r in own), Fraction(0)
        )
    return total


def _coefficients(p: Poly, g: int) -> dict[int, Fraction] | None:
    """A polynomial in kernel g alone by its powers."""
    out: dict[int, Fraction] = {}
    for m, v in p.items():
        if m == ():
            out[0] = Fraction(int(v.p), int(v.q))
        elif len(m) == 1 and m[0][0] == g and isinstance(m[0][1], int) and m[0][1] > 0:
            out[m[0][1]] = Fraction(int(v.p), int(v.q))
        else:
            return None
    return out
