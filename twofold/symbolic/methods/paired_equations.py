"""Steps from two equations of vectors at once: x'*A*y worked out by either of `A*x == a*x` and `A*y == b*y`.

Each equation, multiplied by a vector of the claim, says that a number is 0; so are sums and differences of two such numbers. Where one is the difference of
the sides of the right equation times a number that is not 0, that follows. Source: G. Strang, "Introduction to Linear Algebra", 5th ed. (2016), section 6.4.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from twofold.catalogue.conjunctions import conjuncts
from twofold.catalogue.goal import Goal
from twofold.catalogue.method import Method, NotApplicable
from twofold.catalogue.shapes import app, full
from twofold.core.evidence import Evidence
from twofold.core.truth import Strength, Truth
from twofold.grammar.term import App, Term, Var, num, subterms
from twofold.symbolic.methods.linear_steps import Forms, Known, residual

_FACTS, _VECTORS = 4, 4


def run(goal: Goal, context: Any) -> Evidence:
    """Proved where the right side is one equation of numbers that follows so."""
    gap = residual(goal.right)
    if gap is None or gap.shape or goal.reading != "real":
        raise NotApplicable("not a step to one equation of real numbers")
    facts = [r for f in conjuncts(goal.left) if (r := residual(f)) is not None and r.shape][:_FACTS]
    if len(facts) < 2:
        raise NotApplicable("there are not two equations of vectors on the left")
    known = Known(goal)
    if not all(known.total(t) for t in (gap, *facts)):
        raise NotApplicable("a side might have no value somewhere")
    forms = Forms()
    targets = [app("mul", factor, gap) for factor in _nonzero(goal)]
    zeros = [list(_numbers(f, goal)) for f in facts]
    for one, other in combinations(zeros, 2):
        for a in one:
            for b in other:
                if any(forms.same(t, app(op, a, b)) for op in ("sub", "add") for t in targets):
                    return Evidence("paired equations", Truth.PROVED, Strength.PROOF, independent_of="numeric evaluation")
    raise NotApplicable("no two of the equations give the right side")


def _nonzero(goal: Goal) -> Iterator[Term]:
    """Numbers that are not 0 where the left side holds, with either sign."""
    yield from (num(1), num(-1), num(2), num(-2))
    for fact in (*conjuncts(goal.left), *(p for a in goal.assumptions for p in conjuncts(a))):
        if isinstance(fact, App) and fact.op in ("ne", "lt", "gt") and not (fact.args[0].shape or fact.args[1].shape):
            yield app("sub", *fact.args)
            yield app("sub", *fact.args[::-1])


def _numbers(fact: Term, goal: Goal) -> Iterator[Term]:
    """A vector that is 0 times the vectors of the claim."""
    rows, columns = full(fact.shape)
    vectors = dict.fromkeys(
        t for side in (goal.left, goal.right) for t in subterms(side) if isinstance(t, Var) and len(t.shape) == 1
    )
    for v in list(vectors)[:_VECTORS]:
        if columns == 1 and full(v.shape)[0] == rows:
            yield app("mul", app("transpose", v), fact)


_N = "let n : size\nlet A : matrix(n, n), symmetric\nlet B : matrix(n, n)\nlet x, y : vector(n)\n"
SPEC = Method(
    name="paired equations",
    relations=frozenset({"=>"}),
    cost=14,
    concludes=frozenset({Truth.PROVED}),
    soundness="products, sums and differences of what is 0 are 0, and a factor that is not 0 can be left out; both sides have values everywhere",
    run=run,
    holds=(
        _N + "A*x == a*x and A*y == b*y and a != b => x'*y == 0",
        _N + "B*x == a*x and B'*y == b*y and a != b => x'*y == 0",
    ),
    fails=(),
    open=(
        _N + "A*x == a*x and A*y == b*y => x'*y == 0",
        _N + "B*x == a*x and B*y == b*y and a != b => x'*y == 0",
    ),
)

__all__ = ["SPEC", "run"]
