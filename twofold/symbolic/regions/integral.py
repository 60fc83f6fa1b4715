"""The value of an integral over a region: strips of it, integrated in the first order and coordinates that come to a closed form."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import chain, combinations, permutations, product
from typing import NamedTuple, TypeAlias

from twofold.catalogue.display import show
from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app
from twofold.core.diagnostic import TwofoldError
from twofold.core.meter import spent
from twofold.grammar.term import MINUS_OO, OO, Bound, Const, Num, Symbol, Term, copy_symbol, free_symbols, num, substitute, var
from twofold.symbolic import spot
from twofold.symbolic.algebra.flint_matrices import Polynomials
from twofold.symbolic.arithmetic import total
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import within
from twofold.symbolic.lower import lower
from twofold.symbolic.regions.convergence import is_continuous_everywhere, is_of_one_sign
from twofold.symbolic.regions.coordinates import centred, polar, spherical
from twofold.symbolic.regions.ellipses import stretched
from twofold.symbolic.regions.given import Given
from twofold.symbolic.regions.graphs import between_graphs, over_interval
from twofold.symbolic.regions.layers import layers
from twofold.symbolic.regions.rays import along_rays
from twofold.symbolic.regions.region import NO_POLYNOMIAL, Condition, Region
from twofold.symbolic.regions.signed_names import by_sign
from twofold.symbolic.regions.strips import Strip, Strips
from twofold.symbolic.work import carry_out

Way: TypeAlias = Callable[[Given], tuple[Term, tuple[Strip, ...]]]
"""An integrand and the strips to integrate it over, for the names that these depend on."""
Attempt: TypeAlias = "Callable[[Context], _Found]"

SHARE, ALL = 0.4, 0.9
"""Of the seconds of a question, for one way and for all of them."""
LEAST = 0.1
"""Seconds with which another way is begun."""
NESTED = "taken as integrals inside one another; it was not shown to converge absolutely"
_NO_NUMBER = "the region depends on what is no number"


def over_region(region: Region, context: Context) -> Term:
    """The integral over a region. Raises `NoClosedForm`."""
    reasons: list[str] = []
    doubtful: _Found | None = None
    end = spent() + ALL * context.seconds
    names = _given(region)
    for attempt in chain(_attempts(region, names), _between_graphs(region, names, reasons)):
        if spent() > end - LEAST:
            break
        try:
            found = within(min(SHARE * context.seconds, end - spent()), attempt, context.aside())
        except (NotApplicable, NoClosedForm, TwofoldError) as error:
            reasons.append(str(error))
            continue
        if found is None:
            reasons.append("no closed form was found in time")
        elif _is_the_same_in_every_order(region, found, context):
            return _taken(found, context)
        elif doubtful is None:
            doubtful = found
        elif _agree(doubtful.value, found.value, context):
            break
        else:
            raise NoClosedForm("in different orders it has different values, so that it does not converge absolutely")
    if doubtful is not None:
        context.note(NESTED)
        return _taken(doubtful, context)
    forms = next((r for r in reasons if "forms" in r), None)
    if forms is not None and (signed := by_sign(region, names, context, over_region)) is not None:
        return signed
    raise NoClosedForm(forms or (reasons[-1] if reasons else _NO_NUMBER))


def _between_graphs(region: Region, names: list[Symbol], reasons: Collection[str]) -> Iterator[Attempt]:
    """What is tried where the edges were found to be no polynomials."""
    if NO_POLYNOMIAL in reasons:
        for order in permutations(reversed(region.names)):
            yield partial(_by_strips, partial(between_graphs, region, order), names)


class _Found(NamedTuple):
    """A value, whether the region was seen to be bounded, and the context with what was found on the way."""

    value: Term
    bounded: bool
    context: Context


def _taken(found: _Found, context: Context) -> Term:
    for condition in found.context.conditions:
        context.require(condition)
    for note in found.context.notes:
        context.note(note)
    return found.value


def _agree(a: Term, b: Term, context: Context) -> bool:
    return a == b or spot.agree(lower(a, context), lower(b, context), context) is True


def _by_strips(way: Way, names: list[Symbol], context: Context) -> _Found:
    """The value in some coordinates and order. Raises `NotApplicable` and `NoClosedForm`."""
    body, strips = way(Given(names, context))
    return _Found(_closed(_integrals(strips, body, context), context), all(map(_is_bounded, strips)), context)


def _by_layers(region: Region, name: Symbol, names: list[Symbol], straight: bool, context: Context) -> _Found:
    """The value with one name first, from graph to graph, and the others in the first coordinates (with `straight`, or order) that come
    to a closed form."""
    parts: list[_Found] = []
    for layer in layers(region, name, context):
        layer = replace(layer, integrand=_closed(layer.integrand, context))
        parts.append(_first(_attempts(layer, names, straight), context))
    return _Found(total([p.value for p in parts]) if parts else num(0), all(p.bounded for p in parts), context)


def _first(attempts: Iterable[Attempt], context: Context) -> _Found:
    """The first value that is found. Raises `NoClosedForm`."""
    reason = _NO_NUMBER
    for attempt in attempts:
        try:
            found = attempt(context.aside())
        except (NotApplicable, NoClosedForm) as error:
            reason = str(error)
            continue
        _taken(found, context)
        return found
    raise NoClosedForm(reason)


def _closed(integrals: Term, context: Context) -> Term:
    found = carry_out(integrals, context)
    if _is_open(found):
        raise NoClosedForm("an inner integral has no closed form")
    return found


def _is_the_same_in_every_order(region: Region, found: _Found, context: Context) -> bool:
    known = context.assumptions
    return found.bounded and is_continuous_everywhere(region, known) or is_of_one_sign(region, known)


def _attempts(region: Region, names: list[Symbol], straight: bool = True) -> Iterator[Attempt]:
    """Round coordinates first, then one name between graphs and the others in round ones, then all names one after the other."""
    round_, orders = _ways(region, names)
    yield from (partial(_by_strips, way, names) for way in round_)
    for last in (False, True) if len(region.names) > 2 else ():
        if straight or not last:
            yield from (partial(_by_layers, region, name, names, last) for name in reversed(region.names))
    if straight:
        yield from (partial(_by_strips, way, names) for way in orders)


def iterated(region: Region, context: Context) -> Iterator[list[Bound]]:
    """Integrals inside one another between curves whose sum is the integral over a bounded region of what is continuous on it, in
    several coordinates and orders."""
    given = Given(_given(region), context, strict=True)
    yield from _sums(region, given)
    for order in permutations(region.names):
        found = over_interval(region, order, context)
        if found is not None:
            yield [found]


def _sums(region: Region, given: Given) -> Iterator[list[Bound]]:
    """Integrals whose sum is that over a bounded region."""
    round_, straight = _ways(region, given.names)
    yield from _of_strips(round_, given)
    for name in reversed(region.names) if len(region.names) > 2 else ():
        with suppress(NotApplicable):
            Condition(region.condition, Polynomials([*given.names, *region.names]), total=True)
            for parts in product(*(_sums(layer, given) for layer in layers(region, name, given.context))):
                yield [integral for part in parts for integral in part]
    yield from _of_strips(straight, given)


def _of_strips(ways: Iterable[Way], given: Given) -> Iterator[list[Bound]]:
    for way in ways:
        try:
            body, strips = way(given)
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


def _given(region: Region) -> list[Symbol]:
    """The names on whose values the region depends."""
    return sorted({s for s in free_symbols(region.condition) if s not in region.names}, key=lambda s: s.name)


def _ways(region: Region, given: list[Symbol]) -> tuple[Sequence[Way], Sequence[Way]]:
    """Round coordinates, and orders of the names; none where the region depends on what is no real number."""
    names = region.names
    if any(s.kind not in ("real", "integer") or s.shape for s in given):
        return [], []
    round_: list[Way] = []
    for pair in combinations(names, 2) if len(names) < 4 else ():
        moved = _moved(region, pair, given)
        round_ += [partial(polar, one, pair) for one in moved]
        if len(names) == 2:
            # Where a circle had to be moved, the distance from the origin may be what the integrand depends on.
            round_.insert(0 if moved and moved[0] is not region else 1, partial(along_rays, region))
    if len(names) == 3:
        round_ += [partial(spherical, one) for one in _moved(region, names, given)]
    return round_, [partial(_straight, region, order) for order in permutations(reversed(names))]


def _moved(region: Region, names: tuple[Symbol, ...], given: list[Symbol]) -> list[Region]:
    """The region with something round in its condition around the origin."""
    try:
        moved = list(centred(region, names, given))
        return [*moved, *(found for one in moved for found in stretched(one, names, given))]
    except NotApplicable:
        return []


def _straight(region: Region, order: tuple[Symbol, ...], given: Given) -> tuple[Term, tuple[Strip, ...]]:
    """The strips in an order of the names, the outermost first."""
    ring = Polynomials([*given.names, *region.names])
    condition = Condition(region.condition, ring, total=given.strict)
    return region.integrand, Strips(ring, [*given.names, *order], condition.polynomials).uniform(condition.holds_at, given)


def _integrals(strips: tuple[Strip, ...], body: Term, context: Context) -> Term:
    """The sum of the integrals over some strips; those are worked out over which something is known of the names further out."""
    parts = []
    for strip in strips:
        low = MINUS_OO if strip.lower is None else strip.lower
        high = OO if strip.upper is None else strip.upper
        name = _within_ends(strip)
        inner = _integrals(strip.inside, body, context) if strip.inside else body
        integral = Bound("integrate", (name,), substitute(inner, {strip.name: var(name)}), (low, high))
        parts.append(_known(integral, strip.facts, context) if strip.facts else integral)
    return total(parts) if parts else num(0)


def _known(integral: Bound, facts: tuple[Term, ...], context: Context) -> Term:
    """An integral between two ends that are known to be positive, worked out with names for them."""
    names = [Symbol(f"u{k}", "real", lower=num(0), open_lower=True) for k in (1, 2)]
    put = {s: end for s, end in zip(names, integral.args, strict=True) if free_symbols(end)}
    ends = tuple(var(s) if s in put else end for s, end in zip(names, integral.args, strict=True))
    if len(put) == 2:
        facts = (*facts, app("lt", *ends))
    local = context.aside(*facts)
    found = _closed(Bound("integrate", integral.symbols, integral.body, ends), local)
    inner = {*names, *(s for fact in facts for s in free_symbols(fact))}
    for condition in local.conditions:
        if not inner.isdisjoint(free_symbols(condition)):
            raise NoClosedForm(f"what is inside is known only where {show(substitute(condition, put))}")
        context.require(condition)
    return substitute(found, put)


def _within_ends(strip: Strip) -> Symbol:
    """The name of a strip, with what is plain to see of its range."""
    low, high = (end if isinstance(end, Num) else None for end in (strip.lower, strip.upper))
    return copy_symbol(strip.name, lower=low, upper=high)
