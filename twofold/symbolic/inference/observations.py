"""What was observed, and under which law: a declared sample, or a law with data."""

from __future__ import annotations

from dataclasses import dataclass

from twofold.catalogue.constants import rational
from twofold.core.diagnostic import fail
from twofold.core.span import Span
from twofold.grammar.term import (
    INFINITE,
    App,
    Array,
    Bound,
    Num,
    Shape,
    Symbol,
    Term,
    Var,
    free_symbols,
    num,
    substitute,
    var,
)
from twofold.symbolic.arithmetic import ONE
from twofold.symbolic.probability.laws import density, is_discrete, support
from twofold.symbolic.probability.polynomial import Polynomial
from twofold.symbolic.probability.reading import Reader


@dataclass(frozen=True, slots=True)
class Observations:
    """n observations of a law: `data` stands for their values (a plain vector, not random), `place` for an index.

    `law` may depend on `place`. `meaning` says what the stand-ins stand for: the sample or the numbers, and the size where it is a number.
    """

    law: Term
    data: Term
    size: Term
    place: Symbol
    unknown: tuple[Symbol, ...]
    meaning: dict[Symbol, Term]

    @property
    def explicit(self) -> bool:
        """Whether the observations are written out."""
        return all(isinstance(v, (Array, Num)) for v in self.meaning.values())

    @property
    def entry(self) -> Term:
        """The observation at the index."""
        return App("index", (self.data, var(self.place)))


def observations(what: Term, rest: tuple[Term, ...], span: Span) -> Observations:
    """Reads the arguments of `mle` and its like: `(sample[, parameters])` or `(law, data[, parameters])`.

    Unknown parameters are those given as a list, or all names in the law that are no random variables, sizes or arrays. Raises `TwofoldError`.
    """
    rest = tuple(r for r in rest if getattr(r, "name", "") != "missing")
    index: Symbol | None = None
    if what.sort == "law":
        if not rest:
            raise fail("no-data", "a law needs the data it is fitted to", span, "write mle(Normal(m, s), y) with y = data([…])")
        data, *more = rest
        law = what
        if len(data.shape) != 1:
            raise fail("shape-mismatch", "the data are a vector", data.span or span)
    elif isinstance(what, Var) and what.symbol.law is not None:
        law, index, more = what.symbol.law, what.symbol.index, list(rest)
        data = what if what.shape else Array(((what,),), (1,))
    else:
        raise fail(
            "not-a-sample", "a sample or a law is needed here", what.span or span, "write x[1..n] ~ Normal(mu, sigma) first"
        )
    place = Symbol("i", "integer", lower=num(1))
    if index is not None:
        law = substitute(law, {index: var(place)})
    _values(law, data)
    unknown = _unknown(law, more, span)
    meaning: dict[Symbol, Term] = {}
    first = data.shape[0]
    if isinstance(first, Term):
        size: Term = first
    else:
        stand = Symbol("n", "integer", lower=num(1), size=True)
        size, meaning[stand] = var(stand), num(first)
    low, high = support(law)
    name = data.symbol.name if isinstance(data, Var) else "x"
    values = Symbol(
        name, "integer" if is_discrete(law) else "real", (size,), lower=_finite(low), upper=_finite(high), open_lower=not is_discrete(law),
        open_upper=not is_discrete(law),
    )  # fmt: skip
    meaning[values] = data
    return Observations(law, var(values), size, place, unknown, meaning)


def _finite(end: Term) -> Term | None:
    return None if end in INFINITE else end


def _values(law: Term, data: Term) -> None:
    """Refuses data outside a support that is known."""
    low, high = (rational(e) for e in support(law))
    for e in (x for row in data.rows for x in row) if isinstance(data, Array) else ():
        value = rational(e)
        if value is None:
            continue
        if (
            (low is not None and value < low)
            or (high is not None and value > high)
            or (is_discrete(law) and value.denominator != 1)
        ):
            raise fail(
                "outside-support",
                f"the value {float(value):g} cannot come from this law",
                e.span or data.span,
                "check the data or the law",
            )


def _unknown(law: Term, more: list[Term], span: Span) -> tuple[Symbol, ...]:
    if more:
        listed = more[0]
        entries = (
            [e for row in listed.rows for e in row]
            if isinstance(listed, Array)
            else list(listed.args)
            if isinstance(listed, App)
            else [listed]
        )
        names = [e.symbol for e in entries if isinstance(e, Var) and not e.shape]
        if len(names) != len(entries):
            raise fail(
                "not-a-variable", "parameters are given as a list of names", listed.span or span, "write mle(x, [mu, sigma])"
            )
        return tuple(names)
    assert isinstance(law, App)
    found = [s for a in law.args for s in free_symbols(a)]
    names = [s for s in dict.fromkeys(found) if not s.shape and s.law is None and not s.size and s.kind == "real"]
    if not names:
        raise fail(
            "no-parameters", "the law has no unknown parameter", span, "use names as parameters, such as Normal(mu, sigma)"
        )
    return tuple(names)


def log_likelihood(seen: Observations, reader: Reader) -> Polynomial:
    """The log-likelihood with the sum over the observations carried out as far as it separates."""
    one = reader.read(App("log", (density(seen.law, seen.entry),)))
    return reader.read(Bound("sum", (seen.place,), one.term(), (ONE, seen.size)))


def restored(term: Term, seen: Observations) -> Term:
    """A result about the sample or the numbers themselves."""
    return substitute(term, seen.meaning)


def gradient(*args: Term) -> Shape:
    """The shape of a derivative by the unknown parameters: a number for one, a vector for several."""
    count = len(observations(args[0], args[1:], args[0].span).unknown)
    return (count,) if count > 1 else ()
