"""Points of a line: the real zeros of polynomials in one function of the unknown, with enclosures to any precision.

The function is the unknown itself, or exp, log, a root, sine and cosine of something linear in it. Zeros of polynomials over
the rationals are isolated by FLINT; where constants such as pi occur in coefficients, balls are used, and what they cannot
separate is given up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from flint import acb, acb_poly, arb, fmpq, fmpq_poly, fmpz_poly

from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app, bound
from twofold.grammar.term import Const, Symbol, Term, num, var
from twofold.symbolic.equations import enclose, kernels
from twofold.symbolic.equations.bounds import factored
from twofold.symbolic.equations.enclose import PRECISIONS, NoEnclosure, precision
from twofold.symbolic.equations.reading import Reading
from twofold.symbolic.equations.ring import (
    CONTEXT,
    Polynomial,
    Ratio,
    Restart,
    coefficients,
    constant_value,
    fraction,
    key_of,
    rational,
    used,
)
from twofold.symbolic.equations.terms import term_of

Enclosure = Callable[[], arb]
_HIGHEST_DEGREE = 60
_PI = Const("pi")


@dataclass(slots=True, eq=False)
class Point:
    """A zero. `enclosure` gives a ball at flint's working precision; `exact` the value where it is a quotient of generators,
    `term` where it can be written otherwise; `zeros` are the keys of the factors that vanish."""

    enclosure: Enclosure
    exact: Ratio | None = None
    zeros: set[Any] = field(default_factory=set)
    term: Term | None = None


@dataclass(frozen=True, slots=True)
class Family:
    """Polynomials in one function of the unknown: `kind` as of its generator, `generators` (sine and cosine for `trig`), slope
    and offset of its linear argument."""

    kind: str
    generators: tuple[int, ...]
    slope: Ratio
    offset: Ratio


def family_of(r: Reading, p: Polynomial, x: int) -> Family | None:
    """The family that a factor belongs to; `None` where it mixes functions of the unknown."""
    ring = r.ring
    found = [k for k in used(p) if k == x or x in ring.generators[k].inside]
    if any(not (k == x or x in ring.generators[k].inside) and not enclose.is_constant(ring, k) for k in used(p)):
        return None
    kinds = {ring.generators[k].kind for k in found}
    if len(found) == 1 and found[0] == x:
        return Family("symbol", (x,), rational(1), rational(0))
    if not found or not (len(found) == 1 or kinds == {"sin", "cos"} and len(found) == 2):
        return None
    g = ring.generators[found[0]]
    if g.argument is None or not g.argument.bottom.is_constant() or any(ring.generators[k].argument != g.argument for k in found):
        return None
    row = coefficients(g.argument.top, x)
    scale = rational(1 / (constant_value(g.argument.bottom) or Fraction(1)))
    if len(row) != 2 or any(not enclose.is_constant(ring, k) for c in row for k in used(c)):
        return None
    slope, offset = (Ratio(c, CONTEXT.constant(1)) * scale for c in (row[1], row[0]))
    if kinds <= {"sin", "cos"}:
        key = next(key for key, k in ring.keys.items() if k == found[0])
        pair = tuple(ring.add((name, *key[1:]), replace(g, kind=name)) for name in ("sin", "cos"))
        return Family("trig", pair, slope, offset)
    return Family(g.kind, (found[0],), slope, offset) if g.kind in ("power", "log", "root") else None


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
        return [Point(_closed(r, exact), exact)]
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
    return [Point(_closed(r, x), x) for x in exact]


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


def _closed(r: Reading, u: Ratio) -> Enclosure:
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
            found = acb_poly([acb(c) for c in coefs]).roots()
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


def _quadratic(r: Reading, points: list[Point], a: Ratio, b: Ratio, c: Ratio, upward: bool) -> None:
    """Closed forms for the two zeros of a quadratic polynomial, in increasing order."""
    s = kernels.root(r, b * b - rational(4) * a * c, 2)
    for point, n in zip(points, (-1, 1) if upward else (1, -1), strict=True):
        point.exact = (rational(n) * s - b) / (rational(2) * a)


# --- to points of the line ------------------------------------------------------------------------------------------------------


def points_of(r: Reading, p: Polynomial, family: Family, window: tuple[Fraction, Fraction] | None) -> list[Point]:
    """The values of the unknown at which a factor vanishes (for sines and cosines: those in the window)."""
    if family.kind == "trig":
        if window is None:
            raise NotApplicable("infinitely many solutions")
        return _angles(r, p, family, window)
    k = family.generators[0]
    out = []
    for z in zeros(r, p, k):
        made = _inverse(r, z, family, r.ring.generators[k].index)
        if made is not None:
            made.zeros = {key_of(p)}
            out.append(made)
    return out


def _certain_sign(z: Enclosure) -> int:
    for bits in PRECISIONS:
        with precision(bits):
            v = z()
            if v > 0:
                return 1
            if v < 0:
                return -1
            if v.is_zero():
                return 0
    raise NotApplicable("the sign of a number is not found")


def _inverse(r: Reading, z: Point, family: Family, index: int) -> Point | None:
    """The unknown from the value of its function; `None` where the function does not take the value."""
    a, b, kind = family.slope, family.offset, family.kind
    if kind == "symbol":
        return z

    def enclosed(f: Callable[[arb], arb]) -> Enclosure:
        return lambda: (f(z.enclosure()) - enclose.quotient(r.ring, b, {})) / enclose.quotient(r.ring, a, {})

    def written(op: str, *more: Term) -> Term | None:
        if z.term is None:
            return None
        slope, offset = term_of(r.ring, a), term_of(r.ring, b)
        made: Term = app(op, z.term, *more)
        made = made if offset == num(0) else app("sub", made, offset)
        return made if slope == num(1) else app("div", made, slope)

    def closed(f: Callable[[Ratio], Ratio]) -> Ratio | None:
        if z.exact is None:
            return None
        try:
            with r.collecting():
                return (f(z.exact) - b) / a
        except Restart:
            # The closed form needs a finer step of some kernel than the formulas have.
            return None

    if kind == "power":
        if _certain_sign(z.enclosure) <= 0:
            return None
        return Point(enclosed(arb.log), closed(lambda u: kernels.logarithm(r, u)), term=written("log"))
    if kind == "log":
        return Point(enclosed(arb.exp), closed(lambda u: kernels.exponential(r, u)), term=written("exp"))
    if index % 2 == 0 and _certain_sign(z.enclosure) < 0:
        return None
    return Point(enclosed(lambda t: t**index), closed(lambda u: u**index), term=written("pow", num(index)))


# --- sines and cosines ----------------------------------------------------------------------------------------------------------


def _angles(r: Reading, p: Polynomial, family: Family, window: tuple[Fraction, Fraction]) -> list[Point]:
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
            base.append(((lambda z=z: 2 * z.enclosure().atan()) if exact is None else _closed(r, exact), exact))
    if enclose.sign(r.ring, at_pi) == 0:
        base.append((_closed(r, pi), pi))
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
            point = Point(_turned(r, angle, n, family) if made is None else _closed(r, made), made, {key})
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
