"""Expectations, probabilities and what is asked of laws, by quadrature and summation.

Laws come from their oracles. Laws on few
listed values are summed over any arithmetic, so that they can be certified; the others have a value in double precision only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from twofold.catalogue.index import laws
from twofold.grammar.term import App, Const, Symbol, Term, Var, copy_symbol, free_symbols, num, substitute, var
from twofold.numeric.conditioning import given_others
from twofold.numeric.constants import hoisted
from twofold.numeric.containers import entrywise
from twofold.numeric.data_summaries import average, correlation, covariance, length, middle, of_population, root, spread
from twofold.numeric.doubles import Doubles
from twofold.numeric.information import divergence, entropy, fisher_information
from twofold.numeric.joint import average_over
from twofold.numeric.law_curves import at_points, curve_rule
from twofold.numeric.listed import listed_sum
from twofold.numeric.moments import degree, refuse_impossible
from twofold.numeric.outcomes import CannotEvaluate, Split
from twofold.numeric.random_parts import draw, held_values, is_data, law_of, parts, variables
from twofold.numeric.series_averages import branched, leaves, moving, rebuilt

if TYPE_CHECKING:
    from twofold.numeric.evaluator import Evaluator

Value = Any


def mean(e: Evaluator, body: Term, condition: Term | None = None) -> Value:
    """E[body | condition]."""
    if condition is not None:
        return _conditional(e, body, condition)
    e, body = hoisted(e, body, ())
    owners = variables(body)
    if not owners:
        return e.value(body)
    refuse_impossible(e, owners)
    exact = listed_sum(e, body, owners)
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
    held = held_values(e, body, owners)
    inner = e.inner(held)
    try:
        with np.errstate(all="ignore"):
            order = degree(body, frozenset(owners)) if len(owners) > 1 or owners[0].shape else None
            if moved := moving(held, held):
                return _unflat(body, _moving_average(inner, owners, body, moved, order))
            return _unflat(body, average_over(inner, owners, lambda ev: _columns(ev, body), order))
    except Split:
        raise CannotEvaluate("the function needs different structure at different points") from None


def _moving_average(e: Evaluator, owners: list[Symbol], body: Term, moved: set[Symbol], order: int | None) -> list[Any]:
    """The averages of the entries of a body that is being differentiated by a name held by `e`."""
    if branched(body, moved, owners):
        raise CannotEvaluate("a derivative of an average of a function with branches")
    shape: list[Any] = []

    def columns(at: Evaluator) -> list[Any]:
        shape[:] = _columns(at, body)
        return [x for column in shape for x in leaves(column)]

    averages = iter(average_over(e, owners, columns, order))
    return [rebuilt(column, averages) for column in shape]


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


def _unflat(body: Term, entries: np.ndarray | list[Any]) -> Value:
    if not body.shape:
        return entries[0]
    if len(body.shape) == 1:
        return tuple(entries)
    width = body.shape[1]
    assert isinstance(width, int)
    return tuple(tuple(entries[k : k + width]) for k in range(0, len(entries), width))


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
    xs, ys = parts(x), parts(y)
    return tuple(tuple(_covariance(e, App("Cov", (a, b))) for b in ys) for a in xs)


def _correlation(e: Evaluator, t: App) -> Value:
    x, y = t.args
    both = e.arithmetic.mul(_variance(e, App("Var", (x,))), _variance(e, App("Var", (y,))))
    return e.arithmetic.div(_covariance(e, t), e.arithmetic.pow(both, e.value(App("div", (num(1), num(2))))))


def _probability(e: Evaluator, t: App) -> Value:
    refuse_impossible(e, variables(t.args[0]))
    if len(t.args) == 1 and (isinstance(e.arithmetic, Doubles) or len(variables(t.args[0])) > 1):
        body = given_others(t.args[0])
        if body is not None:
            return mean(e, body)
    if not isinstance(e.arithmetic, Doubles) or len(variables(t.args[0])) > 1 or moving(e.values, free_symbols(t)):
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


def _of_law(make: Callable[..., Term]) -> Callable[[Evaluator, App], Value]:
    """A quantity of a law or random variable that is an expectation."""

    def rule(e: Evaluator, t: App) -> Value:
        return e.value(make(draw(t.args[0]), *t.args[1:]))

    return rule


def _standardised(order: int) -> Callable[[Evaluator, App], Value]:
    def rule(e: Evaluator, t: App) -> Value:
        x = draw(t.args[0])
        c = Symbol("c")
        centre, spread = mean(e, x), _variance(e, App("Var", (x,)))
        top = mean(e.inner({c: centre}), App("pow", (App("sub", (x, var(c))), num(order))))
        below = e.arithmetic.pow(spread, e.value(App("div", (num(order), num(2)))))
        out = e.arithmetic.div(top, below)
        return e.arithmetic.sub(out, e.value(num(3))) if order == 4 else out

    return rule


def _median(e: Evaluator, t: App) -> Value:
    if t.args[0].sort != "law" and t.args[0].shape:
        return middle(e, t)
    if not isinstance(e.arithmetic, Doubles):
        return e.value(App("quantile", (t.args[0], App("div", (num(1), num(2))))))
    law = at_points(e, law_of(t.args[0]))
    assert law is not None
    return law.quantile(np.float64(0.5))[()]


def _mean_of(e: Evaluator, t: App) -> Value:
    if is_data(t.args[0]):
        return average(e, e.value(t.args[0]))
    return mean(e, draw(t.args[0]))


def _variance_of(e: Evaluator, t: App) -> Value:
    if not is_data(t.args[0]):
        return _variance(e, App("Var", (draw(t.args[0]),)))
    return spread(e, e.value(t.args[0]), e.value(t.args[0]), of_population(t, 1))


def _turning(x: Term, t: Term) -> Term:
    return App("E", (App("exp", (App("mul", (Const("im"), App("mul", (t, x)))),)),))


def _exponential(x: Term, t: Term) -> Term:
    return App("E", (App("exp", (App("mul", (t, x)),)),))


APPLICATIONS: Mapping[str, Callable[[Evaluator, App], Value]] = {
    "E": _expectation, "Var": _variance, "Std": _deviation, "Cov": _covariance, "Corr": _correlation, "P": _probability,
    "pdf": curve_rule("density"), "pmf": curve_rule("density"), "cdf": curve_rule("cdf"), "survival": curve_rule("survival"), "hazard": curve_rule("hazard"),
    "quantile": curve_rule("quantile"), "mean": _mean_of, "variance": _variance_of, "std": lambda e, t: root(e, _variance_of(e, t)),
    "median": _median, "skewness": _standardised(3), "kurtosis": _standardised(4), "moment": _of_law(lambda x, k: App("E", (App("pow", (x, k)),))),
    "mgf": _of_law(_exponential), "cf": _of_law(_turning), "entropy": entropy, "fisher": fisher_information, "kl": divergence, "cov": covariance, "corr": correlation, "length": length,
}  # fmt: skip
