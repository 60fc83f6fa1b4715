"""Terms as polynomials over factors that cannot be taken apart further.

Every rewriting is an identity wherever both sides are defined: products are multiplied out, `exp` of a sum becomes a product, `log` of a product
of positive factors a sum, roots of even powers of positive factors are taken, declared densities and derivatives are carried out.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from twofold.catalogue.constants import truth_value
from twofold.catalogue.index import functions, laws
from twofold.core.diagnostic import TwofoldError
from twofold.grammar.term import App, Array, Bound, Const, Num, Symbol, Term, Var, children, num, rebuild, substitute, subterms
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.probability import signs
from twofold.symbolic.probability.laws import density, integer_valued, is_discrete, law_of, spec_of, support
from twofold.symbolic.probability.polynomial import Monomial, Polynomial, TooLarge

EXPECTATIONS = frozenset("E Var Std Cov Corr P".split())
_LONGEST_SUM = 200
_UNROLLED = 5
"""Sums over the entries of a sample are written out up to this length; longer ones have a rule of their own."""
_HALF = Fraction(1, 2)


def plain(term: Term) -> Term:
    """The term multiplied out and collected, without regard to random variables."""
    return read(term, Context()).term(sort=True)


def read(term: Term, context: Context) -> Polynomial:
    """The polynomial of a scalar term. Raises `TooLarge`."""
    return Reader(context).read(term)


class Reader:
    def __init__(self, context: Context) -> None:
        self.context = context
        self.done: dict[Term, Polynomial] = {}

    def read(self, term: Term) -> Polynomial:
        if term not in self.done:
            self.done[term] = self.unfold(self.one(term))
        return self.done[term]

    def term(self, term: Term) -> Term:
        """The term in its collected form."""
        if term.shape or term.sort != "number":
            return self.inside(term)
        try:
            return self.read(term).term(sort=True)
        except TooLarge:
            return term

    def unfold(self, p: Polynomial) -> Polynomial:
        """Sums that came to stand with a positive exponent are multiplied out."""
        if not any(e > 0 and isinstance(f, App) and f.op in ("add", "sub") for m in p.terms for f, e in m):
            return p
        out = Polynomial()
        for m, c in p.terms.items():
            made = Polynomial.constant(c)
            for f, e in m:
                if e > 0 and isinstance(f, App) and f.op in ("add", "sub"):
                    made = made * self.read(f) ** e
                else:
                    made = made * Polynomial.factor(f, e)
            out = out + made
        return out

    def split(self, p: Polynomial) -> tuple[Fraction, Monomial, Polynomial]:
        """Content, common factors and the rest; denominators that all terms get in common are multiplied out in the rest."""
        content, common, rest = p.split()
        unfolded = self.unfold(rest)
        if unfolded.terms == rest.terms or not unfolded:
            return content, common, rest
        more, factors, last = self.split(unfolded)
        merged = Polynomial({common: Fraction(1)}) * Polynomial({factors: Fraction(1)})
        single = merged.single()
        if single is None or single[1] != 1:
            return content, common, rest
        return content * more, single[0], last

    def one(self, term: Term) -> Polynomial:
        if isinstance(term, Num):
            return Polynomial.constant(term.value)
        if isinstance(term, App):
            rule = getattr(self, f"_{term.op}", None)
            if rule is not None and not term.shape:
                found: Polynomial | None = rule(term)
                if found is not None:
                    return found
            return self.opaque(term)
        if isinstance(term, Bound):
            return self.binder(term)
        return Polynomial.factor(term)

    def opaque(self, term: App) -> Polynomial:
        if term.op in EXPECTATIONS and len(term.args) <= 2:
            from twofold.symbolic.probability.expectation import evaluate

            return evaluate(term, self)
        made = self.inside(term)
        if isinstance(made, App) and made.op in functions() and all(isinstance(a, Num) for a in made.args):
            folded = _folded(made)
            if folded is not None:
                return Polynomial.constant(folded)
        return Polynomial.factor(made)

    def inside(self, term: Term) -> Term:
        """The same operation over collected arguments."""
        if isinstance(term, App) and term.op not in laws():
            parts = tuple(self.term(a) if a.sort == "number" else self.inside(a) for a in term.args)
            return App(term.op, parts, term.shape, term.sort)
        if isinstance(term, Array):
            parts = tuple(self.term(x) for row in term.rows for x in row)
            return rebuild(term, parts)
        return term

    # --- arithmetic ---

    def _add(self, t: App) -> Polynomial:
        return self.read(t.args[0]) + self.read(t.args[1])

    def _sub(self, t: App) -> Polynomial:
        return self.read(t.args[0]) - self.read(t.args[1])

    def _neg(self, t: App) -> Polynomial:
        return -self.read(t.args[0])

    def _mul(self, t: App) -> Polynomial | None:
        a, b = t.args
        if a.shape or b.shape:
            return self.inner_product(a, b)
        try:
            return self.read(a) * self.read(b)
        except TooLarge:
            return None

    _emul = _mul

    def inner_product(self, a: Term, b: Term) -> Polynomial | None:
        if isinstance(a, App) and a.op == "transpose":
            a = a.args[0]
        if isinstance(a, Array) and isinstance(b, Array):
            left, right = [x for r in a.rows for x in r], [x for r in b.rows for x in r]
            if len(left) == len(right):
                out = Polynomial()
                for x, y in zip(left, right, strict=True):
                    out = out + self.read(x) * self.read(y)
                return out
        return None

    def _dot(self, t: App) -> Polynomial | None:
        return self.inner_product(*(self.inside(a) for a in t.args))

    def _div(self, t: App) -> Polynomial | None:
        if t.args[1].shape or t.args[0].shape:
            return None
        try:
            return self.read(t.args[0]) * self.read(t.args[1]).inverse()
        except (ZeroDivisionError, TooLarge):
            return None

    _ediv = _div

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
        if isinstance(base, App) and base.op == "exp":
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
            if isinstance(f, App) and f.op == "exp":
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
                out = out * root
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
        if isinstance(base, App) and base.op == "exp":
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

    # --- functions ---

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
                    out = out * self.symbolic_power(self.read(base), rest) if self.read(base).single() else out * self.one_power(base, rest)
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
        if isinstance(f, App) and f.op == "exp":
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
        return self._harmonic_shift(t, "digamma", 1)

    def _harmonic_shift(self, t: App, name: str, power_: int) -> Polynomial | None:
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
        out = Polynomial.factor(App(name, (start.term(sort=True),)))
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
            return Polynomial.constant(abs(content)) * self._split_abs(common) * Polynomial.factor(App("abs", (rest.term(sort=True),)))
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

    _min = _max

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

    def _index(self, t: App) -> Polynomial | None:
        base, place = t.args[0], self.read(t.args[1]).number() if len(t.args) == 2 else None
        if isinstance(base, Array) and place is not None and len(base.shape) == 1 and 1 <= place <= len(base.rows[0]):
            return self.read(base.rows[0][int(place) - 1])
        return None

    def _pdf(self, t: App) -> Polynomial | None:
        law, x = t.args
        if law.sort != "law" or spec_of(law) is None or not self.within(x, law):
            return None
        return self.read(density(law, x))

    _pmf = _pdf

    def within(self, x: Term, law: Term) -> bool:
        """Whether a value lies in the support of a law, almost surely."""
        low, high = support(law)
        own = law_of(x)
        if own is not None and is_discrete(own) != is_discrete(law):
            return False
        if is_discrete(law) and own is None and not integer_valued(x):
            return False
        oo = Const("oo")
        above = low == App("neg", (oo,)) or signs.decide(App("ge", (x, low), sort="truth"), self.context) is True
        below = high == oo or signs.decide(App("le", (x, high), sort="truth"), self.context) is True
        if own is not None and not (above and below):
            return support(own) == (low, high)
        return above and below

    def _mean(self, t: App) -> Polynomial | None:
        (x, *_) = t.args
        if len(t.args) == 1 and isinstance(x, Array):
            out = Polynomial()
            values = [e for row in x.rows for e in row]
            for e in values:
                out = out + self.read(e)
            return out * Polynomial.constant(Fraction(1, len(values)))
        if x.sort == "number" and len(x.shape) == 1 and isinstance(x, Var):
            i = Symbol("i", "integer")
            size = x.shape[0] if isinstance(x.shape[0], Term) else num(x.shape[0])
            body = App("index", (x, Var(i)))
            return self.read(Bound("sum", (i,), body, (num(1), size))) * self.read(size).inverse()
        return None

    def _sum(self, t: App) -> Polynomial | None:
        """The sum over the entries of a vector."""
        (x,) = t.args
        if isinstance(x, Array):
            out = Polynomial()
            for e in (e for row in x.rows for e in row):
                out = out + self.read(e)
            return out
        if not isinstance(x, Var) or len(x.shape) != 1:
            return None
        i = Symbol("i", "integer")
        size = x.shape[0] if isinstance(x.shape[0], Term) else num(x.shape[0])
        return self.read(Bound("sum", (i,), App("index", (x, Var(i))), (num(1), size)))

    def _variance(self, t: App) -> Polynomial | None:
        """The variance of data, as its sum of squared deviations."""
        x = t.args[0]
        if x.sort != "number" or len(x.shape) != 1 or not isinstance(x, (Var, Array)) or (isinstance(x, Var) and x.symbol.law and x.symbol.law.shape):
            return None
        from twofold.symbolic.probability import data

        return self.read(data.variance(Context(), *t.args))

    def _given(self, t: App) -> Polynomial:
        return self.read(t.args[0])

    def _apply(self, t: App) -> Polynomial | None:
        head = t.args[0]
        if isinstance(head, Bound) and head.op == "lambda":
            return self.read(substitute(head.body, dict(zip(head.symbols, t.args[1:], strict=True))))
        return None

    # --- binders ---

    def binder(self, t: Bound) -> Polynomial:
        if t.shape or t.sort != "number":
            return Polynomial.factor(t)
        if t.op == "diff":
            return self.derivative(t)
        if t.op in ("sum", "prod"):
            low, high = (self.read(a).number() for a in t.args)
            long = t.op == "sum" and high is not None and low is not None and high - low >= _UNROLLED and _over_sample(t)
            if low is not None and high is not None and high - low < _LONGEST_SUM and not long:
                out = Polynomial() if t.op == "sum" else Polynomial.constant(1)
                for k in range(int(low), int(high) + 1):
                    piece = self.read(substitute(t.body, {t.symbols[0]: num(k)}))
                    out = out + piece if t.op == "sum" else out * piece
                return out
            if t.op == "sum":
                return self.summed(t)
        return Polynomial.factor(t)

    def summed(self, t: Bound) -> Polynomial:
        """A sum of symbolic length: term by term, what does not depend on the index taken out."""
        k = t.symbols[0]
        body = self.read(t.body)
        out = Polynomial()
        for m, c in body.terms.items():
            inner = tuple(x for x in m if _mentions(x[0], k))
            outer = tuple(x for x in m if not _mentions(x[0], k))
            if inner:
                piece = Polynomial.factor(canonical(Bound("sum", (k,), Polynomial({inner: Fraction(1)}).term(sort=True), t.args)))
            else:
                piece = self.read(t.args[1]) - self.read(t.args[0]) + Polynomial.constant(1)
            out = out + Polynomial({outer: c}) * piece
        return out

    def derivative(self, t: Bound) -> Polynomial:
        from twofold.symbolic.derivative import derivative

        order = self.read(t.args[1]).number()
        if order is None or order.denominator != 1 or not 0 <= order <= 8:
            return Polynomial.factor(t)
        body = t.body
        try:
            for _ in range(int(order)):
                body = derivative(self.deterministic(body), t.symbols[0])
        except (NoClosedForm, TwofoldError):
            return Polynomial.factor(t)
        return self.read(substitute(body, {t.symbols[0]: t.args[0]}))

    def deterministic(self, body: Term) -> Term:
        """A term without densities and expectations left to differentiate through."""
        if any(isinstance(s, App) and (s.op in EXPECTATIONS or s.op in ("pdf", "pmf")) for s in subterms(body)):
            return self.read(body).term()
        return body


_INDICES = ("i", "j", "k", "l", "i1", "i2", "i3", "i4")


@lru_cache(maxsize=4096)
def _index(depth: int, low: Term, high: Term) -> Symbol:
    return Symbol(_INDICES[depth], "integer", lower=low, upper=high)


def canonical(t: Bound) -> Bound:
    """The same sum over an index shared by all sums of its range and depth of nesting, so that equal sums are equal terms."""
    depth = _depth(t.body)
    if depth >= len(_INDICES):
        return t
    index = _index(depth, *t.args)
    return Bound(t.op, (index,), substitute(t.body, {t.symbols[0]: Var(index)}), t.args)


def _depth(t: Term) -> int:
    inner = max((_depth(c) for c in children(t)), default=0)
    return inner + 1 if isinstance(t, Bound) else inner


def _over_sample(t: Bound) -> bool:
    """Whether the summands are functions of the entries of a random sample."""
    return any(isinstance(s, App) and s.op == "index" and isinstance(s.args[0], Var) and s.args[0].symbol.law is not None for s in subterms(t.body))


def _mentions(term: Term, symbol: object) -> bool:
    return any(isinstance(s, Var) and s.symbol is symbol for s in subterms(term))


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


def _folded(t: App) -> Fraction | None:
    """The value of a function of whole numbers that has one."""
    values = [a.value for a in t.args if isinstance(a, Num)]
    if t.op == "mod" and values[1]:
        return values[0] % values[1]
    if t.op == "stirling" and all(v.denominator == 1 and 0 <= v <= 60 for v in values):
        return Fraction(stirling(int(values[0]), int(values[1])))
    if t.op == "delta":
        return Fraction(int(values[0] == values[1]))
    return None


def stirling(n: int, k: int) -> int:
    """Stirling numbers of the second kind."""
    row = [1]
    for m in range(1, n + 1):
        row = [0, *(row[j - 1] + (j * row[j] if j < m else 0) for j in range(1, m + 1))]
    return row[k] if k <= n else 0


