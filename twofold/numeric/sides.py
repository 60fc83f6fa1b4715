"""Points on both sides of a branch: asin(sin(u)) is u up to u = pi/2 alone, and a claim may hold on all points that come to mind first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Bound, Const, Symbol, Term, free_symbols, num, subterms
from twofold.numeric.evaluate import CannotEvaluate, floats
from twofold.numeric.valuation import Valuation, draw

_INVERSE = frozenset("asin acos atan acot asec acsc".split())
_PERIODIC = frozenset("sin cos tan cot sec csc".split())
_MOST = 8
"""Branches looked at in one claim."""
_POOL = 256
"""Points among which a missing side is looked for."""
_EACH = 2
"""Points taken on a side that was missing."""


def sides(
    left: Term, right: Term, names: Sequence[Symbol], assumptions: Sequence[Term], seed: int, points: list[Valuation]
) -> list[Valuation]:
    """Points on the sides of branches on which none of `points` lies; empty where every side is met, or none is found."""
    branches = list(dict.fromkeys(t for side in (left, right) for t in _branches(side)))[:_MOST]
    pool: list[Valuation] = []
    out: list[Valuation] = []
    for t in branches:
        signs = _signs(t, points)
        for wanted in (1, -1):
            if wanted in signs:
                continue
            pool = pool or draw(names, assumptions, seed + 1, _POOL, (left, right))
            found = [p for p, s in zip(pool, _signs(t, pool), strict=True) if s == wanted]
            out += [p for p in found[:_EACH] if p not in out]
    return out


def _branches(term: Term) -> Iterator[Term]:
    """Terms whose sign says on which branch a part of a term is; those that mention bound names are left out."""
    hidden = {s for t in subterms(term) if isinstance(t, Bound) for s in t.symbols}
    pi = Const("pi")
    for t in subterms(term):
        if not isinstance(t, App) or t.shape or hidden & set(free_symbols(t)):
            continue
        inside = t.args[0] if t.args else None
        if t.op in _INVERSE and isinstance(inside, App) and inside.op in _PERIODIC:
            u = inside.args[0]
            half = app("div", pi, num(2))
            yield from (u, app("sub", u, half), app("add", u, half), app("sub", u, pi))
        elif t.op == "acosh" and isinstance(inside, App) and inside.op == "cosh":
            yield inside.args[0]
        elif t.op in ("abs", "sign", "heaviside", "relu", "cbrt") and inside is not None and not inside.shape:
            yield inside
        elif (
            t.op in ("max", "min")
            and len(t.args) == 2
            and not any(a.shape for a in t.args)
            or t.op in ("lt", "le", "gt", "ge")
            and all(a.sort == "number" and not a.shape for a in t.args)
        ):
            yield app("sub", *t.args)
        elif t.op in ("sqrt", "log") and isinstance(inside, App) and inside.op == "pow":
            yield inside.args[0]


def _signs(t: Term, points: list[Valuation]) -> list[float]:
    """The sign of a term at each point; 0 also where it has no value."""
    try:
        values = np.real(np.asarray(floats(t, points)))
    except CannotEvaluate:
        return [0.0] * len(points)
    return [0.0 if x != x else float(np.sign(x)) for x in values]
