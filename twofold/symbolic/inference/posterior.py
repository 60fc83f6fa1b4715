"""Posterior laws: prior times likelihood, named where its kernel is that of a family in the catalogue (conjugacy found by algebra)."""

from __future__ import annotations

from collections.abc import Sequence

from twofold.catalogue.conjunctions import together
from twofold.core.diagnostic import fail
from twofold.grammar.term import INFINITE, MINUS_OO, OO, App, Array, Bound, Symbol, Term, Var, copy_symbol, num, substitute, var
from twofold.symbolic.arithmetic import ONE
from twofold.symbolic.context import Context, NoClosedForm
from twofold.symbolic.inference.kernels import mentions, named, split
from twofold.symbolic.probability import signs
from twofold.symbolic.probability.independence import lineage, parents
from twofold.symbolic.probability.laws import density, is_discrete, listed, names, spec_of, support
from twofold.symbolic.probability.polynomial import Polynomial
from twofold.symbolic.probability.reading import Reader
from twofold.symbolic.tidy import present


def posterior(context: Context, parameter: Term, *facts: Term) -> Term:
    """The law of a parameter given observations `X = x`, or a whole sample `x`, as a law.

    Conjugate posteriors are named; others are laws given by their density, normalised numerically where they are used.
    """
    theta = _parameter(parameter)
    seen = [_fact(f) for f in facts if getattr(f, "name", "") != "missing"]
    if not seen:
        raise fail("no-data", "a posterior needs an observation", parameter.span, "write posterior(theta, X = x)")
    law = theta.law
    assert law is not None
    plain = copy_symbol(theta, law=None)
    inner = context.given(*_domains(law), *(_inside(v, x, plain, theta) for v, x in seen if not v.shape))
    reader = Reader(inner)
    values = listed(law)
    if values is not None:
        return _discrete(values, seen, theta, reader, context)
    log = reader.read(App("log", (density(law, var(plain)),)))
    low, high = support(law)
    for v, x in seen:
        part, (a, b) = _log_likelihood(v, x, theta, plain, reader)
        log = log + part
        low, high = _tighter(low, a, "max", reader), _tighter(high, b, "min", reader)
    spec = spec_of(law)
    found = named(log, plain, (low, high), is_discrete(law), reader, (spec.name,) if spec is not None else ())
    # Observed samples stood there as plain vectors; the answer speaks of the samples themselves.
    back = {x.symbol: var(v) for v, x in seen if isinstance(x, Var) and x.symbol.name == v.name and x.symbol.law is None}
    if found is not None:
        if spec is not None and found.op == spec.name:
            context.note(f"conjugate: prior and posterior are both {spec.name}")
        return App(found.op, tuple(substitute(present(a, context), back) for a in found.args), (), "law")
    return substitute(_by_density(log, plain, low, high, context), back)


def _parameter(parameter: Term) -> Symbol:
    if not isinstance(parameter, Var) or parameter.symbol.law is None or parameter.shape:
        raise fail(
            "no-prior", "the parameter needs a law of its own as prior", parameter.span, "write theta ~ Normal(0, 1) first"
        )
    return parameter.symbol


def _fact(f: Term) -> tuple[Symbol, Term]:
    """A variable and its observed value."""
    if isinstance(f, Var) and f.symbol.law is not None:
        return f.symbol, var(copy_symbol(f.symbol, law=None, index=None))
    if isinstance(f, App) and f.op == "eq":
        for a, b in (f.args, f.args[::-1]):
            if isinstance(a, Var) and a.symbol.law is not None:
                return a.symbol, b
    raise fail("not-an-observation", "an observation is a variable with its value", f.span, "write posterior(theta, X = x)")


def _domains(law: Term) -> list[Term]:
    from twofold.catalogue.resolve import formula

    spec = spec_of(law)
    return [formula(p.domain, names(law)) for p in spec.parameters if p.domain != "true"] if spec is not None else []


def _inside(v: Symbol, x: Term, plain: Symbol, theta: Symbol) -> Term:
    """What the support says of an observed value, where it does not involve the parameter."""
    assert v.law is not None
    low, high = support(v.law)
    facts = [App("ge", (x, e), sort="truth") for e in (low,) if e != MINUS_OO and not mentions(e, theta)]
    facts += [App("le", (x, e), sort="truth") for e in (high,) if e != OO and not mentions(e, theta)]
    return together(facts)


def _log_likelihood(
    v: Symbol, x: Term, theta: Symbol, plain: Symbol, reader: Reader
) -> tuple[Polynomial, tuple[Term | None, Term | None]]:
    """The log-likelihood of one observation or sample, and the bounds that its support puts on the parameter."""
    law = v.law
    assert law is not None
    if any(w != var(theta) for w in lineage(parents(var(v)))):
        raise NoClosedForm("the observation depends on other random variables too")
    if not mentions(law, theta):
        raise fail(
            "independent",
            f"{v.name} does not depend on {theta.name}",
            x.span,
            f"give it a law that does: {v.name} | {theta.name} ~ …",
        )
    law = substitute(law, {theta: var(plain)})
    if not v.shape:
        return reader.read(App("log", (density(law, x),))), _bounds(law, x, plain)
    i = Symbol("i", "integer", lower=num(1))
    here = substitute(law, {v.index: var(i)}) if v.index is not None else law
    if isinstance(x, Array):
        out = Polynomial()
        for k, e in enumerate((e for row in x.rows for e in row), 1):
            out = out + reader.read(App("log", (density(substitute(here, {i: num(k)}), e),)))
        return out, _bounds(law, x, plain)
    size = v.shape[0] if isinstance(v.shape[0], Term) else num(v.shape[0])
    body = App("log", (density(here, App("index", (x, var(i)))),))
    return reader.read(Bound("sum", (i,), reader.read(body).term(), (ONE, size))), _bounds(law, x, plain)


