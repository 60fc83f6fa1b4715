"""Definite integrals in closed form by theorems: exponential polynomials, powers, Gaussian, Beta and Gamma integrals.

Every formula here is exact under the sign conditions that are checked; nothing is guessed. Sources: DLMF 5.9.1, 7.7; Gradshteyn and Ryzhik 2.321, 3.326.
"""

from __future__ import annotations

from fractions import Fraction
from math import comb, factorial

from twofold.catalogue.shapes import app
from twofold.grammar.term import Const
from twofold.symbolic.normal import polynomials as P
from twofold.symbolic.normal.convert import Converter
from twofold.symbolic.normal.exponentials import exp_of
from twofold.symbolic.normal.field import UNIT, Element
from twofold.symbolic.normal.integrals import antiderivative, at, primitive_of
from twofold.symbolic.normal.pieces import HALF, Piece, is_positive, is_real, pieces
from twofold.symbolic.normal.powers import logarithm, power
from twofold.symbolic.normal.raising import raised
from twofold.symbolic.normal.specials import gamma_of


def definite(
    c: Converter, e: Element, g: int, lower: Element | None, upper: Element | None, low_infinite: bool, high_infinite: bool
) -> Element | None:
    """The integral of an element over x from lower to upper (None where infinite), or None where no theorem applies."""
    if not low_infinite and not high_infinite and lower is not None and upper is not None:
        return _finite(c, e, g, lower, upper)
    found = pieces(c, e, g)
    if found is None:
        return None
    f = c.field
    out = f.number(0)
    for p in found:
        if p.other is not None or (low_infinite and p.rooted and not (high_infinite and _of_size(p))):
            return None
        if low_infinite and high_infinite:
            part = _even(c, p) if p.rooted else _gaussian(c, p)
        elif high_infinite and lower is not None:
            part = _half_line(c, p, lower)
        else:
            return None
        if part is None:
            return None
        out = f.add(out, f.mul(p.factor, part))
    return out


def _of_size(p: Piece) -> bool:
    """Whether a piece is rooted only in powers of |x|, the rest being even or odd in x."""
    plain = P.tidy(p.degree - p.absolute)
    return p.shift is None and p.growth is None and isinstance(plain, int) and all(k % 2 == 0 for k in p.exponent)


def _even(c: Converter, p: Piece) -> Element | None:
    """The integral over the line of x^j |x|^k exp(w(x^2)): twice that over x > 0 for even j, 0 for odd j, where this converges."""
    half = _half_line(c, p, c.field.number(0))
    if half is None:
        return None
    plain = P.tidy(p.degree - p.absolute)
    return c.field.mul(c.field.number(2 if isinstance(plain, int) and plain % 2 == 0 else 0), half)


def _from_zero(c: Converter, p: Piece, upper: Element) -> Element | None:
    """The integral of a symbolic power of x over 0..a, its exponent above -1 and a positive."""
    f = c.field
    if p.exponent or p.other is not None or p.growth is not None or not is_positive(c, upper):
        return None
    k = f.add(p.shift or f.number(0), f.number(Fraction(p.degree) + 1))
    if not is_real(c, k) or not k.num or not is_positive(c, k):
        return None
    return f.mul(p.factor, f.div(power(c, upper, k), k))


def _finite(c: Converter, e: Element, g: int, lower: Element, upper: Element) -> Element | None:
    """By a primitive, which must have no break between the ends: no negative power of x, or ends of one known sign."""
    f = c.field
    found = pieces(c, e, g)
    if found is None:
        return _rational(c, e, g, lower, upper)
    if not lower.num and upper.rational() == 1 and any(p.shift is not None or p.other is not None for p in found):
        parts = [_beta(c, p) for p in found]
        return None if any(x is None for x in parts) else f.sum([x for x in parts if x is not None])
    if not lower.num and any(p.shift is not None for p in found):
        parts = [_from_zero(c, p, upper) for p in found]
        return None if any(x is None for x in parts) else f.sum([x for x in parts if x is not None])
    signs = [("0+" if not v.num else c.signs.of(v.num) if len(v.den) == 1 else None) for v in (lower, upper)]
    for p in found:
        if p.shift is not None or p.other is not None or p.growth is not None:
            return None
        whole = isinstance(p.degree, int) and p.degree >= 0 and not p.rooted
        if whole:
            continue
        if None in signs or {s[-1] for s in signs if s} != {"+"}:
            return None
        if p.degree <= -1 and any("0" in (s or "0") for s in signs):
            return None
    for p in found:
        p.rooted = False  # the ends are not negative: |x| is x
    primitive = primitive_of(c, found, g)
    if primitive is None:
        return None
    a, b = at(c, primitive, g, lower), at(c, primitive, g, upper)
    return None if a is None or b is None else f.sub(b, a)


