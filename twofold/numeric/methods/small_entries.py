"""Comparisons at points whose arrays have few and small entries: where a rank drops, a product vanishes, a matrix is nilpotent or skew.

Such points are too rare to be among those drawn at large, and they are where claims about ranks, inverses and norms fail.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from twofold.catalogue.conjunctions import conjuncts, together
from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.core.evidence import Evidence
from twofold.core.truth import Truth
from twofold.grammar.term import App, Symbol, Term, free_symbols
from twofold.numeric.array_solutions import solving
from twofold.numeric.refuting import OPERATIONS, refuted_at, suspected
from twofold.numeric.sample import involved
from twofold.numeric.small_arrays import small
from twofold.numeric.statement_truth import truth
from twofold.numeric.valuation import Valuation, draw

_COUNT, _LOOKED_AT = 48, 24
"""Points drawn at large, and points at which the claim seems false that are looked at in balls."""


def run(goal: Goal, context: Any) -> Evidence:
    """Refuted at the simplest point at which both sides have a value and the relation certainly fails."""
    names = involved(goal.left, goal.right, *goal.assumptions)
    if goal.reading != "real" or goal.up_to or "set" in (goal.left.sort, goal.right.sort):
        raise NotApplicable("not a comparison of real numbers or arrays")
    if not is_of_arrays(names):
        raise NotApplicable("no name is an array of real numbers, or one is something else")
    for point in suspected(goal, points(goal, names), _LOOKED_AT):
        if (found := refuted_at(goal, point, "small entries")) is not None:
            return found
    raise NotApplicable("it holds where the entries are small")


def points(goal: Goal, names: list[Symbol]) -> list[Valuation]:
    """Points with small arrays; where equations of arrays are assumed, those that solve them, which are hardly ever drawn."""
    atoms = [t for a in goal.assumptions for t in conjuncts(a)]
    facts = equations_of_arrays(goal)
    others = tuple(t for t in atoms if t not in facts)
    drawn = list(draw(names, others, goal.seed, _COUNT, (goal.left, goal.right)))
    return list(solving(together(facts), others, drawn, goal.seed, truth, True)) if facts else small(drawn, goal.seed)


def equations_of_arrays(goal: Goal) -> list[Term]:
    """The equations with arrays among what is assumed."""
    atoms = [t for a in goal.assumptions for t in conjuncts(a)]
    return [t for t in atoms if isinstance(t, App) and t.op == "eq" and any(s.shape for s in free_symbols(t))]


def telling(goal: Goal, most: int) -> list[Valuation]:
    """Points that tell a claim from those that hold: solutions of assumed equations of arrays, and where an inequality fails."""
    names = involved(goal.left, goal.right, *goal.assumptions)
    if goal.reading != "real" or goal.relation not in OPERATIONS or not is_of_arrays(names):
        return []
    if not equations_of_arrays(goal) and goal.relation in ("==", "!="):
        return []
    found = points(goal, names)
    return [*suspected(goal, found, most), *found[:: 1 + len(found) // most]]


def is_of_arrays(names: Sequence[Symbol]) -> bool:
    """Whether all names are real numbers or arrays of these, and one is an array."""
    return any(s.shape for s in names) and all(s.law is None and s.kind in ("real", "integer") for s in names)


_N = "let n : size\nlet A, B : matrix(n, n)\n"
SPEC = Method(
    name="small entries",
    relations=frozenset(OPERATIONS),
    cost=30,
    concludes=frozenset({Truth.REFUTED}),
    soundness="a refutation is a point that the declarations and assumptions admit, at which balls for both sides exclude the relation",
    run=run,
    holds=(),
    fails=(
        _N + "rank(A*B) == rank(B*A)",
        _N + "rank(A^2) == rank(A)",
        _N + "rank(A + B) >= rank(A)",
        _N + "A*B == zeros(n, n) given B*A == zeros(n, n)",
    ),
    open=(_N + "rank(A*B) <= rank(A)", _N + "rank(A') == rank(A)", _N + "inv(A)*A == eye(n)"),
)
