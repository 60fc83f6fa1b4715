"""Polynomials in exponentials of imaginary terms as sines and cosines: exp(i*x) - 1 is 0 where sin(x/2) is."""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from flint import fmpq

from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Const, Term, num
from twofold.symbolic.normal import polynomials as P
from twofold.symbolic.normal.convert import Converter
from twofold.symbolic.normal.field import UNIT, Element
from twofold.symbolic.normal.polynomials import Mono, Poly
from twofold.symbolic.normal.raising import monomial, raised

TURNING = ("cis", "phase", "unit")
_HALF = Fraction(1, 2)


def in_waves(c: Converter, p: Poly) -> Term | None:
    """A real term with the zeros of a polynomial, without exponentials of imaginary terms; None where none is found."""
    kernels = c.field.kernels
    turning = {g for g in P.generators(p) if kernels[g][0] in TURNING and g != c.field.unit}
    if not turning or any(not isinstance(e, (int, Fraction)) for m in p for _, e in m):
        return None
    # Between its lowest and its highest powers a polynomial with the zeros of a real term is symmetric.
    middle = {g: sum(f([Fraction(dict(m).get(g, 0)) for m in p]) for f in (min, max)) / 2 for g in turning}
    lowered = P.scaled(p, fmpq(1), tuple(sorted((g, P.tidy(-e)) for g, e in middle.items() if e)))
    own = [Fraction(dict(m).get(c.field.unit, 0)) for m in p]
    for turn in dict.fromkeys((Fraction(0), _HALF, -(min(own) + max(own)) / 2)):
        out = _real(c, lowered, turn)
        if out is not None:
            return out
    return None


def between_zeros(c: Converter, p: Poly) -> bool:
    """Whether a sine or cosine has its angle between two neighbouring zeros: sin(t) is not 0 for 0 < t < pi."""
    f = c.field
    if len(p) != 2 or not all(f.kernels[g][0] in TURNING for g in P.generators(p)):
        return False
    wave = in_waves(c, p)
    if not isinstance(wave, App) or wave.op not in ("sin", "cos"):
        return False
    angle = c(wave.args[0])
    if any(f.kernels[g][0] == "sym" and not c.signs.is_bounded(g) for g in P.generators(angle.num)):
        return False
    pi = c(Const("pi"))
    turns = f.div(angle, pi)

    def beyond(quarter: int, way: int) -> bool:
        gap = f.mul(f.mul(f.sub(turns, f.number(Fraction(quarter, 4))), pi), f.number(way))
        return len(gap.den) == 1 and bool(gap.num) and c.signs.of(gap.num) == "+"

    shift = 2 * (wave.op == "cos")
    return any(
        any(beyond(k + q, 1) for q in range(4)) and any(beyond(k + q, -1) for q in range(4, 0, -1))
        for k in range(-8 - shift, 8, 4)
    )


def _real(c: Converter, p: Poly, turn: Fraction) -> Term | None:
    """A polynomial times (-1)^turn as a sum of sines and cosines, where every term stands beside its conjugate."""
    left: dict[tuple[Mono, Mono], tuple[fmpq, Fraction]] = {}
    for m, v in p.items():
        wave = tuple((g, e) for g, e in m if c.field.kernels[g][0] in TURNING and g != c.field.unit)
        rest = tuple((g, e) for g, e in m if c.field.kernels[g][0] not in TURNING)
        if (rest, wave) in left:
            return None
        left[rest, wave] = v, Fraction(dict(m).get(c.field.unit, 0)) + turn
    parts: list[tuple[fmpq, Term]] = []
    while left:
        (rest, wave), (v, turned) = left.popitem()
        if wave:
            other = left.pop((rest, P.mono_pow(wave, -1)), None)
            if other is None:
                return None
            # v*(-1)^turned*exp(i*u) + w*(-1)^s*exp(-i*u) is real where w = ±v and turned + s is 0 or 1 modulo 2 with it.
            w, s = other
            if abs(v) != abs(w) or (turned + s + (v != w)) % 2:
                return None
            size, body = _wave(c, wave, turned)
            v *= size
        elif turned % 1:
            return None
        else:
            v, body = (-v if turned % 2 else v), None
        outside = monomial(c, rest) if rest else None
        whole = outside if body is None else body if outside is None else app("mul", outside, body)
        parts.append((v, num(1) if whole is None else whole))
    return _total(parts)


def _total(parts: list[tuple[fmpq, Term]]) -> Term:
    """A sum up to a constant factor."""
    common = P.content({((k, 1),): v for k, (v, _) in enumerate(parts)})
    parts = sorted(parts, key=lambda x: (x[1] == num(1), str(x[1])))
    common = -common if parts[0][0] < 0 else common
    out: Term | None = None
    for v, body in parts:
        value = Fraction(int((v / common).p), int((v / common).q))
        size = abs(value)
        part = body if size == 1 else num(size) if body == num(1) else app("mul", num(size), body)
        out = part if out is None else app("add" if value > 0 else "sub", out, part)
    assert out is not None
    return out


def _wave(c: Converter, wave: Mono, turned: Fraction) -> tuple[int, Term]:
    """exp(i*u)*(-1)^turned and its conjugate, added: a factor, and a sine or cosine."""
    u, flipped = _angle(c, wave)
    turned = -turned if flipped else turned
    quarter = (2 * turned) % 4
    if quarter.denominator != 1:
        return 2, app("cos", app("add", u, app("mul", num(turned % 2), Const("pi"))))
    return (2, -2, -2, 2)[int(quarter)], app("cos" if quarter % 2 == 0 else "sin", u)


def _angle(c: Converter, wave: Mono) -> tuple[Term, bool]:
    """An angle, or its opposite where that begins without a sign."""
    f = c.field
    parts = []
    for g, e in wave:
        key = f.kernels[g]
        if key[0] == "cis":
            part = f.made({key[1]: fmpq(1)}, dict(key[2]) if key[2] is not None else UNIT)
        else:
            part = Element(dict(key[1][0]), dict(key[1][1]))
        parts.append(f.mul(part, f.number(Fraction(e))))
    total = f.sum(parts)
    below = lcm(*(int(v.q) for v in total.num.values()))
    first = min(total.num, key=lambda m: (-sum(float(e) for _, e in m), [(g, -float(e)) for g, e in m]))
    flipped = total.num[first] < 0
    total = f.neg(total) if flipped else total
    whole = raised(c, Element(P.scaled(total.num, fmpq(below)), total.den))
    return (whole if below == 1 else app("div", whole, num(below))), flipped


__all__ = ["TURNING", "in_waves"]
