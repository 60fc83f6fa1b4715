"""Plane regions along rays from the origin: circles through it, lines beside it, conics around it, lemniscates.

An edge whose polynomial has two homogeneous parts, P of degree m and Q of a higher degree n, is met once at the most by a ray: where
r^(n - m) == -P/Q in its direction. Between the directions in which a part is 0 or two edges meet, all that a condition compares has the same
sign from edge to edge.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, pairwise
from math import atan, atan2, cos, pi, sin
from typing import Any, NamedTuple

from flint import fmpz_poly

from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app
from twofold.grammar.term import Num, Symbol, Term, free_symbols, num, substitute, var
from twofold.symbolic.algebra.flint_matrices import Polynomials
from twofold.symbolic.arithmetic import minus, negate, over, plus, times
from twofold.symbolic.regions.coordinates import PI, Sector, in_round, joined
from twofold.symbolic.regions.curves import value
from twofold.symbolic.regions.given import Given
from twofold.symbolic.regions.region import Condition, Region, written
from twofold.symbolic.regions.strips import Strip

LARGEST = 200
"""Coefficients of forms up to which doubles tell their directions apart."""
NEAR = 1e-7
"""Directions that are closer together are taken for the same only if they are zeros of one form."""


class _Edge(NamedTuple):
    """The homogeneous parts of an irreducible polynomial, and their difference in degree."""

    low: Any
    high: Any
    order: int


class _Meeting(NamedTuple):
    """Where a ray meets an edge: the multiple of the point that tells the ray, and that to the power which is the order of the edge."""

    multiple: float
    power: Fraction
    edge: _Edge


@dataclass(frozen=True)
class _Direction:
    """An angle between -pi and pi, and the forms that are 0 there."""

    angle: float
    term: Term
    forms: tuple[Any, ...]


def along_rays(region: Region, given: Given) -> tuple[Term, tuple[Strip, ...]]:
    """The integrand with its factor, and the strips of r over those of the angle, for a region by two names. Raises `NotApplicable`."""
    x, y = region.names
    if given.names:
        raise NotApplicable("a region that depends on other names")
    ring = Polynomials([x, y])
    condition = Condition(region.condition, ring, total=given.strict)
    edges, forms = _parts(condition.polynomials)
    directions = sorted((d for f in forms for d in _zeros(f)), key=lambda d: d.angle)
    r, t = Symbol("r", "real", lower=num(0)), Symbol("t", "real")
    found: list[tuple[Sector, tuple[Strip, ...]]] = []
    for low, high in _sectors(directions):
        point = _between(low.angle, high.angle)
        sector = Sector(low.term, high.term, float(point[0]), float(point[1]))
        found.append((sector, tuple(_along(edges, condition, point, (*low.forms, *high.forms), r, t, ring))))
    c, s = app("cos", var(t)), app("sin", var(t))
    body = times(var(r), in_round(region.integrand, {x: times(var(r), c), y: times(var(r), s)}, r))
    return body, tuple(Strip(t, s.lower, s.upper, strips) for s, strips in joined(found) if strips)


def _parts(polynomials: list[Any]) -> tuple[list[_Edge], list[Any]]:
    """The edges, and the irreducible forms at whose zeros something may change."""
    edges: list[_Edge] = []
    forms: list[Any] = []
    for p in polynomials:
        for f, _ in p.factor()[1]:
            parts = _homogeneous(f)
            if len(parts) > 2:
                raise NotApplicable("an edge that a ray may meet more than once")
            (m, low), *rest = sorted(parts.items())
            forms.append(low)
            for n, high in rest:
                forms.append(high)
                if (edge := _Edge(low, high, n - m)) not in edges:
                    edges.append(edge)
    for a, b in combinations(edges, 2):
        forms.append((-a.low) ** b.order * b.high**a.order - (-b.low) ** a.order * a.high**b.order)
    irreducible = [f for p in forms if not p.is_zero() for f, _ in p.factor()[1]]
    return edges, [f for k, f in enumerate(irreducible) if f not in irreducible[:k]]


def _homogeneous(p: Any) -> dict[int, Any]:
    rows: dict[int, dict[tuple[int, ...], Any]] = {}
    for exponents, c in p.to_dict().items():
        rows.setdefault(sum(map(int, exponents)), {})[exponents] = c
    return {degree: p.context().from_dict(row) for degree, row in rows.items()}


def _zeros(form: Any) -> Iterator[_Direction]:
    """Both directions of every real line on which an irreducible form is 0. Raises `NotApplicable` for those that are no square roots."""
    row = [0] * (form.total_degree() + 1)  # Of the powers of y/x.
    for (_, k), c in form.to_dict().items():
        row[int(k)] = int(c)
    if len(row) > 3:
        if any(root.imag == 0 for root, _ in fmpz_poly(row).complex_roots()):
            raise NotApplicable("a direction that is no square root")
        return
    if max(map(abs, row)) > LARGEST:
        raise NotApplicable("edges too close to tell them apart")
    if row[-1] == 0:  # The form is x.
        half = over(PI, num(2))
        yield from (_Direction(-pi / 2, negate(half), (form,)), _Direction(pi / 2, half, (form,)))
    for size, term in _slopes(row):
        angle: Term = num(0) if size == 0 else negate(app("atan", negate(term))) if size < 0 else app("atan", term)
        yield _Direction(atan(size), angle, (form,))
        yield _Direction(atan(size) + (pi if size <= 0 else -pi), plus(PI, angle) if size <= 0 else minus(angle, PI), (form,))


def _slopes(row: list[int]) -> list[tuple[float, Term]]:
    """The real zeros of a polynomial of first or second degree, by its coefficients; none where the last of these is 0."""
    if row[-1] == 0:
        return []
    if len(row) == 2:
        c, b = row
        return [(-c / b, Num(Fraction(-c, b)))]
    c, b, a = row
    square = b * b - 4 * a * c
    root = app("sqrt", num(square))
    signs = (-1, 1) if square >= 0 else ()
    return [((-b + s * square**0.5) / (2 * a), over(plus(num(-b), times(num(s), root)), num(2 * a))) for s in signs]


def _sectors(directions: list[_Direction]) -> Iterator[tuple[_Direction, _Direction]]:
    """Neighbours among directions, all around; the whole circle where there is none."""
    if not directions:
        yield _Direction(-pi, negate(PI), ()), _Direction(pi, PI, ())
        return
    if any(b.angle - a.angle < NEAR for a, b in pairwise(directions)):
        raise NotApplicable("edges too close to tell them apart")
    first = directions[0]
    turned = _Direction(first.angle + 2 * pi, plus(first.term, times(num(2), PI)), first.forms)
    yield from pairwise([*directions, turned])


def _between(low: float, high: float) -> tuple[Fraction, Fraction]:
    """A short direction between two angles."""
    middle, width = (low + high) / 2, (high - low) / 2
    for size in (10, 1000, 10**6, 10**9):
        x, y = (Fraction(f(middle)).limit_denominator(size) for f in (cos, sin))
        away = abs((atan2(y, x) - middle + pi) % (2 * pi) - pi)
        if away < width / 2:
            return x, y
    raise NotApplicable("edges too close to tell them apart")


def _along(
    edges: list[_Edge],
    condition: Condition,
    point: tuple[Fraction, Fraction],
    ends: tuple[Any, ...],
    r: Symbol,
    t: Symbol,
    ring: Polynomials,
) -> Iterator[Strip]:
    """The strips along a ray, which is told by a point of it."""
    at = dict(enumerate(point))
    met = [(-value(e.low, at) / value(e.high, at), e) for e in edges]
    order = sorted((_Meeting(float(power) ** (1 / e.order), power, e) for power, e in met if power > 0), key=lambda m: m.multiple)
    rows: list[tuple[_Edge | None, _Edge | None]] = []
    for low, high in pairwise([None, *order, None]):
        multiple = _multiple(low, high)
        if not condition.holds_at({j: multiple * v for j, v in at.items()}):
            continue
        first, last = low and low.edge, high and high.edge
        if rows and rows[-1][1] == first:
            rows[-1] = (rows[-1][0], last)
        else:
            rows.append((first, last))
    for first, last in rows:
        if last is not None and any(f in ends for f, _ in last.high.factor()[1]):
            raise NotApplicable("an edge that runs to infinity")
        powers = [None if edge is None else _power(edge, t, ring) for edge in (first, last)]
        low = num(0) if first is None else _root(powers[0], first.order)
        high = None if last is None else _root(powers[1], last.order)
        yield Strip(r, low, high, facts=tuple(app("gt", p, num(0)) for p in powers if p is not None and free_symbols(p)))


def _multiple(low: _Meeting | None, high: _Meeting | None) -> Fraction:
    """A multiple of the point between two edges, or beyond the last one. Raises `NotApplicable` where they are too close together."""
    below = low.multiple if low else 0.0
    above = high.multiple if high else 2 * below + 1
    found = Fraction((below + above) / 2).limit_denominator(10**9)
    if found <= 0 or low and found**low.edge.order <= low.power or high and found**high.edge.order >= high.power:
        raise NotApplicable("edges too close to tell them apart")
    return found


def _power(edge: _Edge, t: Symbol, ring: Polynomials) -> Term:
    """The distance of an edge from the origin in the direction t, to the power that is its order."""
    return over(_of_angle(-edge.low, t, ring), _of_angle(edge.high, t, ring))


def _root(power: Term, order: int) -> Term:
    if order == 1:
        return power
    return app("sqrt", power) if order == 2 else app("pow", power, Num(Fraction(1, order)))


def _of_angle(form: Any, t: Symbol, ring: Polynomials) -> Term:
    """A form on the unit circle, where x^2 + y^2 is 1."""
    x, y = (ring.generators[s] for s in ring.symbols)
    square = x**2 + y**2
    while form.total_degree() > 1 and not (divided := divmod(form, square))[1]:
        form = divided[0]
    put = {ring.symbols[0]: app("cos", var(t)), ring.symbols[1]: app("sin", var(t))}
    return substitute(written(form, ring), put)
