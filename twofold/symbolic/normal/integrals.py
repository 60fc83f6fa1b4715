"""Primitives of powers times exponentials, and their values at a place."""

from __future__ import annotations

from fractions import Fraction
from math import factorial

from twofold.symbolic.normal import polynomials as P
from twofold.symbolic.normal.convert import Converter
from twofold.symbolic.normal.exponentials import exp_of
from twofold.symbolic.normal.field import UNIT, Element
from twofold.symbolic.normal.pieces import Piece, pieces
from twofold.symbolic.normal.powers import logarithm, power


def antiderivative(c: Converter, e: Element, g: int) -> Element | None:
    """A primitive of an exponential polynomial or of powers of x, entire but for powers below 0."""
    found = pieces(c, e, g)
    return None if found is None else primitive_of(c, found, g)


def primitive_of(c: Converter, found: list[Piece], g: int) -> Element | None:
    """A primitive of a sum of pieces, or None where one is of another kind."""
    f = c.field
    x = f.monomial(((g, 1),))
    out = f.number(0)
    for p in found:
        if p.shift is not None or p.other is not None or p.rooted or p.growth is not None:
            return None
        if not p.exponent:
            if p.degree == -1:
                part = logarithm(c, x)
            else:
                k = Fraction(p.degree) + 1
                part = f.mul(power(c, x, f.number(k)), f.number(1 / k))
        elif set(p.exponent) == {1} and isinstance(p.degree, int) and 0 <= p.degree <= 60:
            w = p.exponent[1]
            if not f.zeroed(w.num) or not (c.nonzero(w) or c.continuous(w)):
                return None
            inverse = f.inverse(w)
            inner, scale = f.number(0), inverse
            for j in range(p.degree + 1):
                coefficient = Fraction((-1) ** j * factorial(p.degree), factorial(p.degree - j))
                inner = f.add(inner, f.mul(f.mul(f.number(coefficient), f.power(x, p.degree - j)), scale))
                scale = f.mul(scale, inverse)
            part = f.mul(inner, exp_of(c, f.mul(w, x)))
        else:
            return None
        out = f.add(out, f.mul(p.factor, part))
    return out


def at(c: Converter, e: Element, g: int, value: Element) -> Element | None:
    """An element with kernel g replaced by a value, where all kernels that depend on it are exponentials or logarithms of it."""
    from twofold.symbolic.normal.dependence import depends

    f = c.field
    total = []
    for poly in (e.num, e.den):
        out = f.number(0)
        for m, v in poly.items():
            part = f.number(Fraction(int(v.p), int(v.q)))
            for h, k in m:
                if not depends(c, h, g):
                    part = f.mul(part, f.monomial(((h, k),)))
                elif h == g:
                    if not value.num and k < 0:
                        return None
                    part = f.mul(part, power(c, value, f.number(Fraction(k)))) if value.num else f.number(0)
                else:
                    inner = _moved(c, h, k, g, value)
                    if inner is None:
                        return None
                    part = f.mul(part, inner)
            out = f.add(out, part)
        total.append(out)
    return f.div(total[0], total[1])


def _moved(c: Converter, h: int, k: P.Exponent, g: int, value: Element) -> Element | None:
    f = c.field
    key = f.kernels[h]
    if key[0] in ("exp", "cis"):
        body = at(c, Element({key[1]: P.constant(1)[()]}, dict(key[2]) if key[2] is not None else UNIT), g, value)
        return None if body is None else exp_of(c, f.mul(body, f.number(Fraction(k))), key[0] == "cis")
    if key[0] in ("abs", "log"):
        if not isinstance(key[1], frozenset):
            return None
        body = at(c, Element(dict(key[1]), UNIT), g, value)
        if body is None or not body.num:
            return f.number(0) if body is not None and key[0] == "abs" and k > 0 else None
        if key[0] == "log":
            return f.power(logarithm(c, body), k) if isinstance(k, int) else None
        from twofold.symbolic.normal.powers import magnitude_of

        return magnitude_of(c, body, Fraction(k))
    return None
