"""Quotients of Laurent polynomials in kernels, and the kernels with the relations they obey.

An `Element` is num/den; den is 1 or a primitive polynomial with several terms. A kernel is a number with a description:

    ("sym", symbol)            a free symbol
    ("unit",)                  exp(i*pi): exponents modulo 2, exponent 1 is -1, 1/2 is the imaginary unit
    ("exp", mono, den)         exp(mono/den), positive, any rational exponent
    ("cis", mono, den)         exp(i*mono/den)
    ("growth", element)        exp(element), and ("phase", element) exp(i*element), of real elements that are sums of imaginary exponentials
    ("abs", poly)              |poly|, poly irreducible: positive, any rational exponent; even (or, where the sign is known, whole) powers are polynomials
    ("cbrt", poly)             the real odd roots of poly, exponents with odd denominators
    ("principal", poly)        poly to rational powers as principal values, in the complex reading
    ("prime", p)               a prime number under roots
    ("ipow", base, mono)       base^mono with a symbolic exponent
    ("log", poly or prime)     log|poly|
    (name, argument keys …)    any other function of arguments in normal form

Every reduction is a theorem at every point where all parts of the expression as written have a value.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import fmpq

from twofold.symbolic.normal import polynomials as P
from twofold.symbolic.normal.cyclotomic import modulo_cyclotomic
from twofold.symbolic.normal.gauss import with_roots_of_unity
from twofold.symbolic.normal.kept_powers import multiplied_out
from twofold.symbolic.normal.polynomials import ONE, Mono, Poly

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Element:
    num: Poly
    den: Poly

    @property
    def key(self) -> Key:
        return (frozenset(self.num.items()), frozenset(self.den.items()))

    @property
    def is_zero(self) -> bool:
        return not self.num

    def rational(self) -> Fraction | None:
        """The value where it is a rational number."""
        if not self.num:
            return Fraction(0)
        if len(self.num) == 1 and ONE in self.num and len(self.den) == 1:
            c = self.num[ONE]
            return Fraction(int(c.p), int(c.q))
        return None


class ZeroDenominator(Exception):
    """A denominator that vanishes identically: the expression has no value anywhere."""


UNIT: Poly = P.constant(1)
REAL_OF_REAL = frozenset("atan erf sign".split())
"""Functions of one argument that are real wherever that is."""


class Field:
    """The kernels of one problem and the arithmetic of elements over them. `real` says which reading."""

    def __init__(self, real: bool = True) -> None:
        self.real = real
        self.numbers: dict[Key, int] = {}
        self.kernels: list[Key] = []
        self.signs: dict[frozenset[tuple[Mono, fmpq]], str] = {}
        self.positive: set[int] = set()
        self.reduced: set[int] = set()
        self.exponents: dict[Mono, Key] = {}
        self.unit = self.kernel(("unit",))

    # --- kernels ---------------------------------------------------------------------------------------------------------------

    def kernel(self, key: Key) -> int:
        """The number of a kernel, new or known."""
        number = self.numbers.get(key)
        if number is None:
            number = len(self.kernels)
            self.numbers[key] = number
            self.kernels.append(key)
            if key[0] in ("abs", "prime", "growth") or (key[0] == "exp" and self._is_real_exponent(key)):
                self.positive.add(number)
            if key[0] in ("unit", "abs", "prime", "cbrt", "principal", "ipow"):
                self.reduced.add(number)
        return number

    def is_real(self, g: int) -> bool:
        """Whether a kernel is known to take real values alone: over the reals, all do but the exponentials of imaginary terms."""
        key = self.kernels[g]
        if key[0] in ("unit", "cis", "phase"):
            return False
        if self.real:
            return True
        if key[0] == "sym":
            return isinstance(key[1], str) or key[1].kind in ("real", "integer")
        if key[0] == "exp":
            return self._is_real_exponent(key)
        if key[0] == "index":
            return key[1].kind in ("real", "integer")
        if key[0] == "log":
            return isinstance(key[1], int) or (isinstance(key[1], frozenset) and self._is_real_polynomial(key[1]))
        if key[0] in REAL_OF_REAL:
            return all(self._is_real_polynomial(p) for p in key[1])
        return key[0] in ("abs", "prime", "huge", "abs_of", "arg", "re", "im")

    def _is_real_polynomial(self, p: frozenset[tuple[Mono, fmpq]]) -> bool:
        return all(self.is_real(g) for m, _ in p for g, _ in m)

    def _is_real_exponent(self, key: Key) -> bool:
        return all(self.is_real(g) for m in (key[1], *(m for m, _ in key[2] or ())) for g, _ in m)

    def atom(self, key: Key, exponent: P.Exponent = 1) -> Element:
        return self.monomial(((self.kernel(key), exponent),))

    def monomial(self, m: Mono, c: fmpq | int = 1) -> Element:
        """c * m with the relations of its kernels applied, roots standing in the numerator."""
        return self.tidied({m: fmpq(c) if isinstance(c, int) else c}, UNIT)

    def number(self, value: Fraction | int) -> Element:
        v = Fraction(value)
        return Element(P.constant(fmpq(v.numerator, v.denominator)), UNIT)

    # --- arithmetic ------------------------------------------------------------------------------------------------------------

    def add(self, a: Element, b: Element) -> Element:
        if not a.num:
            return b
        if not b.num:
            return a
        if a.den == b.den:
            return self.made(P.add(a.num, b.num), a.den)
        if len(a.den) == 1:
            return self.made(P.add(P.mul(a.num, b.den), b.num), b.den)
        if len(b.den) == 1:
            return self.made(P.add(a.num, P.mul(b.num, a.den)), a.den)
        g = P.common(a.den, b.den)
        left, right = P.exact_quotient(a.den, g), P.exact_quotient(b.den, g)
        assert left is not None and right is not None
        return self.made(P.add(P.mul(a.num, right), P.mul(b.num, left)), P.mul(left, b.den))

    def neg(self, a: Element) -> Element:
        return Element(P.scaled(a.num, fmpq(-1)), a.den)

    def sub(self, a: Element, b: Element) -> Element:
        return self.add(a, self.neg(b))

    def mul(self, a: Element, b: Element) -> Element:
        if len(a.den) == 1 and len(b.den) == 1:
            return self.tidied(P.mul(a.num, b.num), UNIT)
        an, bd = P.cancelled(a.num, b.den)
        bn, ad = P.cancelled(b.num, a.den)
        return self.made(P.mul(an, bn), P.mul(ad, bd))

    def inverse(self, a: Element) -> Element:
        num = self.zeroed(a.num)
        if not num:
            raise ZeroDenominator
        c, m, p = P.primitive(num)
        top = P.scaled(a.den, 1 / c)
        out = self.tidied(top, UNIT if len(p) == 1 else p)
        return self.mul(out, self.monomial(P.mono_pow(m, -1))) if m else out

    def div(self, a: Element, b: Element) -> Element:
        return self.mul(a, self.inverse(b))

    def power(self, a: Element, k: int) -> Element:
        if k < 0:
            return self.power(self.inverse(a), -k)
        if k == 0:
            return self.number(1)
        if len(a.num) == 1 or k == 1:
            return self.tidied(P.power(a.num, k), P.power(a.den, k)) if k > 1 else a
        if k > 12 and (k > 40 or len(a.num) > 3):
            return self._opaque_power(a, k)
        return self.tidied(P.power(a.num, k), P.power(a.den, k))

    def _opaque_power(self, a: Element, k: int) -> Element:
        """A high power with its factors kept: expanded only where a sum of them asks for it."""
        c, m, found = P.factors(a.num)
        out = self.monomial(P.mono_pow(m, k), P.scalar_power(c, k))
        for p, e in found:
            out = self.mul(out, self.atom(("ipow", frozenset(p.items()), ()), e * k))
        if len(a.den) > 1:
            _, _, below = P.factors(a.den)
            for p, e in below:
                out = self.mul(out, self.atom(("ipow", frozenset(p.items()), ()), -e * k))
        return out

    def sum(self, parts: list[Element]) -> Element:
        out = self.number(0)
        for p in parts:
            out = self.add(out, p)
        return out

    # --- relations -------------------------------------------------------------------------------------------------------------

    def made(self, num: Poly, den: Poly) -> Element:
        """num/den in lowest terms, relations applied."""
        if not num:
            return Element({}, UNIT)
        num, den = P.cancelled(num, den)
        return self.tidied(num, den)

    def tidied(self, num: Poly, den: Poly) -> Element:
        """Relations applied to both, the denominator primitive."""
        if self._touched(num):
            num, below = self._reduce(num)
            if below is not None:
                den = P.mul(den, below)
        if len(den) > 1 or (den and ONE not in den):
            if self._touched(den):
                den, below = self._reduce(den)
                if below is not None:
                    num = P.mul(num, below)
                    num, again = self._reduce(num)
                    if again is not None:
                        den = P.mul(den, again)
            if not self.zeroed(den):
                raise ZeroDenominator
            c, m, p = P.primitive(den)
            num = P.scaled(num, 1 / c, P.mono_pow(m, -1))
            den = UNIT if len(p) == 1 else p
            if m and self._touched(num):
                num, below = self._reduce(num)
                if below is not None:
                    return self.made(num, P.mul(den, below))
        elif ONE in den and den[ONE] != 1:
            num = P.scaled(num, 1 / den[ONE])
            den = UNIT
        return Element(num, den) if num else Element({}, UNIT)

    def _touched(self, a: Poly) -> bool:
        return any(g in self.reduced and self._reducible(g, e) for m in a for g, e in m)

    def _period(self, g: int) -> int:
        """How many whole powers of a root kernel make a polynomial, 0 where none do."""
        key = self.kernels[g]
        if key[0] == "abs":
            return 1 if self.signs.get(key[1]) else 2
        return {"prime": 1, "cbrt": 1, "principal": 1, "unit": 1, "ipow": 0}[key[0]]

    def _reducible(self, g: int, e: P.Exponent) -> bool:
        if self.kernels[g][0] == "ipow":
            return self.kernels[g][1] == "minus" and not 0 <= e < 2
        period = self._period(g)
        return not 0 <= e < period

    def _reduce(self, a: Poly) -> tuple[Poly, Poly | None]:
        """The polynomial with root kernels in their range; where roots stood in denominators, what everything was multiplied by."""
        # A negative power of |p| is a nonnegative one over a power of p: the common power is moved below.
        below: dict[int, int] = {}
        for m in a:
            for g, e in m:
                if g in self.reduced and self.kernels[g][0] in ("abs", "cbrt", "principal") and e < 0:
                    period = self._period(g)
                    need = -(e // period) * period
                    below[g] = max(below.get(g, 0), int(need))
        if below:
            lift: Mono = tuple(sorted(below.items()))
            a = P.scaled(a, fmpq(1), lift)
        out: Poly = {}
        for m, c in a.items():
            out = P.add(out, self._rewritten(m, c))
        if not below:
            return out, None
        den = UNIT
        for g, k in below.items():
            den = P.mul(den, self._whole(g, k))
        return out, den

    def _rewritten(self, m: Mono, c: fmpq) -> Poly:
        rest: list[tuple[int, P.Exponent]] = []
        extra = UNIT
        for g, e in m:
            if g not in self.reduced or not self._reducible(g, e):
                rest.append((g, e))
                continue
            kind = self.kernels[g][0]
            if kind == "unit":
                whole = e // 1
                c = -c if whole % 2 else c
                e = P.tidy(Fraction(e) - whole)
            elif kind == "prime":
                whole = int(e // 1)
                c = c * fmpq(self.kernels[g][1]) ** whole
                e = P.tidy(Fraction(e) - whole)
            elif kind == "ipow":
                e = e % 2
            else:
                period = self._period(g)
                whole = int(e // period) * period
                extra = P.mul(extra, self._whole(g, whole))
                e = P.tidy(Fraction(e) - whole)
            if e:
                rest.append((g, e))
        out = P.scaled(extra, c, tuple(sorted(rest)))
        return self._reduce(out)[0] if extra is not UNIT and self._touched(out) else out

    def _whole(self, g: int, k: int) -> Poly:
        """A whole (even, where the sign is not known) power of a root kernel as a polynomial."""
        key = self.kernels[g]
        base = dict(key[1])
        if key[0] == "abs" and self.turns(base):
            return P.power(self.squared(base), k // 2)
        p = P.power(base, k)
        return P.scaled(p, fmpq(-1)) if key[0] == "abs" and (self.signs.get(key[1]) or "").endswith("-") and k % 2 else p

    def turns(self, p: Poly) -> bool:
        """Whether exponentials of imaginary terms stand in a polynomial, so that its values are not known to be real."""
        return self.real and any(self.kernels[g][0] in ("unit", "cis", "phase") for m in p for g, _ in m)

    def squared(self, p: Poly) -> Poly:
        """The square of the magnitude: the product with the conjugate."""
        out = P.mul(p, self.conjugate(p))
        return self._reduce(out)[0] if self._touched(out) else out

    def conjugate(self, p: Poly) -> Poly:
        """The conjugate, where only exponentials of imaginary terms are not real."""
        out: Poly = {}
        for m, c in p.items():
            out = P.add(out, {tuple((g, -e if self.kernels[g][0] in ("unit", "cis", "phase") else e) for g, e in m): c})
        return out

    # --- zero test -------------------------------------------------------------------------------------------------------------

    def zeroed(self, num: Poly) -> Poly:
        """The numerator with every relation used, among them those of high powers and of roots of unity: empty means zero."""
        num = multiplied_out(num, self.kernels)
        if self._touched(num):
            num, _ = self._reduce(num)
        orders = [Fraction(e).denominator for m in num for g, e in m if g == self.unit]
        if orders:
            num = modulo_cyclotomic(with_roots_of_unity(num, self.unit, self._prime), self.unit)
        if len(num) > 1 and any(
            self.kernels[g][0] in ("exp", "cis") and self.kernels[g][2] is not None for g in P.generators(num)
        ):
            num = self._by_exponent(num)
        return num

    def _prime(self, g: int) -> int | None:
        key = self.kernels[g]
        return int(key[1]) if key[0] == "prime" else None

    def _by_exponent(self, num: Poly) -> Poly:
        """Terms whose exponentials have the same exponent in all are put together: exponents over different denominators may add up to one."""
        groups: dict[Key, dict[Mono, fmpq]] = {}
        first: dict[Key, Mono] = {}
        for m, c in num.items():
            rest, own = [], []
            for g, e in m:
                (own if self.kernels[g][0] in ("exp", "cis") else rest).append((g, e))
            key = self._exponent(tuple(own))
            first.setdefault(key, tuple(own))
            row = groups.setdefault(key, {})
            row[tuple(rest)] = row.get(tuple(rest), fmpq(0)) + c
        out: Poly = {}
        for key, row in groups.items():
            for rest, c in row.items():
                if c:
                    out = P.add(out, {P.mono_mul(tuple(rest), first[key]): c})
        return out

    def _exponent(self, own: Mono) -> Key:
        """What a product of exponentials has in its exponent, real and imaginary: equal for products that are equal."""
        found = self.exponents.get(own)
        if found is None:
            total = {"exp": Element({}, UNIT), "cis": Element({}, UNIT)}
            for g, e in own:
                key = self.kernels[g]
                q = Fraction(e)
                part = self.made({key[1]: fmpq(q.numerator, q.denominator)}, dict(key[2]) if key[2] is not None else UNIT)
                total[key[0]] = self.add(total[key[0]], part)
            found = self.exponents[own] = (total["exp"].key, total["cis"].key)
        return found

    def equal(self, a: Element, b: Element) -> bool:
        """Whether the difference is zero by the relations known; False means "not shown"."""
        if a.num == b.num and a.den == b.den:
            return True
        difference = self.sub(a, b)
        return not self.zeroed(difference.num)
