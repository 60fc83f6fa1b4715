"""Sums over a sample as symbols of their own, and the names people give to what remains: means and sums of squared deviations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from twofold.grammar.term import App, Bound, Num, Symbol, Term, Var, num, substitute, subterms, transform, var
from twofold.symbolic.arithmetic import minus, over, plus, power, times
from twofold.symbolic.probability.polynomial import order
from twofold.symbolic.probability.reading import canonical


@dataclass(slots=True)
class Sums:
    """The operator S[.]: every sum over the observations is an opaque symbol, with S[t(x; theta)] differentiated inside.

    `bodies` gives the summand of a symbol, `values` other statistics; `size` is the number of observations.
    """

    size: Term
    bodies: dict[Symbol, Bound] = field(default_factory=dict)
    values: dict[Symbol, Term] = field(default_factory=dict)

    def stand_in(self, value: Term, like: Symbol) -> Symbol:
        """A symbol for an extreme or a median, with the bounds of an observation."""
        made = Symbol("M", lower=like.lower, upper=like.upper, open_lower=like.open_lower, open_upper=like.open_upper)
        self.values[made] = value
        return made

    def hide(self, term: Term) -> Term:
        """The term with symbols for its sums."""

        def rule(t: Term) -> Term | None:
            return var(self.symbol(t)) if isinstance(t, Bound) and t.op == "sum" else None

        return transform(term, rule)

    def symbol(self, t: Bound) -> Symbol:
        t = canonical(t)
        for s, known in self.bodies.items():
            if known == t:
                return s
        made = Symbol(f"S{len(self.bodies) + 1}", "real", lower=num(0) if _nonnegative(t.body) else None)
        self.bodies[made] = t
        return made

    def show(self, term: Term) -> Term:
        """The term with its sums in place of the symbols."""
        return substitute(substitute(term, dict(self.bodies)), self.values)

    def entangled(self, s: Symbol, parameters: Iterable[Symbol]) -> bool:
        """Whether the summand depends on a parameter."""
        wanted = set(parameters)
        return any(isinstance(t, Var) and t.symbol in wanted for t in subterms(self.bodies[s].body))


def _nonnegative(body: Term) -> bool:
    return isinstance(body, App) and (
        body.op == "abs" or (body.op == "pow" and isinstance(body.args[1], Num) and body.args[1].value % 2 == 0)
    )


@dataclass(slots=True)
class Centring:
    """A change of statistics: S[t] = n m, and S[t u] = V + n m_t m_u for products of two of them."""

    forward: dict[Symbol, Term] = field(default_factory=dict)
    back: dict[Symbol, Term] = field(default_factory=dict)


def centred(sums: Sums, used: Iterable[Symbol]) -> Centring:
    """Means for sums of single statistics, and centred sums for the sums of their products."""
    made = Centring()
    means: dict[Term, Symbol] = {}
    n = sums.size
    for s in used:
        t = sums.bodies[s]
        if len(_factors(t.body)) == 1 and not _is_square(t.body):
            mean = Symbol(f"m{len(means) + 1}")
            means[t.body] = mean
            made.forward[s] = times(n, var(mean))
            made.back[mean] = mean_of(t, n)
    for s in used:
        t = sums.bodies[s]
        pair = _pair(t.body)
        if pair is None or pair[0] not in means or pair[1] not in means:
            continue
        a, b = pair
        spread = Symbol(f"V{len(made.back) + 1}", lower=num(0) if a == b else None, open_lower=a == b)
        made.forward[s] = plus(var(spread), times(n, times(var(means[a]), var(means[b]))))
        # A fresh index: the means inside are sums of their own.
        i = Symbol("i", "integer")
        p, q = (minus(substitute(u, {t.symbols[0]: var(i)}), made.back[means[u]]) for u in (a, b))
        made.back[spread] = Bound("sum", (i,), power(p, num(2)) if a == b else times(p, q), t.args)
    return made


def mean_of(t: Bound, n: Term) -> Term:
    """`mean(x)` for the sum of the entries of a vector, the sum over n for other statistics."""
    if (
        isinstance(t.body, App)
        and t.body.op == "index"
        and isinstance(t.body.args[1], Var)
        and t.body.args[1].symbol is t.symbols[0]
    ):
        return App("mean", (t.body.args[0],))
    return over(t, n)


def _factors(body: Term) -> list[Term]:
    if isinstance(body, App) and body.op == "mul":
        return [*_factors(body.args[0]), *_factors(body.args[1])]
    return [body]


def _is_square(body: Term) -> bool:
    return isinstance(body, App) and body.op == "pow" and body.args[1] == num(2)


def _pair(body: Term) -> tuple[Term, Term] | None:
    if isinstance(body, App) and body.op == "pow" and body.args[1] == num(2):
        return body.args[0], body.args[0]
    parts = _factors(body)
    if len(parts) == 2:
        a, b = sorted(parts, key=order)
        return a, b
    return None
