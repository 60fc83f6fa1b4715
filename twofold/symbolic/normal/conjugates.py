"""Magnitudes, real parts and conjugates of expressions in real kernels and the imaginary unit.

Conjugation commutes with arithmetic, leaves real kernels alone and turns exp(i*x) with real x into its inverse; |u|^2 is u times its conjugate.
"""

from __future__ import annotations

from fractions import Fraction

from flint import fmpq

from twofold.grammar.term import App
from twofold.symbolic.normal import polynomials as P
from twofold.symbolic.normal.convert import Converter, rule
from twofold.symbolic.normal.exponentials import exp_of
from twofold.symbolic.normal.field import UNIT, Element
from twofold.symbolic.normal.polynomials import Poly
from twofold.symbolic.normal.powers import base_of, magnitude_of, power

HALF = Fraction(1, 2)


def conjugate(c: Converter, e: Element) -> Element | None:
    """The complex conjugate of an element; `None` where a kernel has none that is known."""
    top, below = _polynomial(c, e.num), _polynomial(c, e.den)
    return None if top is None or below is None or not below.num else c.field.mul(top, c.field.inverse(below))


def _polynomial(c: Converter, p: Poly) -> Element | None:
    f = c.field
    out = f.number(0)
    for m, v in p.items():
        part: list[tuple[int, P.Exponent]] = []
        whole = f.number(1)
        for g, e in m:
            key = f.kernels[g]
            if f.is_real(g) or (key[0] == "principal" and c.signs.of(dict(key[1])) == "+"):
                part.append((g, e))
            elif key[0] == "unit":
                part.append((g, P.tidy((2 - Fraction(e)) % 2)))
            elif key[0] == "cis" and _is_real(c, key):
                part.append((g, P.tidy(-Fraction(e))))
            elif key[0] in ("sym", "conjugate") and isinstance(e, int):
                whole = f.mul(whole, f.power(_of_kernel(c, g), e))
            elif key[0] in ("exp", "cis"):
                inside = conjugate(c, f.made({key[1]: fmpq(1)}, dict(key[2]) if key[2] is not None else UNIT))
                if inside is None:
                    return None
                scale = Fraction(e) if key[0] == "exp" else -Fraction(e)
                whole = f.mul(whole, exp_of(c, f.mul(f.number(scale), inside), key[0] == "cis"))
            else:
                return None
        out = f.add(out, f.mul(whole, f.monomial(tuple(x for x in part if x[1]), v)))
    return out


def _of_kernel(c: Converter, g: int) -> Element:
    """The conjugate of a complex name, or the name of which this is the conjugate."""
    key = c.field.kernels[g]
    if key[0] == "conjugate":
        num, den = key[1]
        return Element(dict(num), dict(den))
    return c.opaque("conjugate", [c.field.monomial(((g, 1),)).key])


def _is_real(c: Converter, key: tuple) -> bool:  # type: ignore[type-arg]
    """Whether the angle of an exponential is real."""
    return all(c.field.is_real(g) for m in (key[1], *(m for m, _ in key[2] or ())) for g, _ in m)


def magnitude(c: Converter, u: Element) -> Element | None:
    """|u| in the complex reading."""
    f = c.field
    if not u.num:
        return u
    if len(u.den) > 1:
        above, below = (magnitude(c, Element(p, UNIT)) for p in (u.num, u.den))
        return None if above is None or below is None else f.mul(above, f.inverse(below))
    if len(u.num) > 0 and (parts := _factors(c, u)) is not None:
        return parts
    other = conjugate(c, u)
    if other is None:
        return None
    if f.equal(u, f.neg(other)):
        u = other = f.mul(f.monomial(((f.unit, HALF),)), u)
    if not f.equal(u, other):
        return _root(c, f.mul(u, other))
    sign = c.signs.of(u.num)
    if sign in ("+", "0+"):
        return u
    if sign in ("-", "0-"):
        return f.neg(u)
    return magnitude_of(c, u, Fraction(1)) if u.rational() is not None else c.opaque("abs_of", [_leading(c, u).key])


