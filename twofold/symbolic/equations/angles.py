"""Zeros of polynomials in a sine and a cosine, inside a window."""

from __future__ import annotations

from fractions import Fraction

from flint import arb, fmpq, fmpq_poly, fmpz_poly

from twofold.catalogue.method import NotApplicable
from twofold.grammar.term import Const
from twofold.symbolic.equations import enclose, kernels
from twofold.symbolic.equations.bounds import factored
from twofold.symbolic.equations.enclose import precision
from twofold.symbolic.equations.family import Family
from twofold.symbolic.equations.points import Enclosure, Point, closed, zeros
from twofold.symbolic.equations.reading import Reading
from twofold.symbolic.equations.ring import (
    CONTEXT,
    Polynomial,
    Ratio,
    fraction,
    key_of,
    rational,
    used,
)

_PI = Const("pi")


def angles(r: Reading, p: Polynomial, family: Family, window: tuple[Fraction, Fraction]) -> list[Point]:
    """Zeros of a polynomial in the sine s and the cosine c of an angle, by the tangent of its half (and the angle pi by
    itself)."""
    s, c = family.generators
    total = max((int(m[s] + m[c]) for m in p.monoms()), default=0)
    t = CONTEXT.gen(s)
    one = CONTEXT.constant(1)
    half = CONTEXT.constant(0)
    at_pi = CONTEXT.constant(0)
    for m, q in p.terms():
        rest = CONTEXT.from_dict({tuple(0 if k in (s, c) else int(d) for k, d in enumerate(m)): q})
        i, j = int(m[s]), int(m[c])
        half += rest * (2 * t) ** i * (one - t * t) ** j * (one + t * t) ** (total - i - j)
        if i == 0:
            at_pi += rest * (-1) ** j
    base: list[tuple[Enclosure, Ratio | None]] = []
    pi = kernels.constant(r, _PI)
    for f, _ in factored(half)[1] if not half.is_zero() else []:
        if s not in used(f):
            if enclose.sign(r.ring, f) in (0, None):
                raise NotApplicable("a coefficient may be zero")
            continue
        for z in zeros(r, f, s):
            turn = _turn(p, family, z.enclosure)
            exact = rational(turn) * pi if turn is not None else None
            base.append(((lambda z=z: 2 * z.enclosure().atan()) if exact is None else closed(r, exact), exact))
    if enclose.sign(r.ring, at_pi) == 0:
        base.append((closed(r, pi), pi))
    elif enclose.sign(r.ring, at_pi) is None:
        raise NotApplicable("the sign of a number is not found")
    with precision(64):
        slope, offset = (fraction(enclose.quotient(r.ring, u, {}).mid().fmpq()) for u in (family.slope, family.offset))
    ends = sorted(slope * w + offset for w in window)
    turns = range(int(ends[0] / 6) - 2, int(ends[1] / 6) + 3)
    if len(turns) > 400:
        raise NotApplicable("very many solutions")
    out = []
    key = key_of(p)
    for angle, known in base:
        for n in turns:
            made = None if known is None else (known + rational(2 * n) * pi - family.offset) / family.slope
            point = Point(_turned(r, angle, n, family) if made is None else closed(r, made), made, {key})
            with precision(64):
                v = point.enclosure()
                low, high = fraction(v.lower().fmpq()), fraction(v.upper().fmpq())
            if high >= window[0] and low <= window[1]:
                out.append(point)
    return out


def _turned(r: Reading, angle: Enclosure, n: int, family: Family) -> Enclosure:
    return lambda: (
        (angle() + 2 * n * arb.pi() - enclose.quotient(r.ring, family.offset, {})) / enclose.quotient(r.ring, family.slope, {})
    )


def _turn(p: Polynomial, family: Family, half: Enclosure) -> Fraction | None:
    """The angle as a rational multiple of pi where it is one with a small denominator; checked exactly on roots of unity."""
    s, c = family.generators
    if any(k not in (s, c) for k in used(p)):
        return None
    with precision(128):
        guess = 2 * half().atan() / arb.pi()
    for d in (1, 2, 3, 4, 5, 6, 8, 10, 12):
        n = (guess * d).unique_fmpz()
        if n is not None and _vanishes(p, s, c, Fraction(int(n), d)):
            return Fraction(int(n), d)
    return None


def _vanishes(p: Polynomial, s: int, c: int, q: Fraction) -> bool:
    """Whether p(sin(q pi), cos(q pi)) is 0: as a polynomial in a primitive root of unity of order N = lcm(4, 2d), modulo the
    cyclotomic one."""
    d = q.denominator
    order = 4 * d
    modulus = fmpq_poly(fmpz_poly.cyclotomic(order))

    def root(k: int) -> fmpq_poly:
        return fmpq_poly([0] * (k % order) + [1]) % modulus

    turn = 2 * q.numerator  # exp(i q pi) = zeta^(2 numerator), i = zeta^d
    up, down, unit = root(turn), root(-turn), root(-d)
    cosine = (up + down) * fmpq(1, 2)
    sine = (up - down) * unit * fmpq(1, 2) % modulus
    total = fmpq_poly([0])
    for m, a in p.terms():
        total += a * _power(sine, int(m[s]), modulus) * _power(cosine, int(m[c]), modulus) % modulus
    return bool((total % modulus) == fmpq_poly([0]))


def _power(u: fmpq_poly, n: int, modulus: fmpq_poly) -> fmpq_poly:
    out = fmpq_poly([1])
    for _ in range(n):
        out = out * u % modulus
    return out
