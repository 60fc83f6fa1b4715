"""Powers, exponentials and logarithms as polynomials over factors: identities that hold where both sides are defined."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from twofold.grammar.term import App, Const, Num, Term, num
from twofold.symbolic.context import Context
from twofold.symbolic.probability import signs
from twofold.symbolic.probability.polynomial import Monomial, Polynomial, TooLarge, normal, real_valued

_HALF = Fraction(1, 2)


class Powers:
    """The rules of a reader for powers, roots, exp and log."""

    if TYPE_CHECKING:
        context: Context

        def read(self, term: Term) -> Polynomial: ...
        def split(self, p: Polynomial) -> tuple[Fraction, Monomial, Polynomial]: ...
        def opaque(self, term: App) -> Polynomial: ...

    def _pow(self, t: App) -> Polynomial | None:
        base, exponent = t.args
        p = self.read(exponent)
        value = p.number()
        b = self.read(base)
        try:
            if value is not None and value.denominator == 1 and abs(value) <= 64:
                if value >= 0:
                    return b ** int(value)
                return b.inverse() ** int(-value) if b else None
            if value is not None and abs(value) <= 64:
                return self.root(b, value)
        except TooLarge:
            return None
        if isinstance(base, App) and base.op == "exp" and real_valued(base):
            return self.exponential(self.read(base.args[0]) * p)
        if isinstance(base, Const) and base.name == "e":
            return self.exponential(p)
        if b.single() is not None and value is None:
            return self.symbolic_power(b, p)
        return Polynomial.factor(App("pow", (b.term(sort=True), p.term(sort=True))))

    def _sqrt(self, t: App) -> Polynomial:
        return self.root(self.read(t.args[0]), _HALF)

    def root(self, b: Polynomial, exponent: Fraction) -> Polynomial:
        """A rational power. Positive factors are taken out of it."""
        if not b:
            return Polynomial() if exponent > 0 else Polynomial.factor(App("pow", (num(0), Num(exponent))))
        content, common, rest = self.split(b)
        if content < 0:
            content, rest = -content, -rest
        out = self.rational_root(content, exponent)
        kept = rest
        for f, e in common:
            if isinstance(f, App) and f.op == "exp" and real_valued(f):
                out = out * self.exponential(self.read(f.args[0]) * Polynomial.constant(e * exponent))
            elif self.nonnegative(f):
                whole = e * exponent
                out = out * self.positive_power(f, whole)
            else:
                kept = kept * Polynomial.factor(f, e)
        if kept.number() != 1:
            out = out * Polynomial.factor(App("pow", (kept.term(sort=True), Num(abs(exponent)))), 1 if exponent > 0 else -1)
        return out

    def nonnegative(self, f: Term) -> bool:
        """Enough for the rules of powers and logarithms, which hold where both sides are defined."""
        return signs.enclose(f, self.context).nonnegative

    def positive_power(self, f: Term, exponent: Fraction) -> Polynomial:
        whole = int(exponent) if exponent >= 0 or exponent.denominator == 1 else -int(-exponent)
        rest = exponent - whole
        out = Polynomial.factor(f, whole) if whole else Polynomial.constant(1)
        if rest:
            if isinstance(f, App) and f.op == "pow" and isinstance(f.args[1], Num):
                f, rest = f.args[0], rest * f.args[1].value
            out = out * Polynomial.factor(App("pow", (f, Num(abs(rest)))), 1 if rest > 0 else -1)
        return out

    def rational_root(self, value: Fraction, exponent: Fraction) -> Polynomial:
        """A power of a positive rational, with perfect powers taken."""
        out = Polynomial.constant(1)
        for n, sign in ((value.numerator, 1), (value.denominator, -1)):
            if n == 1:
                continue
            q = exponent.denominator
            exact = round(n ** (1 / q))
            if exact**q == n:
                out = out * Polynomial.constant(Fraction(exact) ** (sign * exponent.numerator))
            else:
                root = Polynomial.factor(App("pow", (num(n), Num(Fraction(1, q)))), sign * exponent.numerator)
                out = out * normal(root)
        return out

    def symbolic_power(self, b: Polynomial, p: Polynomial) -> Polynomial:
        """A power whose exponent is not a number, over the positive factors of its base; whole parts of the exponent are split off."""
        single = b.single()
        assert single is not None
        m, c = single
        out = Polynomial.constant(1)
        if c != 1 and c > 0:
            out = out * self.one_power(Num(c), p)
            c = Fraction(1)
        kept: list[tuple[Term, int]] = []
        for f, e in m:
            if self.nonnegative(f):
                out = out * self.one_power(f, p * Polynomial.constant(e))
            else:
                kept.append((f, e))
        if kept or c != 1:
            out = out * self.one_power(Polynomial({tuple(kept): c}).term(), p)
        return out

    def one_power(self, base: Term, p: Polynomial) -> Polynomial:
        if isinstance(base, App) and base.op == "exp" and real_valued(base):
            return self.exponential(self.read(base.args[0]) * p)
        if isinstance(base, App) and base.op == "pow":
            inner = self.read(base.args[1]) * p
            return self.one_power(base.args[0], inner)
        whole = p.terms.get((), Fraction(0))
        rest = Polynomial({m: c for m, c in p.terms.items() if m})
        out = Polynomial.constant(1)
        if whole:
            if isinstance(base, Num) and whole.denominator == 1:
                out = Polynomial.constant(base.value ** int(whole))
            elif whole.denominator == 1:
                out = Polynomial.factor(base, int(whole))
            else:
                rest = p
        for m, c in rest.terms.items():
            piece = Polynomial({m: abs(c)} if c.denominator != 1 else {m: Fraction(1)})
            times = int(c) if c.denominator == 1 else (1 if c > 0 else -1)
            out = out * Polynomial.factor(App("pow", (base, piece.term())), times)
        return out

    def _exp(self, t: App) -> Polynomial:
        return self.exponential(self.read(t.args[0]))

    def exponential(self, p: Polynomial) -> Polynomial:
        """exp of a sum as a product; logarithms inside come out as powers."""
        out = Polynomial.constant(1)
        for m, c in p.terms.items():
            logs = [(f, e) for f, e in m if isinstance(f, App) and f.op in ("log", "loggamma") and e == 1]
            if len(logs) == 1:
                f, _ = logs[0]
                assert isinstance(f, App)
                rest = Polynomial({tuple(x for x in m if x[0] is not f): c})
                base = f.args[0] if f.op == "log" else App("gamma", f.args)
                value = rest.number()
                if value is not None and value.denominator == 1:
                    inner = self.read(base)
                    out = out * (inner ** int(value) if value > 0 else inner.inverse() ** int(-value))
                elif value is not None:
                    out = out * self.root(self.read(base), value)
                else:
                    out = (
                        out * self.symbolic_power(self.read(base), rest)
                        if self.read(base).single()
                        else out * self.one_power(base, rest)
                    )
                continue
            times = int(c) if c.denominator == 1 else (1 if c > 0 else -1)
            piece = Polynomial({m: abs(c) if c.denominator != 1 else Fraction(1)})
            out = out * Polynomial.factor(App("exp", (piece.term(),)), times)
        return out

    def _log(self, t: App) -> Polynomial:
        structural = self.log_by_structure(t.args[0])
        if structural is not None:
            return structural
        b = self.read(t.args[0])
        if not b:
            return Polynomial.factor(t)
        content, common, rest = self.split(b)
        if content < 0:
            content, rest = -content, -rest
        out = Polynomial()
        kept = rest
        for f, e in common:
            if self.nonnegative(f):
                out = out + self.log_of(f) * Polynomial.constant(e)
            else:
                kept = kept * Polynomial.factor(f, e)
        if content != 1:
            out = out + self.log_number(content)
        if kept.number() == 1:
            return out
        single = kept.single()
        if single is not None and len(single[0]) == 1 and single[1] == 1:
            f, e = single[0][0]
            if e % 2:
                return out + self.log_of(f) * Polynomial.constant(e)
        return out + Polynomial.factor(App("log", (kept.term(sort=True),)))

    def log_by_structure(self, u: Term) -> Polynomial | None:
        """The logarithm of a product, quotient or power as it stands, so that whole powers are not multiplied out first."""
        if not isinstance(u, App) or u.shape:
            return None
        if u.op in ("mul", "div") and all(self.nonnegative(a) for a in u.args):
            a, b = (self.read(App("log", (x,))) for x in u.args)
            return a + b if u.op == "mul" else a - b
        if u.op == "pow" and self.nonnegative(u.args[0]):
            return self.read(u.args[1]) * self.read(App("log", (u.args[0],)))
        if u.op == "sqrt":
            return Polynomial.constant(_HALF) * self.read(App("log", u.args))
        return None

    def log_of(self, f: Term) -> Polynomial:
        if isinstance(f, App) and f.op == "exp" and real_valued(f):
            return self.read(f.args[0])
        if isinstance(f, App) and f.op == "pow":
            return self.read(f.args[1]) * self.read(App("log", (f.args[0],)))
        if isinstance(f, App) and f.op == "gamma":
            return Polynomial.factor(App("loggamma", f.args))
        return Polynomial.factor(App("log", (f,)))

    def log_number(self, value: Fraction) -> Polynomial:
        out = Polynomial()
        for n, sign in ((value.numerator, 1), (value.denominator, -1)):
            for p, k in _factors(n):
                out = out + Polynomial.constant(sign * k) * Polynomial.factor(App("log", (num(p),)))
        return out

    def _ln(self, t: App) -> Polynomial:
        return self._log(t)


def _factors(n: int) -> list[tuple[int, int]]:
    """The prime factors of a small number; a large one is left whole."""
    if n == 1:
        return []
    if n > 10**6:
        return [(n, 1)]
    out: list[tuple[int, int]] = []
    p = 2
    while p * p <= n:
        k = 0
        while n % p == 0:
            n //= p
            k += 1
        if k:
            out.append((p, k))
        p += 1
    return [*out, (n, 1)] if n > 1 else out
