"""Whether an integral over a region does not depend on how it is taken: Fubini's and Tonelli's theorems."""

from __future__ import annotations

from twofold.catalogue.conjunctions import conjuncts
from twofold.grammar.term import App, Term, substitute, var
from twofold.symbolic.normal import GIVES_UP, converter
from twofold.symbolic.regions.region import Region
from twofold.symbolic.theorems.continuity import is_continuous, keeps_its_sign


def is_continuous_everywhere(region: Region, assumptions: tuple[Term, ...]) -> bool:
    """Whether the integrand is known to be continuous everywhere, so on every bounded region."""
    try:
        return is_continuous(converter((), assumptions), _freed(region, region.integrand))
    except GIVES_UP:
        return False


def is_of_one_sign(region: Region, assumptions: tuple[Term, ...]) -> bool:
    """Whether the integrand is known not to change its sign in the region."""
    try:
        c = converter((), (*assumptions, *_comparisons(_freed(region, region.condition))))
    except GIVES_UP:
        return False
    return keeps_its_sign(c, _freed(region, region.integrand))


def _freed(region: Region, t: Term) -> Term:
    """A term with names of which nothing is known in the place of those that are integrated over, the same ones every time."""
    return substitute(t, {s: var(f) for s, f in region.free.items()})


def _comparisons(t: Term) -> list[Term]:
    return [p for p in conjuncts(t) if isinstance(p, App) and p.op in ("lt", "le", "gt", "ge")]
