"""Families closed under sums, shifts and scaling: the law of a combination of independent variables."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from twofold.grammar.term import App, Symbol, Term, replaced, var
from twofold.symbolic.probability import signs
from twofold.symbolic.probability.independence import dependent, is_random, parents, variables
from twofold.symbolic.probability.laws import law_of
from twofold.symbolic.probability.polynomial import Monomial, Polynomial
from twofold.symbolic.probability.reading import Reader


def law_of_term(term: Term, reader: Reader) -> Term | None:
    """The law of a scalar term in random variables where a closure rule gives it."""
    own = law_of(term)
    if own is not None:
        return own
    if isinstance(term, App) and term.op == "exp":
        inner = law_of_term(term.args[0], reader)
        if isinstance(inner, App) and inner.op == "Normal":
            return App("LogNormal", inner.args, (), "law")
    p = reader.read(term)
    single = p.single()
    if single is not None and len(single[0]) == 1 and isinstance(single[0][0][0], App) and single[1] == 1:
        f, e = single[0][0]
        assert isinstance(f, App)
        if f.op == "exp" and e == 1:
            inner = law_of_term(f.args[0], reader)
            if isinstance(inner, App) and inner.op == "Normal":
                return App("LogNormal", inner.args, (), "law")
    return linear_law(p, reader)


def linear_law(p: Polynomial, reader: Reader) -> Term | None:
    """The law of a linear combination of independent variables with laws in a closed family."""
    parts = linear(p)
    if parts is None:
        return None
    coefficients, constant = parts
    vs = list(coefficients)
    for k, v in enumerate(vs):
        if parents(v) or any(dependent(frozenset((v,)), frozenset((w,))) for w in vs[:k]):
            return None
    laws = [law_of(v) for v in vs]
    if any(not isinstance(w, App) for w in laws):
        return None
    known = [w for w in laws if isinstance(w, App)]
    families = {w.op for w in known}
    if len(families) != 1:
        return None
    rule = _RULES.get(families.pop())
    return rule(known, list(coefficients.values()), constant, reader) if rule is not None else None


def linear(p: Polynomial) -> tuple[dict[Term, Polynomial], Polynomial] | None:
    """Coefficients of the random variables and the constant, where a polynomial is linear in them."""
    coefficients: dict[Term, Polynomial] = {}
    constant = Polynomial()
    for m, c in p.terms.items():
        random = [(f, e) for f, e in m if is_random(f)]
        rest = Polynomial({tuple(x for x in m if x not in random): c})
        if not random:
            constant = constant + rest
        elif len(random) == 1 and random[0][1] == 1 and law_of(random[0][0]) is not None:
            v = random[0][0]
            coefficients[v] = coefficients.get(v, Polynomial()) + rest
        else:
            return None
    return (coefficients, constant) if coefficients else None


def _term(p: Polynomial) -> Term:
    return p.term(sort=True)


def _law(name: str, *args: Term) -> App:
    return App(name, args, (), "law")


def _total(parts: Iterable[Polynomial]) -> Polynomial:
    out = Polynomial()
    for p in parts:
        out = out + p
    return out


def _normal(laws: list[App], a: list[Polynomial], constant: Polynomial, reader: Reader) -> Term | None:
    mean = constant + _total(c * reader.read(w.args[0]) for c, w in zip(a, laws, strict=True))
    if len(laws) == 1:
        scale = reader.read(App("abs", (_term(a[0]),))) * reader.read(laws[0].args[1])
    else:
        scale = reader.root(_total((c * reader.read(w.args[1])) ** 2 for c, w in zip(a, laws, strict=True)), Fraction(1, 2))
    return _law("Normal", _term(mean), _term(scale))


def _all_one(a: list[Polynomial], constant: Polynomial) -> bool:
    return not constant and all(c.number() == 1 for c in a)


def _shared(laws: list[App], place: int) -> Term | None:
    found = {w.args[place] for w in laws}
    return found.pop() if len(found) == 1 else None


def _poisson(laws: list[App], a: list[Polynomial], constant: Polynomial, reader: Reader) -> Term | None:
    return _law("Poisson", _term(_total(reader.read(w.args[0]) for w in laws))) if _all_one(a, constant) else None


def _counts(laws: list[App], a: list[Polynomial], constant: Polynomial, reader: Reader) -> Term | None:
    """Binomial and negative binomial with one probability."""
    p = _shared(laws, 1)
    if p is None or not _all_one(a, constant):
        return None
    return _law(laws[0].op, _term(_total(reader.read(w.args[0]) for w in laws)), p)


def _bernoulli(laws: list[App], a: list[Polynomial], constant: Polynomial, reader: Reader) -> Term | None:
    p = _shared(laws, 0)
    if p is None or not _all_one(a, constant) or len(laws) == 1:
        return None
    return _law("Binomial", _term(Polynomial.constant(len(laws))), p)


def _geometric(laws: list[App], a: list[Polynomial], constant: Polynomial, reader: Reader) -> Term | None:
    p = _shared(laws, 0)
    if p is None or not _all_one(a, constant) or len(laws) == 1:
        return None
    return _law("NegativeBinomial", _term(Polynomial.constant(len(laws))), p)


def _gamma(laws: list[App], a: list[Polynomial], constant: Polynomial, reader: Reader) -> Term | None:
    """Sums of gamma (or exponential) variables with one rate after scaling by positive factors."""
    if constant or not all(signs.positive(_term(c), reader.context) for c in a):
        return None
    shapes = [reader.read(w.args[0]) if w.op == "Gamma" else Polynomial.constant(1) for w in laws]
    rates = {_term(reader.read(w.args[-1]) * c.inverse()) for c, w in zip(a, laws, strict=True)}
    if len(rates) != 1:
        return None
    rate = rates.pop()
    shape = _total(shapes)
    return _law("Exponential", rate) if shape.number() == 1 else _law("Gamma", _term(shape), rate)


def _chi_squared(laws: list[App], a: list[Polynomial], constant: Polynomial, reader: Reader) -> Term | None:
    return _law("ChiSquared", _term(_total(reader.read(w.args[0]) for w in laws))) if _all_one(a, constant) else None


def _scaled(place_of_scale: int) -> object:
    """A location-scale family: one variable, scaled and shifted; `place_of_scale` is that of the scale, the location comes first."""

    def rule(laws: list[App], a: list[Polynomial], constant: Polynomial, reader: Reader) -> Term | None:
        if len(laws) != 1:
            return None
        (w,), (c,) = laws, a
        if w.op == "Gumbel" and not signs.positive(_term(c), reader.context):
            return None
        args = list(w.args)
        args[0] = _term(constant + c * reader.read(w.args[0]))
        args[place_of_scale] = _term(reader.read(App("abs", (_term(c),))) * reader.read(w.args[place_of_scale]))
        return _law(w.op, *args)

    return rule


def _cauchy(laws: list[App], a: list[Polynomial], constant: Polynomial, reader: Reader) -> Term | None:
    location = constant + _total(c * reader.read(w.args[0]) for c, w in zip(a, laws, strict=True))
    scale = _total(reader.read(App("abs", (_term(c),))) * reader.read(w.args[1]) for c, w in zip(a, laws, strict=True))
    return _law("Cauchy", _term(location), _term(scale))


def _uniform(laws: list[App], a: list[Polynomial], constant: Polynomial, reader: Reader) -> Term | None:
    if len(laws) != 1:
        return None
    low, high = (constant + a[0] * reader.read(x) for x in laws[0].args)
    known = signs.enclose(_term(a[0]), reader.context)
    if known.positive:
        return _law("Uniform", _term(low), _term(high))
    return _law("Uniform", _term(high), _term(low)) if known.negative else None


_RULES = {
    "Normal": _normal, "Poisson": _poisson, "Binomial": _counts, "NegativeBinomial": _counts, "Bernoulli": _bernoulli, "Geometric0": _geometric,
    "Gamma": _gamma, "Exponential": _gamma, "ChiSquared": _chi_squared, "Cauchy": _cauchy, "Uniform": _uniform,
    "Laplace": _scaled(1), "Logistic": _scaled(1), "Gumbel": _scaled(1), "LocationScaleT": _scaled(1),
}  # fmt: skip


def combined(m: Monomial, owners: frozenset[Term], reader: Reader) -> tuple[Symbol, Term] | None:
    """One fresh variable in place of a linear combination through which alone several variables enter a product of factors."""
    if len(owners) < 2:
        return None
    body = Polynomial({m: Fraction(1)}).term()
    candidate = _inner_combination(body, owners)
    if candidate is None:
        return None
    law = law_of_term(candidate, reader)
    if law is None:
        return None
    new = Symbol("v", law=law)
    made = replaced(body, candidate, var(new))
    return None if variables(made) & owners else (new, made)


def _inner_combination(term: Term, owners: frozenset[Term]) -> Term | None:
    """The innermost sum or difference that holds all the variables."""
    best: Term | None = None
    stack = [term]
    while stack:
        t = stack.pop()
        if isinstance(t, App) and variables(t) == owners:
            if t.op in ("add", "sub", "neg", "mul", "div") and not t.shape:
                best = t
            stack.extend(t.args)
    return best
