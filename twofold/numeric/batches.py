"""Values in and out of evaluations: exact ones over an arithmetic, and those at several points as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from twofold.grammar.term import Term
from twofold.numeric import operations
from twofold.numeric.arithmetic import Arithmetic
from twofold.numeric.doubles import Doubles
from twofold.numeric.evaluator import Value
from twofold.numeric.outcomes import CannotEvaluate, Split
from twofold.numeric.valuation import Complex, Valuation


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
    scalars = [
        complex(v.real, v.imag) if isinstance(v, Complex) else arithmetic.rational(v if type(v) is Fraction else Fraction(v))
        for v in values
    ]
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


def alike(valuations: Sequence[Valuation]) -> list[list[int]]:
    """Indices of points whose values have the same structure, and whose sizes agree."""
    if len(valuations) == 1:
        return [[0]]
    groups: dict[Any, list[int]] = {}
    for k, v in enumerate(valuations):
        key = tuple((id(s), x if s.size else _signature(x)) for s, x in v.items())
        groups.setdefault(key, []).append(k)
    return list(groups.values())


def unbatched(value: Value, count: int) -> list[Any]:
    if isinstance(value, tuple):
        if count == 1 and value and all(isinstance(r, tuple) and all(type(x) is np.float64 for x in r) for r in value):
            return [np.array(value) if len({len(r) for r in value}) == 1 else np.array(value, dtype=object)]
        columns = [unbatched(v, count) for v in value]
        rows = [[c[k] for c in columns] for k in range(count)]
        return [np.array(r) if len({np.shape(x) for x in r}) <= 1 else np.array(r, dtype=object) for r in rows]
    if isinstance(value, (str, Term)):
        raise CannotEvaluate("the value is not a number")
    return list(np.broadcast_to(value, (count,)))


def stacked(results: list[Any]) -> np.ndarray:
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
