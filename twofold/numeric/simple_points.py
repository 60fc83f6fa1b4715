"""Points whose coordinates are whole numbers and halves near 0: where equations have solutions by chance, and small regions lie between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from random import Random

from twofold.grammar.term import Symbol, Term
from twofold.numeric.valuation import Valuation, is_admitted

SIMPLE = tuple(Fraction(k, 2) for k in (0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6))
_WHOLE = tuple(map(Fraction, range(-6, 13)))
_MOST_NAMES = 3


def simple_points(names: Sequence[Symbol], assumptions: Sequence[Term], seed: int, most: int) -> Iterator[Valuation]:
    """So many of these points for up to three real or whole numbers, those that the declarations and assumptions admit; none for other names."""
    if not 0 < len(names) <= _MOST_NAMES or any(s.law is not None or s.shape or s.kind not in ("real", "integer") for s in names):
        return
    grid = list(product(*(_WHOLE if _is_whole(s) else SIMPLE for s in names)))
    Random(f"marked/{seed}").shuffle(grid)
    for values in grid[:most]:
        yield from admitted(assumptions, {}, dict(zip(names, values, strict=True)))


def admitted(assumptions: Sequence[Term], point: Valuation, values: Mapping[Symbol, Fraction]) -> Iterator[Valuation]:
    """A point with other values for some names, if the declarations and assumptions admit it."""
    if any(_is_whole(s) and x.denominator != 1 for s, x in values.items()):
        return
    at = {**point, **{s: int(x) if x.denominator == 1 else x for s, x in values.items()}}
    if is_admitted(at, list(values), assumptions):
        yield at


def _is_whole(s: Symbol) -> bool:
    return s.kind == "integer" or "integer" in s.properties


__all__ = ["SIMPLE", "admitted", "simple_points"]
