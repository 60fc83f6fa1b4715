"""Closed forms with the Lambert function for zeros of what is linear in the unknown, in one exponential (or logarithm) of it, and in
their product, and of the difference of a power of the unknown and an exponential.

    a + b*x + c*exp(k*x) = 0          x = -a/b - W(k*c/b * exp(-k*a/b))/k
    (a + b*x)*exp(k*x) + c = 0        x = W(-k*c/b * exp(k*a/b))/k - a/b
    a + b*x + c*log(x) = 0            x = c/b * W(b/c * exp(-a/c))
    a + c*x*log(x) = 0                x = -a/c / W(-a/c)
    a*x^n + c*exp(k*x) = 0            x = -n/k * W(-k*s/n), with the real s for which s^n = -c/a

Both real branches are tried; the one whose enclosure meets that of the zero is it, since the candidates are all the zeros.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from flint import arb

from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app
from twofold.grammar.term import Term, num
from twofold.symbolic.equations import enclose
from twofold.symbolic.equations.enclose import NoEnclosure, precision
from twofold.symbolic.equations.ring import CONTEXT, Polynomial, Ratio, coefficients, rational, used
from twofold.symbolic.equations.terms import term_of
from twofold.symbolic.solving.isolation import Curve
from twofold.symbolic.solving.places import Place

_ONE = CONTEXT.constant(1)


def lambert(curve: Curve, p: Place) -> Place | None:
    """The place with a closed form, where the function has one of the shapes."""
    try:
        for make in _shapes(curve):
            for branch in (0, -1):
                try:
                    found = make(branch)
                    if found is None:
                        continue
                    enclosure, term = found
                    with precision(200):
                        ball = enclosure()
                except (NoEnclosure, NotApplicable, ZeroDivisionError):
                    continue
                if ball.is_finite() and ball.overlaps(p.enclosure(128)):
                    return Place(_at(enclosure), term)
    except (NoEnclosure, NotApplicable):
        return None
    return None


def _at(enclosure: Any) -> Any:
    def at(bits: int) -> arb:
        with precision(bits + 32):
            return enclosure()

    return at


def _shapes(curve: Curve) -> Iterator[Any]:
    ring, x = curve.ring, curve.unknown
    p = curve.values[0].top
    inside = [k for k in used(p) if k == x or x in ring.generators[k].inside]
    others = [k for k in inside if k != x]
    if len(others) != 1 or any(not enclose.is_constant(ring, k) for k in used(p) if k not in inside):
        return
    e = others[0]
    g = ring.generators[e]
    rows = coefficients(p, e)
    if g.argument is None:
        return
    if g.kind == "power" and all(r.is_zero() for r in rows[1:-1]) and len(rows) > 1:
        yield from _of_power(curve, coefficients(rows[0], x), coefficients(rows[-1], x), g.argument, len(rows) - 1)
    if len(rows) != 2 or any(len(coefficients(r, x)) > 2 for r in rows):
        return
    (a, b), (c, d) = (_two(coefficients(r, x)) for r in rows)

    def ratio(u: Polynomial, v: Polynomial) -> Ratio:
        return Ratio(u, _ONE) / Ratio(v, _ONE)

    if g.kind == "power":
        line = coefficients(g.argument.top, x)
        if len(line) != 2 or not line[0].is_zero() or not g.argument.bottom.is_constant():
            return
        k = Ratio(line[1], _ONE) / Ratio(g.argument.bottom, _ONE)
        if d.is_zero() and not b.is_zero():
            yield _made(curve, k * ratio(c, b), -(k * ratio(a, b)), -_unit() / k, -ratio(a, b))
        if b.is_zero() and not d.is_zero():
            yield _made(curve, -(k * ratio(a, d)), k * ratio(c, d), _unit() / k, -ratio(c, d))
    if g.kind == "log" and g.argument == Ratio(CONTEXT.gen(x), _ONE):
        if d.is_zero() and not b.is_zero() and not c.is_zero():
            yield _made(curve, ratio(b, c), -ratio(a, c), ratio(c, b), Ratio(CONTEXT.constant(0), _ONE))
        if b.is_zero() and c.is_zero() and not a.is_zero():
            yield _quotient(curve, -ratio(a, d))


def _of_power(curve: Curve, low: list[Polynomial], high: list[Polynomial], argument: Ratio, times: int) -> Iterator[Any]:
    """The zeros of a power of the unknown plus a multiple of an exponential."""
    n, line = len(low) - 1, coefficients(argument.top, curve.unknown)
    if n < 2 or len(high) != 1 or not all(c.is_zero() for c in low[:-1]) or len(line) != 2 or not line[0].is_zero():
        return
    share = (Ratio(-high[0], _ONE) / Ratio(low[n], _ONE)).value()
    if not argument.bottom.is_constant() or not share or share < 0 and n % 2 == 0:
        return
    size = Fraction(*(round(abs(v) ** (1 / n)) for v in (share.numerator, share.denominator)))
    if size**n != abs(share):
        return
    k, zero = rational(times) * Ratio(line[1], _ONE) / Ratio(argument.bottom, _ONE), Ratio(CONTEXT.constant(0), _ONE)
    for s in (size, -size) if n % 2 == 0 else (size if share > 0 else -size,):
        yield _made(curve, k * rational(-s / n), zero, rational(-n) / k, zero)


def _unit() -> Ratio:
    return Ratio(_ONE, _ONE)


def _two(row: list[Polynomial]) -> tuple[Polynomial, Polynomial]:
    return row[0], row[1] if len(row) > 1 else CONTEXT.constant(0)


def _branch(value: arb, branch: int) -> arb:
    if branch and not (value < 0):
        raise NoEnclosure
    found = value.lambertw(branch) if branch else value.lambertw()
    if not found.is_finite():
        raise NoEnclosure
    return found


def _made(curve: Curve, factor: Ratio, exponent: Ratio, scale: Ratio, shift: Ratio) -> Any:
    """scale*W(factor*exp(exponent)) + shift, for a branch."""
    ring = curve.ring

    def of(branch: int) -> tuple[Any, Term]:
        def enclosure() -> arb:
            inner = enclose.quotient(ring, factor, {}) * enclose.quotient(ring, exponent, {}).exp()
            return enclose.quotient(ring, scale, {}) * _branch(inner, branch) + enclose.quotient(ring, shift, {})

        inside = term_of(ring, factor)
        if not exponent.top.is_zero():
            grown = app("exp", term_of(ring, exponent))
            inside = grown if inside == num(1) else app("mul", inside, grown)
        w = app("lambertwm1" if branch else "lambertw", inside)
        value = scale.value()
        term = w if value == 1 else app("neg", w) if value == -1 else app("mul", term_of(ring, scale), w)
        if not shift.top.is_zero():
            term = app("add", term, term_of(ring, shift))
        return enclosure, term

    return of


def _quotient(curve: Curve, value: Ratio) -> Any:
    """value/W(value), for a branch."""
    ring = curve.ring

    def of(branch: int) -> tuple[Any, Term]:
        def enclosure() -> arb:
            v = enclose.quotient(ring, value, {})
            return v / _branch(v, branch)

        t = term_of(ring, value)
        return enclosure, app("div", t, app("lambertwm1" if branch else "lambertw", t))

    return of