def _bounds(law: Term, x: Term, plain: Symbol) -> tuple[Term | None, Term | None]:
    """`x <= theta` and `theta <= x` from ends of the support that are the parameter itself."""
    low, high = support(law)
    if (mentions(low, plain) and low != var(plain)) or (mentions(high, plain) and high != var(plain)):
        raise NoClosedForm("the support of an observation moves with the parameter in a way that has no rule")
    above = (App("max", (x,)) if x.shape else x) if high == var(plain) else None
    below = (App("min", (x,)) if x.shape else x) if low == var(plain) else None
    return above, below


def _tighter(end: Term, other: Term | None, op: str, reader: Reader) -> Term:
    if other is None:
        return end
    if end in INFINITE:
        return other
    holds = signs.decide(App("ge" if op == "max" else "le", (other, end), sort="truth"), reader.context)
    if holds is not None:
        return other if holds else end
    return App(op, (end, other))


def _discrete(
    values: Sequence[tuple[Term, Term]], seen: Sequence[tuple[Symbol, Term]], theta: Symbol, reader: Reader, context: Context
) -> Term:
    """Bayes' rule over listed values."""
    from twofold.symbolic.probability import curves

    weights: list[Polynomial] = []
    for value, mass in values:
        weight = reader.read(mass)
        for v, x in seen:
            if v.shape:
                raise NoClosedForm("a sample under a prior on listed values has no rule")
            assert v.law is not None
            law = substitute(v.law, {theta: value})
            weight = weight * reader.read(curves.density_at(law, x, reader))
        weights.append(weight)
    total = Polynomial()
    for w in weights:
        total = total + w
    if not total:
        raise fail("impossible-observation", "the observation is impossible under every value of the parameter", seen[0][1].span)
    masses = tuple(present((w * total.inverse()).term(), context) for w in weights)
    count = len(masses)
    return App("Discrete", (Array((tuple(v for v, _ in values),), (count,)), Array((masses,), (count,))), (), "law")


def _by_density(log: Polynomial, plain: Symbol, low: Term, high: Term, context: Context) -> Term:
    """A law given by its unnormalised density; factors that do not depend on the parameter are left out."""
    kept = Polynomial()
    for m, c in split(log, plain).items():
        kept = kept + c * Polynomial.monomial(m)
    y = copy_symbol(plain)
    reader = Reader(context)
    body = substitute(reader.exponential(kept).term(), {plain: var(y)})
    context.note("not a conjugate pair: the density is given up to its constant")
    return App("density", (Bound("lambda", (y,), body, (), sort="function"), low, high), (), "law")


def prior_predictive(context: Context, what: Term) -> Term:
    """The law of an observation with its parameter averaged out, as its density or mass at x; named where a family fits."""
    if not isinstance(what, Var) or what.symbol.law is None or what.shape:
        raise fail("not-random", "a predictive law is that of a random variable", what.span, "write X | theta ~ … first")
    law = what.symbol.law
    above = lineage(parents(what))
    if len(above) != 1:
        raise NoClosedForm("the observation does not depend on exactly one random parameter")
    (theta,) = above
    assert isinstance(theta, Var) and theta.symbol.law is not None
    low, high = support(law)
    x = Symbol(
        "x", "integer" if is_discrete(law) else "real", lower=None if low == MINUS_OO else low, upper=None if high == OO else high,
        open_lower=not is_discrete(law), open_upper=not is_discrete(law),
    )  # fmt: skip
    reader = Reader(context.given(*_domains(theta.symbol.law)))
    from twofold.symbolic.probability.expectation import expect
    from twofold.symbolic.probability.integrals import settle

    value = settle(expect(reader.read(density(law, var(x))), reader), reader)
    for candidate in _predictive(law, theta.symbol.law):
        if not reader.read(App("log", (value,))) - reader.read(App("log", (density(candidate, var(x)),))):
            return App(candidate.op, tuple(present(a, context) for a in candidate.args), (), "law")
    found = named(reader.read(App("log", (value,))), x, (low, high), is_discrete(law), reader)
    if found is not None:
        return App(found.op, tuple(present(a, context) for a in found.args), (), "law")
    value = present(value, context)
    if is_discrete(law):
        return Bound("lambda", (x,), value, (), sort="function")
    return App("density", (Bound("lambda", (x,), value, (), sort="function"), low, high), (), "law")


def _predictive(law: Term, prior: Term) -> list[App]:
    """Laws outside the exponential families that the average may be; the caller compares the densities."""
    assert isinstance(law, App) and isinstance(prior, App)
    a, b = (*prior.args, ONE, ONE)[:2]
    if law.op == "Binomial":
        return [App("BetaBinomial", (law.args[0], *((a, b) if prior.op == "Beta" else (ONE, ONE))), (), "law")]
    if law.op == "Poisson":
        shape, rate = (a, b) if prior.op == "Gamma" else (ONE, a)
        return [App("NegativeBinomial", (shape, App("div", (rate, App("add", (rate, ONE))))), (), "law")]
    return []
