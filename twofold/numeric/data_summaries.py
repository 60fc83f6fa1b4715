"""Means, variances, covariances and medians of listed data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from twofold.grammar.term import App, num
from twofold.numeric.doubles import Doubles
from twofold.numeric.outcomes import CannotEvaluate, Undefined

if TYPE_CHECKING:
    from twofold.numeric.evaluator import Evaluator

Value = Any


def middle(e: Evaluator, t: App) -> Value:
    if not isinstance(e.arithmetic, Doubles):
        raise CannotEvaluate("no enclosure of a median")
    return np.median(np.stack(np.broadcast_arrays(*e.value(t.args[0]))), axis=0)


def average(e: Evaluator, v: tuple[Any, ...]) -> Value:
    out = v[0]
    for x in v[1:]:
        out = e.arithmetic.add(out, x)
    return e.arithmetic.div(out, e.arithmetic.number(len(v)))


def of_population(t: App, place: int) -> bool:
    return len(t.args) > place and getattr(t.args[place], "name", "") == "population"


def spread(e: Evaluator, x: tuple[Any, ...], y: tuple[Any, ...], population: bool) -> Value:
    m = e.arithmetic
    if len(x) != len(y) or len(x) - (not population) < 1:
        raise Undefined("too few data for a variance")
    p, q = average(e, x), average(e, y)
    out = m.zero
    for a, b in zip(x, y, strict=True):
        out = m.add(out, m.mul(m.sub(a, p), m.sub(b, q)))
    return m.div(out, m.number(len(x) - (not population)))


def root(e: Evaluator, v: Any) -> Value:
    return e.arithmetic.pow(v, e.value(App("div", (num(1), num(2)))))


def covariance(e: Evaluator, t: App) -> Value:
    return spread(e, e.value(t.args[0]), e.value(t.args[1]), of_population(t, 2))


def correlation(e: Evaluator, t: App) -> Value:
    x, y = e.value(t.args[0]), e.value(t.args[1])
    return e.arithmetic.div(spread(e, x, y, True), root(e, e.arithmetic.mul(spread(e, x, x, True), spread(e, y, y, True))))


def length(e: Evaluator, t: App) -> Value:
    return e.arithmetic.number(len(e.value(t.args[0])))
