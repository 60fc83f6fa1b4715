"""Densities, distribution functions, quantiles and hazards of laws at points: by oracles in double precision, by the declared density over balls."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from twofold.catalogue.index import laws
from twofold.catalogue.resolve import formula
from twofold.catalogue.shapes import bound
from twofold.grammar.term import App, Symbol, Term, Var, free_symbols, num, var
from twofold.numeric.containers import entrywise
from twofold.numeric.doubles import Doubles
from twofold.numeric.outcomes import CannotEvaluate, Split
from twofold.numeric.random_parts import held_values, law_of, oracle_of, variables
from twofold.numeric.series import Series
from twofold.numeric.series_averages import moving

if TYPE_CHECKING:
    from twofold.numeric.evaluator import Evaluator
    from twofold.numeric.laws import Oracle

Value = Any


def curve_rule(method: str) -> Callable[[Evaluator, App], Value]:
    """Density, distribution function and the like of a law or of a random variable, at points of any number."""

    def rule(e: Evaluator, t: App) -> Value:
        law = t.args[0]
        if law.sort != "law" and not isinstance(law, Var) and method in _EVENTS and not law.shape:
            return e.value(_of_event(law, t.args[1], method))
        x = e.value(t.args[1])
        if not isinstance(e.arithmetic, Doubles):
            return _certified(e, t, method)
        own = law_of(law)
        if isinstance(x, Series) or moving(e.values, free_symbols(own)):
            return _moving(e, own, method, x)
        if method in _BROADCAST:
            found = _broadcast(e, own, method, x)
            if found is not None:
                return found
        frozen = at_points(e, own)
        if frozen is not None:
            return entrywise(lambda v: _apply(frozen, method, v), x)
        rows = np.atleast_1d(np.asarray(x, dtype=float))
        if rows.size > 1:
            raise Split
        raise CannotEvaluate(f"the law of {method} has no oracle")

    return rule


_EVENTS = {"cdf": "le", "survival": "gt", "density": "eq"}


def _of_event(of: Term, x: Term, method: str) -> Term:
    """A curve of an expression in random variables, whose law has no oracle, by the probabilities of events."""
    discrete = [isinstance(s.law, App) and s.law.op in laws() and laws()[s.law.op].discrete for s in variables(of)]
    if method != "density" or all(discrete):
        return App("P", (App(_EVENTS[method], (of, x), sort="truth"),))
    if any(discrete):
        raise CannotEvaluate("the law of this expression has no oracle")
    u = Symbol("u")
    return bound("diff", (u,), App("P", (App("le", (of, var(u)), sort="truth"),)), x, num(1))


log_density = curve_rule("logdensity")
"""The logarithm of a density, in floats, where the density itself underflows."""


_BROADCAST = {"cdf": "cdf", "survival": "sf", "density": "pdf"}


def _broadcast(e: Evaluator, law: Term, method: str, x: Any) -> Any | None:
    """A curve of a law of SciPy with parameters at several points at once; `None` where it has to be taken point by point."""
    spec = laws().get(law.op) if isinstance(law, App) else None
    if spec is None or spec.oracle is None or spec.kind != "univariate" or spec.atoms or spec.name == "VonMises":
        return None
    assert isinstance(law, App)
    dotted, mapping = spec.oracle
    names = {p.name: a for p, a in zip(spec.parameters, law.args, strict=True)}
    arguments = {k: e.value(formula(text, names)) for k, text in mapping.items()}
    if any(isinstance(v, tuple) or np.iscomplexobj(v) for v in (*arguments.values(), x)):
        return None
    from twofold.numeric.laws import distribution

    attribute = "pmf" if spec.discrete and method == "density" else _BROADCAST[method]
    with np.errstate(all="ignore"):
        return np.asarray(getattr(distribution(dotted), attribute)(x, **arguments), dtype=float)[()]


def _moving(e: Evaluator, law: Term, method: str, x: Any) -> Value:
    """A curve at a point that a derivative is taken by: the declared density over series; distribution functions from its coefficients.

    F(x(t)) has the derivative f(x(t))*x'(t), so its coefficient k is the sum of j*x_j*f_(k - j) over j <= k, divided by k.
    """
    u = Symbol("u")
    at = e.inner({u: x})
    if method == "density":
        return at.value(density_term(App("pdf", (law, var(u)))))
    discrete = isinstance(law, App) and law.op in laws() and laws()[law.op].discrete
    if method not in _BROADCAST or not isinstance(x, Series) or discrete or moving(e.values, free_symbols(law)):
        raise CannotEvaluate(f"a derivative of a {method} of this law")
    m = e.arithmetic
    density = at.value(density_term(App("pdf", (law, var(u)))))
    order = x.order
    f = density.coefficients if isinstance(density, Series) and density.tag == x.tag else (density, *(m.zero,) * order)
    start = e.inner({u: x.coefficients[0]}).value(App(method, (law, var(u))))
    out = [start]
    for k in range(1, order + 1):
        total = m.zero
        for j in range(1, k + 1):
            total = m.add(total, m.mul(m.mul(e.value(num(j)), x.coefficients[j]), f[k - j]))
        step = m.div(total, e.value(num(k)))
        out.append(step if method == "cdf" else m.neg(step))
    return Series(x.tag, tuple(out))


def at_points(e: Evaluator, law: Term) -> Oracle | None:
    held = held_values(e, law, ())
    return oracle_of(e.inner(held), law)


def _apply(law: Oracle, method: str, x: Any) -> Any:
    with np.errstate(all="ignore"):
        if method == "logdensity":
            if not hasattr(law, "made"):
                return np.log(law.density(np.asarray(x)))[()]
            return np.asarray((law.made.logpmf if law.discrete else law.made.logpdf)(np.asarray(x)))[()]
        if method == "survival":
            return np.asarray(1 - law.cdf(x) if not hasattr(law, "made") else law.made.sf(x))[()]
        if method == "hazard":
            below = law.cdf(x) if not law.discrete else law.cdf(x) - law.density(x)
            return np.asarray(law.density(x) / (1 - below))[()]
        if method == "quantile":
            return np.where((np.asarray(x) > 0) & (np.asarray(x) < 1), law.quantile(np.asarray(x)), np.nan)[()]
        return np.asarray(getattr(law, method)(np.asarray(x)))[()]


def _certified(e: Evaluator, t: App, method: str) -> Value:
    """The declared density inside the support, and its integrals, over balls."""
    if method != "density":
        from twofold.numeric.curves import enclosed

        return enclosed(e, t, method)
    return e.value(density_term(t))


@lru_cache(maxsize=1024)
def density_term(t: App) -> Term:
    """The declared density of `pdf(law, x)` inside the support, and 0 outside, as a term."""
    law = law_of(t.args[0])
    if not isinstance(law, App) or law.op not in laws() or laws()[law.op].atoms or laws()[law.op].kind != "univariate":
        raise CannotEvaluate(f"no enclosure of {t.op}")
    spec = laws()[law.op]
    names = {p.name: a for p, a in zip(spec.parameters, law.args, strict=True)}
    x = t.args[1]
    low, high = (formula(text, names) for text in spec.support)
    inside = [
        App(op, (x, end), sort="truth") for op, end, skip in (("ge", low, "-oo"), ("le", high, "oo")) if spec.support[op == "le"] != skip
    ]  # fmt: skip
    if spec.discrete:
        inside.append(App("eq", (x, App("floor", (x,))), sort="truth"))
    density = formula(spec.density, {**names, "x": x})
    return App("piecewise", (density, App("and", tuple(inside), sort="truth"), num(0))) if inside else density
