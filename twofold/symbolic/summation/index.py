"""Elements as rational functions of a summation index: polynomials in it, whose coefficients are elements."""

from __future__ import annotations

from dataclasses import dataclass

from flint import fmpq

from twofold.grammar.term import Symbol, Term, num, substitute, var
from twofold.symbolic.arithmetic import plus
from twofold.symbolic.normal import GIVES_UP, Converter
from twofold.symbolic.normal import polynomials as P
from twofold.symbolic.normal.dependence import depends
from twofold.symbolic.normal.field import UNIT, Element
from twofold.symbolic.normal.polynomials import Poly

Row = list[Element]
"""Coefficients of a polynomial in the index, lowest first; the last one is not 0."""


class NoRule(Exception):
    """A term that is not of the kind asked for, or a fact that is not known."""


@dataclass
class Index:
    """The index of a sum that starts at `low`, and the terms of it."""

    c: Converter
    body: Term
    symbol: Symbol
    low: Element

    def __post_init__(self) -> None:
        self.f = self.c.field
        self.c.symbol(self.symbol)
        self.g = self.f.kernel(("sym", self.symbol))
        self.c.integers.add(self.g)

    def at(self, place: Term) -> Element:
        """The term at a place."""
        return self.of(substitute(self.body, {self.symbol: place}))

    def of(self, t: Term) -> Element:
        try:
            return self.c(t)
        except GIVES_UP as problem:
            raise NoRule from problem

    def ratio(self) -> tuple[Row, Row]:
        """t(k + 1)/t(k) as a quotient of polynomials in the index. Raises `NoRule` where it is none."""
        here = self.at(var(self.symbol))
        if not here.num:
            raise NoRule
        after = self.at(plus(var(self.symbol), num(1)))
        if not after.num:
            raise NoRule  # 0^k has a first term alone.
        return self.quotient(self.f.div(after, here))

    def quotient(self, e: Element) -> tuple[Row, Row]:
        """Numerator and denominator of an element in the index, without negative powers."""
        low = P.lowest(e.num)
        below = tuple((h, -k) for h, k in low if k < 0)
        return self.row(P.scaled(e.num, fmpq(1), below)), self.row(P.scaled(e.den, fmpq(1), below))

    def row(self, p: Poly) -> Row:
        """A polynomial by its powers of the index. Raises `NoRule` where the index stands elsewhere too."""
        found: dict[int, Poly] = {}
        for m, v in p.items():
            powers = dict(m)
            k = powers.pop(self.g, 0)
            if not isinstance(k, int) or k < 0 or any(depends(self.c, h, self.g) for h in powers):
                raise NoRule
            found.setdefault(k, {})[tuple(sorted(powers.items()))] = v
        out = [self.f.tidied(found[k], UNIT) if k in found else self.f.number(0) for k in range(max(found, default=-1) + 1)]
        return self.trimmed(out)

    def trimmed(self, a: Row) -> Row:
        while a and not self.f.zeroed(a[-1].num):
            a = a[:-1]
        return a

    def value(self, a: Row, at: Element) -> Element:
        """The value of a polynomial at an element."""
        out = self.f.number(0)
        for x in reversed(a):
            out = self.f.add(self.f.mul(out, at), x)
        return out

    def moved(self, a: Row, h: int) -> Row:
        """a(k + h)."""
        out: Row = []
        step = self.f.number(h)
        for x in reversed(a):
            out = self.sum(self.product(out, [step, self.f.number(1)]), [x])
        return out

    def sum(self, a: Row, b: Row) -> Row:
        n = max(len(a), len(b))
        zero = self.f.number(0)
        return self.trimmed([self.f.add(a[i] if i < len(a) else zero, b[i] if i < len(b) else zero) for i in range(n)])

    def product(self, a: Row, b: Row) -> Row:
        if not a or not b:
            return []
        out = [self.f.number(0)] * (len(a) + len(b) - 1)
        for i, x in enumerate(a):
            for j, y in enumerate(b):
                out[i + j] = self.f.add(out[i + j], self.f.mul(x, y))
        return out

    def linear_factors(self, a: Row) -> tuple[Element, list[Element]]:
        """lead*(k + r_1)*(k + r_2)*…: the leading coefficient and the r. Raises `NoRule` where factors of higher degree are left."""
        lead, roots = a[-1], []
        for p, times in self.factors(a):
            if len(p) != 2:
                raise NoRule
            roots += [self.f.div(p[0], p[1])] * times
        return lead, roots

    def factors(self, a: Row) -> list[tuple[Row, int]]:
        """The irreducible factors in which the index stands, with their multiplicities."""
        whole = self.f.number(0)
        k = self.f.monomial(((self.g, 1),))
        for i, x in enumerate(a):
            whole = self.f.add(whole, self.f.mul(x, self.f.power(k, i)))
        _, m, found = P.factors(whole.num)
        out = [(self.row(p), times) for p, times in found]
        out += [([self.f.number(0), self.f.number(1)], e) for h, e in m if h == self.g and isinstance(e, int)]
        return [(p, times) for p, times in out if len(p) > 1]
