"""A quotient of polynomials in kernels reduced by the relations between these, and written in several ways."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Num, Term, num
from twofold.symbolic.arithmetic import minus, negate, over, plus, power, times
from twofold.symbolic.equations.ring import (
    CONTEXT,
    ONE,
    Polynomial,
    Ratio,
    Ring,
    coefficients,
    constant_value,
    fraction,
    ratio,
    rational,
    used,
)
from twofold.symbolic.kernel_writing import Writer, fmpq_of, whole

MOST_TERMS = 300


class Forms(Writer):
    """The forms of one value."""

    def __init__(self, ring: Ring, value: Ratio) -> None:
        super().__init__(ring)
        self.value = value
        self.angles = self._angles()

    def _angles(self) -> list[tuple[int, int]]:
        """The pairs of a sine and a cosine of the same angle."""
        found = []
        for key, k in list(self.ring.keys.items()):
            if isinstance(key, tuple) and key and key[0] == "sin" and ("cos", *key[1:]) in self.ring.keys:
                found.append((k, self.ring.keys["cos", *key[1:]]))
        return found

    def all(self) -> Iterator[Term]:
        seen = set()
        for flip in (False, True):
            u = self.reduced(self.value, flip)
            if u.key in seen:
                continue
            seen.add(u.key)
            if len(u.top) > MOST_TERMS or len(u.bottom) > MOST_TERMS:
                continue
            yield self.quotient(u)
            yield self.quotient(u, factors=True)
            if self.angles:
                yield self.tangents(u)
                multiple = self.multiples(u)
                if multiple is not None:
                    yield multiple
            hyperbolic = self.hyperbolic(u)
            if hyperbolic is not None:
                yield hyperbolic
            joined = self.joined_logs(u)
            if joined is not None:
                yield joined

    # --- reduction ---

    def reduced(self, u: Ratio, flip: bool) -> Ratio:
        """By sin^2 + cos^2 = 1 (squares of sines, or with `flip` of cosines, go) and by the powers of roots."""
        top, bottom = u.top, u.bottom
        for s, c in self.angles:
            a, b = (c, s) if flip else (s, c)
            square = ONE - CONTEXT.gen(b) ** 2
            top, bottom = _low(top, a, 2, square), _low(bottom, a, 2, square)
        out = ratio(top, bottom) if not bottom.is_zero() else u
        for k, g in enumerate(self.ring.generators):
            if g.kind == "root" and g.argument is not None and (k in used(out.top) or k in used(out.bottom)):
                inside = g.argument
                if inside.bottom.is_constant():
                    c = constant_value(inside.bottom) or Fraction(1)
                    radicand = inside.top / CONTEXT.constant(fmpq_of(c)).leading_coefficient()
                    top, bottom = _low(out.top, k, g.index, radicand), _low(out.bottom, k, g.index, radicand)
                    if bottom.is_zero():
                        continue
                    if g.index == 2 and k in used(bottom):
                        # a + b*r below: multiply by a - b*r.
                        row = coefficients(bottom, k)
                        if len(row) == 2:
                            other = row[0] - row[1] * CONTEXT.gen(k)
                            below = row[0] * row[0] - row[1] * row[1] * radicand
                            if not below.is_zero():
                                top, bottom = _low(top * other, k, 2, radicand), below
                    out = ratio(top, bottom)
        return out

    # --- special shapes ---

    def rooted(self, u: Ratio) -> Term | None:
        """A product over one denominator with roots that are factors above put to the powers below of what is under them."""
        top, bottom, below = u.top, u.bottom, []
        for k in used(top):
            g = self.ring.generators[k]
            if (
                g.kind != "root"
                or g.index != 2
                or g.argument is None
                or not g.argument.bottom.is_constant()
                or not self._squarefree(g)
            ):
                continue
            rest, left = divmod(top, CONTEXT.gen(k))
            count, lower = _times_in(g.argument.top, bottom)
            if left.is_zero() and count:
                scale = constant_value(g.argument.bottom) or Fraction(1)
                top, bottom = rest, lower * fmpq_of(scale**count)
                inside = self.quotient(g.argument)
                below.append(app("sqrt", inside) if count == 1 else power(inside, Num(Fraction(2 * count - 1, 2))))
        if not below:
            return None
        out = self.quotient(ratio(top, bottom), factors=True)
        for t in below:
            out = over(out, t)
        return out

    def tangents(self, u: Ratio) -> Term:
        """Powers of a sine over a cosine as those of the tangent."""
        s, c = self.angles[0]
        c0, top, bottom = whole(u)
        if len(top) == 1 and len(bottom) == 1:
            (m, _), (n, _) = next(iter(top.terms())), next(iter(bottom.terms()))
            d = min(int(m[s]), int(n[c]))
            if d > 0:
                argument = self.ring.generators[s].argument
                assert argument is not None
                tangent = app("tan", self.quotient(argument))
                tangent = tangent if d == 1 else power(tangent, num(d))
                rest = Ratio(top, bottom) * (Ratio(CONTEXT.gen(c), ONE) / Ratio(CONTEXT.gen(s), ONE)) ** d * rational(c0)
                other = self.quotient(rest)
                return tangent if other == num(1) else app("mul", other, tangent)
        return self.quotient(u)

    def multiples(self, u: Ratio) -> Term | None:
        """A polynomial in sines and cosines as a sum of sines and cosines of sums of the angles."""
        inside = {k for pair in self.angles for k in pair}
        if inside & set(used(u.bottom)):
            return None
        waves: dict[tuple[int, ...], dict[tuple[int, ...], tuple[Fraction, Fraction]]] = {}
        for m, q in u.top.terms():
            if sum(int(m[k]) for k in inside) > 10:
                return None
            rest = tuple(0 if k in inside else int(d) for k, d in enumerate(m))
            for v, (a, b) in _waves([(int(m[s]), int(m[c])) for s, c in self.angles]).items():
                row = waves.setdefault(v, {})
                old = row.get(rest, (Fraction(0), Fraction(0)))
                row[rest] = old[0] + a * fraction(q), old[1] + b * fraction(q)
        parts: list[Term] = []
        for v, row in sorted(waves.items(), key=lambda item: (sum(map(abs, item[0])), item[0])):
            if next((n for n in v if n), 0) < 0:
                continue
            double = 2 if any(v) else 1
            for kind, place, sign in (("cos", 0, 1), ("sin", 1, -1)):
                p = CONTEXT.from_dict({m: fmpq_of(sign * double * q[place]) for m, q in row.items() if q[place]})
                if p.is_zero():
                    continue
                factor = ratio(p, u.bottom)
                if not any(v):
                    parts.append(self.quotient(factor))
                    continue
                angle = rational(0)
                for n, (s, _) in zip(v, self.angles, strict=True):
                    angle = angle + rational(n) * self.ring.generators[s].argument  # type: ignore[operator]
                parts.append(_times(self.quotient(factor), app(kind, self.quotient(angle))))
        out: Term | None = None
        for t in sorted(parts, key=_is_negative):
            out = t if out is None else minus(out, negate(t)) if _is_negative(t) else plus(out, t)
        return num(0) if out is None else out

    def hyperbolic(self, u: Ratio) -> Term | None:
        """(E^2 + 1)/E and (E^2 - 1)/E as hyperbolic functions."""
        powers = [
            k for k, g in enumerate(self.ring.generators) if g.kind == "power" and (k in used(u.top) or k in used(u.bottom))
        ]
        if len(powers) != 1:
            return None
        e = CONTEXT.gen(powers[0])
        argument = self.ring.generators[powers[0]].argument
        assert argument is not None
        x = self.quotient(argument)
        for f, op in ((e * e + 1, "cosh"), (e * e - 1, "sinh")):
            rest = u * Ratio(e, f * 2) if not f.is_zero() else u
            if powers[0] not in used(rest.top) and powers[0] not in used(rest.bottom):
                other = self.quotient(rest * rational(4))
                return app(op, x) if other == num(1) else _times(other, app(op, x))
        tanh = u * Ratio(e * e + 1, e * e - 1)
        if powers[0] not in used(tanh.top) and powers[0] not in used(tanh.bottom):
            other = self.quotient(tanh)
            return app("tanh", x) if other == num(1) else _times(other, app("tanh", x))
        return None

    def joined_logs(self, u: Ratio) -> Term | None:
        """A sum of whole multiples of logarithms as one logarithm."""
        logs = [k for k in used(u.top) if self.ring.generators[k].kind == "log"]
        if not u.bottom.is_constant() or len(logs) < 2:
            return None
        scale = constant_value(u.bottom) or Fraction(1)
        inside, rest = rational(1), dict[tuple[int, ...], Any]()
        for m, q in u.top.terms():
            occurring = [k for k, d in enumerate(m) if d]
            n = fraction(q) / scale
            if len(occurring) == 1 and occurring[0] in logs and m[occurring[0]] == 1 and n.denominator == 1 and abs(n) < 20:
                argument = self.ring.generators[occurring[0]].argument
                assert argument is not None
                inside = inside * argument ** int(n)
            else:
                rest[tuple(map(int, m))] = q
        joined = app("log", self.quotient(inside, factors=True))
        if not rest:
            return joined
        other = self.quotient(ratio(CONTEXT.from_dict(rest), u.bottom))
        return plus(other, joined)


def _times(a: Term, b: Term) -> Term:
    """A product with the fraction bar last: sin(2x)/2."""
    if isinstance(a, App) and a.op == "neg":
        return negate(_times(a.args[0], b))
    if isinstance(a, Num) and a.value < 0:
        return negate(_times(num(-a.value), b))
    if isinstance(a, Num) and a.value.numerator == 1 and a.value.denominator != 1:
        return over(b, num(a.value.denominator))
    if isinstance(a, App) and a.op == "div":
        top = b if a.args[0] == num(1) else app("mul", a.args[0], b)
        return app("div", top, a.args[1])
    return times(a, b)


def _low(p: Polynomial, k: int, n: int, value: Polynomial) -> Polynomial:
    """A polynomial with the n-th power of generator k replaced."""
    row = coefficients(p, k)
    if len(row) <= n:
        return p
    out = CONTEXT.constant(0)
    for d, c in enumerate(row):
        out += c * CONTEXT.gen(k) ** (d % n) * value ** (d // n)
    return _low(out, k, n, value) if k in used(value) else out


def _times_in(f: Polynomial, p: Polynomial) -> tuple[int, Polynomial]:
    """How often a polynomial is a factor of another one, and what is left of that."""
    count = 0
    while not f.is_constant():
        quotient, rest = divmod(p, f)
        if not rest.is_zero():
            break
        count, p = count + 1, quotient
    return count, p


def _is_negative(t: Term) -> bool:
    return isinstance(t, Num) and t.value < 0 or isinstance(t, App) and t.op == "neg"


def _waves(powers: list[tuple[int, int]]) -> dict[tuple[int, ...], tuple[Fraction, Fraction]]:
    """A product of powers of sines and cosines as a Laurent polynomial in exp(i*angle): complex coefficients by exponents."""
    poly: dict[tuple[int, ...], tuple[Fraction, Fraction]] = {tuple(0 for _ in powers): (Fraction(1), Fraction(0))}
    half = Fraction(1, 2)
    for place, (i, j) in enumerate(powers):
        for sine in [True] * i + [False] * j:
            new: dict[tuple[int, ...], tuple[Fraction, Fraction]] = {}
            for v, (a, b) in poly.items():
                for step in (1, -1):
                    w = (*v[:place], v[place] + step, *v[place + 1 :])
                    # sin = (z - 1/z)/(2i): the factors -i/2 and i/2.
                    c = (b * half * step, -a * half * step) if sine else (a * half, b * half)
                    old = new.get(w, (Fraction(0), Fraction(0)))
                    new[w] = old[0] + c[0], old[1] + c[1]
            poly = new
    return {v: c for v, c in poly.items() if c != (0, 0)}
