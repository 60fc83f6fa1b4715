"""A comparison as the step "its opposite is never true": what solves equations then finds where `x^2 != 2` fails, or proves that it does not."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from flint import arb, ctx

from twofold.catalogue.conjunctions import conjuncts
from twofold.catalogue.goal import Goal
from twofold.catalogue.resolve import formula
from twofold.core.diagnostic import TwofoldError
from twofold.core.evidence import Counterexample
from twofold.grammar.term import FALSE, App, Bound, subterms
from twofold.numeric.certify import text
from twofold.numeric.evaluate import ball
from twofold.numeric.outcomes import NoValue
from twofold.numeric.sample import involved

_OPPOSITE = {"==": "ne", "!=": "eq", "<": "ge", "<=": "gt", ">": "le", ">=": "lt"}
_BITS = 128


def opposite(goal: Goal) -> Goal | None:
    """The step from the opposite of a comparison of real numbers to `false`; None for other claims.

    Where a side is undefined the opposite is false, and the point says nothing of the claim: so the two mean the same.
    """
    sides = (goal.left, goal.right)
    if goal.relation == "==" and not any(
        isinstance(t, App) and t.op == "eq" for fact in goal.assumptions for t in conjuncts(fact)
    ):
        return None  # Drawn points look at an equality well enough where no equation keeps them from being drawn.
    if goal.relation not in _OPPOSITE or goal.reading != "real" or any(t.shape or t.sort != "number" for t in sides):
        return None
    if any(isinstance(t, Bound) and t.op == "integrate" for side in sides for t in subterms(side)):
        return None  # What looks for solutions takes many values, each of which is a quadrature.
    if any(s.law is not None or s.kind not in ("real", "integer") for s in involved(*sides, *goal.assumptions)):
        return None
    return replace(goal, relation="=>", left=App(_OPPOSITE[goal.relation], sides, (), "truth"), right=FALSE)


def at(goal: Goal, found: Counterexample) -> Counterexample | None:
    """A solution of the opposite with the values of both sides there; None where they cannot be had."""
    symbols = {s.name: s for s in involved(goal.left, goal.right)}
    try:
        with ctx.workprec(_BITS):
            values: dict[Any, Any] = {s: _value(found.values[name]) for name, s in symbols.items()}
            left, right = (_text(ball(t, values, _BITS, goal.reading)) for t in (goal.left, goal.right))
    except (KeyError, NoValue, TwofoldError):
        return None
    return replace(found, left=left, right=right)


def _value(text: str) -> Any:
    """A written value as a number for the numeric route: exact where it is rational; decimals are rounded."""
    try:
        if "." in text:
            return arb(text)
        return Fraction(text)
    except ValueError:
        return ball(formula(text, {}), {}, _BITS)


def _text(value: Any) -> str:
    return text(value) if isinstance(value, arb) else str(value)


__all__ = ["at", "opposite"]
