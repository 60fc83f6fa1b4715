"""Functions and constraints of the checks of extrema as SciPy takes them: points as arrays, values with slopes, bounds."""

from __future__ import annotations

import math
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np

from twofold.engine.checks.questions import residual
from twofold.engine.checks.sampling import items, value
from twofold.grammar.term import App, Symbol, Term, Var, free_symbols
from twofold.numeric.evaluate import along
from twofold.numeric.outcomes import NoValue
from twofold.symbolic.context import Context


def names_of(term: Term) -> list[Symbol] | None:
    """The variables, where these are names; a vector stands for itself."""
    parts = [term] if isinstance(term, Var) else items(term)
    return [p.symbol for p in parts if isinstance(p, Var)] if all(isinstance(p, Var) for p in parts) else None


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


def real(v: Any) -> float | None:
    """A value without the imaginary part that rounding leaves; `None` where it has a real one."""
    if v is None or abs(np.imag(v)) > 1e-9 * max(1.0, abs(np.real(v))):
        return None
    return float(np.real(v))


def excess(relation: Term) -> tuple[Term, bool]:
    """What must be 0, or at most 0 where the second is false."""
    zero = residual(relation)
    if zero is not None:
        return zero, True
    assert isinstance(relation, App)
    a, b = relation.args
    return App("sub", (a, b) if relation.op in ("le", "lt") else (b, a)), False


def with_slopes(f: Term, names: list[Symbol], z: Any, p: Any, context: Context, sign: int) -> tuple[float, Any]:
    """The value and central differences, all evaluated at once."""
    n = len(z)
    size = np.abs(z)
    if not np.all(size < np.inf):
        return 1e300, np.zeros(n)
    steps = 1e-6 * np.maximum(size, 1.0)
    columns = np.empty((n, 2 * n + 1))
    columns[:] = z[:, None]
    each, above, below = _places(n)
    columns[each, above] += steps
    columns[each, below] -= steps
    arrays, k = {}, 0
    for s in names:
        d = _length(s)
        arrays[s] = tuple(columns[k : k + d]) if s.shape else columns[k]
        k += d
    try:
        found = np.real(along(f, arrays, context.reading, p))
    except (NoValue, TypeError, ValueError):
        return 1e300, np.zeros(n)
    if not math.isfinite(found[0]):
        return 1e300, np.zeros(n)
    slopes = sign * (found[1::2] - found[2::2]) / (2 * steps)
    finite = np.isfinite(slopes)
    return sign * float(found[0]), slopes if np.all(finite) else np.where(finite, slopes, 0.0)


@lru_cache(32)
def _places(n: int) -> tuple[Any, Any, Any]:
    """Where the coordinates stand that are moved up and down."""
    each = np.arange(n)
    return each, 1 + 2 * each, 2 + 2 * each


def as_constraint(relation: Term, names: list[Symbol], p: Any, context: Context) -> dict[str, Any]:
    """A constraint for SciPy: its value and its slopes, which are asked for at the same point one after the other."""
    slack, equal = excess(relation)
    last: dict[bytes, tuple[float, Any]] = {}

    def at(z: Any) -> tuple[float, Any]:
        key = z.tobytes()
        if key not in last:
            last.clear()
            last[key] = with_slopes(slack, names, z, p, context, -1)
        return last[key]

    return {"type": "eq" if equal else "ineq", "fun": lambda z: at(z)[0], "jac": lambda z: at(z)[1]}


_NEAR = 1e-7
"""How far a point may lie from where an equation holds that it refutes a claim under."""


def violation(relation: Term, names: list[Symbol], z: Any, p: Any, context: Context) -> float:
    made = as_constraint(relation, names, p, context)
    found = float(made["fun"](z))
    return abs(found) if made["type"] == "eq" else -found


def allowed(relation: Term) -> float:
    """How far a constraint may be violated where a claim is: beyond an inequality the function may be anything."""
    assert isinstance(relation, App)
    return {"eq": 1e-6, "lt": -1e-12, "gt": -1e-12}.get(relation.op, 0.0)


def is_on(relation: Term, names: list[Symbol], z: Any, p: Any, context: Context) -> bool:
    """Whether a point keeps a constraint as well as is needed to refute a claim. Of an equation the distance counts, as far as its slope tells: near
    a cusp the sides are almost the same far away from where they are equal."""
    made = as_constraint(relation, names, p, context)
    found = float(made["fun"](z))
    if made["type"] != "eq":
        return -found <= allowed(relation)
    slope = float(np.linalg.norm(np.asarray(made["jac"](z))))
    return abs(found) <= min(allowed(relation), _NEAR * slope) or found == 0


def moved_inside(z: Any, constraints: list[Term], names: list[Symbol], p: Any, context: Context) -> Any:
    """A point beside one that violates constraints by a hair at which they hold, by steps along their slopes; `None` where none is found."""
    z = np.array(z, dtype=float)
    margin = 1e-9 * max(1.0, float(np.max(np.abs(z))))
    made = [as_constraint(r, names, p, context) for r in constraints]
    for _ in range(6):
        if all(is_on(r, names, z, p, context) for r in constraints):
            return z
        for c in made:
            slack, slope = float(c["fun"](z)), np.asarray(c["jac"](z))
            wanted = 0.0 if c["type"] == "eq" else max(slack, margin)
            if wanted != slack and np.any(slope):
                z = z + (wanted - slack) * slope / float(slope @ slope)
        margin *= 4
    return None


def _bounds(names: list[Symbol], context: Context) -> list[tuple[float | None, float | None]]:
    out: list[tuple[float | None, float | None]] = []
    for s in names:
        known = context.range(s)
        # A strict bound is kept at a little distance: the function need not be defined on it.
        low = None if known.lower is None else float(known.lower) + (1e-9 if known.open_lower else 0.0)
        high = None if known.upper is None else float(known.upper) - (1e-9 if known.open_upper else 0.0)
        out += [(low, high)] * _length(s)
    return out


def boxed(
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
    return names.index(one.symbol), real(value(other, p, context)), (r.op in ("ge", "gt")) != swapped


def inside(start: Any, bounds: list[tuple[float | None, float | None]]) -> Any:
    """A start between the bounds, not on them."""
    for k, (low, high) in enumerate(bounds):
        if low is not None and high is not None:
            start[k] = low + (high - low) * (0.5 + np.arctan(start[k]) / np.pi)
        elif low is not None:
            start[k] = low + abs(start[k] - low)
        elif high is not None:
            start[k] = high - abs(high - start[k])
    return start
