"""Checks of extrema: SciPy from several starts, and derivatives at critical points."""

from __future__ import annotations

from typing import Any

import numpy as np

from twofold.core.evidence import Check
from twofold.engine.checks import whole_extrema
from twofold.engine.checks.derivatives import slope
from twofold.engine.checks.no_extremum import without_extremum
from twofold.engine.checks.optimiser import (
    as_constraint,
    boxed,
    dimension,
    inside,
    is_on,
    moved_inside,
    names_of,
    real,
    violation,
    with_slopes,
)
from twofold.engine.checks.questions import relations, residual
from twofold.engine.checks.sampling import EXACT_ROUTE, items, points, value, verdict
from twofold.grammar.term import MISSING, App, Array, Symbol, Term, substitute, var
from twofold.symbolic.context import Context
from twofold.symbolic.solving.extremum_names import restricted
from twofold.symbolic.solving.line_extrema import EMPTY

_STARTS, _ENOUGH = 4, 2
"""Starts that are made at most, and those that have to end at the value for the rest to be left out."""
_SOON, _LATE, _NOT_YET = 15, 25, 9
"""Steps of the optimiser at first and later, and how SciPy says that they were not enough."""


def minimum(question: Term, answer: Term, context: Context) -> Check | None:
    """No start of SciPy's optimisers ends lower than the minimum, and one ends there."""
    return _extremum(question, answer, context, 1)


def maximum(question: Term, answer: Term, context: Context) -> Check | None:
    """No start of SciPy's optimisers ends higher than the maximum, and one ends there."""
    return _extremum(question, answer, context, -1)


def _extremum(question: Term, answer: Term, context: Context, sign: int) -> Check | None:
    if not isinstance(question, App):
        return None
    variables, constraint = restricted(question.args[1], question.args[2] if len(question.args) > 2 else MISSING)
    names = names_of(variables)
    if names is not None and whole_extrema.applies(names) and getattr(answer, "name", "") == EMPTY:
        return whole_extrema.nowhere(question.args[0], [] if constraint == MISSING else relations(constraint), names, context)
    if names is not None and answer.sort == "text":
        return without_extremum(
            question.args[0], [] if constraint == MISSING else relations(constraint), names, answer, context, sign
        )
    if names is None or not isinstance(answer, App) or answer.op != "tuple":
        return Check("SciPy from several starts", None, None, EXACT_ROUTE, "no value to compare")
    stated = [] if constraint == MISSING else relations(constraint)
    whole = whole_extrema.applies(names)
    method, found = (whole_extrema.METHOD, "there is") if whole else ("SciPy from several starts", "SciPy reaches")
    errors: list[float] = []
    for p in points([question, answer], context, 2, without=names):
        claimed = real(value(answer.args[0], p, context))
        if claimed is None:
            continue
        if whole:
            near = _place(answer.args[1], names, p, context)
            ends = whole_extrema.whole_values(question.args[0], near, stated, names, p, context, sign)
        else:
            ends = _ends(question.args[0], answer.args[1], stated, names, p, sign * claimed, context, sign)
        if ends:
            best, scale = min(ends), max(1.0, abs(float(claimed)))
            gap = (best - sign * float(claimed)) / scale
            if gap < -1e-4:
                return Check(method, False, None, EXACT_ROUTE, f"{found} {sign * best:.10g}")
            errors.append(abs(gap))
    return verdict(method, errors, close=1e-5, apart=float("inf"))


