"""Points at which real powers lose a sign: (x^a)^b is not x^(a*b) at x = -1, a = 2, b = 1/2, and few other points show it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product

from twofold.grammar.term import App, Bound, Num, Symbol, Term, free_symbols, subterms
from twofold.numeric.valuation import Valuation, is_admitted

_EXPONENTS = (2, Fraction(1, 2), 1)
_NAMES = 3
"""Names in the bases, and names in the exponents, that are given values."""
_MOST = 40


def turned_powers(
    left: Term, right: Term, names: Sequence[Symbol], assumptions: Sequence[Term], points: list[Valuation]
) -> list[Valuation]:
    """Points with a negative base and with exponents that are even or halves; empty where no power has names both below and above."""
    if not points:
        return []
    hidden = {s for side in (left, right) for t in subterms(side) if isinstance(t, Bound) for s in t.symbols}
    below: dict[Symbol, None] = {}
    above: dict[Symbol, None] = {}
    for side in (left, right):
        for t in subterms(side):
            if isinstance(t, App) and t.op == "pow" and not t.shape and not isinstance(t.args[1], Num):
                below.update(dict.fromkeys(free_symbols(t.args[0])))
                above.update(dict.fromkeys(free_symbols(t.args[1])))
    bases, exponents = (
        [s for s in found if s in names and s not in hidden and _is_plain(s)][:_NAMES]
        for found in ({s: None for s in below if s not in above}, above)
    )
    if not bases or not exponents:
        return []
    signs = [{b: -1 if b is a else 1 for b in bases} for a in bases] + ([dict.fromkeys(bases, -1)] if len(bases) > 1 else [])
    out: list[Valuation] = []
    for powers in product(_EXPONENTS, repeat=len(exponents)):
        for sign in signs:
            point = {**points[0], **sign, **dict(zip(exponents, powers, strict=True))}
            if point not in points and is_admitted(point, [*bases, *exponents], assumptions):
                out.append(point)
            if len(out) >= _MOST:
                return out
    return out


def _is_plain(s: Symbol) -> bool:
    return not s.shape and not s.size and s.law is None and s.kind in ("real", "integer")
