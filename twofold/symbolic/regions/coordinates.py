"""Regions that are simple in polar, cylindrical or spherical coordinates around a centre."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import atan2, cos, pi, sin, sqrt
from typing import Any, NamedTuple

from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Const, Num, Symbol, Term, Var, free_symbols, num, substitute, transform, var
from twofold.symbolic.algebra.flint_matrices import Polynomials
from twofold.symbolic.arithmetic import minus, negate, over, plus, product, times
from twofold.symbolic.regions.curves import coefficients, value
from twofold.symbolic.regions.given import Given
from twofold.symbolic.regions.region import Condition, Region, written
from twofold.symbolic.regions.strips import Strip, Strips

PI = Const("pi")
TURN = times(num(2), PI)
LARGEST = 10_000
"""Coefficients of lines and cones up to which doubles tell their angles apart."""


class _Edges(NamedTuple):
    """The edges whose sign depends on the direction alone, each by its number in the condition."""

    planes: dict[int, tuple[Fraction, ...]]
    """Lines and planes through the origin, by their coefficients."""
    cones: dict[int, tuple[Fraction, Fraction]]
    """(a, b) of a*(x^2 + y^2) + b*z^2."""


@dataclass(frozen=True)
class Sector:
    """Angles between two ends, and a direction in it as floats."""

    lower: Term
    upper: Term
    cosine: float
    sine: float


def centred(region: Region, pair: Sequence[Symbol], given: Sequence[Symbol]) -> Iterator[Region]:
    """The region with a circle, an ellipse, a cylinder or a sphere in its condition moved to the origin; as it is where there is none to move."""
    ring = Polynomials([*given, *region.names])
    places = [ring.symbols.index(s) for s in pair]
    seen: set[tuple[Term, ...]] = set()
    for p in Condition(region.condition, ring).polynomials:
        moves: list[Term] = []
        squares = [coefficients(p, k) for k in places]
        if any(len(row) != 3 for row in squares):
            continue
        for row in squares:
            made = _move(row, ring)
            if made is None or any(s in free_symbols(made) for s in region.names):
                break
            moves.append(made)
        key = tuple(moves)
        if len(moves) < len(pair) or key in seen or all(m == num(0) for m in moves):
            continue
        seen.add(key)
        put = {s: plus(var(s), m) for s, m in zip(pair, moves, strict=True)}
        yield Region(region.names, substitute(region.integrand, put), substitute(region.condition, put))
    if not seen:
        yield region


def _move(row: list[Any], ring: Polynomials) -> Term | None:
    if row[1].is_zero():
        return num(0)
    return over(written(-row[1], ring), written(2 * row[2], ring)) if row[2].is_constant() else None


def polar(region: Region, pair: tuple[Symbol, Symbol], given: Given) -> tuple[Term, tuple[Strip, ...]]:
    """The integrand with its factor, and the strips, with x and y as r*cos(t) and r*sin(t); a third name stays as it is.

    Raises `NotApplicable` where the condition is not one of r and of half-planes through the
    origin.
    """
    x, y = pair
    third = tuple(s for s in region.names if s not in pair)
    ring = Polynomials([*given.names, *region.names])
    condition = Condition(region.condition, ring, total=given.strict)
    r, t = Symbol("r", "real", lower=num(0)), Symbol("t", "real")
    radial = Polynomials([*given.names, *third, r])
    places = ring.symbols.index(x), ring.symbols.index(y)
    (lines, _), curves = _sorted(condition, places, radial)
    put = {x: times(var(r), app("cos", var(t))), y: times(var(r), app("sin", var(t)))}
    body = times(var(r), in_round(region.integrand, put, r))
    found: list[tuple[Sector, tuple[Strip, ...]]] = []
    for sector in sectors(lines.values()):
        signs = {p: float(a) * sector.cosine + float(b) * sector.sine for p, (a, b) in lines.items()}
        strips = _radial(condition, signs, curves, radial, given, [r, *third])
        found.append((sector, strips))
    return body, tuple(Strip(t, s.lower, s.upper, strips) for s, strips in joined(found) if strips)


def spherical(region: Region, given: Given) -> tuple[Term, tuple[Strip, ...]]:
    """The same for three names in a ball, a shell, or a part of one between planes through the origin and cones."""
    x, y, z = region.names
    ring = Polynomials([*given.names, *region.names])
    condition = Condition(region.condition, ring, total=given.strict)
    r, t, p = Symbol("r", "real", lower=num(0)), Symbol("t", "real"), Symbol("p", "real", lower=num(0))
    radial = Polynomials([*given.names, r])
    places = tuple(ring.symbols.index(s) for s in (x, y, z))
    (planes, cones), curves = _sorted(condition, places, radial)
    level = {q: row[2] for q, row in planes.items() if row[0] == row[1] == 0}
    upright = {q: row for q, row in planes.items() if q not in level}
    if any(row[2] != 0 for row in upright.values()):
        raise NotApplicable("a plane that is neither level nor upright")
    slopes = {-b / a for a, b in cones.values() if a != 0 and -b / a > 0}
    if any(max(k.numerator, k.denominator) > LARGEST for k in slopes):
        raise NotApplicable("edges too close to tell them apart")
    heights = _heights(bool(level), list(slopes))
    s, c = app("sin", var(p)), app("cos", var(p))
    put = {x: product([var(r), s, app("cos", var(t))]), y: product([var(r), s, app("sin", var(t))]), z: times(var(r), c)}
    body = product([app("pow", var(r), num(2)), s, in_round(region.integrand, put, r)])
    found: list[tuple[Sector, tuple[Strip, ...]]] = []
    for sector in sectors((row[0], row[1]) for row in upright.values()):
        rows: list[Strip] = []
        for low, high, angle in heights:
            height, width = cos(angle), sin(angle)
            signs = {q: float(c) * height for q, c in level.items()}
            signs |= {q: float(row[0]) * sector.cosine + float(row[1]) * sector.sine for q, row in upright.items()}
            signs |= {q: float(a) * width**2 + float(b) * height**2 for q, (a, b) in cones.items()}
            strips = _radial(condition, signs, curves, radial, given, [r])
            if strips and rows and rows[-1].upper == low and rows[-1].inside == strips:
                rows[-1] = Strip(p, rows[-1].lower, high, strips)
            elif strips:
                rows.append(Strip(p, low, high, strips))
        found.append((sector, tuple(rows)))
    return body, tuple(Strip(t, s.lower, s.upper, strips) for s, strips in joined(found) if strips)


def _heights(level: bool, slopes: list[Fraction]) -> list[tuple[Term, Term, float]]:
    """Polar angles from 0 to pi between planes and cones: their ends, and one between them. A slope is the square of the tangent."""
    ends: list[tuple[float, Term]] = [(0.0, num(0)), (pi, PI)]
    if level:
        ends.append((pi / 2, over(PI, num(2))))
    for k in slopes:
        angle = app("atan", app("sqrt", Num(k)))
        ends += [(atan2(sqrt(k), 1), angle), (pi - atan2(sqrt(k), 1), minus(PI, angle))]
    ends.sort(key=lambda row: row[0])
    return [(low, high, (a + b) / 2) for (a, low), (b, high) in pairwise(ends)]


def _sorted(condition: Condition, places: Sequence[int], radial: Polynomials) -> tuple[_Edges, dict[int, Any]]:
    """The polynomials of a condition: those whose sign depends on the direction alone, and those of r by their numbers."""
    edges = _Edges({}, {})
    curves: dict[int, Any] = {}
    for number, p in enumerate(condition.polynomials):
        made = _of_radius(p, places, condition.ring, radial)
        if made is not None:
            curves[number] = made
            continue
        rows = p.to_dict()
        powers = {tuple(int(e) for e in m): int(c) for m, c in rows.items()}
        if any(e for m in powers for k, e in enumerate(m) if k not in places):
            raise NotApplicable("an edge that is no ray")
        degrees = {sum(m) for m in powers}
        if degrees == {1}:
            edges.planes[number] = tuple(Fraction(next((c for m, c in powers.items() if m[k]), 0)) for k in places)
        elif len(places) == 3 and degrees == {2} and all(max(m) == 2 for m in powers):
            a, b, c = (Fraction(next((v for m, v in powers.items() if m[k]), 0)) for k in places)
            if a != b:
                raise NotApplicable("an edge that is no circular cone")
            edges.cones[number] = (a, c)
        else:
            raise NotApplicable("an edge that is no ray")
    return edges, curves


def _of_radius(p: Any, places: Sequence[int], ring: Polynomials, radial: Polynomials) -> Any | None:
    """A polynomial in the sum of the squares of some names as one in r; `None` for others."""
    first, *others = places
    context = ring.context
    gens = [ring.generators[s] for s in ring.symbols]
    alone = p
    for k in others:
        alone = coefficients(alone, k)[0]
    row = coefficients(alone, first)
    if any(not c.is_zero() for c in row[1::2]):
        return None
    square = sum((gens[k] ** 2 for k in places), context.constant(0))
    if sum((c * square**k for k, c in enumerate(row[::2])), context.constant(0)) != p:
        return None
    made = radial.context.constant(0)
    r = radial.generators[radial.symbols[-1]]
    for k, c in enumerate(row[::2]):
        for exponents, size in c.to_dict().items():
            term = radial.context.constant(int(size)) * r ** (2 * k)
            for j, e in enumerate(exponents):
                if e:
                    term *= radial.generators[ring.symbols[j]] ** int(e)
            made += term
    return made


def in_round(t: Term, put: Mapping[Symbol, Term], r: Symbol) -> Term:
    """A term with round coordinates for its names: what depends on the sum of their squares alone becomes one of r."""
    others = [s for s in free_symbols(t) if s not in put]
    ring, radial = Polynomials([*others, *put]), Polynomials([*others, r])
    places = [ring.symbols.index(s) for s in put]

    def changed(u: Term) -> Term | None:
        if isinstance(u, Var):
            return put.get(u.symbol)
        if not isinstance(u, App) or u.op not in ("add", "sub"):
            return None
        found = ring.polynomial(u)
        made = None if found is None else _of_radius(found[0], places, ring, radial)
        return None if made is None or found is None else over(written(made, radial), num(found[1]))

    return transform(t, changed)


def _radial(
    condition: Condition, signs: dict[int, float], curves: dict[int, Any], radial: Polynomials,
    given: Given, names: Sequence[Symbol],
) -> tuple[Strip, ...]:  # fmt: skip
    """The strips of r, and of a third name, in a direction in which the other edges have these signs."""
    place = len(radial.symbols) - 1

    def holds(at: dict[int, Fraction]) -> bool:
        return at[place] > 0 and condition.holds(lambda k: signs[k] if k in signs else value(curves[k], at))

    cells = Strips(radial, [*given.names, *names], [*curves.values(), radial.generators[radial.symbols[place]]])
    return cells.uniform(holds, given)


def sectors(lines: Iterable[tuple[Fraction, Fraction]]) -> list[Sector]:
    """The directions between lines a*x + b*y == 0; all of them where there is none."""
    lines = list(lines)
    if any(max(abs(a.numerator), abs(b.numerator), a.denominator, b.denominator) > LARGEST for a, b in lines):
        raise NotApplicable("edges too close to tell them apart")
    rays = {(atan2(y, x), (x, y)) for a, b in lines for x, y in ((-b, a), (b, -a))}
    order = [(round(angle, 12), way) for angle, way in sorted(rays)]
    order = [row for k, row in enumerate(order) if k == 0 or row[0] != order[k - 1][0]]
    if not order:
        return [Sector(num(0), TURN, 1.0, 0.0)]
    ends = [(angle, _angle(*way)) for angle, way in order]
    ends.append((ends[0][0] + 2 * pi, plus(ends[0][1], TURN)))
    return [Sector(low, high, cos((a + b) / 2), sin((a + b) / 2)) for (a, low), (b, high) in pairwise(ends)]


def _angle(x: Fraction, y: Fraction) -> Term:
    """The angle of a direction, between -pi and pi."""
    if y == 0:
        return num(0) if x > 0 else PI
    above: Term = over(PI, num(2)) if x == 0 else app("atan", Num(abs(y / x)))
    if x < 0:
        above = minus(PI, above)
    return above if y > 0 else negate(above)


def joined(found: list[tuple[Sector, tuple[Strip, ...]]]) -> list[tuple[Sector, tuple[Strip, ...]]]:
    """Sectors side by side with the same strips as one."""
    rows: list[tuple[Sector, tuple[Strip, ...]]] = []
    for sector, strips in found:
        if rows and rows[-1][1] == strips:
            rows[-1] = (Sector(rows[-1][0].lower, sector.upper, sector.cosine, sector.sine), strips)
        else:
            rows.append((sector, strips))
    if len(rows) > 1 and rows[0][1] == rows[-1][1]:
        # The last one goes on in the first.
        (first, strips), (last, _) = rows.pop(0), rows.pop()
        rows.append((Sector(minus(last.lower, TURN), first.upper, first.cosine, first.sine), strips))
    elif len(rows) == 1 and len(found) > 1:
        rows = [(Sector(num(0), TURN, 1.0, 0.0), rows[0][1])]
    return rows
