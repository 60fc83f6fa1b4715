"""Likelihoods from the oracles of laws, their derivatives by extrapolated differences, and their maxima by direct search."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from twofold.grammar.term import App, Array, Const, Symbol, Term, Var, free_symbols, num, substitute, var
from twofold.numeric.doubles import Doubles
from twofold.numeric.outcomes import CannotEvaluate, NoValue, Undefined

if TYPE_CHECKING:
    from twofold.numeric.evaluator import Evaluator

Value = Any


def log_likelihood(e: Evaluator, law: Term, index: Symbol | None, data: Sequence[float]) -> float:
    """The sum of the log densities of the observations; minus infinity where one is impossible.

    Laws that change with the index are taken at all observations at once, by the declared density.
    """
    from twofold.numeric.random_parts import oracle_of

    x = np.asarray(data, dtype=float)
    with np.errstate(all="ignore"):
        if index is None:
            return float(np.sum(np.log(oracle_of(e, law).density(x))))
        total = 0.0
        for k, value in enumerate(x, 1):
            term, place = _density_at(law, index, k)
            total += float(np.log(np.real(e.inner({place: np.float64(value)}).value(term))))
        return total


@lru_cache(maxsize=4096)
def _density_at(law: Term, index: Symbol, k: int) -> tuple[Term, Symbol]:
    """The declared density of the k-th observation, and the symbol of its value."""
    from twofold.numeric.law_curves import density_term

    place = Symbol("x")
    return density_term(App("pdf", (substitute(law, {index: num(k)}), var(place)))), place


def unknown(law: Term, rest: Sequence[Term]) -> list[Symbol]:
    """The parameters: those listed, or the real scalars of the law in the order they occur."""
    for r in rest:
        if isinstance(r, Array) and all(isinstance(x, Var) for row in r.rows for x in row):
            return [x.symbol for row in r.rows for x in row if isinstance(x, Var)]
        if isinstance(r, Var) and not r.shape:
            return [r.symbol]
    assert isinstance(law, App)
    found = dict.fromkeys(s for a in law.args for s in free_symbols(a))
    return [s for s in found if not s.shape and s.law is None and not s.size and s.kind == "real"]


def _read(e: Evaluator, t: App) -> tuple[Term, Symbol | None, list[float], list[Symbol]]:
    """Law, index, observations and unknown parameters of a call."""
    if not isinstance(e.arithmetic, Doubles):
        raise CannotEvaluate(f"no enclosure of {t.op}")
    what = t.args[0]
    rest = [a for a in t.args[1:] if not (isinstance(a, Const) and a.name == "missing")]
    if what.sort == "law":
        if not rest:
            raise CannotEvaluate("a law without data")
        law, index, data, more = what, None, e.value(rest[0]), rest[1:]
    elif isinstance(what, Var) and what.symbol.law is not None:
        law, index, data, more = what.symbol.law, what.symbol.index, e.value(what), rest
    else:
        raise CannotEvaluate("neither a sample nor a law")
    values = [
        float(np.real(np.asarray(v).reshape(-1)[0])) if np.size(v) == 1 else _several()
        for v in (data if isinstance(data, tuple) else (data,))
    ]
    return law, index, values, unknown(law, more)


def _several() -> float:
    from twofold.numeric.outcomes import Split

    raise Split


def _log(e: Evaluator, t: App) -> Value:
    law, index, data, _ = _read(e, t)
    out = log_likelihood(_at_one_point(e, t), law, index, data)
    if not np.isfinite(out):
        raise Undefined("an impossible observation")
    return np.float64(out)


def _at_one_point(e: Evaluator, t: App) -> Evaluator:
    from twofold.numeric.random_parts import held_values

    return e.inner(held_values(e, t, ()))


def _likelihood(e: Evaluator, t: App) -> Value:
    law, index, data, _ = _read(e, t)
    return np.float64(np.exp(log_likelihood(_at_one_point(e, t), law, index, data)))


def _score(e: Evaluator, t: App) -> Value:
    law, index, data, names = _read(e, t)
    here = _at_one_point(e, t)
    parts = []
    for s in names:
        start = float(here.values[s])

        def along(v: float, s: Symbol = s) -> float:
            return log_likelihood(here.inner({s: np.float64(v)}), law, index, data)

        parts.append(np.float64(slope(along, start)))
    return tuple(parts) if len(parts) > 1 else parts[0]


def slope(f: Callable[[float], float], x: float) -> float:
    """A derivative by central differences, extrapolated (Ridders 1982). Raises `CannotEvaluate` where it is not reached."""
    step = 0.05 * max(abs(x), 0.05)
    rows: list[list[float]] = []
    best, error = float("nan"), float("inf")
    for k in range(10):
        h = step / 1.6**k
        row = [(f(x + h) - f(x - h)) / (2 * h)]
        for j in range(k):
            factor = 1.6 ** (2 * (j + 1))
            row.append((factor * row[j] - rows[-1][j]) / (factor - 1))
            if rows and np.isfinite(row[-1]):
                gap = max(abs(row[-1] - row[-2]), abs(row[-1] - rows[-1][j]))
                if gap < error:
                    best, error = row[-1], gap
        rows.append(row)
    if not error < 1e-7 * max(1.0, abs(best)):
        raise CannotEvaluate("the derivative is not reached by differences")
    return best


def maximise(
    e: Evaluator, law: Term, index: Symbol | None, data: Sequence[float], start: Mapping[Symbol, float]
) -> tuple[dict[Symbol, float], float]:
    """The parameters of the largest likelihood found by direct search from several starts, and its logarithm."""
    from scipy.optimize import minimize

    names = list(start)
    origin = np.array([start[s] for s in names])

    def cost(v: np.ndarray) -> float:
        try:
            value = log_likelihood(e.inner({s: np.float64(x) for s, x in zip(names, v, strict=True)}), law, index, data)
        except (NoValue, AssertionError, ZeroDivisionError):
            return 1e300
        return -value if np.isfinite(value) else 1e300

    best, value = origin, cost(origin)
    for factor in (1.0, 1.6):
        point = origin * factor + (0.1 if factor != 1.0 else 0.0)
        for method, options in _METHODS:
            with np.errstate(all="ignore"):
                found = minimize(cost, point, method=method, options=options)
            point = found.x
            if found.fun < value:
                best, value = found.x, float(found.fun)
    # Once more from the best point, with a fresh simplex.
    found = minimize(cost, best, method="Nelder-Mead", options=_METHODS[0][1])
    if found.fun < value:
        best, value = found.x, float(found.fun)
    return dict(zip(names, best.tolist(), strict=True)), -value


_METHODS: tuple[tuple[str, dict[str, float]], ...] = (
    ("Nelder-Mead", {"xatol": 1e-8, "fatol": 1e-12, "maxfev": 400}),
    ("BFGS", {"gtol": 1e-9, "maxiter": 60}),
)


APPLICATIONS = {"loglikelihood": _log, "likelihood": _likelihood, "score": _score}

__all__ = ["APPLICATIONS", "log_likelihood", "maximise", "slope", "unknown"]
