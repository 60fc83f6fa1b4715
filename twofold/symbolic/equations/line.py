"""Formulas in one unknown: is there a real value that makes the formula true?

The zeros of all polynomials cut the line into points and open intervals on which every sign is constant (a cylindrical
decomposition in one variable). Truth is read off at each zero and at one rational number between neighbours. Two zeros are the
same point only where that is known exactly (one irreducible factor, or equal closed forms); zeros that no precision separates
are given up.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import inf
from typing import Any, TypeAlias

from flint import arb, fmpq

from twofold.catalogue.method import NotApplicable
from twofold.symbolic.equations import enclose
from twofold.symbolic.equations.bounds import factored
from twofold.symbolic.equations.enclose import PRECISIONS, NoEnclosure, precision
from twofold.symbolic.equations.family import Family, family_of
from twofold.symbolic.equations.formula import Atom, Fact, Formula, holds, literals, truth
from twofold.symbolic.equations.inverse import points_of
from twofold.symbolic.equations.points import Point
from twofold.symbolic.equations.reading import Reading
from twofold.symbolic.equations.ring import Polynomial, fraction, key_of, used
from twofold.symbolic.equations.solution import Solution, simplest, size

_MOST_CELLS = 900
Cell: TypeAlias = tuple[Fraction | None, Fraction | None, bool]


@dataclass(frozen=True, slots=True)
class Outcome:
    """`solution` makes the formula true; `empty`: nothing does; neither: not known."""

    solution: Solution | None = None
    empty: bool = False


class Line:
    """The line of one unknown, cut at the zeros of the factors of some formulas."""

    def __init__(self, reading: Reading, formulas: list[Formula], unknown: int, integer: bool = False) -> None:
        self.reading = reading
        self.ring = reading.ring
        self.unknown = unknown
        self.integer = integer
        self.factors: dict[Any, tuple[int, list[tuple[Polynomial, Any, int]]]] = {}
        self.families: dict[Any, Family | None] = {}
        self.window: tuple[Fraction, Fraction] | None = None
        self.turning: frozenset[Any] = frozenset()
        self.periodic = False
        self.cells: list[list[Cell]] | None = None
        atoms = {a.key[0]: a.polynomial for f in formulas for a in literals(f) if isinstance(a, Atom)}
        for key, p in atoms.items():
            self._split(key, p)
        self.points = self._sorted(self._points())
        self.exact = {p.exact.value() for p in self.points if p.exact is not None}
        if len(self.points) > _MOST_CELLS:
            raise NotApplicable("too many points")

    def _split(self, key: Any, p: Polynomial) -> None:
        c, found = factored(p)
        parts = []
        for f, e in found:
            k = key_of(f)
            parts.append((f, k, e))
            if k not in self.families:
                self.families[k] = family_of(self.reading, f, self.unknown)
        self.factors[key] = (1 if c > 0 else -1, parts)

    def _points(self) -> list[Point]:
        polynomials = {k: f for _, parts in self.factors.values() for f, k, _ in parts}
        plain = [k for k, fam in self.families.items() if fam is not None and fam.kind != "trig"]
        turning = [k for k, fam in self.families.items() if fam is not None and fam.kind == "trig"]
        found: list[Point] = []
        for k in plain:
            family = self.families[k]
            assert family is not None
            found.extend(points_of(self.reading, polynomials[k], family, None))
        self.turning = frozenset(turning)
        if turning:
            self._open_window(found, turning)
            for k in turning:
                family = self.families[k]
                assert family is not None
                found.extend(points_of(self.reading, polynomials[k], family, self.window))
        return found

    def _open_window(self, found: list[Point], turning: list[Any]) -> None:
        """Where angles are looked at: the declared range, or one period where all is periodic, or around the other points."""
        known = self.reading.bounds.of(self.unknown)
        if known.low != -inf and known.high != inf:
            self.window = (Fraction(known.low), Fraction(known.high))
            return
        period = Fraction(0)
        with precision(64):
            for k in turning:
                family = self.families[k]
                assert family is not None
                slope = enclose.quotient(self.ring, family.slope, {})
                period = max(period, fraction((7 / abs(slope)).mid().fmpq()))
            places = [fraction(p.enclosure().mid().fmpq()) for p in found]
        # Angles with different slopes (sin(x) and sin(pi*x)) have no period in common.
        slopes = {self.families[k].slope.key for k in turning}  # type: ignore[union-attr]
        self.periodic = (
            not found
            and len(slopes) == 1
            and all(f is not None for f in self.families.values())
            and known.low == -inf
            and known.high == inf
        )
        low, high = min([Fraction(0), *places]) - period, max([Fraction(0), *places]) + period
        self.window = (
            (low if known.low == -inf else Fraction(known.low)),
            (high if known.high == inf else Fraction(known.high)),
        )

    def _sorted(self, found: list[Point]) -> list[Point]:
        """The points in order, those that are known to be the same joined."""
        merged: list[Point] = []
        for p in found:
            same = next((q for q in merged if p.exact is not None and q.exact is not None and p.exact == q.exact), None)
            if same is None:
                merged.append(p)
            else:
                same.zeros |= p.zeros
        for bits in PRECISIONS:
            with precision(bits):
                try:
                    balls = [(p.enclosure(), p) for p in merged]
                except (NotApplicable, NoEnclosure):
                    continue
                balls.sort(key=lambda b: fraction(b[0].mid().fmpq()))
                if all(a[0] < b[0] for a, b in zip(balls, balls[1:], strict=False)):
                    return [p for _, p in balls]
        raise NotApplicable("two solutions are not told apart")

    # --- deciding ---------------------------------------------------------------------------------------------------------------

    def decide(self, formula: Formula) -> Outcome:
        """Whether some value of the unknown makes a formula (of those the line was made for) true."""
        empty = True
        found: list[Solution] = []
        for p in self.points:
            t = self._at_point(formula, p)
            if t and not (self.integer and (p.exact is None or (v := p.exact.value()) is None or v.denominator != 1)):
                found.append(Solution(None if p.exact is None else p.exact.value(), p))
            elif t is None or (t and self.integer and p.exact is None):
                empty = False
        for low, high, outside in (c for gap in self._cells() for c in gap):
            if outside and self.periodic:
                continue
            samples = self._samples(low, high)
            unknown = self.turning if outside else frozenset()
            if not samples or truth(formula, lambda a, x=samples[0], u=unknown: self._literal(a, x, False, u)) is False:
                continue
            hit = next((x for x in samples if truth(formula, lambda a, x=x: self._literal(a, x, True))), None)
            if hit is not None:
                found.append(Solution(hit, None))
            empty = False
        if found:
            return Outcome(min(found, key=size))
        return Outcome(None, empty)

    def at_point(self, formula: Formula, p: Point) -> bool | None:
        """The truth of a formula at one of the points."""
        return self._at_point(formula, p)

    def on_gap(self, formula: Formula, k: int) -> bool | None:
        """The truth of a formula on the whole interval before point k (after the last one for the number of points); `None` where
        it is not known or not the same throughout. Where all is periodic, only what lies inside the window counts."""
        found: set[bool | None] = set()
        for a, b, outside in self._cells()[k]:
            if outside and self.periodic and len(self.points) > 0:
                continue
            unknown = self.turning if outside and not self.periodic else frozenset()
            x = self._samples(a, b)[0]
            found.add(truth(formula, lambda t, x=x, u=unknown: self._literal(t, x, False, u)))
        return found.pop() if len(found) == 1 else None

    def _cells(self) -> list[list[Cell]]:
        """The intervals between the points, cut at the ends of the window of the angles, and whether they lie outside of it."""
        if self.cells is None:
            self.cells = [self._cut(low, high) for low, high in self._gaps()]
        return self.cells

    def _cut(self, low: Fraction | None, high: Fraction | None) -> list[Cell]:
        if self.window is None:
            return [(low, high, False)]
        a, b = self.window
        out: list[Cell] = []
        if low is None and (high is None or a < high):
            out.append((None, a, True))
            low = a
        if high is None and (low is None or b > low):
            out.append((b, None, True))
            high = b
        return [*out, (low, high, low is None or high is None)]

    def _gaps(self) -> list[tuple[Fraction | None, Fraction | None]]:
        """Rational ends of the intervals between the points, inside them."""
        if not self.points:
            return [(None, None)]
        for bits in PRECISIONS:
            with precision(bits):
                ends = [(fraction(b.lower().fmpq()), fraction(b.upper().fmpq())) for b in (p.enclosure() for p in self.points)]
            if all(a[1] < b[0] for a, b in zip(ends, ends[1:], strict=False)):
                break
        else:
            raise NotApplicable("two solutions are not told apart")
        middle: list[tuple[Fraction | None, Fraction | None]] = [(a[1], b[0]) for a, b in zip(ends, ends[1:], strict=False)]
        return [(None, ends[0][0]), *middle, (ends[-1][1], None)]

    def _samples(self, low: Fraction | None, high: Fraction | None) -> list[Fraction]:
        """Simple numbers of an open interval, simplest first."""
        if self.integer:
            # An end that is one of the points itself does not lie in the interval.
            a = None if low is None else -((-low).__floor__()) + (low.denominator == 1 and low in self.exact)
            b = None if high is None else high.__floor__() - (high.denominator == 1 and high in self.exact)
            a, b = (
                min(-(2**20), b - 2**20 if b is not None else 0) if a is None else a,
                max(2**20, a + 2**20 if a is not None else 0) if b is None else b,
            )
            if a > b:
                return []
            near = [n for n in (0, 1, 2, 3, -1) if a <= n <= b]
            return [Fraction(n) for n in dict.fromkeys([*near, a, b, *range(a, min(b, a + 20) + 1)])]
        if low is None or high is None:
            start = simplest(low, high)
            step = 1 if high is None else -1
            return [start, start + step, start + 9 * step]
        first = simplest(low, high)
        return list(dict.fromkeys((first, simplest(low, (low + high) / 2), simplest((low + high) / 2, high))))

    def _at_point(self, formula: Formula, p: Point) -> bool | None:
        def value(a: Atom | Fact) -> bool | None:
            if isinstance(a, Fact):
                return None
            s = self._sign_at(a, p)
            return None if s is None else holds(s, a.relation)

        return truth(formula, value)

    def _sign_at(self, a: Atom, p: Point) -> int | None:
        sign, parts = self.factors[a.key[0]]
        if any(k in p.zeros for _, k, _ in parts):
            rest = [f for f, k, _ in parts if k not in p.zeros]
            return 0 if all(self._value_at(f, p) is not None for f in rest) else None
        for f, _, e in parts:
            s = self._value_at(f, p)
            if not s:
                return None
            sign *= s if e % 2 else 1
        return sign

    def _value_at(self, f: Polynomial, p: Point) -> int | None:
        """The sign of a factor that is not known to vanish at a point."""
        for bits in PRECISIONS:
            with precision(bits):
                try:
                    x = enclose.polynomial(self.ring, f, {self.unknown: p.enclosure()})
                except NoEnclosure:
                    continue
                if x > 0:
                    return 1
                if x < 0:
                    return -1
        return None

    def _literal(self, a: Atom | Fact, x: Fraction, sampled: bool, unknown: frozenset[Any] = frozenset()) -> bool | None:
        """A literal at a rational number; unless `sampled`, only what is so on the whole interval around it."""
        if isinstance(a, Fact):
            return None
        sign, parts = self.factors[a.key[0]]
        for f, k, e in parts:
            if (self.families[k] is None and not sampled and not self._is_number(f)) or k in unknown:
                if e % 2 == 0 and a.relation in (">=", "<") and len(parts) == 1:
                    continue
                return None
            s = self._sign_of(f, x)
            if s is None:
                return None
            sign *= s if e % 2 else s * s
        return holds(sign, a.relation)

    def _is_number(self, f: Polynomial) -> bool:
        return all(enclose.is_constant(self.ring, k) for k in used(f))

    def _sign_of(self, f: Polynomial, x: Fraction) -> int | None:
        for bits in PRECISIONS:
            with precision(bits):
                try:
                    v = enclose.polynomial(self.ring, f, {self.unknown: arb(fmpq(x.numerator, x.denominator))})
                except NoEnclosure:
                    continue
                if v > 0:
                    return 1
                if v < 0:
                    return -1
                if v.is_zero():
                    return 0
        return None
