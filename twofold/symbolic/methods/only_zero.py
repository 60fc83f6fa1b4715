"""Steps from an equation in one name to its only solution, at which the difference of the sides has its only extremum."""

from __future__ import annotations

from typing import Any

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import app
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import App, Term, Var, free_symbols
from twofold.symbolic.context import NoClosedForm
from twofold.symbolic.derivative import derivative
from twofold.symbolic.methods.turning_point import smooth_names, turns, value_at
from twofold.symbolic.normal import GIVES_UP


def run(goal: Goal, context: Any) -> Evidence:
    """Proved where the difference of the sides is 0 at the place and its derivative has one sign below it and the other above."""
    left, right = goal.left, goal.right
    if goal.reading != "real" or not _is_equation(left) or not _is_equation(right):
        raise NotApplicable("not a step between two equations of real numbers")
    assert isinstance(left, App) and isinstance(right, App)
    name, place = right.args if isinstance(right.args[0], Var) else right.args[::-1]
    if not isinstance(name, Var) or name.symbol in free_symbols(place):
        raise NotApplicable("the right side gives no value of a name")
    f = app("sub", *left.args)
    if name.symbol not in smooth_names(goal, f):
        raise NotApplicable("a part is not known to be smooth")
    try:
        slope = derivative(f, name.symbol)
        if value_at(goal, f, name.symbol, place) == "0" and any(
            turns(goal, slope, name.symbol, place, signs, strict=True) for signs in (("-", "+"), ("+", "-"))
        ):
            return Evidence("the only zero", Truth.PROVED, Strength.PROOF, independent_of="numeric evaluation")
    except (*GIVES_UP, NoClosedForm):
        pass
    raise NotApplicable("it was not seen that there is no other solution")


def _is_equation(t: Term) -> bool:
    return isinstance(t, App) and t.op == "eq" and all(not a.shape and a.sort == "number" for a in t.args)


SPEC = Method(
    name="the only zero",
    relations=frozenset({"=>", "<=>"}),
    cost=14,
    concludes=frozenset({Truth.PROVED}),
    soundness="a smooth function on an interval that falls strictly up to a place, or rises, and does the contrary from there, has no other value like that there",
    run=run,
    holds=("let x : real\nx*exp(-x) == 1/e <=> x == 1", "let x > 0\nx*log(x) == -1/e => x == 1/e"),
    fails=(),
    open=("let x : real\nx*exp(-x) == 1/3 <=> x == 1/2", "let x : real\nx^2*exp(-x) == 4/e^2 <=> x == 2"),
)
