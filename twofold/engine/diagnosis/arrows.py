"""Equation steps: solutions that were lost or gained, and how."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from twofold.catalogue.display import show
from twofold.catalogue.goal import Goal
from twofold.catalogue.method import NotApplicable
from twofold.core.diagnostic import TwofoldError
from twofold.core.evidence import Diagnosis
from twofold.core.truth import Truth
from twofold.engine.diagnosis.pieces import Resolve
from twofold.engine.diagnosis.place import locate
from twofold.engine.diagnosis.relations import Judge
from twofold.engine.diagnosis.solution_sets import flat
from twofold.grammar import tree
from twofold.grammar.format import write
from twofold.grammar.parse import parse_expression
from twofold.grammar.term import App, Term
from twofold.numeric.evaluate import floats
from twofold.numeric.outcomes import CannotEvaluate, Split
from twofold.symbolic.context import Context

_HOLDING = (Truth.PROVED, Truth.SUPPORTED)


def missing(goal: Goal, left: tree.Expr, right: tree.Expr, resolve: Resolve, judge: Judge) -> list[Diagnosis]:
    """The right side with a lost solution added, or with a condition that keeps gained ones out."""
    found = counterexample(goal)
    if found is None:
        return []
    values, lost = found
    names = [n for n in values if len(values) == 1 or n in _alone(right)][:2]
    extras = [extra for n in names for extra in _additions(n, values[n], lost)]
    operator = "or" if lost else "and"
    extras += [write(part) for part in flat(left, operator) if part is not left and part not in flat(right, operator)][:3]
    if lost and _is_equation(goal.left) and _is_equation(goal.right):
        divisor = _divisor(*_sides(goal.left), *_sides(goal.right))
        extras += [f"{show(divisor)} == 0"] if divisor is not None else []
    out: list[Diagnosis] = []
    for extra in extras:
        if not lost and extra.replace("!=", "==") == write(right):
            continue  # Nothing would be left.
        new = tree.Logic(operator, right, parse_expression(extra, ""))
        place = locate(right, right, new)
        if place is None:
            continue
        try:
            term = resolve(parse_expression(place.whole, ""))
        except TwofoldError:
            continue
        if judge(replace(goal, right=term)).truth in _HOLDING:
            shown = f"this would hold with {write(new)}"
            out.append(Diagnosis("repair", shown, place.line, place.column, place.length, place.replacement))
            break
    return out


def _alone(right: tree.Expr) -> set[str]:
    """The names that stand alone on a side of a relation: what a line is solved for."""
    relations = [right] if isinstance(right, tree.Relation) else []
    return {o.id for r in relations for o in r.operands if isinstance(o, tree.Name)}


def _additions(name: str, value: str, lost: bool) -> Iterator[str]:
    if lost:
        yield f"{name} == {value}"
        return
    yield from (f"{name} > 0", f"{name} >= 0", f"{name} != {value}", f"{name} < 0", f"{name} <= 0")


def counterexample(goal: Goal) -> tuple[dict[str, str], bool] | None:
    """Values at which the step fails, and whether a solution is lost (the left side is true there)."""
    from twofold.symbolic.equations.decide import decide

    try:
        found = decide(goal, Context(goal.assumptions, goal.reading))
    except NotApplicable:
        return None
    return None if found.values is None else (found.values, found.left)


def arrow_slips(goal: Goal, left: tree.Expr, right: tree.Expr, resolve: Resolve) -> list[Diagnosis]:
    """A root lost by dividing, or gained by squaring, where the equations show it."""
    found = counterexample(goal)
    if found is None:
        return []
    values, lost = found
    where = ", ".join(f"{n} = {v}" for n, v in values.items())
    if not (_is_equation(goal.left) and _is_equation(goal.right)):
        return [Diagnosis("slip", f"{'a solution is lost' if lost else 'a solution is gained'}: {where}")]
    (a, b), (c, d) = _sides(goal.left), _sides(goal.right)
    if lost:
        divisor = _divisor(a, b, c, d)
        by = f" (the step divides by {show(divisor)})" if divisor is not None else ""
        return [Diagnosis("slip", f"a root is lost: {where} solves the line above and not this one{by}")]
    how = " by squaring" if _squares(goal, (a, b), (c, d)) else ""
    return [Diagnosis("slip", f"a root is gained{how}: {where} solves this line and not the one above")]


def _is_equation(t: Term) -> bool:
    return isinstance(t, App) and t.op == "eq" and not t.args[0].shape


def _sides(t: Term) -> tuple[Term, Term]:
    assert isinstance(t, App)
    return t.args[0], t.args[1]


def _divisor(a: Term, b: Term, c: Term, d: Term) -> Term | None:
    """What was divided by, where the difference above is a multiple of the difference here."""
    from twofold.symbolic.equations.problem import read
    from twofold.symbolic.equations.ring import Ratio
    from twofold.symbolic.equations.terms import term_of

    goal = Goal("=>", App("eq", (App("sub", (a, b)), App("sub", (c, d))), (), "truth"), App("eq", (a, b), (), "truth"))
    try:
        reading = read(goal, Context()).reading
        above, here = (reading.scalar(x) - reading.scalar(y) for x, y in ((a, b), (c, d)))
        if here.value() is not None or above.top.is_zero():
            return None
        quotient: Ratio = above / here
        if quotient.value() is not None or not quotient.bottom.is_constant():
            return None
        return term_of(reading.ring, quotient)
    except (NotApplicable, ZeroDivisionError):
        return None


def _squares(goal: Goal, above: tuple[Term, Term], here: tuple[Term, Term]) -> bool:
    """Whether the sides here are the squares of the sides above."""
    import numpy as np

    from twofold.numeric.sample import involved
    from twofold.numeric.valuation import draw

    points: list[Any] = list(draw(involved(goal.left, goal.right), goal.assumptions, goal.seed, 24, (goal.left, goal.right)))
    try:
        for x, y in zip(above, here, strict=True):
            u, v = np.asarray(floats(x, points, "real"), dtype=float), np.asarray(floats(y, points, "real"), dtype=float)
            good = np.isfinite(u) & np.isfinite(v)
            if good.sum() < 3 or np.max(np.abs(u[good] ** 2 - v[good])) > 1e-8 * max(1.0, float(np.max(np.abs(v[good])))):
                return False
    except (CannotEvaluate, Split, TypeError, ValueError):
        return False
    return True