def _ends(
    f: Term, place: Term, stated: list[Term], names: list[Symbol], p: Any, claimed: float, context: Context, sign: int
) -> list[float]:
    """Values of sign*f at which SciPy's optimiser ends, until enough of them are the one that is claimed. What does not end soon is gone on with
    last."""
    from scipy.optimize import minimize

    rng = np.random.default_rng(context.seed)
    bounds, constraints = boxed(stated, names, p, context)
    near = _place(place, names, p, context)
    # The first start is not far from the place that is claimed: whether it is one of a local extremum.
    drawn = [
        rng.normal(0, 2, dimension(names)) if k or near is None else near + rng.normal(0, 0.2, len(near)) for k in range(_STARTS)
    ]
    starts = [(inside(x, bounds), _SOON) for x in drawn]
    ends: list[float] = []
    for start, most in starts:
        made = minimize(
            lambda z: with_slopes(f, names, z, p, context, sign), start, method="SLSQP", jac=True,
            constraints=[as_constraint(r, names, p, context) for r in constraints], bounds=bounds,
            options={"maxiter": most, "ftol": 1e-10},
        )  # fmt: skip
        # Where bounds fix all variables SciPy does not optimise and gives no status.
        late = made.get("status") == _NOT_YET and most == _SOON
        if late:
            starts.append((made.x, _LATE))
        excess = [violation(r, names, made.x, p, context) for r in constraints]
        if not np.isfinite(made.fun) or any(v >= 1e-6 for v in excess):
            continue
        end = made.fun
        beyond = _is_beyond(end, claimed)
        if beyond and not all(is_on(r, names, made.x, p, context) for r in constraints):
            # Where a function is steep, a point that is outside by a hair proves nothing.
            moved = moved_inside(made.x, constraints, names, p, context)
            end = None if moved is None else with_slopes(f, names, moved, p, context, sign)[0]
            if end is None or late and not _is_beyond(end, claimed):
                continue
        if beyond or not late:
            ends.append(float(end))
            if sum(abs(v - claimed) <= 1e-7 * max(1.0, abs(claimed)) for v in ends) == _ENOUGH:
                break
    return ends


def _is_beyond(end: float, claimed: float) -> bool:
    return (end - claimed) / max(1.0, abs(claimed)) < -1e-4


def _place(place: Term, names: list[Symbol], p: Any, context: Context) -> Any:
    """The first of the places that are claimed, as an array of numbers; `None` where it is none."""
    first = items(place)[0] if isinstance(place, App) and place.op == "set" and place.args else place
    if first.sort == "truth":
        return None
    found = value(first, p, context)
    if found is None or np.size(found) != dimension(names):
        return None
    return np.real(np.reshape(found, -1)).astype(float)


def critical(question: Term, answer: Term, context: Context) -> Check | None:
    """The first derivatives at the points, taken numerically."""
    if not isinstance(question, App):
        return None
    names = names_of(question.args[1])
    if names is None or any(s.shape for s in names):
        return None
    errors: list[float] = []
    # Of "every point" the points are drawn.
    places: list[dict[Symbol, Term]] = [{}] if answer.sort == "text" else [_named(names, item) for item in items(answer)]
    for bindings in places:
        for s in names:
            rise = _slope_at(question.args[0], s, bindings)
            for p in points([rise], context, 3):
                found = value(rise, p, context)
                if found is not None:
                    errors.append(float(abs(found)))
    return verdict("numeric derivatives", errors, close=1e-6)


def _named(names: list[Symbol], item: Term) -> dict[Symbol, Term]:
    """The coordinates of a point, which may stand beside its kind or its value."""
    place = item.args[0] if isinstance(item, App) and item.op == "tuple" else item
    return dict(zip(names, items(place) if isinstance(place, Array) else [place], strict=True))


def tied(question: Term, answer: Term, context: Context) -> Check | None:
    """The constraints hold at the points, and the gradient of f is a combination of theirs, all derivatives taken numerically."""
    if not isinstance(question, App):
        return None
    f, constraints, names = question.args[0], relations(question.args[1]), names_of(question.args[2])
    zeros = [z for z in map(residual, constraints) if z is not None]
    if names is None or any(s.shape for s in names) or len(zeros) < len(constraints):
        return None
    errors: list[float] = []
    for item in items(answer):
        place = items(item)[0]
        bindings = _named(names, item)
        for p in points([place, question], context, 2, without=names):
            rows = [[value(_slope_at(g, s, bindings), p, context) for s in names] for g in (f, *zeros)]
            held = [value(substitute(z, dict(bindings)), p, context) for z in zeros]
            if any(v is None for r in rows for v in r) or any(h is None for h in held):
                continue
            matrix = np.array(rows, dtype=float)
            fitted, *_ = np.linalg.lstsq(matrix[1:].T, matrix[0], rcond=None)
            errors.append(float(np.max(np.abs(matrix[1:].T @ fitted - matrix[0]))))
            errors += [float(abs(h)) for h in held]
    return verdict("numeric gradients", errors, close=1e-6)


def _slope_at(f: Term, s: Symbol, place: dict[Symbol, Term]) -> Term:
    """The derivative by a variable at a place, to be evaluated."""
    made = slope(f, var(s))
    assert made is not None
    return substitute(made, place)
