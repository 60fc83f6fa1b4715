"""The random symbols of a term, the values held beside them, and the laws that their oracles are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from twofold.catalogue.own_laws import is_curve_of_expression
from twofold.grammar.term import App, Array, Bound, Symbol, Term, Var, children, free_symbols, num, var
from twofold.numeric.constants import BINDING
from twofold.numeric.outcomes import CannotEvaluate, Split, Undefined
from twofold.numeric.series import Series

if TYPE_CHECKING:
    from twofold.numeric.evaluator import Evaluator
    from twofold.numeric.laws import Oracle

Value = Any


OF_DATA = frozenset("mean variance std median".split())


def variables(term: Term) -> list[Symbol]:
    """The random symbols of a term and the ancestors of their laws, parents first; expectations inside have their own."""
    found: dict[Symbol, None] = {}

    def walk(t: Term) -> None:
        if isinstance(t, App) and t.op in BINDING and not (t.op in OF_DATA and is_data(t.args[0])):
            return
        if isinstance(t, Var) and t.symbol.law is not None:
            walk(t.symbol.law)
            found.setdefault(t.symbol)
        for c in t.args[1:] if isinstance(t, App) and is_curve_of_expression(t) else children(t):
            walk(c)

    walk(term)
    return list(found)


def held_values(e: Evaluator, t: Term, bound: Iterable[Symbol]) -> dict[Symbol, Any]:
    """Values of the symbols that are not averaged over, each at one point. Raises `Split` where they are at several."""
    free = {s for s in _symbols(t) if s not in set(bound)}
    values: dict[Symbol, Any] = {}
    for s in free:
        if s in e.values:
            values[s] = _one(e.values[s])
    return values


def _symbols(t: Term) -> set[Symbol]:
    out = set(free_symbols(t))
    for s in list(out):
        if s.law is not None:
            out |= _symbols(s.law)
    for s in list(out):
        for d in s.shape:
            if isinstance(d, Term):
                out |= _symbols(d)
    return out


def _one(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_one(v) for v in value)
    if isinstance(value, Series):
        return Series(value.tag, tuple(map(_one, value.coefficients)))
    if isinstance(value, np.ndarray):
        if value.size > 1:
            raise Split
        return value.reshape(())[()]
    return value


def oracle_of(e: Evaluator, law: Term) -> Oracle:
    """The frozen law with the values in force, in double precision."""
    from twofold.numeric.laws import freeze

    def number(t: Term) -> Any:
        with np.errstate(all="ignore"):
            value = plain(e.value(t))
        if np.any(np.isnan(np.asarray(value, dtype=float))):
            raise Undefined("a parameter has no value")
        return value

    def curve(own: Bound) -> Callable[[np.ndarray], np.ndarray]:
        def density(x: np.ndarray) -> np.ndarray:
            with np.errstate(all="ignore"):
                return np.broadcast_to(e.inner({own.symbols[0]: x}).value(own.body), np.shape(x))

        return density

    return freeze(law, number, curve)


def plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return np.array([plain(v) for v in value], dtype=float)
    if isinstance(value, Series):
        raise CannotEvaluate("a law whose parameter is differentiated by")
    made = np.asarray(value)
    if made.size > 1:
        raise Split
    return float(np.real(made.reshape(())))


def parts(x: Term) -> list[Term]:
    if isinstance(x, Array):
        return [c for r in x.rows for c in r]
    if len(x.shape) == 1 and isinstance(x.shape[0], int):
        return [App("index", (x, num(k))) for k in range(1, x.shape[0] + 1)]
    raise CannotEvaluate("a covariance of arrays of unknown size")


def law_of(x: Term) -> Term:
    if x.sort == "law":
        return x
    if isinstance(x, Var) and x.symbol.law is not None and not variables(x.symbol.law):
        return x.symbol.law
    raise CannotEvaluate("the law of this expression has no oracle")


def draw(law: Term) -> Term:
    return law if law.sort != "law" else var(Symbol("X", shape=law.shape, law=law))


def is_data(x: Term) -> bool:
    if x.sort == "law" or not x.shape:
        return False
    symbol = x.symbol if isinstance(x, Var) else None
    return symbol is None or symbol.law is None or not symbol.law.shape
