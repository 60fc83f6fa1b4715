"""Evaluation of resolved terms under a valuation: certified (`ball`) and vectorised (`floats`).

A valuation gives every free symbol a concrete exact value: `int` or `Fraction`, `Complex`, nested tuples (a vector is a tuple, a matrix a
tuple of rows), `bool`, and a lambda term for a symbol of kind function. Values of terms have the same structure over the scalars of the
arithmetic. The real reading has a value only where every part evaluated is real.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

import flint
import numpy as np

from twofold.core.meter import OPERATIONS
from twofold.grammar.term import Symbol, Term
from twofold.numeric.balls import Balls
from twofold.numeric.batches import alike, batch, exact, stacked, unbatched
from twofold.numeric.constants import has_costly
from twofold.numeric.doubles import Doubles
from twofold.numeric.evaluator import SECONDS, WORK, Evaluator, Value, Work
from twofold.numeric.outcomes import CannotEvaluate, NoValue, Split, Undefined, Unresolved
from twofold.numeric.remembered import again
from twofold.numeric.turns import Turn
from twofold.numeric.valuation import Valuation


def ball(term: Term, valuation: Valuation, precision: int = 64, reading: str = "real", seconds: float = SECONDS) -> Value:
    """A certified enclosure of the value at exact values: `fmpq`, `arb`, `acb`, `bool`, or nested tuples of them.

    Raises `Undefined` (a part certainly has no value in this reading), `Unresolved` (try a higher precision) or `CannotEvaluate`.
    """
    with flint.ctx.workprec(precision):
        arithmetic, work = Balls(reading), Work(_operations(seconds), seconds)
        values = {s: exact(arithmetic, v) for s, v in valuation.items()}

        def run() -> Value:
            return _plain(_deep(lambda: Evaluator(arithmetic, values, work).value(term)))

        return again(("ball", precision, reading, term, *valuation.items()), work, run) if has_costly(term) else run()


def _operations(seconds: float) -> int:
    return min(WORK, int(2 * seconds * OPERATIONS))


def _plain(value: Value) -> Value:
    """Multiples of pi as balls like any other."""
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    return value.here() if type(value) is Turn else value


def estimate(
    term: Term, valuation: Valuation, digits: int = 20, reading: str = "real", seconds: float = 2.0
) -> list[tuple[str, Any, Any]]:
    """Values of a scalar by methods that do not prove what they give: (method, midpoint, estimate of the error), for those that settle.

    For improper integrals, slow sums and limits that no enclosure is found for; everything else in the term is still enclosed. Two methods that
    agree confirm a value.
    """
    return [(method, x.mid(), x.rad()) for method, _, x in _estimates(term, valuation, digits, reading, seconds)]


def _estimates(
    term: Term, valuation: Valuation, digits: int, reading: str, seconds: float
) -> Iterator[tuple[str, frozenset[str], Any]]:
    """The method, what it did, and what it found."""
    from twofold.numeric.approximate import METHODS, Estimates

    with flint.ctx.workprec(int(digits * 10 / 3) + 40):
        for method in METHODS:
            arithmetic = Estimates(reading, method)
            values = {s: exact(arithmetic, v) for s, v in valuation.items()}
            try:
                out = _deep(lambda a=arithmetic, v=values: Evaluator(a, v, Work(3 * WORK, seconds)).value(term))  # type: ignore[misc]
            except NoValue:
                continue
            if isinstance(out, flint.fmpq):
                out = flint.arb(out)
            if isinstance(out, (flint.arb, flint.acb)) and out.is_finite():
                yield method, frozenset(arithmetic.ways), out


class Confirmed(NamedTuple):
    """A value that two methods agree on to a number of digits; no enclosure. `estimated`: whether anything had to be estimated."""

    value: Any
    digits: int
    methods: tuple[str, str]
    estimated: bool = True


def confirmed(
    term: Term, valuation: Valuation, digits: int = 20, reading: str = "real", seconds: float = 2.0
) -> Confirmed | None:
    """The value of a scalar as confirmed by two estimates, with the digits to which they agree; `None` where there are not two.

    Estimates that did the same in any part of the term (both summed until the terms were small) are one.
    """
    with flint.ctx.workprec(int(digits * 10 / 3) + 40):
        found = list(_estimates(term, valuation, digits, reading, seconds))
        if len(found) < 2:
            return None
        (first, one, a), (second, two, b) = found
        if one & two:
            return None
        methods, estimated = (", ".join(sorted(one)) or first, ", ".join(sorted(two)) or second), bool(one | two)
        x, y = flint.acb(a), flint.acb(b)
        size = max(abs(x.mid()), abs(y.mid()))
        gap = abs(x - y).abs_upper() + flint.arb(10) ** (-digits) * size
        if not size > 0:
            return Confirmed(a.mid(), digits, methods, estimated) if abs(x - y).abs_upper() < flint.arb(10) ** (-digits) else None
        agreed = int(math.floor(float(-(gap / size).log() / flint.arb(10).log())))
        return Confirmed(a.mid(), min(agreed, digits), methods, estimated) if agreed > 0 else None


def floats(term: Term, valuations: Sequence[Valuation], reading: str = "real") -> np.ndarray:
    """Values in double precision at many points, as an array of shape (points, *shape of the term); NaN where there is none.

    Points are taken together as long as their sizes and ranges agree. Truth comes as 1, 0 or NaN. Where shapes differ between points the array has
    dtype object. Raises `CannotEvaluate` where no point can be evaluated at all.
    """
    work = Work(2 * WORK)
    if not has_costly(term):
        return _floats(term, valuations, reading, work)
    key = ("floats", reading, term, *(tuple(v.items()) for v in valuations))
    return again(key, work, lambda: _floats(term, valuations, reading, work)).copy()


def _floats(term: Term, valuations: Sequence[Valuation], reading: str, work: Work) -> np.ndarray:
    results: list[Any] = [None] * len(valuations)
    reason: CannotEvaluate | None = None
    groups = alike(valuations)
    for group in groups:
        try:
            out = _together(term, [valuations[k] for k in group], reading, work)
            if len(groups) == 1 and isinstance(out, np.ndarray | np.number):
                return out.copy() if out.shape == (len(group),) else np.full(len(group), out)
            found = unbatched(out, len(group))
        except (Split, Undefined, CannotEvaluate):
            found = []
            for k in group:
                try:
                    found.append(unbatched(_together(term, [valuations[k]], reading, work), 1)[0])
                except CannotEvaluate as e:
                    reason = e
                    found.append(np.nan)
                except (NoValue, Split):
                    found.append(np.nan)
        for k, v in zip(group, found, strict=True):
            results[k] = v
    if reason is not None and all(np.all(np.isnan(r)) for r in results):
        raise reason
    return stacked(results)


def along(term: Term, places: Mapping[Symbol, Any], reading: str = "real", point: Valuation | None = None) -> np.ndarray:
    """Values of a scalar in double precision where symbols have the values of arrays of floats, all of one length; NaN where there is none.

    A vector has a tuple of arrays. `point` gives the other symbols. The quick way to many points. Raises `CannotEvaluate` where no point can be
    evaluated at all.
    """
    arithmetic = Doubles(reading)
    first = next(iter(places.values()))
    count = len(first[0] if isinstance(first, tuple) else first)

    def carried(v: Any) -> Value:
        return tuple(map(carried, v)) if isinstance(v, tuple) else v.astype(arithmetic.dtype)

    values = {**{s: exact(arithmetic, v) for s, v in (point or {}).items()}, **{s: carried(v) for s, v in places.items()}}
    try:
        with np.errstate(all="ignore"):
            out = _deep(lambda: Evaluator(arithmetic, values, Work(2 * WORK)).value(term))
    except (Split, Undefined, CannotEvaluate):
        return floats(term, [{**(point or {}), **{s: _at(v, k) for s, v in places.items()}} for k in range(count)], reading)
    if isinstance(out, (tuple, str, Term)):
        raise CannotEvaluate("the value is not a number")
    return np.broadcast_to(out, (count,))


def _at(value: Any, k: int) -> Any:
    """The exact number (or tuple of them) at one place of an array."""
    return tuple(_at(v, k) for v in value) if isinstance(value, tuple) else Fraction(float(value[k]))


def _together(term: Term, valuations: list[Valuation], reading: str, work: Work) -> Value:
    """One pass over points of equal structure: a value of arrays, or of single numbers where it is the same at all of them."""
    arithmetic = Doubles(reading)
    values = _batches(arithmetic, reading, valuations)
    with np.errstate(all="ignore"):
        return _deep(lambda: Evaluator(arithmetic, values, work).value(term))


_RECENT: dict[tuple[str, tuple[int, ...]], tuple[list[Valuation], dict[Symbol, Value]]] = {}
_MOST_RECENT = 8


def _batches(arithmetic: Doubles, reading: str, valuations: list[Valuation]) -> dict[Symbol, Value]:
    """The values of every name at several points as arrays. The last few are kept: a diagnosis puts hundreds of terms in at the same points."""
    key = reading, tuple(map(id, valuations))
    # With the points themselves, so that what is known by their identities stays theirs.
    held, values = _RECENT.pop(key, (valuations, {}))
    for s in valuations[0]:
        if s not in values:
            values[s] = batch(arithmetic, [v[s] for v in valuations])
    while len(_RECENT) >= _MOST_RECENT:
        del _RECENT[next(iter(_RECENT))]
    _RECENT[key] = held, values
    return {s: values[s] for s in valuations[0]}


def _deep(run: Callable[[], Value]) -> Value:
    """Runs with room for deep terms."""
    if sys.getrecursionlimit() < 20_000:
        sys.setrecursionlimit(20_000)
    try:
        return run()
    except RecursionError:
        raise CannotEvaluate("a term nested too deeply") from None


__all__ = [
    "CannotEvaluate",
    "Evaluator",
    "NoValue",
    "Undefined",
    "Unresolved",
    "along",
    "ball",
    "confirmed",
    "estimate",
    "floats",
]
