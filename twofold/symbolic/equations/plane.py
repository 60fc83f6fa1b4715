"""Formulas in one complex unknown: is there a complex value that makes the formula true?

Only `=` and `!=` occur. The zeros of all factors are looked at one by one, and one ordinary point stands for all others. Two zeros are
the same only where a closed form is seen to make the other factor vanish; zeros that no precision separates are given up.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from flint import acb, acb_poly

from twofold.catalogue.display import show
from twofold.catalogue.method import NotApplicable
from twofold.grammar.term import Const
from twofold.symbolic.equations import enclose, kernels
from twofold.symbolic.equations.bounds import factored
from twofold.symbolic.equations.eliminate import reduced, substituted
from twofold.symbolic.equations.enclose import PRECISIONS, NoEnclosure, precision
from twofold.symbolic.equations.formula import Atom, Fact, Formula, literals, truth
from twofold.symbolic.equations.reading import Reading
from twofold.symbolic.equations.ring import CONTEXT, Polynomial, Ratio, coefficients, constant_value, key_of, rational, used
from twofold.symbolic.equations.terms import term_of

_HIGHEST_DEGREE = 40


@dataclass(slots=True, eq=False)
class Zero:
    """A zero: number `index` among those of a factor, or `exact`; `factors` are the keys of the factors that vanish there."""

    factors: set[Any]
    exact: Ratio | None = None
    factor: Polynomial | None = None
    index: int = 0
    balls: dict[int, acb] = field(default_factory=dict)


class Plane:
    """The complex plane of one unknown, with the zeros of the factors of some formulas."""

    def __init__(self, reading: Reading, formulas: list[Formula], unknown: int) -> None:
        self.reading = reading
        self.unknown = unknown
        self.factors: dict[Any, Polynomial] = {}
        self.parts: dict[Any, list[Any]] = {}
        for f in formulas:
            for a in literals(f):
                if isinstance(a, Atom):
                    if a.relation not in ("=", "!="):
                        raise NotApplicable("complex numbers have no order")
                    keys = []
                    for g, _ in factored(a.polynomial)[1]:
                        keys.append(key_of(g))
                        self.factors[keys[-1]] = g
                    self.parts[a.key[0]] = keys
        self.zeros = self._zeros()

    # --- zeros ------------------------------------------------------------------------------------------------------------------

    def _zeros(self) -> list[Zero]:
        found: list[Zero] = []
        for key, f in self.factors.items():
            row = coefficients(f, self.unknown)
            if any(not enclose.is_constant(self.reading.ring, k) for c in row for k in used(c)) or len(row) > _HIGHEST_DEGREE:
                raise NotApplicable("a factor is no polynomial in the unknown")
            if len(row) == 2:
                exact = -Ratio(row[0], CONTEXT.constant(1)) / Ratio(row[1], CONTEXT.constant(1))
                found.append(Zero({key}, exact))
        for key, f in self.factors.items():
            degree = len(coefficients(f, self.unknown)) - 1
            if degree == 2 and (exact := self._quadratic(f)) is not None:
                found.extend(Zero({key}, x) for x in exact)
            elif degree > 1:
                found.extend(Zero({key}, None, f, n) for n in range(degree))
        for zero in found:
            if zero.exact is not None:
                zero.factors |= {key for key, f in self.factors.items() if self._vanishes(f, zero.exact)}
        return self._separated(found)

    def _quadratic(self, f: Polynomial) -> list[Ratio] | None:
        """Closed forms for the zeros of a quadratic polynomial with rational coefficients."""
        numbers = [constant_value(c) for c in coefficients(f, self.unknown)]
        if any(q is None for q in numbers):
            return None
        c, b, a = (q for q in numbers if q is not None)
        d = b * b - 4 * a * c
        s = kernels.root(self.reading, rational(abs(d)), 2)
        if d < 0:
            s = s * kernels.constant(self.reading, Const("im"))
        return [(rational(-b) + rational(n) * s) / rational(2 * a) for n in (1, -1)]

    def _vanishes(self, f: Polynomial, exact: Ratio) -> bool:
        return bool(reduced(self.reading, substituted(f, self.unknown, exact).top).is_zero())

    def _separated(self, found: list[Zero]) -> list[Zero]:
        """The different zeros; those of a factor that a closed form is known to be are left out."""
        for bits in PRECISIONS:
            try:
                balls = [(self.ball(z, bits), z) for z in found]
            except NoEnclosure:
                continue
            kept: list[tuple[acb, Zero]] = []
            clear = True
            for b, z in sorted(balls, key=lambda x: x[1].exact is None):
                near = [(c, w) for c, w in kept if c.overlaps(b)]
                if not near:
                    kept.append((b, z))
                elif (
                    len(near) == 1
                    and near[0][1].exact is not None
                    and (z.exact == near[0][1].exact or z.factors <= near[0][1].factors)
                ):
                    near[0][1].factors |= z.factors
                else:
                    clear = False
            if clear:
                return [z for _, z in kept]
        raise NotApplicable("two solutions are not told apart")

    def ball(self, z: Zero, bits: int) -> acb:
        """A ball around a zero."""
        if bits not in z.balls:
            with precision(bits):
                if z.exact is not None:
                    top, bottom = self._value(z.exact.top, None), self._value(z.exact.bottom, None)
                    if bottom.contains(0):
                        raise NoEnclosure
                    z.balls[bits] = top / bottom
                else:
                    assert z.factor is not None
                    try:
                        row = [self._value(c, None) for c in coefficients(z.factor, self.unknown)]
                        roots = acb_poly(row).roots()
                    except ValueError:
                        raise NoEnclosure from None
                    known = next(iter(z.balls.values()), None)
                    same = [b for b in roots if known is not None and b.overlaps(known)]
                    if known is not None and len(same) != 1:
                        raise NoEnclosure
                    z.balls[bits] = same[0] if same else sorted(roots, key=_order)[z.index]
        return z.balls[bits]

    def _value(self, p: Polynomial, z: acb | None) -> acb:
        ring = self.reading.ring
        total = acb(0)
        for m, c in p.terms():
            t = acb(c)
            for k, d in enumerate(m):
                if d:
                    if k == self.unknown:
                        if z is None:
                            raise NoEnclosure
                        x = z
                    elif ring.generators[k].kind == "imaginary":
                        x = acb(0, 1)
                    else:
                        x = acb(enclose.generator(ring, k, {}, {}))
                    t *= x ** int(d)
            total += t
        return total

    # --- deciding ---------------------------------------------------------------------------------------------------------------

    def decide(self, formula: Formula) -> tuple[str | None, bool]:
        """The text of a value that makes the formula true, and whether there certainly is none."""
        empty = True
        for z in self.zeros:
            t = truth(formula, lambda a, z=z: self._at(a, z))
            if t:
                return self._text(z), False
            empty = empty and t is False
        ordinary = next(
            q for q in map(Fraction, range(1000)) if all(not self._vanishes(f, rational(q)) for f in self.factors.values())
        )
        t = truth(formula, lambda a: None if isinstance(a, Fact) else a.relation == "!=")
        if t:
            return str(ordinary), False
        return None, empty and t is False

    def _at(self, a: Atom | Fact, z: Zero) -> bool | None:
        if isinstance(a, Fact):
            return None
        if any(k in z.factors for k in self.parts[a.key[0]]):
            return a.relation == "="
        for bits in PRECISIONS:
            try:
                with precision(bits):
                    if all(not self._value(self.factors[k], self.ball(z, bits)).contains(0) for k in self.parts[a.key[0]]):
                        return a.relation == "!="
            except NoEnclosure:
                continue
        return None

    def _text(self, z: Zero) -> str:
        if z.exact is not None:
            return show(term_of(self.reading.ring, z.exact))
        with precision(128):
            b = self.ball(z, 128)
            real, imaginary = b.real.str(15, radius=False), b.imag.str(15, radius=False)
        if b.real.contains(0):
            return f"{imaginary}*im"
        return real if b.imag.contains(0) else f"{real} + {imaginary}*im"


def _order(b: acb) -> tuple[Any, Any]:
    """An order of isolated zeros that does not change with the precision: zeros of equal real part have different imaginary ones."""
    q, r = b.real.mid().fmpq(), b.imag.mid().fmpq()
    return round(int(q.p) * 2**30 // int(q.q) / 2**6), Fraction(int(r.p), int(r.q))
