"""Convexity by how an expression is put together: sums, norms, maxima, powers and monotone functions of convex parts.

The domain of what these rules call convex or concave is convex. Source: Grant, Boyd and Ye, "Disciplined convex programming".
"""

from __future__ import annotations

from collections.abc import Callable, Set
from typing import TypeAlias

from twofold.catalogue.constants import rational
from twofold.grammar.term import OO, App, Array, Symbol, Term, Var, free_symbols
from twofold.symbolic.context import Context
from twofold.symbolic.entries import explicit
from twofold.symbolic.lower import lower

AFFINE, CONVEX, CONCAVE = "affine", "convex", "concave"
_Rule: TypeAlias = Callable[[App, Set[Symbol], Context], str | None]
OPPOSITE = {AFFINE: AFFINE, CONVEX: CONCAVE, CONCAVE: CONVEX}
"""What a function is that is turned upside down."""


def curvature(t: Term, names: Set[Symbol], context: Context) -> str | None:
    """`affine`, `convex` or `concave` in the names, as far as the rules tell."""
    if not names & set(free_symbols(t)):
        return AFFINE
    if isinstance(t, Var):
        return AFFINE
    if not isinstance(t, App) or t.shape:
        return None
    return _APPLICATIONS[t.op](t, names, context) if t.op in _APPLICATIONS else None


def _parts(t: App, names: Set[Symbol], context: Context) -> list[str | None]:
    return [curvature(a, names, context) for a in t.args]


def joined(kinds: list[str | None]) -> str | None:
    """The curvature of a sum."""
    found = set(kinds) - {AFFINE}
    return AFFINE if not found else found.pop() if len(found) == 1 else None


def _sum(t: App, names: Set[Symbol], context: Context) -> str | None:
    kinds = _parts(t, names, context)
    if t.op in ("sub", "neg"):
        last = kinds[-1]
        kinds[-1] = None if last is None else OPPOSITE[last]
    return joined(kinds)


def _multiple(t: App, names: Set[Symbol], context: Context) -> str | None:
    free = [bool(names & set(free_symbols(a))) for a in t.args]
    if free.count(True) != 1 or t.op == "div" and free[1]:
        return None
    k = free.index(True)
    kind = curvature(t.args[k], names, context)
    if kind in (None, AFFINE):
        return kind
    factor = lower(t.args[1 - k], context)
    assert kind is not None
    return kind if factor.is_nonnegative else OPPOSITE[kind] if factor.is_nonpositive else None


def _power(t: App, names: Set[Symbol], context: Context) -> str | None:
    p, base = rational(t.args[1]), t.args[0]
    if p is None or names & set(free_symbols(t.args[1])):
        return None
    kind = curvature(base, names, context)
    if p == 1:
        return kind
    if p > 1 and kind == AFFINE and p.denominator == 1 and p.numerator % 2 == 0:
        return CONVEX
    if p >= 1 and kind == CONVEX and _is_nonnegative(base, context):
        return CONVEX
    return CONCAVE if 0 < p < 1 and p.denominator % 2 == 0 and kind in (AFFINE, CONCAVE) else None


def _root(t: App, names: Set[Symbol], context: Context) -> str | None:
    if _is_sum_of_squares(t.args[0], names, context):
        return CONVEX
    return CONCAVE if curvature(t.args[0], names, context) in (AFFINE, CONCAVE) else None


def _is_sum_of_squares(t: Term, names: Set[Symbol], context: Context) -> bool:
    """Whether this is a sum of positive multiples of squares of affine parts and of numbers that are not negative."""
    if not names & set(free_symbols(t)):
        return bool(lower(t, context).is_nonnegative)
    if not isinstance(t, App):
        return False
    if t.op == "add":
        return all(_is_sum_of_squares(a, names, context) for a in t.args)
    if t.op == "pow":
        return rational(t.args[1]) == 2 and curvature(t.args[0], names, context) == AFFINE
    if t.op == "mul" and len(t.args) == 2:
        return any(
            not names & set(free_symbols(a)) and bool(lower(a, context).is_nonnegative) and _is_sum_of_squares(b, names, context)
            for a, b in (t.args, t.args[::-1])
        )
    return False


def _is_nonnegative(t: Term, context: Context) -> bool:
    return isinstance(t, App) and t.op in ("abs", "norm", "exp", "relu", "softplus") or bool(lower(t, context).is_nonnegative)


def _size(t: App, names: Set[Symbol], context: Context) -> str | None:
    """Absolute values and norms of affine parts."""
    if not is_norm(t) or any(names & set(free_symbols(a)) for a in t.args[1:]):
        return None
    a = explicit(t.args[0], context) if t.args[0].shape else t.args[0]
    cells = [x for row in a.rows for x in row] if isinstance(a, Array) else [a]
    return CONVEX if all(curvature(x, names, context) == AFFINE for x in cells) else None


def is_norm(t: App) -> bool:
    """Whether this is an absolute value, or a norm with a power of 1 or more: the others have no triangle inequality."""
    order = rational(t.args[1]) if len(t.args) > 1 else 2
    return t.args[1:] == (OO,) or (order is not None and order >= 1)


def _extreme(t: App, names: Set[Symbol], context: Context) -> str | None:
    a = t.args[0] if len(t.args) == 1 else None
    cells = [x for row in a.rows for x in row] if isinstance(a, Array) else list(t.args)
    kinds = {curvature(x, names, context) for x in cells}
    wanted = CONVEX if t.op == "max" else CONCAVE
    return wanted if kinds <= {AFFINE, wanted} else None


def _rising(convex: bool) -> _Rule:
    def rule(t: App, names: Set[Symbol], context: Context) -> str | None:
        kind, wanted = curvature(t.args[0], names, context), CONVEX if convex else CONCAVE
        return wanted if kind in (AFFINE, wanted) else None

    return rule


_APPLICATIONS: dict[str, _Rule] = {
    "add": _sum, "sub": _sum, "neg": _sum, "mul": _multiple, "div": _multiple, "pow": _power, "sqrt": _root, "abs": _size, "norm": _size,
    "max": _extreme, "min": _extreme, "exp": _rising(True), "softplus": _rising(True), "relu": _rising(True), "log": _rising(False),
}  # fmt: skip
