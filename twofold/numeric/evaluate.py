"""Evaluation of resolved terms under a valuation: certified (`ball`) and vectorised (`floats`).

A valuation gives every free symbol a concrete exact value: `int` or `Fraction`, `Complex`, nested tuples (a vector is a tuple, a matrix a
tuple of rows), `bool`, and a lambda term for a symbol of kind function. Values of terms have the same structure over the scalars of the
arithmetic. The real reading has a value only where every part evaluated is real.
"""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

import flint
import numpy as np

from twofold.catalogue.resolve import formula
from twofold.core.meter import OPERATIONS, Meter
from twofold.grammar.term import App, Array, Bound, Const, Num, Symbol, Term, Var, is_numeric
from twofold.numeric import operations
from twofold.numeric.arithmetic import Arithmetic
from twofold.numeric.balls import Balls
from twofold.numeric.constants import has_costly
from twofold.numeric.doubles import Doubles
from twofold.numeric.outcomes import CannotEvaluate, NoValue, Split, Undefined, Unresolved
from twofold.numeric.remembered import again
from twofold.numeric.turns import Turn
from twofold.numeric.valuation import Complex, Valuation

Value = Any

WORK = 400_000
"""Operations one evaluation may take at most; more is refused, not waited for."""

SECONDS = 1.0
"""What an evaluation is meant to take; an enclosure may take twice the operations that come to so much, see `core.meter`."""

PATIENCE = 6


class Work:
    """A count of operations, shared by everything one evaluation starts; `PATIENCE` times the seconds of processor time are a backstop.

    Evaluations are never interrupted from outside: FLINT calls back into them, and an exception it does not expect leaves it in a bad state.
    """

    __slots__ = ("left", "until")

    def __init__(self, limit: int, seconds: float = SECONDS) -> None:
        self.left = limit
        self.until = time.thread_time() + PATIENCE * seconds

    def spend(self, n: int = 1) -> None:
        before = self.left
        self.left -= n
        Meter.operations += n
        if self.left < 0:
            raise CannotEvaluate("too much work for one evaluation")
        if before >> 7 != self.left >> 7 and time.thread_time() > self.until:
            raise CannotEvaluate("too long for one evaluation")


class Evaluator:
    """Interprets terms over one arithmetic, with values for the symbols in force."""

    def __init__(self, arithmetic: Arithmetic, values: Mapping[Symbol, Value], work: Work) -> None:
        self.arithmetic = arithmetic
        self.values = values
        self.work = work
        arithmetic.interpret = lambda term, more: self.inner(more).value(term)

    def inner(self, more: Mapping[Symbol, Value]) -> Evaluator:
        """The same evaluation with values for further symbols."""
        new = object.__new__(Evaluator)
        new.arithmetic, new.work, new.values = self.arithmetic, self.work, {**self.values, **more}
        return new

    def over(self, arithmetic: Arithmetic, values: Mapping[Symbol, Value]) -> Evaluator:
        """An evaluation over another arithmetic that shares the count of work."""
        return Evaluator(arithmetic, values, self.work)

    def value(self, term: Term) -> Value:
        """The value of a term. Raises `Undefined`, `Unresolved` or `CannotEvaluate`."""
        self.work.spend()
        kind = type(term)
        if kind is App:
            rule = operations.application(term.op)
            if rule is None:
                raise CannotEvaluate(f"{term.op} has no numeric evaluation")
            return rule(self, term)
        if kind is Num:
            return self.number(term)
        if kind is Var:
            try:
                return self.values[term.symbol]
            except KeyError:
                raise CannotEvaluate(f"no value is given for `{term.symbol.name}`") from None
        if kind is Bound:
            binder = operations.binder(term.op)
            if binder is None:
                raise CannotEvaluate(f"{term.op} has no numeric evaluation")
            return binder(self, term)
        if kind is Array:
            if is_numeric(term):
                read = self.arithmetic.rational
                self.work.spend(sum(map(len, term.rows)))
                rows = tuple(tuple(read(x.value) for x in row) for row in term.rows)
                return rows[0] if len(term.shape) == 1 else rows
            rows = tuple(tuple(self.value(x) for x in row) for row in term.rows)
            return rows[0] if len(term.shape) == 1 else rows
        if kind is Const:
            return self.constant(term)
        raise TypeError(f"not a term: {term!r}")

    def number(self, term: Num) -> Value:
        known = self.arithmetic.numbers
        value = known.get(term)
        if value is None:
            value = known[term] = self.arithmetic.rational(term.value)
        return value

    def constant(self, term: Const) -> Value:
        if term.sort == "text":
            return term.name
        if term.sort == "truth":
            return operations.truth(self.arithmetic, term.name == "true")
        return self.arithmetic.constant(term.name)

    def defined(self, text: str, names: Sequence[str], arguments: Sequence[Value]) -> Value:
        """The value of a declaration's text at scalar arguments."""
        symbols = {n: Symbol(n) for n, _ in zip(names, arguments, strict=False)}
        return self.inner(dict(zip(symbols.values(), arguments, strict=True))).value(formula(text, symbols))


