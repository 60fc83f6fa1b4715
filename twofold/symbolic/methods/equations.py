"""Steps `=>` and `<=>` between equations, inequalities and systems, over the real numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from twofold.catalogue.display import show
from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.core.evidence import Counterexample, Evidence
from twofold.core.truth import Strength, Truth

if TYPE_CHECKING:
    from twofold.symbolic.equations.decide import Decision


def run(goal: Goal, context: Any) -> Evidence:
    """Both sides as formulas over kernels; then solution sets on the line, or elimination in several names."""
    from twofold.symbolic.equations import sides
    from twofold.symbolic.equations.decide import decide

    conditions: tuple[str, ...] = ()
    try:
        found = decide(goal, context)
    except NotApplicable:
        around = _around(goal, context)
        if around is None:
            raise
        found, conditions = around
    name = f"equations by {found.method}"
    if found.values is None:
        return Evidence(name, Truth.PROVED, Strength.PROOF, "no value satisfies one side and not the other")
    conditions = conditions or sides.condition(goal, context)
    witness = Counterexample(found.values, "true" if found.left else "false", "false" if found.left else "true", True)
    note = (
        "a solution of the left side that the right side does not have"
        if found.left
        else "a solution of the right side that the left side does not have"
    )
    if conditions:
        return Evidence(
            name, Truth.CONDITIONAL, Strength.PROOF, note, points=1, effective=1, conditions=conditions, witness=witness
        )
    return Evidence(name, Truth.REFUTED, Strength.CERTIFIED, note, points=1, effective=1, witness=witness)


def _around(goal: Goal, context: Any) -> tuple[Decision, tuple[str, ...]] | None:
    """A step whose right side has derivatives of unknown functions that its left side has not: a counterexample that satisfies the
    derived equations too, or one that does not, and the derived equations as the conditions under which the step holds."""
    from twofold.symbolic.equations import jets
    from twofold.symbolic.equations.decide import Decision, decide

    facts = jets.derived(goal)
    if not facts:
        return None
    found = decide(jets.stronger(goal, facts), context)
    if found.values is not None:
        return found, ()
    values = jets.counterexample(goal, context, decide, strict=True)
    return None if values is None else (Decision("differentiation of the left side", *values), tuple(map(show, facts)))


SPEC = Method(
    name="equations",
    relations=frozenset(("=>", "<=>")),
    cost=10,
    concludes=frozenset((Truth.PROVED, Truth.CONDITIONAL, Truth.REFUTED)),
    soundness=(
        "Each side is rewritten by equivalences into signs of polynomials in kernels, the conditions of being defined included. "
        "With one unknown, all real zeros are isolated and the statement is checked at every zero and between neighbours, so "
        "solution sets are complete by construction. With several, a tableau shows that one side and the negation of the other "
        "contradict each other; kernels are left free, which only allows more. A counterexample is "
        "checked at exact values in balls."
    ),
    run=run,
    holds=(
        "x^2 - 5*x + 6 == 0 <=> (x - 2)*(x - 3) == 0",
        "x + 2 == x^2 <=> x == 2 or x == -1",
        "let a > 0\na*x == b <=> x == b/a",
        "{x + y == 3, x - y == 1} <=> {x == 2, y == 1}",
        "exp(2*x) == 9 <=> x == log(3)",
    ),
    fails=(
        "x^2 == 3*x <=> x == 3",
        "log(x^2) == 2 <=> 2*log(x) == 2",
        "sin(x)*cos(x) == sin(x) => cos(x) == 1",
        "x*y == x <=> y == 1",
        "x + 2 == x^2 => sqrt(x + 2) == x",
    ),
    open=("gamma(x) == 5 => x < 5",),
)
