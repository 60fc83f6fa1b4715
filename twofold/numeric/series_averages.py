"""Averages of what is being differentiated: the average of a series is the series of the averages, for functions without branches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from twofold.grammar.term import App, Symbol, Term, free_symbols, subterms
from twofold.numeric.series import Series

_BRANCHES = frozenset("abs sign min max floor ceil round frac piecewise indicator heaviside mod relu clamp".split())


def moving(values: dict[Symbol, Any], symbols: Iterable[Symbol]) -> set[Symbol]:
    """The symbols that a derivative is being taken by."""
    return {s for s in symbols if any(isinstance(x, Series) for x in _leaves(values.get(s)))}


def branched(body: Term, moved: set[Symbol], owners: Iterable[Symbol]) -> bool:
    """Whether a branch of the body is taken by random variables and moves: the average of its derivative leaves out what crosses it."""
    random = set(owners)
    for t in subterms(body):
        if isinstance(t, App) and t.op in _BRANCHES:
            inside = set(free_symbols(t))
            if inside & moved and inside & random:
                return True
    return False


def leaves(value: Any) -> list[Any]:
    """The coefficients of a value in order, those of series of series too; a value that is no series is its own."""
    if isinstance(value, Series):
        return [x for c in value.coefficients for x in leaves(c)]
    return [value]


def rebuilt(like: Any, averages: Iterator[Any]) -> Any:
    """A value of the structure of another, from coefficients in order."""
    if isinstance(like, Series):
        return Series(like.tag, tuple(rebuilt(c, averages) for c in like.coefficients))
    return next(averages)


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, tuple):
        for x in value:
            yield from _leaves(x)
    else:
        yield value
