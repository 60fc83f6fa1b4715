"""Expectations by rules: linearity, independence, the tower property, known moments, closure of families under sums.

`expand` rewrites every E, Var, Cov, Corr, Std and P of a term into polynomials in known expectations and in expectations that stay as they are.
Each rule is a theorem wherever the expectations of the original term exist: linearity extends to one linear functional on all functions, so
pieces that do not exist on their own may appear and cancel; known values carry their conditions of existence into the context.
"""

from __future__ import annotations

from fractions import Fraction

from twofold.core.diagnostic import fail
from twofold.grammar.term import EXPECTATIONS, TRUE, App, Array, Bound, Symbol, Term, Var, num, rebuild, replaced, substitute, var
from twofold.symbolic.context import Context
from twofold.symbolic.probability import events, moments, vectors
from twofold.symbolic.probability.closure import combined
from twofold.symbolic.probability.conditioning import under
from twofold.symbolic.probability.independence import dependent, is_random, lineage, parents, touching, variables
from twofold.symbolic.probability.laws import is_discrete, law_of
from twofold.symbolic.probability.moments import DoesNotExist
from twofold.symbolic.probability.polynomial import Monomial, Polynomial, TooLarge
from twofold.symbolic.probability.reading import Reader

_OF_LAWS = frozenset(
    "pdf pmf mean variance kl entropy fisher mgf std median quantile cdf survival hazard skewness kurtosis moment mode".split()
)


def expand(term: Term, context: Context) -> Term:
    """The term with every expectation worked out as far as rules go, without sums or integrals.

    Conditions under which the known moments used exist go to `context.conditions`, the independence that was used to `context.notes`. Raises
    `TwofoldError` (`expectation-does-not-exist`).
    """
    return Expander(context).go(term)


class Expander:
    def __init__(self, context: Context) -> None:
        self.reader = Reader(context)

    def go(self, term: Term) -> Term:
        if not any(isinstance(t, App) and (t.op in EXPECTATIONS or t.op in _OF_LAWS) for t in _all(term)):
            return term
        if isinstance(term, App) and term.op in EXPECTATIONS and term.shape:
            made = vectors.expectation(term, self.reader)
            return made if made is not None else term
        if not term.shape and term.sort == "number" and not isinstance(term, Bound):
            try:
                return self.reader.read(term).term()
            except TooLarge:
                return term
        if isinstance(term, App):
            return rebuild(term, tuple(map(self.go, term.args)))
        if isinstance(term, Array):
            return rebuild(term, tuple(self.go(x) for row in term.rows for x in row))
        if isinstance(term, Bound):
            return rebuild(term, (*map(self.go, term.args), self.go(term.body)))
        return term


def _all(term: Term) -> list[Term]:
    from twofold.grammar.term import subterms

    return list(subterms(term))


def evaluate(term: App, reader: Reader) -> Polynomial:
    """E, Var, Std, Cov, Corr or P of scalars as a polynomial; what no rule gives stays as one factor."""
    condition = term.args[1] if term.op in ("E", "Var", "Std", "P") and len(term.args) == 2 else None
    if term.op == "P":
        return events.probability(term.args[0], condition, reader)
    if term.shape or any(a.shape for a in term.args if a.sort == "number"):
        made = vectors.expectation(term, reader)
        return Polynomial.factor(term) if made is None else reader.read(made)
    try:
        if term.op == "E":
            return mean(term.args[0], condition, reader)
        if term.op == "Var":
            return variance(term.args[0], condition, reader)
        if term.op == "Std":
            return reader.root(variance(term.args[0], condition, reader), Fraction(1, 2))
        x, y = term.args
        covariance = mean(App("mul", (x, y)), None, reader) - mean(x, None, reader) * mean(y, None, reader)
        if term.op == "Cov":
            return covariance
        return covariance * reader.root(variance(x, None, reader) * variance(y, None, reader), Fraction(-1, 2))
    except TooLarge:
        return Polynomial.factor(term)


def mean(body: Term, condition: Term | None, reader: Reader) -> Polynomial:
    """E[body | condition]."""
    if condition is not None and condition != TRUE:
        changed = under(body, condition, reader)
        if changed is not None:
            return mean(changed, None, reader)
        if events.is_event(condition):
            weight = events.probability(condition, None, reader)
            if weight:
                return mean(App("mul", (body, App("indicator", (condition,)))), None, reader) * weight.inverse()
        return Polynomial.factor(App("E", (reader.term(body), condition)))
    return expect(reader.read(body), reader)


def variance(body: Term, condition: Term | None, reader: Reader) -> Polynomial:
    """E[body^2] - E[body]^2; for a sum of independent pieces, the sum of their variances (the same polynomial, found sooner)."""
    if condition is None:
        p = reader.read(body)
        return expect(p * p, reader) - expect(p, reader) ** 2
    first = mean(body, condition, reader)
    return mean(App("mul", (body, body)), condition, reader) - first * first


