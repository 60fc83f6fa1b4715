"""Regions between the graphs of functions of one name that are no polynomials: sin(x) <= y, y <= exp(x).

For an answer it is asked of the solver where the graphs meet; a region is cut there only if it has found all places. A proof needs two
graphs over an interval, one of which is proved not to be above the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import combinations, pairwise

from twofold.catalogue.conjunctions import conjuncts, together
from twofold.catalogue.goal import Goal
from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app
from twofold.core.diagnostic import TwofoldError
from twofold.grammar.term import App, Bound, Symbol, Term, Var, copy_symbol, free_symbols, num, substitute, var
from twofold.symbolic.arithmetic import minus, negate, over
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.equations.decide import proves
from twofold.symbolic.methods.equal_squares import sign_of
from twofold.symbolic.normal import GIVES_UP, converter
from twofold.symbolic.regions.given import Given
from twofold.symbolic.regions.region import Region
from twofold.symbolic.regions.strips import Strip
from twofold.symbolic.solving.completeness import ALL, NONE, ONLY
from twofold.symbolic.solving.equations import solve
from twofold.symbolic.solving.reading import INCOMPLETE
from twofold.symbolic.term_floats import Program, Unknown
from twofold.symbolic.theorems.continuity import is_continuous

MOST_GRAPHS = 5
_WAYS = {"lt": 1, "le": 1, "gt": -1, "ge": -1}


def between_graphs(region: Region, order: tuple[Symbol, ...], given: Given) -> tuple[Term, tuple[Strip, ...]]:
    """The strips along the second name of two, over intervals of the first. Raises `NotApplicable`."""
    if len(order) != 2 or given.names:
        raise NotApplicable("a comparison of what is no polynomial")
    x, y = order
    alone, lower, upper = _bounds(comparisons(region.condition), y, given.context)
    if len(lower) + len(upper) > MOST_GRAPHS:
        raise NotApplicable("too many graphs")
    ends = sorted(_ends(x, alone, [*lower, *upper], given.context), key=lambda row: row[0])
    rows: list[Strip] = []
    for low, high in pairwise([None, *ends, None]):
        if low is not None and high is not None and high[0] - low[0] < 1e-12:
            continue
        inside = _strip_at(x, y, alone, lower, upper, _middle(low, high))
        if inside is None:
            continue
        if rows and low is not None and rows[-1].upper == low[1] and rows[-1].inside == (inside,):
            rows[-1] = Strip(x, rows[-1].lower, high and high[1], (inside,))
        else:
            rows.append(Strip(x, low and low[1], high and high[1], (inside,)))
    return region.integrand, tuple(rows)


def over_interval(region: Region, order: tuple[Symbol, ...], context: Context) -> Bound | None:
    """The integral between two graphs over an interval with numbers at its ends, where the graphs are proved to be continuous and in
    order; `None` for other regions."""
    if len(order) != 2:
        return None
    x, y = order
    try:
        alone, lower, upper = _bounds(comparisons(region.condition), y, context)
        rest, left, right = _bounds(alone, x, context)
    except NotApplicable:
        return None
    if rest or any(len(found) != 1 for found in (lower, upper, left, right)) or any(free_symbols(t) for t in (*left, *right)):
        return None
    free = copy_symbol(x, lower=None, upper=None)
    facts = (*context.assumptions, app("ge", var(free), left[0]), app("le", var(free), right[0]))
    low, high = (substitute(t, {x: var(free)}) for t in (lower[0], upper[0]))
    try:
        c = converter((), facts)
        if sign_of(c, c(app("sub", right[0], left[0]))) != "+" or not (is_continuous(c, low) and is_continuous(c, high)):
            return None
        ordered = sign_of(c, c(app("sub", high, low))) in ("+", "0+")
    except GIVES_UP:
        return None
    if not ordered and not proves(Goal("<=", low, high, facts, "real"), replace(context, assumptions=facts)):
        return None
    return Bound("integrate", (x,), Bound("integrate", (y,), region.integrand, (lower[0], upper[0])), (left[0], right[0]))


def _bounds(parts: Iterable[App], y: Symbol, context: Context) -> tuple[list[App], list[Term], list[Term]]:
    """The comparisons in which a name does not stand, and what the others bound it by from below and from above."""
    alone: list[App] = []
    lower: list[Term] = []
    upper: list[Term] = []
    for part in parts:
        found = None if y not in free_symbols(part) else _bound(part, y, context)
        if found is None:
            alone.append(part)
        else:
            (upper if found[0] > 0 else lower).append(found[1])
    return alone, lower, upper


def comparisons(t: Term) -> Iterator[App]:
    """The comparisons that hold together."""
    for part in conjuncts(t):
        if not (isinstance(part, App) and part.op in _WAYS and all(a.sort == "number" and not a.shape for a in part.args)):
            raise NotApplicable("a condition that is no comparison")
        yield part


def _bound(part: App, y: Symbol, context: Context) -> tuple[int, Term] | None:
    """Whether a comparison bounds a name from above (1) or below (-1), and by what; `None` where it is in none of it."""
    d = minus(*part.args) if _WAYS[part.op] > 0 else minus(*part.args[::-1])
    at = [substitute(d, {y: num(k)}) for k in (0, 1)]
    try:
        c = converter((), context.assumptions)
        slope = c(app("sub", at[1], at[0])).rational()
        if slope is None or not c.field.equal(c(d), c(app("add", at[0], app("mul", app("sub", at[1], at[0]), var(y))))):
            raise NotApplicable("a comparison that is not linear in any name")
    except GIVES_UP as e:
        raise NotApplicable(f"no normal form: {e}") from None
    if slope == 0:
        return None
    edge = at[0] if abs(slope) == 1 else over(at[0], num(abs(slope)))
    return (1, negate(edge)) if slope > 0 else (-1, edge)


def _ends(x: Symbol, alone: list[App], graphs: list[Term], context: Context) -> Iterator[tuple[float, Term]]:
    """Where a comparison of the first name alone is an equation, and where two graphs meet, with their values."""
    for part in alone:
        yield from _solutions(app("eq", *part.args), [p for p in alone if p is not part], x, context)
    for a, b in combinations(graphs, 2):
        yield from _solutions(app("eq", a, b), alone, x, context)


def _solutions(equation: Term, alone: list[App], x: Symbol, context: Context) -> Iterator[tuple[float, Term]]:
    if x not in free_symbols(equation):
        return
    local = context.aside()
    try:
        found = solve(local, together((equation, *alone)), Var(x))
    except (NoClosedForm, TwofoldError):
        raise NotApplicable("it was not found where two graphs meet") from None
    members = found.args if isinstance(found, App) and found.op == "set" else None
    complete = INCOMPLETE not in local.notes and not {ALL, NONE, ONLY}.isdisjoint(local.notes)
    if members is None or not complete or any(free_symbols(m) for m in members):
        raise NotApplicable("it was not found where two graphs meet")
    for m in members:
        value = _value(m, {})
        if value is None:
            raise NotApplicable("it was not found where two graphs meet")
        yield value, m


def _value(t: Term, at: dict[Symbol, float]) -> float | None:
    try:
        (found,) = Program([t]).values(at)
    except Unknown:
        raise NotApplicable("a function that is not worked out here") from None
    return None if found is None or isinstance(found, complex) else found


def _middle(low: tuple[float, Term] | None, high: tuple[float, Term] | None) -> float:
    if low is None:
        return 0.0 if high is None else high[0] - 1
    return low[0] + 1 if high is None else (low[0] + high[0]) / 2


def _strip_at(x: Symbol, y: Symbol, alone: list[App], lower: list[Term], upper: list[Term], at: float) -> Strip | None:
    """What lies over a value of the first name, `None` where nothing does."""
    for part in alone:
        gap = _value(minus(*part.args), {x: at})
        if gap is None or gap * _WAYS[part.op] >= 0:
            return None
    below = [(_value(t, {x: at}), t) for t in lower]
    above = [(_value(t, {x: at}), t) for t in upper]
    if any(v is None for v, _ in (*below, *above)):
        return None
    low = max(below, key=lambda row: row[0] or 0.0, default=None)
    high = min(above, key=lambda row: row[0] or 0.0, default=None)
    if low is not None and high is not None and low[0] >= high[0]:  # type: ignore[operator]
        return None
    return Strip(y, low and low[1], high and high[1])
