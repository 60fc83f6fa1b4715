"""Conditions on floors and ceilings in equation steps, as inequalities: floor(u) == 2 says 2 <= u < 3."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from twofold.catalogue.comparisons import MIRRORED, ORDERS
from twofold.catalogue.constants import rational
from twofold.catalogue.goal import Goal
from twofold.catalogue.shapes import app
from twofold.grammar.term import App, Term, num, rebuild


def without_floors(goal: Goal) -> Goal | None:
    """The step with its conditions on floors and ceilings rewritten; None where there are none."""
    left, right = _truth(goal.left), _truth(goal.right)
    return None if (left, right) == (goal.left, goal.right) else replace(goal, left=left, right=right)


def _truth(t: Term) -> Term:
    if not isinstance(t, App):
        return t
    if t.op in ("and", "or", "not"):
        return rebuild(t, tuple(map(_truth, t.args)))
    if t.op not in (*ORDERS, "eq"):
        return t
    a, b = t.args
    if isinstance(b, App) and (n := rational(a)) is not None:
        return _condition(MIRRORED[t.op], b, n) or t
    return (_condition(t.op, a, n) if isinstance(a, App) and (n := rational(b)) is not None else None) or t


def _condition(op: str, a: App, n: Fraction) -> Term | None:
    """floor(u) or ceil(u) compared with a number."""
    if a.op not in ("floor", "ceil") or a.shape or a.args[0].shape:
        return None
    u = a.args[0]
    low = n.numerator // n.denominator  # The greatest whole number up to it.
    whole = n.denominator == 1
    if a.op == "floor":
        table = {
            "ge": app("ge", u, num(low if whole else low + 1)),
            "gt": app("ge", u, num(low + 1)),
            "lt": app("lt", u, num(low if whole else low + 1)),
            "le": app("lt", u, num(low + 1)),
        }
    else:
        table = {
            "le": app("le", u, num(low)),
            "lt": app("le", u, num(low - 1 if whole else low)),
            "gt": app("gt", u, num(low)),
            "ge": app("gt", u, num(low - 1 if whole else low)),
        }
    if op != "eq":
        return table[op]
    return app("and", table["ge"], table["le"]) if whole else None


__all__ = ["without_floors"]
