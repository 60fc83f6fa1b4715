"""Quotients of polynomials in kernels, and their parts, as terms."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import gcd, lcm
from typing import Any

from twofold.catalogue.method import NotApplicable
from twofold.catalogue.shapes import app
from twofold.grammar.term import Const, Num, Term, num
from twofold.symbolic.arithmetic import minus, negate, over, plus, power, times
from twofold.symbolic.equations.bounds import factored
from twofold.symbolic.equations.ring import (
    CONTEXT,
    ONE,
    Generator,
    Polynomial,
    Ratio,
    Ring,
    fraction,
    used,
)


class Writer:
    """Writes polynomials and quotients over one ring."""

    def __init__(self, ring: Ring) -> None:
        self.ring = ring
        self._monomials: dict[tuple[tuple[int, int], ...], Term] = {}
        self._generators: dict[int, Term] = {}

    def quotient(self, u: Ratio, factors: bool = False) -> Term:
        return self.of(whole(u), self.product if factors else self.sum)

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


def fmpq_of(c: Fraction) -> Any:
    from flint import fmpq

    return fmpq(c.numerator, c.denominator)


def whole(u: Ratio) -> tuple[Fraction, Polynomial, Polynomial]:
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
        parts.append(p * fmpq_of(1 / c))
    return out, parts[0], parts[1]
