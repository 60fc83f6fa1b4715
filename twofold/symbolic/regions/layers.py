"""A name that lies between graphs over the others is integrated first: what is left is a region with a name less.

z between x^2 + y^2 and x + y is taken over the circle in which the first is not above the second; in it polar coordinates may be found where the
region itself is simple in none.
"""

from __future__ import annotations

from itertools import product
from typing import NamedTuple

from twofold.catalogue.conjunctions import together
from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app
from twofold.grammar.term import FALSE, TRUE, App, Bound, Symbol, Term, copy_symbol, free_symbols, num, substitute, var
from twofold.symbolic.arithmetic import minus, negate, over, plus, times
from twofold.symbolic.condition_form import rational_factor
from twofold.symbolic.context import Context
from twofold.symbolic.normal import GIVES_UP, converter
from twofold.symbolic.rational_forms import is_rational
from twofold.symbolic.regions.graphs import comparisons
from twofold.symbolic.regions.region import Region

MOST_LAYERS = 4


class _Graph(NamedTuple):
    """A rational function of the other names; with a sign, that times the square root of it."""

    inside: Term
    sign: int = 0

    def term(self) -> Term:
        if not self.sign:
            return self.inside
        root = app("sqrt", self.inside)
        return root if self.sign > 0 else negate(root)


def layers(region: Region, name: Symbol, context: Context) -> list[Region]:
    """The regions of the other names over which one lies between two graphs, with its integral for integrand. They have no more than edges
    in common. Raises `NotApplicable` where the condition does not bound the name by graphs."""
    alone: list[Term] = []
    below: list[_Graph] = []
    above: list[_Graph] = []
    for part in comparisons(region.condition):
        if name not in free_symbols(part):
            alone.append(part)
            continue
        low, high = _bounds(part, name, context)
        below += low
        above += high
    if not below or not above:
        raise NotApplicable("a name without ends")
    if len(below) * len(above) > MOST_LAYERS:
        raise NotApplicable("too many graphs")
    alone += [app("ge", g.inside, num(0)) for g in dict.fromkeys([*below, *above]) if g.sign]
    others = tuple(s for s in region.names if s != name)
    found: list[Region] = []
    for (i, low), (j, high) in product(enumerate(below), enumerate(above)):
        # Where two graphs are the same, the first of them counts.
        parts = [_not_above(g, low, strict=k < i) for k, g in enumerate(below) if k != i]
        parts += [_not_above(high, g, strict=k < j) for k, g in enumerate(above) if k != j]
        parts = [*alone, *parts, _not_above(low, high)]
        if FALSE in parts:
            continue
        z = copy_symbol(name, lower=None, upper=None)
        body = Bound("integrate", (z,), substitute(region.integrand, {name: var(z)}), (low.term(), high.term()))
        found.append(Region(others, body, together(parts)))
    return found


def _bounds(part: App, name: Symbol, context: Context) -> tuple[list[_Graph], list[_Graph]]:
    """What a comparison bounds a name by from below and from above."""
    low, high = part.args if part.op in ("lt", "le") else part.args[::-1]
    if low == var(name) and name not in free_symbols(high):
        return [], [_graph(high)]
    if high == var(name) and name not in free_symbols(low):
        return [_graph(low)], []
    gap = minus(low, high)
    free = [substitute(gap, {name: num(k)}) for k in (-1, 0, 1)]
    try:
        c = converter((), context.assumptions)
        odd, even = (c(over(f(free[2], free[0]), num(2))) for f in (minus, plus))
        square = c.field.sub(even, c(free[1])).rational()
        slope = odd.rational()
        if square is None or slope is None:
            raise NotApplicable("a comparison that is not linear in any name")
        made = plus(free[1], plus(times(num(slope), var(name)), times(num(square), app("pow", var(name), num(2)))))
        if not c.field.equal(c(gap), c(made)) or square < 0 or square and slope:
            raise NotApplicable("a comparison that is not linear in any name")
    except GIVES_UP as e:
        raise NotApplicable(f"no normal form: {e}") from None
    if square:
        inside = negate(over(free[1], num(square)))
        if not is_rational(inside, {}):
            raise NotApplicable("a comparison of what is no polynomial")
        return [_Graph(inside, -1)], [_Graph(inside, 1)]
    if not slope:
        raise NotApplicable("a comparison that is not linear in any name")
    edge = _graph(negate(over(free[1], num(slope))))
    return ([], [edge]) if slope > 0 else ([edge], [])


def _graph(t: Term) -> _Graph:
    """A term as a graph. Raises `NotApplicable`."""
    if is_rational(t, {}):
        return _Graph(t)
    factor, root = rational_factor(t)
    if isinstance(root, App) and root.op == "sqrt" and is_rational(root.args[0], {}):
        inside = root.args[0] if abs(factor) == 1 else times(num(factor**2), root.args[0])
        return _Graph(inside, 1 if factor > 0 else -1)
    raise NotApplicable("a comparison of what is no polynomial")


def _not_above(low: _Graph, high: _Graph, strict: bool = False) -> Term:
    """That one graph is not above another, or below it (`strict`), where both have values; what they are at single places does not matter."""
    op, turned = ("lt", "gt") if strict else ("le", "ge")
    if low.sign and high.sign:
        if low.sign != high.sign:
            return TRUE if low.sign < high.sign else FALSE
        return app(op if low.sign > 0 else turned, low.inside, high.inside)
    if low.sign < 0:
        return app(turned, app("sqrt", low.inside), negate(high.inside))
    if high.sign < 0:
        return app(turned, negate(low.inside), app("sqrt", high.inside))
    return app(op, low.term(), high.term())
