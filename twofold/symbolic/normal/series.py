"""Laurent series of a term at a point, with coefficients in normal form: limits that are proved.

A series is (valuation, coefficients, end): t^v (c_0 + c_1 t + …) + O(t^end) with t = x - a (or t = 1/x at infinity), c_0 not zero, at most `ORDER`
coefficients kept; `end` is None where nothing was cut off.
A function is expanded only where it is analytic at the value of its argument, so an expansion is a theorem.
"""

from __future__ import annotations

from fractions import Fraction

from flint import fmpq

from twofold.catalogue.shapes import app
from twofold.grammar.term import INFINITE, OO, App, Bound, Num, Symbol, Term, Var, free_symbols, num, substitute, var
from twofold.symbolic.normal.convert import Converter
from twofold.symbolic.normal.exponentials import exp_of
from twofold.symbolic.normal.field import Element
from twofold.symbolic.normal.polynomials import factors
from twofold.symbolic.normal.powers import logarithm, power
from twofold.symbolic.normal.raising import raised

ORDER = 9
Series = tuple[int, list[Element], int | None]


class NoSeries(Exception):
    """The term has no expansion of this kind at the point, or none that could be shown."""


class Expansion:
    """Expands terms in t, the symbol x standing for a + t (or 1/t, or -1/t)."""

    def __init__(self, c: Converter, x: Symbol, point: Term, sign: int = 1) -> None:
        self.c, self.f, self.x, self.point = c, c.field, x, point
        self.infinite = 0 if point not in INFINITE else (1 if point == OO else -1)
        self.side = sign
        """Of which sign t is taken: roots and logarithms of odd powers of t ask for it."""

    def of(self, t: Term) -> Series:
        if self.x not in free_symbols(t):
            return self.constant(self.c(t))
        if isinstance(t, Var):
            if self.infinite:
                return (-1, [self.f.number(self.infinite)], None)
            a = self.c(self.point)
            return self.trim((0, [a, self.f.number(1)], None))
        if isinstance(t, Bound):
            raise NoSeries
        assert isinstance(t, App)
        if t.op in ("add", "sub"):
            a, b = self.of(t.args[0]), self.of(t.args[1])
            return self.add(a, b if t.op == "add" else self.scale(b, self.f.number(-1)))
        if t.op == "neg":
            return self.scale(self.of(t.args[0]), self.f.number(-1))
        if t.op == "mul":
            return self.mul(self.of(t.args[0]), self.of(t.args[1]))
        if t.op == "div":
            return self.mul(self.of(t.args[0]), self.inverse(self.of(t.args[1]), t.args[1]))
        if t.op == "pow":
            return self.power(t)
        if t.op == "sqrt":
            return self.root(self.of(t.args[0]), Fraction(1, 2))
        if t.op == "exp":
            return self.exp(self.of(t.args[0]))
        if t.op in ("log", "ln"):
            return self.log(self.of(t.args[0]))
        if t.op in _ENTIRE or t.op in _NEAR_ZERO:
            return self.compose(t.op, self.of(t.args[0]))
        from twofold.catalogue.index import functions
        from twofold.catalogue.resolve import formula

        spec = functions().get(t.op)
        if spec is not None and spec.definition and not t.shape:
            return self.of(formula(spec.definition, {a.name: v for a, v in zip(spec.arguments, t.args, strict=True)}))
        raise NoSeries

    # --- arithmetic ------------------------------------------------------------------------------------------------------------

    def constant(self, e: Element) -> Series:
        return self.trim((0, [e], None))

    def trim(self, s: Series) -> Series:
        """Leading zeros removed (zero by the normal form), and what is beyond `ORDER` coefficients cut off."""
        v, cs, end = s
        k = 0
        while k < len(cs) and not self.f.zeroed(cs[k].num):
            k += 1
        v, cs = v + k, cs[k:]
        if len(cs) > ORDER:
            cs, end = cs[:ORDER], v + ORDER if end is None else min(end, v + ORDER)
        return (v, cs, end)

    def get(self, s: Series, k: int) -> Element:
        """Coefficient of t^k. Raises `NoSeries` where it is beyond what is known."""
        if s[2] is not None and k >= s[2]:
            raise NoSeries
        i = k - s[0]
        return s[1][i] if 0 <= i < len(s[1]) else self.f.number(0)

    def add(self, a: Series, b: Series) -> Series:
        ends = [e for e in (a[2], b[2]) if e is not None]
        end = min(ends, default=None)
        present = [s for s in (a, b) if s[1]]
        if not present:
            return (0, [], end)
        low = min(s[0] for s in present)
        high = max(s[0] + len(s[1]) for s in present)
        high = high if end is None else min(high, end)
        return self.trim((low, [self.f.add(self.get(a, k), self.get(b, k)) for k in range(low, high)], end))

    def scale(self, a: Series, e: Element) -> Series:
        return (a[0], [self.f.mul(x, e) for x in a[1]], a[2])

    def mul(self, a: Series, b: Series) -> Series:
        if (not a[1] and a[2] is None) or (not b[1] and b[2] is None):
            return (0, [], None)
        va, vb = (a[0] if a[1] else a[2] or 0), (b[0] if b[1] else b[2] or 0)
        ends = [e for e in (None if b[2] is None else va + b[2], None if a[2] is None else vb + a[2]) if e is not None]
        end = min(ends, default=None)
        count = len(a[1]) + len(b[1]) - 1 if a[1] and b[1] else 0
        low = va + vb
        count = count if end is None else min(count, end - low)
        out = []
        for k in range(max(0, min(count, ORDER + 1))):
            out.append(
                self.f.sum([self.f.mul(a[1][i], b[1][k - i]) for i in range(k + 1) if i < len(a[1]) and k - i < len(b[1])])
            )
        return self.trim((low, out, end))

    def inverse(self, a: Series, shown: Term) -> Series:
        """1/a, for a leading coefficient that is 0 nowhere, or only where the whole denominator is."""
        if not a[1] or not (self.c.nonzero(a[1][0]) or self.vanishes_with(a[1][0], shown)):
            raise NoSeries
        first = self.f.inverse(a[1][0])
        if len(a[1]) == 1 and a[2] is None:
            return (-a[0], [first], None)
        known = ORDER if a[2] is None else min(ORDER, a[2] - a[0])
        out = [first]
        for k in range(1, known):
            total = self.f.sum([self.f.mul(a[1][i], out[k - i]) for i in range(1, k + 1) if i < len(a[1])])
            out.append(self.f.neg(self.f.mul(first, total)))
        return (-a[0], out, known - a[0])

    def vanishes_with(self, lead: Element, t: Term) -> bool:
        """Whether a term is 0 wherever its leading coefficient is, so that nothing is asked there."""
        found = factors(lead.num)
        names = [{((g, 1),): fmpq(1)} for g, _ in found[1]]
        for p in [*(p for p, _ in found[2]), *names]:
            if frozenset(p.items()) in self.c.apart or self.c.signs.of(p) in ("+", "-"):
                continue
            mono = next(iter(p))
            key = self.f.kernels[mono[0][0]] if len(p) == 1 else ("",)
            if key[0] != "sym" or not isinstance(key[1], Symbol):
                return False
            if self.f.zeroed(self.c(substitute(t, {key[1]: num(0)})).num):
                return False
        return True

    # --- functions -------------------------------------------------------------------------------------------------------------

    def small(self, a: Series) -> tuple[Element, Series]:
        """The value at the point and the rest, which vanishes there."""
        if a[1] and a[0] < 0:
            raise NoSeries
        value = self.get(a, 0)
        rest: Series = (max(a[0], 1), a[1][max(0, 1 - a[0]) :], a[2])
        return value, self.trim(rest)

    def taylor(self, rest: Series, coefficients: list[Element]) -> Series:
        """A power series in a series that vanishes at the point; it is known as far as its own coefficients reach."""
        out: Series = (0, [], None)
        term: Series = (0, [self.f.number(1)], None)
        for e in coefficients:
            out = self.add(out, self.scale(term, e)) if e.num else out
            if not rest[1] and rest[2] is None:
                return out
            term = self.mul(term, rest)
        first = rest[0] if rest[1] else rest[2] or 1
        cut: Series = (0, [], max(1, first) * len(coefficients))
        if rest[2] is not None:
            cut = self.add(cut, (0, [], rest[2]))
        return self.add(out, cut)

    def exp(self, a: Series) -> Series:
        value, rest = self.small(a)
        out, factor = [], self.f.number(1)
        for k in range(ORDER):
            out.append(factor)
            factor = self.f.mul(factor, self.f.number(Fraction(1, k + 1)))
        return self.scale(self.taylor(rest, out), exp_of(self.c, value))

    def log(self, a: Series) -> Series:
        """log of a series with a positive value at the point."""
        if not a[1] or a[0] != 0 or not self.positive(a[1][0]):
            raise NoSeries
        rest = self.relative(a)
        coefficients = [self.f.number(0)] + [self.f.number(Fraction((-1) ** (k + 1), k)) for k in range(1, ORDER)]
        return self.add(self.taylor(rest, coefficients), self.constant(logarithm(self.c, a[1][0])))

    def positive(self, e: Element) -> bool:
        r = e.rational()
        if r is not None:
            return r > 0
        return self.c.signs.of(e.num) == "+" and (len(e.den) == 1 or self.c.signs.of(e.den) == "+")

    def root(self, a: Series, r: Fraction) -> Series:
        """a^r for a series positive near the point, on the side looked at."""
        if not a[1] or (a[0] * r).denominator != 1 or not self.positive(a[1][0]):
            raise NoSeries
        if a[0] % 2 and self.side != 1:
            raise NoSeries
        if a[0] and r.denominator % 2 == 0 and (a[0] * r) % 2 and self.side != 1:
            raise NoSeries  # sqrt(t^2) is |t|
        rest = self.relative(a)
        out, factor = [], Fraction(1)
        for k in range(ORDER):
            out.append(self.f.number(factor))
            factor = factor * (r - k) / (k + 1)
        series = self.scale(self.taylor(rest, out), power(self.c, a[1][0], self.f.number(r)))
        shift = int(a[0] * r)
        return (series[0] + shift, series[1], None if series[2] is None else series[2] + shift)

    def relative(self, a: Series) -> Series:
        """a / (leading term) - 1."""
        return self.trim((1, [self.f.div(x, a[1][0]) for x in a[1][1:]], None if a[2] is None else a[2] - a[0]))

    def power(self, t: App) -> Series:
        base, exponent = t.args
        if isinstance(exponent, Num) or self.x not in free_symbols(exponent):
            r = self.c(exponent).rational()
            if r is None:
                return self.exp(self.mul(self.constant(self.c(exponent)), self.log(self.of(base))))
            if r.denominator == 1:
                if abs(r) > 60:
                    raise NoSeries
                a = self.of(base)
                if r < 0:
                    a, r = self.inverse(a, base), -r
                out: Series = (0, [self.f.number(1)], None)
                for _ in range(int(r)):
                    out = self.mul(out, a)
                return out
            return self.root(self.of(base), r)
        return self.exp(self.mul(self.of(exponent), self.log(self.of(base))))

    def compose(self, op: str, a: Series) -> Series:
        """An analytic function of a series, by the derivatives of the function at the value."""
        from twofold.symbolic.derivative import derivative

        value, rest = self.small(a)
        if op in _NEAR_ZERO and value.num:
            raise NoSeries
        u = Symbol("u")
        shown = raised(self.c, value)
        t: Term = app(op, var(u))
        coefficients, factor = [], Fraction(1)
        for k in range(ORDER):
            coefficients.append(self.f.mul(self.c(substitute(t, {u: shown})), self.f.number(factor)))
            if k < ORDER - 1:
                t = derivative(t, u)
                factor /= k + 1
        return self.taylor(rest, coefficients)


_ENTIRE = frozenset("sin cos sinh cosh tanh atan asinh erf erfc Phi".split())
_NEAR_ZERO = frozenset("tan asin atanh log1p sinc".split())
