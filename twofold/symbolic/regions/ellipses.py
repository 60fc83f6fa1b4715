"""Ellipses, ellipsoids and elliptic cylinders as round ones: their names are stretched by what makes the squares have the same coefficient."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isqrt
from typing import Any

from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app
from twofold.grammar.term import FALSE, TRUE, App, Symbol, Term, free_symbols, num, substitute, var
from twofold.symbolic.algebra.flint_matrices import Polynomials
from twofold.symbolic.arithmetic import over, product, times
from twofold.symbolic.rational_forms import is_rational, read_over
from twofold.symbolic.regions.curves import coefficients
from twofold.symbolic.regions.region import COMPARISONS, NO_POLYNOMIAL, Condition, Region, written


@dataclass(frozen=True)
class _Stretch:
    """sqrt(root)*factor/below for one name: a whole number, and two polynomials in the names that are given."""

    root: int
    factor: Any
    below: Any

    def term(self, ring: Polynomials) -> Term:
        quotient = over(written(self.factor, ring), written(self.below, ring))
        return times(app("sqrt", num(self.root)), quotient) if self.root != 1 else quotient

    def size(self, ring: Polynomials) -> Term:
        """The absolute value; numbers are positive."""
        is_number = self.factor.is_constant() and self.below.is_constant()
        return self.term(ring) if is_number else app("abs", self.term(ring))


def stretched(region: Region, names: Sequence[Symbol], given: Sequence[Symbol]) -> Iterator[Region]:
    """The region with some names in units of the half-axes of an ellipse around the origin in its condition. The names stand for the new ones."""
    ring = Polynomials([*given, *region.names])
    try:
        polynomials = Condition(region.condition, ring).polynomials
    except NotApplicable:
        return
    places = [ring.symbols.index(s) for s in names]
    seen: set[Term] = set()
    for p in polynomials:
        rows = [coefficients(p, k) for k in places]
        if any(len(row) != 3 or not row[1].is_zero() for row in rows):
            continue
        squares = [row[2] for row in rows]
        if all(c == squares[0] for c in squares) or any(_names(c, ring) & set(region.names) for c in squares):
            continue
        try:
            stretches = [_stretch(squares[0], c) for c in squares]
            condition = _of_stretched(region.condition, dict(zip(places, stretches, strict=True)), ring)
        except NotApplicable:
            continue
        if condition in seen:
            continue
        seen.add(condition)
        put = {s: times(by.term(ring), var(s)) for s, by in zip(names, stretches, strict=True)}
        yield Region(region.names, product([*(by.size(ring) for by in stretches), substitute(region.integrand, put)]), condition)


def _names(p: Any, ring: Polynomials) -> set[Symbol]:
    return {s for s, d in zip(ring.symbols, p.degrees(), strict=True) if d}


def _stretch(first: Any, c: Any) -> _Stretch:
    """What a name is multiplied by so that the coefficient of its square is the first one's. Raises `NotApplicable`."""
    content, factors = (first * c).factor()
    content = int(content)
    if content < 0 or any(e % 2 for _, e in factors):
        raise NotApplicable("no ellipse")
    root = first.context().constant(1)
    for f, e in factors:
        root *= f ** (e // 2)
    whole = isqrt(content)
    if whole**2 == content:
        content, root = 1, root * whole
    is_negative = c.is_constant() and int(c.leading_coefficient()) < 0
    return _Stretch(content, root, -c if is_negative else c)


def _of_stretched(t: Term, by: dict[int, _Stretch], ring: Polynomials) -> Term:
    """A condition in the stretched names. Raises `NotApplicable` where a square root would be left."""
    if t in (TRUE, FALSE):
        return t
    if isinstance(t, App) and t.op in ("and", "or", "not"):
        return App(t.op, tuple(_of_stretched(a, by, ring) for a in t.args), (), "truth")
    if not isinstance(t, App) or t.op not in COMPARISONS:
        raise NotApplicable("a condition that is no comparison")
    gap = app("sub", *t.args)
    found = read_over(gap, ring) if is_rational(gap, {}) and not set(free_symbols(gap)) - set(ring.symbols) else None
    if found is None:
        raise NotApplicable(NO_POLYNOMIAL)
    p = found[0] * found[1]  # Of the sign of the quotient.
    even = {k: -(-int(p.degrees()[k]) // 2) * 2 for k in by}
    out = ring.context.constant(0)
    for exponents, c in p.to_dict().items():
        part = ring.context.from_dict({exponents: c})
        for k, s in by.items():
            e = int(exponents[k])
            if s.root != 1 and e % 2:
                raise NotApplicable("a square root in an edge")
            part *= s.root ** (e // 2) * s.factor**e * s.below ** (even[k] - e)
        out += part
    return app(t.op, written(out.primitive()[1] if out else out, ring), num(0))
