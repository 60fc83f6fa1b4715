"""Points of a line: the real zeros of polynomials in one function of the unknown, with enclosures to any precision.

The function is the unknown itself, or exp, log, a root, sine and cosine of something linear in it. Zeros of polynomials over
the rationals are isolated by FLINT; where constants such as pi occur in coefficients, balls are used, and what they cannot
separate is given up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flint import acb, acb_poly, arb, fmpq, fmpq_poly, fmpz_poly

from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app, bound
from twofold.grammar.term import Symbol, Term, num, var
from twofold.symbolic.equations import enclose, kernels
from twofold.symbolic.equations.enclose import PRECISIONS, NoEnclosure, precision
from twofold.symbolic.equations.reading import Reading
from twofold.symbolic.equations.ring import (
    CONTEXT,
    Polynomial,
    Ratio,
    coefficients,
    constant_value,
    fraction,
    rational,
)

Enclosure = Callable[[], arb]
_HIGHEST_DEGREE = 60


@dataclass(slots=True, eq=False)
class Point:
    """A zero. `enclosure` gives a ball at flint's working precision; `exact` the value where it is a quotient of generators,
    `term` where it can be written otherwise; `zeros` are the keys of the factors that vanish."""

    enclosure: Enclosure
    exact: Ratio | None = None
    zeros: set[Any] = field(default_factory=set)
    term: Term | None = None


# --- zeros of a polynomial in one generator -------------------------------------------------------------------------------------


def zeros(r: Reading, p: Polynomial, k: int) -> list[Point]:
    """The real zeros of an irreducible polynomial in generator k, in increasing order. Raises `NotApplicable` where balls do
    not isolate them."""
    row = coefficients(p, k)
    if len(row) - 1 > _HIGHEST_DEGREE:
        raise NotApplicable("a polynomial of high degree")
    numbers = [constant_value(c) for c in row]
    if len(row) == 2:
        exact = -Ratio(row[0], CONTEXT.constant(1)) / Ratio(row[1], CONTEXT.constant(1))
        if enclose.sign(r.ring, row[1]) in (0, None):
            raise NotApplicable("a leading coefficient may be zero")
        return [Point(closed(r, exact), exact)]
    if all(c.is_zero() for c in row[1:-1]):
        found = _roots(r, row)
        if found is not None:
            return found
    if all(c is not None for c in numbers):
        return _rational_zeros(r, fmpq_poly([fmpq(c.numerator, c.denominator) for c in numbers if c is not None]).numer())
    return _ball_zeros(r, row)


def _roots(r: Reading, row: list[Polynomial]) -> list[Point] | None:
    """The real zeros of `a*t^n + b`; None where n is large or a sign is not found."""
    n = len(row) - 1
    u = -Ratio(row[0], CONTEXT.constant(1)) / Ratio(row[-1], CONTEXT.constant(1))
    sign = enclose.sign(r.ring, u.top * u.bottom)
    if n > 12 or not sign or not enclose.sign(r.ring, row[-1]):
        return None
    if sign < 0 and n % 2 == 0:
        return []
    size = kernels.root(r, u if sign > 0 else -u, n)
    exact = [size if sign > 0 else -size] if n % 2 else [-size, size]
    return [Point(closed(r, x), x) for x in exact]


def isolated(p: fmpz_poly, number: int) -> Term:
    """`root_of(t -> p, number)`: the real zeros are counted from 1 in increasing order."""
    t = Symbol("t")
    total: Term | None = None
    for d, c in reversed(list(enumerate(map(int, p.coeffs())))):
        if c:
            power: Term | None = None if d == 0 else var(t) if d == 1 else app("pow", var(t), num(d))
            size = num(abs(c))
            part = size if power is None else power if abs(c) == 1 else app("mul", size, power)
            if total is None:
                total = part if c > 0 else app("neg", part)
            else:
                total = app("add" if c > 0 else "sub", total, part)
    assert total is not None
    return app("root_of", bound("lambda", (t,), total), num(number))


def closed(r: Reading, u: Ratio) -> Enclosure:
    return lambda: enclose.quotient(r.ring, u, {})


def _rational_zeros(r: Reading, p: fmpz_poly) -> list[Point]:
    def enclosures() -> list[arb]:
        return sorted((z.real for z, _ in p.complex_roots() if z.imag.is_zero()), key=lambda b: fraction(b.mid().fmpq()))

    count = len(enclosures())
    points = [Point((lambda n=n: enclosures()[n]), None, set(), isolated(p, n + 1)) for n in range(count)]
    if p.degree() == 2 and count == 2:
        c, b, a = (rational(int(x)) for x in p.coeffs())
        _quadratic(r, points, a, b, c, p.coeffs()[2] > 0)
    return points


def _ball_zeros(r: Reading, row: list[Polynomial]) -> list[Point]:
    def enclosures() -> list[arb]:
        coefs = [enclose.polynomial(r.ring, c, {}) for c in row]
        if coefs[-1].contains(0):
            raise NotApplicable("a leading coefficient may be zero")
        try:
            made = acb_poly([acb(c) for c in coefs])
            found = [_refined(made, z) for z in made.roots()]
        except ValueError:
            raise NotApplicable("the zeros of a polynomial are not isolated") from None
        real = [z.real for z in found if z.imag.contains(0)]
        return sorted(real, key=lambda b: fraction(b.mid().fmpq()))

    for bits in PRECISIONS:
        with precision(bits):
            try:
                count = len(enclosures())
                break
            except NotApplicable:
                continue
            except NoEnclosure:
                raise NotApplicable("a coefficient cannot be enclosed") from None
    else:
        raise NotApplicable("the zeros of a polynomial are not isolated")
    points = [Point(lambda n=n: enclosures()[n]) for n in range(count)]
    if len(row) == 3 and count == 2:
        c, b, a = (Ratio(x, CONTEXT.constant(1)) for x in row)
        _quadratic(r, points, a, b, c, enclose.sign(r.ring, row[2]) == 1)
    return points


def _refined(f: acb_poly, z: acb) -> acb:
    """A smaller enclosure of a simple zero, by Newton's interval method (Moore, Kearfott and Cloud, Introduction to Interval Analysis, 2009, 8.1)."""
    while not z.is_exact():
        middle = acb(z.real.mid(), z.imag.mid())
        around = f(acb_poly([middle, 1]))  # About the middle the slope is enclosed well.
        below = around.derivative()(z - middle)
        if below.contains(0):
            break
        nearer = middle - around[0] / below
        if not nearer.rad() < z.rad() / 2:
            break
        z = nearer
    return z


def _quadratic(r: Reading, points: list[Point], a: Ratio, b: Ratio, c: Ratio, upward: bool) -> None:
    """Closed forms for the two zeros of a quadratic polynomial, in increasing order."""
    s = kernels.root(r, b * b - rational(4) * a * c, 2)
    for point, n in zip(points, (-1, 1) if upward else (1, -1), strict=True):
        point.exact = (rational(n) * s - b) / (rational(2) * a)