def _beta(c: Converter, p: Piece) -> Element | None:
    """The integral of x^(a-1) (1-x)^(b-1) over 0..1, a and b positive."""
    f = c.field
    if p.exponent or p.growth is not None:
        return None
    a = f.add(p.shift or f.number(0), f.number(Fraction(p.degree) + 1))
    b = f.add(p.other or f.number(0), f.number(1))
    if not all(is_real(c, v) and v.num and is_positive(c, v) for v in (a, b)):
        return None
    return f.mul(p.factor, f.div(f.mul(gamma_of(c, a), gamma_of(c, b)), gamma_of(c, f.add(a, b))))


def _rational(c: Converter, e: Element, g: int, lower: Element, upper: Element) -> Element | None:
    """(p*x + q)/(a*x^2 + b*x + c) with a negative discriminant, and p/(a*x + b) with a denominator of one sign at both ends."""
    from twofold.symbolic.normal.dependence import depends

    f = c.field
    if any(h != g and depends(c, h, g) for poly in (e.num, e.den) for h in P.generators(poly)):
        return None
    top, bottom = ([_coefficient(c, poly, g, k) for k in range(3)] for poly in (e.num, e.den))
    if any(dict(m).get(g, 0) not in (0, 1, 2) for poly in (e.num, e.den) for m in poly) or top[2].num:
        return None
    ends = [at(c, Element(e.den, UNIT), g, v) for v in (lower, upper)]
    if not bottom[2].num:
        if top[1].num or None in ends:
            return None
        signs = {c.signs.of(v.num) if v is not None and v.num and len(v.den) == 1 else None for v in ends}
        if signs not in ({"+"}, {"-"}):
            return None
        logs = [logarithm(c, v) for v in ends if v is not None]
        return f.mul(f.div(top[0], bottom[1]), f.sub(logs[1], logs[0]))
    a, b = bottom[2], bottom[1]
    gap = f.sub(f.mul(f.number(4), f.mul(a, bottom[0])), f.mul(b, b))
    if (
        gap.num
        and not is_positive(c, gap)
        and is_positive(c, f.neg(gap))
        and None not in ends
        and c.signs.of(e.den) in ("+", "-")
    ):
        return _two_roots(c, top, bottom, f.neg(gap), (lower, upper), ends)
    if not gap.num or not is_positive(c, gap) or None in ends:
        return None
    half = f.div(top[1], f.mul(f.number(2), a))
    rest = f.sub(top[0], f.mul(half, b))
    root = power(c, gap, f.number(HALF))
    parts = []
    for v, end in zip(ends, (lower, upper), strict=True):
        assert v is not None
        inner = f.div(f.add(f.mul(f.mul(f.number(2), a), end), b), root)
        angle = c(app("atan", raised(c, inner)))
        parts.append(f.add(f.mul(half, logarithm(c, v)), f.mul(f.div(f.mul(f.number(2), rest), root), angle)))
    return f.sub(parts[1], parts[0])


def _two_roots(
    c: Converter,
    top: list[Element],
    bottom: list[Element],
    gap: Element,
    ends: tuple[Element, Element],
    values: list[Element | None],
) -> Element:
    """(p*x + q)/(a*x^2 + b*x + c) with two real roots, both outside the interval: logarithms of the denominator and of the quotient of its factors."""
    f = c.field
    a, b = bottom[2], bottom[1]
    root = power(c, gap, f.number(HALF))
    half = f.div(top[1], f.mul(f.number(2), a))
    rest = f.div(f.sub(top[0], f.mul(half, b)), root)
    parts = []
    for end, value in zip(ends, values, strict=True):
        assert value is not None
        inner = f.add(f.mul(f.mul(f.number(2), a), end), b)
        quotient = f.div(f.sub(inner, root), f.add(inner, root))
        parts.append(f.add(f.mul(half, logarithm(c, value)), f.mul(rest, logarithm(c, quotient))))
    return f.sub(parts[1], parts[0])


def _coefficient(c: Converter, poly: P.Poly, g: int, k: int) -> Element:
    return Element({tuple(x for x in m if x[0] != g): v for m, v in poly.items() if dict(m).get(g, 0) == k}, UNIT)


