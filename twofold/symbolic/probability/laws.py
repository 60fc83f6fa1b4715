"""A law term and its declaration: parameters, support, density and closed forms as terms."""

from __future__ import annotations

from dataclasses import dataclass

from twofold.catalogue.constants import rational
from twofold.catalogue.index import laws
from twofold.catalogue.resolve import formula
from twofold.catalogue.shapes import app
from twofold.catalogue.spec import Absent, Law
from twofold.grammar.term import INFINITE, App, Array, Bound, Num, Symbol, Term, Var, num, substitute
from twofold.symbolic.arithmetic import ZERO

_LISTED = 64
"""A support of at most this many values is summed value by value."""


@dataclass(frozen=True, slots=True)
class Known:
    """A closed form, and the condition under which it holds (`None`: always)."""

    value: Term
    condition: Term | None = None


def spec_of(law: Term) -> Law | None:
    """The declaration of a law; `None` for a law given by a density."""
    return laws().get(law.op) if isinstance(law, App) else None


def names(law: Term) -> dict[str, Term]:
    """The parameters by name."""
    spec = spec_of(law)
    assert isinstance(law, App) and spec is not None
    return {p.name: a for p, a in zip(spec.parameters, law.args, strict=True)}


def given_density(law: Term) -> Bound | None:
    """The unnormalised density of a law written as `density(f, y = a..b)`."""
    if isinstance(law, App) and law.op == "density" and isinstance(law.args[0], Bound):
        return law.args[0]
    return None


def is_discrete(law: Term) -> bool:
    spec = spec_of(law)
    return spec is not None and spec.discrete


def is_vector(law: Term) -> bool:
    spec = spec_of(law)
    return spec is not None and spec.kind != "univariate"


def support(law: Term) -> tuple[Term, Term]:
    """The ends of the support."""
    if given_density(law) is not None:
        assert isinstance(law, App)
        return law.args[1], law.args[2]
    spec = spec_of(law)
    assert spec is not None
    known = names(law)
    return _end(formula(spec.support[0], known)), _end(formula(spec.support[1], known))


def _end(term: Term) -> Term:
    value = rational(term)
    if value is not None:
        return Num(value)
    if isinstance(term, App) and term.op in ("max", "min") and all(rational(a) is not None for a in term.args):
        values = [v for a in term.args if (v := rational(a)) is not None]
        return Num(max(values) if term.op == "max" else min(values))
    return term


def closed(law: Term, key: str, **more: Term) -> Known | Absent | None:
    """A declared closed form, with terms for `x`, `q`, `t` or `k`. `None` where the declaration says nothing."""
    spec = spec_of(law)
    if spec is None:
        return None
    text = spec.closed.get(key)
    if text is None or isinstance(text, Absent):
        return text
    value, _, condition = text.partition(" given ")
    known = {**names(law), **more}
    return Known(formula(value, known), formula(condition, known) if condition else None)


def density(law: Term, x: Term) -> Term:
    """The declared density or mass at a point of the support. A law given by a density has its unnormalised one here."""
    own = given_density(law)
    if own is not None:
        return substitute(own.body, {own.symbols[0]: x})
    spec = spec_of(law)
    assert spec is not None
    if spec.atoms:
        out: Term = ZERO
        for value, mass in reversed(listed(law) or []):
            out = app("piecewise", mass, app("eq", x, value), out)
        return out
    return formula(spec.density, {**names(law), "x": x})


def listed(law: Term) -> list[tuple[Term, Term]] | None:
    """The values and masses of a law on finitely many known values, `None` otherwise."""
    spec = spec_of(law)
    if spec is None or not spec.discrete or spec.kind != "univariate":
        return None
    if spec.atoms:
        values, masses = formula(spec.atoms, names(law)), formula(spec.density, names(law))
        if not isinstance(values, Array) or not isinstance(masses, Array):
            return None
        return list(zip((x for r in values.rows for x in r), (x for r in masses.rows for x in r), strict=True))
    if law.op == "Categorical":  # type: ignore[attr-defined]
        p = names(law)["p"]
        if not isinstance(p, Array):
            return None
        return [(num(k), m) for k, m in enumerate((x for r in p.rows for x in r), 1)]
    low, high = support(law)
    if isinstance(low, Num) and isinstance(high, Num) and high.value - low.value < _LISTED:
        first, last = int(low.value), int(high.value)
        return [(num(k), density(law, num(k))) for k in range(first, last + 1)]
    return None


def has_listed_parameters(law: Term) -> bool:
    """Whether a law's values and masses are written out, so that sums over them say more than its formulas."""
    return isinstance(law, App) and any(a.shape for a in law.args) and listed(law) is not None


def law_of(v: Term) -> Term | None:
    """The law of a scalar random variable: a name with a law, or an entry of a sample of such. `None` for everything else."""
    if isinstance(v, Var) and v.symbol.law is not None:
        return None if v.shape or v.symbol.shape else v.symbol.law
    if isinstance(v, App) and v.op == "index" and isinstance(v.args[0], Var) and v.args[0].symbol.law is not None:
        symbol = v.args[0].symbol
        assert symbol.law is not None
        if is_vector(symbol.law):
            return None
        return substitute(symbol.law, {symbol.index: v.args[1]}) if symbol.index is not None else symbol.law
    return None


def point(law: Term, name: str = "x") -> Symbol:
    """A fresh symbol that ranges over the support of a law."""
    low, high = support(law)
    return Symbol(
        name,
        "integer" if is_discrete(law) and not (spec_of(law) or _NONE).atoms else "real",
        lower=_finite(low),
        upper=_finite(high),
    )


class _None:
    atoms = ""


_NONE = _None()


def _finite(end: Term) -> Term | None:
    return None if end in INFINITE else end


def total(law: Term, body: Term, x: Symbol) -> Term:
    """The sum or integral over the support of a term in `x`."""
    low, high = support(law)
    op = "sum" if is_discrete(law) else "integrate"
    return Bound(op, (x,), body, (low, high), shape=body.shape, sort=body.sort)


def integer_valued(term: Term) -> bool:
    """Whether a term is known to be a whole number."""
    if isinstance(term, Num):
        return term.value.denominator == 1
    if isinstance(term, Var):
        return term.symbol.kind == "integer" or term.symbol.size or "integer" in term.symbol.properties
    if isinstance(term, App) and term.op in ("add", "sub", "mul", "neg", "floor", "ceil", "max", "min"):
        return term.op in ("floor", "ceil") or all(map(integer_valued, term.args))
    return False
