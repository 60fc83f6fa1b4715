"""The roots of a polynomial in one name as functions of the others: the curves between which strips lie."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from flint import ctx, fmpq, fmpq_poly

from twofold.catalogue.method import NotApplicable
from twofold.grammar.term import App, Num, Term
from twofold.symbolic.algebra.flint_matrices import Polynomials
from twofold.symbolic.arithmetic import minus, negate, plus, power, times
from twofold.symbolic.rational_forms import RationalFunction

HIGHEST_PRECISION = 2000


def coefficients(p: Any, place: int) -> list[Any]:
    """The coefficients of the powers of one name, from the constant up, as polynomials in the others."""
    rows: dict[int, dict[tuple[int, ...], Any]] = {}
    for exponents, c in p.to_dict().items():
        rest = tuple(0 if k == place else e for k, e in enumerate(exponents))
        rows.setdefault(int(exponents[place]), {})[rest] = c
    context = p.context()
    return [context.from_dict(rows.get(k, {})) for k in range(max(rows, default=0) + 1)]


def value(p: Any, at: Mapping[int, Fraction]) -> Fraction:
    """The value of a polynomial where every name in it has one."""
    out = Fraction(0)
    for exponents, c in p.to_dict().items():
        term = Fraction(int(c))
        for k, e in enumerate(exponents):
            if e:
                term *= at[k] ** int(e)
        out += term
    return out


def real_roots(p: Any, place: int, at: Mapping[int, Fraction]) -> list[Any]:
    """Balls around the real roots in one name, the others given, in order; they are simple."""
    row = [value(c, at) for c in coefficients(p, place)]
    made = fmpq_poly([fmpq(c.numerator, c.denominator) for c in row])
    if made.degree() < 1:
        return []
    numerator = made.numer()
    return sorted((r.real for r, _ in numerator.complex_roots() if r.imag == 0), key=lambda r: float(r.mid()))


def apart(balls: list[Any]) -> bool:
    """Whether balls in order do not touch each other."""
    return all(a < b for a, b in zip(balls, balls[1:], strict=False))


def sorted_roots(polynomials: list[Any], place: int, at: Mapping[int, Fraction]) -> list[tuple[Any, Any, int]]:
    """The real roots of several polynomials without common ones, in order: each with its polynomial and number among its roots."""
    precision = ctx.prec
    while precision <= HIGHEST_PRECISION:
        with ctx.workprec(precision):
            found = [(r, p, k) for p in polynomials for k, r in enumerate(real_roots(p, place, at))]
            found.sort(key=lambda row: float(row[0].mid()))
            if apart([r for r, _, _ in found]):
                return found
        precision *= 2
    raise NotApplicable("curves that are too close to tell them apart")


def curve(p: Any, place: int, number: int, at: Mapping[int, Fraction], ring: Polynomials) -> Term:
    """The root with a number, in order at a point, as a function of the names before it. Raises `NotApplicable` where it is none that
    is written with a root."""
    row = coefficients(p, place)
    degree = len(row) - 1
    leading = row[-1]
    if degree == 1:
        return _quotient(-row[0], leading, ring)
    if degree == 2:
        c, b, a = row
        upper = (number == 1) == (value(a, at) > 0)
        inside, outside = _square_part(b * b - 4 * a * c, at)
        root = times(_quotient(outside, 2 * a, ring), App("sqrt", (_quotient(inside, ring.context.constant(1), ring),)))
        return (plus if upper else minus)(_quotient(-b, 2 * a, ring), root)
    if all(x.is_zero() for x in row[1:-1]):
        sign = -1 if -value(row[0], at) / value(leading, at) < 0 or degree % 2 == 0 and number == 0 else 1
        size = row[0] if -value(row[0], at) / value(leading, at) < 0 else -row[0]
        root = power(_quotient(size, leading, ring), Num(Fraction(1, degree)))
        return root if sign > 0 else negate(root)
    raise NotApplicable("a curve that is no root")


def _quotient(top: Any, bottom: Any, ring: Polynomials) -> Term:
    return Num(Fraction(0)) if top.is_zero() else RationalFunction(ring, top, bottom).cancelled()


def _square_part(p: Any, at: Mapping[int, Fraction]) -> tuple[Any, Any]:
    """A polynomial as R*S^2, with S positive at a point: R and S."""
    content, factors = p.factor()
    size = int(content)
    outside = p.context().constant(1)
    k = 2
    while k * k <= abs(size) and k < 1000:
        while size % (k * k) == 0:
            size //= k * k
            outside *= k
        k += 1
    inside = p.context().constant(size)
    for f, n in factors:
        inside *= f ** (n % 2)
        half = f ** (n // 2)
        outside *= half if value(half, at) > 0 else -half
    return inside, outside
