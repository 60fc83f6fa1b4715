"""What powers, and functions that have no rule of their own, ask of their arguments: by signs, and by what their declarations say."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from twofold.catalogue.index import functions
from twofold.catalogue.resolve import formula
from twofold.core.diagnostic import TwofoldError
from twofold.grammar.term import App, Term
from twofold.symbolic.normal.field import Element
from twofold.symbolic.normal.powers import is_whole
from twofold.symbolic.normal.specials import decide

if TYPE_CHECKING:
    from twofold.symbolic.normal.domains import Domain

_COMPARISONS = frozenset("ne lt le gt ge".split())


def of_power(domain: Domain, t: App, exponent: Fraction | None) -> None:
    """A power whose exponent is no whole number (a rational one, or `None`). Over the reals 0^v asks for v > 0, and u^v for u > 0 where v need not
    be whole; only signs that are known settle that."""
    c = domain.c
    base = c(t.args[0])
    if exponent is not None:
        if c.field.real:
            domain.ask_sign(base, "ge" if exponent > 0 else "gt", t.args[0])
        elif exponent < 0:
            domain.ask_nonzero(base, t.args[0])
        return
    v = c(t.args[1])
    below, above = _sign(domain, base), _sign(domain, v)
    if below == "+" or (is_whole(c, v) and above in ("+", "0+")):
        return
    if is_whole(c, v) or not c.field.real:
        domain.unread |= not c.nonzero(base)
    elif (below, above) != ("0+", "+"):
        domain.unread = True


def of_declaration(domain: Domain, t: App) -> None:
    """A function without a rule of its own: the domain that it is declared with."""
    spec = functions().get(t.op)
    if spec is None or spec.domain == "true" or not domain.c.field.real:
        return
    if t.op == "dirac":
        domain.unread = True  # An impulse stands for more than its values.
        return
    try:
        _ask(domain, formula(spec.domain, {a.name: x for a, x in zip(spec.arguments, t.args, strict=False)}))
    except (TwofoldError, KeyError, ValueError):
        domain.unread = True


def _ask(domain: Domain, t: Term) -> None:
    """Adds a condition; one that is neither known to hold nor made of comparisons all of which have to hold is unread."""
    holds = decide(domain.c, t)
    if holds is not None or not isinstance(t, App):
        domain.impossible |= holds is False
        domain.unread |= holds is None
    elif t.op == "and":
        for part in t.args:
            _ask(domain, part)
    elif t.op == "or" and len(left := [part for part in t.args if decide(domain.c, part) is not False]) == 1:
        _ask(domain, left[0])
    elif t.op not in _COMPARISONS or not domain.compared(t):
        domain.unread = True


def _sign(domain: Domain, e: Element) -> str | None:
    return domain.c.signs.of(e.num) if e.num and len(e.den) == 1 and domain.c.field.real else None
