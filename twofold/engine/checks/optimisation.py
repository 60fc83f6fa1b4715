"""Checks of extrema: SciPy from several starts, and derivatives at critical points."""

from __future__ import annotations

from typing import Any

import numpy as np

from twofold.catalogue.shapes import bound
from twofold.core.evidence import Check
from twofold.engine.checks.sampling import EXACT_ROUTE, items, points, value, verdict
from twofold.engine.checks.solving import relations, residual
from twofold.grammar.term import TRUE, App, Array, Symbol, Term, Var, free_symbols, num, substitute, var
from twofold.numeric.evaluate import along
from twofold.numeric.outcomes import NoValue
from twofold.symbolic.context import Context
from twofold.symbolic.solving.extrema import restricted
from twofold.symbolic.solving.reading import MISSING

_STARTS, _ENOUGH = 4, 2
"""Starts that are made at most, and those that have to end at the value for the rest to be left out."""


def minimum(question: Term, answer: Term, context: Context) -> Check | None:
    """No start of SciPy's optimisers ends lower than the minimum, and one ends there."""
    return _extremum(question, answer, context, 1)


def maximum(question: Term, answer: Term, context: Context) -> Check | None:
    """No start of SciPy's optimisers ends higher than the maximum, and one ends there."""
    return _extremum(question, answer, context, -1)


def names_of(term: Term) -> list[Symbol] | None:
    """The variables, where these are names; a vector stands for itself."""
    parts = [term] if isinstance(term, Var) else items(term)
    return [p.symbol for p in parts if isinstance(p, Var)] if all(isinstance(p, Var) for p in parts) else None


def _extremum(question: Term, answer: Term, context: Context, sign: int) -> Check | None:
    if not isinstance(question, App):
        return None
    variables, constraint = restricted(question.args[1], question.args[2] if len(question.args) > 2 else MISSING)
    names = names_of(variables)
    if names is not None and answer.sort == "text":
        from twofold.engine.checks.no_extremum import without_extremum

        return without_extremum(
            question.args[0], [] if constraint == MISSING else relations(constraint), names, answer, context, sign
        )
    if names is None or not isinstance(answer, App) or answer.op != "tuple":
        return Check("SciPy from several starts", None, None, EXACT_ROUTE, "no value to compare")
    from scipy.optimize import minimize

    stated = [] if constraint == MISSING else relations(constraint)
    errors: list[float] = []
    for p in points([question, answer], context, 2, without=names):
        claimed = _real(value(answer.args[0], p, context))
        if claimed is None:
            continue
        rng = np.random.default_rng(context.seed)
        ends = []
        bounds, constraints = _boxed(stated, names, p, context)
        near = _place(answer.args[1], names, p, context)
        for k in range(_STARTS):
            # The first start is not far from the place that is claimed: whether it is one of a local extremum.
            drawn = rng.normal(0, 2, dimension(names)) if k or near is None else near + rng.normal(0, 0.2, len(near))
            start = _inside(drawn, bounds)
            made = minimize(
                lambda z, p=p: _with_slopes(question.args[0], names, z, p, context, sign), start, method="SLSQP", jac=True,
                constraints=[_constraint(r, names, p, context) for r in constraints], bounds=bounds,
                options={"maxiter": 40, "ftol": 1e-10},
            )  # fmt: skip
            excess = [_violation(r, names, made.x, p, context) for r in constraints]
            if not np.isfinite(made.fun) or any(v >= 1e-6 for v in excess):
                continue
            # Where a function is steep, a point that is outside by a hair proves nothing.
            beyond = (made.fun - sign * claimed) / max(1.0, abs(claimed)) < -1e-4
            if not beyond or all(v <= _allowed(r) for v, r in zip(excess, constraints, strict=True)):
                ends.append(float(made.fun))
                there = sum(abs(v - sign * claimed) <= 1e-7 * max(1.0, abs(claimed)) for v in ends)
                if there == _ENOUGH:
                    break
        if ends:
            best, scale = min(ends), max(1.0, abs(float(claimed)))
            gap = (best - sign * float(claimed)) / scale
            if gap < -1e-4:
                return Check("SciPy from several starts", False, None, EXACT_ROUTE, f"SciPy reaches {sign * best:.10g}")
            errors.append(abs(gap))
    return verdict("SciPy from several starts", errors, close=1e-5, apart=float("inf"))


def _place(place: Term, names: list[Symbol], p: Any, context: Context) -> Any:
    """The first of the places that are claimed, as an array of numbers; `None` where it is none."""
    first = items(place)[0] if isinstance(place, App) and place.op == "set" and place.args else place
    if first.sort == "truth":
        return None
    found = value(first, p, context)
    if found is None or np.size(found) != dimension(names):
        return None
    return np.real(np.reshape(found, -1)).astype(float)


