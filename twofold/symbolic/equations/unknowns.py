"""Values and derivatives of unknown functions as generators: y(x), y'(x), the partial derivatives of u(x, t).

A derivative is known by the function, the point and the order in each argument, so that two ways to write it are one generator,
and the order in which partial derivatives are taken does not matter: a function that is only declared has a value and all derivatives everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from twofold.grammar.term import App, Bound, Num, Symbol, Term, Var, free_symbols
from twofold.symbolic.equations.ring import Generator, Ratio

if TYPE_CHECKING:
    from twofold.symbolic.equations.reading import Reading


@dataclass(frozen=True, slots=True)
class Slope:
    """A partial derivative of an unknown function at a point; all orders are 0 for a value of the function itself."""

    function: Symbol
    point: tuple[Term, ...]
    orders: tuple[int, ...]


def slope(t: Term) -> Slope | None:
    """What a value or derivative of an unknown function is, where each variable of differentiation is an argument by itself."""
    if isinstance(t, App) and t.op == "apply" and isinstance(t.args[0], Var) and not t.shape:
        point = t.args[1:]
        if any(a.shape or a.sort != "number" for a in point):
            return None
        return Slope(t.args[0].symbol, point, (0,) * len(point))
    if not (isinstance(t, Bound) and t.op == "diff" and isinstance(t.args[1], Num) and t.args[1].value.denominator == 1):
        return None
    inner, (symbol,), order = slope(t.body), t.symbols, int(t.args[1].value)
    if inner is None or order < 1 or inner.function is symbol:
        return None
    places = [k for k, a in enumerate(inner.point) if symbol in free_symbols(a)]
    if len(places) != 1 or inner.point[places[0]] != Var(symbol):
        return None
    (k,) = places
    point = (*inner.point[:k], t.args[0], *inner.point[k + 1 :])
    return Slope(inner.function, point, (*inner.orders[:k], inner.orders[k] + order, *inner.orders[k + 1 :]))


def read(r: Reading, t: Term) -> Ratio | None:
    """The generator of a value or derivative of an unknown function."""
    found = slope(t)
    if found is None:
        return None
    values = [r.scalar(a) for a in found.point]
    key = ("slope", found.function, found.orders, *(v.key for v in values))
    inside = frozenset().union(*map(r.ring.inside, values))
    return r.ring.gen(key, Generator("opaque", t, inside=inside))
