"""Steps `=>` and `<=>` at points: solutions of one side, isolated in balls, tried in the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.core.evidence import Counterexample, Evidence
from twofold.core.meter import spent
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import Symbol, Term
from twofold.numeric.array_solutions import solving
from twofold.numeric.equation_roots import Root, admitted, common_roots, equation_of, equations_of, roots, seems_true
from twofold.numeric.sample import involved
from twofold.numeric.simple_points import simple_points
from twofold.numeric.statement_truth import cannot_be_evaluated, shown, truth
from twofold.numeric.valuation import Valuation, draw

_COUNT = 48
_ENOUGH = 4
_GRID, _SECONDS = 400, 0.5
"""Simple points that are looked at, and nominal seconds for them."""
_LIMIT = 3
"""Nominal seconds for all points: a value of an infinite sum may take one."""


def run(goal: Goal, context: Any) -> Evidence:
    """Exact points first, then zeros along one name with simple values for the others."""
    if goal.reading != "real":
        raise NotApplicable("the claim is about complex numbers")
    names = involved(goal.left, goal.right, *goal.assumptions)
    if any(s.law is not None or s.kind not in ("real", "integer") for s in names):
        raise NotApplicable("a name is not a real number")
    drawn: list[Valuation] = list(draw(names, goal.assumptions, goal.seed, _COUNT, (goal.left, goal.right))) if names else [{}]
    directions = [(goal.left, goal.right, True)] + ([(goal.right, goal.left, False)] if goal.relation == "<=>" else [])
    together = {True: 0, False: 0}
    dark = False
    began = spent()
    for point in drawn:
        _within_limit(began)
        for one, other, forward in directions:
            if truth(one, point) is True:
                here = truth(other, point)
                if here is False:
                    return _refuted(goal, {s.name: shown(v) for s, v in point.items() if s in names}, forward)
                together[forward] += here is True
                dark = dark or (here is None and cannot_be_evaluated(other, point))
    arrays = any(s.shape for s in names)
    for one, other, forward in directions:
        for point in solving(one, goal.assumptions, drawn, goal.seed, truth, arrays):
            _within_limit(began)
            here = truth(other, point)
            if here is False:
                return _refuted(goal, {s.name: shown(v) for s, v in point.items() if s in names}, forward)
            together[forward] += here is True
    tried = agreed = 0
    reason = ""
    for one, other, forward in directions:
        found = [*roots(one, names, drawn), *common_roots(goal, one, other, drawn)]
        found.sort(key=lambda root: root.size)
        for root in found:
            _within_limit(began)
            if root.certain and _solves(goal, one, root) and truth(other, root.values) is False:
                return _refuted(goal, root.texts(names), forward)
            tried += 1
            agreed += seems_true(other, root)
        if not any(True for t in (one, *goal.assumptions) for _ in equations_of(t)):
            if together[forward] < _ENOUGH:
                reason = reason or "too few points satisfy a side"
        elif not found and together[forward] < (_ENOUGH if equation_of(one) is None else 1):
            reason = reason or "no solution of a side was found"
        tried, agreed = tried + together[forward], agreed + together[forward]
    for point, forward in _simple(goal, names, directions):
        return _refuted(goal, {s.name: shown(v) for s, v in point.items() if s in names}, forward)
    if reason:
        raise NotApplicable(reason)
    if dark:
        raise NotApplicable("a side has no evaluation at a point where the other is true")
    if agreed < tried:
        raise NotApplicable(f"{agreed} of {tried} solutions found agree")
    note = f"{agreed} solutions of one side solve the other"
    return Evidence("equations at points", Truth.SUPPORTED, Strength.SAMPLED, note, tried, agreed, digits=8, seed=goal.seed)


def _within_limit(began: float) -> None:
    if spent() > began + _LIMIT:
        raise NotApplicable(f"stopped after {_LIMIT} nominal seconds of work")


def _simple(goal: Goal, names: list[Symbol], directions: list[tuple[Term, Term, bool]]) -> Iterator[tuple[Valuation, bool]]:
    """Whole numbers and halves at which one side is true and the other one false: steps and absolute values have solutions there that no change of
    sign shows."""
    began = spent()
    for point in simple_points(names, goal.assumptions, goal.seed, _GRID):
        if spent() > began + _SECONDS:
            return
        for one, other, forward in directions:
            if (
                truth(one, point) is True
                and truth(other, point) is False
                and all(truth(t, point) is True for t in goal.assumptions)
            ):
                yield point, forward


def _solves(goal: Goal, side: Term, root: Root) -> bool:
    """Whether the whole side is true at the zero of its equation, and the zero within the declarations and assumptions."""
    if not admitted(root) or any(truth(t, root.values, root.equations) is not True for t in goal.assumptions):
        return False
    return truth(side, root.values, root.equations) is True


def _refuted(goal: Goal, values: dict[str, str], forward: bool) -> Evidence:
    witness = Counterexample(values, "true" if forward else "false", "false" if forward else "true", True)
    side = "left" if forward else "right"
    note = f"a solution of the {side} side that the other does not have"
    return Evidence("equations at points", Truth.REFUTED, Strength.CERTIFIED, note, 1, 1, witness=witness, seed=goal.seed)


# --- zeros ---------------------------------------------------------------------------------------------------------------------


SPEC = Method(
    name="equations at points",
    relations=frozenset(("=>", "<=>")),
    cost=40,
    concludes=frozenset((Truth.REFUTED, Truth.SUPPORTED)),
    soundness=(
        "A refutation is an exact point, or a zero of one equation that is proved to exist (opposite signs at the ends of an interval "
        "on which the difference is continuous, in balls) while the other side is false on the whole interval. Agreement at zeros "
        "found in double precision is support only."
    ),
    run=run,
    holds=(),
    fails=(
        "cos(x) == x => x > 3/4",
        "gamma(x) == 5 => x == 4",
        "let n : size\nlet x, y : vector(n)\nx'*y == 0 => x == zeros(n) or y == zeros(n)",
        "let n : size\nlet A, B : matrix(n, n)\nA*B == zeros(n, n) <=> A == zeros(n, n) or B == zeros(n, n)",
        "let n : size\nlet x : vector(n)\nnorm(x, 1) == 1 => norm(x)^2 == 1",
    ),
    open=(
        "cos(x) == x => x > 7/10",
        "let n : size\nlet A, B : matrix(n, n), invertible\nA*B == zeros(n, n) => A == zeros(n, n) or B == zeros(n, n)",
        "let n : size\nlet x, y : vector(n)\nx'*y == 0 => norm(x + y) == norm(x - y)",
    ),
)
