"""Rational functions over a growing list of generators: names, constants and kernels such as `exp(x/2)` or `sqrt(1 - x)`.

A generator is a real number at every point where it is defined; what is known of it (its argument, its square, its sign) is
kept beside it in `Generator` and used by the eliminations. Polynomials are python-flint's `fmpq_mpoly` in a ring of fixed
width.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, TypeAlias

from flint import arb, fmpq, fmpq_mpoly_ctx

from twofold.catalogue.method import NotApplicable
from twofold.grammar.term import Symbol, Term

WIDTH = 48
_LARGEST = 4000
CONTEXT = fmpq_mpoly_ctx.get([f"g{k}" for k in range(WIDTH)], "degrevlex")
ONE = CONTEXT.constant(1)
ZERO = CONTEXT.constant(0)

Polynomial: TypeAlias = Any


def constant(value: Any) -> Polynomial:
    """A rational as a polynomial."""
    if isinstance(value, Fraction):
        value = fmpq(value.numerator, value.denominator)
    return CONTEXT.constant(value)


def fraction(q: Any) -> Fraction:
    return Fraction(int(q.p), int(q.q))


def key_of(p: Polynomial) -> tuple[Any, ...]:
    """A hashable form of a polynomial."""
    return tuple((m, int(c.p), int(c.q)) for m, c in p.terms())


def used(p: Polynomial) -> list[int]:
    """The generators that occur."""
    return [k for k, d in enumerate(p.degrees()) if d > 0]


def narrowed(p: Polynomial, names: list[int]) -> Polynomial:
    """A polynomial over the ring of these generators alone."""
    narrow = fmpq_mpoly_ctx.get([f"g{k}" for k in range(max(1, len(names)))], "degrevlex")
    return narrow.from_dict({tuple(m[k] for k in names) or (0,): c for m, c in p.terms()})


def widened(p: Polynomial, names: list[int]) -> Polynomial:
    """The polynomial over the whole ring that `narrowed` has made narrow."""
    rows = {}
    for m, c in p.terms():
        wide = [0] * WIDTH
        for k, d in zip(names, m, strict=False):
            wide[k] = d
        rows[tuple(wide)] = c
    return CONTEXT.from_dict(rows)


Sparse: TypeAlias = list[tuple[Any, list[tuple[int, int]]]]
_SPARSE: dict[int, tuple[Polynomial, Sparse]] = {}
_MOST_SPARSE = 512


def sparse(p: Polynomial) -> Sparse:
    """The terms of a polynomial: the coefficient, and the generators in it with their exponents. Known by the polynomial itself: to read one
    takes longer than to put a number into it."""
    held = _SPARSE.get(id(p))
    if held is None or held[0] is not p:
        if len(_SPARSE) >= _MOST_SPARSE:
            _SPARSE.clear()
        held = _SPARSE[id(p)] = p, [(c, [(k, int(d)) for k, d in enumerate(m) if d]) for m, c in p.terms()]
    return held[1]


def coefficients(p: Polynomial, k: int) -> list[Polynomial]:
    """The coefficients of a polynomial in generator k, lowest degree first."""
    rows: dict[int, dict[tuple[int, ...], Any]] = {}
    for m, c in p.terms():
        d = m[k]
        rest = (*m[:k], 0, *m[k + 1 :])
        rows.setdefault(d, {})[rest] = c
    top = max(rows, default=0)
    return [CONTEXT.from_dict(rows.get(d, {})) for d in range(top + 1)]


def constant_value(p: Polynomial) -> Fraction | None:
    """The value of a polynomial without generators."""
    if p.is_zero():
        return Fraction(0)
    if not p.is_constant():
        return None
    return fraction(p.coeffs()[0])


def monic(p: Polynomial) -> tuple[Fraction, Polynomial]:
    """A rational factor and the polynomial with leading coefficient 1."""
    if p.is_zero():
        return Fraction(1), p
    c = p.leading_coefficient()
    return fraction(c), p / c


@dataclass(frozen=True, slots=True)
class Ratio:
    """A quotient of polynomials without common factors."""

    top: Polynomial
    bottom: Polynomial

    def __add__(self, other: Ratio) -> Ratio:
        if self.bottom == other.bottom:
            return ratio(self.top + other.top, self.bottom)
        return ratio(self.top * other.bottom + other.top * self.bottom, self.bottom * other.bottom)

    def __neg__(self) -> Ratio:
        return Ratio(-self.top, self.bottom)

    def __sub__(self, other: Ratio) -> Ratio:
        return self + (-other)

    def __mul__(self, other: Ratio) -> Ratio:
        return ratio(self.top * other.top, self.bottom * other.bottom)

    def __truediv__(self, other: Ratio) -> Ratio:
        if other.top.is_zero():
            raise ZeroDivisionError
        return ratio(self.top * other.bottom, self.bottom * other.top)

    def __pow__(self, n: int) -> Ratio:
        if n < 0:
            if self.top.is_zero():
                raise ZeroDivisionError
            return Ratio(self.bottom, self.top) ** -n
        if n * max(1, len(self.top), len(self.bottom)) > _LARGEST:
            raise NotApplicable("a power has too many terms")
        return Ratio(self.top**n, self.bottom**n)

    def value(self) -> Fraction | None:
        """The value where no generator occurs."""
        a, b = constant_value(self.top), constant_value(self.bottom)
        return None if a is None or b is None else a / b

    @property
    def key(self) -> tuple[Any, ...]:
        c, bottom = monic(self.bottom)
        return key_of(self.top / fmpq(c.numerator, c.denominator)), key_of(bottom)

    def generators(self) -> set[int]:
        return {*used(self.top), *used(self.bottom)}


def ratio(top: Polynomial, bottom: Polynomial) -> Ratio:
    """A quotient in lowest terms with a monic denominator."""
    if len(top) > _LARGEST or len(bottom) > _LARGEST:
        raise NotApplicable("an expression has too many terms")
    if top.is_zero():
        return Ratio(ZERO, ONE)
    if not bottom.is_constant():
        g = top.gcd(bottom)
        if not g.is_constant():
            top, bottom = top / g, bottom / g
    c = bottom.leading_coefficient()
    return Ratio(top / c, bottom / c)


def rational(value: Fraction | int) -> Ratio:
    return Ratio(constant(value), ONE)


@dataclass(frozen=True, slots=True)
class Generator:
    """What a generator stands for.

    kind      symbol     a name or an entry of an array (`term`)
              constant   a number: `pi` and such (`value` gives a ball), or `exp` of a rational `argument`
              root       the real `index`-th root of `argument` (which is >= 0 for an even index)
              power      `exp(argument)`
              log sin cos   of `argument`
              cases      one of `options`: pairs (formula, value), as the formulas say
              function   a function of `argument` that can be enclosed (`term` names it)
      opaque     any other term: only that it is the same number each time
    """

    kind: str
    term: Term | None = None
    argument: Ratio | None = None
    index: int = 0
    options: tuple[tuple[Any, Ratio], ...] = ()
    value: Any = None
    inside: frozenset[int] = frozenset()

    def enclosure(self) -> arb:
        """A ball for a constant without argument at flint's working precision."""
        made: arb = self.value()
        return made


