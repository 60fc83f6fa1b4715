"""Bounds of one name said together: `-1 < a < 0` rather than `a > -1 and a < 0`."""

from __future__ import annotations

from collections.abc import Sequence

from twofold.catalogue.comparisons import MIRRORED
from twofold.catalogue.conjunctions import conjuncts, together
from twofold.catalogue.constants import rational
from twofold.grammar.term import App, Term, Var, free_symbols, num

_ABOVE = {"gt": "lt", "ge": "le"}


def chained(conditions: Sequence[Term]) -> list[Term]:
    """The conditions with a lower and an upper bound of the same name as one, in the place of the first of them; the same within alternatives."""
    said = {p for t in conditions for p in conjuncts(t) if p is not t}
    parts = [_within(t) for t in conditions if t not in said]
    singles = [k for k, t in enumerate(parts) if _bound(t) is not None]
    out: list[Term | None] = list(parts)
    for k in singles:
        for j in singles:
            if out[k] is None or out[j] is None:
                continue
            low, high = _bound(parts[k]), _bound(parts[j])
            if low is None or high is None or low[0] != high[0] or low[1] not in _ABOVE or high[1] not in ("lt", "le"):
                continue
            first = App(_ABOVE[low[1]], (low[2], low[0]), (), "truth")
            out[min(k, j)] = App("and", (first, App(high[1], (low[0], high[2]), (), "truth")), (), "truth")
            out[max(k, j)] = None
    return [t for t in out if t is not None]


def _within(condition: Term) -> Term:
    if isinstance(condition, App) and condition.op == "or":
        return App("or", tuple(map(_within, condition.args)), (), "truth", span=condition.span)
    if isinstance(condition, App) and condition.op == "and":
        parts = list(conjuncts(condition))
        made = chained(parts)
        return (
            together(made) if len(made) < len(parts) or any(m is not p for m, p in zip(made, parts, strict=False)) else condition
        )
    return condition


def _bound(condition: Term) -> tuple[Var, str, Term] | None:
    """The name, the comparison and the bound that it is compared with."""
    if not isinstance(condition, App) or condition.op not in ("lt", "le", "gt", "ge"):
        return None
    left, right = condition.args
    if any(isinstance(t, App) and t.op == "neg" and isinstance(t.args[0], Var) for t in (left, right)):
        # -a <= 1 is a bound of a as well.
        left, right = _negative(right), _negative(left)
    if isinstance(left, Var) and not left.shape and left.symbol not in free_symbols(right):
        return left, condition.op, right
    if isinstance(right, Var) and not right.shape and right.symbol not in free_symbols(left):
        return right, MIRRORED[condition.op], left
    return None


def _negative(t: Term) -> Term:
    if isinstance(t, App) and t.op == "neg":
        return t.args[0]
    value = rational(t)
    return App("neg", (t,)) if value is None else num(-value)


__all__ = ["chained"]