def nowhere_zero(c: Converter, p: Poly) -> bool:
    """Whether |p|^2 is known to be positive: R + im*w*L is not 0 for R > 0."""
    other = conjugate(c, Element(p, UNIT))
    square = None if other is None else c.field.mul(Element(p, UNIT), other)
    return square is not None and len(square.den) == 1 and c.signs.of(square.num) == "+"


def _root(c: Converter, w: Element) -> Element:
    """The square root of |u|^2, from which squares of what is not negative come out, z*conj(z) among that."""
    f = c.field
    value, found = c.split(w)
    if value <= 0:
        return power(c, w, f.number(HALF))
    out, rest = f.number(1), f.number(value)
    left = {key[1]: k for key, k in found if key[0] == "gen"}
    for key, k in found:
        p = base_of(c, key)
        twin = _twin(c, key[1]) if key[0] == "gen" else None
        if key[0] == "gen" and key[1] not in left:
            continue
        if twin is not None and isinstance(k, int) and left.get(twin) == k:
            out = f.mul(out, f.power(power(c, f.monomial(((key[1], 1), (twin, 1))), f.number(HALF)), k))
            del left[key[1]], left[twin]
        elif (
            isinstance(k, int)
            and k % 2 == 0
            and (k % 4 == 0 or c.signs.of(p) in ("+", "0+"))
            and all(map(f.is_real, P.generators(p)))
        ):
            out = f.mul(out, f.power(Element(p, UNIT), k // 2))
        else:
            rest = f.mul(rest, f.monomial(((key[1], k),)) if key[0] == "gen" else f.power(Element(p, UNIT), int(k)))
    return f.mul(out, power(c, rest, f.number(HALF)))


def _twin(c: Converter, g: int) -> int | None:
    """The kernel that is the conjugate of another."""
    made = _of_kernel(c, g) if c.field.kernels[g][0] in ("sym", "conjugate") and not c.field.is_real(g) else None
    if made is None or len(made.num) != 1 or len(made.den) != 1:
        return None
    ((m, v),) = made.num.items()
    return m[0][0] if len(m) == 1 and m[0][1] == 1 and v == 1 else None


def _factors(c: Converter, u: Element) -> Element | None:
    """|u| as a product, where there are several factors and the magnitude of each is known."""
    f = c.field
    value, found = c.split(u)
    if len(found) < 2:
        return None
    out = f.number(abs(value))
    for key, k in found:
        if key[0] == "gen" and key[1] in f.positive:
            out = f.mul(out, f.monomial(((key[1], k),)))
            continue
        part = magnitude(c, Element(base_of(c, key), UNIT)) if isinstance(k, int) else None
        if part is None:
            return None
        out = f.mul(out, f.power(part, int(k)))
    return out


def _leading(c: Converter, u: Element) -> Element:
    """u or -u, whichever comes first."""
    return c.field.neg(u) if P.leading_sign(u.num) < 0 else u


@rule("conjugate")
def _conjugate(c: Converter, t: App) -> Element:
    u = c(t.args[0])
    return conjugate(c, u) or c.opaque("conjugate", [u.key])


@rule("re")
def _re(c: Converter, t: App) -> Element:
    u = c(t.args[0])
    other = conjugate(c, u)
    return c.opaque("re", [u.key]) if other is None else c.field.mul(c.field.number(HALF), c.field.add(u, other))


@rule("im")
def _im(c: Converter, t: App) -> Element:
    u = c(t.args[0])
    other = conjugate(c, u)
    return c.opaque("im", [u.key]) if other is None else upper_part(c, u, other)


def upper_part(c: Converter, u: Element, other: Element) -> Element:
    """The imaginary part of a number with this conjugate."""
    f = c.field
    return f.mul(f.monomial(((f.unit, HALF),), -1), f.mul(f.number(HALF), f.sub(u, other)))
