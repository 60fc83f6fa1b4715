"""Polynomials through exact values, and their rational zeros."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from flint import fmpq, fmpq_poly


def rational_zeros(values: Sequence[Fraction]) -> tuple[Fraction, ...] | None:
    """The rational zeros, nearest 0 first, of the polynomial that has these values at 0, 1, 2, ...

    None where the values do not confirm a polynomial other than a constant: its degree has to be two less than their number at most.
    """
    rows: list[list[Fraction]] = [list(values)]
    while len(rows[-1]) > 1:
        rows.append([b - a for a, b in zip(rows[-1], rows[-1][1:], strict=False)])
    differences = [row[0] for row in rows]
    if differences[-1] or not any(differences[1:]):
        return None
    total, basis = fmpq_poly([0]), fmpq_poly([1])
    for k, d in enumerate(differences):
        total += basis * fmpq(d.numerator, d.denominator)
        basis = basis * fmpq_poly([-k, 1]) / (k + 1)
    _, factors = total.factor()
    found = [-f[0] / f[1] for f, _ in factors if f.degree() == 1]
    zeros = [Fraction(int(x.p), int(x.q)) for x in found]
    return tuple(sorted(zeros, key=lambda x: (abs(x), x < 0)))
