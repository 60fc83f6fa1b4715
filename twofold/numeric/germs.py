"""Functions of a variable u near infinity, enclosed for all u >= R: the carrier that proves bounds on tails, and limits.

A `Germ` is a sum of monomials c u^p (log u)^l exp(E(u)), where E is a sum of terms e u^q (log u)^m that grow, and a ball c holds every value that the
coefficient takes for u >= R. Sums and products are exact; quotients, powers, exp and log expand around the dominant monomial with Taylor's
remainder in Lagrange's form. Germs are closed under derivatives, since `Series` works over any carrier. Compare the exp-log germs of
Gruntz, "On computing limits in a symbolic manipulation system" (1996); here each step carries its error.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from flint import arb, fmpq

from twofold.numeric.balls import Balls
from twofold.numeric.growth import ONE, ZERO, Germ, Growths, Mono, Scalar
from twofold.numeric.outcomes import CannotEvaluate, NoValue, Undefined, Unresolved
from twofold.numeric.series import Series, aligned, new_tag

ORDER = 6
"""Order of the Taylor expansions around the dominant monomial."""


class Germs(Growths):
    """Arithmetic of germs for u >= `start` (at least 4). With `whole`, u runs through whole numbers."""

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
            return self.mul_(a, self.balls.div_(ONE, b)) if isinstance(a, Germ) else self.balls.div_(a, b)
        return self.mul_(a, self.real_power(b, -ONE))

    def expansion(self, w: Germ, coefficients: Sequence[Scalar], remainder: Callable[[Scalar], Scalar]) -> Scalar:
        """Sum of coefficients[k] w^k, plus w^n*remainder(between 0 and w) with n their number."""
        if not w.terms:
            return coefficients[0]
        between = self.balls.union(self.enclosure(w), ZERO)
        if not abs(arb(between)) < 1:
            raise Unresolved("an expansion for large arguments")
        out, power = coefficients[0], Germ((Mono(ONE),))
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
        binomials = [ONE]
        for k in range(ORDER):
            factor = self.balls.div_(self.balls.sub_(b, fmpq(k)), fmpq(k + 1))
            binomials.append(self.balls.mul_(binomials[-1], factor))
        last = binomials.pop()
        inner = self.expansion(
            w,
            binomials,
            lambda x: self.balls.mul_(last, self.balls.pow_(self.balls.add_(ONE, x), self.balls.sub_(b, fmpq(ORDER)))),
        )
        return self.mul_(outer, inner)

    def pow_(self, a: Scalar, b: Scalar) -> Scalar:
        if isinstance(b, Germ):
            return self.moving_power(a, b)
        if not isinstance(a, Germ):
            return self.balls.pow_(a, b)
        n = self.balls.small_integer(b)
        if n is not None and 0 <= n <= 12:
            out: Scalar = ONE
            for _ in range(n):
                out = self.mul_(out, a)
            return out
        return self.real_power(a, b)

    def moving_power(self, a: Scalar, b: Germ) -> Scalar:
        if not isinstance(a, Germ) and self.sign(a) < 0:
            if not self.whole:
                raise Undefined("a negative number to a power that is not whole")
            size = self.moving_power(-a, b) if self.balls.compare_("ne", a, -ONE) else ONE
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
        factor = Mono(ONE)
        small: list[Mono] = []
        for m in g.terms:
            tendency = self.tendency(m)
            if tendency < 0:
                small.append(m)
            elif tendency == 0:
                factor = self.times(factor, Mono(self.balls.call_("exp", [m.c])))
            elif m.growth:
                raise CannotEvaluate("an exponential of an exponential near infinity")
            elif self.sign(m.p) == 0 and self.balls.is_zero(self.balls.sub_(m.l, ONE)):
                factor = self.times(factor, Mono(ONE, m.c))
            else:
                factor = self.times(factor, Mono(ONE, ZERO, ZERO, (((m.p, m.l), m.c),)))
        out: Scalar = Germ((factor,))
        if small:
            coefficients, c = [], ONE
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
        coefficients: list[Scalar] = [ZERO, *(fmpq((-1) ** (k + 1), k) for k in range(1, ORDER))]
        last = fmpq((-1) ** (ORDER + 1), ORDER)
        out = self.expansion(
            w, coefficients, lambda x: self.balls.mul_(last, self.balls.pow_(self.balls.add_(ONE, x), fmpq(-ORDER)))
        )
        out = self.add_(out, self.balls.call_("log", [lead.c]))
        if self.sign(lead.p):
            out = self.add_(out, Germ((Mono(lead.p, ZERO, ONE),)))
        if self.sign(lead.l):
            # 0 < log log u < log u.
            out = self.add_(out, Germ((Mono(self.balls.mul_(lead.l, arb(0).union(arb(1))), ZERO, ONE),)))
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
        centre = steady[0].c if steady else ZERO
        w = Germ(tuple(t for t in g.terms if self.tendency(t) < 0))
        tag = new_tag()

        def coefficients(balls: Balls, at: Scalar) -> Sequence[Scalar]:
            moving = Series(tag, (at, ONE, *(ZERO,) * (ORDER - 1)))
            out = balls.call(name, [*args[:place], moving, *args[place + 1 :]])
            return aligned(out, tag, ORDER, ZERO)

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
            return self.balls.compare_(op, d, ZERO)
        c = self.collapsed(d).c
        if type(c) is not fmpq and c.contains(0):
            raise Unresolved("the order of two functions near infinity")
        return self.balls.compare_(op, c, ZERO)

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
