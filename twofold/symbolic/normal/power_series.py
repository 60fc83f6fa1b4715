"""Power series in a parameter that sum to a logarithm, an inverse tangent, or an exponential of a square root.

r^k/k from 1 is -log(1 - r); with q^2 = r, the sums from 0 of r^k/(2k + 1), r^k/(2k)! and r^k/(2k + 1)! are artanh(q)/q, cosh(q) and sinh(q)/q.
They are even in q, so it does not matter which root is taken. The first two converge for |r| < 1, and at r = -1 by Abel's theorem.
"""

from __future__ import annotations

from fractions import Fraction

from flint import fmpq

from twofold.catalogue.shapes import app
from twofold.grammar.term import Const, num
from twofold.symbolic.normal.convert import Converter, Outside
from twofold.symbolic.normal.exponentials import exp_of
from twofold.symbolic.normal.field import Element
from twofold.symbolic.normal.pieces import is_positive, is_real
from twofold.symbolic.normal.polynomials import Mono
from twofold.symbolic.normal.powers import magnitude_of
from twofold.symbolic.normal.raising import raised

HALF = Fraction(1, 2)


def logarithmic(c: Converter, inner: Element, g: int) -> Element | None:
    """The sum of first * r^k/k over k >= 1; None for other terms."""
    f = c.field
    m = _monomial(inner)
    if m is None or len(inner.den) != 1 or dict(m).get(g) != -1:
        return None
    found = _geometric_part(c, tuple(x for x in m if x[0] != g), g)
    if found is None or not _within(c, found[0]):
        return None
    r, first = found
    try:
        return f.neg(f.mul(first, c(app("log", raised(c, f.sub(f.number(1), r))))))
    except Outside:
        return None


def of_halves(c: Converter, e: Element, g: int) -> Element | None:
    """The sum over k >= 0 of terms r^k over 2k + 1, (2k)! or (2k + 1)!, each with a factor; None where a term is of another kind."""
    from twofold.symbolic.normal.dependence import separate

    f = c.field
    out = f.number(0)
    for outer, inner in separate(c, e, g, split=True):
        part = _of_half(c, inner, g)
        if part is None:
            return None
        out = f.add(out, f.mul(outer, part))
    return out


def _of_half(c: Converter, inner: Element, g: int) -> Element | None:
    f = c.field
    m = _monomial(inner)
    odd = len(inner.den) > 1
    if m is None or (odd and inner.den != {((g, 1),): fmpq(2), (): fmpq(1)}):
        return None
    # (2k)! is 4^k k! gamma(k + 1/2)/sqrt(pi) in normal form.
    k = f.monomial(((g, 1),))
    powers = dict(m)
    below = [powers.pop(f.kernel(("gamma", f.add(k, f.number(x)).key)), 0) for x in (HALF, Fraction(1))]
    found = _geometric_part(c, tuple(sorted(powers.items())), g)
    if found is None or below not in ([-1, -1], [0, 0]):
        return None
    r, first = found
    if below == [0, 0]:
        made = _inverse_tangent(c, r) if odd and _within(c, r) else None
        return None if made is None else f.mul(first, made)
    q = _root(c, f.mul(f.number(4), r))
    if q is None:
        return None
    up, down = exp_of(c, q), exp_of(c, f.neg(q))
    wave = f.mul(f.number(HALF), f.add(up, f.neg(down) if odd else down))
    return f.mul(f.div(first, c(app("sqrt", Const("pi")))), f.div(wave, q) if odd else wave)


def _monomial(inner: Element) -> Mono | None:
    if len(inner.num) != 1:
        return None
    ((m, v),) = inner.num.items()
    return m if v == 1 else None


def _geometric_part(c: Converter, m: Mono, g: int) -> tuple[Element, Element] | None:
    """(r, first) of first * r^k."""
    from twofold.symbolic.normal.closed_sums import ratio_of

    found = ratio_of(c, m, g)
    if found is None or found[0] != 0 or not found[1].num:
        return None
    return found[1], found[2]


def _within(c: Converter, r: Element) -> bool:
    """Whether -1 <= r < 1 is known."""
    f = c.field
    if r.rational() == -1:
        return True
    if not is_real(c, r) or not is_positive(c, f.sub(f.number(1), r)):
        return False
    gap = f.add(f.number(1), r)
    return is_positive(c, gap) or (len(gap.den) == 1 and c.signs.of(gap.num) == "0+")


def _root(c: Converter, r: Element) -> Element | None:
    """A square root of a number times a monomial: i times a real one below 0."""
    f = c.field
    if len(r.num) != 1 or len(r.den) != 1:
        return None
    ((m, v),) = r.num.items()
    if not all(isinstance(e, int) and (e % 2 == 0 or g in f.positive) and f.is_real(g) for g, e in m):
        return None
    size = Fraction(int(v.p), int(v.q))
    out = f.mul(
        magnitude_of(c, f.number(abs(size)), HALF), f.monomial(tuple((g, e // 2 if e % 2 == 0 else Fraction(e, 2)) for g, e in m))
    )
    return out if size > 0 else f.mul(f.monomial(((f.unit, HALF),)), out)


def _inverse_tangent(c: Converter, r: Element) -> Element | None:
    """artanh(q)/q with q^2 = r, for real r: arctan(y)/y where r = -y^2."""
    f = c.field
    ((_, v),) = r.num.items() if len(r.num) == 1 else (((), fmpq(0)),)
    q = _root(c, r if v > 0 else f.neg(r)) if v else None
    if q is None:
        return None
    try:
        y = raised(c, q)
        inverse = (
            c(app("atan", y))
            if v < 0
            else c(app("div", app("log", app("div", app("add", num(1), y), app("sub", num(1), y))), num(2)))
        )
    except Outside:
        return None
    return f.div(inverse, q)
