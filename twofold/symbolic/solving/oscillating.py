"""Equations with one sine, cosine or tangent of the unknown that have infinitely many solutions, and functions that swing beyond all bounds.

f = a + b*w with a wave w: the solutions are where w is g = -a/b. A sine takes every value between -1 and 1 in every turn, so that there are infinitely
many where g tends to a number below 1 in size; a tangent takes every value between neighbouring poles, so that g need only be continuous there.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy as sp

from twofold.catalogue.method import NotApplicable
from twofold.grammar.term import Symbol, Term
from twofold.symbolic.calculus.limits import limit_at
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.lift import lift
from twofold.symbolic.lower import lower, symbol_for
from twofold.symbolic.solving.isolation import Curve, zeros_between
from twofold.symbolic.solving.monotone_pieces import domain_of
from twofold.symbolic.solving.places import Place, at, inside, ordered
from twofold.symbolic.solving.reading import MANY, REACH


def endless(f: Term, symbol: Symbol, context: Context) -> list[Place] | None:
    """The zeros between -REACH and REACH of a function that is shown to have infinitely many; `None` where this is not shown. Raises
    `NoClosedForm` where only those are not found."""
    x = symbol_for(symbol, context)
    e = lower(f, context)
    found = wave(e, x)
    if found is None or not sp.cancel(found[1] / found[2]).has(x):
        # What is periodic has families.
        return None
    if not any(_goes_on(*found, x, end, symbol, context) for end in (sp.oo, -sp.oo)):
        return None
    w, a, b = found
    if isinstance(w, sp.tan):
        # The zeros of a*cos + b*sin: where the cosine is 0 the sine is not.
        u = w.args[0]
        e = a * sp.cos(u) + b * sp.sin(u)
    top = lift(sp.numer(sp.together(e)), context)
    curve = Curve(top, symbol, context, 4)
    domain = domain_of(lift(a / b if isinstance(w, sp.tan) else a + b, context), symbol, context)
    places = []
    try:
        zeros = zeros_between(curve, Fraction(-REACH), Fraction(REACH))
    except NotApplicable:
        raise NoClosedForm(f"{MANY}; nsolve(…, {symbol.name} = 0..10) gives those on a range as decimals") from None
    for z in zeros:
        p = at(z.exact) if z.exact is not None else Place(lambda bits, z=z: curve.refine(z, bits))
        if any(inside(p, s) for s in domain):
            places.append(p)
    return ordered(places)


def swings(f: Any, x: Any, context: Context) -> bool:
    """Whether a function takes values beyond all bounds both ways: b*w with b growing beyond all bounds, and the rest below it."""
    found = wave(f, x)
    if found is None or isinstance(found[0], sp.tan):
        return False
    _, a, b = found
    for end in (sp.oo, -sp.oo):
        try:
            size = limit_at(b, x, end, "", context)
            share = sp.S.Zero if a == 0 else limit_at(a / b, x, end, "", context)
        except NoClosedForm:
            continue
        if size in (sp.oo, -sp.oo) and share is not None and share.is_number and share.is_finite and abs(share) < 1:
            return True
    return False


def wave(e: Any, x: Any) -> tuple[Any, Any, Any] | None:
    """The only sine, cosine or tangent of the variable, of something linear, and a and b with e = a + b*wave."""
    e = sp.expand(e)
    waves = [w for w in e.atoms(sp.sin, sp.cos, sp.tan) if w.has(x)]
    if len(waves) != 1 or e.free_symbols - {x} or e.has(sp.floor, sp.ceiling, sp.Piecewise, sp.Mod):
        return None
    (wave,) = waves
    if not wave.args[0].is_polynomial(x) or sp.degree(wave.args[0], x) != 1:
        return None
    w = sp.Dummy("w")
    made = e.xreplace({wave: w})
    if not made.is_polynomial(w) or sp.degree(made, w) != 1:
        return None
    b = made.coeff(w)
    return wave, sp.expand(made - b * w), b


def _goes_on(wave: Any, a: Any, b: Any, x: Any, end: Any, symbol: Symbol, context: Context) -> bool:
    """Whether there are infinitely many solutions towards one end of the line."""
    known = context.range(symbol)
    if (known.upper if end is sp.oo else known.lower) is not None:
        return False
    g = -a / b
    domain = domain_of(lift(g, context), symbol, context)
    if not any((s.high if end is sp.oo else s.low) is None for s in domain):
        return False
    if isinstance(wave, sp.tan):
        return not g.has(sp.sign, sp.Abs) and all(
            isinstance(h, (sp.exp, sp.log, sp.cosh, sp.sinh, sp.tanh, sp.atan)) for h in g.atoms(sp.Function)
        )
    try:
        limit = limit_at(g, x, end, "", context)
    except NoClosedForm:
        return False
    return limit is not None and limit.is_number and bool(limit.is_finite) and bool(abs(limit) < 1)


__all__ = ["endless", "swings", "wave"]