@dataclass(slots=True)
class Ring:
    """The generators met so far. `steps` keeps, for each monomial inside exp or sin, the largest rational that all its
    multiples are whole multiples of; when it shrinks, the reading starts again (`Restart`)."""

    generators: list[Generator] = field(default_factory=list)
    keys: dict[Any, int] = field(default_factory=dict)
    steps: dict[Any, Fraction] = field(default_factory=dict)

    def add(self, key: Any, generator: Generator) -> int:
        """The number of the generator with a key, made if it is new."""
        found = self.keys.get(key)
        if found is None:
            found = len(self.generators)
            if found >= WIDTH:
                raise NotApplicable("too many different kernels")
            self.generators.append(generator)
            self.keys[key] = found
        return found

    def gen(self, key: Any, generator: Generator) -> Ratio:
        return Ratio(CONTEXT.gen(self.add(key, generator)), ONE)

    def kinds(self, numbers: Iterable[int]) -> Iterator[Generator]:
        return (self.generators[k] for k in numbers)

    def inside(self, u: Ratio) -> frozenset[int]:
        """The generators in a ratio and in the arguments of those."""
        found: set[int] = set()
        for k in u.generators():
            found |= {k, *self.generators[k].inside}
        return frozenset(found)

    def symbols(self) -> list[tuple[int, Symbol | None]]:
        return [(k, getattr(g.term, "symbol", None)) for k, g in enumerate(self.generators) if g.kind == "symbol"]

    def step(self, key: Any, q: Fraction) -> Fraction:
        """The step of a monomial, or `Restart` where this multiple does not fit it."""
        old = self.steps.get(key)
        if old is None:
            self.steps[key] = abs(q)
            return abs(q)
        if (q / old).denominator == 1:
            return old
        a, b = old, abs(q)
        while b:
            a, b = b, a - (a // b) * b
        self.steps[key] = a
        raise Restart


class Restart(Exception):
    """A finer step was found for a kernel: read the statement again."""
