"""Solutions of systems that are missing: where Newton's method goes from many places, and no solution of the answer is.

An answer that claims to be all is wrong where it lacks one. All places go their way together, in double precision. A point counts where the
equations hold to rounding and are independent, so that a solution is sure to be near; elsewhere where they hold exactly at fractions beside it.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np

from twofold.engine.checks.questions import relations, residual
from twofold.engine.checks.sampling import items
from twofold.grammar.term import App, Num, Symbol, Term, Var, free_symbols
from twofold.numeric.evaluate import along, ball
from twofold.numeric.outcomes import NoValue
from twofold.symbolic.context import Context
from twofold.symbolic.solving.reading import INCOMPLETE

Points: TypeAlias = Any
"""An array of shape (points, unknowns), or of what is found at points."""

_STARTS, _STEPS, _SIDE = 12, 7, 4.0
_STEP = 1e-7
_HOLDS, _INDEPENDENT, _SAME = 1e-12, 1e-3, 1e-5
_PARTS = 64
"""The denominator of the fractions that are looked at beside a point."""


def lost_point(question: Term, answer: Term, names: list[Term], context: Context) -> tuple[float, ...] | bool | None:
    """A solution that the answer lacks; `True` where all that are found are in it, `None` where nothing is said: of other equations, where
    the answer is not claimed to be all, and where no place leads to a solution."""
    symbols = [n.symbol for n in names if isinstance(n, Var) and not n.shape and n.symbol.kind == "real"]
    if len(symbols) < 2 or len(symbols) < len(names) or context.reading != "real" or INCOMPLETE in context.notes:
        return None
    rows = [residual(r) for r in relations(question.args[0])]  # type: ignore[attr-defined]
    zeros = [z for z in rows if z is not None]
    if all(_is_linear(z) for z in zeros):
        return None  # Elimination overlooks nothing, and the ranks are compared where it finds none.
    known = set(symbols)
    if len(zeros) < len(rows) or any(set(free_symbols(t)) - known for t in (*zeros, *items(answer), *context.assumptions)):
        return None
    try:
        ends = _ends(zeros, symbols, context)
        at = {s: ends[:, k] for k, s in enumerate(symbols)}
        listed = [_places(s, at, len(symbols)) for s in items(answer)]
        admitted = (
            np.all([along(f, at) == 1 for f in context.assumptions], axis=0) if context.assumptions else np.ones(len(ends), bool)
        )
        simple = _near_simple(zeros, symbols, ends)
    except NoValue:
        return None
    inside = np.all([_in_range(ends[:, k], s, context) for k, s in enumerate(symbols)], axis=0)
    scale = 1 + np.abs(ends).max(axis=1, initial=0)
    found = (
        np.any([np.abs(p - ends).max(axis=1) < _SAME * scale for p in listed], axis=0) if listed else np.zeros(len(ends), bool)
    )
    lost = np.flatnonzero(~found & inside & admitted & simple)
    if len(lost):
        return tuple(map(float, ends[lost[0]]))
    return True if len(ends) else None


def _is_linear(t: Term) -> bool:
    """Whether names stand by themselves, with rational coefficients."""
    if isinstance(t, Var | Num):
        return not t.shape
    if not isinstance(t, App):
        return False
    if t.op in ("add", "sub", "neg"):
        return all(map(_is_linear, t.args))
    if t.op == "mul":
        return any(isinstance(a, Num) for a in t.args) and all(map(_is_linear, t.args))
    return t.op == "div" and isinstance(t.args[1], Num) and _is_linear(t.args[0])


def _ends(zeros: list[Term], symbols: list[Symbol], context: Context) -> Points:
    """The points at which Newton's method arrives, with independent equations that hold there."""
    n = len(symbols)
    source = np.random.default_rng(context.seed)
    p = source.uniform(-_SIDE, _SIDE, (_STARTS, n))
    with np.errstate(all="ignore"):
        for _ in range(_STEPS):
            heights, slopes = _values_and_slopes(zeros, symbols, p)
            good = np.isfinite(heights).all(axis=1) & np.isfinite(slopes).all(axis=(1, 2))
            p, heights, slopes = p[good], heights[good], slopes[good]
            if not len(p):
                return p
            if np.abs(heights).max() < _HOLDS:
                break
            p = p - np.einsum("kij,kj->ki", np.linalg.pinv(slopes, rcond=1e-8), heights)
        else:
            heights, slopes = _values_and_slopes(zeros, symbols, p)
        size = 1 + np.abs(p).max(axis=1)
        holds = (np.abs(heights).max(axis=1) <= _HOLDS * size**2) & np.isfinite(slopes).all(axis=(1, 2)) & (size < 1e3)
        p, slopes = p[holds], slopes[holds]
        least = np.linalg.svd(slopes, compute_uv=False)[:, -1] if len(p) and len(zeros) <= n else np.zeros(len(p))
    exact = [q for q in np.round(p[least <= _INDEPENDENT] * _PARTS) / _PARTS if _holds_exactly(zeros, symbols, q)]
    return np.concatenate([p[least > _INDEPENDENT], np.array(exact).reshape(-1, n)])


def _holds_exactly(zeros: list[Term], symbols: list[Symbol], place: Points) -> bool:
    """Whether equations certainly hold at a point of fractions."""
    try:
        made = [ball(z, {s: Fraction(float(v)) for s, v in zip(symbols, place, strict=True)}, 64, "real") for z in zeros]
    except NoValue:
        return False
    return all(v == 0 for v in made)


def _values_and_slopes(zeros: list[Term], symbols: list[Symbol], p: Points) -> tuple[Points, Points]:
    """The equations at points, and their derivatives by central differences: arrays (points, equations) and (points, equations, unknowns)."""
    count, n = p.shape
    moved = [p] + [p + sign * _STEP * np.eye(n)[k] for k in range(n) for sign in (1, -1)]
    every = np.concatenate(moved)
    at = {s: every[:, k] for k, s in enumerate(symbols)}
    table = np.stack([np.real(along(z, at)) for z in zeros], axis=-1).reshape(2 * n + 1, count, -1)
    slopes = np.stack([(table[2 * k + 1] - table[2 * k + 2]) / (2 * _STEP) for k in range(n)], axis=-1)
    return table[0], slopes


def _places(solution: Term, at: dict[Symbol, Points], n: int) -> Points:
    """The point of a solution at every place; its free unknowns have the values that they have there."""
    count = len(next(iter(at.values())))
    parts = [np.real(np.broadcast_to(along(t, at), (count,))) for t in items(solution)]
    return np.stack(parts, axis=-1) if len(parts) == n else np.full((count, n), np.nan)


def _near_simple(zeros: list[Term], symbols: list[Symbol], ends: Points) -> Points:
    """At which points the equations have values also at simple numbers beside them: elsewhere is a hole in their domain."""
    near = np.array([[float(Fraction(x).limit_denominator(1000)) for x in p] for p in ends]).reshape(ends.shape)
    near = np.where(np.abs(near - ends) < 1e-6 * (1 + np.abs(ends)), near, ends)
    at = {s: near[:, k] for k, s in enumerate(symbols)}
    return np.all([np.isfinite(along(z, at)) for z in zeros], axis=0)


def _in_range(values: Points, symbol: Symbol, context: Context) -> Any:
    """Which values are well within the declared range of an unknown."""
    known = context.range(symbol)
    low = -np.inf if known.lower is None else float(known.lower) + _SAME
    high = np.inf if known.upper is None else float(known.upper) - _SAME
    return (values > low) & (values < high)
