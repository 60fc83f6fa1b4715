"""Terms as polynomials over factors that cannot be taken apart further.

Every rewriting is an identity wherever both sides are defined: products are multiplied out, `exp` of a sum becomes a product, `log` of a product
of positive factors a sum, roots of even powers of positive factors are taken, declared densities and derivatives are carried out.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache

from twofold.catalogue.index import functions, laws
from twofold.core.diagnostic import TwofoldError
from twofold.grammar.term import (
    EXPECTATIONS,
    MINUS_OO,
    OO,
    App,
    Array,
    Bound,
    Const,
    Num,
    Symbol,
    Term,
    Var,
    children,
    num,
    rebuild,
    substitute,
    subterms,
)
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.probability import signs
from twofold.symbolic.probability.laws import density, integer_valued, is_discrete, law_of, spec_of, support
from twofold.symbolic.probability.polynomial import Monomial, Polynomial, TooLarge
from twofold.symbolic.probability.powers import Powers
from twofold.symbolic.probability.specials import Specials

_ASKED = {
    "mean": "mean_of", "variance": "variance_of_any", "std": "std_of_any", "median": "median_of", "quantile": "quantile_of", "cdf": "cdf_of",
    "survival": "survival_of", "hazard": "hazard_of", "skewness": "skewness_of", "kurtosis": "kurtosis_of", "moment": "moment_of", "mode": "mode_of",
    "mgf": "mgf_of",
}  # fmt: skip
"""What a law is asked, and the rule that answers."""
_OF_EVENTS = ("cdf", "survival")
_LONGEST_SUM = 200
_DIVIDED = 80
"""Polynomials of at most so many monomials are searched for denominators that cancel."""
_UNROLLED = 5
"""Sums over the entries of a sample are written out up to this length; longer ones have a rule of their own."""


def plain(term: Term) -> Term:
    """The term multiplied out and collected, without regard to random variables."""
    return read(term, Context()).term(sort=True)


def read(term: Term, context: Context) -> Polynomial:
    """The polynomial of a scalar term. Raises `TooLarge`."""
    return Reader(context).read(term)


class Reader(Powers, Specials):
    def __init__(self, context: Context) -> None:
        self.context = context
        self.done: dict[Term, Polynomial] = {}

    def read(self, term: Term) -> Polynomial:
        if term not in self.done:
            self.done[term] = self.cancelled(self.unfold(self.one(term)))
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

    def cancelled(self, p: Polynomial) -> Polynomial:
        """Denominators that divide what stands above them are taken out."""
        if len(p.terms) > _DIVIDED:
            return p
        below = {f for m in p.terms for f, e in m if e < 0 and isinstance(f, App) and f.op in ("add", "sub")}
        for f in below:
            divisor = self.read(f)
            for power in range(max(-e for m in p.terms for g, e in m if g == f), 0, -1):
                above = Polynomial(
                    {tuple(x for x in m if x[0] != f): c for m, c in p.terms.items() if dict(m).get(f, 0) == -power}
                )
                quotient = above.divided(divisor) if above else None
                if quotient is None:
                    continue
                kept = Polynomial({m: c for m, c in p.terms.items() if dict(m).get(f, 0) != -power})
                moved = quotient * Polynomial.factor(f, 1 - power) if power > 1 else quotient
                p = kept + moved
        return p

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

    def _index(self, t: App) -> Polynomial | None:
        base, place = t.args[0], self.read(t.args[1]).number() if len(t.args) == 2 else None
        if isinstance(base, Array) and place is not None and len(base.shape) == 1 and 1 <= place <= len(base.rows[0]):
            return self.read(base.rows[0][int(place) - 1])
        return None

    def _pdf(self, t: App) -> Polynomial | None:
        from twofold.symbolic.probability import questions

        law, x = t.args
        if questions.is_expression(law):
            return self.worked(questions.density_of, t)
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
        above = low == MINUS_OO or signs.decide(App("ge", (x, low), sort="truth"), self.context) is True
        below = high == OO or signs.decide(App("le", (x, high), sort="truth"), self.context) is True
        if own is not None and not (above and below):
            return support(own) == (low, high)
        return above and below

    def _mean(self, t: App) -> Polynomial | None:
        (x, *_) = t.args
        if x.sort == "law" or is_law_draw(x):
            return self._of_law(t)
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
        if x.sort == "law" or is_law_draw(x):
            return self._of_law(t)
        if (
            x.sort != "number"
            or len(x.shape) != 1
            or not isinstance(x, (Var, Array))
            or (isinstance(x, Var) and x.symbol.law and x.symbol.law.shape)
        ):
            return None
        from twofold.symbolic.probability import data

        return self.read(data.variance(Context(), *t.args))

    def _of_law(self, t: App) -> Polynomial | None:
        """Means, quantiles, distribution functions and the like of a law or of a random variable."""
        from twofold.symbolic.probability import questions

        if (
            t.args[0].sort != "law"
            and not is_law_draw(t.args[0])
            and not (t.op in _OF_EVENTS and questions.is_expression(t.args[0]))
        ):
            return None
        return self.worked(getattr(questions, _ASKED[t.op]), t)

    _std = _median = _quantile = _cdf = _survival = _hazard = _skewness = _kurtosis = _moment = _mode = _mgf = _of_law

    def _kl(self, t: App) -> Polynomial | None:
        from twofold.symbolic.probability.information import divergence_of

        return self.worked(divergence_of, t)

    def _entropy(self, t: App) -> Polynomial | None:
        from twofold.symbolic.probability.information import entropy_of

        return self.worked(entropy_of, t)

    def _fisher(self, t: App) -> Polynomial | None:
        from twofold.symbolic.probability.information import fisher_of

        return self.worked(fisher_of, t)

    def worked(self, rule: Callable[..., Term], t: App) -> Polynomial | None:
        """What is asked of a law by its own rule; it stays where there is none, and where the answer is no number."""
        try:
            found = rule(self.context, *t.args)
        except (NoClosedForm, TwofoldError):
            return None
        if found.shape or any(isinstance(s, Const) and s.name == "oo" for s in subterms(found)):
            return None
        return self.read(found)

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
            inner = tuple(x for x in m if mentions(x[0], k))
            outer = tuple(x for x in m if not mentions(x[0], k))
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


def is_law_draw(x: Term) -> bool:
    """Whether a term is a scalar name with a law of its own."""
    return isinstance(x, Var) and law_of(x) is not None


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
    return any(
        isinstance(s, App) and s.op == "index" and isinstance(s.args[0], Var) and s.args[0].symbol.law is not None
        for s in subterms(t.body)
    )


def mentions(term: Term, symbol: object) -> bool:
    return any(isinstance(s, Var) and s.symbol is symbol for s in subterms(term))


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
