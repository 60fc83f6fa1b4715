"""Averages over several random variables in double precision: products of Gauss rules of two sizes that must agree, nested averages of two variables.

A rule gives points of a variable (an array, or a tuple of arrays for a vector or a sample) with weights. A random vector is built from independent scalars:
a normal one from its Cholesky factor, a Dirichlet one by breaking a stick; a multinomial one is listed.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product as combinations
from math import comb
from typing import TYPE_CHECKING, Any

import numpy as np

from twofold.catalogue.index import laws
from twofold.grammar.term import App, Symbol, Term, num, substitute
from twofold.numeric.outcomes import CannotEvaluate, Undefined

if TYPE_CHECKING:
    from twofold.numeric.evaluator import Evaluator
    from twofold.numeric.laws import Oracle

Values = np.ndarray
Columns = Callable[["Evaluator"], "list[Any]"]

_SIZES = {1: (30, 36), 2: (40, 48), 3: (14, 17), 4: (8, 10), 5: (5, 6), 6: (4, 5)}
"""Points per variable of the two rules that are compared, by the number of variables."""
_OUTER = (20, 26)
_LEAST = (1e-30, 1e-40)
"""Masses below which the two rules leave out values of a discrete law."""
_AGREE = 1e-9
_LISTED = 20_000


def average_over(e: Evaluator, owners: list[Symbol], f: Columns, degree: int | None = None) -> Values:
    """The averages of the entries of f over all owners; f may be known to be a polynomial. Raises `CannotEvaluate` where they are not reached."""
    if e.arithmetic.reading != "complex":
        return _averages(e, owners, f, degree)
    found = _averages(e, owners, lambda at: [part(np.asarray(c)) for c in f(at) for part in (np.real, np.imag)], degree)
    return found[0::2] + 1j * found[1::2]


def _averages(e: Evaluator, owners: list[Symbol], f: Columns, degree: int | None) -> Values:
    from twofold.numeric.nodes import average, settled
    from twofold.numeric.random_parts import oracle_of

    if len(owners) == 1 and not owners[0].shape:
        (one,) = owners
        assert one.law is not None
        return average(oracle_of(e, one.law), lambda x: stacked(f(e.inner({one: x})), x))
    independent = not any(_parents(s) for s in owners)
    scalars = not any(s.shape for s in owners)
    if not independent:
        if len(owners) == 2 and scalars:
            return _nested(e, owners, f)
        raise CannotEvaluate("an expectation over too many dependent variables")
    count = sum(_width(e, s) for s in owners)
    if count > max(_SIZES):
        raise CannotEvaluate("an expectation over too many variables")
    sizes = _SIZES[max(1, count)]
    if degree is not None and degree // 2 + 3 < sizes[0]:
        # Rules of this size are exact for the polynomial.
        sizes = (degree // 2 + 1, degree // 2 + 3)
    least = _LEAST if degree is None else (None, None)
    (first, _), (second, size) = (_by_rules(e, owners, k, f, mass) for k, mass in zip(sizes, least, strict=True))
    if np.any(np.abs(first - second) > _AGREE * size):
        if len(owners) == 2 and scalars:
            return _nested(e, owners, f)
        raise CannotEvaluate("the rules for several variables do not agree")
    return settled(second, size)


def stacked(columns: list[Any], like: Values) -> Values:
    """Entries as columns over the points."""
    return np.stack([np.broadcast_to(np.real(np.asarray(c)), np.shape(like)) for c in columns], axis=-1)


def _parents(s: Symbol) -> list[Symbol]:
    from twofold.numeric.random_parts import variables

    return variables(s.law) if s.law is not None else []


def _kind(s: Symbol) -> str:
    spec = laws().get(s.law.op) if isinstance(s.law, App) else None
    return spec.name if spec is not None and spec.kind != "univariate" else ""


def _length(e: Evaluator, s: Symbol) -> int:
    return s.shape[0] if isinstance(s.shape[0], int) else e.arithmetic.integer(e.value(s.shape[0]))


def _width(e: Evaluator, s: Symbol) -> int:
    """How many independent scalars a variable is made of."""
    if not s.shape:
        return 1
    kind = _kind(s)
    return 0 if kind == "Multinomial" else _length(e, s) - (kind == "Dirichlet")


def _by_rules(e: Evaluator, owners: list[Symbol], size: int, f: Columns, least: float | None) -> tuple[Values, Values]:
    """The average by a product of rules, and the average of the absolute value."""
    rules = [_rule(e, s, size, least) for s in owners]
    counts = [len(w) for _, w in rules]
    if np.prod(counts) > 400_000:
        raise CannotEvaluate("an expectation over too many points")
    places = np.meshgrid(*(np.arange(c) for c in counts), indexing="ij")
    flat = [p.ravel() for p in places]
    weight = np.ones(len(flat[0]))
    values: dict[Symbol, Any] = {}
    for s, (x, w), at in zip(owners, rules, flat, strict=True):
        weight = weight * w[at]
        values[s] = tuple(v[at] for v in x) if isinstance(x, tuple) else x[at]
    parts = stacked(f(e.inner(values)), weight)
    kept = np.where(weight[:, None] > 1e-300, parts, 0.0)
    if not np.all(np.isfinite(kept)):
        raise CannotEvaluate("the function has no value somewhere on the support")
    return (kept * weight[:, None]).sum(axis=0), (np.abs(kept) * weight[:, None]).sum(axis=0)


def _scalar(law: Oracle, size: int, least: float | None) -> tuple[Values, Values]:
    """Points and weights of a scalar law: Gauss's, which serve what is like a polynomial, or the values of a discrete one."""
    from twofold.numeric.nodes import gauss, lattice

    return lattice(law, least) if law.discrete and least is not None else gauss(law, size)


