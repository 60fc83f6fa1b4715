"""Numbers for checks: points that the declarations, the assumptions and the conditions of an answer admit, and values there."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from twofold.core.evidence import Check
from twofold.engine.environment import involved
from twofold.grammar.term import App, Array, Symbol, Term
from twofold.numeric.evaluate import floats
from twofold.numeric.outcomes import NoValue
from twofold.numeric.valuation import Complex, Valuation, draw
from twofold.symbolic.context import Context

EXACT_ROUTE = "the exact route"
CLOSE = 1e-7
APART = 1e-4


def points(terms: Sequence[Term], context: Context, count: int = 5, without: Sequence[Symbol] = ()) -> list[Valuation]:
    """Valuations for the symbols of the terms; one empty valuation where there are none."""
    symbols = [s for s in involved(list(terms)) if s not in without]
    facts = tuple(f for f in (*context.assumptions, *context.conditions) if not set(involved([f])) & set(without))
    return list(draw(symbols, facts, context.seed, count, terms)) if symbols else [{}]


def value(term: Term, point: Valuation, context: Context, reading: str = "") -> Any:
    """The value as a NumPy array, or `None` where there is none that is finite."""
    return values(term, [point], context, reading)[0]


def values(term: Term, at: Sequence[Valuation], context: Context, reading: str = "") -> list[Any]:
    """`value` at several points."""
    try:
        found = floats(term, at, reading or context.reading)
    except NoValue:
        return [None] * len(at)
    if found.dtype != object:
        finite = np.isfinite(found).all(axis=tuple(range(1, found.ndim)))
        return [np.asarray(v) if known else None for v, known in zip(found, finite, strict=True)]
    each = map(np.asarray, found)
    return [None if v.dtype == object or not np.all(np.isfinite(v)) else v for v in each]


def exact(v: Any) -> Complex:
    """A complex number in double precision as an exact one, to be put for a name."""
    return Complex(Fraction(float(np.real(v))), Fraction(float(np.imag(v))))


def items(term: Term) -> list[Term]:
    """The elements of a set, a tuple or a list."""
    if isinstance(term, App) and term.op in ("set", "tuple"):
        return list(term.args)
    return [x for row in term.rows for x in row] if isinstance(term, Array) else [term]


def distance(a: Any, b: Any, least: float = 1e-300) -> float:
    """The greatest difference relative to the greatest entry of both, or to the least scale."""
    a, b = np.asarray(a), np.asarray(b)
    if a.ndim == b.ndim == 0 and a.dtype == b.dtype == float:
        x, y = float(a), float(b)
        return float(abs(x - y)) / max(abs(x), abs(y), least)
    if not a.size and not b.size:
        return 0.0
    scale = max(float(np.max(np.abs(a))), float(np.max(np.abs(b))), least)
    return float(np.max(np.abs(a - b))) / scale


def verdict(method: str, errors: Sequence[float], note: str = "", close: float = CLOSE, apart: float = APART) -> Check:
    """The joined outcome of relative errors: all close is agreement, any large one a disagreement, none at all says nothing."""
    if not errors:
        return Check(method, None, None, EXACT_ROUTE, note or "no point could be evaluated")
    worst = max(errors)
    if worst <= close:
        return Check(method, True, min(15, int(-math.log10(worst)) if worst > 0 else 15), EXACT_ROUTE, note)
    if worst >= apart:
        return Check(method, False, None, EXACT_ROUTE, note or f"relative difference {worst:.2g}")
    return Check(method, None, None, EXACT_ROUTE, note or f"relative difference {worst:.2g}")