# --- the two doors -----------------------------------------------------------------------------------------------------------------


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
    groups = _alike(valuations)
    for group in groups:
        try:
            out = _together(term, [valuations[k] for k in group], reading, work)
            if len(groups) == 1 and isinstance(out, np.ndarray | np.number):
                return out.copy() if out.shape == (len(group),) else np.full(len(group), out)
            found = _unbatched(out, len(group))
        except (Split, Undefined, CannotEvaluate):
            found = []
            for k in group:
                try:
                    found.append(_unbatched(_together(term, [valuations[k]], reading, work), 1)[0])
                except CannotEvaluate as e:
                    reason = e
                    found.append(np.nan)
                except (NoValue, Split):
                    found.append(np.nan)
        for k, v in zip(group, found, strict=True):
            results[k] = v
    if reason is not None and all(np.all(np.isnan(r)) for r in results):
        raise reason
    return _stacked(results)


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


# --- values in and out -------------------------------------------------------------------------------------------------------------


def exact(arithmetic: Arithmetic, value: Any) -> Value:
    """A valuation's value over the scalars of an arithmetic."""
    if isinstance(value, Complex):
        re, im = arithmetic.rational(Fraction(value.real)), arithmetic.rational(Fraction(value.imag))
        return re if value.imag == 0 else arithmetic.add(re, arithmetic.mul(im, arithmetic.constant("im")))
    if isinstance(value, tuple):
        return tuple(exact(arithmetic, v) for v in value)
    if isinstance(value, bool):
        return operations.truth(arithmetic, value)
    if isinstance(value, (int, Fraction)):
        return arithmetic.rational(Fraction(value))
    return value


def batch(arithmetic: Doubles, values: list[Any]) -> Value:
    """Values at several points as one value of arrays."""
    first = values[0]
    if isinstance(first, tuple) and not isinstance(first, Complex):
        return tuple(batch(arithmetic, [v[k] for v in values]) for k in range(len(first)))
    if isinstance(first, Term):
        if any(v is not first for v in values):
            raise Split
        return first
    if isinstance(first, bool):
        return np.array(values, dtype=float)
    scalars = [complex(v.real, v.imag) if isinstance(v, Complex) else arithmetic.rational(Fraction(v)) for v in values]
    return np.array(scalars, dtype=arithmetic.dtype)


def _signature(value: Any) -> Any:
    if type(value) in _PLAIN:
        return "s"
    if isinstance(value, Complex):
        return "z"
    if isinstance(value, tuple):
        return tuple(_signature(v) for v in value)
    return id(value) if isinstance(value, Term) else "s"


_PLAIN = frozenset((int, Fraction, bool))


def _alike(valuations: Sequence[Valuation]) -> list[list[int]]:
    """Indices of points whose values have the same structure, and whose sizes agree."""
    if len(valuations) == 1:
        return [[0]]
    groups: dict[Any, list[int]] = {}
    for k, v in enumerate(valuations):
        key = tuple((id(s), x if s.size else _signature(x)) for s, x in v.items())
        groups.setdefault(key, []).append(k)
    return list(groups.values())


def _unbatched(value: Value, count: int) -> list[Any]:
    if isinstance(value, tuple):
        if count == 1 and value and all(isinstance(r, tuple) and all(type(x) is np.float64 for x in r) for r in value):
            return [np.array(value) if len({len(r) for r in value}) == 1 else np.array(value, dtype=object)]
        columns = [_unbatched(v, count) for v in value]
        rows = [[c[k] for c in columns] for k in range(count)]
        return [np.array(r) if len({np.shape(x) for x in r}) <= 1 else np.array(r, dtype=object) for r in rows]
    if isinstance(value, (str, Term)):
        raise CannotEvaluate("the value is not a number")
    return list(np.broadcast_to(value, (count,)))


def _stacked(results: list[Any]) -> np.ndarray:
    shapes = {np.shape(r) for r in results}
    if len(shapes) > 1:
        shapes.discard(())
        if len(shapes) == 1:
            shape = shapes.pop()
            return np.array([r if np.shape(r) else np.full(shape, r) for r in results])
        out = np.empty(len(results), dtype=object)
        out[:] = results
        return out
    return np.array(results)


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
