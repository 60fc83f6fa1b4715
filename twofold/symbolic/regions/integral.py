"""The value of an integral over a region: strips of it, integrated in the first order and coordinates that come to a closed form."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from itertools import permutations
from typing import TypeAlias

from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app
from twofold.core.diagnostic import TwofoldError
from twofold.grammar.term import Bound, Const, Num, Symbol, Term, copy_symbol, free_symbols, num, substitute, var
from twofold.symbolic.algebra.flint_matrices import Polynomials
from twofold.symbolic.arithmetic import total
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.effort import within
from twofold.symbolic.regions.coordinates import centred, polar, spherical
from twofold.symbolic.regions.curves import value
from twofold.symbolic.regions.region import Condition, Region
from twofold.symbolic.regions.strips import Admits, Strip, Strips
from twofold.symbolic.work import carry_out

Way: TypeAlias = Callable[[], tuple[Term, tuple[Strip, ...]]]
"""An integrand and the strips to integrate it over."""

SHARE = 0.4
"""Of the seconds of a question, for one way."""


def over_region(region: Region, context: Context) -> Term:
    """The integral over a region. Raises `NoClosedForm`."""
    given = sorted({s for s in free_symbols(region.condition) if s not in region.names}, key=lambda s: s.name)
    if any(s.kind != "real" or s.shape for s in given):
        raise NoClosedForm("the region depends on names that are not real numbers")
    reasons: list[str] = []
    for way in _ways(region, given, _admits(context)):
        before = list(context.conditions), list(context.notes)
        try:
            body, strips = way()
            found = within(SHARE * context.seconds, _value, strips, body, context)
            if found is not None and not _is_open(found):
                return found
            reasons.append("no closed form of an inner integral was found in time")
        except NotApplicable as error:
            reasons.append(str(error))
        except (NoClosedForm, TwofoldError) as error:
            reasons.append(error.reason if isinstance(error, NoClosedForm) else error.diagnostic.message)
        context.conditions[:], context.notes[:] = before
    raise NoClosedForm(next((r for r in reasons if "forms" in r), reasons[0]))


def _is_open(t: Term) -> bool:
    return isinstance(t, Bound) or isinstance(t, Const) and t.name == "does not exist"


def _ways(region: Region, given: list[Symbol], admits: Admits) -> Iterator[Way]:
    names = region.names
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


def _value(strips: tuple[Strip, ...], body: Term, context: Context) -> Term:
    return carry_out(_integrals(strips, body), context)


def _integrals(strips: tuple[Strip, ...], body: Term) -> Term:
    """The sum of the integrals over some strips."""
    parts = []
    for strip in strips:
        low = app("neg", Const("oo")) if strip.lower is None else strip.lower
        high = Const("oo") if strip.upper is None else strip.upper
        name = copy_symbol(strip.name, lower=low if isinstance(low, Num) else None, upper=high if isinstance(high, Num) else None)
        inner = _integrals(strip.inside, body) if strip.inside else body
        parts.append(Bound("integrate", (name,), substitute(inner, {strip.name: var(name)}), (low, high)))
    return total(parts) if parts else num(0)


def _at(condition: Condition, places: dict[int, Fraction], number: int) -> Fraction:
    return value(condition.polynomials[number], places)


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
