"""Numbers and names as coefficients: exact arithmetic, with zero and sign proved or not said at all.

A coefficient is an `fmpq`, or an `Element` of the normal form where it is not rational.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from flint import fmpq

from twofold.grammar.term import Symbol, Term, num
from twofold.symbolic.asymptotic import balls
from twofold.symbolic.asymptotic.rootless import rootless
from twofold.symbolic.normal import GIVES_UP, Converter
from twofold.symbolic.normal import polynomials as P
from twofold.symbolic.normal.exponentials import circular, exp_of
from twofold.symbolic.normal.field import UNIT, Element
from twofold.symbolic.normal.powers import logarithm, power

Number: TypeAlias = "fmpq | Element"
ZERO, ONE = fmpq(0), fmpq(1)
MINUS = fmpq(-1)


class Undecided(Exception):
    """A sign, a zero or a rule that is not known: no statement is made."""


class NotReal(Exception):
    """A part has no real value near the point."""


class Constants:
    """The coefficients of one problem."""

    def __init__(self, c: Converter) -> None:
        self.c, self.f = c, c.field
        self.generic: list[Element] = []
        """What was divided by though names may make it 0."""
        self.waves: set[int] = set()
        """Kernels that stand for bounded oscillations."""
        self.lasting: set[int] = set()
        """Those of them that take different values again and again."""
        self.unsigned: Element | None = None
        """The last of those that were asked for their sign in vain."""
        self._signs: dict[Any, int | None] = {}
        self._told: list[tuple[frozenset[Any], int]] = []
        """Products of factors with their signs, as facts say them."""

    def tell(self, e: Element, sign: int) -> None:
        """That a product has a sign, where that of its factors is not known."""
        if not e.num:
            return
        c, odd, even = self._unsigned_factors(e)
        if c and len(odd) > 1 and not even:
            self._told.append((odd, sign * c))

    def _unsigned_factors(self, e: Element) -> tuple[int, frozenset[Any], frozenset[Any]]:
        """The sign of the factors whose sign is known (0 where one of them may be 0), and the others of odd and of even exponent."""
        sign, odd, even = 1, set(), set()
        for p in (e.num, e.den):
            c, m, found = P.factors(p)
            sign = sign if c > 0 else -sign
            for q, n in [({((g, 1),): fmpq(1)}, n) for g, n in m] + list(found):
                known = self.c.signs.of(q)
                if not isinstance(n, int) and known != "+":
                    return 0, frozenset(), frozenset()
                if known in ("+", "-"):
                    sign = -sign if known == "-" and n % 2 else sign
                    continue
                turned = P.leading_sign(q) < 0
                sign = -sign if turned and n % 2 else sign
                key = frozenset((P.scaled(q, fmpq(-1)) if turned else q).items())
                (odd if n % 2 else even).add(key)
        return sign, frozenset(odd ^ (odd & even)), frozenset(even)

    def of(self, t: Term) -> Number:
        try:
            return self.plain(self.c(t))
        except GIVES_UP as problem:
            raise Undecided from problem

    def term(self, a: Number) -> Term:
        """The coefficient as a term. Raises `Undecided` where it has no spelling."""
        from twofold.symbolic.asymptotic.writing import written

        return written(self, a)

    def lifted(self, a: Number) -> Element:
        return a if isinstance(a, Element) else Element(P.constant(a), UNIT) if a else Element({}, UNIT)

    def plain(self, e: Element) -> Number:
        if not e.num:
            return ZERO
        if len(e.num) == 1 and len(e.den) == 1:
            ((m, v),) = e.num.items()
            if m == ():
                return v
        return e

    def add(self, a: Number, b: Number) -> Number:
        if isinstance(a, fmpq) and isinstance(b, fmpq):
            return a + b
        return self.plain(self.f.add(self.lifted(a), self.lifted(b)))

    def neg(self, a: Number) -> Number:
        return -a if isinstance(a, fmpq) else self.f.neg(a)

    def sub(self, a: Number, b: Number) -> Number:
        return self.add(a, self.neg(b))

    def mul(self, a: Number, b: Number) -> Number:
        if isinstance(a, fmpq):
            if isinstance(b, fmpq):
                return a * b
            return Element(P.scaled(b.num, a), b.den) if a else ZERO
        if isinstance(b, fmpq):
            return Element(P.scaled(a.num, b), a.den) if b else ZERO
        return self.plain(self.f.mul(a, b))

    def inverse(self, a: Number) -> Number:
        """1/a of what is not 0; where names could make it 0, that is written down."""
        if isinstance(a, fmpq):
            return 1 / a
        if not self.c.nonzero(a) and self._sign(a) is None:
            if self.waving(a) or balls.is_number(self.f, a):
                raise Undecided
            self.generic.append(a)
        return self.plain(self.f.inverse(a))

    def div(self, a: Number, b: Number) -> Number:
        return self.mul(a, self.inverse(b))

    # --- what is known -----------------------------------------------------------------------------------------------------------

    def is_zero(self, a: Number) -> bool:
        """Whether a coefficient is 0 by the relations known."""
        return not a if isinstance(a, fmpq) else not self.f.zeroed(a.num)

    def sign(self, a: Number) -> int:
        """The sign. Raises `Undecided` where it is not known."""
        if isinstance(a, fmpq):
            return 1 if a > 0 else -1 if a < 0 else 0
        found = self._sign(a)
        if found is None:
            self.unsigned = a
            raise Undecided
        return found

    def _sign(self, a: Element) -> int | None:
        if a.key not in self._signs:
            self._signs[a.key] = self._found(a)
        return self._signs[a.key]

    def _found(self, a: Element) -> int | None:
        if self.is_zero(a):
            return 0
        top = self.c.signs.of(a.num)
        below = "+" if len(a.den) == 1 else self.c.signs.of(a.den)
        if top in ("+", "-") and below in ("+", "-"):
            return 1 if top == below else -1
        if balls.is_number(self.f, a):
            return balls.sign(self.f, a)
        return self._sign_of_logarithms(a) or self._sign_of_quotient(a) or self._sign_of_product(a) or self._sign_without_root(a)

    def _sign_without_root(self, a: Element) -> int | None:
        """The sign of sqrt(u) - sqrt(v) as that of u - v."""
        found = rootless(self.c, a.num) if len(a.den) == 1 else None
        inner = None if found is None else self._sign(Element(found[0], a.den))
        return None if found is None or inner is None else found[1] * inner

    def _sign_of_quotient(self, a: Element) -> int | None:
        """The sign of a sum of quotients by kernels, with these taken out."""
        below = tuple((g, -k) for g, k in P.lowest(a.num) if isinstance(k, int) and k < 0)
        outer = self.c.signs.monomial(below) if below and len(a.num) > 1 else None
        if outer not in ("+", "-"):
            return None
        inner = self._sign(Element(P.scaled(a.num, fmpq(1), below), a.den))
        return inner if inner is None or outer == "+" else -inner

    def _sign_of_product(self, a: Element) -> int | None:
        """The sign as a fact about the same product has it."""
        if not self._told:
            return None
        c, odd, even = self._unsigned_factors(a)
        return next((c * sign for known, sign in self._told if c and odd == known and even <= known), None)

    def _sign_of_logarithms(self, a: Element) -> int | None:
        """The sign of a sum of multiples of logarithms: whether the product of the powers is above 1."""
        if len(a.den) > 1 or len(a.num) < 2:
            return None
        sides: list[Number] = [ONE, ONE]
        for m, v in a.num.items():
            if len(m) != 1 or m[0][1] != 1 or self.f.kernels[m[0][0]][0] != "log" or v.q != 1 or abs(v.p) > 20:
                return None
            base = self.f.kernels[m[0][0]][1]
            if isinstance(base, tuple):
                return None
            poly = P.constant(fmpq(base)) if isinstance(base, int) else dict(base)
            if self.c.signs.of(poly) != "+" and not isinstance(base, int):
                return None
            factor = self.plain(self.f.power(Element(poly, UNIT), abs(int(v.p))))
            sides[v < 0] = self.mul(sides[v < 0], factor)
        gap = self.sub(sides[0], sides[1])
        if isinstance(gap, fmpq):
            return 1 if gap > 0 else -1 if gap < 0 else 0
        return self._sign(gap)

    def compare(self, a: Number, b: Number) -> int:
        if isinstance(a, fmpq) and isinstance(b, fmpq):
            return 1 if a > b else -1 if a < b else 0
        return self.sign(self.sub(a, b))

    def waving(self, a: Number) -> bool:
        """Whether bounded oscillations stand in a coefficient."""
        if isinstance(a, fmpq) or not self.waves:
            return False
        return any(g in self.waves for p in (a.num, a.den) for g in _all_kernels(self, p))

    def wave(self, low: int, high: int, lasting: bool = False) -> Number:
        """A new quantity of which only bounds are known, and perhaps that it keeps changing."""
        s = Symbol("w", lower=num(low), upper=num(high))
        e = self.c.symbol(s)
        self.waves.add(self.f.kernel(("sym", s)))
        if lasting:
            self.lasting.add(self.f.kernel(("sym", s)))
        return e

    # --- functions ---------------------------------------------------------------------------------------------------------------

    def exp(self, a: Number) -> Number:
        if not a if isinstance(a, fmpq) else False:
            return ONE
        return self.plain(exp_of(self.c, self.lifted(a)))

    def log(self, a: Number) -> Number:
        """log of a positive coefficient."""
        if isinstance(a, fmpq) and a == 1:
            return ZERO
        s = self.sign(a)
        if s < 0:
            raise NotReal
        if s == 0:
            raise Undecided
        return self.plain(logarithm(self.c, self.lifted(a)))

    def power(self, a: Number, r: Number) -> Number:
        """a^r for a > 0, or for whole r."""
        if isinstance(a, fmpq) and a == 1:
            return ONE
        if isinstance(r, fmpq) and r.q == 1:
            if r < 0:
                return self.power(self.inverse(a), -r)
            if isinstance(a, fmpq):
                if int(r) * max(a.p.bit_length(), a.q.bit_length()) > 4000:
                    raise Undecided
                return a ** int(r)
            return self.plain(power(self.c, a, self.lifted(r)))
        s = self.sign(a)
        if s < 0 and (isinstance(r, fmpq) or balls.is_number(self.f, r)):
            raise NotReal
        if s <= 0:
            raise Undecided  # A name in the exponent may be a whole number.
        return self.plain(power(self.c, self.lifted(a), self.lifted(r)))

    def circular(self, a: Number) -> tuple[Number, Number]:
        """sin and cos."""
        if isinstance(a, fmpq) and not a:
            return ZERO, ONE
        cos, sin = circular(self.c, self.lifted(a))
        sine, cosine = self.plain(sin), self.plain(cos)
        return (ZERO if self.is_zero(sine) else sine), (ZERO if self.is_zero(cosine) else cosine)


def _all_kernels(k: Constants, p: P.Poly) -> set[int]:
    found: set[int] = set()
    todo = [g for m in p for g, _ in m]
    while todo:
        g = todo.pop()
        if g not in found:
            found.add(g)
            todo += balls.inside(k.f.kernels[g])
    return found
