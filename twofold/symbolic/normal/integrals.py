"""Integrals in closed form by theorems: exponential polynomials, powers, Gaussian and Gamma integrals.

Every formula here is exact under the sign conditions that are checked; nothing is guessed. Sources: DLMF 5.9.1, 7.7; Gradshteyn and Ryzhik 2.321, 3.326.
"""

from __future__ import annotations

from fractions import Fraction
from math import comb, factorial

from twofold.grammar.term import Const
from twofold.symbolic.normal import polynomials as P
from twofold.symbolic.normal.convert import Converter
from twofold.symbolic.normal.exponentials import exp_of
from twofold.symbolic.normal.field import UNIT, Element
from twofold.symbolic.normal.polynomials import Mono
from twofold.symbolic.normal.powers import logarithm, power
from twofold.symbolic.normal.specials import gamma_of

HALF = Fraction(1, 2)


class Piece:
    """A term c * x^degree * exp(w), w an element in x; `c` is free of x."""

    def __init__(self, factor: Element, degree: P.Exponent, exponent: dict[int, Element]) -> None:
        self.factor, self.degree, self.exponent = factor, degree, exponent


def pieces(c: Converter, e: Element, g: int) -> list[Piece] | None:
    """An integrand as such terms, the exponents polynomials in kernel g; None where it is not of this kind."""
    from twofold.symbolic.normal.binders import _separate

    out = []
    for outer, inner in _separate(c, e, g, split=True):
        if len(inner.num) != 1 or len(inner.den) > 1:
            return None
        ((m, v),) = inner.num.items()
        degree: P.Exponent = 0
        factor = c.field.mul(outer, c.field.number(Fraction(int(v.p), int(v.q))))
        exponent: dict[int, Element] = {}
        for h, k in m:
            if h == g or c.field.kernels[h] == ("abs", frozenset({((g, 1),): next(iter(UNIT.values()))}.items())):
                degree = P.tidy(degree + k)
                continue
            key = c.field.kernels[h]
            if key[0] not in ("exp", "cis"):
                return None
            part = _in_powers(c, key[1], key[2], g)
            if part is None:
                return None
            j, w = part
            w = c.field.mul(w, c.field.number(Fraction(k)))
            if key[0] == "cis":
                w = c.field.mul(w, c.field.monomial(((c.field.unit, HALF),)))
            exponent[j] = c.field.add(exponent[j], w) if j in exponent else w
        out.append(Piece(factor, degree, exponent))
    return out


def _in_powers(c: Converter, m: Mono, den: frozenset | None, g: int) -> tuple[int, Element] | None:  # type: ignore[type-arg]
    from twofold.symbolic.normal.binders import depends

    powers = dict(m)
    j = powers.pop(g, 0)
    rest = tuple(sorted(powers.items()))
    if not isinstance(j, int) or j < 1 or any(depends(c, h, g) for h in powers):
        return None
    below = dict(den) if den is not None else UNIT
    if any(depends(c, h, g) for h in P.generators(below)):
        return None
    return j, c.field.made({rest: P.constant(1)[()]}, below)


def antiderivative(c: Converter, e: Element, g: int) -> Element | None:
    """A primitive of an exponential polynomial or of powers of x, entire but for powers below 0."""
    f = c.field
    found = pieces(c, e, g)
    if found is None:
        return None
    x = f.monomial(((g, 1),))
    out = f.number(0)
    for p in found:
        if not p.exponent:
            if p.degree == -1:
                part = logarithm(c, x)
            else:
                k = Fraction(p.degree) + 1
                part = f.mul(power(c, x, f.number(k)), f.number(1 / k))
        elif set(p.exponent) == {1} and isinstance(p.degree, int) and 0 <= p.degree <= 60:
            w = p.exponent[1]
            if not f.zeroed(w.num):
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
    from twofold.symbolic.normal.binders import depends

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


def definite(c: Converter, e: Element, g: int, lower: Element | None, upper: Element | None, low_infinite: bool, high_infinite: bool) -> Element | None:
    """The integral of an element over x from lower to upper (None where infinite), or None where no theorem applies."""
    if not low_infinite and not high_infinite and lower is not None and upper is not None:
        return _finite(c, e, g, lower, upper)
    found = pieces(c, e, g)
    if found is None:
        return None
    f = c.field
    out = f.number(0)
    for p in found:
        if low_infinite and high_infinite:
            part = _gaussian(c, p)
        elif high_infinite and lower is not None:
            part = _half_line(c, p, lower)
        else:
            return None
        if part is None:
            return None
        out = f.add(out, f.mul(p.factor, part))
    return out


