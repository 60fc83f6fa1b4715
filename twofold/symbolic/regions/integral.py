"""The value of an integral over a region: strips of it, integrated in the first order and coordinates that come to a closed form."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from itertools import permutations
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
from twofold.symbolic.regions.convergence import is_continuous, is_of_one_sign
from twofold.symbolic.regions.coordinates import centred, polar, spherical
from twofold.symbolic.regions.curves import value
from twofold.symbolic.regions.region import Condition, Region
from twofold.symbolic.regions.strips import Admits, Strip, Strips
from twofold.symbolic.work import carry_out

Way: TypeAlias = Callable[[], tuple[Term, tuple[Strip, ...]]]
"""An integrand and the strips to integrate it over."""

SHARE, ALL = 0.4, 0.9
"""Of the seconds of a question, for one way and for all of them."""
LEAST = 0.1
"""Seconds with which another way is begun."""


def over_region(region: Region, context: Context) -> Term:
    """The integral over a region. Raises `NoClosedForm`."""
    reasons: list[str] = []
    doubtful: _Found | None = None
    end = spent() + ALL * context.seconds
    for way in _ways(region, context):
        if spent() > end - LEAST:
            break
        try:
            found = within(min(SHARE * context.seconds, end - spent()), _by, way, region, context.aside())
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
        next((r for r in reasons if "forms" in r), reasons[0] if reasons else "the region depends on what is no number")
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


def _by(way: Way, region: Region, context: Context) -> _Found:
    """The value in some coordinates and order. Raises `NotApplicable` and `NoClosedForm`."""
    body, strips = way()
    found = carry_out(_integrals(strips, body), context)
    if _is_open(found):
        raise NoClosedForm("an inner integral has no closed form")
    return _Found(found, _is_the_same_in_every_order(region, strips, context), context)


def _is_the_same_in_every_order(region: Region, strips: tuple[Strip, ...], context: Context) -> bool:
    known = context.assumptions
    return all(map(_is_bounded, strips)) and is_continuous(region, known) or is_of_one_sign(region, known)


def iterated(region: Region, context: Context) -> Iterator[list[Bound]]:
    """Integrals inside one another between curves whose sum is the integral over a bounded region of what is continuous on it, in
    several coordinates and orders."""
    for way in _ways(region, context):
        try:
            body, strips = way()
        except NotApplicable:
            continue
        if all(map(_is_bounded, strips)):
            yield list(_paths(strips, body))


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


def _ways(region: Region, context: Context) -> Iterator[Way]:
    """Coordinates and orders of the names; none where the region depends on what is no real number."""
    names, admits = region.names, _admits(context)
    given = sorted({s for s in free_symbols(region.condition) if s not in names}, key=lambda s: s.name)
    if any(s.kind not in ("real", "integer") or s.shape for s in given):
        return
    for pair in permutations(names, 2):
        if names.index(pair[0]) < names.index(pair[1]) and len(names) in (2, 3):
            for moved, _ in _moved(region, pair, given):
                yield partial(polar, moved, given, pair, admits)
    if len(names) == 3:
        for moved, _ in _moved(region, names, given):
            yield partial(spherical, moved, given, admits)
    for order in permutations(reversed(names)):
        yield partial(_straight, region, given, order, admits)


def _moved(region: Region, names: tuple[Symbol, ...], given: list[Symbol]) -> Iterator[tuple[Region, dict[Symbol, Term]]]:
    try:
        yield from centred(region, names, given)
    except NotApplicable:
        return


def _straight(region: Region, given: list[Symbol], order: tuple[Symbol, ...], admits: Admits) -> tuple[Term, tuple[Strip, ...]]:
    """The strips in an order of the names, the outermost first."""
    ring = Polynomials([*given, *region.names])
    condition = Condition(region.condition, ring)

    def holds(at: dict[int, Fraction]) -> bool:
        return condition.holds(partial(_at, condition, at))

    return region.integrand, Strips(ring, [*given, *order], condition.polynomials).uniform(holds, len(given), admits)


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


def _admits(context: Context) -> Admits:
    """Whether the values of names are within what is assumed of them."""

    def admits(at: dict[Symbol, Fraction]) -> bool:
        if not at:
            return True
        for s, v in at.items():
            known = context.range(s)
            if known.lower is not None and v < known.lower or known.upper is not None and v > known.upper:
                return False
        ring = Polynomials(list(at))
        places = {ring.symbols.index(s): v for s, v in at.items()}
        for fact in context.assumptions:
            try:
                condition = Condition(fact, ring)
            except NotApplicable:
                continue
            if not condition.holds(partial(_at, condition, places)):
                return False
        return True

    return admits
