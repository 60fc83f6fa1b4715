"""The family of a polynomial: whose function of the unknown it is a polynomial in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from twofold.symbolic.equations import enclose
from twofold.symbolic.equations.monotone import FUNCTIONS
from twofold.symbolic.equations.reading import Reading
from twofold.symbolic.equations.ring import (
    CONTEXT,
    Polynomial,
    Ratio,
    coefficients,
    constant_value,
    rational,
    used,
)


@dataclass(frozen=True, slots=True)
class Family:
    """Polynomials in one function of the unknown: `kind` as of its generator, `generators` (sine and cosine for `trig`), slope
    and offset of its linear argument."""

    kind: str
    generators: tuple[int, ...]
    slope: Ratio
    offset: Ratio


def family_of(r: Reading, p: Polynomial, x: int) -> Family | None:
    """The family that a factor belongs to; `None` where it mixes functions of the unknown."""
    ring = r.ring
    found = [k for k in used(p) if k == x or x in ring.generators[k].inside]
    if any(not (k == x or x in ring.generators[k].inside) and not enclose.is_constant(ring, k) for k in used(p)):
        return None
    kinds = {ring.generators[k].kind for k in found}
    if len(found) == 1 and found[0] == x:
        return Family("symbol", (x,), rational(1), rational(0))
    if not found or not (len(found) == 1 or kinds == {"sin", "cos"} and len(found) == 2):
        return None
    g = ring.generators[found[0]]
    if g.argument is None or not g.argument.bottom.is_constant() or any(ring.generators[k].argument != g.argument for k in found):
        return None
    row = coefficients(g.argument.top, x)
    scale = rational(1 / (constant_value(g.argument.bottom) or Fraction(1)))
    if len(row) != 2 or any(not enclose.is_constant(ring, k) for c in row for k in used(c)):
        return None
    slope, offset = (Ratio(c, CONTEXT.constant(1)) * scale for c in (row[1], row[0]))
    if kinds <= {"sin", "cos"}:
        key = next(key for key, k in ring.keys.items() if k == found[0])
        pair = tuple(ring.add((name, *key[1:]), replace(g, kind=name)) for name in ("sin", "cos"))
        return Family("trig", pair, slope, offset)
    if g.kind == "function" and FUNCTIONS[getattr(g.term, "op", "")].inverse is None:
        return None
    return Family(g.kind, (found[0],), slope, offset) if g.kind in ("power", "log", "root", "function") else None
