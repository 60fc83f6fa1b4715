"""The value of an integral over a region: strips of it, integrated in the first order and coordinates that come to a closed form."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from itertools import combinations, permutations
from typing import NamedTuple, TypeAlias

from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app
from twofold.core.diagnostic import TwofoldError
from twofold.core.meter import spent
from twofold.grammar.term import Bound, Const, Num, Symbol, Term, copy_symbol, free_symbols, num, substitute, var
from twofold.symbolic import spot
from twofold.symbolic.algebra.flint_matrices import Polynomials
from twofold.symbolic.arithmetic import total
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import within
from twofold.symbolic.lower import lower
from twofold.symbolic.regions.convergence import is_continuous_everywhere, is_of_one_sign
from twofold.symbolic.regions.coordinates import centred, polar, spherical
from twofold.symbolic.regions.curves import value
from twofold.symbolic.regions.given import Given
from twofold.symbolic.regions.graphs import between_graphs, over_interval
from twofold.symbolic.regions.region import NO_POLYNOMIAL, Condition, Region
from twofold.symbolic.regions.strips import Strip, Strips
from twofold.symbolic.work import carry_out

Way: TypeAlias = Callable[[Given], tuple[Term, tuple[Strip, ...]]]
"""An integrand and the strips to integrate it over, for the names that these depend on."""

SHARE, ALL = 0.4, 0.9
"""Of the seconds of a question, for one way and for all of them."""
LEAST = 0.1
"""Seconds with which another way is begun."""


def over_region(region: Region, context: Context) -> Term:
    """The integral over a region. Raises `NoClosedForm`."""
    reasons: list[str] = []
    doubtful: _Found | None = None
    end = spent() + ALL * context.seconds
    names = _given(region)
    graphs = [partial(between_graphs, region, order) for order in permutations(reversed(region.names))]
    for way in (*_ways(region, names), *graphs):
        if spent() > end - LEAST or way in graphs and NO_POLYNOMIAL not in reasons:
            break
        try:
            found = within(min(SHARE * context.seconds, end - spent()), _by, way, region, names, context.aside())
        except (NotApplicable, NoClosedForm, TwofoldError) as error:
            reasons.append(str(error))
            continue
        if found is None:
            reasons.append("no closed form was found in time")
        elif found.sure:
            return _taken(found, context)
        elif doubtful is None:
            doubtful = found
        elif _agree(doubtful.value, found.value, context):
            break
        else:
            raise NoClosedForm("in different orders it has different values, so that it does not converge absolutely")
    if doubtful is not None:
        context.note("taken as integrals inside one another; it was not shown to converge absolutely")
        return _taken(doubtful, context)
    raise NoClosedForm(
        next((r for r in reasons if "forms" in r), reasons[-1] if reasons else "the region depends on what is no number")
    )


class _Found(NamedTuple):
    """A value, whether it is the same in every order, and the context with what was found on the way."""

    value: Term
    sure: bool
    context: Context


def _taken(found: _Found, context: Context) -> Term:
    for condition in found.context.conditions:
        context.require(condition)
    for note in found.context.notes:
        context.note(note)
    return found.value


def _agree(a: Term, b: Term, context: Context) -> bool:
    return a == b or spot.agree(lower(a, context), lower(b, context), context) is True


def _by(way: Way, region: Region, names: list[Symbol], context: Context) -> _Found:
    """The value in some coordinates and order. Raises `NotApplicable` and `NoClosedForm`."""
    body, strips = way(Given(names, context))
    found = carry_out(_integrals(strips, body), context)
    if _is_open(found):
        raise NoClosedForm("an inner integral has no closed form")
    return _Found(found, _is_the_same_in_every_order(region, strips, context), context)


def _is_the_same_in_every_order(region: Region, strips: tuple[Strip, ...], context: Context) -> bool:
    known = context.assumptions
    return all(map(_is_bounded, strips)) and is_continuous_everywhere(region, known) or is_of_one_sign(region, known)


def iterated(region: Region, context: Context) -> Iterator[list[Bound]]:
    """Integrals inside one another between curves whose sum is the integral over a bounded region of what is continuous on it, in
    several coordinates and orders."""
    names = _given(region)
    for way in _ways(region, names):
        try:
            body, strips = way(Given(names, context, strict=True))
        except NotApplicable:
            continue
        if all(map(_is_bounded, strips)):
            yield list(_paths(strips, body))
    for order in permutations(region.names):
        found = over_interval(region, order, context)
        if found is not None:
            yield [found]


def _is_bounded(strip: Strip) -> bool:
    return strip.lower is not None and strip.upper is not None and all(map(_is_bounded, strip.inside))


def _paths(strips: tuple[Strip, ...], body: Term) -> Iterator[Bound]:
    for strip in strips:
        assert strip.lower is not None and strip.upper is not None
        name = _within_ends(strip)
        for inner in _paths(strip.inside, body) if strip.inside else (body,):
            yield Bound("integrate", (name,), substitute(inner, {strip.name: var(name)}), (strip.lower, strip.upper))


def _is_open(t: Term) -> bool:
    return isinstance(t, Bound) or isinstance(t, Const) and t.name == "does not exist"


def _given(region: Region) -> list[Symbol]:
    """The names on whose values the region depends."""
    return sorted({s for s in free_symbols(region.condition) if s not in region.names}, key=lambda s: s.name)


def _ways(region: Region, given: list[Symbol]) -> Iterator[Way]:
    """Coordinates and orders of the names; none where the region depends on what is no real number."""
    names = region.names
    if any(s.kind not in ("real", "integer") or s.shape for s in given):
        return
    for pair in combinations(names, 2) if len(names) < 4 else ():
        for moved in _moved(region, pair, given):
            yield partial(polar, moved, pair)
    if len(names) == 3:
        for moved in _moved(region, names, given):
            yield partial(spherical, moved)
    for order in permutations(reversed(names)):
        yield partial(_straight, region, order)


def _moved(region: Region, names: tuple[Symbol, ...], given: list[Symbol]) -> list[Region]:
    try:
        return list(centred(region, names, given))
    except NotApplicable:
        return []


def _straight(region: Region, order: tuple[Symbol, ...], given: Given) -> tuple[Term, tuple[Strip, ...]]:
    """The strips in an order of the names, the outermost first."""
    ring = Polynomials([*given.names, *region.names])
    condition = Condition(region.condition, ring, total=given.strict)

    def holds(at: dict[int, Fraction]) -> bool:
        return condition.holds(partial(_at, condition, at))

    return region.integrand, Strips(ring, [*given.names, *order], condition.polynomials).uniform(holds, given)


def _integrals(strips: tuple[Strip, ...], body: Term) -> Term:
    """The sum of the integrals over some strips."""
    parts = []
    for strip in strips:
        low = app("neg", Const("oo")) if strip.lower is None else strip.lower
        high = Const("oo") if strip.upper is None else strip.upper
        name = _within_ends(strip)
        inner = _integrals(strip.inside, body) if strip.inside else body
        parts.append(Bound("integrate", (name,), substitute(inner, {strip.name: var(name)}), (low, high)))
    return total(parts) if parts else num(0)


def _at(condition: Condition, places: dict[int, Fraction], number: int) -> Fraction:
    return value(condition.polynomials[number], places)


def _within_ends(strip: Strip) -> Symbol:
    """The name of a strip, with what is plain to see of its range."""
    low, high = (end if isinstance(end, Num) else None for end in (strip.lower, strip.upper))
    return copy_symbol(strip.name, lower=low, upper=high)
