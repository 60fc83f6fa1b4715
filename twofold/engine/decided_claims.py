"""The verdict on a claim from those on its goals, and what is wrong in it."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from twofold.catalogue.bounds import facts as facts_of
from twofold.catalogue.display import show
from twofold.catalogue.goal import Goal
from twofold.catalogue.resolve import Scope, resolve
from twofold.core.evidence import MethodFailure, Verdict
from twofold.core.truth import Truth
from twofold.engine.claims import Posed
from twofold.engine.diagnosis.parts import difference
from twofold.engine.environment import Environment
from twofold.engine.indefinite import without_added
from twofold.engine.reading import reading
from twofold.engine.results import Emit
from twofold.engine.rows import SEVERITY
from twofold.grammar import tree
from twofold.grammar.term import FALSE, Symbol, Term, free_symbols, var


def decide(posed: Posed, environment: Environment, emit: Emit) -> tuple[Verdict, int]:
    """The verdict on a claim, and the number of the goal that it comes from."""
    verdicts = [
        _of_all(unknowns, _on_both_readings(goal, _judged(goal, environment, emit), environment, emit))
        for goal, unknowns in zip(posed.goals, posed.unknowns, strict=True)
    ]
    verdict, number = combined(verdicts)
    facts = facts_of((*environment.assumptions, *posed.given))
    if facts:
        from twofold.engine.contradictions import under

        seed = environment.settings.seed
        verdict = under(
            facts,
            posed.goals,
            verdict,
            lambda t: _judged(Goal("=>", t, FALSE, (), reading([t]), seed=seed), environment, _silent, False),
        )
    return replace(verdict, assumed=_once(posed.assumed, verdict.assumed), notes=_once(posed.notes, verdict.notes)), number


def combined(verdicts: Sequence[Verdict]) -> tuple[Verdict, int]:
    """The verdict of a claim that says several things at once: the worst of theirs, with all the evidence, and its number."""
    number = min(range(len(verdicts)), key=lambda k: SEVERITY.index(verdicts[k].truth.value))
    if len(verdicts) == 1:
        return verdicts[0], 0
    joint = replace(
        verdicts[number],
        evidence=tuple(e for v in verdicts for e in v.evidence),
        conditions=() if verdicts[number].truth is Truth.REFUTED else _strict(_once(*(v.conditions for v in verdicts))),
        assumed=_once(*(v.assumed for v in verdicts)),
        notes=_once(*(v.notes for v in verdicts)),
    )
    return joint, number


def diagnosed(
    verdict: Verdict, goal: Goal, sides: tuple[tree.Expr, tree.Expr], scope: Scope, environment: Environment
) -> Verdict:
    """A verdict with what is wrong in it. A fault of the diagnosis is listed beside the evidence and takes nothing away."""
    from twofold.engine.diagnosis import diagnose

    began = time.perf_counter()
    reading = Scope(scope.names, made=dict(scope.made), lost=scope.lost)
    try:
        # A repair that holds under a condition only is none, so the condition is not looked for.
        found = diagnose(
            goal,
            *sides,
            lambda node: _added_constant(resolve(node, reading), goal, reading),
            lambda g: _judged(g, environment, _silent, False),
            verdict.conditions if verdict.truth is Truth.CONDITIONAL else (),
        )
    except (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        failure = MethodFailure("diagnosis", f"failed: {type(error).__name__}: {error}", time.perf_counter() - began)
        return replace(verdict, evidence=(*verdict.evidence, failure), diagnosis=difference(*sides))
    return replace(verdict, diagnosis=(*verdict.diagnosis, *found))


def _judged(goal: Goal, environment: Environment, emit: Emit, conditions: bool = True) -> Verdict:
    from twofold.engine.judging import judge
    from twofold.symbolic.context import Context

    s = environment.settings
    return judge(goal, Context(goal.assumptions, goal.reading, s.layout, s.symmetric, s.digits, s.seed), emit, conditions)


def _of_all(unknowns: tuple[Symbol, ...], verdict: Verdict) -> Verdict:
    """The verdict on a goal about all values of the unknowns together: where one has no value nothing is claimed of it, and what fails for some
    of them fails."""
    names = "|".join(re.escape(show(var(s))) for s in unknowns)
    kept = tuple(c for c in verdict.conditions if not names or not re.search(rf"(?<!\w)({names})(?!\w)", c))
    if kept == verdict.conditions:
        return verdict
    if verdict.truth is Truth.CONDITIONAL:
        return replace(verdict, truth=Truth.REFUTED, conditions=())
    return replace(verdict, conditions=kept)


def _on_both_readings(goal: Goal, verdict: Verdict, environment: Environment, emit: Emit) -> Verdict:
    """A verdict about the reals with word of it, where principal branches disagree outside the real domain."""
    if verdict.truth is not Truth.PROVED or not verdict.conditions or goal.reading != "real" or goal.relation not in ("==", "!="):
        return verdict
    from twofold.symbolic.convergence import CONVERGENT

    if any(e.method == CONVERGENT for e in verdict.evidence):
        return verdict  # Where an integral or a series diverges it does so on any branch.
    other = _judged(replace(goal, reading="complex"), environment, emit)
    if other.truth not in (Truth.REFUTED, Truth.CONDITIONAL) or other.counterexample is None:
        return verdict
    values = ", ".join(f"{name} = {value}" for name, value in other.counterexample.values.items())
    said = f"on principal branches the sides differ where parts are not real: at {values}, left = {other.counterexample.left}, "
    return replace(verdict, notes=(*verdict.notes, f"{said}right = {other.counterexample.right}"))


def _added_constant(term: Term, goal: Goal, scope: Scope) -> Term:
    """A term without the undeclared `C` that the goal has lost."""
    symbol = scope.made.get("C")
    if symbol is None or "C" in scope.names or goal.up_to != "constant" or symbol in free_symbols(goal.left):
        return term
    return term if symbol in free_symbols(goal.right) else without_added(term, symbol)


def _silent(row: dict[str, Any]) -> None:
    """What a diagnosis tries is not told."""


def _strict(conditions: tuple[str, ...]) -> tuple[str, ...]:
    """Conditions without `a >= 0` beside `a > 0`."""
    return tuple(c for c in conditions if not re.search("[<>]=", c) or re.sub("([<>])=", r"\1", c) not in conditions)


def _once(*texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(t for group in texts for t in group))
