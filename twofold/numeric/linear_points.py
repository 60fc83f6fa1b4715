"""Points at which equations hold that are linear in one array: `A*x == c*x` and `A*y == d*y` hold for many A once x, y, c and d have values.

The difference of the sides is evaluated, exactly, where the array is 0 and where one of its entries is 1: these values are the coefficients of a
linear system for the entries, and a point is a solution of it with small numbers for what stays free. That the equations are linear is not read off
but tried: whoever uses a point looks whether it satisfies them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from random import Random
from typing import Any

from flint import fmpq, fmpq_mat

from twofold.catalogue.conjunctions import conjuncts
from twofold.catalogue.shapes import ShapeError, app
from twofold.grammar.term import App, Symbol, Term, free_symbols
from twofold.numeric.containers import flat
from twofold.numeric.evaluate import ball
from twofold.numeric.outcomes import NoValue, Split
from twofold.numeric.valuation import Valuation

_BITS = 64
_MOST_ENTRIES = 9
_FREE = (0, 1, -1, 2, 0, 1)


def on_equations(side: Term, points: Sequence[Valuation], seed: int) -> Iterator[Valuation]:
    """The points with other values for one array, so that the equations of a statement hold where they are linear in it."""
    equations = [t for t in conjuncts(side) if isinstance(t, App) and t.op == "eq"]
    names = sorted(
        (s for s in dict.fromkeys(s for t in equations for s in free_symbols(t)) if s.shape and _is_free(s)),
        key=lambda s: -len(s.shape),
    )
    try:
        gaps = [(app("sub", *t.args), free_symbols(t)) for t in equations]
    except ShapeError:
        return
    for number, point in enumerate(points):
        for s in names:
            if s in point and (
                value := _solved([g for g, of in gaps if s in of], s, point, Random(f"linear/{seed}/{number}/{s.name}"))
            ):
                yield {**point, s: value}


def _is_free(s: Symbol) -> bool:
    """Whether nothing is declared of an array but its shape and that it is symmetric or diagonal."""
    return (
        s.kind == "real" and s.law is None and s.lower is None and s.upper is None and s.properties <= {"symmetric", "diagonal"}
    )


def _solved(gaps: Sequence[Term], s: Symbol, point: Valuation, rng: Random) -> Any | None:
    """A value of an array at which all gaps are 0, if they are linear in it; `None` where there is none, or none was found."""
    old = point[s]
    directions = list(_directions(old, s.properties))
    if not directions or len(flat(old)) > _MOST_ENTRIES:
        return None
    try:
        start = _gaps(gaps, {**point, s: _combined(old, directions, [0] * len(directions))})
        columns = []
        for k in range(len(directions)):
            there = _gaps(gaps, {**point, s: _combined(old, directions, [int(j == k) for j in range(len(directions))])})
            columns.append([a - b for a, b in zip(there, start, strict=True)])
    except (NoValue, Split, ValueError):
        return None
    weights = _solution(columns, [-x for x in start], rng)
    return None if weights is None else _combined(old, directions, weights)


def _gaps(gaps: Sequence[Term], point: Valuation) -> list[fmpq]:
    """The entries of the gaps. Raises `ValueError` where one is not rational."""
    found = [x for g in gaps for x in flat(ball(g, point, _BITS))]
    if not all(type(x) is fmpq for x in found):
        raise ValueError("a value is not rational")
    return found


def _directions(old: Any, properties: frozenset[str]) -> Iterator[list[tuple[int, ...]]]:
    """The entries that have one value together: each by itself, or two that are mirrored in a symmetric matrix."""
    if not isinstance(old[0], tuple):
        yield from ([(i,)] for i in range(len(old)))
        return
    for i in range(len(old)):
        for j in range(len(old[0])):
            if "diagonal" in properties:
                if i == j:
                    yield [(i, j)]
            elif "symmetric" not in properties:
                yield [(i, j)]
            elif i <= j:
                yield [(i, j), (j, i)]


def _combined(old: Any, directions: Sequence[list[tuple[int, ...]]], weights: Sequence[Any]) -> Any:
    cells = {place: Fraction(w) for places, w in zip(directions, weights, strict=True) for place in places}
    if not isinstance(old[0], tuple):
        return tuple(cells[(i,)] for i in range(len(old)))
    return tuple(tuple(cells.get((i, j), Fraction(0)) for j in range(len(old[0]))) for i in range(len(old)))


def _solution(columns: list[list[fmpq]], right: list[fmpq], rng: Random) -> list[Fraction] | None:
    """A solution of the linear system with random small numbers for its free unknowns."""
    n = len(columns)
    if not right:
        return None
    system = fmpq_mat(len(right), n + 1, [x for i in range(len(right)) for x in (*(c[i] for c in columns), right[i])])
    reduced, rank = system.rref()
    pivots = [next(j for j in range(n + 1) if reduced[i, j] != 0) for i in range(rank)]
    if n in pivots:
        return None
    values = [fmpq(rng.choice(_FREE)) for _ in range(n)]
    for i, p in enumerate(pivots):
        values[p] = reduced[i, n] - sum((reduced[i, j] * values[j] for j in range(p + 1, n) if j not in pivots), fmpq(0))
    return [Fraction(int(v.p), int(v.q)) for v in values]
