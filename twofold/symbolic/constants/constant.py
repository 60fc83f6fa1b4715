"""Sums of products of constants, as rational coefficients of monomials."""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from flint import fmpz

from twofold.symbolic.squaring import raised

MOST_TERMS = 40
MOST_BITS = 13_000
"""Terms of a sum, and the length of a number in it, beyond which nothing is worked out here."""
LARGEST_ROOT = 1 << 80
"""The largest number that squares are taken out of."""


class TooLong(Exception):
    """A constant has more terms, or longer numbers, than are worked with here."""


class Generator(NamedTuple):
    """What powers are taken of: `("e", 0)`, `("euler_gamma", 0)`, `("im", 0)`, `("pi", 0)`, or `("log", p)` for a prime p; in the order of their writing."""

    name: str
    of: int = 0

    def value(self) -> float:
        return _VALUES[self.name] if self.name != "log" else math.log(self.of)


IM, PI, EULER = Generator("im"), Generator("pi"), Generator("euler_gamma")
_VALUES = {"e": math.e, "pi": math.pi, "euler_gamma": 0.5772156649015329}
ORDER = {"e": 0, "euler_gamma": 1, "im": 2, "pi": 3, "log": 4}


class Monomial(NamedTuple):
    """The square root of a squarefree whole number times powers; those are counted in halves, which are whole except those of pi."""

    root: int = 1
    powers: tuple[tuple[Generator, int], ...] = ()

    @property
    def imaginary(self) -> bool:
        return any(g == IM for g, _ in self.powers)

    def size(self) -> float:
        """The absolute value."""
        out = math.sqrt(self.root)
        for g, e in self.powers:
            if g.name != "im":
                out *= g.value() ** (e / 2)
        return out


UNIT = Monomial()
Terms: TypeAlias = dict[Monomial, Fraction]


class Constant:
    """Immutable. Two of them are equal exactly where their coefficients are: no relation is known between the monomials."""

    __slots__ = ("terms",)

    def __init__(self, terms: Terms) -> None:
        self.terms = terms

    @staticmethod
    def of(value: int | Fraction) -> Constant:
        return Constant({UNIT: Fraction(value)} if value else {})

    @staticmethod
    def power_of(generator: Generator, halves: int = 2, coefficient: Fraction = Fraction(1)) -> Constant:
        return Constant({Monomial(1, ((generator, halves),)): coefficient})

    @staticmethod
    def root_of(value: Fraction) -> Constant | None:
        """The square root of a rational number that is not negative."""
        if not value:
            return Constant({})
        n = value.numerator * value.denominator
        found = square_and_rest(n) if 0 < n <= LARGEST_ROOT else None
        return None if found is None else Constant({Monomial(found[1]): Fraction(found[0], value.denominator)})

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Constant) and self.terms == other.terms

    def __hash__(self) -> int:
        return hash(frozenset(self.terms.items()))

    def __bool__(self) -> bool:
        return bool(self.terms)

    def rational(self) -> Fraction | None:
        """The value where it is a rational number."""
        if not self.terms:
            return Fraction(0)
        return self.terms.get(UNIT) if len(self.terms) == 1 else None

    def whole(self) -> int | None:
        value = self.rational()
        return int(value) if value is not None and value.denominator == 1 else None

    def parts(self) -> tuple[Constant, Constant]:
        """The real and the imaginary part."""
        real = {m: c for m, c in self.terms.items() if not m.imaginary}
        other = {Monomial(m.root, tuple(p for p in m.powers if p[0] != IM)): c for m, c in self.terms.items() if m.imaginary}
        return Constant(real), Constant(other)

    def conjugate(self) -> Constant:
        return Constant({m: -c if m.imaginary else c for m, c in self.terms.items()})

    # --- arithmetic ---

    def __neg__(self) -> Constant:
        return Constant({m: -c for m, c in self.terms.items()})

    def __add__(self, other: Constant) -> Constant:
        out = dict(self.terms)
        for m, c in other.terms.items():
            _add(out, m, c)
        return _checked(out)

    def __sub__(self, other: Constant) -> Constant:
        return self + -other

    def __mul__(self, other: Constant) -> Constant:
        out: Terms = {}
        for m, c in self.terms.items():
            for n, d in other.terms.items():
                k, product = _times(m, n)
                _add(out, product, c * d * k)
        return _checked(out)

    def scaled(self, value: Fraction) -> Constant:
        return Constant({m: c * value for m, c in self.terms.items()} if value else {})

    def inverse(self) -> Constant | None:
        """One over it; `None` for 0 and for sums that are no sum of a real and an imaginary rational number."""
        if len(self.terms) == 1:
            ((m, c),) = self.terms.items()
            powers = tuple((g, -e) for g, e in m.powers if g != IM)
            out = Constant({Monomial(m.root, powers): 1 / (c * m.root)})
            return (
                Constant({Monomial(k.root, _joined(k.powers, ((IM, 2),))[1]): -d for k, d in out.terms.items()})
                if m.imaginary
                else out
            )
        real, other = (part.rational() for part in self.parts())
        if real is None or other is None or not self.terms:
            return None
        return self.conjugate().scaled(1 / (real * real + other * other))

    def reciprocal(self) -> Constant | None:
        """One over it, also of a sum of two multiples of roots; `None` for 0 and for longer sums."""
        if len(self.terms) != 2 or any(m.powers for m in self.terms):
            return self.inverse()
        (m, a), (n, b) = self.terms.items()
        return Constant({m: a, n: -b}).scaled(1 / (a * a * m.root - b * b * n.root))

    def raised(self, n: int) -> Constant | None:
        """A whole power; `None` where there is none here."""
        base: Constant | None = self
        if n < 0:
            base, n = self.inverse(), -n
        if (
            base is None
            or n
            and sum(c.numerator.bit_length() + c.denominator.bit_length() for c in base.terms.values()) * n > 4 * MOST_BITS
        ):
            return None
        return raised(base, n, Constant.of(1))


def _add(out: Terms, m: Monomial, c: Fraction) -> None:
    found = out.get(m)
    if found is None:
        out[m] = c
    elif found + c:
        out[m] = found + c
    else:
        del out[m]


def _checked(terms: Terms) -> Constant:
    if len(terms) > MOST_TERMS or any(
        max(c.numerator.bit_length(), c.denominator.bit_length()) > MOST_BITS for c in terms.values()
    ):
        raise TooLong
    return Constant(terms)


def _times(m: Monomial, n: Monomial) -> tuple[int, Monomial]:
    """A product as a whole number and a monomial."""
    shared = math.gcd(m.root, n.root)
    sign, powers = _joined(m.powers, n.powers) if m.powers and n.powers else (1, m.powers or n.powers)
    return sign * shared, Monomial(m.root * n.root // (shared * shared), powers)


def _joined(
    a: Iterable[tuple[Generator, int]], b: Iterable[tuple[Generator, int]]
) -> tuple[int, tuple[tuple[Generator, int], ...]]:
    found = dict(a)
    for g, e in b:
        found[g] = found.get(g, 0) + e
    sign = 1
    if found.get(IM, 0) == 4:
        sign = -1
        del found[IM]
    return sign, tuple(sorted(((g, e) for g, e in found.items() if e), key=lambda p: (ORDER[p[0].name], p[0].of)))


@lru_cache(4096)
def square_and_rest(n: int) -> tuple[int, int]:
    """s and a squarefree r with n = s^2*r."""
    square, rest = 1, 1
    for p, e in fmpz(n).factor():
        square *= int(p) ** (int(e) // 2)
        rest *= int(p) ** (int(e) % 2)
    return square, rest
