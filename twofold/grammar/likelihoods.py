"""Likelihoods as the products of densities that they are."""

from __future__ import annotations

from twofold.grammar.term import (
    LIKELIHOODS,
    App,
    Array,
    Bound,
    Const,
    Symbol,
    Term,
    Var,
    copy_symbol,
    free_symbols,
    num,
    substitute,
    transform,
    var,
)


def in_densities(term: Term) -> Term:
    """A term with every likelihood, log-likelihood and score in it written out."""
    return transform(term, lambda t: written_out(t) if isinstance(t, App) and t.op in LIKELIHOODS else None)


def written_out(t: App) -> Term:
    """A likelihood as the product of the densities at the observations, its logarithm as the sum of theirs, a score as derivatives of that.

    The law stands in the result as a term, so that its parameters can be substituted while what was drawn stays as it is. What is no sample, and
    no law with data, is left to those who say why.
    """
    rest = [a for a in t.args[1:] if a != Const("missing")]
    seen = _observed(t.args[0], rest)
    if seen is None:
        return t
    law: Term
    law, data, more = seen
    parameters = _parameters(law, more)
    first = t.args[0]
    size = data.shape[0] if isinstance(data.shape[0], Term) else num(data.shape[0])
    place = Symbol("i", "integer", lower=num(1), upper=size)
    if isinstance(first, Var) and first.symbol.index is not None:
        law = substitute(law, {first.symbol.index: var(place)})
    ends = (num(1), size)
    density = App("pdf", (law, App("index", (data, var(place)))))
    if t.op == "likelihood":
        return Bound("prod", (place,), density, ends, span=t.span)
    total = Bound("sum", (place,), App("log", (density,)), ends, span=t.span)
    if t.op == "loglikelihood":
        return total
    slopes = [_slope(total, s) for s in parameters]
    if not slopes:
        return t
    return slopes[0] if len(slopes) == 1 else Array((tuple(slopes),), (len(slopes),))


def _observed(what: Term, rest: list[Term]) -> tuple[App, Term, list[Term]] | None:
    """The law, the data, and the arguments after them; of one variable the data are itself."""
    if isinstance(what, Var) and isinstance(what.symbol.law, App):
        law = what.symbol.law
        data: Term = what if what.shape else Array(((what,),), (1,))
    elif what.sort == "law" and isinstance(what, App) and rest:
        law, data, rest = what, rest[0], rest[1:]
    else:
        return None
    return (law, data, rest) if len(data.shape) == 1 and not law.shape else None


def _parameters(law: App, more: list[Term]) -> list[Symbol]:
    """The parameters that are listed, or all real scalars in the law that are no random variables, in the order they occur."""
    if more:
        listed = [x for row in more[0].rows for x in row] if isinstance(more[0], Array) else [more[0]]
        return [x.symbol for x in listed if isinstance(x, Var)]
    found = dict.fromkeys(s for a in law.args for s in free_symbols(a))
    return [s for s in found if not s.shape and s.law is None and not s.size and s.kind == "real"]


def _slope(f: Term, s: Symbol) -> Bound:
    inner = copy_symbol(s)
    return Bound("diff", (inner,), substitute(f, {s: var(inner)}), (var(s), num(1)), span=f.span)
