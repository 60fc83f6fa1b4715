"""Naming a law from the logarithm of its kernel: the statistics are matched with those of the exponential families in the catalogue."""

from __future__ import annotations

from collections.abc import Iterable

from twofold.catalogue.index import laws
from twofold.catalogue.resolve import formula
from twofold.catalogue.spec import Law
from twofold.grammar.term import App, Symbol, Term, Var, num, subterms
from twofold.symbolic.probability import signs
from twofold.symbolic.probability.polynomial import Monomial, Polynomial
from twofold.symbolic.probability.reading import Reader

_FIRST = ("Normal", "Exponential", "Gamma", "Beta", "InverseGamma", "Pareto", "InverseGaussian", "LogNormal", "Rayleigh", "Poisson", "Binomial",
          "Geometric0", "Geometric", "NegativeBinomial", "VonMises")  # fmt: skip
"""Families in the order they are tried: an exponential law is one before it is a gamma law."""


def named(
    log_kernel: Polynomial, x: Symbol, ends: tuple[Term, Term], discrete: bool, reader: Reader, first: Iterable[str] = ()
) -> App | None:
    """The law on the support `ends` whose log density is the polynomial up to a constant; `None` where no family fits.

    Every match is checked by the algebra itself: the coefficients of the family's statistics are the natural parameters, nothing may be left over, and
    the parameters found must be in their domains as far as that is known.
    """
    parts = split(log_kernel, x)
    for name in dict.fromkeys((*first, *_FIRST)):
        spec = laws().get(name)
        if spec is None or not spec.natural or spec.discrete != discrete or spec.kind != "univariate":
            continue
        made = _match(spec, parts, x, ends, reader)
        if made is not None:
            return made
    return None


def split(p: Polynomial, x: Symbol) -> dict[Monomial, Polynomial]:
    """Functions of the variable with their coefficients; what does not depend on it is dropped."""
    out: dict[Monomial, Polynomial] = {}
    for m, c in p.terms.items():
        own = tuple(f for f in m if mentions(f[0], x))
        if own:
            rest = tuple(f for f in m if f not in own)
            out[own] = out.get(own, Polynomial()) + Polynomial({rest: c})
    return {m: c for m, c in out.items() if c}


def mentions(term: Term, x: Symbol) -> bool:
    return any(isinstance(t, Var) and t.symbol is x for t in subterms(term))


def _match(spec: Law, parts: dict[Monomial, Polynomial], x: Symbol, ends: tuple[Term, Term], reader: Reader) -> App | None:
    base = split(reader.read(App("log", (formula(spec.base, _own(spec, x)),))), x) if spec.base != "1" else {}
    left = dict(parts)
    for m, c in base.items():
        rest = left.pop(m, Polynomial()) - c
        if rest:
            left[m] = rest
    known: dict[str, Term] = {}
    for k, (_, text) in enumerate(spec.natural, 1):
        single = reader.read(formula(text, {"x": x})).single()
        if single is None or single[1] != 1:
            return None
        known[f"natural{k}"] = left.pop(single[0], Polynomial()).term(sort=True)
    if left:
        return None
    wanted = set(known)
    inverse = next((o for o in spec.others if wanted <= set(o.get("", "").split())), None)
    if inverse is None:
        return None
    for p in set(inverse[""].split()) - wanted:
        # A parameter that is not natural must be an end of the support.
        if p not in spec.support:
            return None
        known[p] = ends[spec.support.index(p)]
    try:
        values = [reader.term(formula(inverse[p.name], known)) for p in spec.parameters]
    except ZeroDivisionError:
        return None
    given = {p.name: v for p, v in zip(spec.parameters, values, strict=True)}
    for text, end in zip(spec.support, ends, strict=True):
        if reader.term(formula(text, given)) != reader.term(end):
            return None
    if any(
        signs.decide(formula(p.domain, given), reader.context) is False or _degenerate(v)
        for p, v in zip(spec.parameters, values, strict=True)
    ):
        return None
    return App(spec.name, tuple(values), (), "law")


def _own(spec: Law, x: Symbol) -> dict[str, Term | Symbol]:
    """Names for a base: parameters that occur in it are not natural, so such a family never matches by accident."""
    return {**{p.name: Symbol(p.name) for p in spec.parameters}, "x": x}


def _degenerate(v: Term) -> bool:
    """A division by zero in a parameter: the statistic it needs is missing."""
    return any(isinstance(t, App) and t.op == "div" and t.args[1] == num(0) for t in subterms(v)) or v == App(
        "pow", (num(0), num(-1))
    )
