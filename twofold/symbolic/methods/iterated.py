"""Iterated integrals in the other order: over rectangles, and over triangles cut off by the diagonal."""

from __future__ import annotations

from twofold.catalogue.shapes import app
from twofold.grammar.term import INFINITE, App, Bound, Symbol, Term, copy_symbol, free_symbols, substitute, transform, var
from twofold.symbolic.normal import GIVES_UP, converter
from twofold.symbolic.theorems.continuity import ANALYTIC, is_continuous, is_defined, is_made_of, keeps_its_sign

_CONTINUOUS = ANALYTIC | {"sinc"}


def swapped(t: Bound, assumptions: tuple[Term, ...]) -> Bound | None:
    """The integral with its two innermost integrations exchanged; `None` where that is not known to be right.

    Fubini's theorem for integrands that are continuous on a bounded region, Tonelli's for those that keep their sign.
    """
    inside = t.body
    if t.op != "integrate" or not isinstance(inside, Bound) or inside.op != "integrate":
        return None
    x, y = t.symbols[0], inside.symbols[0]
    (a, b), (low, high) = t.args, inside.args
    # Copies without bounds: the ranges of the two names change.
    u, v = (copy_symbol(s, lower=None, upper=None) for s in (x, y))
    body = substitute(inside.body, {x: var(u), y: var(v)})
    if x not in free_symbols(low) and x not in free_symbols(high):
        outer, inner = (low, high), (a, b)
    elif low == var(x) and high == b:
        outer, inner = (a, b), (a, var(v))
    elif high == var(x) and low == a:
        outer, inner = (a, b), (var(v), b)
    else:
        return None
    bounded = not any(e in INFINITE for e in (a, b, low, high))
    if not _may(_continued(body), (u, a, b), (v, outer[0], outer[1]), assumptions, bounded):
        return None
    return Bound("integrate", (v,), Bound("integrate", (u,), body, inner, shape=t.shape), outer, shape=t.shape)


def _continued(t: Term) -> Term:
    """sin(u)/u as sinc(u), which goes on where u is 0."""

    def whole(s: Term) -> Term | None:
        if isinstance(s, App) and s.op == "div" and s.args[0] == App("sin", (s.args[1],)):
            return app("sinc", s.args[1])
        return None

    return transform(t, whole)


def _may(
    body: Term,
    first: tuple[Symbol, Term, Term],
    second: tuple[Symbol, Term, Term],
    assumptions: tuple[Term, ...],
    bounded: bool,
) -> bool:
    """Whether the order does not matter on the rectangle that holds the region."""
    if not is_made_of(body, _CONTINUOUS):
        return False
    facts = list(assumptions)
    try:
        for s, a, b in (first, second):
            if a not in INFINITE and b not in INFINITE:
                d = converter((), assumptions)
                gap = d(app("sub", b, a))
                if len(gap.den) > 1 or d.signs.of(gap.num) not in ("+", "0+"):
                    return False
            facts += [app("ge", var(s), a)] if a not in INFINITE else []
            facts += [app("le", var(s), b)] if b not in INFINITE else []
        if bounded and is_continuous(converter((), tuple(facts)), body, _CONTINUOUS):
            return True
        # For a sign that is kept the border does not matter.
        ranges = facts[len(assumptions) :]
        inner = [app("gt" if t.op == "ge" else "lt", *t.args) for t in ranges if isinstance(t, App)]
        c = converter((), (*assumptions, *inner))
        return is_defined(c, body) and keeps_its_sign(c, body)
    except GIVES_UP:
        return False
