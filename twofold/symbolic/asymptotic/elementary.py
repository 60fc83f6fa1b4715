"""Exponentials, logarithms, powers, sines and their relatives of multiseries."""

from __future__ import annotations

from math import factorial
from typing import Any

from flint import fmpq

from twofold.grammar.term import App, Const
from twofold.symbolic.asymptotic.balls import is_number
from twofold.symbolic.asymptotic.constants import ONE, ZERO, NotReal, Number, Undecided
from twofold.symbolic.asymptotic.jets import DERIVATIVES, jet
from twofold.symbolic.asymptotic.multiseries import Basis, Ring, Series, Short, Value, is_small

HALF = fmpq(1, 2)
DEPTH = 14
"""How often a leading term of an exponent is split off."""


class Elementary(Ring):
    """Functions that need no further knowledge than exp and log."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._waves: list[tuple[Value, Number, Number]] = []
        self._depth = 0
        self.continuous = True
        """Whether the variable takes all real values near the point."""

    # --- infinite, constant and small parts --------------------------------------------------------------------------------------

    def split(self, v: Value) -> tuple[Value, Value]:
        """The terms that tend to infinity, and the rest. Raises `Short` where not all of the first are known."""
        if not isinstance(v, Series):
            return ZERO, v
        k = self.k
        if v.end is not None and k.sign(v.end) >= 0:
            raise Short
        for i, e in enumerate(v.e):
            way = k.sign(e)
            if way > 0:
                c = v.c[i]
                if isinstance(c, Series) and not c.c:
                    raise Short
                continue
            if way < 0:
                if i == 0:
                    return ZERO, v
                return self._head(v, i, ZERO), self._tail(v, i, ZERO)
            big, rest = self.split(v.c[i])
            if i == 0 and is_small(big):
                return ZERO, v
            return self._head(v, i, big), self._tail(v, i + 1, rest)
        return v if v.end is None else self._head(v, len(v.e), ZERO), self._tail(v, len(v.e), ZERO)

    def _head(self, v: Series, n: int, constant: Value) -> Value:
        e, c = v.e[:n], v.c[:n]
        if not is_small(constant):
            e, c = [*e, ZERO], [*c, constant]
        if not e:
            return ZERO
        out = Series(v.b, e, c, None, None)
        out.exact = ("part", out)
        if n == 0:
            return constant
        return out

    def _tail(self, v: Series, n: int, constant: Value) -> Value:
        e, c = v.e[n:], v.c[n:]
        if not is_small(constant):
            e, c = [ZERO, *e], [constant, *c]
        out = Series(v.b, e, c, v.end, None)
        if v.end is None:
            if not e:
                return ZERO
            out.exact = ("part", out)
            if len(e) == 1 and is_small(e[0]):
                return c[0]
        else:
            out.exact = ("sub", v, self._head(v, n, ZERO)) if is_small(constant) else ("sub", v, self._whole_head(v, n, constant))
        return out

    def _whole_head(self, v: Series, n: int, constant: Value) -> Value:
        """What was taken away where a coefficient of exponent 0 was split."""
        out = Series(v.b, v.e[:n], [*v.c[: n - 1], self.sub(v.c[n - 1], constant)], None, None)
        out.exact = ("part", out)
        return out

    def is_complete(self, v: Value) -> bool:
        """Whether nothing is missing, on any level."""
        return not isinstance(v, Series) or (v.end is None and all(map(self.is_complete, v.c)))

    def around(self, v: Series) -> tuple[Value, Value]:
        """v = C + d with d of negative exponents, for a v without terms of positive exponent."""
        if v.e and is_small(v.e[0]):
            return v.c[0], self._tail(v, 1, ZERO)
        if not v.e and v.end is not None and self.k.sign(v.end) >= 0:
            raise Short
        return ZERO, v

    def limit(self, v: Value) -> Number | None:
        """The limit of a value that has one, a coefficient; `None` where it tends to infinity."""
        if not isinstance(v, Series):
            return v
        if v.end is not None and self.k.sign(v.end) >= 0:
            v = self.clean(v)
            if not isinstance(v, Series):
                return v
            if self.trend(v) > 0:
                return None
            raise Short
        way = self.trend(v)
        if way:
            return None if way > 0 else ZERO
        while isinstance(v, Series):
            v = self.clean(v)
            if isinstance(v, Series):
                v = v.c[0]
        return v

    # --- exp and log ---------------------------------------------------------------------------------------------------------------

    def exp(self, v: Value) -> Value:
        self._depth += 1
        try:
            if self._depth > 3 * DEPTH:
                raise Undecided
            return self._exp(v)
        finally:
            self._depth -= 1

    def _exp(self, v: Value) -> Value:
        if not isinstance(v, Series):
            return self.k.exp(v)
        exact = ("exp", v)
        if not v.e and v.end is not None and self.deep and self.vanishes(v):
            return ONE
        big, rest = self.split(v)
        if is_small(big):
            c, d = self.around(v)
            outer = self.exp(c)
            inner = self.composed(d, [fmpq(1, factorial(i)) for i in range(self.terms)], exact if is_small(c) else ("exp", d))
            out = self.mul(outer, inner)
            return Series(out.b, out.e, out.c, out.end, exact) if isinstance(out, Series) else out
        monomial, c = self.lead(big)
        for b in self.scale:
            if b.log is None:
                continue
            own, c0 = self.lead(b.log)
            if self.order(monomial, own) == 0:
                q = self.k.div(c, c0)
                if self.k.waving(q):
                    raise Undecided
                return self.shifted(self.exp(self.sub(v, self.mul(q, b.log))), b, q)
        h: Value = big if self.is_complete(big) else v
        s = self.k.sign(c)
        h = h if s > 0 else self.neg(h)
        b = self._inserted(h, monomial)
        return self.mul(self.monomial(b, fmpq(s)), self.exp(self.sub(v, h if s > 0 else self.neg(h))))

    def _inserted(self, h: Value, monomial: list[tuple[Basis, Number]]) -> Basis:
        """exp(h) as a new element of the scale, where it belongs by its size."""
        place = 0
        for i, b in enumerate(self.scale):
            if b.log is not None:
                own, _ = self.lead(b.log)
                if self.order(monomial, own) < 0:
                    break
            place = i + 1
        low = self.scale[place - 1].rank
        rank = low + 1.0 if place == len(self.scale) else (low + self.scale[place].rank) / 2
        made = Basis(rank, App("exp", (self.term(h),)), h)
        self.scale.insert(place, made)
        self.sided = True
        return made

    def log_of(self, b: Basis) -> Value:
        """log of an element of the scale; that of the smallest one is a new smallest one."""
        if b.log is None:
            made = Basis(self.scale[0].rank - 1.0, App("log", (b.term,)))
            self.scale.insert(0, made)
            self.sided = True
            b.log = self.monomial(made, ONE)
        return b.log

    def log(self, v: Value) -> Value:
        v = self.clean(v)
        if not isinstance(v, Series):
            return self.k.log(v)
        exact = ("log", v)
        if is_small(v.e[0]):
            lead, d = self.relative(v)
        else:
            if self.k.sign(self.lead(v)[1]) < 0:
                raise NotReal
            lead, d = self.relative(v)
        out = self.log(lead)
        if not is_small(v.e[0]):
            out = self.add(out, self.mul(v.e[0], self.log_of(v.b)))
        coefficients: list[Value] = [ZERO, *(fmpq(1 if i % 2 else -1, i) for i in range(1, self.terms + 1))]
        small = self.composed(d, coefficients, ("log", self._one_more(d)))
        out = self.add(out, small)
        return Series(out.b, out.e, out.c, out.end, exact) if isinstance(out, Series) else out

    # --- powers ----------------------------------------------------------------------------------------------------------------------

    def power(self, v: Value, r: Number) -> Value:
        """v^r for a constant r: of positive values, or with a whole r."""
        whole = isinstance(r, fmpq) and r.q == 1
        if is_small(r):
            return ONE
        if whole and isinstance(v, Series) and v.end is None and 0 < r <= 4 and len(v.e) <= self.terms:
            out: Value = v
            for _ in range(int(r.p) - 1):
                out = self.mul(out, v)
            return out
        v = self.clean(v)
        if not isinstance(v, Series):
            if self.k.is_zero(v):
                if self.k.sign(r) > 0:
                    return ZERO
                raise Undecided
            return self.k.power(v, r)
        if not whole:
            if self.k.sign(self.lead(v)[1]) < 0:
                if isinstance(r, fmpq) or is_number(self.k.f, r):
                    raise NotReal
                raise Undecided  # A name in the exponent may be a whole number.
            if self._moves(v):
                self.sided = True
        exact = ("pow", v, r)
        lead, d = self.relative(v)
        coefficients: list[Value] = [ONE]
        for i in range(self.terms):
            coefficients.append(self.k.mul(coefficients[-1], self.k.mul(self.k.sub(r, fmpq(i)), fmpq(1, i + 1))))
        finite = whole and 0 < r <= self.terms
        inner = self.composed(d, coefficients, ("pow", self._one_more(d), r), finite)
        out = self.shifted(self.mul(self.power(lead, r), inner), v.b, self.k.mul(r, v.e[0]))
        return Series(out.b, out.e, out.c, out.end, exact) if isinstance(out, Series) else out

    def _moves(self, v: Series) -> bool:
        return any(b is self.x for b, _ in self.lead(v)[0])

    def root(self, v: Value, n: int) -> Value:
        """The real root of odd degree, also of negative values."""
        s = self.sign(v)
        if s == 0:
            return ZERO
        self.sided = True
        return self.power(v, fmpq(1, n)) if s > 0 else self.neg(self.power(self.neg(v), fmpq(1, n)))

    # --- circular functions ------------------------------------------------------------------------------------------------------------

    def circular(self, v: Value) -> tuple[Value, Value]:
        """sin and cos."""
        if not isinstance(v, Series):
            return self.k.circular(v)
        if not v.e and v.end is not None and self.deep and self.vanishes(v):
            return ZERO, ONE
        big, rest = self.split(v)
        if not is_small(big):
            s, c = self._wave(big)
            sr, cr = self.circular(rest)
            return self.add(self.mul(s, cr), self.mul(c, sr)), self.sub(self.mul(c, cr), self.mul(s, sr))
        centre, d = self.around(v)
        n = self.terms + 1
        sine: list[Value] = [ZERO if i % 2 == 0 else fmpq(1 - i % 4 + 1, factorial(i)) for i in range(2 * n)]
        cosine: list[Value] = [ZERO if i % 2 else fmpq(1 - i % 4, factorial(i)) for i in range(2 * n)]
        sr, cr = self.composed(d, sine, ("sin", d)), self.composed(d, cosine, ("cos", d))
        if is_small(centre):
            return sr, cr
        s0, c0 = self.circular(centre)
        s = self.add(self.mul(s0, cr), self.mul(c0, sr))
        c1 = self.sub(self.mul(c0, cr), self.mul(s0, sr))
        if isinstance(s, Series):
            s = Series(s.b, s.e, s.c, s.end, ("sin", v))
        if isinstance(c1, Series):
            c1 = Series(c1.b, c1.e, c1.c, c1.end, ("cos", v))
        return s, c1

    def _wave(self, big: Value) -> tuple[Number, Number]:
        """sin and cos of what tends to infinity: quantities in -1..1, the same for the same argument."""
        if not self.is_complete(big):
            raise Undecided
        self.sided = True
        for known, s, c in self._waves:
            if self._same(known, big):
                return s, c
            if self._same(known, self.neg(big)):
                return self.k.neg(s), c
        lasting = self.continuous and self.is_signed(big)
        s, c = self.k.wave(-1, 1, lasting), self.k.wave(-1, 1, lasting)
        self._waves.append((big, s, c))
        return s, c

    def is_signed(self, v: Value) -> bool:
        """Whether the leading coefficient is known not to be 0."""
        try:
            return self.k.sign(self.lead(v)[1]) != 0
        except Undecided:
            return False

    def _same(self, a: Value, b: Value) -> bool:
        difference = self.sub(a, b)
        return not isinstance(difference, Series) and self.k.is_zero(difference)

    def tan(self, v: Value) -> Value:
        s, c = self.circular(v)
        return self.div(s, c)

    # --- inverse functions -------------------------------------------------------------------------------------------------------------

    def half_pi(self) -> Number:
        return self.k.mul(HALF, self.k.of(Const("pi")))

    def atan(self, v: Value) -> Value:
        if isinstance(v, Series) and self.trend(v) > 0:
            s = self.sign(v)
            return self.sub(self.k.mul(fmpq(s), self.half_pi()), self.atan(self.inverse(v)))
        return self.analytic("atan", v)

    def asin(self, v: Value) -> Value:
        at = self.limit(v)
        if at is None:
            raise NotReal
        size = self.k.sub(self.k.mul(at, at), ONE)
        way = 0 if self.k.is_zero(size) else self.k.sign(size)
        if way > 0:
            raise NotReal
        if way < 0:
            return self.analytic("asin", v)
        if not isinstance(v, Series):
            return self.k.mul(at, self.half_pi())
        # asin(v) = pi/2 - 2*asin(sqrt((1 - v)/2)), and odd.
        s = self.k.sign(at)
        gap = self.mul(HALF, self.sub(ONE, self.mul(fmpq(s), v)))
        made = self.sub(self.half_pi(), self.mul(fmpq(2), self.asin(self.power(gap, HALF))))
        return made if s > 0 else self.neg(made)

    def acos(self, v: Value) -> Value:
        return self.sub(self.half_pi(), self.asin(v))

    def asinh(self, v: Value) -> Value:
        if isinstance(v, Series) and self.trend(v) > 0:
            s = self.sign(v)
            u = self.mul(fmpq(s), v)
            return self.mul(fmpq(s), self.log(self.add(u, self.power(self.add(self.mul(u, u), ONE), HALF))))
        return self.analytic("asinh", v)

    def acosh(self, v: Value) -> Value:
        gap = self.sign(self.sub(v, ONE))
        if gap < 0:
            raise NotReal
        return self.log(self.add(v, self.power(self.sub(self.mul(v, v), ONE), HALF))) if gap else ZERO

    def atanh(self, v: Value) -> Value:
        at = self.limit(v)
        if at is None:
            raise NotReal
        gap = self.k.sub(self.k.mul(at, at), ONE)
        if not self.k.is_zero(gap) and self.k.sign(gap) < 0:
            return self.analytic("atanh", v)
        return self.mul(HALF, self.sub(self.log(self.add(ONE, v)), self.log(self.sub(ONE, v))))

    def analytic(self, op: str, v: Value) -> Value:
        """A function that is analytic at the limit of its argument."""
        if not isinstance(v, Series):
            return self.k.of(App(op, (self.k.term(v),)))
        c, d = self.around(v)
        exact = (op, v)
        if not isinstance(c, Series):
            coefficients: list[Value] = list(jet(self.k, op, c, self.terms + 1))
            return self.composed(d, coefficients, exact)
        # On a level above: the derivatives are worked out at the part that varies more slowly.
        rule = DERIVATIVES.get(op)
        if rule is None:
            raise Undecided
        first: Value = self.analytic(op, c)
        return self._first_order(first, rule(self, c), d, exact)

    def _first_order(self, first: Value, slope: Value, d: Value, exact: Any) -> Value:
        """f(c) + f'(c)*d, with an error of the order d^2."""
        out = self.add(first, self.mul(slope, d))
        assert isinstance(d, Series)
        lead = d.e[0] if d.e else d.end
        assert lead is not None
        end: Number | None = self.k.mul(fmpq(2), lead)
        if isinstance(out, Series) and out.b is d.b:
            end = self._end(end, out.end)
            return self.make(d.b, *self._known(out.e, out.c, end), end, exact)
        return self.make(d.b, [ZERO], [out], end, exact)
