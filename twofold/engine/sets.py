"""Claims about sets: the order in which their elements are written, and how often, says nothing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from twofold.catalogue.goal import Goal
from twofold.catalogue.shapes import entry_of
from twofold.grammar.term import App, Term, free_symbols
from twofold.numeric.evaluate import floats
from twofold.numeric.outcomes import NoValue

_MOST = 8
"""Entries of a vector that are compared with a set."""


def is_of_sets(goal: Goal) -> bool:
    """Whether both sides of an equation (or its opposite) are sets."""
    return goal.relation in ("==", "!=") and goal.left.sort == "set" and goal.right.sort == "set"


def of_entries(goal: Goal) -> Goal | None:
    """The goal with the set of the entries for a vector beside a written set of numbers, which has no order; `None` for other goals."""
    if goal.relation not in ("==", "!="):
        return None
    for listed, other in ((goal.left, goal.right), (goal.right, goal.left)):
        written = isinstance(other, App) and other.op == "set" and not any(a.shape or a.sort != "number" for a in other.args)
        if (
            written
            and listed.sort == "number"
            and len(listed.shape) == 1
            and isinstance(n := listed.shape[0], int)
            and n <= _MOST
        ):
            made = App("set", tuple(entry_of(listed, i + 1, 1) for i in range(n)), (), "set")
            return replace(
                goal, left=made if listed is goal.left else goal.left, right=made if listed is goal.right else goal.right
            )
    return None


def ascending(goal: Goal) -> Goal:
    """The goal with the numbers of written sets in ascending order, in which computed ones are too."""
    return replace(goal, left=_ascending(goal.left), right=_ascending(goal.right)) if is_of_sets(goal) else goal


def _ascending(t: Term) -> Term:
    if not isinstance(t, App) or t.op != "set" or any(a.shape or a.sort != "number" or free_symbols(a) for a in t.args):
        return t
    try:
        values = [complex(np.asarray(floats(a, [{}], "complex"))[0]) for a in t.args]
    except (NoValue, TypeError, ValueError):
        return t
    order = sorted(range(len(values)), key=lambda k: (round(values[k].real, 9), values[k].imag))
    return replace(t, args=tuple(t.args[k] for k in order))


__all__ = ["ascending", "is_of_sets", "of_entries"]
