"""Whether an integral over a region does not depend on how it is taken: Fubini's and Tonelli's theorems."""

from __future__ import annotations

from twofold.grammar.term import App, Bound, Term, substitute, subterms, var
from twofold.symbolic.methods.derivative_zero import ANALYTIC
from twofold.symbolic.normal import GIVES_UP, converter
from twofold.symbolic.normal.domains import Domain
from twofold.symbolic.regions.region import Region


def is_continuous(region: Region, assumptions: tuple[Term, ...]) -> bool:
    """Whether the integrand is known to be continuous everywhere, so on every bounded region."""
    body = _freed(region, region.integrand)
    if any(isinstance(s, Bound) or s.shape or (isinstance(s, App) and s.op not in ANALYTIC) for s in subterms(body)):
        return False
    try:
        domain = Domain(converter((), assumptions)).read(body)
    except GIVES_UP:
        return False
    return not (domain.impossible or domain.unread or domain.atoms)


def is_of_one_sign(region: Region, assumptions: tuple[Term, ...]) -> bool:
    """Whether the integrand is known not to change its sign in the region."""
    try:
        c = converter((), (*assumptions, *_parts(_freed(region, region.condition))))
        e = c(_freed(region, region.integrand))
        above, below = c.signs.of(e.num), "+" if len(e.den) == 1 else c.signs.of(e.den)
    except GIVES_UP:
        return False
    signs = ("+", "0+", "-", "0-")
    return above in (*signs, "0") and below in signs


def _freed(region: Region, t: Term) -> Term:
    """A term with names of which nothing is known in the place of those that are integrated over, the same ones every time."""
    return substitute(t, {s: var(f) for s, f in region.free.items()})


def _parts(t: Term) -> list[Term]:
    if isinstance(t, App) and t.op == "and":
        return [p for a in t.args for p in _parts(a)]
    return [t] if isinstance(t, App) and t.op in ("lt", "le", "gt", "ge") else []
