"""Claims whose difference, in normal form, is never zero: what cancels is gone before anything is rounded."""

from __future__ import annotations

from typing import Any

from twofold.catalogue.display import show
from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.core.evidence import Counterexample, Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import App, Bound, Var, subterms
from twofold.symbolic.normal import GIVES_UP, converter
from twofold.symbolic.normal.raising import raised

_ARITHMETIC = frozenset("add sub mul div neg pow sqrt exp log factorial".split())


def run(goal: Goal, context: Any) -> Evidence:
    """Refuted where the sign of the difference of two constants is known and strict."""
    parts = [t for side in (goal.left, goal.right) for t in subterms(side)]
    if any(t.shape or isinstance(t, Var | Bound) or (isinstance(t, App) and t.op not in _ARITHMETIC) for t in parts):
        raise NotApplicable("not a constant of plain arithmetic")
    try:
        c = converter((goal.left, goal.right), goal.assumptions, goal.reading)
        left, right = c(goal.left), c(goal.right)
        d = c.field.sub(left, right)
        top = c.signs.of(d.num) if d.num else None
        below = "+" if len(d.den) == 1 else c.signs.of(d.den)
        if top not in ("+", "-") or below not in ("+", "-"):
            raise NotApplicable("the sign of the difference is not known")
        witness = Counterexample({}, show(raised(c, left)), show(raised(c, right)), True)
    except GIVES_UP as e:
        raise NotApplicable(f"no normal form: {e}") from None
    return Evidence("difference in normal form", Truth.REFUTED, Strength.CERTIFIED, "exact difference", 1, 1, witness=witness)


SPEC = Method(
    name="difference in normal form",
    relations=frozenset({"=="}),
    cost=4,
    concludes=frozenset({Truth.REFUTED}),
    soundness="the normal form of the difference is exact, and its sign follows from positive kernels",
    run=run,
    holds=(),
    fails=("1 + 9^(-4^42) == 1",),
    open=("sqrt(5 + 2*sqrt(6)) == sqrt(2) + sqrt(3)",),
)