def _gaussian(c: Converter, p: Piece) -> Element | None:
    """The integral of x^n exp(-a x^2 + b x) over the line, a > 0."""
    f = c.field
    if p.shift is not None or p.growth is not None:
        return None
    if 2 not in p.exponent or set(p.exponent) - {1, 2} or not isinstance(p.degree, int) or not 0 <= p.degree <= 40:
        return None
    a = f.neg(p.exponent[2])
    b = p.exponent.get(1, f.number(0))
    if not is_real(c, a) or not is_positive(c, a):
        return None
    # With the mean m = b/(2a) and variance v = 1/(2a): sqrt(pi/a) exp(b^2/(4a)) E[(m + sqrt(v) Z)^n].
    inverse = f.inverse(f.mul(f.number(2), a))
    mean = f.mul(b, inverse)
    moment = f.number(0)
    for k in range(0, p.degree + 1, 2):
        double = factorial(k) // (2 ** (k // 2) * factorial(k // 2))
        moment = f.add(
            moment, f.mul(f.number(comb(p.degree, k) * double), f.mul(f.power(mean, p.degree - k), f.power(inverse, k // 2)))
        )
    head = power(c, f.mul(c(Const("pi")), f.inverse(a)), f.number(HALF))
    return f.mul(f.mul(head, exp_of(c, f.mul(f.mul(b, mean), f.number(HALF)))), moment)


def _half_line(c: Converter, p: Piece, lower: Element) -> Element | None:
    """The integral of x^s exp(-b x^k) from 0, b > 0, s > -1; from another point for exp(-b x) times a polynomial."""
    f = c.field
    if p.growth is not None:
        return _stretched(c, p) if not lower.num and not p.exponent else None
    if len(p.exponent) != 1:
        return None if p.exponent else _power_tail(c, p, lower)
    ((k, w),) = p.exponent.items()
    b = f.neg(w)
    if p.shift is not None:
        if lower.num or not is_real(c, b) or not is_positive(c, b):
            return None
        total = f.add(p.shift, f.number(Fraction(p.degree) + 1))
        if not is_real(c, total) or not is_positive(c, total):
            return None
        e = f.mul(total, f.number(Fraction(1, k)))
        return f.mul(f.mul(gamma_of(c, e), f.number(Fraction(1, k))), power(c, b, f.neg(e)))
    if not is_real(c, b):
        if k != 1 or not isinstance(p.degree, int) or p.degree < 0:
            return None
        return _damped(c, p, w, lower)
    if not is_positive(c, b):
        return None
    if not lower.num:
        s = Fraction(p.degree) + 1
        if s <= 0:
            return None
        e = f.number(s / k)
        return f.mul(f.mul(gamma_of(c, e), f.number(Fraction(1, k))), power(c, b, f.neg(e)))
    if k != 1 or not isinstance(p.degree, int) or p.degree < 0:
        return None
    return _damped(c, p, w, lower, sure=True)


def _stretched(c: Converter, p: Piece) -> Element | None:
    """The integral of x^(s - 1) exp(-b x^k) over x > 0 for symbolic s and k: gamma(s/k)/(k b^(s/k)), all of them positive."""
    f = c.field
    assert p.growth is not None
    k, w = p.growth
    b = f.neg(w)
    s = f.add(p.shift or f.number(0), f.number(Fraction(p.degree) + 1))
    if not all(v.num and is_real(c, v) and is_positive(c, v) for v in (k, b, s)):
        return None
    e = f.div(s, k)
    return f.mul(f.div(gamma_of(c, e), k), power(c, b, f.neg(e)))


def _damped(c: Converter, p: Piece, w: Element, lower: Element, sure: bool = False) -> Element | None:
    """-F(lower) for a primitive that vanishes at infinity: the real part of w is negative."""
    f = c.field
    if not sure:
        real = Element({m: v for m, v in w.num.items() if not any(g == f.unit for g, _ in m)}, w.den)
        if not real.num or not is_positive(c, f.neg(real)):
            return None
    x = c.field.kernel(("sym", "integration variable"))
    plain = f.mul(f.power(f.monomial(((x, 1),)), int(p.degree)), exp_of(c, f.mul(w, f.monomial(((x, 1),)))))
    primitive = antiderivative(c, plain, x)
    value = None if primitive is None else at(c, primitive, x, lower)
    return None if value is None else f.neg(value)


def _power_tail(c: Converter, p: Piece, lower: Element) -> Element | None:
    """The integral of x^s from a > 0 to infinity, s < -1."""
    f = c.field
    k = f.number(Fraction(p.degree) + 1)
    k = k if p.shift is None else f.add(k, p.shift)
    if not k.num or not is_real(c, k) or not is_positive(c, f.neg(k)) or not is_positive(c, lower):
        return None
    return f.neg(f.div(power(c, lower, k), k))