def _real(v: Any) -> float | None:
    """A value without the imaginary part that rounding leaves; `None` where it has a real one."""
    if v is None or abs(np.imag(v)) > 1e-9 * max(1.0, abs(np.real(v))):
        return None
    return float(np.real(v))


def _length(s: Symbol) -> int:
    """The number of entries of a vector of explicit size, 1 for a scalar."""
    n = s.shape[0] if s.shape else 1
    assert isinstance(n, int)
    return n


def dimension(names: list[Symbol]) -> int:
    """The number of numbers that the variables are made of."""
    return sum(_length(s) for s in names)


def valuation(names: list[Symbol], z: Any, p: Any) -> dict[Symbol, Any]:
    """The values of a point, with those of the numbers of `z` for the variables."""
    from fractions import Fraction

    out, k = dict(p), 0
    for s in names:
        if s.shape:
            n = _length(s)
            out[s] = tuple(Fraction(float(v)) for v in z[k : k + n])
            k += n
        else:
            out[s] = Fraction(float(z[k]))
            k += 1
    return out


def _number(f: Term, names: list[Symbol], z: Any, p: Any, context: Context, sign: int = 1) -> float:
    if not np.all(np.isfinite(z)):
        return 1e300
    found = value(f, valuation(names, z, p), context)
    return 1e300 if found is None else sign * float(np.real(found))


def _with_slopes(f: Term, names: list[Symbol], z: Any, p: Any, context: Context, sign: int) -> tuple[float, Any]:
    """The value and central differences, all evaluated at once."""
    n = len(z)
    if not np.all(np.isfinite(z)):
        return 1e300, np.zeros(n)
    steps = 1e-6 * np.maximum(1.0, np.abs(z))
    each = np.arange(n)
    columns = np.repeat(z[:, None], 2 * n + 1, axis=1)
    columns[each, 1 + 2 * each] += steps
    columns[each, 2 + 2 * each] -= steps
    arrays, k = {}, 0
    for s in names:
        d = _length(s)
        arrays[s] = tuple(columns[k : k + d]) if s.shape else columns[k]
        k += d
    try:
        found = np.real(np.asarray(along(f, arrays, context.reading, p), dtype=complex))
    except (NoValue, TypeError, ValueError):
        return 1e300, np.zeros(n)
    if not np.isfinite(found[0]):
        return 1e300, np.zeros(n)
    slopes = (found[1::2] - found[2::2]) / (2 * steps)
    return sign * float(found[0]), sign * np.where(np.isfinite(slopes), slopes, 0.0)


def _constraint(relation: Term, names: list[Symbol], p: Any, context: Context) -> dict[str, Any]:
    """A constraint for SciPy: its value and its slopes, which are asked for at the same point one after the other."""
    assert isinstance(relation, App)
    a, b = relation.args
    if relation.op == "eq":
        made = residual(relation)
        assert made is not None
        slack: Term = made
    else:
        left, right = (a, b) if relation.op in ("le", "lt") else (b, a)
        slack = App("sub", (right, left))
    last: dict[bytes, tuple[float, Any]] = {}

    def at(z: Any) -> tuple[float, Any]:
        key = z.tobytes()
        if key not in last:
            last.clear()
            last[key] = _with_slopes(slack, names, z, p, context, 1)
        return last[key]

    return {"type": "eq" if relation.op == "eq" else "ineq", "fun": lambda z: at(z)[0], "jac": lambda z: at(z)[1]}


def _violation(relation: Term, names: list[Symbol], z: Any, p: Any, context: Context) -> float:
    made = _constraint(relation, names, p, context)
    found = float(made["fun"](z))
    return abs(found) if made["type"] == "eq" else -found


def _allowed(relation: Term) -> float:
    """How far a constraint may be violated where a claim is: beyond an inequality the function may be anything."""
    assert isinstance(relation, App)
    return {"eq": 1e-6, "lt": -1e-12, "gt": -1e-12}.get(relation.op, 0.0)


def _bounds(names: list[Symbol], context: Context) -> list[tuple[float | None, float | None]]:
    out: list[tuple[float | None, float | None]] = []
    for s in names:
        known = context.range(s)
        # A strict bound is kept at a little distance: the function need not be defined on it.
        low = None if known.lower is None else float(known.lower) + (1e-9 if known.open_lower else 0.0)
        high = None if known.upper is None else float(known.upper) - (1e-9 if known.open_upper else 0.0)
        out += [(low, high)] * _length(s)
    return out


def _boxed(
    stated: list[Term], names: list[Symbol], p: Any, context: Context
) -> tuple[list[tuple[float | None, float | None]], list[Term]]:
    """The bounds of the variables, with those that are stated as conditions on one variable alone, and the other conditions."""
    bounds, rest = _bounds(names, context), []
    if any(s.shape for s in names):
        return bounds, stated
    for r in stated:
        k, end, is_lower = _bound(r, names, p, context)
        if k is None or end is None:
            rest.append(r)
            continue
        low, high = bounds[k]
        if is_lower:
            bounds[k] = (end if low is None else max(low, end), high)
        else:
            bounds[k] = (low, end if high is None else min(high, end))
    return bounds, rest


