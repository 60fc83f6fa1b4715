"""Functions of a variable u near infinity, enclosed for all u >= R: the carrier that proves bounds on tails, and limits.

A `Germ` is a sum of monomials c u^p (log u)^l exp(E(u)), where E is a sum of terms e u^q (log u)^m that grow, and a ball c holds every value that the
coefficient takes for u >= R. Sums and products are exact; quotients, powers, exp and log expand around the dominant monomial with Taylor's
remainder in Lagrange's form. Germs are closed under derivatives, since `Series` works over any carrier. Compare the exp-log germs of
Gruntz, "On computing limits in a symbolic manipulation system" (1996); here each step carries its error.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache
from typing import Any

from flint import acb, arb, fmpq

from twofold.numeric.arithmetic import Arithmetic
from twofold.numeric.balls import Balls
from twofold.numeric.outcomes import CannotEvaluate, NoValue, Undefined, Unresolved
from twofold.numeric.series import Series, aligned, new_tag

Scalar = Any
Growth = tuple[tuple[tuple[Scalar, Scalar], Scalar], ...]

TERMS = 8
"""Monomials kept apart; the smaller ones are enclosed together."""

ORDER = 6
"""Order of the Taylor expansions around the dominant monomial."""

_ZERO, _ONE, _MINUS = fmpq(0), fmpq(1), fmpq(-1)


class Mono:
    """c u^p (log u)^l exp(E(u)); `growth` lists ((q, m), e), the fastest first."""

    __slots__ = ("c", "growth", "l", "p")

    def __init__(self, c: Scalar, p: Scalar = _ZERO, l: Scalar = _ZERO, growth: Growth = ()) -> None:  # noqa: E741
        self.c, self.p, self.l, self.growth = c, p, l, growth

    def shape(self) -> tuple[Scalar, Scalar, Growth]:
        return self.p, self.l, self.growth


class Germ:
    """A sum of monomials of different shapes, the dominant one first."""

    __slots__ = ("terms",)

    def __init__(self, terms: tuple[Mono, ...]) -> None:
        self.terms = terms


class Germs(Arithmetic):
    """Arithmetic of germs for u >= `start` (at least 4). With `whole`, u runs through whole numbers."""

    exact = True

    def __init__(self, start: int, whole: bool = False) -> None:
        super().__init__("real")
        self.start = start
        self.whole = whole
        self.balls = Balls("real")
        self.wide = Balls("real", "interval")
        self.balls.interpret = self.wide.interpret = lambda term, more: self.interpret(term, more)
        self.zero, self.one = _ZERO, _ONE
        self.log_start = arb(start).log()
        # Sums of growths by the identity of their parts: one ball stands for one function, so equal growths must be one object.
        self.sums: dict[tuple[int, int, bool], tuple[Growth, Growth, Growth]] = {}

    def variable(self, sign: int = 1) -> Germ:
        return Germ((Mono(fmpq(sign), _ONE),))

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

    def growth_sum(self, a: Growth, b: Growth, factor: fmpq = _ONE) -> Growth:
        """a + factor*b for factor 1 or -1, sorted, without terms that vanish."""
        if not b:
            return a
        if not a and factor is _ONE:
            return b
        known = self.sums.get((id(a), id(b), factor is _ONE))
        if known is not None:
            return known[2]
        out = list(a)
        for key, given in b:
            e = given if factor is _ONE else self.balls.mul_(factor, given)
            for k, (other, f) in enumerate(out):
                order = self.key_order(key, other)
                if order == 0:
                    # One and the same ball stands for one and the same function.
                    total = _ZERO if f is given and factor is _MINUS else self.balls.add_(f, e)
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
        self.sums[id(a), id(b), factor is _ONE] = (a, b, made)
        return made

    def dominance(self, a: Mono, b: Mono) -> int:
        """1 where the shape of a outgrows that of b, 0 where they are the same."""
        difference = self.growth_sum(a.growth, b.growth, _MINUS)
        if difference:
            return self.sign(difference[0][1])
        return self.key_order((a.p, a.l), (b.p, b.l))

    def tendency(self, m: Mono) -> int:
        """1, 0 or -1: the shape grows, stays or decays."""
        return self.dominance(m, Mono(_ONE))

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
        out: Scalar = _ZERO
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
            return _ZERO
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
        return Mono(_ONE, self.balls.sub_(a.p, b.p), self.balls.sub_(a.l, b.l), self.growth_sum(a.growth, b.growth, _MINUS))

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
        scale = self.balls.div_(_ONE, lead.c)
        rest = []
        for m in g.terms[1:]:
            s = self.over(m, lead)
            rest.append(Mono(self.balls.mul_(m.c, scale), *s.shape()))
        return lead, Germ(tuple(rest))

    # --- arithmetic ------------------------------------------------------------------------------------------------------------------

    def add_(self, a: Scalar, b: Scalar) -> Scalar:
        if not isinstance(a, Germ) and not isinstance(b, Germ):
            return self.balls.add_(a, b)
        return self.down(self.gather([*self.up(a).terms, *self.up(b).terms]))

    def sub_(self, a: Scalar, b: Scalar) -> Scalar:
        return self.add_(a, self.neg_(b))

    def neg_(self, a: Scalar) -> Scalar:
        return Germ(tuple(Mono(self.balls.neg_(m.c), *m.shape()) for m in a.terms)) if isinstance(a, Germ) else self.balls.neg_(a)

    def mul_(self, a: Scalar, b: Scalar) -> Scalar:
        if not isinstance(a, Germ) and not isinstance(b, Germ):
            return self.balls.mul_(a, b)
        return self.down(self.gather([self.times(x, y) for x in self.up(a).terms for y in self.up(b).terms]))

    def div_(self, a: Scalar, b: Scalar) -> Scalar:
        if not isinstance(b, Germ):
            return self.mul_(a, self.balls.div_(_ONE, b)) if isinstance(a, Germ) else self.balls.div_(a, b)
        return self.mul_(a, self.real_power(b, -_ONE))

    def expansion(self, w: Germ, coefficients: Sequence[Scalar], remainder: Callable[[Scalar], Scalar]) -> Scalar:
        """Sum of coefficients[k] w^k, plus w^n*remainder(between 0 and w) with n their number."""
        if not w.terms:
            return coefficients[0]
        between = self.balls.union(self.enclosure(w), _ZERO)
        if not abs(arb(between)) < 1:
            raise Unresolved("an expansion for large arguments")
        out, power = coefficients[0], Germ((Mono(_ONE),))
        for c in coefficients[1:]:
            power = self.up(self.mul_(power, w))
            out = self.add_(out, self.mul_(power, c))
        last = self.up(self.mul_(power, w))
        return self.add_(out, self.mul_(last, remainder(between)))

    def real_power(self, g: Germ, b: Scalar) -> Scalar:
        """g^b for a scalar b: dominant^b (1 + w)^b."""
        lead, w = self.split(g)
        c = self.balls.pow_(lead.c, b)
        growth = tuple((key, self.balls.mul_(b, e)) for key, e in lead.growth)
        outer = Germ((Mono(c, self.balls.mul_(lead.p, b), self.balls.mul_(lead.l, b), growth),))
        binomials = [_ONE]
        for k in range(ORDER):
            factor = self.balls.div_(self.balls.sub_(b, fmpq(k)), fmpq(k + 1))
            binomials.append(self.balls.mul_(binomials[-1], factor))
        last = binomials.pop()
        inner = self.expansion(
            w,
            binomials,
            lambda x: self.balls.mul_(last, self.balls.pow_(self.balls.add_(_ONE, x), self.balls.sub_(b, fmpq(ORDER)))),
        )
        return self.mul_(outer, inner)

    def pow_(self, a: Scalar, b: Scalar) -> Scalar:
        if isinstance(b, Germ):
            return self.moving_power(a, b)
        if not isinstance(a, Germ):
            return self.balls.pow_(a, b)
        n = self.balls.small_integer(b)
        if n is not None and 0 <= n <= 12:
            out: Scalar = _ONE
            for _ in range(n):
                out = self.mul_(out, a)
            return out
        return self.real_power(a, b)

    def moving_power(self, a: Scalar, b: Germ) -> Scalar:
        if not isinstance(a, Germ) and self.sign(a) < 0:
            if not self.whole:
                raise Undefined("a negative number to a power that is not whole")
            size = self.moving_power(-a, b) if self.balls.compare_("ne", a, -_ONE) else _ONE
            parity = self.parity(b)
            return self.mul_(size, arb(0).union(arb(1)) * 2 - 1 if parity is None else fmpq(parity))
        return self.exp(self.mul_(b, self.log(self.up(a)) if isinstance(a, Germ) else self.balls.call_("log", [a])))

    def parity(self, g: Germ) -> int | None:
        """The value of (-1)^g, where g is linear in u with an even slope."""
        even = 0
        for m in g.terms:
            if m.growth or self.sign(m.l) or type(m.c) is not fmpq or m.c.q != 1:
                return None
            if m.p == 1:
                if m.c.p % 2:
                    return None
            elif m.p == 0:
                even = int(m.c.p) % 2
            else:
                return None
        return -1 if even else 1

    # --- functions -------------------------------------------------------------------------------------------------------------------

    def exp(self, g: Scalar) -> Scalar:
        g = self.up(g)
        factor = Mono(_ONE)
        small: list[Mono] = []
        for m in g.terms:
            tendency = self.tendency(m)
            if tendency < 0:
                small.append(m)
            elif tendency == 0:
                factor = self.times(factor, Mono(self.balls.call_("exp", [m.c])))
            elif m.growth:
                raise CannotEvaluate("an exponential of an exponential near infinity")
            elif self.sign(m.p) == 0 and self.balls.is_zero(self.balls.sub_(m.l, _ONE)):
                factor = self.times(factor, Mono(_ONE, m.c))
            else:
                factor = self.times(factor, Mono(_ONE, _ZERO, _ZERO, (((m.p, m.l), m.c),)))
        out: Scalar = Germ((factor,))
        if small:
            coefficients, c = [], _ONE
            for k in range(ORDER):
                coefficients.append(c)
                c = c / (k + 1)
            w = Germ(tuple(small))
            out = self.mul_(out, self.expansion(w, coefficients, lambda x: self.balls.mul_(c, self.wide.call_("exp", [x]))))
        return self.down(self.up(out))

    def log(self, g: Germ) -> Scalar:
        lead, w = self.split(g)
        if self.sign(lead.c) < 0:
            raise Undefined("log outside its domain")
        coefficients: list[Scalar] = [_ZERO, *(fmpq((-1) ** (k + 1), k) for k in range(1, ORDER))]
        last = fmpq((-1) ** (ORDER + 1), ORDER)
        out = self.expansion(
            w, coefficients, lambda x: self.balls.mul_(last, self.balls.pow_(self.balls.add_(_ONE, x), fmpq(-ORDER)))
        )
        out = self.add_(out, self.balls.call_("log", [lead.c]))
        if self.sign(lead.p):
            out = self.add_(out, Germ((Mono(lead.p, _ZERO, _ONE),)))
        if self.sign(lead.l):
            # 0 < log log u < log u.
            out = self.add_(out, Germ((Mono(self.balls.mul_(lead.l, arb(0).union(arb(1))), _ZERO, _ONE),)))
        for (q, k), e in lead.growth:
            out = self.add_(out, Germ((Mono(e, q, k),)))
        return out

    def call_(self, name: str, args: Sequence[Scalar]) -> Scalar:
        if not any(isinstance(a, Germ) for a in args):
            return self.balls.call_(name, args)
        rule = _rules().get(name)
        if rule is not None:
            return rule(self, *args)
        if all(not isinstance(a, Germ) or all(self.tendency(m) <= 0 for m in a.terms) for a in args):
            return self.settling(name, args)
        raise CannotEvaluate(f"{name} near infinity")

    def settling(self, name: str, args: Sequence[Scalar]) -> Scalar:
        """A function of germs that tend to numbers: Taylor's expansion where one of them moves, an enclosure otherwise."""
        places = [k for k, a in enumerate(args) if isinstance(a, Germ)]
        if len(places) == 1:
            try:
                return self.taylor(name, args, places[0])
            except (NoValue, KeyError):
                pass
        return self.wide.call_(name, [self.enclosure(a) if isinstance(a, Germ) else a for a in args])

    def taylor(self, name: str, args: Sequence[Scalar], place: int) -> Scalar:
        """f(c + w) around the number c that the moving argument tends to."""
        g = args[place]
        steady = [t for t in g.terms if self.tendency(t) == 0]
        centre = steady[0].c if steady else _ZERO
        w = Germ(tuple(t for t in g.terms if self.tendency(t) < 0))
        tag = new_tag()

        def coefficients(balls: Balls, at: Scalar) -> Sequence[Scalar]:
            moving = Series(tag, (at, _ONE, *(_ZERO,) * (ORDER - 1)))
            out = balls.call(name, [*args[:place], moving, *args[place + 1 :]])
            return aligned(out, tag, ORDER, _ZERO)

        first = coefficients(self.balls, centre)[:ORDER]
        return self.expansion(w, first, lambda x: coefficients(self.wide, self.balls.add_(centre, x))[ORDER])

    def direction(self, g: Germ) -> int:
        """1 or -1 where the germ tends to an infinity, 0 where it stays bounded."""
        if self.tendency(g.terms[0]) <= 0:
            return 0
        return self.sign(self.collapsed(g).c)

    # --- truth -----------------------------------------------------------------------------------------------------------------------

    def compare_(self, op: str, a: Scalar, b: Scalar) -> bool | None:
        d = self.sub_(a, b)
        if not isinstance(d, Germ):
            return self.balls.compare_(op, d, _ZERO)
        c = self.collapsed(d).c
        if type(c) is not fmpq and c.contains(0):
            raise Unresolved("the order of two functions near infinity")
        return self.balls.compare_(op, c, _ZERO)

    def same_(self, a: Scalar, b: Scalar, moving: bool) -> None:
        if moving and self.compare_("eq", a, b):
            raise CannotEvaluate("a derivative where a branch changes")

    def integer(self, a: Scalar) -> int:
        if isinstance(a, Germ):
            raise CannotEvaluate("a range or size that depends on a variable near infinity")
        return self.balls.integer(a)

    def small_integer(self, a: Scalar) -> int | None:
        return None if isinstance(a, Germ) else self.balls.small_integer(a)

    def is_zero(self, a: Scalar) -> bool:
        return not a.terms if isinstance(a, Germ) else self.balls.is_zero(a)

    def negate(self, p: bool | None) -> bool | None:
        return self.balls.negate(p)

    def both(self, p: bool | None, q: bool | None) -> bool | None:
        return self.balls.both(p, q)

    def select(self, condition: bool | None, a: Any, b: Any) -> Any:
        return self.balls.select(condition, a, b)


@cache
def _rules() -> dict[str, Callable[..., Scalar]]:
    from twofold.numeric.germ_functions import RULES

    return RULES