def expect(p: Polynomial, reader: Reader) -> Polynomial:
    """The expectation of a polynomial, monomial by monomial. Raises `TwofoldError` where it does not exist."""
    out = Polynomial()
    missing: list[Polynomial] = []
    opaque = False
    reason = ""
    for m, c in p.terms.items():
        try:
            found = _monomial(m, reader)
        except DoesNotExist as stop:
            missing.append(Polynomial({m: c}))
            reason = stop.reason
            continue
        opaque = opaque or any(isinstance(f, App) and f.op == "E" for n in found.terms for f, _ in n)
        out = out + found * Polynomial.constant(c)
    if not missing:
        return out
    total = Polynomial()
    for part in missing:
        total = total + part
    if len(missing) == 1 and not opaque:
        from twofold.catalogue.display import show

        shown = show(App("E", (total.term(),)))
        raise fail(
            "expectation-does-not-exist",
            f"{shown} does not exist",
            total.term().span,
            reason or "the sum or integral does not converge absolutely; a median or a truncated law has what you may want",
        )
    return out + Polynomial.factor(App("E", (total.term(sort=True),)))


def _almost_surely(m: Monomial) -> Monomial:
    """Squares of signs of a continuous variable are 1, except on a set without probability."""
    out: list[tuple[Term, int]] = []
    for f, e in m:
        if isinstance(f, App) and f.op == "sign" and abs(e) > 1 and _continuous(f.args[0]):
            e = e % 2
        if e:
            out.append((f, e))
    return tuple(out)


def _continuous(u: Term) -> bool:
    """Whether a term has no atoms: a continuous variable plus something that does not depend on it."""
    if not (isinstance(u, App) and u.op in ("add", "sub")):
        law = law_of(u)
        return law is not None and not is_discrete(law)
    return any(
        (law := law_of(v)) is not None and not is_discrete(law) and v not in lineage(variables(other))
        for v, other in (u.args, u.args[::-1])
    )


def _monomial(m: Monomial, reader: Reader) -> Polynomial:
    m = _almost_surely(m)
    fixed = tuple((f, e) for f, e in m if not is_random(f))
    rest = [(f, e) for f, e in m if is_random(f)]
    if not rest:
        return Polynomial({m: Fraction(1)})
    groups: list[tuple[frozenset[Term], list[tuple[Term, int]]]] = []
    for f, e in rest:
        owners = variables(f)
        together = [g for g in groups if dependent(g[0], owners)]
        groups = [g for g in groups if g not in together]
        merged = owners.union(*(g[0] for g in together)) if together else owners
        groups.append((merged, [*(x for g in together for x in g[1]), (f, e)]))
    if len(groups) > 1:
        shown = sorted({_name(v) for owners, _ in groups for v in lineage(owners)})
        if len(shown) > 1:
            reader.context.note("independent, as names with laws of their own: " + ", ".join(shown))
    out = Polynomial({fixed: Fraction(1)})
    for owners, factors in groups:
        out = out * _group(owners, tuple(sorted(factors, key=lambda p: _key(p[0]))), reader)
    return out


def _key(term: Term) -> str:
    from twofold.symbolic.probability.polynomial import order

    return order(term)


def _name(v: Term) -> str:
    """The name of a variable; entries of a sample go by that of the sample."""
    base = v.args[0] if isinstance(v, App) else v
    return base.symbol.name if isinstance(base, Var) else _key(v)


def _group(owners: frozenset[Term], m: Monomial, reader: Reader) -> Polynomial:
    """The expectation of a product whose factors may all depend on each other."""
    found = _by_rule(owners, m, reader)
    if found is not None:
        return found
    return Polynomial.factor(App("E", (Polynomial({m: Fraction(1)}).term(sort=True),)))


def _by_rule(owners: frozenset[Term], m: Monomial, reader: Reader) -> Polynomial | None:
    if len(m) == 1 and isinstance(m[0][0], App) and m[0][0].op == "indicator" and m[0][1] > 0:
        return events.probability(m[0][0].args[0], None, reader)
    merged = combined(m, owners, reader)
    if merged is not None:
        new, body = merged
        p = reader.read(body)
        return _one_variable(var(new), p, reader)
    whole = vectors.moment(owners, m, reader)
    if whole is not None:
        return whole
    sample = _sample_sums(owners, m, reader)
    if sample is not None:
        return sample
    # The tower property: a variable that no other one here depends on is averaged out first, the others held fixed.
    for v in sorted(owners, key=_key):
        others = lineage(owners - {v})
        if any(touching(v, w) for w in owners if w != v) or v in others or law_of(v) is None:
            continue
        own = tuple(x for x in m if v in variables(x[0]))
        if any(touching(v, w) and w != v for f, _ in own for w in variables(f)):
            continue
        law = law_of(v)
        assert law is not None
        inner = moments.expectation(v, law, own, reader)
        if inner is None:
            continue
        rest = tuple(x for x in m if x not in own)
        remaining = inner * Polynomial({rest: Fraction(1)})
        if not parents(v) and not any(is_random(f) for n in remaining.terms for f, _ in n):
            return remaining
        return expect(remaining, reader)
    return None