def _bound(r: Term, names: list[Symbol], p: Any, context: Context) -> tuple[int | None, float | None, bool]:
    """The place of the variable that a condition bounds by a number, the bound, and whether it is a lower one."""
    if not isinstance(r, App) or r.op not in ("le", "lt", "ge", "gt"):
        return None, None, False
    a, b = r.args
    swapped = isinstance(b, Var) and b.symbol in names
    one, other = (b, a) if swapped else (a, b)
    if not (isinstance(one, Var) and one.symbol in names) or any(s in names for s in free_symbols(other)):
        return None, None, False
    return names.index(one.symbol), _real(value(other, p, context)), (r.op in ("ge", "gt")) != swapped


def _inside(start: Any, bounds: list[tuple[float | None, float | None]]) -> Any:
    """A start between the bounds, not on them."""
    for k, (low, high) in enumerate(bounds):
        if low is not None and high is not None:
            start[k] = low + (high - low) * (0.5 + np.arctan(start[k]) / np.pi)
        elif low is not None:
            start[k] = low + abs(start[k] - low)
        elif high is not None:
            start[k] = high - abs(high - start[k])
    return start


def critical(question: Term, answer: Term, context: Context) -> Check | None:
    """The first derivatives at the points, taken numerically."""
    if not isinstance(question, App):
        return None
    names = names_of(question.args[1])
    if names is None or any(s.shape for s in names):
        return None
    errors: list[float] = []
    for item in items(answer):
        place = item.args[0] if isinstance(item, App) and item.op == "tuple" else item
        values = items(place) if isinstance(place, Array) else [place]
        bindings = dict(zip(names, values, strict=True))
        for s in names:
            t = Symbol(s.name)
            slope = bound("diff", (t,), substitute(question.args[0], {**bindings, s: var(t)}), bindings[s], num(1))
            for p in points([slope], context, 3):
                found = value(slope, p, context)
                if found is not None:
                    errors.append(float(abs(found)))
    return verdict("numeric derivatives", errors, close=1e-6)


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
        bindings = dict(zip(names, items(place), strict=True))
        for p in points([place, question], context, 2, without=names):
            rows = [[_slope(g, s, bindings, p, context) for s in names] for g in (f, *zeros)]
            held = [value(substitute(z, dict(bindings)), p, context) for z in zeros]
            if any(v is None for r in rows for v in r) or any(h is None for h in held):
                continue
            matrix = np.array(rows, dtype=float)
            fitted, *_ = np.linalg.lstsq(matrix[1:].T, matrix[0], rcond=None)
            errors.append(float(np.max(np.abs(matrix[1:].T @ fitted - matrix[0]))))
            errors += [float(abs(h)) for h in held]
    return verdict("numeric gradients", errors, close=1e-6)


def _slope(f: Term, s: Symbol, bindings: dict[Symbol, Term], p: Any, context: Context) -> Any:
    t = Symbol(s.name)
    return value(bound("diff", (t,), substitute(f, {**bindings, s: var(t)}), bindings[s], num(1)), p, context)


def convexity(question: Term, answer: Term, context: Context) -> Check | None:
    """Chords at random pairs of points: none lies below the graph of a convex function, one does for a function that is not."""
    if not isinstance(question, App):
        return None
    variables, constraint = restricted(question.args[1], question.args[2] if len(question.args) > 2 else MISSING)
    names = names_of(variables)
    if names is None or any(s.shape for s in names):
        return None
    f, sign = question.args[0], 1 if question.op == "is_convex" else -1
    rows = [] if constraint == MISSING else relations(constraint)
    places = [
        np.array([float(p[s]) for s in names])
        for p in points([f], context, 60)
        if set(names) <= set(p) and all(bool(value(r, p, context)) for r in rows)
    ]
    tried = below = 0
    for a, b in zip(places, places[1:], strict=False):
        found = [value(f, valuation(names, z, {}), context) for z in (a, (a + b) / 2, b)]
        if any(v is None for v in found):
            continue
        low, middle, high = (float(np.real(v)) for v in found)
        tried += 1
        scale = max(1e-300, abs(low), abs(high), abs(middle))
        below += sign * (middle - (low + high) / 2) > 1e-9 * scale
    if not tried:
        return Check("chords", None, None, EXACT_ROUTE, "no point could be evaluated")
    says = answer == TRUE
    if says:
        return Check("chords", below == 0, None, EXACT_ROUTE, f"{below} of {tried} chords lie below the graph")
    return Check("chords", True if below else None, None, EXACT_ROUTE, f"{below} of {tried} chords lie below the graph")
