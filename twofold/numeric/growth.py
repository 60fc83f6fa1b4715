"""Monomials c u^p (log u)^l exp(E(u)) of a variable u near infinity: their order of growth and bounds on all their values for u >= R."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from flint import acb, arb, fmpq

from twofold.numeric.arithmetic import Arithmetic
from twofold.numeric.balls import Balls
from twofold.numeric.outcomes import CannotEvaluate, Undefined, Unresolved

Scalar = Any
Growth = tuple[tuple[tuple[Scalar, Scalar], Scalar], ...]

TERMS = 8
"""Monomials kept apart; the smaller ones are enclosed together."""

ZERO, ONE, MINUS = fmpq(0), fmpq(1), fmpq(-1)


class Mono:
    """c u^p (log u)^l exp(E(u)); `growth` lists ((q, m), e), the fastest first."""

    __slots__ = ("c", "growth", "l", "p")

    def __init__(self, c: Scalar, p: Scalar = ZERO, l: Scalar = ZERO, growth: Growth = ()) -> None:  # noqa: E741
        self.c, self.p, self.l, self.growth = c, p, l, growth

    def shape(self) -> tuple[Scalar, Scalar, Growth]:
        return self.p, self.l, self.growth


class Germ:
    """A sum of monomials of different shapes, the dominant one first."""

    __slots__ = ("terms",)

    def __init__(self, terms: tuple[Mono, ...]) -> None:
        self.terms = terms


class Growths(Arithmetic):
    """Monomials for u >= `start` (at least 4): which outgrows which, what bounds them, and their sums. With `whole`, u runs through whole numbers."""

    exact = True

    def __init__(self, start: int, whole: bool = False) -> None:
        super().__init__("real")
        self.start = start
        self.whole = whole
        self.balls = Balls("real")
        self.wide = Balls("real", "interval")
        self.balls.interpret = self.wide.interpret = lambda term, more: self.interpret(term, more)
        self.zero, self.one = ZERO, ONE
        self.log_start = arb(start).log()
        # Sums of growths by the identity of their parts: one ball stands for one function, so equal growths must be one object.
        self.sums: dict[tuple[int, int, bool], tuple[Growth, Growth, Growth]] = {}

    def variable(self, sign: int = 1) -> Germ:
        return Germ((Mono(fmpq(sign), ONE),))

    def rational(self, q: Fraction) -> Scalar:
        return self.balls.rational(q)

    def constant(self, name: str) -> Scalar:
        if name == "im":
            raise CannotEvaluate("a bound for complex functions")
        return self.balls.constant(name)

    # --- order of growth -----------------------------------------------------------------------------------------------------------

    def sign(self, x: Scalar) -> int:
        """The sign of a scalar. Raises `Unresolved`."""
        if type(x) is fmpq:
            return (x > 0) - (x < 0)
        if x > 0:
            return 1
        if x < 0:
            return -1
        if x.is_zero():
            return 0
        raise Unresolved("the order of growth")

    def key_order(self, a: tuple[Scalar, Scalar], b: tuple[Scalar, Scalar]) -> int:
        if type(a[0]) is fmpq and type(b[0]) is fmpq and a[0] != b[0]:
            return 1 if a[0] > b[0] else -1
        return self.sign(self.balls.sub_(a[0], b[0])) or self.sign(self.balls.sub_(a[1], b[1]))

    def growth_sum(self, a: Growth, b: Growth, factor: fmpq = ONE) -> Growth:
        """a + factor*b for factor 1 or -1, sorted, without terms that vanish."""
        if not b:
            return a
        if not a and factor is ONE:
            return b
        known = self.sums.get((id(a), id(b), factor is ONE))
        if known is not None:
            return known[2]
        out = list(a)
        for key, given in b:
            e = given if factor is ONE else self.balls.mul_(factor, given)
            for k, (other, f) in enumerate(out):
                order = self.key_order(key, other)
                if order == 0:
                    # One and the same ball stands for one and the same function.
                    total = ZERO if f is given and factor is MINUS else self.balls.add_(f, e)
                    if self.balls.is_zero(total):
                        del out[k]
                    else:
                        out[k] = (other, total)
                    break
                if order > 0:
                    out.insert(k, (key, e))
                    break
            else:
                if not self.balls.is_zero(e):
                    out.append((key, e))
        made = tuple(out)
        self.sums[id(a), id(b), factor is ONE] = (a, b, made)
        return made

    def dominance(self, a: Mono, b: Mono) -> int:
        """1 where the shape of a outgrows that of b, 0 where they are the same."""
        difference = self.growth_sum(a.growth, b.growth, MINUS)
        if difference:
            return self.sign(difference[0][1])
        return self.key_order((a.p, a.l), (b.p, b.l))

    def tendency(self, m: Mono) -> int:
        """1, 0 or -1: the shape grows, stays or decays."""
        return self.dominance(m, Mono(ONE))

    # --- bounds --------------------------------------------------------------------------------------------------------------------

    def simple_bound(self, p: Scalar, l: Scalar) -> arb:  # noqa: E741
        """The supremum of u^p (log u)^l over u >= R, for a shape that does not grow."""
        p, l = arb(p), arb(l)  # noqa: E741
        at_start = (p * self.log_start).exp() * self.log_start**l
        if not l > 0 or p * self.log_start + l <= 0:
            return at_start
        if not p < 0:
            raise Unresolved("a bound for large arguments")
        return at_start.max((-l / (p * arb.const_e())) ** l)

    def elasticity(self, m: Mono) -> arb:
        """An upper bound of u h'(u)/h(u) over u >= R, where h is the shape of a monomial that decays or stays."""
        slack = arb(m.l) / self.log_start if self.sign(m.l) > 0 else arb(0)
        out = arb(m.p) + slack
        if not m.growth:
            return out
        (q, k), lead = m.growth[0]
        inverse_log = (1 / self.log_start).union(arb(0))
        inner = arb(lead) * (arb(q) + arb(k) * inverse_log)
        for (q2, k2), e in m.growth[1:]:
            ratio = self.simple_bound(self.balls.sub_(q2, q), self.balls.sub_(k2, k)).union(arb(0))
            inner += arb(e) * ratio * (arb(q2) + arb(k2) * inverse_log)
        if not inner < 0:
            raise Unresolved("a bound for large arguments")
        return out + (arb(q) * self.log_start).exp() * self.log_start ** arb(k) * inner

    def at_start(self, m: Mono) -> arb:
        """The shape at u = R."""
        exponent = arb(m.p) * self.log_start
        for (q, k), e in m.growth:
            exponent += arb(e) * (arb(q) * self.log_start).exp() * self.log_start ** arb(k)
        return exponent.exp() * self.log_start ** arb(m.l)

    def bound(self, m: Mono) -> arb:
        """An enclosure of all values of the shape of a monomial that does not grow."""
        tendency = self.tendency(m)
        if tendency == 0:
            return arb(1)
        if tendency > 0:
            raise Unresolved("an expression without bound")
        if not m.growth:
            return self.simple_bound(m.p, m.l).union(arb(0))
        if not self.elasticity(m) <= 0:
            raise Unresolved("a bound for large arguments")
        return self.at_start(m).union(arb(0))

    def enclosure(self, g: Germ) -> Scalar:
        """All values of a germ that does not grow."""
        out: Scalar = ZERO
        for m in g.terms:
            out = self.balls.add_(out, m.c if self.tendency(m) == 0 else self.balls.mul_(m.c, self.bound(m)))
        return out

    def tail(self, g: Scalar) -> arb:
        """An enclosure of the integral over [R, oo); with `whole`, of the sum over u > R."""
        out = arb(0)
        for m in self.up(g).terms:
            out += arb(m.c) * (self.area(m) if not self.whole and not m.growth else self.area_bound(m).union(arb(0)))
        if not out.is_finite():
            raise Unresolved("a tail")
        return out

    def tail_size(self, g: Scalar) -> arb:
        """An upper bound of the integral of the absolute value over [R, oo)."""
        out = arb(0)
        for m in self.up(g).terms:
            out += abs(arb(m.c)) * self.area_bound(m)
        return out

    def area_bound(self, m: Mono) -> arb:
        """At least the integral of the shape over [R, oo), and the sum over u > R: the shape falls at least like u^-q."""
        q = -self.elasticity(m)
        if not q > 1:
            raise Unresolved("a tail that may diverge")
        return self.at_start(m) * self.start / (q - 1)

    def area(self, m: Mono) -> arb:
        """The integral of u^p (log u)^l over [R, oo), by parts for a whole l >= 0."""
        decay = -arb(m.p) - 1
        if not decay > 0:
            raise Unresolved("a tail that may diverge")
        if type(m.l) is not fmpq or m.l.q != 1 or not 0 <= m.l <= 50:
            return self.area_bound(m).union(arb(0))
        factor = (-decay * self.log_start).exp() / decay
        out, weight = arb(0), arb(1)
        for k in range(int(m.l.p), -1, -1):
            out += weight * self.log_start**k
            weight = weight * k / decay
        return factor * out

    # --- building --------------------------------------------------------------------------------------------------------------------

    def up(self, x: Scalar) -> Germ:
        if isinstance(x, Germ):
            return x
        if type(x) is acb:
            raise CannotEvaluate("a bound for complex functions")
        return Germ(()) if self.balls.is_zero(x) else Germ((Mono(x),))

    def down(self, g: Germ) -> Scalar:
        """A germ that is constant goes on as a scalar."""
        if not g.terms:
            return ZERO
        if len(g.terms) == 1 and self.tendency(g.terms[0]) == 0:
            return g.terms[0].c
        return g

    def gather(self, terms: Sequence[Mono]) -> Germ:
        """Like shapes added, sorted by dominance, the smallest enclosed together beyond `TERMS`."""
        out: list[Mono] = []
        for m in self.grouped(terms):
            for k, other in enumerate(out):
                order = self.dominance(m, other)
                if order == 0:
                    c = self.balls.add_(other.c, m.c)
                    if self.balls.is_zero(c):
                        del out[k]
                    else:
                        out[k] = Mono(c, *other.shape())
                    break
                if order > 0:
                    out.insert(k, m)
                    break
            else:
                out.append(m)
        if len(out) > TERMS:
            out = [*out[: TERMS - 1], self.joined(out[TERMS - 1 :])]
        return Germ(tuple(out))

    def grouped(self, terms: Sequence[Mono]) -> list[Mono]:
        """Monomials of one shape, as far as that is plain to see, added up."""
        if len(terms) < 8:
            return list(terms)
        found: dict[Any, Mono] = {}
        for m in terms:
            if type(m.p) is fmpq and type(m.l) is fmpq:
                key: Any = (int(m.p.p), int(m.p.q), int(m.l.p), int(m.l.q), id(m.growth) if m.growth else 0)
            else:
                key = id(m)
            known = found.get(key)
            found[key] = m if known is None else Mono(self.balls.add_(known.c, m.c), *m.shape())
        return [m for m in found.values() if not self.balls.is_zero(m.c)]

    def joined(self, terms: Sequence[Mono]) -> Mono:
        """Several monomials, the dominant one first, as one with a wider coefficient."""
        lead = terms[0]
        c = lead.c
        for m in terms[1:]:
            c = self.balls.add_(c, self.balls.mul_(m.c, self.bound(self.over(m, lead))))
        return Mono(c, *lead.shape())

    def collapsed(self, g: Germ) -> Mono:
        return self.joined(g.terms)

    def over(self, a: Mono, b: Mono) -> Mono:
        """The quotient of the shapes, with coefficient 1."""
        return Mono(ONE, self.balls.sub_(a.p, b.p), self.balls.sub_(a.l, b.l), self.growth_sum(a.growth, b.growth, MINUS))

    def times(self, a: Mono, b: Mono) -> Mono:
        c = self.balls.mul_(a.c, b.c)
        return Mono(c, self.balls.add_(a.p, b.p), self.balls.add_(a.l, b.l), self.growth_sum(a.growth, b.growth))

    def split(self, g: Germ) -> tuple[Mono, Germ]:
        """The dominant monomial, and w with g = dominant*(1 + w)."""
        if not g.terms:
            raise Undefined("division by zero")
        lead = g.terms[0]
        if not self.balls.is_zero(lead.c) and not (type(lead.c) is fmpq or not lead.c.contains(0)):
            raise Unresolved("the dominant term may vanish")
        scale = self.balls.div_(ONE, lead.c)
        rest = []
        for m in g.terms[1:]:
            s = self.over(m, lead)
            rest.append(Mono(self.balls.mul_(m.c, scale), *s.shape()))
        return lead, Germ(tuple(rest))