def _rule(e: Evaluator, s: Symbol, size: int, least: float | None) -> tuple[Any, Values]:
    """Points and weights of a variable."""
    from twofold.numeric.random_parts import oracle_of

    assert isinstance(s.law, App)
    if not s.shape:
        return _scalar(oracle_of(e, s.law), size, least)
    kind = _kind(s)
    if kind == "MultivariateNormal":
        return _normal(e, s.law, size)
    if kind == "Dirichlet":
        return _dirichlet(e, s.law, size)
    if kind == "Multinomial":
        return _multinomial(e, s.law)
    if kind:
        raise CannotEvaluate(f"an expectation over a vector with the law {kind}")
    draws = [substitute(s.law, {s.index: num(k)}) if s.index is not None else s.law for k in range(1, _length(e, s) + 1)]
    return _tensor([_scalar(oracle_of(e, d), size, least) for d in draws])


def _tensor(rules: list[tuple[Values, Values]]) -> tuple[tuple[Values, ...], Values]:
    grids = np.meshgrid(*(x for x, _ in rules), indexing="ij")
    weight = np.ones(grids[0].shape)
    for k, (_, w) in enumerate(rules):
        weight = weight * w.reshape([-1 if j == k else 1 for j in range(len(rules))])
    return tuple(g.ravel() for g in grids), weight.ravel()


def _plain(e: Evaluator, t: Term) -> Values:
    from twofold.numeric.random_parts import plain

    return np.asarray(plain(e.value(t)), dtype=float)


def _normal(e: Evaluator, law: App, size: int) -> tuple[tuple[Values, ...], Values]:
    mean, covariance = (_plain(e, a) for a in law.args)
    try:
        factor = np.linalg.cholesky(covariance)
    except np.linalg.LinAlgError:
        raise Undefined("the covariance is not positive definite") from None
    x, w = np.polynomial.hermite_e.hermegauss(size)
    z, weight = _tensor([(x, w / w.sum())] * len(mean))
    points = mean[:, None] + factor @ np.stack(z)
    return tuple(points), weight


def _dirichlet(e: Evaluator, law: App, size: int) -> tuple[tuple[Values, ...], Values]:
    """The k-th part is a beta share of what is left."""
    from scipy.stats import beta

    from twofold.numeric.laws import Frozen
    from twofold.numeric.nodes import gauss

    alpha = _plain(e, law.args[0])
    shares, weight = _tensor([gauss(Frozen(beta(alpha[k], alpha[k + 1 :].sum()), False), size) for k in range(len(alpha) - 1)])
    left = np.ones(len(weight))
    points = []
    for share in shares:
        points.append(left * share)
        left = left * (1 - share)
    return (*points, left), weight


def _multinomial(e: Evaluator, law: App) -> tuple[tuple[Values, ...], Values]:
    n, p = int(_plain(e, law.args[0])), _plain(e, law.args[1])
    if comb(n + len(p) - 1, len(p) - 1) > _LISTED:
        raise CannotEvaluate("too many outcomes of a multinomial law")
    counts = [c for c in combinations(range(n + 1), repeat=len(p) - 1) if sum(c) <= n]
    points = np.array([[*c, n - sum(c)] for c in counts], dtype=float)
    from scipy.stats import multinomial

    return tuple(points.T), multinomial(n, p).pmf(points)


def _nested(e: Evaluator, owners: list[Symbol], f: Columns) -> Values:
    """Two scalars: the second, whose law may depend on the first, is averaged at every point of the first."""
    from twofold.numeric.nodes import average, settled
    from twofold.numeric.random_parts import oracle_of

    outer, inner = owners
    assert outer.law is not None and inner.law is not None
    totals = []
    for size, least in zip(_OUTER, _LEAST, strict=True):
        points, w = _scalar(oracle_of(e, outer.law), size, least)
        rows = []
        for x in points:
            here = e.inner({outer: np.float64(x)})
            law = oracle_of(here, inner.law)
            rows.append(average(law, lambda y, here=here: stacked(f(here.inner({inner: y})), y)))  # type: ignore[misc]
            e.work.spend(1000)
        made = np.array(rows)
        totals.append(((made * w[:, None]).sum(axis=0), (np.abs(made) * w[:, None]).sum(axis=0)))
    (first, _), (second, reach) = totals
    if np.any(np.abs(first - second) > _AGREE * reach):
        raise CannotEvaluate("the rules for two variables do not agree")
    return settled(second, reach)
