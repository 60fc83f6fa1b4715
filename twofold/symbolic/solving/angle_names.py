"""Closed forms for angles: which inverse function of which number a zero of a polynomial in sine and cosine is.

All zeros are among the candidates, so the one candidate whose enclosure meets that of the zero is it.
"""

from __future__ import annotations

from collections.abc import Iterator

from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app
from twofold.grammar.term import Const, Term, num
from twofold.symbolic.equations import enclose, kernels
from twofold.symbolic.equations.bounds import factored
from twofold.symbolic.equations.enclose import NoEnclosure, precision
from twofold.symbolic.equations.line import Line
from twofold.symbolic.equations.points import Point, zeros
from twofold.symbolic.equations.ring import CONTEXT, Polynomial, Ratio, coefficients, rational, used
from twofold.symbolic.equations.terms import term_of

_TURNS = 12


def named(line: Line, p: Point) -> Point:
    """The point with `exact` filled in where it is an angle with a closed form; otherwise as it is."""
    for key in p.zeros:
        family = line.families.get(key)
        if family is None or family.kind != "trig":
            continue
        f = next(f for _, parts in line.factors.values() for f, k, _ in parts if k == key)
        try:
            found = _matching(line, p, f, key)
        except (NotApplicable, NoEnclosure, ZeroDivisionError):
            continue
        if found is not None:
            return Point(lambda u=found: enclose.quotient(line.ring, u, {}), found, p.zeros)
    return p


def _matching(line: Line, p: Point, f: Polynomial, key: object) -> Ratio | None:
    family = line.families[key]
    assert family is not None
    pi = kernels.constant(line.reading, Const("pi"))
    with precision(192):
        place = p.enclosure()
        hits = []
        for base, turn in _candidates(line, f, family.generators):
            for n in sorted(range(-_TURNS, _TURNS + 1), key=abs):
                u = (base + rational(turn * n) * pi - family.offset) / family.slope
                if enclose.quotient(line.ring, u, {}).overlaps(place):
                    hits.append(u)
                    break
    return hits[0] if hits else None


def _candidates(line: Line, f: Polynomial, pair: tuple[int, ...]) -> Iterator[tuple[Ratio, int]]:
    """Angles at which a polynomial in sine and cosine vanishes, each with the half turns after which it does so again."""
    r = line.reading
    s, c = pair
    pi = kernels.constant(r, Const("pi"))
    inside = [k for k in used(f) if k in pair]
    if inside == [s]:
        for z in zeros(r, f, s):
            a = r.scalar(_inverse("asin", _term(line, z)))
            yield a, 2
            yield pi - a, 2
    elif inside == [c]:
        for z in zeros(r, f, c):
            a = r.scalar(_inverse("acos", _term(line, z)))
            yield a, 2
            yield -a, 2
    else:
        row = coefficients(f, s)
        if len(row) == 2 and not any(k in pair for k in used(row[1])):
            below = coefficients(row[0], c)
            if len(below) == 2 and below[0].is_zero():
                one = CONTEXT.constant(1)
                yield r.scalar(_inverse("atan", term_of(r.ring, -Ratio(below[1], one) / Ratio(row[1], one)))), 1
                return
        for z in _half_angles(line, f, s, c):
            yield rational(2) * r.scalar(_inverse("atan", _term(line, z))), 2


def _half_angles(line: Line, f: Polynomial, s: int, c: int) -> Iterator[Point]:
    """The zeros in t = tan(angle/2)."""
    t, one = CONTEXT.gen(s), CONTEXT.constant(1)
    total = max(int(m[s]) + int(m[c]) for m, _ in f.terms())
    half = CONTEXT.constant(0)
    for m, q in f.terms():
        rest = CONTEXT.from_dict({tuple(0 if k in (s, c) else int(d) for k, d in enumerate(m)): q})
        i, j = int(m[s]), int(m[c])
        half += rest * (2 * t) ** i * (one - t * t) ** j * (one + t * t) ** (total - i - j)
    for g, _ in factored(half)[1] if not half.is_zero() else []:
        if s in used(g):
            yield from zeros(line.reading, g, s)


def _term(line: Line, z: Point) -> Term:
    if z.exact is None:
        raise NotApplicable("no closed form")
    return term_of(line.ring, z.exact)


def _inverse(op: str, z: Term) -> Term:
    """An inverse function with the sign of a number in front: asin(-1/3) is -asin(1/3)."""
    from twofold.grammar.term import App, Num

    if op in ("asin", "atan"):
        if isinstance(z, Num) and z.value < 0:
            return app("neg", app(op, num(-z.value)))
        if isinstance(z, App) and z.op == "neg":
            return app("neg", app(op, z.args[0]))
    return app(op, z)
