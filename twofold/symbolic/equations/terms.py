"""Quotients of polynomials in generators back to terms, for showing."""

from __future__ import annotations

from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app
from twofold.grammar.term import Num, Term, num
from twofold.symbolic.equations.ring import Polynomial, Ratio, Ring, fraction

_NAMES = {"power": "exp", "constant": "exp", "log": "log", "sin": "sin", "cos": "cos"}


def term_of(ring: Ring, u: Ratio) -> Term:
    """The term of a quotient."""
    top, bottom = _sum(ring, u.top), _sum(ring, u.bottom)
    return top if bottom == num(1) else app("div", top, bottom)


def _generator(ring: Ring, k: int) -> Term:
    g = ring.generators[k]
    if g.term is not None:
        return g.term
    if g.argument is None:
        raise NotApplicable("a kernel has no text")
    inner = term_of(ring, g.argument)
    if g.kind == "root":
        return app("sqrt", inner) if g.index == 2 else app("root", inner, num(g.index))
    return app(_NAMES[g.kind], inner)


def _sum(ring: Ring, p: Polynomial) -> Term:
    out: Term | None = None
    for m, c in p.terms():
        q = fraction(c)
        t: Term | None = None
        for k, d in enumerate(m):
            if d:
                x = _generator(ring, k)
                x = x if d == 1 else app("pow", x, num(int(d)))
                t = x if t is None else app("mul", t, x)
        size = abs(q)
        if t is None:
            t = Num(size)
        elif size != 1:
            t = app("mul", num(size.numerator), t) if size.numerator != 1 else t
            t = app("div", t, num(size.denominator)) if size.denominator != 1 else t
        if out is None:
            out = t if q > 0 else Num(-size) if t == Num(size) else app("neg", t)
        else:
            out = app("add" if q > 0 else "sub", out, t)
    return num(0) if out is None else out
