"""Likelihood, log-likelihood and score, reduced to sums over the sample."""

from __future__ import annotations

from twofold.grammar.term import Array, Bound, Term, subterms
from twofold.symbolic.arithmetic import ONE
from twofold.symbolic.context import Context
from twofold.symbolic.inference.observations import Observations, log_likelihood, observations, restored
from twofold.symbolic.probability.laws import density
from twofold.symbolic.probability.reading import Reader
from twofold.symbolic.tidy import present


def likelihood(context: Context, what: Term, *rest: Term) -> Term:
    """The product of the densities of the observations."""
    seen = observations(what, rest, what.span)
    return restored(Bound("prod", (seen.place,), density(seen.law, seen.entry), (ONE, seen.size)), seen)


def loglikelihood(context: Context, what: Term, *rest: Term) -> Term:
    """The log-likelihood; the sums that remain are the statistics it depends on."""
    seen = observations(what, rest, what.span)
    out = log_likelihood(seen, Reader(context)).term()
    _say_statistics(out, seen, context)
    return about(out, seen, context)


def about(term: Term, seen: Observations, context: Context) -> Term:
    """A result about the sample itself; sums over numbers are carried out."""
    out = restored(term, seen)
    return Reader(context).read(out).term() if seen.explicit else out


def _say_statistics(term: Term, seen: Observations, context: Context) -> None:
    """Notes the sufficient statistics where no sum depends on an unknown parameter."""
    from twofold.catalogue.display import show
    from twofold.grammar.term import Var

    sums = list(dict.fromkeys(t for t in subterms(term) if isinstance(t, Bound) and t.op == "sum"))
    unknown = set(seen.unknown)
    if sums and all(not (isinstance(s, Var) and s.symbol in unknown) for t in sums for s in subterms(t.body)):
        context.note("sufficient statistics: " + ", ".join(show(restored(t, seen)) for t in sums))


def score(context: Context, what: Term, *rest: Term) -> Term:
    """The derivative of the log-likelihood by the unknown parameter, or the vector of them in the order they occur."""
    seen = observations(what, rest, what.span)
    parts = [about(p, seen, context) for p in scores(seen, context)]
    if len(parts) == 1:
        return parts[0]
    context.note("by " + ", ".join(s.name for s in seen.unknown))
    return Array((tuple(parts),), (len(parts),))


def scores(seen: Observations, context: Context) -> list[Term]:
    """The derivatives of the reduced log-likelihood, in collected form."""
    from twofold.symbolic.derivative import derivative

    reader = Reader(context)
    body = log_likelihood(seen, reader).term()
    return [present(reader.read(derivative(body, s)).term(), context) for s in seen.unknown]