def _one_variable(v: Term, p: Polynomial, reader: Reader) -> Polynomial | None:
    law = law_of(v)
    assert law is not None
    out = Polynomial()
    for m, c in p.terms.items():
        own = tuple(x for x in m if v in variables(x[0]))
        rest = tuple(x for x in m if v not in variables(x[0]))
        if any(is_random(f) for f, _ in rest):
            return None
        if own:
            found = moments.expectation(v, law, own, reader)
            if found is None:
                return None
            out = out + found * Polynomial({rest: c})
        else:
            out = out + Polynomial({m: c})
    return out


def _sample_sums(owners: frozenset[Term], m: Monomial, reader: Reader) -> Polynomial | None:
    """E of a product of sums over one sample: `sum(f(x[i]), i)` times `sum(g(x[j]), j)` splits into equal and different indices.

    A product of r sums is the sum over the ways to tell which indices are equal; indices in different blocks belong to independent draws.
    """
    sums: list[Bound] = []
    entry: list[tuple[Term, int]] = []
    for f, e in m:
        if isinstance(f, Bound) and f.op == "sum" and 1 <= e <= 4:
            sums += [f] * e
        else:
            entry.append((f, e))
    if not sums or len(sums) > 4 or len({s.args for s in sums}) > 1:
        return None
    samples = {v.args[0] if isinstance(v, App) else v for v in owners}
    sample = samples.pop()
    if samples or not isinstance(sample, Var) or parents(sample):
        return None
    if sample.symbol.index is not None:
        return None if entry else _unlike_draws(sums, reader)
    low, high = sums[0].args
    i = sums[0].symbols[0]
    place = App("index", (sample, Var(i)))
    bodies: list[Term] = []
    for s in sums:
        body = substitute(s.body, {s.symbols[0]: Var(i)})
        if variables(body) != {place} and any(v != place for v in variables(body)):
            return None
        bodies.append(body)
    if _uses(bodies, i, place):
        return None
    draw = Symbol(
        sample.symbol.name, sample.symbol.kind, law=sample.symbol.law, lower=sample.symbol.lower, upper=sample.symbol.upper
    )
    functions = [replaced(b, place, var(draw)) for b in bodies]
    n = reader.read(high) - reader.read(low) + Polynomial.constant(1)
    if entry:
        # One more factor that depends on a single entry: that entry is one of the indices of every sum.
        spots = {v for f, _ in entry for v in variables(f)}
        if len(spots) != 1 or not isinstance(next(iter(spots)), App):
            return None
        spot = next(iter(spots))
        own = replaced(Polynomial({tuple(entry): Fraction(1)}).term(), spot, var(draw))
        return _with_entry(own, functions, n, reader)
    out = Polynomial()
    for blocks in _partitions(list(range(len(functions)))):
        count = Polynomial.constant(1)
        part = Polynomial.constant(1)
        for k, block in enumerate(blocks):
            count = count * (n - Polynomial.constant(k))
            piece = Polynomial.constant(1)
            for b in block:
                piece = piece * reader.read(functions[b])
            part = part * expect(piece, reader)
        out = out + count * part
    return out


def _unlike_draws(sums: list[Bound], reader: Reader) -> Polynomial | None:
    """One or two sums over draws whose laws depend on the index: E[S f S g] = S[E f] S[E g] - S[E f E g] + S[E f g]."""
    if len(sums) > 2:
        return None
    i = Symbol("i", "integer")
    bodies = [reader.read(substitute(s.body, {s.symbols[0]: Var(i)})) for s in sums]

    def over(p: Polynomial) -> Polynomial:
        return reader.read(Bound("sum", (i,), p.term(sort=True), sums[0].args))

    means = [expect(b, reader) for b in bodies]
    if len(sums) == 1:
        return over(means[0])
    return over(means[0]) * over(means[1]) - over(means[0] * means[1]) + over(expect(bodies[0] * bodies[1], reader))


def _with_entry(own: Term, functions: list[Term], n: Polynomial, reader: Reader) -> Polynomial:
    """E of g(x[k]) times sums over the sample: block 0 of every partition is the one that holds index k."""
    out = Polynomial()
    for blocks in _partitions(list(range(len(functions) + 1))):
        count = Polynomial.constant(1)
        part = Polynomial.constant(1)
        taken = 1
        for block in blocks:
            piece = Polynomial.constant(1)
            for b in block:
                piece = piece * reader.read(own if b == len(functions) else functions[b])
            part = part * expect(piece, reader)
            if len(functions) not in block:
                count = count * (n - Polynomial.constant(taken))
                taken += 1
        out = out + count * part
    return out


def _partitions(items: list[int]) -> list[list[list[int]]]:
    if not items:
        return [[]]
    first, rest = items[0], items[1:]
    out: list[list[list[int]]] = []
    for p in _partitions(rest):
        out.append([[first], *p])
        out.extend([*p[:k], [first, *p[k]], *p[k + 1 :]] for k in range(len(p)))
    return out


def _uses(bodies: list[Term], i: Symbol, place: Term) -> bool:
    """Whether an index occurs other than in the entry itself."""
    return any(isinstance(t, Var) and t.symbol is i for b in bodies for t in _all(replaced(b, place, num(0))))
