"""Gamma and its relatives, whole-number functions and branches as polynomials over factors."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from twofold.catalogue.constants import truth_value
from twofold.grammar.term import App, Const, Num, Term
from twofold.symbolic.context import Context
from twofold.symbolic.probability import signs
from twofold.symbolic.probability.laws import integer_valued
from twofold.symbolic.probability.polynomial import Monomial, Polynomial

_HALF = Fraction(1, 2)


class Specials:
    """The rules of a reader for special functions and piecewise terms."""

    if TYPE_CHECKING:
        context: Context

        def read(self, term: Term) -> Polynomial: ...
        def split(self, p: Polynomial) -> tuple[Fraction, Monomial, Polynomial]: ...
        def opaque(self, term: App) -> Polynomial: ...

    def _beta(self, t: App) -> Polynomial:
        a, b = (self.read(x) for x in t.args)
        return self.gamma_of(a) * self.gamma_of(b) * self.gamma_of(a + b).inverse()

    def _gamma(self, t: App) -> Polynomial:
        return self.gamma_of(self.read(t.args[0]))

    def _factorial(self, t: App) -> Polynomial | None:
        p = self.read(t.args[0])
        value = p.number()
        if value is not None and value.denominator == 1 and 0 <= value <= 170:
            return self.gamma_of(p + Polynomial.constant(1))
        return None

    def gamma_of(self, p: Polynomial) -> Polynomial:
        """gamma with whole shifts of its argument taken out, as far as its value is a known number otherwise."""
        value = p.number()
        if value is not None and value.denominator == 1 and 0 < value <= 171:
            out = 1
            for k in range(1, int(value)):
                out *= k
            return Polynomial.constant(out)
        if value is not None and value.denominator == 2 and abs(value) < 60:
            out_half, x = Fraction(1), value
            while x > 1:
                x -= 1
                out_half *= x
            while x < 0:
                out_half /= x
                x += 1
            return Polynomial.constant(out_half) * Polynomial.factor(App("pow", (Const("pi"), Num(_HALF))))
        shift = p.terms.get((), Fraction(0))
        whole = shift.numerator // shift.denominator
        if value is None and whole and abs(whole) <= 24:
            start = p - Polynomial.constant(whole)
            out = Polynomial.factor(App("gamma", (start.term(sort=True),)))
            for k in range(abs(whole)):
                step = start + Polynomial.constant(k if whole > 0 else -k - 1)
                out = out * (step if whole > 0 else step.inverse())
            return out
        return Polynomial.factor(App("gamma", (p.term(sort=True),)))

    def _digamma(self, t: App) -> Polynomial | None:
        """psi(x + n) = psi(x) + the sum of 1/(x + k), k = 0..n-1."""
        p = self.read(t.args[0])
        shift = p.terms.get((), Fraction(0))
        whole = shift.numerator // shift.denominator
        if p.number() is not None:
            if shift.denominator != 1 or not 0 < shift <= 60:
                return None
            out = -Polynomial.factor(Const("euler_gamma"))
            for k in range(1, int(shift)):
                out = out + Polynomial.constant(Fraction(1, k))
            return out
        start = p - Polynomial.constant(whole)
        out = Polynomial.factor(App("digamma", (start.term(sort=True),)))
        if abs(whole) > 12:
            return None
        for k in range(abs(whole)):
            step = start + Polynomial.constant(k if whole > 0 else -k - 1)
            out = out + step.inverse() if whole > 0 else out - step.inverse()
        return out

    def _falling(self, t: App) -> Polynomial | None:
        return self._steps(t, -1)

    def _rising(self, t: App) -> Polynomial | None:
        return self._steps(t, 1)

    def _steps(self, t: App, step: int) -> Polynomial | None:
        k = self.read(t.args[1]).number()
        if k is None or k.denominator != 1 or not 0 <= k <= 24:
            return None
        out, x = Polynomial.constant(1), self.read(t.args[0])
        for j in range(int(k)):
            out = out * (x + Polynomial.constant(step * j))
        return out

    def _binomial(self, t: App) -> Polynomial | None:
        k = self.read(t.args[1]).number()
        if k is None or k.denominator != 1 or not 0 <= k <= 24:
            return None
        out = self._steps(t, -1)
        fact = 1
        for j in range(1, int(k) + 1):
            fact *= j
        return out * Polynomial.constant(Fraction(1, fact)) if out is not None else None

    def _floor(self, t: App) -> Polynomial | None:
        p = self.read(t.args[0])
        value = p.number()
        if value is not None:
            return Polynomial.constant(value.numerator // value.denominator)
        return p if integer_valued(t.args[0]) else None

    def _ceil(self, t: App) -> Polynomial | None:
        value = self.read(t.args[0]).number()
        return Polynomial.constant(-((-value.numerator) // value.denominator)) if value is not None else None

    def _abs(self, t: App) -> Polynomial | None:
        p = self.read(t.args[0])
        known = signs.enclose(p.term(), self.context)
        if known.nonnegative:
            return p
        if known.nonpositive:
            return -p
        content, common, rest = self.split(p) if p else (Fraction(1), (), p)
        if rest.number() is None:
            return (
                Polynomial.constant(abs(content))
                * self._split_abs(common)
                * Polynomial.factor(App("abs", (rest.term(sort=True),)))
            )
        return Polynomial.constant(abs(content)) * self._split_abs(common) if p else Polynomial()

    def _split_abs(self, common: Monomial) -> Polynomial:
        out = Polynomial.constant(1)
        for f, e in common:
            plain_factor = e % 2 == 0 or signs.enclose(f, self.context).nonnegative
            out = out * Polynomial.factor(f if plain_factor else App("abs", (f,)), e)
        return out

    def _max(self, t: App) -> Polynomial | None:
        values = [self.read(a).number() for a in t.args]
        known = [v for v in values if v is not None]
        if len(known) == len(values) and known:
            return Polynomial.constant(max(known) if t.op == "max" else min(known))
        return None

    def _piecewise(self, t: App) -> Polynomial | None:
        args = list(t.args)
        while len(args) >= 3:
            known = signs.decide(args[1], self.context)
            if known is True:
                return self.read(args[0])
            if known is None:
                return None if len(args) == len(t.args) else self.opaque(App("piecewise", tuple(args), t.shape, t.sort))
            args = args[2:]
        return self.read(args[0]) if len(args) == 1 else None

    def _indicator(self, t: App) -> Polynomial | None:
        known = truth_value(t.args[0])
        return None if known is None else Polynomial.constant(int(known))

    _min = _max
