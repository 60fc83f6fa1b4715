"""Checks of extrema over whole numbers: the values at the whole numbers around the place that is claimed, and at some far from it."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np

from twofold.core.evidence import Check
from twofold.engine.checks.no_extremum import values_at
from twofold.engine.checks.optimiser import dimension, excess
from twofold.engine.checks.sampling import EXACT_ROUTE, points
from twofold.grammar.term import Symbol, Term
from twofold.symbolic.context import Context

METHOD = "values at whole numbers"
_AROUND, _FAR = 6, 60


def applies(names: list[Symbol]) -> bool:
    """Whether all names are single whole numbers."""
    return all(s.kind == "integer" and not s.shape for s in names)


def whole_values(f: Term, near: Any, stated: list[Term], names: list[Symbol], p: Any, context: Context, sign: int) -> list[float]:
    """The values of sign*f at whole numbers around a place and far from it where the constraints hold."""
    places = _places(np.zeros(dimension(names)) if near is None else np.round(near), len(names), context)
    found = sign * values_at(f, names, places, p, context)
    return [float(v) for v in found[_allowed(stated, names, places, p, context)] if np.isfinite(v)]


def nowhere(f: Term, stated: list[Term], names: list[Symbol], context: Context) -> Check:
    """No whole numbers are found for which all constraints hold."""
    for p in points([f, *stated], context, 1, without=names):
        places = _places(np.zeros(dimension(names)), len(names), context)
        kept = places[_allowed(stated, names, places, p, context)]
        if len(kept):
            return Check(METHOD, False, None, EXACT_ROUTE, f"one is {', '.join(f'{v:g}' for v in kept[0])}")
        return Check(METHOD, True, None, EXACT_ROUTE, f"none of {len(places)}")
    return Check(METHOD, None, None, EXACT_ROUTE, "no point could be evaluated")


def _places(centre: Any, n: int, context: Context) -> Any:
    rng = np.random.default_rng(context.seed)
    reach = _AROUND if n < 3 else 1
    around = np.array(list(product(range(-reach, reach + 1), repeat=n)), dtype=float)
    return np.vstack([centre + around, centre + np.round(rng.normal(0, _FAR, (_FAR, n)))])


def _allowed(stated: list[Term], names: list[Symbol], places: Any, p: Any, context: Context) -> Any:
    """Which places satisfy all constraints, and what is declared of the names."""
    kept = np.ones(len(places), dtype=bool)
    for relation in stated:
        term, equal = excess(relation)
        found = values_at(term, names, places, p, context)
        strict = getattr(relation, "op", "") in ("lt", "gt")
        kept &= (np.abs(found) < 1e-9) if equal else (found < -1e-9) if strict else (found < 1e-9)
    for k, s in enumerate(names):
        known = context.range(s)
        if known.lower is not None:
            kept &= places[:, k] > float(known.lower) - (0 if known.open_lower else 1e-9)
        if known.upper is not None:
            kept &= places[:, k] < float(known.upper) + (0 if known.open_upper else 1e-9)
    return kept
