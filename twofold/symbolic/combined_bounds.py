"""Polynomials that are nonnegative because they are sums of nonnegative ones: known ones, their multiples by nonnegative kernels, and monomials."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from flint import fmpq

from twofold.symbolic.feasible import has_nonnegative_solution
from twofold.symbolic.normal import polynomials as P
from twofold.symbolic.normal.convert import Converter
from twofold.symbolic.normal.polynomials import Mono, Poly

_COLUMNS, _ROUNDS = 160, 4
"""Polynomials that are put together, and how often those are added that share a term with what there is."""


def is_sum_of(c: Converter, target: Poly, known: Sequence[Poly], kernels: Sequence[int]) -> bool:
    """Whether a polynomial is a sum, with nonnegative rational factors, of known nonnegative polynomials, of these times one of the kernels,
    which must be nonnegative, and of monomials of known sign. False proves nothing.
    """
    offered = [*known, *(P.mul(p, {((g, 1),): fmpq(1)}) for p in known for g in kernels)]
    wanted = set(target)
    chosen: list[Poly] = []
    for _ in range(_ROUNDS):
        # A term that is to vanish or to appear must be met by a negative one elsewhere: only what holds such a term helps.
        fresh = [p for p in offered if p not in chosen and any(m in wanted and v < 0 for m, v in p.items())]
        if not fresh or len(chosen) + len(fresh) > _COLUMNS:
            break
        chosen += fresh
        wanted |= {m for p in fresh for m in p}
    signs = {m: c.signs.monomial(m) if m else "+" for m in wanted}
    alone: list[Poly] = [{m: fmpq(1)} for m in wanted if signs[m] in ("+", "0+")]
    columns = [*chosen, *alone]
    places: list[Mono] = sorted(wanted, key=repr)
    rows = [[_fraction(p.get(m)) for p in columns] for m in places]
    return has_nonnegative_solution(rows, [_fraction(target.get(m)) for m in places])


def _fraction(v: fmpq | None) -> Fraction:
    return Fraction(0) if v is None else Fraction(int(v.p), int(v.q))
