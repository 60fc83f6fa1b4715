"""Integrals of 1/(a + b*cos(x) + d*sin(x)) and of its square over one turn, and over half a turn where d is 0.

With z = exp(i*x) the integrand is rational on the circle; one of its two poles lies inside where a > sqrt(b^2 + d^2). Source: Gradshteyn and Ryzhik 2.553, 3.661.
"""

from __future__ import annotations

from fractions import Fraction
from functools import reduce

from flint import fmpq

from twofold.grammar.term import Const, Symbol, Term
from twofold.symbolic.normal import polynomials as P
from twofold.symbolic.normal.convert import Converter
from twofold.symbolic.normal.dependence import depends
from twofold.symbolic.normal.field import UNIT, Element
from twofold.symbolic.normal.pieces import HALF, is_positive, is_real
from twofold.symbolic.normal.powers import power

_HIGHEST = 2


def whole_turn(c: Converter, body: Term, x: Symbol) -> Element | None:
    """The integral over any range of length 2*pi; `None` for another integrand, or where a pole might lie on the circle."""
    found = _read(c, body, x)
    return None if found is None else c.field.mul(c.field.number(2), _half(c, *found[:4]))


def half_turn(c: Converter, body: Term, x: Symbol) -> Element | None:
    """The integral over 0..pi of a function of the cosine."""
    found = _read(c, body, x)
    return _half(c, *found[:4]) if found is not None and found[4] else None


def _half(c: Converter, top: Element, a: Element, rest: Element, k: int) -> Element:
    """pi*top/rest^(1/2), or pi*top*a/rest^(3/2) for the square."""
    f = c.field
    value = f.mul(f.mul(top, c(Const("pi"))), power(c, rest, f.number(HALF - k)))
    return value if k == 1 else f.mul(value, a)


def _read(c: Converter, body: Term, x: Symbol) -> tuple[Element, Element, Element, int, bool] | None:
    """(t, a, a^2 - b^2 - d^2, k, whether d is 0) where the integrand is t/(a + b*cos(x) + d*sin(x))^k with a and a^2 - b^2 - d^2 positive."""
    f = c.field
    e = c(body)
    z = f.kernel(("cis", ((f.kernel(("sym", x)), 1),), None))
    if len(e.num) != 1 or len(e.den) == 1:
        return None
    _, _, found = P.factors(e.den)
    moving = [(p, k) for p, k in found if any(depends(c, g, z) or g == z for g in P.generators(p))]
    if not moving or len({k for _, k in moving}) != 1 or moving[0][1] > _HIGHEST:
        return None
    p, k = reduce(P.mul, (q for q, _ in moving)), moving[0][1]
    parts = [_coefficient(c, p, z, j) for j in range(3)]
    if max(int(dict(mono).get(z, 0)) for mono in p) != 2 or any(part is None for part in parts):
        return None
    low, middle, high = (part for part in parts if part is not None)
    # What stands around the factor, with as many z above as it has.
    top = f.mul(e, f.power(Element(p, UNIT), k))
    top = f.mul(top, f.power(f.monomial(((z, 1),)), -k))
    if not is_real(c, middle):
        turn = f.monomial(((f.unit, HALF),))
        low, middle, high = (f.mul(turn, part) for part in (low, middle, high))
        top = f.mul(top, f.power(turn, k))
    rest = f.sub(f.mul(middle, middle), f.mul(f.number(4), f.mul(low, high)))
    if is_positive(c, f.neg(middle)):
        middle = f.neg(middle)
        top = f.mul(top, f.number(Fraction((-1) ** k)))
    known = (middle, rest, top)
    if not all(is_real(c, part) for part in known) or any(
        depends(c, g, f.kernel(("sym", x))) for part in known for g in P.generators(part.num, part.den)
    ):
        return None
    if not (is_positive(c, middle) and is_positive(c, rest)):
        return None
    return top, middle, rest, k, f.equal(low, high)


def _coefficient(c: Converter, p: P.Poly, z: int, power_of_z: int) -> Element | None:
    """The coefficient of a power of z; `None` where something else depends on the angle."""
    out: dict[P.Mono, fmpq] = {}
    for m, v in p.items():
        powers = dict(m)
        if powers.pop(z, 0) != power_of_z:
            continue
        rest = tuple(sorted(powers.items()))
        if any(depends(c, g, z) for g, _ in rest):
            return None
        out[rest] = v
    return c.field.made(out, UNIT) if out else c.field.number(0)


__all__ = ["half_turn", "whole_turn"]
