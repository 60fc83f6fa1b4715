"""Points at which arrays have few and small entries: where a product, a norm or a difference of arrays happens to be zero.

An equation between arrays of free names is hardly ever true at a point drawn at large; among entries 0, 1 and -1 it often is.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from random import Random
from typing import Any

from twofold.grammar.term import Symbol
from twofold.numeric import arrays
from twofold.numeric.valuation import Valuation

_CHOICES: tuple[tuple[Fraction, ...], ...] = (
    tuple(map(Fraction, (0, 1, -1))),
    tuple(map(Fraction, (0, 1, 1, -1, 2))),
    (Fraction(0), Fraction(1), Fraction(1, 2), Fraction(-1, 2)),
    (Fraction(0), Fraction(0), Fraction(1)),
)
_NUMBERS = tuple(map(Fraction, (0, 1, -1, 2)))
_MOST_ENTRIES = 18
_MORE = 240
"""Points made from one drawn point."""
_BASES = 6


def small(points: Sequence[Valuation], seed: int) -> list[Valuation]:
    """The points whose arrays are smallest, each with many choices of small entries for its real arrays, in half of them with small values for the names
    that may be any real number; other names keep their values.

    What is declared of an array (its signs, symmetry, definiteness …) is true of the new ones too.
    """
    found: dict[Any, Valuation] = {}
    for number, point in enumerate(_bases(points)):
        free = [s for s in point if s.shape and s.kind in ("real", "integer") and s.law is None]
        plain = [s for s in point if not s.shape and _is_any_number(s)]
        for k in range(_MORE):
            rng = Random(f"small/{seed}/{number}/{k}")
            made = {s: _array(s, point[s], _CHOICES[k % len(_CHOICES)], rng) for s in free}
            if all(v is not None for v in made.values()):
                at = {**point, **{s: rng.choice(_NUMBERS) for s in plain}, **made} if k % 2 else {**point, **made}
                found.setdefault(tuple(at.items()), at)
    return sorted(found.values(), key=_weight)


def _bases(points: Sequence[Valuation]) -> list[Valuation]:
    """Points with different sizes: all of size two first, then the smallest ones."""
    seen: dict[tuple[int, ...], Valuation] = {}
    for p in points:
        lengths = tuple(_length(v) for s, v in p.items() if s.shape)
        if lengths and sum(lengths) <= _MOST_ENTRIES:
            seen.setdefault(lengths, p)
    return [p for _, p in sorted(seen.items(), key=lambda x: (1 in x[0], sum(x[0])))][:_BASES]


def _length(value: Any) -> int:
    return sum(map(_length, value)) if isinstance(value, tuple) else 1


def _array(s: Symbol, old: Any, choices: Sequence[Fraction], rng: Random) -> Any:
    """An array of the same size; the value that it had where the declaration bounds its entries by more than a sign."""
    if s.lower is not None and not _zero(s.lower) or s.upper is not None:
        return old
    positive = "positive" in s.properties or (s.lower is not None and s.open_lower)
    allowed = [
        q
        for q in choices
        if not (positive and q <= 0) and not (s.lower is not None and q < 0) and not (_whole(s) and q.denominator != 1)
    ]

    def entry() -> Fraction | None:
        return rng.choice(allowed) if allowed else None

    if isinstance(old[0], tuple):
        made = arrays.matrix(rng, len(old), len(old[0]), entry, s.properties)
        return made if made is None or len(old) != len(old[0]) or s.properties or not _is_any_number(s) else _formed(made, rng)
    return arrays.vector(rng, len(old), entry, s.properties)


def _formed(rows: arrays.Rows, rng: Random) -> arrays.Rows:
    """A square matrix as it is, or a skew or nilpotent one made of its entries: both are rare among all matrices, even among those of small entries."""
    form = rng.choice(("plain", "plain", "plain", "skew", "nilpotent"))
    if form == "plain":
        return rows
    low = 0 if form == "nilpotent" else -1
    return tuple(
        tuple(x if i < j else low * rows[j][i] if i > j else Fraction(0) for j, x in enumerate(row)) for i, row in enumerate(rows)
    )


def _is_any_number(s: Symbol) -> bool:
    """Whether nothing is declared of a name, or of the entries of an array, but that they are real."""
    return s.kind == "real" and not s.properties and s.law is None and s.lower is None and s.upper is None


def _zero(t: Any) -> bool:
    return getattr(t, "value", None) == 0


def _whole(s: Symbol) -> bool:
    return s.kind == "integer" or "integer" in s.properties


def _weight(point: Valuation) -> tuple[int, int]:
    """Simple points first: few entries, few of them not zero."""
    entries = [x for s, v in point.items() if s.shape for x in _flat(v)]
    return len(entries), sum(x != 0 for x in entries)


def _flat(value: Any) -> list[Any]:
    return [x for v in value for x in _flat(v)] if isinstance(value, tuple) else [value]
