"""Signs of polynomials from bounds on their generators: interval arithmetic on the factors, discriminants for quadratics."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import Any

from flint import arb

from twofold.symbolic.equations import squares
from twofold.symbolic.equations.enclose import NoEnclosure, generator, is_constant, precision
from twofold.symbolic.equations.formula import FLIPPED, Atom, holds
from twofold.symbolic.equations.ring import (
    CONTEXT,
    Polynomial,
    Ring,
    coefficients,
    constant,
    constant_value,
    fraction,
    key_of,
    narrowed,
    used,
    widened,
)

Number = Any
_LONGEST = 10
ANY_SIGN = frozenset((-1, 0, 1))


@dataclass(frozen=True, slots=True)
class Interval:
    """Values from `low` to `high`; `low_in`, `high_in`: whether the ends themselves can occur."""

    low: Number = -math.inf
    high: Number = math.inf
    low_in: bool = False
    high_in: bool = False

    def signs(self) -> frozenset[int]:
        found = set()
        if self.low < 0:
            found.add(-1)
        if self.high > 0:
            found.add(1)
        if (self.low < 0 < self.high) or (self.low == 0 and self.low_in) or (self.high == 0 and self.high_in):
            found.add(0)
        return frozenset(found)

    def meet(self, other: Interval) -> Interval:
        low, low_in = max((self.low, not self.low_in), (other.low, not other.low_in))
        high, high_in = min((self.high, self.high_in), (other.high, other.high_in))
        return Interval(low, high, not low_in, high_in)

    @property
    def empty(self) -> bool:
        return self.low > self.high or (self.low == self.high and not (self.low_in and self.high_in))


POSITIVE = Interval(low=0)
NONNEGATIVE = Interval(low=0, low_in=True)
UNIT = Interval(-1, 1, True, True)


def _times(a: Number, a_in: bool, b: Number, b_in: bool) -> tuple[Number, bool]:
    if a == 0 or b == 0:
        return 0, (a == 0 and a_in) or (b == 0 and b_in)
    return a * b, a_in and b_in


def product(x: Interval, y: Interval) -> Interval:
    ends = [
        _times(a, a_in, b, b_in)
        for a, a_in in ((x.low, x.low_in), (x.high, x.high_in))
        for b, b_in in ((y.low, y.low_in), (y.high, y.high_in))
    ]
    low, high = min(v for v, _ in ends), max(v for v, _ in ends)
    return Interval(low, high, any(t for v, t in ends if v == low), any(t for v, t in ends if v == high))


def power(x: Interval, n: int) -> Interval:
    if n % 2 == 0 and x.low < 0:
        if x.high <= 0:
            return power(Interval(-x.high, -x.low, x.high_in, x.low_in), n)
        top, top_in = max((-x.low, x.low_in), (x.high, x.high_in))
        return Interval(0, top**n, True, top_in)
    return Interval(_power(x.low, n), _power(x.high, n), x.low_in, x.high_in)


def _power(a: Number, n: int) -> Number:
    return a**n if not isinstance(a, float) else (math.inf if a > 0 or n % 2 == 0 else -math.inf)


def plus(x: Interval, y: Interval) -> Interval:
    return Interval(x.low + y.low, x.high + y.high, x.low_in and y.low_in, x.high_in and y.high_in)


def enclosure_of(b: arb) -> Interval:
    """A ball as an interval with rational ends."""
    if not b.is_finite():
        return Interval()
    mid, rad = b.mid().fmpq(), b.rad().fmpq()
    return Interval(fraction(mid - rad), fraction(mid + rad), True, True)


@dataclass(slots=True)
class Bounds:
    """What is known of each generator by itself."""

    ring: Ring
    known: dict[int, Interval] = field(default_factory=dict)
    signs: dict[Any, frozenset[int]] = field(default_factory=dict)
    complex: bool = False

    def of(self, k: int) -> Interval:
        found = self.known.get(k)
        return found if found is not None else self.natural(k)

    def natural(self, k: int) -> Interval:
        """What holds of a generator by its kind; nothing of one that need not be real."""
        if not self.real(k):
            return Interval()
        g = self.ring.generators[k]
        if is_constant(self.ring, k):
            with precision(128):
                try:
                    return enclosure_of(generator(self.ring, k, {}, {}))
                except NoEnclosure:
                    pass
        if g.kind == "power":
            return POSITIVE
        if g.kind == "root" and g.index % 2 == 0:
            assert g.argument is not None
            return POSITIVE if self.sign(g.argument.top * g.argument.bottom) == {1} else NONNEGATIVE
        if g.kind in ("sin", "cos"):
            return UNIT
        if g.kind == "function":
            from twofold.symbolic.equations.monotone import FUNCTIONS

            return FUNCTIONS[g.term.op].range  # type: ignore[union-attr]
        return Interval()

    def narrow(self, k: int, interval: Interval) -> None:
        before = self.of(k)
        self.known[k] = before.meet(interval)
        if self.known[k] != before:
            self.signs = {}

    def forget(self, k: int) -> None:
        """Drops what was learned of a generator."""
        self.known.pop(k, None)
        self.signs = {}

    def copy(self) -> Bounds:
        return Bounds(self.ring, dict(self.known), dict(self.signs), self.complex)

    def real(self, k: int) -> bool:
        """Whether a generator is known to be a real number."""
        if not self.complex:
            return True
        g = self.ring.generators[k]
        if g.kind == "symbol":
            return getattr(g.term, "symbol", None) is None or g.term.symbol.kind != "complex"  # type: ignore[union-attr]
        if g.kind == "root":
            value = g.argument.value() if g.argument is not None else None
            return value is not None and value > 0
        return g.kind == "constant" or (g.kind in ("power", "sin", "cos") and all(map(self.real, g.inside)))

    def all_real(self, f: Polynomial) -> bool:
        return not self.complex or all(map(self.real, used(f)))

    def interval(self, p: Polynomial) -> Interval:
        """Bounds of a polynomial, term by term."""
        total = Interval(0, 0, True, True)
        for m, c in p.terms():
            q = fraction(c)
            t = Interval(q, q, True, True)
            for k, d in enumerate(m):
                if d:
                    t = product(t, power(self.of(k), int(d)))
            total = plus(total, t)
        return total

    def sign(self, p: Polynomial, depth: int = 2) -> frozenset[int]:
        """The signs that a polynomial can have."""
        value = constant_value(p)
        if value is not None:
            return frozenset(((value > 0) - (value < 0),))
        c, factors = factored(p)
        out = {1 if c > 0 else -1}
        for f, e in factors:
            s = self.factor_sign(f, depth)
            if e % 2 == 0:
                s = frozenset(x * x for x in s)
            out = {a * b for a in out for b in s}
        return frozenset(out)

    def factor_sign(self, f: Polynomial, depth: int) -> frozenset[int]:
        key = (key_of(f), depth)
        known = self.signs.get(key)
        if known is None:
            known = self.signs[key] = self._factor_sign(f, depth)
        return known

    def _factor_sign(self, f: Polynomial, depth: int) -> frozenset[int]:
        if not self.all_real(f):
            # Over the complex numbers 1 and -1 together say "not zero".
            ks = used(f)
            lone = len(ks) == 1 and self.ring.generators[ks[0]].kind in ("power", "imaginary") and f == CONTEXT.gen(ks[0])
            return frozenset((-1, 1)) if lone else ANY_SIGN
        found = self.interval(f).signs()
        if len(found) > 1 and (one := squares.definite(f)) is not None:
            found &= {one, 0} if squares.vanishes(f) else {one}
        if len(f) > _LONGEST:
            return found
        if len(found) < 2 or depth == 0:
            return found
        found &= self._shifted(f)
        for k in used(f) if len(found) > 1 else []:
            row = coefficients(f, k)
            if len(row) == 3:
                leading = self.sign(row[2], depth - 1)
                if leading in ({1}, {-1}):
                    d = self.sign(row[1] * row[1] - 4 * row[2] * row[0], depth - 1)
                    if d == {-1}:
                        return leading
                    if 1 not in d:
                        found &= leading | {0}
            if len(found) < 2:
                break
        return found

    def _shifted(self, f: Polynomial) -> frozenset[int]:
        """Signs seen from the coefficients when every bounded generator is counted from its bound."""
        moved, strict = f, True
        for k in used(f):
            i = self.of(k)
            x = CONTEXT.gen(k)
            if i.low != -math.inf:
                end, turned, inside = i.low, x, i.low_in
            elif i.high != math.inf:
                end, turned, inside = i.high, -x, i.high_in
            else:
                if any(d % 2 for d in (int(m[k]) for m in f.monoms())):
                    return ANY_SIGN
                inside, end, turned = True, 0, x
            if end != 0 or turned is not x:
                moved = moved.compose(
                    *(turned + constant(Fraction(end)) if j == k else g for j, g in enumerate(CONTEXT.gens())), ctx=CONTEXT
                )
            strict = strict and not inside
        signs = {1 if c > 0 else -1 for _, c in moved.terms()}
        if len(signs) != 1:
            return ANY_SIGN
        constant_term = any(not any(m) for m in moved.monoms())
        return frozenset(signs) if strict or constant_term else frozenset((*signs, 0))

    def decide(self, a: Atom) -> bool | None:
        """The truth of a literal where the bounds settle it."""
        return settled(self.sign(a.polynomial), a.relation)


def bound_by(bounds: Bounds, a: Atom) -> None:
    """Narrows a generator by a literal that is linear in it and has no other."""
    found = used(a.polynomial)
    if len(found) != 1:
        return
    row = coefficients(a.polynomial, found[0])
    if len(row) != 2:
        return
    slope, offset = constant_value(row[1]), constant_value(row[0])
    assert slope and offset is not None
    end = -offset / slope
    relation = a.relation if slope > 0 else FLIPPED[a.relation]
    if relation in (">", ">=", "="):
        bounds.narrow(found[0], Interval(low=end, low_in="=" in relation))
    if relation in ("<", "<=", "="):
        bounds.narrow(found[0], Interval(high=end, high_in="=" in relation))


def settled(signs: Iterable[int], relation: str) -> bool | None:
    """The truth of a relation to 0 from the signs that are possible."""
    found = {holds(s, relation) for s in signs}
    return found.pop() if len(found) == 1 else None


def factored(p: Polynomial) -> tuple[Fraction, list[tuple[Polynomial, int]]]:
    """The irreducible factors over the rationals, each with leading coefficient 1."""
    return _factored(_Key(p))


class _Key:
    """A polynomial that can be looked up."""

    __slots__ = ("hash", "polynomial")

    def __init__(self, p: Polynomial) -> None:
        self.polynomial = p
        self.hash = hash(tuple(p.monoms()))

    def __hash__(self) -> int:
        return self.hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and bool(self.polynomial == other.polynomial)


@lru_cache(4096)
def _factored(key: _Key) -> tuple[Fraction, list[tuple[Polynomial, int]]]:
    # FLINT's effort grows with the names of the ring, most of which do not occur.
    names = used(key.polynomial)
    c, parts = narrowed(key.polynomial, names).factor()
    total = fraction(c)
    out = []
    for f, e in parts:
        lead = f.leading_coefficient()
        total *= fraction(lead) ** int(e)
        out.append((widened(f / lead, names), int(e)))
    return total, out
