"""Shorter forms through our own normal form: an expression is read as a quotient of polynomials in kernels (sines and cosines of
single angles, exponentials, logarithms, roots), reduced by the relations between these, and written back in several ways. The
shortest is taken. Real numbers only; what the reading does not know stays as it is inside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from math import gcd, lcm
from typing import Any

from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Array, Bound, Const, Num, Symbol, Term, Var, num, substitute, subterms, transform, var
from twofold.symbolic.arithmetic import minus, negate, over, plus, power, times
from twofold.symbolic.context import Context
from twofold.symbolic.equations.bounds import factored
from twofold.symbolic.equations.reading import Reading
from twofold.symbolic.equations.ring import (
    CONTEXT,
    ONE,
    Generator,
    Polynomial,
    Ratio,
    Restart,
    Ring,
    coefficients,
    constant_value,
    fraction,
    ratio,
    rational,
    used,
)

_MOST_READINGS = 8
_MOST_TERMS = 300


_DIRECT, _INVERSE = frozenset("sin cos tan".split()), frozenset("asin acos atan".split())


def place(t: Term) -> tuple[int, int, int]:
    """The order in which forms are preferred: short ones, then products, then those without fractions."""
    parts = [x.op for x in subterms(t) if isinstance(x, App)]
    return weight(t), sum(op in ("add", "sub") for op in parts), parts.count("div")


def weight(t: Term) -> int:
    """How long a term reads: its nodes, functions and powers twice, digits a little."""
    total, stack = 0, [t]
    while stack:
        x = stack.pop()
        if isinstance(x, Num):
            total += 1 + max(0, abs(x.value.numerator).bit_length() - 10) // 7 + (x.value.denominator != 1)
        elif isinstance(x, (Var, Const)):
            total += 1
        elif isinstance(x, Array):
            stack.extend(c for row in x.rows for c in row)
        elif isinstance(x, App):
            total += 1 if x.op in ("add", "sub", "mul", "div", "neg") else 2
            if x.op in _DIRECT and isinstance(x.args[0], App) and x.args[0].op in _INVERSE:
                # cos(atan(x)) is algebraic: the root is what is expected.
                total += 6
            stack.extend(x.args)
        elif isinstance(x, Bound):
            total += 3
            stack += [x.body, *x.args]
    return total


def forms(t: Term, context: Context) -> Iterator[Term]:
    """Equal forms of a scalar term. Raises `NotApplicable` where it is not read as a quotient."""
    protected: dict[Term, Symbol] = {}
    inner = transform(t, lambda x: _protected(x, protected, context))
    back = {s: x for x, s in protected.items()}
    ring, value = _read(inner, context, {})
    for f in _Forms(ring, value).all():
        yield substitute(f, back) if back else f
    halves = {k: v / 2 for k, v in ring.steps.items() if isinstance(k, tuple) and k[0] == "trig"}
    if halves:
        ring, value = _read(inner, context, {**ring.steps, **halves})
        for f in _Forms(ring, value).all():
            yield substitute(f, back) if back else f


def near(t: Term, context: Context) -> Iterator[Term]:
    """Equal forms of a scalar term that keep its angles: the sum with its common factor taken out, the sum, and the product over one
    denominator, also with its roots below. Raises `NotApplicable`."""
    protected: dict[Term, Symbol] = {}
    inner = transform(t, lambda x: _protected(x, protected, context))
    back = {s: x for x, s in protected.items()}
    ring, value = _read(inner, context, {})
    written = _Forms(ring, value)
    seen = set()
    for flip in (False, True) if written.angles else (False,):
        u = written.reduced(value, flip)
        if u.key in seen or len(u.top) > _MOST_TERMS or len(u.bottom) > _MOST_TERMS:
            continue
        seen.add(u.key)
        # A monomial over another one is the same in every form.
        writers = (written.shared, written.sum, written.product) if max(len(u.top), len(u.bottom)) > 1 else (written.sum,)
        parts = _whole(u)
        rooted = written.rooted(u)
        for f in dict.fromkeys((*(written.of(parts, write) for write in writers), *([] if rooted is None else [rooted]))):
            yield substitute(f, back) if back else f


def joined(t: Term, context: Context) -> Term | None:
    """A sum of logarithms as one, `None` where there are not two. Raises `NotApplicable`."""
    ring, value = _read(t, context, {})
    return _Forms(ring, value).joined_logs(value)


def _read(t: Term, context: Context, steps: dict[object, Fraction]) -> tuple[Ring, Ratio]:
    for _ in range(_MOST_READINGS):
        ring = Ring(steps=steps)
        reading = Reading(ring, context, "plain")
        try:
            value = reading.scalar(t)
        except Restart:
            steps = ring.steps
            continue
        if any(g.kind in ("cases", "imaginary") for g in ring.generators):
            raise NotApplicable("a function with branches")
        return ring, value
    raise NotApplicable("the multiples of an angle or exponent have no common measure")


def _protected(t: Term, known: dict[Term, Symbol], context: Context) -> Term | None:
    """Absolute values as names of their own (or without their bars where the sign is known); the larger and the smaller of two by the
    absolute value of their difference."""
    if not isinstance(t, App) or t.shape:
        return None
    if t.op == "abs":
        u = t.args[0]
        if not all(isinstance(x, (Num, Const, Var, App)) for x in subterms(u)):
            return None
        sign = _sign(u, context)
        if sign is not None:
            return u if sign > 0 else negate(u)
        size, key = _scaled(u, context)
        if key not in known:
            known[key] = Symbol(f"abs_{len(known)}", "real", lower=num(0))
        return var(known[key]) if size == 1 else times(Num(size), var(known[key]))
    if t.op in ("max", "min") and len(t.args) == 2:
        a, b = t.args
        gap = _protected(app("abs", minus(a, b)), known, context)
        if gap is not None:
            return over(plus(plus(a, b), gap) if t.op == "max" else minus(plus(a, b), gap), num(2))
    return None


def _scaled(u: Term, context: Context) -> tuple[Fraction, Term]:
    """abs(u) as a positive number times the absolute value of something without rational factors: abs(-2x) is 2*abs(x)."""
    try:
        ring, value = _read(u, context, {})
    except NotApplicable:
        return Fraction(1), app("abs", u)
    c, top, bottom = _whole(value)
    return abs(c), app("abs", _Forms(ring, ratio(top, bottom)).quotient(ratio(top, bottom)))


def _sign(u: Term, context: Context) -> int | None:
    """1 where a term is never negative, -1 where it is never positive, as the declarations say."""
    ring = Ring()
    reading = Reading(ring, context, "plain")
    try:
        value = reading.scalar(u)
        signs = reading.bounds.sign(value.top * value.bottom)
    except (NotApplicable, Restart):
        return None
    return 1 if signs <= {0, 1} else -1 if signs <= {0, -1} else None


class _Forms:
    def __init__(self, ring: Ring, value: Ratio) -> None:
        self.ring = ring
        self.value = value
        self.angles = self._angles()
        self._monomials: dict[tuple[tuple[int, int], ...], Term] = {}
        self._generators: dict[int, Term] = {}

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
            if len(u.top) > _MOST_TERMS or len(u.bottom) > _MOST_TERMS:
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
                    radicand = inside.top / CONTEXT.constant(_q(c)).leading_coefficient()
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

    # --- writing ---

    def quotient(self, u: Ratio, factors: bool = False) -> Term:
        return self.of(_whole(u), self.product if factors else self.sum)

    def of(self, parts: tuple[Fraction, Polynomial, Polynomial], write: Callable[[Polynomial], Term]) -> Term:
        """A quotient, given as `_whole` takes it apart, with numerator and denominator written by a rule."""
        c, top, bottom = parts
        if c < 0 and len(bottom) > 1 and any(fraction(x) < 0 for x in bottom.coeffs()):
            c, bottom = -c, -bottom
        above, below = write(top), num(1) if bottom.is_one() else write(bottom)
        made = over(above, below) if below != num(1) else above
        if c == 1:
            return made
        size = abs(c)
        if below == num(1) and isinstance(above, Num):
            return Num(c * above.value)
        above = above if size.numerator == 1 else times(num(size.numerator), above) if above != num(1) else num(size.numerator)
        lower = (
            below if size.denominator == 1 else times(num(size.denominator), below) if below != num(1) else num(size.denominator)
        )
        made = over(above, lower) if lower != num(1) else above
        return negate(made) if c < 0 else made

    def product(self, p: Polynomial) -> Term:
        c, found = factored(p)
        plain: dict[int, int] = {}
        parts: list[Term] = []
        for f, e in found:
            k = used(f)[0]
            if len(f) == 1 and f == CONTEXT.gen(k):
                plain[k] = plain.get(k, 0) + e
                continue
            scale = lcm(*(fraction(x).denominator for x in f.coeffs()))
            c = c / Fraction(scale) ** e
            t = self.sum(f * scale)
            parts.append(t if e == 1 else power(t, num(e)))
        mono = self.monomial(plain)
        out: Term | None = None if mono == num(1) and parts else mono
        for t in parts:
            out = t if out is None else app("mul", out, t)
        assert out is not None
        if c == 1:
            return out
        if out == num(1):
            return Num(c)
        size = abs(c)
        out = times(num(size.numerator), out) if size.numerator != 1 else out
        out = app("div", out, num(size.denominator)) if size.denominator != 1 else out
        return negate(out) if c < 0 else out

    def shared(self, p: Polynomial) -> Term:
        """A sum with the powers that all its terms have in front of it."""
        rows = [tuple(map(int, m)) for m in p.monoms()]
        least = tuple(map(min, zip(*rows, strict=True))) if len(rows) > 1 else ()
        if not any(least):
            return self.sum(p)
        rest = {tuple(a - b for a, b in zip(m, least, strict=True)): c for m, c in zip(rows, p.coeffs(), strict=True)}
        front = self.monomial({k: d for k, d in enumerate(least) if d})
        return app("mul", front, self.sum(CONTEXT.from_dict(rest)))

    def sum(self, p: Polynomial) -> Term:
        terms = [({k: int(d) for k, d in enumerate(m) if d}, fraction(q)) for m, q in p.terms()]
        terms = terms if not terms or terms[0][1] > 0 else sorted(terms, key=lambda t: t[1] < 0)
        out: Term | None = None
        for m, q in terms:
            t = self.scaled(abs(q), self.monomial(m))
            if out is None:
                out = t if q > 0 else negate(t)
            else:
                out = plus(out, t) if q > 0 else minus(out, t)
        return num(0) if out is None else out

    def scaled(self, q: Fraction, t: Term) -> Term:
        if t == num(1):
            return Num(q)
        t = times(num(q.numerator), t) if q.numerator != 1 else t
        return over(t, num(q.denominator)) if q.denominator != 1 else t

    def monomial(self, m: dict[int, int]) -> Term:
        """A product of powers of generators: exponentials together, square roots under one sign where that is allowed."""
        key = tuple(m.items())
        made = self._monomials.get(key)
        if made is None:
            made = self._monomials[key] = self._monomial(m)
        return made

    def _monomial(self, m: dict[int, int]) -> Term:
        out: Term | None = None
        exponent: Term | None = None
        inside: Term | None = None
        for k, d in m.items():
            g = self.ring.generators[k]
            if g.kind in ("power", "constant") and g.argument is not None and g.term is None:
                part = self.quotient(Ratio(g.argument.top * d, g.argument.bottom))
                exponent = part if exponent is None else plus(exponent, part)
                continue
            if g.kind == "root" and g.index == 2 and d == 1 and self._squarefree(g):
                part = self.quotient(g.argument)  # type: ignore[arg-type]
                inside = part if inside is None else times(inside, part)
                continue
            t = self.generator(k)
            t = t if d == 1 else power(t, num(d))
            out = t if out is None else app("mul", out, t)
        if inside is not None:
            out = app("sqrt", inside) if out is None else app("mul", out, app("sqrt", inside))
        if exponent is not None:
            e = (
                power(Const("e"), exponent)
                if isinstance(exponent, Num) and exponent.value.denominator == 1
                else app("exp", exponent)
            )
            out = e if out is None else app("mul", out, e)
        return num(1) if out is None else out

    def _squarefree(self, g: Generator) -> bool:
        assert g.argument is not None
        return all(e == 1 for p in (g.argument.top, g.argument.bottom) for _, e in factored(p)[1])

    def generator(self, k: int) -> Term:
        made = self._generators.get(k)
        if made is None:
            made = self._generators[k] = self._generator(self.ring.generators[k])
        return made

    def _generator(self, g: Generator) -> Term:
        if g.kind in ("sin", "cos", "log") and g.argument is not None:
            return app(g.kind, self.quotient(g.argument))
        if g.kind == "root" and g.argument is not None:
            return self.root(g)
        if g.term is not None:
            return g.term
        raise NotApplicable("a kernel has no text")

    def root(self, g: Generator) -> Term:
        """A root; of an even power of something real the absolute value: sqrt((x + 1)^2) is abs(x + 1)."""
        assert g.argument is not None
        out: Term | None = None
        rest = g.argument
        if g.index == 2:
            for f, e in factored(g.argument.top)[1]:
                if e >= 2:
                    size = app("abs", self.sum(f)) if (e // 2) % 2 else self.sum(f)
                    part = size if e // 2 == 1 else power(size, num(e // 2))
                    out = part if out is None else times(out, part)
                    rest = rest / Ratio(f, ONE) ** (2 * (e // 2))
        inner = self.quotient(rest)
        if inner == num(1) and out is not None:
            return out
        made = app("sqrt", inner) if g.index == 2 else app("root", inner, num(g.index)) if g.index != 3 else app("cbrt", inner)
        return made if out is None else app("mul", out, made)

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
                top, bottom = rest, lower * _q(scale**count)
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
        c0, top, bottom = _whole(u)
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
                p = CONTEXT.from_dict({m: _q(sign * double * q[place]) for m, q in row.items() if q[place]})
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


def _q(c: Fraction) -> Any:
    from flint import fmpq

    return fmpq(c.numerator, c.denominator)


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


def _whole(u: Ratio) -> tuple[Fraction, Polynomial, Polynomial]:
    """A rational factor, and numerator and denominator with whole coefficients and without common ones."""
    out = Fraction(1)
    parts = []
    for p, side in ((u.top, 1), (u.bottom, -1)):
        if p.is_zero():
            return Fraction(1), p, ONE
        numbers = [fraction(x) for x in p.coeffs()]
        scale = lcm(*(q.denominator for q in numbers))
        shared = gcd(*(q.numerator * (scale // q.denominator) for q in numbers))
        if scale == shared == 1 and numbers[0] > 0:
            parts.append(p)
            continue
        c = Fraction(-shared if numbers[0] < 0 else shared, scale)
        out = out * c if side > 0 else out / c
        parts.append(p * _q(1 / c))
    return out, parts[0], parts[1]


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
