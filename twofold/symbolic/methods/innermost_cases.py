"""Nested extremes, absolute values and signs: which argument is the greatest, case by case from the inside, and sums of inequalities in each case.

max(max(x, y), z) is max(x, z) where x >= y; what is left when nothing is open follows from the order of the arguments, or cannot arise.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import app
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import App, Bound, Term, children, num, replaced, subterms
from twofold.symbolic.combined_bounds import follows
from twofold.symbolic.methods.case_splits import one_case

_EXTREMES = {"max": "ge", "min": "le"}
_STEPS = {"sign": (num(1), num(-1), num(0)), "heaviside": (num(1), num(0), app("div", num(1), num(2)))}
"""Values above, below and at 0."""
_OPEN = frozenset({"max", "min", "abs", "relu", *_STEPS})
_DEPTH, _MOST, _WIDEST = 9, 160, 4
"""Cases within cases, cases in all, and arguments of an extreme."""
_STATEMENTS = {"<": ("lt",), "<=": ("le",), ">": ("gt",), ">=": ("ge",), "==": ("le", "ge")}

Case = tuple[tuple[Term, ...], Term]
"""Facts, and the value that a term has where they hold."""


def run(goal: Goal, context: Any) -> Evidence:
    """Proved where every case is."""
    if goal.left.shape or goal.right.shape or goal.reading != "real":
        raise NotApplicable("real scalars only")
    if any(isinstance(t, Bound) for side in (goal.left, goal.right, *goal.assumptions) for t in subterms(side)):
        raise NotApplicable("a name is bound")
    if _innermost(goal) is None:
        raise NotApplicable("no extreme, absolute value or sign stands in the claim")
    count = _proved(goal, context, _DEPTH, [_MOST])
    if not count:
        raise NotApplicable("one of the cases is not proved")
    return Evidence("cases from the inside", Truth.PROVED, Strength.PROOF, f"{count} cases", independent_of="numeric evaluation")


def _proved(goal: Goal, context: Any, depth: int, left: list[int]) -> int:
    """The number of cases where all are proved, else 0. `left` is how many more may be looked at."""
    t = _innermost(goal)
    if t is None:
        left[0] -= 1
        return int(left[0] >= 0 and (_is_plain(goal, context) or _cannot_arise(goal)))
    if depth == 0:
        return 0
    total = 0
    cases = list(_cases(t))
    # Where the order is known already, ties of the others need no cases of their own.
    settled = [case for case in cases if goal.assumptions and all(follows(f, goal.assumptions) for f in case[0])]
    for facts, value in settled[:1] or cases:
        put = replace(
            goal,
            left=_with(goal.left, t, value),
            right=_with(goal.right, t, value),
            assumptions=(*(_with(a, t, value) for a in goal.assumptions), *facts),
        )
        if len(put.assumptions) > 2 and _cannot_arise(put):
            continue
        found = _proved(put, context, depth - 1, left)
        if not found:
            return 0
        total += found
    return max(total, 1)


def _cannot_arise(goal: Goal) -> bool:
    """Whether the assumptions contradict each other."""
    return follows(app("lt", num(0), num(0)), goal.assumptions)


def _is_plain(goal: Goal, context: Any) -> bool:
    """Whether a claim in which no case is open holds."""
    ways = _STATEMENTS[goal.relation]
    return one_case(goal, context) or all(follows(app(way, goal.left, goal.right), goal.assumptions) for way in ways)


def _with(where: Term, t: Term, value: Term) -> Term:
    return replaced(where, t, value)


def _innermost(goal: Goal) -> App | None:
    """A term of the claim whose cases are open and that has no such term inside."""
    for side in (goal.left, goal.right):
        for t in subterms(side):
            if _is_open(t) and not any(_is_open(u) for part in children(t) for u in subterms(part)):
                return t  # type: ignore[return-value]
    return None


def _is_open(t: Term) -> bool:
    return isinstance(t, App) and t.op in _OPEN and not any(a.shape for a in t.args) and 0 < len(t.args) <= _WIDEST


def _cases(t: App) -> Iterator[Case]:
    """The values of a term, each with the facts under which it has it; together they leave nothing out."""
    zero = num(0)
    if t.op in _EXTREMES:
        different = list(dict.fromkeys(t.args))
        for k, a in enumerate(different):
            yield tuple(app(_EXTREMES[t.op], a, b) for b in (*different[:k], *different[k + 1 :])), a
        return
    (u,) = t.args
    if t.op in _STEPS:
        above, below, at = _STEPS[t.op]
        yield (app("gt", u, zero),), above
        yield (app("lt", u, zero),), below
        yield (app("ge", u, zero), app("le", u, zero), app("eq", u, zero)), at
        return
    yield (app("ge", u, zero),), u
    yield (app("le", u, zero),), app("neg", u) if t.op == "abs" else zero


SPEC = Method(
    name="cases from the inside",
    relations=frozenset(_STATEMENTS),
    cost=12,
    concludes=frozenset({Truth.PROVED}),
    soundness="one of the arguments is the greatest, a number has a sign; each case is proved, or its inequalities contradict each other",
    run=run,
    holds=(
        "max(max(x, y), z) == max(x, max(y, z))",
        "max(x, min(y, z)) == min(max(x, y), max(x, z))",
        "min(x, max(x, y)) == x",
        "abs(abs(x) - abs(y)) <= abs(x - y)",
    ),
    fails=(),
    open=(
        "max(x, min(y, z)) == min(max(x, y), z)",
        "max(max(x, y), z) == max(x, y)",
        "max(x, y) - min(x, y) < abs(x - y)",
        "abs(abs(x) - abs(y)) == abs(x - y)",
    ),
)