def _finite(c: Converter, e: Element, g: int, lower: Element, upper: Element) -> Element | None:
    """By a primitive, which must have no break between the ends: no negative power of x, or ends of one known sign."""
    f = c.field
    found = pieces(c, e, g)
    if found is None:
        return None
    signs = [("0+" if not v.num else c.signs.of(v.num) if len(v.den) == 1 else None) for v in (lower, upper)]
    for p in found:
        whole = isinstance(p.degree, int) and p.degree >= 0
        if whole:
            continue
        if None in signs or {s[-1] for s in signs if s} != {"+"}:
            return None
        if p.degree <= -1 and any("0" in (s or "0") for s in signs):
            return None
    primitive = antiderivative(c, e, g)
    if primitive is None:
        return None
    a, b = at(c, primitive, g, lower), at(c, primitive, g, upper)
    return None if a is None or b is None else f.sub(b, a)


def _positive(c: Converter, e: Element) -> bool:
    top = c.signs.of(e.num) if e.num else None
    below = "+" if len(e.den) == 1 else c.signs.of(e.den)
    return top is not None and top == below and top in ("+", "-")


def _real(c: Converter, e: Element) -> bool:
    """Whether no imaginary kernel stands in an element."""
    return not any(c.field.kernels[g][0] in ("unit", "cis") for p in (e.num, e.den) for g in P.generators(p))


def _gaussian(c: Converter, p: Piece) -> Element | None:
    """The integral of x^n exp(-a x^2 + b x) over the line, a > 0."""
    f = c.field
    if 2 not in p.exponent or set(p.exponent) - {1, 2} or not isinstance(p.degree, int) or not 0 <= p.degree <= 40:
        return None
    a = f.neg(p.exponent[2])
    b = p.exponent.get(1, f.number(0))
    if not _real(c, a) or not _positive(c, a):
        return None
    # With the mean m = b/(2a) and variance v = 1/(2a): sqrt(pi/a) exp(b^2/(4a)) E[(m + sqrt(v) Z)^n].
    inverse = f.inverse(f.mul(f.number(2), a))
    mean = f.mul(b, inverse)
    moment = f.number(0)
    for k in range(0, p.degree + 1, 2):
        double = factorial(k) // (2 ** (k // 2) * factorial(k // 2))
        moment = f.add(moment, f.mul(f.number(comb(p.degree, k) * double), f.mul(f.power(mean, p.degree - k), f.power(inverse, k // 2))))
    head = power(c, f.mul(c(Const("pi")), f.inverse(a)), f.number(HALF))
    return f.mul(f.mul(head, exp_of(c, f.mul(f.mul(b, mean), f.number(HALF)))), moment)


def _half_line(c: Converter, p: Piece, lower: Element) -> Element | None:
    """The integral of x^s exp(-b x^k) from 0, b > 0, s > -1; from another point for exp(-b x) times a polynomial."""
    f = c.field
    if len(p.exponent) != 1:
        return None if p.exponent or not _decays(c, p, lower) else _power_tail(c, p, lower)
    ((k, w),) = p.exponent.items()
    b = f.neg(w)
    if not _real(c, b):
        if k != 1 or not isinstance(p.degree, int) or p.degree < 0:
            return None
        return _damped(c, p, w, lower)
    if not _positive(c, b):
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


def _damped(c: Converter, p: Piece, w: Element, lower: Element, sure: bool = False) -> Element | None:
    """-F(lower) for a primitive that vanishes at infinity: the real part of w is negative."""
    f = c.field
    if not sure:
        real = Element({m: v for m, v in w.num.items() if not any(g == f.unit for g, _ in m)}, w.den)
        if not real.num or not _positive(c, f.neg(real)):
            return None
    x = c.field.kernel(("sym", "integration variable"))
    plain = f.mul(f.power(f.monomial(((x, 1),)), int(p.degree)), exp_of(c, f.mul(w, f.monomial(((x, 1),)))))
    primitive = antiderivative(c, plain, x)
    value = None if primitive is None else at(c, primitive, x, lower)
    return None if value is None else f.neg(value)


def _decays(c: Converter, p: Piece, lower: Element) -> bool:
    return p.degree < -1 and _positive(c, lower)


def _power_tail(c: Converter, p: Piece, lower: Element) -> Element | None:
    """The integral of x^s from a > 0 to infinity, s < -1."""
    f = c.field
    k = Fraction(p.degree) + 1
    return f.neg(f.mul(power(c, lower, f.number(k)), f.number(1 / k)))
