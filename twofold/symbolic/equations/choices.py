"""Functions with branches: a generator that is one of several values, as formulas say which."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from twofold.grammar.term import App
from twofold.symbolic.equations.formula import FALSE, Formula, both
from twofold.symbolic.equations.ring import (
    Generator,
    Ratio,
    rational,
)

if TYPE_CHECKING:
    from twofold.symbolic.equations.reading import Reading


def options(r: Reading, found: list[tuple[Formula, Ratio]]) -> Ratio:
    """A generator that is one of several values, as formulas say which."""
    found = [(f, u) for f, u in found if f != FALSE]
    if len(found) == 1 and both(found[0][0]) == both():
        return found[0][1]
    key = ("cases", tuple((id(f), u.key) for f, u in found))
    inside = frozenset().union(*(r.ring.inside(u) for _, u in found)) if found else frozenset()
    return r.ring.gen(key, Generator("cases", None, options=tuple(found), inside=inside))


def _abs(r: Reading, t: App) -> Ratio:
    u = r.scalar(t.args[0])
    return options(r, [(r.literal(u, ">="), u), (r.literal(u, "<"), -u)])


def _sign(r: Reading, t: App) -> Ratio:
    u = r.scalar(t.args[0])
    return options(r, [(r.literal(u, ">"), rational(1)), (r.literal(u, "="), rational(0)), (r.literal(u, "<"), rational(-1))])


def _extreme(relation: str) -> Callable[[Reading, App], Ratio]:
    def rule(r: Reading, t: App) -> Ratio:
        values = [r.scalar(a) for a in t.args]
        out = values[0]
        for u in values[1:]:
            out = options(r, [(r.literal(out - u, relation), out), (r.literal(u - out, ">" if relation == ">=" else "<"), u)])
        return out

    return rule


def _indicator(r: Reading, t: App) -> Ratio:
    from twofold.symbolic.equations.formula import negate

    f = r.statement(t.args[0])
    return options(r, [(f, rational(1)), (negate(f), rational(0))])


RULES: dict[str, Callable[[Reading, App], Ratio]] = {
    "abs": _abs,
    "sign": _sign,
    "max": _extreme(">="),
    "min": _extreme("<="),
    "indicator": _indicator,
}
