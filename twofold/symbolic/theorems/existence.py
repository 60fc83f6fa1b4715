"""Whether every part of a statement is known to have a value, what stands under sums, integrals and limits included."""

from __future__ import annotations

from twofold.catalogue.constants import rational
from twofold.catalogue.shapes import app
from twofold.grammar.term import OO, App, Bound, Term, children, copy_symbol, free_symbols, substitute, subterms, var
from twofold.symbolic.asymptotic.balls import NoEnclosure, enclosure
from twofold.symbolic.normal import GIVES_UP, converter
from twofold.symbolic.normal.domains import UNREAD, Domain
from twofold.symbolic.normal.powers import is_whole
from twofold.symbolic.theorems.continuity import ANALYTIC, is_continuous, is_made_of

_PARTS = frozenset("piecewise indicator implies iff or".split())
"""What has a value wherever all of its parts have one."""
_SMOOTH = ANALYTIC - {"sqrt", "asin", "acos", "acosh"}
"""Without corners: sqrt(x^2) has one where it has a value."""
Facts = tuple[Term, ...]


def has_value(t: Term, facts: Facts, reading: str = "real") -> bool:
    """Whether all parts of a term, or of a statement, are known to have values wherever the facts hold; False means "not known"."""
    try:
        return _known(t, facts, reading, Domain(converter((), facts, reading)))
    except GIVES_UP:
        return False


def _known(t: Term, facts: Facts, reading: str, domain: Domain) -> bool:
    if isinstance(t, Bound):
        return _bound(t, facts, reading) and all(_known(a, facts, reading, domain) for a in t.args if not _infinite(a))
    if isinstance(t, App) and t.op in UNREAD and t.op not in _PARTS:
        return False
    if isinstance(t, App) and t.sort != "truth" and t.op not in _PARTS:
        domain.read(t)
    if domain.unread or domain.impossible or domain.atoms:
        return False
    return all(_known(part, facts, reading, domain) for part in children(t))


def _bound(t: Bound, facts: Facts, reading: str) -> bool:
    """A finite sum or product of values, an integral of a continuous function over a closed interval, the derivative of an analytic function;
    without names, what has a normal form that can be enclosed."""
    if len(t.symbols) != 1:
        return False
    x = t.symbols[0]
    if t.op == "diff":
        return is_made_of(t.body, _SMOOTH) and all(map(_is_whole_power, subterms(t.body)))  # `Domain` reads what it asks for.
    if t.op in ("sum", "prod", "integrate") and len(t.args) == 2 and not any(map(_infinite, t.args)):
        low, high = t.args
        c = converter((), facts, reading)
        if t.op != "integrate":
            k = copy_symbol(x, kind="integer", lower=None, upper=None)
            between = (app("ge", var(k), low), app("le", var(k), high))
            whole = all(is_whole(c, c(a)) for a in t.args)
            return whole and has_value(substitute(t.body, {x: var(k)}), (*facts, *between), reading)
        gap = c.field.sub(c(high), c(low))
        sign = ("0+" if not gap.num else c.signs.of(gap.num)) if len(gap.den) == 1 else None
        if sign in ("-", "0-"):
            low, high = high, low
        if sign is not None:
            y = copy_symbol(x, lower=None, upper=None)
            between = (app("ge", var(y), low), app("le", var(y), high))
            if is_continuous(converter((), (*facts, *between), reading), substitute(t.body, {x: var(y)})):
                return True
    return not free_symbols(t) and _enclosed(t, reading)


def _is_whole_power(t: Term) -> bool:
    """Whether a term is no power, or one with a whole number for its exponent."""
    if not (isinstance(t, App) and t.op == "pow"):
        return True
    exponent = rational(t.args[1])
    return exponent is not None and exponent.denominator == 1


def _enclosed(t: Term, reading: str) -> bool:
    c = converter((), (), reading)
    try:
        return bool(enclosure(c.field, c(t)).is_finite())
    except (*GIVES_UP, NoEnclosure):
        return False


def _infinite(t: Term) -> bool:
    return any(s == OO for s in subterms(t))
