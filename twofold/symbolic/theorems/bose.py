"""x^(s - 1)/(exp(c*x) - 1) and x^(s - 1)/(exp(c*x) + 1) over x > 0: gamma(s)*zeta(s)/c^s for s > 1, and (1 - 2^(1 - s)) times that, for a positive c.

Source: DLMF 25.5.1, 25.5.3.
"""

from __future__ import annotations

from twofold.catalogue.shapes import app
from twofold.grammar.term import Symbol, Term
from twofold.symbolic.normal.convert import Converter
from twofold.symbolic.normal.dependence import element_depends
from twofold.symbolic.normal.exponentials import exp_of
from twofold.symbolic.normal.field import Element
from twofold.symbolic.normal.powers import power
from twofold.symbolic.normal.raising import raised
from twofold.symbolic.normal.specials import gamma_of
from twofold.symbolic.theorems.products import is_positive, powers


def half_line(c: Converter, body: Term, x: Symbol) -> Element | None:
    """The integral over x > 0; `None` for integrands of another kind."""
    found = powers(body, x)
    if found is None:
        return None
    f, g = c.field, c.field.kernel(("sym", x))
    s, factor = f.number(1), f.number(1)
    below: tuple[Element, int] | None = None
    for base, exponent in found:
        e, b = c(exponent), c(base)
        n = e.rational()
        if f.equal(b, c.symbol(x)):
            s = f.add(s, e)
        elif not element_depends(c, b, g):
            if n is None or n.denominator != 1:
                return None
            factor = f.mul(factor, f.power(b, int(n)))
        else:
            own = _sum(c, b, x)
            if own is None or n != -1 or below is not None:
                return None
            below = own
    if below is None:
        return None
    rate, sign = below
    least = f.sub(s, f.number(1))
    if not is_positive(c, rate) or not is_positive(c, least):
        return None
    value = f.mul(gamma_of(c, s), c(app("zeta", raised(c, s))))
    if sign > 0:
        value = f.mul(value, f.sub(f.number(1), power(c, f.number(2), f.neg(least))))
    return f.mul(factor, f.mul(value, power(c, rate, f.neg(s))))


def _sum(c: Converter, e: Element, x: Symbol) -> tuple[Element, int] | None:
    """(c, 1) or (c, -1) for exp(c*x) + 1 and exp(c*x) - 1."""
    f = c.field
    for sign in (1, -1):
        growth = f.sub(e, f.number(sign))
        if len(growth.num) != 1 or len(growth.den) != 1:
            continue
        ((m, v),) = growth.num.items()
        exponent = f.number(0)
        for h, k in m:
            key = f.kernels[h]
            if key[0] != "exp" or key[2] is not None:
                break
            exponent = f.add(exponent, f.mul(f.number(k), f.monomial(key[1])))
        else:
            rate = f.div(exponent, c.symbol(x))
            if v == 1 and m and not element_depends(c, rate, f.kernel(("sym", x))) and f.equal(growth, exp_of(c, exponent)):
                return rate, sign
    return None


__all__ = ["half_line"]
