"""Expectations, probabilities and what is asked of laws, by quadrature and summation.

Laws come from their oracles. Laws on few
listed values are summed over any arithmetic, so that they can be certified; the others have a value in double precision only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from twofold.catalogue.index import laws
from twofold.catalogue.resolve import formula
from twofold.grammar.term import (
    App,
    Array,
    Bound,
    Const,
    Num,
    Symbol,
    Term,
    Var,
    children,
    copy_symbol,
    free_symbols,
    num,
    substitute,
    var,
)
from twofold.numeric.conditioning import given_others
from twofold.numeric.constants import BINDING, hoisted
from twofold.numeric.containers import entrywise
from twofold.numeric.doubles import Doubles
from twofold.numeric.joint import average_over
from twofold.numeric.moments import degree
from twofold.numeric.outcomes import CannotEvaluate, Split, Undefined
from twofold.numeric.series import Series

if TYPE_CHECKING:
    from twofold.numeric.evaluate import Evaluator
    from twofold.numeric.laws import Oracle

Value = Any


# --- variables ---------------------------------------------------------------------------------------------------------------------


def variables(term: Term) -> list[Symbol]:
    """The random symbols of a term and the ancestors of their laws, parents first; expectations inside have their own."""
    found: dict[Symbol, None] = {}

    def walk(t: Term) -> None:
        if isinstance(t, App) and t.op in BINDING and not (t.op in _OF_DATA and _is_data(t.args[0])):
            return
        if isinstance(t, Var) and t.symbol.law is not None:
            walk(t.symbol.law)
            found.setdefault(t.symbol)
        for c in children(t):
            walk(c)

    walk(term)
    return list(found)


def _held(e: Evaluator, t: Term, bound: Iterable[Symbol]) -> dict[Symbol, Any]:
    """Values of the symbols that are not averaged over, each at one point. Raises `Split` where they are at several."""
    free = {s for s in _symbols(t) if s not in set(bound)}
    values: dict[Symbol, Any] = {}
    for s in free:
        if s in e.values:
            values[s] = _one(e.values[s])
    return values


def _symbols(t: Term) -> set[Symbol]:
    out = set(free_symbols(t))
    for s in list(out):
        if s.law is not None:
            out |= _symbols(s.law)
    for s in list(out):
        for d in s.shape:
            if isinstance(d, Term):
                out |= _symbols(d)
    return out


def _one(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_one(v) for v in value)
    if isinstance(value, np.ndarray):
        if value.size > 1:
            raise Split
        return value.reshape(())[()]
    return value


# --- oracles of laws under an evaluator ----------------------------------------------------------------------------------------------


def oracle_of(e: Evaluator, law: Term) -> Oracle:
    """The frozen law with the values in force, in double precision."""
    from twofold.numeric.laws import freeze

    def number(t: Term) -> Any:
        with np.errstate(all="ignore"):
            value = plain(e.value(t))
        if np.any(np.isnan(np.asarray(value, dtype=float))):
            raise Undefined("a parameter has no value")
        return value

    def curve(own: Bound) -> Callable[[np.ndarray], np.ndarray]:
        def density(x: np.ndarray) -> np.ndarray:
            with np.errstate(all="ignore"):
                return np.broadcast_to(e.inner({own.symbols[0]: x}).value(own.body), np.shape(x))

        return density

    return freeze(law, number, curve)


def plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return np.array([plain(v) for v in value], dtype=float)
    if isinstance(value, Series):
        raise CannotEvaluate("a law whose parameter is differentiated by")
    made = np.asarray(value)
    if made.size > 1:
        raise Split
    return float(np.real(made.reshape(())))


# --- averages ------------------------------------------------------------------------------------------------------------------------


def mean(e: Evaluator, body: Term, condition: Term | None = None) -> Value:
    """E[body | condition]."""
    if condition is not None:
        return _conditional(e, body, condition)
    e, body = hoisted(e, body, ())
    owners = variables(body)
    if not owners:
        return e.value(body)
    exact = _listed_sum(e, body, owners)
    if exact is not None:
        return exact
    if not isinstance(e.arithmetic, Doubles):
        from twofold.numeric.averages import enclosed

        return enclosed(e, body)
    if not body.shape:
        from twofold.numeric.averages import by_moments

        known = by_moments(e, body)
        if known is not None:
            return known
    held = _held(e, body, owners)
    inner = e.inner(held)
    try:
        with np.errstate(all="ignore"):
            order = degree(body, frozenset(owners)) if len(owners) > 1 or owners[0].shape else None
            return _unflat(body, average_over(inner, owners, lambda ev: _columns(ev, body), order))
    except Split:
        raise CannotEvaluate("the function needs different structure at different points") from None


def _columns(e: Evaluator, body: Term) -> list[Any]:
    """The entries of a value, in order."""
    value = e.value(body)
    out: list[Any] = []

    def walk(v: Any) -> None:
        if isinstance(v, tuple):
            for x in v:
                walk(x)
        else:
            out.append(v)

    walk(value)
    return out


def _unflat(body: Term, entries: np.ndarray) -> Value:
    if not body.shape:
        return entries[0]
    if len(body.shape) == 1:
        return tuple(entries)
    width = body.shape[1]
    assert isinstance(width, int)
    return tuple(tuple(entries[k : k + width]) for k in range(0, len(entries), width))


def _listed_sum(e: Evaluator, body: Term, owners: list[Symbol]) -> Value | None:
    """The sum over listed values, over any arithmetic; `None` where a variable has none."""
    total: list[dict[Symbol, Term]] = [{}]
    weights: list[Term] = [num(1)]
    for s in owners:
        if s.shape or s.law is None or variables(s.law):
            return None
        values = _listed(e, s.law)
        if values is None or len(values) * len(total) > 4096:
            return None
        total = [{**t, s: x} for t in total for x, _ in values]
        weights = [App("mul", (w, m)) for w in weights for _, m in values]
    out: Value = None
    for point, weight in zip(total, weights, strict=True):
        w = e.value(weight)
        at = e.inner({s: e.value(x) for s, x in point.items()})
        try:
            value = at.value(body)
        except Undefined:
            if _is_zero(e, w):
                continue
            raise
        part = entrywise(lambda v, w=w: e.arithmetic.mul(v, w), value)  # type: ignore[misc]
        out = part if out is None else entrywise(e.arithmetic.add, out, part)
    return out


def _is_zero(e: Evaluator, w: Any) -> bool:
    return bool(e.arithmetic.is_zero(w))


def _listed(e: Evaluator, law: Term) -> list[tuple[Term, Term]] | None:
    """Values and masses that are written out in a law, or those of a small whole-number support."""
    if not isinstance(law, App) or law.op not in laws():
        return None
    spec = laws()[law.op]
    names = {p.name: a for p, a in zip(spec.parameters, law.args, strict=True)}
    if spec.atoms:
        values, masses = formula(spec.atoms, names), formula(spec.density, names)
        if isinstance(values, Array) and isinstance(masses, Array):
            return list(zip((x for r in values.rows for x in r), (x for r in masses.rows for x in r), strict=True))
        return None
    if spec.name == "Categorical" and isinstance(law.args[0], Array):
        return [(num(k), m) for k, m in enumerate((x for r in law.args[0].rows for x in r), 1)]
    if spec.discrete and spec.kind == "univariate":
        low, high = (formula(t, names) for t in spec.support)
        if isinstance(low, Num) and isinstance(high, Num) and high.value - low.value < 64:
            return [(num(k), formula(spec.density, {**names, "x": num(k)})) for k in range(int(low.value), int(high.value) + 1)]
    return None


def _conditional(e: Evaluator, body: Term, condition: Term) -> Value:
    """E[body | event] = E[body 1]/P(event); a value given to a continuous variable fixes it and weighs its ancestors by its density."""
    fixed = _fixed(condition)
    if fixed is None:
        indicator = App("indicator", (condition,))
        weight = mean(e, indicator)
        top = mean(e, App("mul", (body, indicator), body.shape))
        return entrywise(lambda v: e.arithmetic.div(v, weight), top)
    symbol, value = fixed
    assert symbol.law is not None
    held = e.inner({symbol: e.value(value)})
    plain = copy_symbol(symbol, law=None)
    inner = held.inner({plain: held.values[symbol]})
    moved = _without(body, symbol, plain)
    if not variables(symbol.law):
        return mean(inner, moved)
    density = App("pdf", (symbol.law, var(plain)))
    return entrywise(
        lambda v, w: e.arithmetic.div(v, w), mean(inner, App("mul", (moved, density), body.shape)), mean(inner, density)
    )


def _fixed(condition: Term) -> tuple[Symbol, Term] | None:
    """`Y = y` for a variable with a density."""
    if isinstance(condition, App) and condition.op == "eq":
        for a, b in (condition.args, condition.args[::-1]):
            if isinstance(a, Var) and a.symbol.law is not None and not variables(b) and not _is_discrete(a.symbol.law):
                return a.symbol, b
    return None


def _without(body: Term, symbol: Symbol, plain: Symbol) -> Term:
    """The body with a fixed variable, also in the laws of those that depend on it."""
    changes: dict[Symbol, Term] = {symbol: var(plain)}
    for s in variables(body):
        if s is not symbol and s.law is not None and symbol in variables(s.law):
            changes[s] = var(copy_symbol(s, law=substitute(s.law, changes)))
    return substitute(body, changes)


def _is_discrete(law: Term) -> bool:
    return isinstance(law, App) and law.op in laws() and laws()[law.op].discrete


# --- rules of the operations ---------------------------------------------------------------------------------------------------------


def _expectation(e: Evaluator, t: App) -> Value:
    return mean(e, *t.args)


def _variance(e: Evaluator, t: App) -> Value:
    x, condition = t.args[0], (t.args[1] if len(t.args) > 1 else None)
    if x.shape:
        return _covariances(e, x, x)
    centre = mean(e, x, condition)
    c = Symbol("c")
    square = App("pow", (App("sub", (x, var(c))), num(2)))
    return mean(e.inner({c: centre}), square, condition)


def _deviation(e: Evaluator, t: App) -> Value:
    return e.arithmetic.pow(_variance(e, t), e.value(App("div", (num(1), num(2)))))


def _covariance(e: Evaluator, t: App) -> Value:
    x, y = t.args
    if x.shape or y.shape:
        return _covariances(e, x, y)
    a, b = mean(e, x), mean(e, y)
    p, q = Symbol("p"), Symbol("q")
    return mean(e.inner({p: a, q: b}), App("mul", (App("sub", (x, var(p))), App("sub", (y, var(q))))))


def _covariances(e: Evaluator, x: Term, y: Term) -> Value:
    xs, ys = _parts(x), _parts(y)
    return tuple(tuple(_covariance(e, App("Cov", (a, b))) for b in ys) for a in xs)


def _parts(x: Term) -> list[Term]:
    if isinstance(x, Array):
        return [c for r in x.rows for c in r]
    if len(x.shape) == 1 and isinstance(x.shape[0], int):
        return [App("index", (x, num(k))) for k in range(1, x.shape[0] + 1)]
    raise CannotEvaluate("a covariance of arrays of unknown size")


def _correlation(e: Evaluator, t: App) -> Value:
    x, y = t.args
    both = e.arithmetic.mul(_variance(e, App("Var", (x,))), _variance(e, App("Var", (y,))))
    return e.arithmetic.div(_covariance(e, t), e.arithmetic.pow(both, e.value(App("div", (num(1), num(2))))))


def _probability(e: Evaluator, t: App) -> Value:
    if len(t.args) == 1 and (isinstance(e.arithmetic, Doubles) or len(variables(t.args[0])) > 1):
        body = given_others(t.args[0])
        if body is not None:
            return mean(e, body)
    if not isinstance(e.arithmetic, Doubles) or len(variables(t.args[0])) > 1:
        found = _by_ends(e, t)
        if found is not None:
            return found
    return mean(e, App("indicator", (t.args[0],)), *t.args[1:])


def _by_ends(e: Evaluator, t: App) -> Value | None:
    """P(A), or P(A | B) as P(A and B)/P(B), where both come from distribution functions at the ends of intervals."""
    from twofold.numeric.events import probability

    if len(t.args) == 1:
        return probability(e, t.args[0])
    if _fixed(t.args[1]) is not None:
        return None
    both = probability(e, App("and", t.args, sort="truth"))
    weight = None if both is None else probability(e, t.args[1])
    return None if both is None or weight is None else e.arithmetic.div(both, weight)


def _curve(method: str) -> Callable[[Evaluator, App], Value]:
    """Density, distribution function and the like of a law or of a random variable, at points of any number."""

    def rule(e: Evaluator, t: App) -> Value:
        law, x = t.args[0], e.value(t.args[1])
        if not isinstance(e.arithmetic, Doubles):
            return _certified(e, t, method)
        own = _law(law)
        if method in _BROADCAST:
            found = _broadcast(e, own, method, x)
            if found is not None:
                return found
        frozen = _at_points(e, own)
        if frozen is not None:
            return entrywise(lambda v: _apply(frozen, method, v), x)
        rows = np.atleast_1d(np.asarray(x, dtype=float))
        if rows.size > 1:
            raise Split
        raise CannotEvaluate(f"the law of {method} has no oracle")

    return rule


log_density = _curve("logdensity")
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


def _at_points(e: Evaluator, law: Term) -> Oracle | None:
    held = _held(e, law, ())
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


def _law(x: Term) -> Term:
    if x.sort == "law":
        return x
    if isinstance(x, Var) and x.symbol.law is not None and not variables(x.symbol.law):
        return x.symbol.law
    raise CannotEvaluate("the law of this expression has no oracle")


def _certified(e: Evaluator, t: App, method: str) -> Value:
    """The declared density inside the support, and its integrals, over balls."""
    if method != "density":
        from twofold.numeric.curves import enclosed

        return enclosed(e, t, method)
    return e.value(density_term(t))


@lru_cache(maxsize=1024)
def density_term(t: App) -> Term:
    """The declared density of `pdf(law, x)` inside the support, and 0 outside, as a term."""
    law = _law(t.args[0])
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


def _draw(law: Term) -> Term:
    return law if law.sort != "law" else var(Symbol("X", shape=law.shape, law=law))


def _of_law(make: Callable[..., Term]) -> Callable[[Evaluator, App], Value]:
    """A quantity of a law or random variable that is an expectation."""

    def rule(e: Evaluator, t: App) -> Value:
        return e.value(make(_draw(t.args[0]), *t.args[1:]))

    return rule


def _standardised(order: int) -> Callable[[Evaluator, App], Value]:
    def rule(e: Evaluator, t: App) -> Value:
        x = _draw(t.args[0])
        c = Symbol("c")
        centre, spread = mean(e, x), _variance(e, App("Var", (x,)))
        top = mean(e.inner({c: centre}), App("pow", (App("sub", (x, var(c))), num(order))))
        below = e.arithmetic.pow(spread, e.value(App("div", (num(order), num(2)))))
        out = e.arithmetic.div(top, below)
        return e.arithmetic.sub(out, e.value(num(3))) if order == 4 else out

    return rule


def _median(e: Evaluator, t: App) -> Value:
    if t.args[0].sort != "law" and t.args[0].shape:
        return _middle(e, t)
    if not isinstance(e.arithmetic, Doubles):
        return e.value(App("quantile", (t.args[0], App("div", (num(1), num(2))))))
    law = _at_points(e, _law(t.args[0]))
    assert law is not None
    return law.quantile(np.float64(0.5))[()]


def _middle(e: Evaluator, t: App) -> Value:
    if not isinstance(e.arithmetic, Doubles):
        raise CannotEvaluate("no enclosure of a median")
    return np.median(np.stack(np.broadcast_arrays(*e.value(t.args[0]))), axis=0)


def _data_mean(e: Evaluator, v: tuple[Any, ...]) -> Value:
    out = v[0]
    for x in v[1:]:
        out = e.arithmetic.add(out, x)
    return e.arithmetic.div(out, e.arithmetic.number(len(v)))


def _is_data(x: Term) -> bool:
    if x.sort == "law" or not x.shape:
        return False
    symbol = x.symbol if isinstance(x, Var) else None
    return symbol is None or symbol.law is None or not symbol.law.shape


def _mean_of(e: Evaluator, t: App) -> Value:
    if _is_data(t.args[0]):
        return _data_mean(e, e.value(t.args[0]))
    return mean(e, _draw(t.args[0]))


def _variance_of(e: Evaluator, t: App) -> Value:
    if not _is_data(t.args[0]):
        return _variance(e, App("Var", (_draw(t.args[0]),)))
    return _spread(e, e.value(t.args[0]), e.value(t.args[0]), _population(t, 1))


def _population(t: App, place: int) -> bool:
    return len(t.args) > place and getattr(t.args[place], "name", "") == "population"


def _spread(e: Evaluator, x: tuple[Any, ...], y: tuple[Any, ...], population: bool) -> Value:
    m = e.arithmetic
    if len(x) != len(y) or len(x) - (not population) < 1:
        raise Undefined("too few data for a variance")
    p, q = _data_mean(e, x), _data_mean(e, y)
    out = m.zero
    for a, b in zip(x, y, strict=True):
        out = m.add(out, m.mul(m.sub(a, p), m.sub(b, q)))
    return m.div(out, m.number(len(x) - (not population)))


def _root(e: Evaluator, v: Any) -> Value:
    return e.arithmetic.pow(v, e.value(App("div", (num(1), num(2)))))


def _cov_data(e: Evaluator, t: App) -> Value:
    return _spread(e, e.value(t.args[0]), e.value(t.args[1]), _population(t, 2))


def _corr_data(e: Evaluator, t: App) -> Value:
    x, y = e.value(t.args[0]), e.value(t.args[1])
    return e.arithmetic.div(_spread(e, x, y, True), _root(e, e.arithmetic.mul(_spread(e, x, x, True), _spread(e, y, y, True))))


def _length(e: Evaluator, t: App) -> Value:
    return e.arithmetic.number(len(e.value(t.args[0])))


def _entropy(e: Evaluator, t: App) -> Value:
    law = _law(t.args[0])
    x = _draw(law)
    return e.arithmetic.neg(mean(e, App("log", (App("pdf", (law, x)),))))


def _divergence(e: Evaluator, t: App) -> Value:
    p, q = t.args
    x = _draw(p)
    ratio = App("sub", (App("log", (App("pdf", (p, x)),)), App("log", (App("pdf", (q, x)),))))
    return mean(e, ratio)


def _information(e: Evaluator, t: App) -> Value:
    """E of the products of scores: derivatives of the log density, which is the definition of the law."""
    law = t.args[0]
    if not isinstance(law, App) or law.op not in laws() or laws()[law.op].atoms or laws()[law.op].kind != "univariate":
        raise CannotEvaluate("no information of this law")
    spec = laws()[law.op]
    given = t.args[1] if len(t.args) > 1 else None
    if given is None:
        points = [s for s in free_symbols(law) if not s.shape]
    else:
        points = [p.symbol for p in (_parts(given) if given.shape else [given]) if isinstance(p, Var)]
    x = _draw(law)

    def score(s: Symbol) -> Term:
        moved = copy_symbol(s)
        args = (substitute(a, {s: var(moved)}) for a in law.args)
        names = {p.name: a for p, a in zip(spec.parameters, args, strict=True)}
        return Bound("diff", (moved,), App("log", (formula(spec.density, {**names, "x": x}),)), (var(s), num(1)))

    rows = tuple(tuple(mean(e, App("mul", (score(a), score(b)))) for b in points) for a in points)
    return rows if len(points) > 1 else rows[0][0]


def _turning(x: Term, t: Term) -> Term:
    return App("E", (App("exp", (App("mul", (Const("im"), App("mul", (t, x)))),)),))


def _exponential(x: Term, t: Term) -> Term:
    return App("E", (App("exp", (App("mul", (t, x)),)),))


_OF_DATA = frozenset("mean variance std median".split())

APPLICATIONS: Mapping[str, Callable[[Evaluator, App], Value]] = {
    "E": _expectation, "Var": _variance, "Std": _deviation, "Cov": _covariance, "Corr": _correlation, "P": _probability,
    "pdf": _curve("density"), "pmf": _curve("density"), "cdf": _curve("cdf"), "survival": _curve("survival"), "hazard": _curve("hazard"),
    "quantile": _curve("quantile"), "mean": _mean_of, "variance": _variance_of, "std": lambda e, t: _root(e, _variance_of(e, t)),
    "median": _median, "skewness": _standardised(3), "kurtosis": _standardised(4), "moment": _of_law(lambda x, k: App("E", (App("pow", (x, k)),))),
    "mgf": _of_law(_exponential), "cf": _of_law(_turning), "entropy": _entropy, "fisher": _information, "kl": _divergence, "cov": _cov_data, "corr": _corr_data, "length": _length,
}  # fmt: skip
